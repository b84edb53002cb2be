package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adam/internal/fault"
)

// logged runs do and gives what it wrote to the log.
func logged(t *testing.T, do func()) string {
	var buf bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&buf, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(before)
	do()
	return buf.String()
}

func TestAnErrorOfAResolverIsShownByItsFault(t *testing.T) {
	var a answer
	log := logged(t, func() { a = ask(t, query(`{ hello x: fail(how: "fault") }`, "Accept", mediaGraphQL)) })
	if a.status != http.StatusOK || !strings.Contains(string(a.Data), `"x":null`) || !strings.Contains(string(a.Data), "wasdee") {
		t.Fatalf("partial data is answered with 200: %d %s", a.status, a.body)
	}
	e := a.Errors[0]
	if e.Message != "Somebody else changed this record: read it again." || e.Extensions["code"] != "CONFLICT" ||
		!reflect.DeepEqual(e.Extensions["fields"], []any{"input.version"}) || !reflect.DeepEqual(e.Path, []any{"x"}) ||
		len(e.Locations) != 1 || e.Locations[0].Line != 1 {
		t.Errorf("got %+v", e)
	}
	if strings.Contains(a.body, "secret") || log != "" {
		t.Errorf("a foreseen error shows or logs its cause: %s %s", a.body, log)
	}
}

func TestDetailsAreMergedButDoNotReplaceTheCode(t *testing.T) {
	a := ask(t, query(`{ fail(how: "details") }`))
	want := map[string]any{"code": "CONFLICT", "mine": 3.0, "theirs": 4.0}
	if !reflect.DeepEqual(a.Errors[0].Extensions, want) {
		t.Errorf("got %v", a.Errors[0].Extensions)
	}
}

func TestAnUnforeseenErrorIsLoggedAndNotShown(t *testing.T) {
	for _, how := range []string{"sql", "panic"} {
		var a answer
		log := logged(t, func() {
			r := query(fmt.Sprintf(`{ fail(how: %q) }`, how))
			a = ask(t, r.WithContext(WithRequestID(r.Context(), "r-17")))
		})
		e := a.Errors[0]
		if a.status != http.StatusOK || e.Message != internalSentence || strings.Contains(a.body, "secret") ||
			!reflect.DeepEqual(e.Extensions, map[string]any{"code": "INTERNAL", "requestId": "r-17"}) {
			t.Errorf("%s: got %s", how, a.body)
		}
		if !strings.Contains(log, "secret") || !strings.Contains(log, "request=r-17") || strings.Count(log, "level=ERROR") != 1 {
			t.Errorf("%s: the log says %q", how, log)
		}
	}
}

func TestTheStackOfAPanicIsLogged(t *testing.T) {
	log := logged(t, func() { ask(t, query(`{ fail(how: "panic") }`)) })
	if !strings.Contains(log, "schema_test.go") {
		t.Errorf("no stack in %q", log)
	}
}

func TestAnInternalFaultKeepsItsSentenceAndLogsItsCause(t *testing.T) {
	var shown *gqlerror.Error
	log := logged(t, func() {
		shown = Present(t.Context(), fault.New(fault.Internal, "The mail could not be written.").Because(errors.New("disk full")))
	})
	if shown.Message != "The mail could not be written." || shown.Extensions["code"] != "INTERNAL" || !strings.Contains(log, "disk full") {
		t.Errorf("got %v, log %q", shown, log)
	}
}

func TestATimeThatRanOutIsALimitInTheWordsOfWhoSetIt(t *testing.T) {
	cause := fault.New(fault.Limit, "The operation took longer than 1 second.")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 1, cause)
	defer cancel()
	<-ctx.Done()
	for name, err := range map[string]error{
		"the context's own": fmt.Errorf("reading: %w", context.DeadlineExceeded),
		"a driver's words":  errors.New("interrupted (9)"),
		"an internal fault": fault.New(fault.Internal, "It could not be read."),
	} {
		shown := Present(ctx, err)
		if shown.Extensions["code"] != "LIMIT" || shown.Message != cause.Sentence {
			t.Errorf("%s: got %v %v", name, shown, shown.Extensions)
		}
	}
	shown := Present(ctx, fault.New(fault.NotFound, "There is no such law."))
	if shown.Extensions["code"] != "NOT_FOUND" {
		t.Errorf("a foreseen error is hidden by the time: %v", shown)
	}
	if shown := Present(t.Context(), context.DeadlineExceeded); shown.Extensions["code"] != "LIMIT" {
		t.Errorf("without a cause: %v", shown.Extensions)
	}
}

func TestAnErrorAfterTheClientLeftIsNoErrorOfOurs(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	log := logged(t, func() { Present(ctx, errors.New("pq: canceling statement")) })
	if strings.Contains(log, "level=ERROR") {
		t.Errorf("log %q", log)
	}
}

func TestErrorsWithAKnownCodeOfOthersPass(t *testing.T) {
	given := &gqlerror.Error{Message: "Could not resolve to a node.", Extensions: map[string]any{"code": "NOT_FOUND"}}
	if shown := Present(t.Context(), given); shown.Message != given.Message || shown.Extensions["code"] != "NOT_FOUND" {
		t.Errorf("got %v", shown)
	}
	given = &gqlerror.Error{Message: "Passing both is not supported.", Extensions: map[string]any{"code": "INVALID_PAGINATION"}}
	if shown := Present(t.Context(), given); shown.Extensions["code"] != "INVALID" {
		t.Errorf("got %v", shown.Extensions)
	}
	given = &gqlerror.Error{Message: "secret", Extensions: map[string]any{"code": "INTERNAL"}}
	logged(t, func() {
		if shown := Present(t.Context(), given); shown.Message != internalSentence {
			t.Errorf("got %v", shown)
		}
	})
	if Present(t.Context(), nil) != nil {
		t.Error("no error became one")
	}
}

func TestTheErrorGivenIsNotChanged(t *testing.T) {
	f := fault.New(fault.Invalid, "A date is written 2009-05-17.")
	given := &gqlerror.Error{Message: "x", Err: f, Path: ast.Path{ast.PathName("a")}, Locations: []gqlerror.Location{{Line: -1, Column: -1}, {Line: 2, Column: 3}}}
	shown := Present(t.Context(), given)
	if len(given.Locations) != 2 || given.Extensions != nil || len(f.Fields) != 0 {
		t.Errorf("changed: %+v %+v", given, f)
	}
	if len(shown.Locations) != 1 || shown.Locations[0].Line != 2 || shown.Path.String() != "a" {
		t.Errorf("got %+v", shown)
	}
}

func TestAnAnswerThatCannotBeEncodedIsAnError(t *testing.T) {
	var a answer
	logged(t, func() { a = ask(t, query(`{ fail(how: "unencodable") }`)) })
	refused(t, a, http.StatusInternalServerError, "INTERNAL", "Something went wrong on our side")
}

func TestStatusOfRefusedOperations(t *testing.T) {
	for kind, want := range map[fault.Kind]int{fault.Unauthenticated: 401, fault.Forbidden: 403, fault.TooMany: 429,
		fault.Internal: 500, fault.Invalid: 400, fault.Limit: 400, fault.NotFound: 400} {
		srv := New(tiny{})
		srv.Use(refusing{kind})
		for media, status := range map[string]int{mediaGraphQL: want, mediaJSON: 200} {
			rec := newRecorder(srv, query("{hello}", "Accept", media))
			if rec.Code != status {
				t.Errorf("%s as %s: %d, want %d", kind, media, rec.Code, status)
			}
			if (rec.Code == 401) != (rec.Header().Get("WWW-Authenticate") != "") {
				t.Errorf("%s: WWW-Authenticate %q", kind, rec.Header().Get("WWW-Authenticate"))
			}
			var body map[string]json.RawMessage
			if err := json.Unmarshal(rec.Body.Bytes(), &body); err != nil || body["data"] != nil || body["errors"] == nil {
				t.Errorf("body %s", rec.Body)
			}
		}
	}
}
