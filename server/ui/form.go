package ui

import (
	"net/url"
	"slices"
	"strings"

	"adam/internal/fault"

	"github.com/a-h/templ"
)

// Form is a form as it was sent and came back: what was typed, and what is wrong with it. The zero value is a form that
// nobody has filled in.
type Form struct {
	Sent  url.Values
	Wrong *fault.Error
}

// Field is one question of a form. Its Name is that of the input of the API which it fills, without "input.".
type Field struct {
	Form  *Form
	Name  string
	ID    string // the name where it is empty; needed where a page has a form several times
	Label string
	Hint  string
	Kind  string // of an input: text where empty
	Value string // what stands in it where nothing was sent
	Fill  string // autocomplete
	Lines bool   // a longer text
	Needs bool   // must be filled in
	Many  bool   // any number of the choices
	Pick  []Choice
}

// Choice is one of the answers to a question.
type Choice struct{ Value, Text string }

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

// value is what was sent, else what stood there before. Secrets are never written back.
func (f Field) value() string {
	if f.Kind == "password" || f.Fill == "one-time-code" {
		return ""
	}
	if f.Form != nil && f.Form.Sent.Has(f.Name) {
		return f.Form.Sent.Get(f.Name)
	}
	return f.Value
}

// has says whether one of several values was sent; where nothing was, whether it is the one that stands.
func (f Field) has(value string) bool {
	if f.Form != nil && f.Form.Sent != nil {
		return slices.Contains(f.Form.Sent[f.Name], value)
	}
	return slices.Contains(strings.Fields(f.Value), value)
}

// ticked is what a tick sends.
func (f Field) ticked() string {
	if len(f.Pick) == 1 {
		return f.Pick[0].Value
	}
	return "yes"
}

// wrong is what is wrong with the field. The API names a field by its input, and what is no API by its name.
func (f Field) wrong() string {
	if f.Form == nil || f.Form.Wrong == nil {
		return ""
	}
	if named := f.Form.Wrong.Fields; slices.Contains(named, "input."+f.Name) || slices.Contains(named, f.Name) {
		return f.Form.Wrong.Sentence
	}
	return ""
}

// described names what describes the field to those who hear the page.
func (f Field) described() string {
	var out []string
	if f.Hint != "" {
		out = append(out, f.id()+"-hint")
	}
	if f.wrong() != "" {
		out = append(out, f.id()+"-error")
	}
	return strings.Join(out, " ")
}

func (f Field) attributes() templ.Attributes {
	out := templ.Attributes{}
	if d := f.described(); d != "" {
		out["aria-describedby"] = d
	}
	if f.wrong() != "" {
		out["aria-invalid"] = "true"
	}
	if f.Fill != "" {
		out["autocomplete"] = f.Fill
	}
	if f.Fill == "one-time-code" {
		out["inputmode"] = "numeric"
	}
	if f.Kind == "email" {
		out["spellcheck"] = "false"
	}
	if f.Needs {
		out["required"] = true
	}
	return out
}

// ticks is what the answers of a question are ticked with.
func (f Field) ticks() string {
	if f.Kind == "radio" {
		return "radio"
	}
	return "checkbox"
}

func (f Field) kind() string {
	if f.Kind == "" {
		return "text"
	}
	return f.Kind
}
