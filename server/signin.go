package server

import (
	"net/http"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/server/door"
	"adam/server/ui"
)

// signInPage asks who somebody is. Whoever is signed in goes on.
func (d *Doors) signInPage(w http.ResponseWriter, r *http.Request) {
	if next := localPath(r.URL.Query().Get("next")); access.From(r.Context()).Person != 0 {
		lead(w, r, next)
		return
	}
	d.showSignIn(w, r, r.URL.Query().Get("next"), nil)
}

func (d *Doors) showSignIn(w http.ResponseWriter, r *http.Request, next string, problem *fault.Error) {
	next = localPath(next)
	at := "/sign-in"
	if next != "/" {
		at = ui.WithQuery(at, "next", next)
	}
	d.show(w, r, at, door.SignIn{Next: next, Passkeys: d.passkeys != nil, OIDC: d.OIDC.name()}, problem)
}

// signInWithPassword takes the first factor. What is wrong is never told: neither the address nor the password.
func (d *Doors) signInWithPassword(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	next := localPath(r.PostForm.Get("next"))
	p, err := d.Keeper.SignIn(r.Context(), r.PostForm.Get("email"), r.PostForm.Get("password"))
	if err == nil {
		err = d.proceed(w, r, p, next)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showSignIn(w, r, next, f) })
	}
}

// codePage asks for the second factor of whoever has shown the first.
func (d *Doors) codePage(w http.ResponseWriter, r *http.Request) { d.showCode(w, r, nil) }

func (d *Doors) showCode(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	ctx := r.Context()
	id := d.pending(ctx)
	if id == 0 {
		lead(w, r, "/sign-in")
		return
	}
	p, err := d.Keeper.Get(asProgram(ctx), id)
	if err != nil {
		Answer(w, r, err)
		return
	}
	keys, err := d.Keeper.Passkeys(asProgram(ctx), id)
	if err != nil {
		Answer(w, r, err)
		return
	}
	d.show(w, r, "/sign-in/code", door.Code{Generator: p.TotpConfirmed, Passkeys: d.passkeys != nil && len(keys) > 0}, problem)
}

// signInWithCode takes the code of the generator as the second factor.
func (d *Doors) signInWithCode(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	ctx := r.Context()
	id, next := d.pending(ctx), localPath(d.sessions.GetString(ctx, nextKey))
	if id == 0 {
		lead(w, r, "/sign-in")
		return
	}
	err := d.Keeper.CheckTOTP(ctx, id, codeOf(r))
	if err == nil {
		err = d.begin(w, r, id, true)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showCode(w, r, f) })
		return
	}
	lead(w, r, next)
}

// codeOf is a code as typed, without the blank that generators show in its middle.
func codeOf(r *http.Request) string {
	var out []rune
	for _, c := range r.PostForm.Get("code") {
		if c != ' ' && c != '\u00a0' && len(out) < 12 {
			out = append(out, c)
		}
	}
	return string(out)
}
