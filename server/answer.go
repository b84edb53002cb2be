package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"
)

// statusOf gives each kind its HTTP status; a kind that is missing is ours, 500.
var statusOf = map[fault.Kind]int{
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Invalid:         http.StatusBadRequest,
	fault.Conflict:        http.StatusConflict,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Limit:           http.StatusBadRequest,
}

// clientLeft is nginx's number for a client that closed the connection before its answer: nobody sees it, but log and
// metrics must not count it as a failure of ours.
const clientLeft = 499

// Answer writes err as a page or as JSON, whichever the client asks for. A fault shows its sentence; any other error is
// logged and shown as a failure of ours. It is the one place where a handler's error meets HTTP.
func Answer(w http.ResponseWriter, r *http.Request, err error) {
	var tooLarge *http.MaxBytesError
	shown := fault.As(err)
	switch {
	case errors.As(err, &tooLarge):
		w.Header().Set("Connection", "close") // the rest of the body is not read
		refuse(w, r, http.StatusRequestEntityTooLarge, tooLargeFault(tooLarge.Limit))
	case shown == nil && errors.Is(err, context.DeadlineExceeded):
		refuse(w, r, http.StatusServiceUnavailable, tooSlowFault())
	case shown == nil && errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		w.WriteHeader(clientLeft)
	case shown == nil || statusOf[shown.Kind] == 0:
		logFailure(r, err, shown)
		if shown == nil {
			shown = internalFault(r)
		}
		refuse(w, r, http.StatusInternalServerError, shown)
	default:
		refuse(w, r, statusOf[shown.Kind], shown)
	}
}

// logFailure keeps for us what the client does not see.
func logFailure(r *http.Request, err error, shown *fault.Error) {
	if shown != nil && shown.Unwrap() != nil {
		err = shown.Unwrap()
	}
	Logger(r.Context()).Error("a request failed", slog.Any("error", err))
}

// refuse writes the answer of an error. What a handler had set for its own answer is taken back.
func refuse(w http.ResponseWriter, r *http.Request, status int, f *fault.Error) {
	h := w.Header()
	for _, name := range []string{
		"Accept-Ranges", "Content-Disposition", "Content-Encoding", "Content-Length", "Content-Range", "ETag", "Last-Modified",
	} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	retryAfter(h, f)
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	if wantsJSON(r) {
		writeJSON(w, status, errorBody(f))
		return
	}
	writeError(w, r, status, f)
}

// writeError answers with a page that says what is wrong.
func writeError(w http.ResponseWriter, r *http.Request, status int, f *fault.Error) {
	key := "error." + strconv.Itoa(status)
	if !say.Has(key) {
		key = "error.500"
	}
	writeFrame(w, r, status, func(ctx context.Context) ui.Page {
		return ui.Page{Title: say.T(ctx, key), Body: ui.Sorry(f.Sentence)}
	})
}

// writeFrame answers with a page that needs nothing of the catalogue.
func writeFrame(w http.ResponseWriter, r *http.Request, status int, page func(context.Context) ui.Page) {
	ctx := ui.In(r.Context(), &ui.Frame{Path: "/", Query: url.Values{}, Viewer: access.From(r.Context()), Noindex: true})
	p := page(ctx)
	var b bytes.Buffer
	if err := ui.Render(ctx, &b, &p); err != nil {
		Logger(ctx).Error("the page of an error could not be made", slog.Any("error", err))
	}
	writePage(w, r, status, b.Bytes())
}

// writeJSON answers with v, which must be a value that JSON can hold.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // fails only when the client left
}

// errorBody has the shape of a GraphQL error, so that a client needs one reader for both.
func errorBody(f *fault.Error) any {
	extensions := map[string]any{}
	for name, value := range f.Details {
		extensions[name] = value
	}
	extensions["code"] = f.Kind
	if len(f.Fields) > 0 {
		extensions["fields"] = f.Fields
	}
	return map[string]any{"errors": []any{map[string]any{"message": f.Sentence, "extensions": extensions}}}
}

// wantsJSON follows Accept, the first of the two kinds named; without either, JSON for those who speak JSON to us.
func wantsJSON(r *http.Request) bool {
	accept := strings.ToLower(strings.Join(r.Header.Values("Accept"), ","))
	html, json := strings.Index(accept, "text/html"), strings.Index(accept, "json")
	switch {
	case html >= 0 && json >= 0:
		return json < html
	case html >= 0 || json >= 0:
		return json >= 0
	default:
		return r.URL.Path == "/graphql" || strings.Contains(strings.ToLower(r.Header.Get("Content-Type")), "json")
	}
}
