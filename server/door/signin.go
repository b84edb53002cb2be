package door

import (
	"context"

	"adam/internal/people"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// SignIn asks who somebody is.
type SignIn struct {
	Next     string // where to go after that, a path without the language
	Passkeys bool
	OIDC     string // the name of another provider; empty where there is none
}

// Page asks for the first factor.
func (v SignIn) Page(ctx context.Context, s Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "signin.title"), Passkeys: v.Passkeys, Body: signIn(v, s)}
}

// Code asks for the second factor.
type Code struct{ Generator, Passkeys bool }

// Page asks for the second factor of whoever has shown the first.
func (v Code) Page(ctx context.Context, s Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "signin.second"), Passkeys: v.Passkeys, Body: code(v, s)}
}

// Invitation is what a link that somebody was sent is for.
type Invitation struct {
	*people.Link
	Path     string // of the link
	Passkeys bool
	OIDC     string
}

// Page says what the link does, and does it once its form is sent.
func (v Invitation) Page(ctx context.Context, s Sent) ui.Page {
	title := say.T(ctx, "invitation.title")
	switch v.Kind {
	case term.LinkSignIn:
		return ui.Page{Title: say.T(ctx, "invitation.signin.title"), Body: signInLink(v)}
	case term.LinkReset:
		title = say.T(ctx, "invitation.reset.title")
	}
	return ui.Page{Title: title, Passkeys: v.Passkeys, Body: invitation(v, s)}
}

// Made is a link that was made just now. It is shown this once.
type Made struct {
	Email string
	Link  string // empty where none is needed
	Back  string // where the list is
}

// Page shows the link to whoever made it.
func (v Made) Page(ctx context.Context, _ Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "link.title", v.Email), Body: made(v)}
}

// Tie leads to another provider, whose login is to open the account too.
type Tie struct{ Name, To string }

// Page is the way to the provider: a form may lead to this site only.
func (v Tie) Page(ctx context.Context, _ Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "tie.title"), Crumbs: ownCrumbs(ctx), Body: tie(v)}
}
