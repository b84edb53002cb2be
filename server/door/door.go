// Package door is how the pages of signing in and of keeping accounts look: what each shows, and the form that came back
// to it. They do not ask the API, since they handle secrets and cookies: package server fills them in, and answers with them.
package door

//go:generate go tool templ generate

import (
	"context"
	"net/url"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// View is what one of the pages shows.
type View interface {
	// Page is the page, in the language of the context, with the form that came back.
	Page(context.Context, Sent) ui.Page
}

// Sent is the form that came back to a page: which, what was typed, and what is wrong. The zero value is none.
type Sent struct {
	Name string
	Form ui.Form
}

// Page is a page with what is wrong with the form on it.
func Page(ctx context.Context, v View, s Sent) ui.Page {
	p := v.Page(ctx, s)
	if p.Wrong = s.Form.Wrong; p.Wrong != nil {
		for _, name := range p.Wrong.Fields {
			p.At = append(p.At, s.Name+"-"+name)
		}
	}
	return p
}

// of is a field of the form with a name. It holds again what was typed, and says what is wrong, where that form came back.
func (s Sent) of(form string, f ui.Field) ui.Field {
	f.ID = form + "-" + f.Name
	if s.Name == form {
		f.Form = &s.Form
	}
	return f
}

// text is a text that may be unknown.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// host is the host of an address, as far as it has one: what people know a provider by.
func host(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// roles are the roles that can be chosen.
func roles(ctx context.Context) (all []ui.Choice) {
	for _, r := range access.Role("").Values() {
		all = append(all, ui.Choice{Value: r, Text: say.Word(ctx, "Role", r)})
	}
	return all
}

// when is an instant as these pages write it: no place has its own time here.
func when(ctx context.Context, at term.Instant) string { return say.Time(ctx, at, "") }

// facts are what is to be told of a role beside its name: since when, until when, whether it was passed on.
func facts(ctx context.Context, g *ent.Grant) []string {
	all := []string{say.T(ctx, "role.since", when(ctx, g.GivenAt))}
	if g.Until != "" {
		all = append(all, say.T(ctx, "role.until", when(ctx, g.Until)))
	}
	if g.DelegatedByID != nil {
		all = append(all, say.T(ctx, "role.passed"))
	}
	return all
}

// yes is the value of a tick that stands.
func yes(so bool) string {
	if so {
		return "yes"
	}
	return ""
}
