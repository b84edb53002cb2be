package site

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"

	"adam/internal/fault"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// inside calls a handler in this process, as a client calls a server.
type inside struct{ http.Handler }

// Do answers a request; its context is that of the page.
func (in inside) Do(r *http.Request) (*http.Response, error) {
	r.RequestURI = r.URL.RequestURI()
	if key, ok := r.Context().Value(onceKey{}).(string); ok {
		r.Header.Set("Idempotency-Key", key)
	}
	r.Header.Set("Accept", "application/json") // so that what is wrong stands in the answer, whose status is 200
	w := httptest.NewRecorder()
	in.ServeHTTP(w, r)
	return w.Result(), nil
}

type onceKey struct{}

// once makes what a form asks for happen once, however often the form is sent: key was put into the form when it was
// made.
func once(ctx context.Context, key string) context.Context {
	if key == "" {
		return ctx
	}
	return context.WithValue(ctx, onceKey{}, key)
}

// What the API says of a variable, a page says of the field of its form that the variable came from: every mutation of
// the pages has one variable, its input.
var (
	variable = regexp.MustCompile(`^The variable \$[\w.\[\]]+ `)
	ofInput  = regexp.MustCompile(`^in\.`)
)

// Once is once, for doors that are no pages.
func Once(ctx context.Context, key string) context.Context { return once(ctx, key) }

// said is an error of the API as the page tells it: with its sentence, its code and the fields that it names.
func said(err error) error {
	var list gqlerror.List
	var refused *graphql.HTTPError // by what is in front of the API, such as the choice of an edition
	if errors.As(err, &refused) {
		list = refused.Response.Errors
	}
	if len(list) == 0 && (!errors.As(err, &list) || len(list) == 0) {
		return err
	}
	first := list[0]
	code, _ := first.Extensions["code"].(string)
	out := fault.New(fault.Kind(code), "%s", variable.ReplaceAllString(first.Message, "This "))
	fields, _ := first.Extensions["fields"].([]any)
	for _, f := range fields {
		if name, ok := f.(string); ok {
			out = out.At(ofInput.ReplaceAllString(name, "input."))
		}
	}
	out.Details = first.Extensions
	return out
}
