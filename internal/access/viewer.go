// Package access says who is asking. It imports the standard library and term only, so that rules anywhere can ask it.
package access

import (
	"context"

	"adam/internal/term"
)

// Audience is the largest set of records that a door may serve. An edition is made for one audience.
type Audience string

// The audiences. Working is no edition: it is the working store itself, for those who keep the catalogue.
const (
	Public  Audience = "public"
	Members Audience = "members"
	Working Audience = "working"
)

// Viewer is whoever acts: an anonymous visitor, a person who signed in, or the program itself at work for an operator.
type Viewer struct {
	Name     string  // the institution or the program, as history shows it; never an e-mail address
	Person   term.ID // 0 for visitors and for the program
	Audience Audience
	Grants   []Grant
	Scopes   []Scope // of an API token; nil for a session and for the program, which may do all that the person may
	Program  bool    // the program itself: no rule hides anything from it
}

// Anonymous is a visitor who has not signed in.
func Anonymous() Viewer { return Viewer{Name: "Visitor", Audience: Public} }

// Operator is the program run by whoever owns the database: seeding, releasing, restoring, keeping accounts.
func Operator(name string) Viewer { return Viewer{Name: name, Audience: Working, Program: true} }

// SignedIn is a person with the roles that she holds now. Members read the members' edition, as administrators do, who
// have no content; whoever keeps the catalogue reads the working store, as far as the rules of ent/rule let them.
func SignedIn(person term.ID, name string, grants []Grant) Viewer {
	v := Viewer{Name: name, Person: person, Audience: Members, Grants: grants}
	for _, g := range grants {
		if g.Role != Member && g.Role != Administrator {
			v.Audience = Working
		}
	}
	return v
}

// SeesAll says whether no record is hidden from the viewer: the secretariat's share and the program's.
func (v Viewer) SeesAll() bool { return v.Program || v.Has(Secretariat) }

type viewerKey struct{}

// With puts the viewer in the context.
func With(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// From is the viewer in the context; an anonymous visitor where nobody was put there.
func From(ctx context.Context) Viewer {
	if v, ok := ctx.Value(viewerKey{}).(Viewer); ok {
		return v
	}
	return Anonymous()
}
