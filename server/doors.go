package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"

	"github.com/alexedwards/scs/v2"
)

// Doors are how people come in: sessions in a browser, tokens of programs, and the pages to get them.
type Doors struct {
	keeper   *people.Keeper
	baseURL  string
	demo     bool
	sessions *scs.SessionManager
}

// How long a browser stays signed in: without being used, and at most. Whoever keeps accounts or content signs in daily.
const (
	idle         = 8 * time.Hour
	longest      = 7 * 24 * time.Hour
	longestAdmin = 12 * time.Hour
)

// What a session keeps beside its person.
const (
	strongKey  = "strong"  // two factors were shown
	pendingKey = "pending" // who has shown the first of two
	nextKey    = "next"    // where to go afterwards
	seenKey    = "seen"    // the minute of the last request
	beganKey   = "began"   // the minute of the first
)

// NewDoors makes the doors to the accounts of a keeper. baseURL is the address that people use, for links. In a demonstration a link that signs in counts as two factors.
func NewDoors(k *people.Keeper, baseURL string, demo bool) *Doors {
	s := scs.New()
	s.Store, s.Codec, s.Lifetime = &people.Sessions{Store: k.Store, Now: k.Now}, people.Codec{}, longest
	s.Cookie.Name, s.Cookie.Path, s.Cookie.HttpOnly, s.Cookie.Secure, s.Cookie.SameSite = "__Host-adam", "/", true, true, http.SameSiteLaxMode
	return &Doors{keeper: k, baseURL: strings.TrimSuffix(baseURL, "/"), demo: demo, sessions: s}
}

// visit is what a request knows of its session.
type visit struct {
	token  string // of the cookie; "" where there is none
	person term.ID
	strong bool
}

type visitKey struct{}

func visitOf(ctx context.Context) visit {
	v, _ := ctx.Value(visitKey{}).(visit)
	return v
}

// identify finds out who sends a request: by its token, else by its session, else it is a visitor. A token that is not
// valid is an error, never a visitor: its sender would take a part of the answer for the whole.
func (d *Doors) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := d.viewer(r)
		if err != nil {
			Answer(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// strangers serves where there are no accounts: everybody is a visitor, and a token says that its sender is not.
func strangers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			Answer(w, r, fault.New(fault.Unauthenticated, "This server only reads and knows no tokens. Send none, or ask the server that keeps the catalogue."))
			return
		}
		next.ServeHTTP(w, r.WithContext(access.With(r.Context(), access.Anonymous())))
	})
}

func (d *Doors) viewer(r *http.Request) (context.Context, error) {
	ctx := access.With(r.Context(), access.Anonymous())
	if sent := r.Header.Values("Authorization"); len(sent) > 0 {
		scheme, token, _ := strings.Cut(sent[0], " ")
		if len(sent) > 1 || !strings.EqualFold(scheme, "Bearer") {
			return nil, fault.New(fault.Unauthenticated, "The Authorization header is not understood. Send it once, as: Bearer TOKEN")
		}
		v, err := d.keeper.Authenticate(ctx, strings.TrimSpace(token))
		return access.With(ctx, v), err
	}
	cookie, err := r.Cookie(d.sessions.Cookie.Name)
	if err != nil || cookie.Value == "" {
		return ctx, nil
	}
	return d.returning(ctx, cookie.Value)
}

// returning finds whose session a cookie is. One that has ended is a visitor's.
func (d *Doors) returning(ctx context.Context, token string) (context.Context, error) {
	loaded, err := d.sessions.Load(ctx, token)
	if err != nil {
		return nil, err
	}
	id, err := term.ParseID(d.sessions.GetString(loaded, people.PersonKey))
	if err != nil {
		return context.WithValue(ctx, visitKey{}, visit{token: token}), nil // nobody, or somebody between two factors
	}
	at := visit{token: token, person: id, strong: d.sessions.GetBool(loaded, strongKey)}
	v, err := d.keeper.Viewer(ctx, id, at.strong)
	if fault.KindOf(err) == fault.Unauthenticated && err != nil {
		return ctx, nil
	}
	if err != nil {
		return nil, err
	}
	if d.over(loaded, v) {
		return ctx, d.keeper.SignOut(ctx, token)
	}
	if err := d.touch(loaded); err != nil {
		return nil, err
	}
	return context.WithValue(access.With(ctx, v), visitKey{}, at), nil
}

func (d *Doors) minute() int { return int(d.keeper.Now().Unix() / 60) }

// over tells whether a session was not used for too long, or is too old for what its person may do.
func (d *Doors) over(loaded context.Context, v access.Viewer) bool {
	since := func(key string) time.Duration {
		return time.Duration(d.minute()-d.sessions.GetInt(loaded, key)) * time.Minute
	}
	return since(seenKey) > idle || (v.Has(access.Secretariat) || v.Has(access.Administrator)) && since(beganKey) > longestAdmin
}

// touch keeps that a session is used, to the minute, so that reading does not write each time.
func (d *Doors) touch(loaded context.Context) error {
	if d.sessions.GetInt(loaded, seenKey) == d.minute() {
		return nil
	}
	d.sessions.Put(loaded, seenKey, d.minute())
	_, _, err := d.sessions.Commit(loaded)
	return err
}

// begin starts a session under a new token and sends its cookie; the old token is worth nothing from then on. So whoever
// planted a cookie before the sign-in has not signed in.
func (d *Doors) begin(w http.ResponseWriter, r *http.Request, values map[string]any) error {
	if old := visitOf(r.Context()).token; old != "" {
		if err := d.keeper.SignOut(r.Context(), old); err != nil {
			return err
		}
	}
	ctx, err := d.sessions.Load(r.Context(), "")
	if err != nil {
		return err
	}
	values[people.ClientKey] = clip(r.UserAgent(), 200)
	values[seenKey], values[beganKey] = d.minute(), d.minute()
	for key, value := range values {
		d.sessions.Put(ctx, key, value)
	}
	token, expiry, err := d.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	d.sessions.WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// enter signs a person in and leads her on: to her second factor where a role of hers needs one that she has not set up.
func (d *Doors) enter(w http.ResponseWriter, r *http.Request, p *ent.Person, strong bool, next string) error {
	if err := d.begin(w, r, map[string]any{people.PersonKey: p.ID, strongKey: strong}); err != nil {
		return err
	}
	needs, err := d.keeper.NeedsSecondFactor(r.Context(), p.ID)
	if err != nil {
		return err
	}
	if needs && !strong {
		next = "/account/second-factor"
	}
	http.Redirect(w, r, local(next), http.StatusSeeOther)
	return nil
}

// local is an address of this site, and the account's where it is none.
func local(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/account"
	}
	return next
}

func clip(s string, most int) string {
	if len(s) <= most {
		return strings.ToValidUTF8(s, "")
	}
	return strings.ToValidUTF8(s[:most], "")
}
