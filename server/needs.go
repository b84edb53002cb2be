package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"
)

// Needs says who may come to a [Route]. The router's one authoriser reads it and nothing else; what a person may do
// once inside is decided by the packages of the domain.
type Needs string

// What a route may need. There is no default: a route that says nothing is a mistake of the program.
const (
	// Open is for probes and fixed files: nobody is asked who they are, so that they work without a database.
	Open Needs = "OPEN"
	// Anyone is for everybody, visitors too. A token needs the scope READ.
	Anyone Needs = "ANYONE"
	// SignedIn is for a person at a browser. No token opens it: a program must not change a person's secrets.
	SignedIn Needs = "SIGNED_IN"
	// NeedsRead, NeedsWrite and NeedsAccounts are for a person at a browser and for a token with that scope.
	NeedsRead     = Needs(access.ScopeRead)
	NeedsWrite    = Needs(access.ScopeWrite)
	NeedsAccounts = Needs(access.ScopeAccounts)
)

// known says whether n is one of the above.
func (n Needs) known() bool {
	switch n {
	case Open, Anyone, SignedIn, NeedsRead, NeedsWrite, NeedsAccounts:
		return true
	default:
		return false
	}
}

// The two refusals. They are the same on every route, so that they tell nothing about what is behind it.
var (
	errSignIn = fault.New(fault.Unauthenticated, "This is for people who are signed in. Sign in, or send a valid token "+
		"in the header Authorization, and try again.")
	errScope = fault.New(fault.Forbidden, "This token may not be used here, so nothing was done. Make one with the scope "+
		"that is needed, on the page of your account, or sign in with a browser.")
)

// check refuses a viewer who may not come; nil lets her in.
func (n Needs) check(v access.Viewer) *fault.Error {
	token := v.Scopes != nil
	switch {
	case n == Open:
		return nil
	case n == Anyone && (!token || v.May(access.ScopeRead)):
		return nil
	case n == Anyone || n == SignedIn && token:
		return errScope
	case v.Person == 0:
		return errSignIn
	case n == SignedIn || v.May(access.Scope(n)):
		return nil
	default:
		return errScope
	}
}

// authorise lets in whom the route is for. A person who only has not signed in yet is led to that page and back.
func authorise(n Needs, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refusal := n.check(access.From(r.Context()))
		switch {
		case refusal == nil:
			next.ServeHTTP(w, r)
		case refusal == errSignIn && (wantsPage(r) || asksInPage(r)):
			w.Header().Add("Vary", "Accept")
			lead(w, r, "/sign-in?next="+url.QueryEscape(r.URL.RequestURI()))
		case refusal == errSignIn && sendsForm(r):
			keepForm(w, r)
		default:
			Answer(w, r, refusal)
		}
	})
}

// sendsForm says whether a browser sends a form of a page that may be given back: those of an account hold secrets.
func sendsForm(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return r.Method == http.MethodPost && !strings.HasPrefix(r.URL.Path, "/account") && strings.EqualFold(strings.TrimSpace(kind), "application/x-www-form-urlencoded") && !wantsJSON(r)
}

// keepForm gives a form back to somebody whose session has ended: she signs in elsewhere, then sends it again from here.
// Nothing of it is lost, and nothing is kept by us.
func keepForm(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		Answer(w, r, bodyFault(err))
		return
	}
	writeFrame(w, r, http.StatusUnauthorized, func(ctx context.Context) ui.Page {
		return ui.Page{Title: say.T(ctx, "error.401"), Body: ui.Kept(string(ui.Href(ctx, r.URL.RequestURI())), r.PostForm)}
	})
}

// asksInPage says whether the script of a page asks, for a part of that page.
func asksInPage(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("HX-Request") != ""
}

// wantsPage says whether a browser asks for a page to look at.
func wantsPage(r *http.Request) bool {
	accept := strings.ToLower(strings.Join(r.Header.Values("Accept"), ","))
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && strings.Contains(accept, "text/html") && !wantsJSON(r)
}

// longestNext bounds the address to come back to: it is kept in forms and in the session.
const longestNext = 2 << 10

// localPath is next, without its language, where it is a path of this site that may be gone to after signing in; else the
// start page. Browsers read a backslash as a slash and skip control characters, so that neither may stand in it.
func localPath(next string) string {
	next = say.WithoutLanguage(next)
	u, err := url.Parse(next)
	if err != nil || len(next) > longestNext || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		u.Scheme != "" || u.Host != "" || u.Opaque != "" || strings.ContainsFunc(next, func(c rune) bool { return c <= ' ' || c == '\\' || c == 0x7f }) {
		return "/"
	}
	if clean := strings.ToLower(u.Path); strings.Contains(clean, "//") || strings.Contains(clean, `\`) ||
		strings.HasPrefix(clean, "/sign-in") || strings.HasPrefix(clean, "/sign-out") || strings.HasPrefix(clean, "/invitation/") {
		return "/"
	}
	return next
}
