package server

import (
	"net/http"
	"strings"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
	"adam/server/door"
)

// accountPage shows one's own account.
func (d *Doors) accountPage(w http.ResponseWriter, r *http.Request) { d.showAccount(w, r, nil) }

func (d *Doors) showAccount(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	d.showAccountWith(w, r, door.Fresh{}, problem)
}

// showAccountWith shows the account with what was made just now.
func (d *Doors) showAccountWith(w http.ResponseWriter, r *http.Request, made door.Fresh, problem *fault.Error) {
	page, err := d.readAccount(r)
	if err != nil {
		Answer(w, r, err)
		return
	}
	page.Fresh = made
	d.show(w, r, "/account", page, problem)
}

func (d *Doors) readAccount(r *http.Request) (page door.Account, err error) {
	ctx := r.Context()
	id := access.From(ctx).Person
	if page.Person, err = d.Keeper.Get(ctx, id); err != nil {
		return page, err
	}
	if page.Grants, err = d.Keeper.Grants(ctx, id); err != nil {
		return page, err
	}
	if page.PassedOn, err = d.Keeper.PassedOn(ctx, id); err != nil {
		return page, err
	}
	if page.Logins, err = d.Keeper.Logins(ctx, id); err != nil {
		return page, err
	}
	if page.Keys, err = d.Keeper.Passkeys(ctx, id); err != nil {
		return page, err
	}
	if page.Open, err = d.Keeper.SessionsOf(ctx, id); err != nil {
		return page, err
	}
	if page.Tokens, err = d.Keeper.Tokens(ctx, id); err != nil {
		return page, err
	}
	if page.Calendars, err = d.Keeper.Feeds(ctx, id); err != nil {
		return page, err
	}
	page.Here, page.Strong = people.TokenHash(d.sessions.Token(ctx)), d.strong(ctx)
	page.Now, page.OIDC, page.Passkeys = term.InstantOf(d.Keeper.Now()), d.OIDC.name(), d.passkeys != nil
	for _, g := range page.Grants {
		page.NeedsMore = page.NeedsMore || g.Role.NeedsSecondFactor() && !page.Strong
	}
	return page, nil
}

// backToAccount ends a step on one's own account: with what was done, or with what is wrong.
func (d *Doors) backToAccount(w http.ResponseWriter, r *http.Request, err error, name string) {
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showAccount(w, r, f) })
		return
	}
	lead(w, r, "/account?done="+name)
}

// changeProfile keeps how a person is named, and whether she agrees to be.
func (d *Doors) changeProfile(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	name, unit := r.PostForm.Get("name"), r.PostForm.Get("unit")
	err := withinName(name, "name")
	if err == nil {
		err = withinName(unit, "unit")
	}
	if err == nil {
		err = d.Keeper.Describe(r.Context(), access.From(r.Context()).Person, name, unit, r.PostForm.Get("name_public") == "yes")
	}
	d.backToAccount(w, r, err, "profile")
}

// withinName refuses what is too long to be a name.
func withinName(s, field string) error {
	const most = 200 // characters
	if len([]rune(s)) > most {
		return fault.New(fault.Invalid, "This is too long. Write %d characters at most.", most).At(field)
	}
	return nil
}

// changePassword sets a password against the old one. This session stays, under a new secret; every other one ends.
func (d *Doors) changePassword(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	ctx := r.Context()
	id, token := access.From(ctx).Person, d.sessions.Token(ctx)
	err := d.Keeper.SetPassword(ctx, id, r.PostForm.Get("old"), r.PostForm.Get("password"), people.TokenHash(token))
	if err == nil {
		err = d.begin(w, r, id, d.strong(ctx))
	}
	d.backToAccount(w, r, err, "password")
}

// removeLogin unties one of one's own logins.
func (d *Doors) removeLogin(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r, term.KindLogin)
	if err == nil {
		err = d.Keeper.RemoveLogin(r.Context(), access.From(r.Context()).Person, id, d.strong(r.Context()))
	}
	d.backToAccount(w, r, err, "login-removed")
}

// endSession ends one of one's own sessions, this one too.
func (d *Doors) endSession(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r, term.KindSession)
	if err == nil {
		err = d.Keeper.EndSession(r.Context(), access.From(r.Context()).Person, id)
	}
	d.backToAccount(w, r, err, "session")
}

// endOtherSessions ends all of one's own sessions but this one.
func (d *Doors) endOtherSessions(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	err := d.Keeper.EndSessions(ctx, access.From(ctx).Person, people.TokenHash(d.sessions.Token(ctx)))
	d.backToAccount(w, r, err, "sessions")
}

// createToken makes a token and shows it this once.
func (d *Doors) createToken(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	var scopes []access.Scope
	for _, s := range r.PostForm["scopes"] {
		scopes = append(scopes, access.Scope(s))
	}
	days, err := wholeNumber(r.PostForm.Get("days"), "days")
	if err == nil && len(scopes) == 0 {
		err = fault.New(fault.Invalid, "Choose what the token may be used for.").At("scopes")
	}
	var secret string
	if err == nil {
		secret, _, err = d.Keeper.CreateToken(r.Context(), access.From(r.Context()).Person, r.PostForm.Get("name"), scopes, days)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showAccount(w, r, f) })
		return
	}
	r.PostForm = nil // the form is done with
	d.showAccountWith(w, r, door.Fresh{Token: secret}, nil)
}

// revokeToken ends one of one's own tokens.
func (d *Doors) revokeToken(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r, term.KindToken)
	if err == nil {
		err = d.Keeper.RevokeToken(r.Context(), access.From(r.Context()).Person, id)
	}
	d.backToAccount(w, r, err, "token-revoked")
}

// createCalendar makes a secret address of calendars and shows it this once.
func (d *Doors) createCalendar(w http.ResponseWriter, r *http.Request) {
	secret, _, err := d.Keeper.CreateFeed(r.Context(), access.From(r.Context()).Person)
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showAccount(w, r, f) })
		return
	}
	made := door.Fresh{Calendar: people.FeedURL(d.BaseURL, "all", secret), Chapter: people.FeedURL(d.BaseURL, people.FeedCode, secret)}
	d.showAccountWith(w, r, made, nil)
}

// revokeCalendar ends one of one's own addresses of calendars.
func (d *Doors) revokeCalendar(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r, term.KindFeed)
	if err == nil {
		err = d.Keeper.RevokeFeed(r.Context(), access.From(r.Context()).Person, id)
	}
	d.backToAccount(w, r, err, "calendar-revoked")
}

// wholeNumber reads a number of a form; nothing is zero.
func wholeNumber(s, field string) (int, error) {
	n := 0
	s = strings.TrimSpace(s)
	for _, c := range s {
		if c < '0' || c > '9' || n > 100_000 {
			return 0, fault.New(fault.Invalid, "%q is not a whole number. Write digits only.", term.Clip(s)).At(field)
		}
		n = n*10 + int(c-'0')
	}
	return n, nil
}
