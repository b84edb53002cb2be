package server

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"image/png"
	"net/http"
	"strconv"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"

	"github.com/pquerna/otp"
)

// issuer is how code generators name this program.
const issuer = "ADAM"

// account is what the page of one's own account shows.
type account struct {
	Person   *ent.Person
	Strong   bool
	Factor   bool // has a second factor
	Needs    bool // holds a role that needs one
	Roles    []*ent.Grant
	Sessions []*ent.Session
	Tokens   []*ent.Token
}

func (d *Doors) account(w http.ResponseWriter, r *http.Request) error {
	return d.showAccount(w, r, "", "", nil)
}

// showAccount shows the account with what was just done, or why it was not.
func (d *Doors) showAccount(w http.ResponseWriter, r *http.Request, done, secret string, problem error) error {
	ctx, id := r.Context(), access.From(r.Context()).Person
	a := account{Strong: visitOf(ctx).strong}
	var err error
	if a.Person, err = d.keeper.Get(ctx, id); err != nil {
		return err
	}
	if a.Factor, err = d.keeper.HasSecondFactor(ctx, a.Person); err != nil {
		return err
	}
	if a.Needs, err = d.keeper.NeedsSecondFactor(ctx, id); err != nil {
		return err
	}
	if a.Roles, err = d.keeper.Grants(ctx, id); err != nil {
		return err
	}
	if a.Sessions, err = d.keeper.SessionsOf(ctx, id); err != nil {
		return err
	}
	if a.Tokens, err = d.keeper.Tokens(ctx, id); err != nil {
		return err
	}
	v := view{Title: "Your account", Done: done, Secret: secret, Data: a}
	if problem != nil {
		v.Done = ""
		return d.again(w, r, "account", v, problem)
	}
	return d.show(w, r, "account", v)
}

func (d *Doors) profile(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "name", "unit", "public")
	if err == nil {
		err = d.keeper.Describe(r.Context(), access.From(r.Context()).Person, in["name"], in["unit"], in["public"] == "yes")
	}
	return d.showAccount(w, r, "Your name and unit are saved.", "", err)
}

// password sets a password; every other session ends, so that a stolen cookie dies with the old one.
func (d *Doors) password(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "old", "password")
	if err == nil {
		err = d.keeper.SetPassword(r.Context(), access.From(r.Context()).Person, in["old"], in["password"], people.TokenHash(visitOf(r.Context()).token))
	}
	return d.showAccount(w, r, "Your password is changed, and all other browsers are signed out.", "", err)
}

// factorPage is a code generator that is being set up.
type factorPage struct {
	Secret  string
	Address template.URL // otpauth://…, which opens the generator on a telephone
	Picture template.URL
}

func (d *Doors) factorForm(w http.ResponseWriter, r *http.Request) error {
	secret, uri, err := d.keeper.EnrolTOTP(r.Context(), access.From(r.Context()).Person, issuer, visitOf(r.Context()).strong)
	if err != nil {
		return d.showAccount(w, r, "", "", err)
	}
	p, err := drawn(secret, uri)
	if err != nil {
		return err
	}
	return d.show(w, r, "factor", view{Title: "Second factor", Data: p})
}

// drawn makes the picture that a telephone reads.
func drawn(secret, uri string) (factorPage, error) {
	key, err := otp.NewKeyFromURL(uri)
	if err != nil {
		return factorPage{}, err
	}
	picture, err := key.Image(240, 240)
	if err != nil {
		return factorPage{}, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return factorPage{}, err
	}
	data := "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
	return factorPage{secret, template.URL(uri), template.URL(data)}, nil //nolint:gosec // both are made by us
}

// factor makes the generator count with its first code; the session has then shown both factors.
func (d *Doors) factor(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "code")
	if err != nil {
		return err
	}
	id := access.From(r.Context()).Person
	if err := d.keeper.ConfirmTOTP(r.Context(), id, in["code"]); err != nil {
		return d.again(w, r, "factor", view{Title: "Second factor"}, err)
	}
	p, err := d.keeper.Get(r.Context(), id)
	if err != nil {
		return err
	}
	return d.enter(w, r, p, true, "/account")
}

func (d *Doors) removeFactor(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "code")
	if err == nil {
		err = d.keeper.RemoveTOTP(r.Context(), access.From(r.Context()).Person, in["code"])
	}
	return d.showAccount(w, r, "Your code generator is removed.", "", err)
}

// endSessions ends one session, or all but this one.
func (d *Doors) endSessions(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "session")
	id := access.From(r.Context()).Person
	switch {
	case err != nil:
	case in["session"] == "others":
		err = d.keeper.EndSessions(r.Context(), id, people.TokenHash(visitOf(r.Context()).token))
	default:
		var session term.ID
		if session, err = term.ParseID(in["session"]); err == nil {
			err = d.keeper.EndSession(r.Context(), id, session)
		}
	}
	return d.showAccount(w, r, "Signed out there.", "", err)
}

func (d *Doors) createToken(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "name", "days")
	if err != nil {
		return err
	}
	days, err := strconv.Atoi(in["days"])
	if err != nil || days < 1 {
		return d.showAccount(w, r, "", "", fault.New(fault.Invalid, "Say after how many days the token expires: 1 to 366.").At("days"))
	}
	var scopes []access.Scope
	for _, s := range r.PostForm["scope"] {
		scopes = append(scopes, access.Scope(s))
	}
	secret, _, err := d.keeper.CreateToken(r.Context(), access.From(r.Context()).Person, in["name"], scopes, days)
	return d.showAccount(w, r, "The token is made. It is shown this once: copy it now.", secret, err)
}

func (d *Doors) revokeToken(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "token")
	var id term.ID
	if err == nil {
		id, err = term.ParseID(in["token"])
	}
	if err == nil {
		err = d.keeper.RevokeToken(r.Context(), access.From(r.Context()).Person, id)
	}
	return d.showAccount(w, r, "The token works no longer.", "", err)
}

// passOn delegates a role of one's own until a day, hands it over, or ends it.
func (d *Doors) passOn(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "role", "do", "email", "name", "unit", "until", "reason")
	if err != nil {
		return err
	}
	id, err := term.ParseID(in["role"])
	if err != nil {
		return d.showAccount(w, r, "", "", err)
	}
	to, secret, done := people.Colleague{Email: in["email"], Name: in["name"], Unit: in["unit"]}, "", "The role ended."
	switch in["do"] {
	case "delegate":
		until, wrong := time.Parse(time.DateOnly, in["until"])
		if wrong != nil {
			return d.showAccount(w, r, "", "", fault.New(fault.Invalid, "Say until which day, as 2026-12-31.").At("until"))
		}
		secret, _, err = d.keeper.Delegate(r.Context(), id, to, until.AddDate(0, 0, 1))
		done = "The role is passed on."
	case "hand over":
		secret, _, err = d.keeper.HandOver(r.Context(), id, to, in["reason"])
		done = "The role is handed over."
	default:
		err = d.keeper.End(r.Context(), id, in["reason"])
	}
	if secret != "" {
		done += " Send this link to your colleague; it works once:"
		secret = d.link(secret)
	}
	return d.showAccount(w, r, done, secret, err)
}
