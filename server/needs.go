package server

import (
	"net/http"
	"net/url"

	"adam/internal/access"
	"adam/internal/fault"
)

// Needs says who may come to a route. A route without it is a mistake of the program: see newRouter.
type Needs string

// What routes need. A scope is asked of tokens; a session may do all that its person may.
const (
	Anyone       Needs = "anyone"        // visitors too; a token of any scope
	ToRead       Needs = "to read"       // visitors too; a token needs READ
	ToWrite      Needs = "to write"      // somebody signed in; a token needs WRITE
	KeepAccounts Needs = "keep accounts" // somebody signed in; a token needs ACCOUNTS
)

var scopeOf = map[Needs]access.Scope{ToRead: access.ScopeRead, ToWrite: access.ScopeWrite, KeepAccounts: access.ScopeAccounts}

// signsIn says whether a visitor is turned away.
func (n Needs) signsIn() bool { return n == ToWrite || n == KeepAccounts }

func (n Needs) valid() bool { return n == Anyone || scopeOf[n] != "" }

// noScope is the one answer to a token that was not made for a route, whatever the route.
var noScope = fault.New(fault.Forbidden, "This token was not made for this. Make one with the scope that it needs, or sign in.")

// authorise is the one place where a request is let to its route or not, by who comes; what it may do there, its handler
// and the rules of the catalogue decide.
func authorise(needs Needs, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := access.From(r.Context())
		switch {
		case needs.signsIn() && v.Person == 0:
			askToSignIn(w, r)
		case scopeOf[needs] != "" && !v.May(scopeOf[needs]):
			Answer(w, r, noScope)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// askToSignIn leads a person to the form, and back afterwards; a program is told what to send.
func askToSignIn(w http.ResponseWriter, r *http.Request) {
	if (r.Method == http.MethodGet || r.Method == http.MethodHead) && !wantsJSON(r) {
		http.Redirect(w, r, "/sign-in?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	Answer(w, r, fault.New(fault.Unauthenticated, "Sign in first, or send a token: Authorization: Bearer …"))
}
