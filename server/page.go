package server

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/door"
	"adam/server/say"
	"adam/server/ui"
)

// show writes a page. at is its address without the language, also where a form that was sent elsewhere brings it back.
// problem, where there is one, stands on top of it and decides the status.
func (d *Doors) show(w http.ResponseWriter, r *http.Request, at string, v door.View, problem *fault.Error) {
	ctx := ui.In(r.Context(), d.frame(r, at))
	sent := door.Sent{Form: ui.Form{Wrong: problem}}
	if r.Method == http.MethodPost {
		sent.Name, sent.Form.Sent = formOf(r.URL.Path), r.PostForm
	}
	p := door.Page(ctx, v, sent)
	p.Done = doneSentence(ctx, r.URL.Query().Get("done"))
	var b bytes.Buffer
	if err := ui.Render(ctx, &b, &p); err != nil {
		Answer(w, r, err)
		return
	}
	status := http.StatusOK
	if problem != nil {
		status = statusOf[problem.Kind]
		retryAfter(w.Header(), problem)
	}
	writePage(w, r, status, b.Bytes())
}

// frame is what is around a page of an address.
func (d *Doors) frame(r *http.Request, at string) *ui.Frame {
	where, raw, _ := strings.Cut(at, "?")
	query, _ := url.ParseQuery(raw) // at is ours
	return &ui.Frame{Path: where, Query: query, Viewer: access.From(r.Context()), Demo: d.Demo, Accounts: true, Noindex: true, BaseURL: d.BaseURL}
}

// doneSentence says what has just been done, by the name that the address carries.
func doneSentence(ctx context.Context, name string) string {
	if key := "done." + name; say.Has(key) {
		return say.T(ctx, key)
	}
	return ""
}

// lead sends a browser on to a page of ours, in the language that it reads.
func lead(w http.ResponseWriter, r *http.Request, to string) {
	ui.Lead(w, r, say.In(r.Context()).Prefix()+to)
}

// again shows a form with what is wrong in it. What is no mistake of the person, and what a program asked, goes through
// [Answer].
func (d *Doors) again(w http.ResponseWriter, r *http.Request, err error, page func(*fault.Error)) {
	f := fault.As(err)
	if f == nil || statusOf[f.Kind] == 0 || wantsJSON(r) {
		Answer(w, r, err)
		return
	}
	page(f)
}

// readForm reads a form of a page. Other kinds of bodies have no fields, so that each field is said to be missing.
func readForm(w http.ResponseWriter, r *http.Request) bool {
	if err := r.ParseForm(); err != nil {
		Answer(w, r, bodyFault(err))
		return false
	}
	return true
}

// pathID is the id in the address of a page; what is none is found nowhere.
func pathID(r *http.Request, kind term.Kind) (term.ID, error) {
	id, err := term.ParseID(r.PathValue("id"))
	if err != nil || id.Kind() != kind {
		return 0, fault.New(fault.NotFound, "Nothing is found at this address. Go back to the list and choose there.")
	}
	return id, nil
}

// retryAfter says how long to wait, where that is known.
func retryAfter(h http.Header, f *fault.Error) {
	at, ok := f.Details["retryAt"].(string)
	if wait := time.Until(term.Instant(at).Time()); f.Kind == fault.TooMany && ok {
		h.Set("Retry-After", strconv.Itoa(max(1, int(wait.Seconds()+1))))
	}
}

// formOf names the form of an address. A link's address is a secret and names none; the forms that end the roles of
// somebody stand on one page, so the role tells them apart.
func formOf(address string) string {
	switch {
	case strings.HasPrefix(address, "/invitation/"):
		return "invitation"
	case strings.HasPrefix(address, "/admin/roles/"):
		return path.Base(address) + "-" + path.Base(path.Dir(address))
	}
	return path.Base(address)
}
