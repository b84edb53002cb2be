package server

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"

	"adam/internal/access"
	"adam/internal/fault"
)

//go:embed templates/people.html
var peopleHTML string

//go:embed templates/people.css
var peopleCSS string

var (
	pageStyle   = homeCSS + peopleCSS
	peoplePages = template.Must(template.New("people").Parse(peopleHTML))
)

// view is what every page about people shows.
type view struct {
	Style  template.CSS
	Title  string
	Demo   bool
	Viewer access.Viewer
	Error  *fault.Error
	Done   string // what has just been done
	Secret string // a token or a link that was just made: shown this once
	Form   map[string]string
	Data   any
}

// show writes a page: with the status of its error where it has one, so that programs see it too.
func (d *Doors) show(w http.ResponseWriter, r *http.Request, name string, v view) error {
	v.Style, v.Demo, v.Viewer = template.CSS(pageStyle), d.demo, access.From(r.Context()) //nolint:gosec // our own style sheet, compiled in
	var b bytes.Buffer
	if err := peoplePages.ExecuteTemplate(&b, name, v); err != nil {
		return err
	}
	AllowStyles(w, StyleHash(pageStyle))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	status := http.StatusOK
	if v.Error != nil {
		status = statusOf[v.Error.Kind]
	}
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // fails only when the client left
	return nil
}

// again shows a form once more with what was wrong in it; errors that are not the visitor's go on.
func (d *Doors) again(w http.ResponseWriter, r *http.Request, name string, v view, err error) error {
	v.Error = fault.As(err)
	if v.Error == nil || v.Error.Kind == fault.Internal {
		return err
	}
	return d.show(w, r, name, v)
}

// page is a handler that gives its error to Answer.
type page func(w http.ResponseWriter, r *http.Request) error

func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := p(w, r); err != nil {
		Answer(w, r, err)
	}
}

// form reads the fields of a form that are asked for, and no others.
func form(r *http.Request, names ...string) (map[string]string, error) {
	if err := r.ParseForm(); err != nil {
		return nil, bodyFault(err)
	}
	out := make(map[string]string, len(names))
	for _, n := range names {
		out[n] = r.PostForm.Get(n)
	}
	return out, nil
}
