package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

//go:embed templates
var templates embed.FS

var doorsCSS = read("templates/doors.css")

// read gives a file that is compiled in.
func read(name string) string {
	b, err := templates.ReadFile(name)
	if err != nil {
		panic(err) // the name is a constant
	}
	return string(b)
}

// helpers are what the templates need beside their data.
var helpers = template.FuncMap{
	"when":  func(i term.Instant) string { return i.Time().UTC().Format("2 January 2006 15:04 UTC") },
	"text":  textOf,
	"host":  hostOf,
	"roles": func() []string { return access.Role("").Values() },
	"word":  func(code any) string { return word(fmt.Sprint(code)) },
}

// textOf is a text that may be unknown.
func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// hostOf is the host of an address, as far as it has one: what people know a provider by.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// word writes a code such as FOCAL_POINT as people do.
func word[T ~string](code T) string {
	return strings.ToLower(strings.ReplaceAll(string(code), "_", " "))
}

// pageOf reads one page of templates with the layout around it.
func pageOf(name string) *template.Template {
	return template.Must(template.New("layout.html").Funcs(helpers).ParseFS(templates, "templates/layout.html", "templates/"+name))
}

// view is what every page of [Doors] shows; Data is its own part.
type view struct {
	Title   string
	Style   template.CSS
	Script  string // its address, where the page has one
	Demo    bool
	Signed  bool // somebody is signed in
	Admin   bool // who may come to /admin
	Done    string
	Problem *fault.Error
	At      string     // the form that was sent, by the last part of its address
	Form    url.Values // what was sent, so that nothing need be typed again
	Data    any
}

// done are the sentences for what was done, by the name that the address carries.
var done = map[string]string{
	"signed-out":        "You have signed out.",
	"profile":           "Your name was saved.",
	"password":          "Your password was changed. Every other session of yours has ended.",
	"generator":         "The code generator is set up.",
	"generator-removed": "The code generator was removed.",
	"passkey":           "The passkey was added.",
	"passkey-removed":   "The passkey was removed.",
	"login":             "The login is tied to your account.",
	"login-removed":     "The login is untied from your account.",
	"session":           "The session has ended.",
	"sessions":          "The sessions have ended.",
	"token-revoked":     "The token was revoked.",
	"calendar-revoked":  "The calendar address was revoked.",
	"role-ended":        "The role has ended.",
	"role":              "The role was given.",
	"disabled":          "The account is disabled.",
	"enabled":           "The account is enabled.",
	"erased":            "The account was erased.",
}

// show writes a page. problem, where there is one, stands on top of it and decides the status.
func (d *Doors) show(w http.ResponseWriter, r *http.Request, page *template.Template, title string, data any, problem *fault.Error) {
	who := access.From(r.Context())
	v := view{
		Title: title, Style: template.CSS(doorsCSS), Demo: d.Demo, Signed: who.Person != 0, Data: data, //nolint:gosec // our own style sheet
		Admin: who.Has(access.Administrator) || who.Has(access.Secretariat),
		Done:  done[r.URL.Query().Get("done")], Problem: problem, At: formOf(r.URL.Path), Form: r.PostForm,
	}
	if d.passkeys != nil {
		v.Script = passkeyScript.path
	}
	var b bytes.Buffer
	if err := page.Execute(&b, v); err != nil {
		Answer(w, r, err)
		return
	}
	h, status := w.Header(), http.StatusOK
	if problem != nil {
		status = statusOf[problem.Kind]
		retryAfter(h, problem)
	}
	AllowStyles(w, StyleHash(doorsCSS))
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // fails only when the client left
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
