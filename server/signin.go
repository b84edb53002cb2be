package server

import (
	"net/http"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// Routes are the pages of people.
func (d *Doors) Routes() []Route {
	return []Route{
		{Pattern: "GET /sign-in", Needs: Anyone, Handler: page(d.signInForm)},
		{Pattern: "POST /sign-in", Needs: Anyone, Handler: page(d.signIn)},
		{Pattern: "GET /sign-in/code", Needs: Anyone, Handler: page(d.codeForm)},
		{Pattern: "POST /sign-in/code", Needs: Anyone, Handler: page(d.code)},
		{Pattern: "POST /sign-out", Needs: Anyone, Handler: page(d.signOut)},
		{Pattern: "GET /invitation/{token}", Needs: Anyone, Handler: page(d.invitation)},
		{Pattern: "POST /invitation/{token}", Needs: Anyone, Handler: page(d.accept)},
		{Pattern: "GET /account", Needs: KeepAccounts, Handler: page(d.account)},
		{Pattern: "POST /account/profile", Needs: KeepAccounts, Handler: page(d.profile)},
		{Pattern: "POST /account/password", Needs: KeepAccounts, Handler: page(d.password)},
		{Pattern: "GET /account/second-factor", Needs: KeepAccounts, Handler: page(d.factorForm)},
		{Pattern: "POST /account/second-factor", Needs: KeepAccounts, Handler: page(d.factor)},
		{Pattern: "POST /account/second-factor/remove", Needs: KeepAccounts, Handler: page(d.removeFactor)},
		{Pattern: "POST /account/sessions", Needs: KeepAccounts, Handler: page(d.endSessions)},
		{Pattern: "POST /account/tokens", Needs: KeepAccounts, Handler: page(d.createToken)},
		{Pattern: "POST /account/tokens/revoke", Needs: KeepAccounts, Handler: page(d.revokeToken)},
		{Pattern: "POST /account/roles", Needs: KeepAccounts, Handler: page(d.passOn)},
		{Pattern: "GET /admin", Needs: KeepAccounts, Handler: page(d.admin)},
		{Pattern: "POST /admin/invite", Needs: KeepAccounts, Handler: page(d.invite)},
		{Pattern: "POST /admin/person", Needs: KeepAccounts, Handler: page(d.keepPerson)},
	}
}

func (d *Doors) signInForm(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, "sign-in", view{Title: "Sign in", Form: map[string]string{"next": r.URL.Query().Get("next")}})
}

// signIn judges an address and a password. The answer and the time are the same for known and unknown.
func (d *Doors) signIn(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "email", "password", "next")
	if err != nil {
		return err
	}
	p, err := d.keeper.SignIn(r.Context(), in["email"], in["password"])
	if err != nil {
		delete(in, "password")
		return d.again(w, r, "sign-in", view{Title: "Sign in", Form: in}, err)
	}
	two, err := d.keeper.HasSecondFactor(r.Context(), p)
	if err != nil {
		return err
	}
	if !two {
		return d.enter(w, r, p, false, in["next"])
	}
	if err := d.begin(w, r, map[string]any{pendingKey: p.ID, nextKey: local(in["next"])}); err != nil {
		return err
	}
	http.Redirect(w, r, "/sign-in/code", http.StatusSeeOther)
	return nil
}

func (d *Doors) codeForm(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, "code", view{Title: "Your code"})
}

// code judges the second factor of whoever has shown the first.
func (d *Doors) code(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "code")
	if err != nil {
		return err
	}
	loaded, err := d.sessions.Load(r.Context(), visitOf(r.Context()).token)
	if err != nil {
		return err
	}
	id, err := term.ParseID(d.sessions.GetString(loaded, pendingKey))
	if err != nil {
		return fault.New(fault.Unauthenticated, "Give your address and password first.")
	}
	if err := d.keeper.CheckTOTP(r.Context(), id, in["code"]); err != nil {
		return d.again(w, r, "code", view{Title: "Your code"}, err)
	}
	p, err := d.keeper.Get(access.With(r.Context(), access.Operator("sign-in")), id)
	if err != nil {
		return err
	}
	return d.enter(w, r, p, true, d.sessions.GetString(loaded, nextKey))
}

// signOut ends the session, not only its cookie.
func (d *Doors) signOut(w http.ResponseWriter, r *http.Request) error {
	if token := visitOf(r.Context()).token; token != "" {
		if err := d.keeper.SignOut(r.Context(), token); err != nil {
			return err
		}
	}
	http.SetCookie(w, &http.Cookie{Name: d.sessions.Cookie.Name, Path: "/", MaxAge: -1, HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// invitation shows what a link is for. It uses nothing up: mail scanners open links before people do.
func (d *Doors) invitation(w http.ResponseWriter, r *http.Request) error {
	l, err := d.keeper.Peek(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return d.show(w, r, "invitation", view{Title: "Welcome", Data: l})
}

// accept uses a link up and signs its person in.
func (d *Doors) accept(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "email", "name", "password")
	if err != nil {
		return err
	}
	l, err := d.keeper.Peek(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	if l.NeedsSecret && in["password"] == "" {
		err = fault.New(fault.Invalid, "Choose a password: 12 characters or more.").At("password")
	}
	if err == nil {
		p, failed := d.keeper.Accept(r.Context(), r.PathValue("token"), people.Acceptance{Email: in["email"], Name: in["name"], Password: in["password"]})
		if failed == nil {
			// A link is one factor, but in a demonstration there is nothing to protect.
			return d.enter(w, r, p, d.demo && l.Kind == term.LinkSignIn, "/account")
		}
		err = failed
	}
	if k := fault.KindOf(err); k == fault.NotFound {
		return err
	}
	delete(in, "password")
	return d.again(w, r, "invitation", view{Title: "Welcome", Data: l, Form: in}, err)
}
