package server

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/server/door"
	"adam/server/say"
)

// OIDCConfig is an OpenID provider with which people may sign in. Its redirect address is BaseURL/sign-in/oidc/callback.
type OIDCConfig struct {
	Issuer       string // as the provider spells it
	ClientID     string
	ClientSecret string
	Name         string // what the button says; the provider's host where it is empty
}

// name is what the button says; empty where there is no provider.
func (c *OIDCConfig) name() string {
	if c == nil {
		return ""
	}
	if u, err := url.Parse(c.Issuer); c.Name == "" && err == nil {
		return u.Host
	}
	return c.Name
}

// provider keeps what the OpenID provider says of itself, once it has answered: it may be away when the server starts.
type provider struct {
	mu    sync.Mutex
	found *oidc.Provider
}

// providerTime bounds each question to the provider.
const providerTime = 5 * time.Second

var (
	errNoOIDC   = fault.New(fault.NotFound, "There is no other provider to sign in with here. Sign in with your password or passkey.")
	errProvider = fault.New(fault.Unauthenticated, "The other provider did not sign you in, or its answer came too late or twice. Start again, or sign in another way.")
	errUnknown  = fault.New(fault.Unauthenticated, "This login is not tied to an account here. Sign in another way, or open your invitation; then tie it on the page of your account.")
)

// login is what the answer of the provider is checked against. It is kept in the session and counts once.
type login struct {
	State, Nonce, Verifier string
	Link                   bool // to the account that is signed in, rather than to sign in
	Next                   string
	Language               string // in which the pages go on
}

// client gives what talks to the provider.
func (d *Doors) client(ctx context.Context) (context.Context, *oidc.Provider, *oauth2.Config, error) {
	if d.OIDC == nil {
		return ctx, nil, nil, errNoOIDC
	}
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: providerTime})
	d.provider.mu.Lock()
	defer d.provider.mu.Unlock()
	if d.provider.found == nil {
		found, err := oidc.NewProvider(ctx, d.OIDC.Issuer)
		if err != nil {
			return ctx, nil, nil, fault.New(fault.Conflict, "The other provider does not answer. Try again later, or sign in another way.").Because(err)
		}
		d.provider.found = found
	}
	return ctx, d.provider.found, &oauth2.Config{
		ClientID: d.OIDC.ClientID, ClientSecret: d.OIDC.ClientSecret, Endpoint: d.provider.found.Endpoint(),
		RedirectURL: d.BaseURL + "/sign-in/oidc/callback", Scopes: []string{oidc.ScopeOpenID},
	}, nil
}

// leave prepares to go to the provider and gives the address there. Only the identity is asked for: no e-mail, no name.
func (d *Doors) leave(w http.ResponseWriter, r *http.Request, l login) (string, error) {
	_, _, config, err := d.client(r.Context())
	if err != nil {
		return "", err
	}
	l.State, l.Nonce, l.Verifier, l.Language = rand.Text(), rand.Text(), oauth2.GenerateVerifier(), say.In(r.Context()).Code
	kept, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	d.visit(r.Context())
	d.sessions.Put(r.Context(), loginKey, string(kept))
	return config.AuthCodeURL(l.State, oidc.Nonce(l.Nonce), oauth2.S256ChallengeOption(l.Verifier)), d.keep(w, r)
}

// startOIDC goes to the provider to sign in. Starting does no harm: the answer counts in this browser only.
func (d *Doors) startOIDC(w http.ResponseWriter, r *http.Request) {
	next := localPath(r.URL.Query().Get("next"))
	to, err := d.leave(w, r, login{Next: next})
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showSignIn(w, r, next, f) })
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// linkOIDC begins to tie a login to one's own account. It answers with a link, since a form may lead to this site only.
// It takes a POST: started by another site, it could tie a stranger's login.
func (d *Doors) linkOIDC(w http.ResponseWriter, r *http.Request) {
	to, err := d.leave(w, r, login{Link: true})
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showAccount(w, r, f) })
		return
	}
	d.show(w, r, "/account", door.Tie{Name: d.OIDC.name(), To: to}, nil)
}

// finishOIDC takes the answer of the provider.
func (d *Doors) finishOIDC(w http.ResponseWriter, r *http.Request) {
	l, issuer, subject, err := d.answered(w, r)
	ctx := say.With(r.Context(), l.Language)
	r = r.WithContext(ctx)
	switch {
	case err != nil:
	case l.Link:
		if err = d.Keeper.LinkLogin(ctx, access.From(ctx).Person, issuer, subject, d.strong(ctx)); err == nil {
			lead(w, r, "/account?done=login")
			return
		}
	default:
		p, unknown := d.Keeper.PersonByLogin(asProgram(ctx), issuer, subject)
		if err = unknown; fault.KindOf(err) == fault.Unauthenticated {
			err = errUnknown
		}
		if err == nil {
			err = d.proceed(w, r, p, localPath(l.Next))
		}
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) {
			if l.Link {
				d.showAccount(w, r, f)
				return
			}
			d.showSignIn(w, r, l.Next, f)
		})
	}
}

// answered checks the answer of the provider and gives who signed in there. What it is checked against is used up.
func (d *Doors) answered(w http.ResponseWriter, r *http.Request) (l login, issuer, subject string, err error) {
	q := r.URL.Query()
	kept := d.sessions.PopString(r.Context(), loginKey)
	if kept == "" {
		return l, "", "", errProvider
	}
	if err := d.keep(w, r); err != nil {
		return l, "", "", err
	}
	if err := json.Unmarshal([]byte(kept), &l); err != nil {
		return l, "", "", err
	}
	if subtle.ConstantTimeCompare([]byte(l.State), []byte(q.Get("state"))) != 1 || q.Get("code") == "" {
		return l, "", "", errProvider
	}
	if from := q.Get("iss"); from != "" && from != d.OIDC.Issuer { // another provider's answer, RFC 9207
		return l, "", "", errProvider
	}
	ctx, found, config, err := d.client(r.Context())
	if err != nil {
		return l, "", "", err
	}
	token, err := config.Exchange(ctx, q.Get("code"), oauth2.VerifierOption(l.Verifier))
	if err != nil {
		return l, "", "", because(errProvider, err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.Verifier(&oidc.Config{ClientID: d.OIDC.ClientID}).Verify(ctx, raw)
	if err == nil && subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(l.Nonce)) != 1 {
		err = errors.New("the nonce is another one")
	}
	if err != nil {
		return l, "", "", because(errProvider, err)
	}
	return l, id.Issuer, id.Subject, nil
}
