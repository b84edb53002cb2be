package transport

import (
	"net/http"
	"testing"
)

func TestTheMediaTypeFollowsAccept(t *testing.T) {
	for accept, want := range map[string]string{
		"":                                  mediaJSON,
		" ":                                 mediaJSON,
		"*/*":                               mediaJSON,
		"application/*":                     mediaJSON,
		"application/json":                  mediaJSON,
		"application/graphql-response+json": mediaGraphQL,
		"Application/GraphQL-Response+JSON; charset=UTF-8":                       mediaGraphQL,
		"application/graphql-response+json, application/json":                    mediaGraphQL,
		"application/graphql-response+json; charset=utf-8, application/json":     mediaGraphQL,
		"application/json, application/graphql-response+json":                    mediaJSON,
		"application/json;q=0.9, application/graphql-response+json":              mediaGraphQL,
		"application/graphql-response+json;q=0.5, application/json;q=0.6":        mediaJSON,
		"*/*, application/graphql-response+json":                                 mediaGraphQL,
		"application/graphql-response+json, */*":                                 mediaGraphQL,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8":        mediaJSON,
		"multipart/mixed;deferSpec=20220824, application/json":                   mediaJSON,
		"application/graphql-response+json;q=0, application/json":                mediaJSON,
		"application/json;charset=iso-8859-1, application/graphql-response+json": mediaGraphQL,
		"text/html":                        "",
		"application/json;q=0":             "",
		"application/json;q=2":             "",
		"application/json;q=NaN":           "",
		"application/json; charset=utf-16": "",
		";;;":                              "",
		"application/graphql+json, application/ld+json": "",
	} {
		media, ok := negotiate(http.Header{"Accept": {accept}})
		if want == "" && (ok || media != mediaJSON) || want != "" && (!ok || media != want) {
			t.Errorf("Accept: %q gives %q %v, want %q", accept, media, ok, want)
		}
	}
}

func TestSeveralAcceptHeadersAreOneList(t *testing.T) {
	media, ok := negotiate(http.Header{"Accept": {"text/html", "application/graphql-response+json"}})
	if !ok || media != mediaGraphQL {
		t.Errorf("got %q %v", media, ok)
	}
}

func TestWhatCannotBeAcceptedIsRefused(t *testing.T) {
	a := ask(t, query("{hello}", "Accept", "text/html"))
	refused(t, a, http.StatusNotAcceptable, "INVALID", "in the Accept header")
	if a.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("Content-Type: %s", a.header.Get("Content-Type"))
	}
}
