package server

import (
	"net/http"

	"adam/internal/access"
	"adam/internal/fault"
)

var (
	signInTemplate = pageOf("signin.html")
	codeTemplate   = pageOf("code.html")
)

// signInForm is what the page for signing in shows.
type signInForm struct {
	Next     string
	Passkeys bool
	OIDC     string // the provider's name; empty where there is none
}

// signInPage asks who somebody is. Whoever is signed in goes on.
func (d *Doors) signInPage(w http.ResponseWriter, r *http.Request) {
	if next := localPath(r.URL.Query().Get("next")); access.From(r.Context()).Person != 0 {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	d.showSignIn(w, r, r.URL.Query().Get("next"), nil)
}

func (d *Doors) showSignIn(w http.ResponseWriter, r *http.Request, next string, problem *fault.Error) {
	d.show(w, r, signInTemplate, "Sign in", signInForm{localPath(next), d.passkeys != nil, d.OIDC.name()}, problem)
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

// codeForm is what the page for the second factor shows.
type codeForm struct{ Generator, Passkeys bool }

// codePage asks for the second factor of whoever has shown the first.
func (d *Doors) codePage(w http.ResponseWriter, r *http.Request) { d.showCode(w, r, nil) }

func (d *Doors) showCode(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	ctx := r.Context()
	id := d.pending(ctx)
	if id == 0 {
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
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
	d.show(w, r, codeTemplate, "Enter your second factor", codeForm{p.TotpConfirmed, d.passkeys != nil && len(keys) > 0}, problem)
}

// signInWithCode takes the code of the generator as the second factor.
func (d *Doors) signInWithCode(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	ctx := r.Context()
	id, next := d.pending(ctx), localPath(d.sessions.GetString(ctx, nextKey))
	if id == 0 {
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
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
	http.Redirect(w, r, next, http.StatusSeeOther)
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
