package server

import (
	"context"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/term"
)

const (
	cookieName = "__Host-adam" // the prefix makes browsers insist on Secure, Path=/ and no Domain

	idleTimeout     = 8 * time.Hour
	lifetime        = 7 * 24 * time.Hour
	strongLifetime  = 12 * time.Hour   // of a session of the secretariat or an administrator
	visitorLifetime = 15 * time.Minute // of a session that is about to sign in
)

// What a session holds beside the person and the browser.
const (
	strongKey   = "strong"   // two factors, or a passkey, were shown
	sinceKey    = "since"    // when the person signed in, in Unix seconds
	seenKey     = "seen"     // when the session was last kept, in Unix seconds
	pendingKey  = "pending"  // whoever has shown one factor and is asked for the other
	nextKey     = "next"     // where to go after that
	ceremonyKey = "ceremony" // what the passkey's answer is checked against
	loginKey    = "login"    // what the provider's answer is checked against
	enrolKey    = "enrol"    // the code generator that is being set up
)

func newSessions(k *people.Keeper) *scs.SessionManager {
	m := scs.New()
	m.Store, m.Codec = &people.Sessions{Store: k.Store, Now: k.Now}, people.Codec{}
	m.IdleTimeout, m.Lifetime = idleTimeout, lifetime
	return m
}

// keep saves the session and gives the browser its cookie, which ends with the browser. Call it before the answer is
// written. Nothing is saved unless a handler calls it: reading must not write.
func (d *Doors) keep(w http.ResponseWriter, r *http.Request) error {
	token, _, err := d.sessions.Commit(r.Context())
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return nil
}

// renew empties the session and gives it a new secret, so that whoever knew the old one has nothing.
func (d *Doors) renew(ctx context.Context, life time.Duration) error {
	if err := d.sessions.Clear(ctx); err != nil {
		return err
	}
	if err := d.sessions.RenewToken(ctx); err != nil {
		return err
	}
	d.sessions.SetDeadline(ctx, time.Now().Add(life))
	return nil
}

// visit makes the session of a visitor who is about to sign in last for as long as that takes, and says where it comes
// from, since strangers get only so many. The session of somebody signed in stays as it is; a token has none.
func (d *Doors) visit(ctx context.Context) {
	if d.sessions.GetString(ctx, people.PersonKey) == "" && d.sessions.GetString(ctx, pendingKey) == "" {
		d.sessions.SetDeadline(ctx, time.Now().Add(visitorLifetime))
		d.sessions.Put(ctx, people.NetworkKey, people.NetworkOf(ClientAddr(ctx)))
	}
}

// begin signs a person in. strong says that two factors, or a passkey, were shown.
func (d *Doors) begin(w http.ResponseWriter, r *http.Request, person term.ID, strong bool) error {
	ctx, now := r.Context(), int(d.Keeper.Now().Unix())
	if err := d.renew(ctx, lifetime); err != nil {
		return err
	}
	d.sessions.Put(ctx, people.PersonKey, person.String())
	d.sessions.Put(ctx, people.ClientKey, clientOf(r))
	d.sessions.Put(ctx, strongKey, strong)
	d.sessions.Put(ctx, sinceKey, now)
	d.sessions.Put(ctx, seenKey, now)
	return d.keep(w, r)
}

// proceed goes on after one factor: to the second where the person has one, to setting one up where a role needs it,
// else to where she wanted.
func (d *Doors) proceed(w http.ResponseWriter, r *http.Request, p *ent.Person, next string) error {
	ctx := r.Context()
	two, err := d.Keeper.HasSecondFactor(ctx, p)
	if err != nil {
		return err
	}
	if two {
		if err := d.renew(ctx, visitorLifetime); err != nil {
			return err
		}
		d.sessions.Put(ctx, pendingKey, p.ID.String())
		d.sessions.Put(ctx, nextKey, next)
		if err := d.keep(w, r); err != nil {
			return err
		}
		lead(w, r, "/sign-in/code")
		return nil
	}
	needs, err := d.Keeper.NeedsSecondFactor(ctx, p.ID)
	if err != nil {
		return err
	}
	if err := d.begin(w, r, p.ID, false); err != nil {
		return err
	}
	if needs {
		next = "/account/second-factor"
	}
	lead(w, r, next)
	return nil
}

// pending is whoever has shown one factor in this session; 0 where nobody has.
func (d *Doors) pending(ctx context.Context) term.ID {
	id, err := term.ParseID(d.sessions.GetString(ctx, pendingKey))
	if err != nil {
		return 0
	}
	return id
}

// strong says whether this session has shown two factors.
func (d *Doors) strong(ctx context.Context) bool { return d.sessions.GetBool(ctx, strongKey) }

// clientOf is what the browser calls itself, as far as it helps to tell one's own browsers apart.
func clientOf(r *http.Request) string {
	const most = 200
	name := []rune(r.UserAgent())
	if len(name) > most {
		name = name[:most]
	}
	return string(name)
}

// asProgram is for the steps that package people leaves to whoever has watched a ceremony.
func asProgram(ctx context.Context) context.Context {
	return access.With(ctx, access.Operator("sign-in"))
}

// signOut ends the session. The browser is asked to forget the pages it holds, for the back button.
func (d *Doors) signOut(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if token := d.sessions.Token(ctx); token != "" {
		if err := d.Keeper.SignOut(ctx, token); err != nil {
			Answer(w, r, err)
			return
		}
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	w.Header().Set("Clear-Site-Data", `"cache"`)
	lead(w, r, "/sign-in?done=signed-out")
}
