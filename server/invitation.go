package server

import (
	"net/http"
	"net/url"

	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
	"adam/server/door"
)

// invitationPage shows what a link is for. It uses nothing up: mail scanners open links.
func (d *Doors) invitationPage(w http.ResponseWriter, r *http.Request) {
	d.showInvitation(w, r, nil)
}

func (d *Doors) showInvitation(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	secret := r.PathValue("token")
	l, err := d.Keeper.Peek(r.Context(), secret)
	if err != nil {
		Answer(w, r, err)
		return
	}
	path := "/invitation/" + url.PathEscape(secret)
	d.show(w, r, path, door.Invitation{Link: l, Path: path, Passkeys: d.passkeys != nil, OIDC: d.OIDC.name()}, problem)
}

// acceptInvitation uses a link up and signs its person in. Who would rather have a passkey or a login than a password
// sets that up next, while she is signed in.
func (d *Doors) acceptInvitation(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	next := "/"
	l, err := d.Keeper.Peek(r.Context(), r.PathValue("token"))
	if err != nil {
		Answer(w, r, err)
		return
	}
	in := people.Acceptance{Email: r.PostForm.Get("email"), Name: r.PostForm.Get("name"), Password: r.PostForm.Get("password")}
	switch {
	case r.PostForm.Get("with") == "passkey":
		in.Password, next = "", "/account/second-factor"
	case r.PostForm.Get("with") == "login":
		in.Password, next = "", "/account#logins"
	case l.NeedsSecret && in.Password == "":
		err = fault.New(fault.Invalid, "Choose a password, or another way to sign in.").At("password")
	}
	if err == nil {
		err = d.accept(w, r, l, in, next)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showInvitation(w, r, f) })
	}
}

// accept signs in whoever has accepted.
func (d *Doors) accept(w http.ResponseWriter, r *http.Request, l *people.Link, in people.Acceptance, next string) error {
	p, err := d.Keeper.Accept(r.Context(), r.PathValue("token"), in)
	if err != nil {
		return err
	}
	if d.Demo && l.Kind == term.LinkSignIn { // in a demonstration there is nothing to protect
		if err := d.begin(w, r, p.ID, true); err != nil {
			return err
		}
		lead(w, r, next)
		return nil
	}
	return d.proceed(w, r, p, next)
}
