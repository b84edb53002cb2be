package transport

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adam/internal/fault"
)

// refuse writes an answer that holds one error and no data, with the refusal's own status in both media types: what is
// refused here is no well-formed GraphQL request.
func refuse(w http.ResponseWriter, r *http.Request, media string, wrong *refusal) {
	errs := gqlerror.List{Present(r.Context(), wrong.fault)}
	write(w, r, media, wrong.status, &graphql.Response{Errors: errs})
}

// statusOf is the status of an answer of the executor.
func statusOf(media string, resp *graphql.Response) int {
	if media == mediaJSON || resp.Data != nil {
		return http.StatusOK
	}
	if len(resp.Errors) == 0 {
		return http.StatusBadRequest
	}
	code, _ := resp.Errors[0].Extensions["code"].(string)
	switch fault.Kind(code) {
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Internal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// write puts the answer together around the data, which the executor has encoded already: encoding/json would read it
// all again, byte by byte, to escape characters that need no escaping outside HTML.
func write(w http.ResponseWriter, r *http.Request, media string, status int, resp *graphql.Response) {
	slices.SortStableFunc(resp.Errors, byPath)
	head, tail, err := envelope(resp)
	if err != nil {
		slog.ErrorContext(r.Context(), "graphql: the answer cannot be encoded", "error", err)
		status, resp = http.StatusInternalServerError, &graphql.Response{}
		head, tail, _ = envelope(&graphql.Response{Errors: gqlerror.List{internal(r.Context())}})
	}
	h := w.Header()
	h.Set("Content-Type", media+"; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff") // the answer may hold anybody's text, unescaped for HTML
	h.Set("Content-Length", strconv.Itoa(len(head)+len(resp.Data)+len(tail)))
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(status)
	for _, part := range [][]byte{head, resp.Data, tail} {
		if _, err := w.Write(part); err != nil {
			return // the client went away: there is nobody left to tell
		}
	}
}

// byPath is the order of the errors of an answer. Fields are answered at the same time: whichever fails first would
// otherwise stand first, and two answers to one question would differ. Errors of one path keep their order, as do those
// without any.
func byPath(a, b *gqlerror.Error) int {
	return slices.CompareFunc(a.Path, b.Path, func(a, b ast.PathElement) int {
		i, isIndex := a.(ast.PathIndex)
		j, areIndexes := b.(ast.PathIndex)
		if isIndex && areIndexes {
			return cmp.Compare(i, j)
		}
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
}

// envelope is what stands before and after the data. Errors come first, as the specification advises.
func envelope(resp *graphql.Response) (head, tail []byte, err error) {
	var before, after bytes.Buffer
	before.WriteByte('{')
	separator := ""
	if len(resp.Errors) > 0 {
		before.WriteString(`"errors":`)
		if err := encode(&before, resp.Errors); err != nil {
			return nil, nil, err
		}
		separator = ","
	}
	if len(resp.Data) > 0 {
		before.WriteString(separator + `"data":`)
		separator = ","
	}
	if len(resp.Extensions) > 0 {
		after.WriteString(separator + `"extensions":`)
		if err := encode(&after, resp.Extensions); err != nil {
			return nil, nil, err
		}
	}
	after.WriteByte('}')
	return before.Bytes(), after.Bytes(), nil
}

// encode appends v as JSON.
func encode(buf *bytes.Buffer, v any) error {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	buf.Truncate(buf.Len() - 1) // the encoder ends with a newline
	return nil
}
