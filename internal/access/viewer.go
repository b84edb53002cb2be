// Package access says who is asking. It imports the standard library and term only, so that rules anywhere can ask it.
package access

import "context"

// Audience is the largest set of records that a door may serve. An edition is made for one audience.
type Audience string

// The audiences. Working is no edition: it is the working store itself, for those who keep the catalogue.
const (
	Public  Audience = "public"
	Members Audience = "members"
	Working Audience = "working"
)

// Viewer is whoever acts: an anonymous visitor, or the program itself at work for an operator.
type Viewer struct {
	Name     string // the institution or the program, as history shows it; never an e-mail address
	Audience Audience
}

// Anonymous is a visitor who has not signed in.
func Anonymous() Viewer { return Viewer{Name: "Visitor", Audience: Public} }

// Operator is the program run by whoever owns the database: seeding, releasing, restoring.
func Operator(name string) Viewer { return Viewer{Name: name, Audience: Working} }

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
