package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"adam/internal/fault"
)

// maxRequest is the most bytes of a body, or of the query part of an address (promises.md: body 64 KB).
const maxRequest = 64 << 10

type roomKey struct{}

// WithRoom lets a request that the program itself sends have a body of so many bytes: for a door that takes files, and has
// measured what came through it.
func WithRoom(ctx context.Context, bytes int64) context.Context {
	return context.WithValue(ctx, roomKey{}, bytes)
}

// room is how many bytes a body may have.
func room(ctx context.Context) int64 {
	if bytes, ok := ctx.Value(roomKey{}).(int64); ok {
		return bytes
	}
	return maxRequest
}

// refusal is what is wrong with a request that never reaches the executor, and the status that says so.
type refusal struct {
	status int
	fault  *fault.Error
}

// reader takes the GraphQL parameters out of a request.
type reader func(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refusal)

// readBody reads the parameters of a POST.
func readBody(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refusal) {
	if wrong := checkContent(r.Header); wrong != nil {
		return nil, wrong
	}
	start := graphql.Now()
	body, wrong := readAll(w, r)
	if wrong != nil {
		return nil, wrong
	}
	params := &graphql.RawParams{Headers: r.Header}
	if wrong := decodeBody(body, params); wrong != nil {
		return nil, wrong
	}
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, nil
}

// checkContent refuses a body that does not say that it is JSON in UTF-8, sent as it is. A page of another site cannot
// make a browser send this type without asking first, so the check is part of the protection against forged requests.
func checkContent(h http.Header) *refusal {
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || media != mediaJSON || !isUTF8(params["charset"]) {
		return &refusal{http.StatusUnsupportedMediaType, fault.New(fault.Invalid,
			"The body must be JSON in UTF-8: send it with Content-Type: application/json.")}
	}
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return &refusal{http.StatusUnsupportedMediaType, fault.New(fault.Invalid,
			"The body must be sent without compression: leave Content-Encoding out.")}
	}
	return nil
}

// readAll reads a body that is not too large.
func readAll(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	most := room(r.Context())
	if r.ContentLength > most {
		return nil, tooLarge("body", http.StatusRequestEntityTooLarge)
	}
	var buf bytes.Buffer
	if r.ContentLength > 0 {
		buf.Grow(int(r.ContentLength) + bytes.MinRead) // ReadFrom wants that much room to see the end
	}
	_, err := buf.ReadFrom(http.MaxBytesReader(w, r.Body, most))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, tooLarge("body", http.StatusRequestEntityTooLarge)
	}
	if err != nil {
		return nil, malformed("The request ended before its body was complete: send it again.").because(err)
	}
	// A byte order mark is not JSON, but editors and some clients write it, and it says nothing that we need.
	return bytes.TrimPrefix(buf.Bytes(), []byte("\xef\xbb\xbf")), nil
}

// decodeBody reads the JSON object of a POST into params. Numbers stay as written, so that no identifier is rounded.
func decodeBody(body []byte, params *graphql.RawParams) *refusal {
	if len(bytes.TrimSpace(body)) == 0 {
		return malformed("The body is empty: send a JSON object with the operation as its query.")
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(params); err != nil {
		if wrongType, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return wrongParameter(wrongType.Field).because(err)
		}
		return malformed("The body is not JSON: send one JSON object with the operation as its query.").because(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return malformed("The body holds more than one JSON value: send one JSON object per request.")
	}
	return requireQuery(params)
}

// readAddress reads the parameters of a GET from the query part of the address. Other parameters there (edition, on)
// are not GraphQL's and pass.
func readAddress(_ http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refusal) {
	if len(r.URL.RawQuery) > maxRequest {
		return nil, tooLarge("address", http.StatusRequestURITooLong)
	}
	start := graphql.Now()
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, malformed("The address cannot be read: write its parameters percent-encoded, joined by &.").because(err)
	}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		if len(values[name]) > 1 {
			return nil, malformed("The address gives %s more than once: give it once.", name).at(name)
		}
	}
	params := &graphql.RawParams{
		Query:         values.Get("query"),
		OperationName: values.Get("operationName"),
		Headers:       r.Header,
	}
	if wrong := decodeMap(values.Get("variables"), "variables", &params.Variables); wrong != nil {
		return nil, wrong
	}
	if wrong := decodeMap(values.Get("extensions"), "extensions", &params.Extensions); wrong != nil {
		return nil, wrong
	}
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, requireQuery(params)
}

// decodeMap reads a parameter that is a JSON object in text; absent and null are both nothing.
func decodeMap(text, name string, into *map[string]any) *refusal {
	if text == "" {
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return wrongParameter(name).because(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return wrongParameter(name)
	}
	return nil
}

// requireQuery refuses a request without an operation.
func requireQuery(params *graphql.RawParams) *refusal {
	if strings.TrimSpace(params.Query) == "" {
		return malformed("The operation is missing: give it as a text named query.").at("query")
	}
	return nil
}

// wrongParameter says which parameter has a value of the wrong kind; path is as encoding/json gives it, "" for the
// body itself.
func wrongParameter(path string) *refusal {
	name, _, _ := strings.Cut(path, ".")
	switch name {
	case "query":
		return malformed("The parameter query must be a text: the operation.").at(name)
	case "operationName":
		return malformed("The parameter operationName must be a text or null.").at(name)
	case "variables", "extensions":
		return malformed("The parameter %s must be a JSON object or null.", name).at(name)
	}
	return malformed("The body must be one JSON object with the operation as its query; lists of operations are not accepted.")
}

func malformed(sentence string, args ...any) *refusal {
	return &refusal{http.StatusBadRequest, fault.New(fault.Invalid, sentence, args...)}
}

func tooLarge(what string, status int) *refusal {
	return &refusal{status, fault.New(fault.Limit, "The %s is larger than %d KB: ask for less at once, "+
		"or split the request.", what, maxRequest>>10)}
}

func (r *refusal) because(err error) *refusal { r.fault.Because(err); return r }

func (r *refusal) at(field string) *refusal { r.fault.At(field); return r }
