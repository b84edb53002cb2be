package server

import (
	"path"
	"slices"
	"strings"
)

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

// input is one field of a form.
type input struct {
	ID, Name, Label, Kind string
	Autocomplete          string
	Value, Help, Error    string
}

// Field makes a field of a form. It holds again what was typed, passwords and codes apart, and says what is wrong.
func (v view) Field(form, name, label, kind, autocomplete string) input {
	i := input{ID: form + "-" + name, Name: name, Label: label, Kind: kind, Autocomplete: autocomplete}
	if v.At != form {
		return i
	}
	if kind != "password" && autocomplete != "one-time-code" {
		i.Value = v.Form.Get(name)
	}
	if v.Problem != nil && slices.Contains(v.Problem.Fields, name) {
		i.Error = v.Problem.Sentence
	}
	return i
}

// Or puts a value where nothing was typed.
func (i input) Or(value string) input {
	if i.Value == "" && i.Error == "" {
		i.Value = value
	}
	return i
}

// Hint says how to fill the field in.
func (i input) Hint(help string) input {
	i.Help = help
	return i
}

// Described names what belongs to the field, for screen readers.
func (i input) Described() string {
	var ids []string
	if i.Help != "" {
		ids = append(ids, i.ID+"-hint")
	}
	if i.Error != "" {
		ids = append(ids, i.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// Wrong are the fields that the summary of what is wrong leads to.
func (v view) Wrong() []string {
	var ids []string
	for _, f := range v.Problem.Fields {
		ids = append(ids, v.At+"-"+f)
	}
	return ids
}

// Sent says whether a box of a form was ticked, or a choice made, when it was sent.
func (v view) Sent(form, name, value string) bool {
	return v.At == form && slices.Contains(v.Form[name], value)
}
