package site

import (
	"net/http"
	"slices"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/ui"
)

// recordForm is a form about one record, in a review or outside: what it asks, and what it carries along.
type recordForm struct {
	What   string // what it is for: wrong, disagree, withdraw, restore or add
	Form   *ui.Form
	Fields []ui.Field
	Along  []along
	Lead   string  // what happens with what is sent
	Else   ui.Link // what else could be meant
	Back   string  // where whoever gives up goes
}

// along is a value that a form carries unseen.
type along struct{ name, value string }

// sentForm is a form as a request sent it; nobody has filled in what was only asked for.
func sentForm(r *http.Request) *ui.Form {
	if r.Method == http.MethodPost {
		return &ui.Form{Sent: r.PostForm}
	}
	return &ui.Form{}
}

// wantedKind is the type of record that a request names; "" where it names none of those that a form asks for.
func wantedKind(r *http.Request, asked []term.RecordKind) term.RecordKind {
	if kind := term.RecordKind(r.Form.Get("kind")); slices.Contains(asked, kind) {
		return kind
	}
	return ""
}

// refused keeps what is wrong, to be told with the form; an error that is no mistake of the sender comes back.
func (f *recordForm) refused(err error) error {
	err = said(err)
	wrong := fault.As(err)
	if wrong == nil || wrong.Kind == fault.Unauthenticated {
		return err
	}
	f.Form.Wrong = wrong
	return nil
}

// both says whether two values of a field meet.
func (f *recordForm) both() bool {
	if f.Form.Wrong == nil {
		return false
	}
	theirs, _ := f.Form.Wrong.Details["theirs"].(map[string]any)
	return len(theirs) > 0
}

func (f *recordForm) page(title, kicker string, way ...ui.Link) *ui.Page {
	p := &ui.Page{Title: title, Kicker: kicker, Script: true, Wrong: f.Form.Wrong, Body: recordFormPage(f), Crumbs: way}
	if p.Wrong != nil {
		p.Status = statusOf(p.Wrong)
		p.At = f.at()
	}
	return p
}

// at are the ids of the fields that are wrong.
func (f *recordForm) at() (out []string) {
	for _, q := range f.Fields {
		if slices.Contains(f.Form.Wrong.Fields, "input."+q.Name) {
			out = append(out, q.ID)
		}
	}
	for _, name := range f.Form.Wrong.Fields {
		if name = strings.TrimPrefix(name, "input."); strings.HasPrefix(name, "source.") || name == "reason" && f.What != "add" {
			out = append(out, name)
		}
	}
	return out
}
