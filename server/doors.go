package server

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"

	"github.com/alexedwards/scs/v2"
	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"adam/internal/exchange/intake"
	"adam/internal/people"
	"adam/server/ui"
)

// Doors are how people come in: they say who is asking, and have the pages for signing in, for one's own account and for
// keeping those of others. Fill them before the server starts and use them by pointer. What may be done is decided by
// package people; here is only what a browser needs.
type Doors struct {
	Keeper  *people.Keeper
	BaseURL string       // as people type it; never taken from a request
	OIDC    *OIDCConfig  // nil where people sign in with what is kept here only
	Imports *intake.Desk // takes files in; nil where none are
	Demo    bool         // every page says that nothing here is real, and a link that signs in counts as two factors

	once     sync.Once
	sessions *scs.SessionManager
	passkeys *webauthn.WebAuthn // nil where the site has no name that passkeys can be tied to
	provider provider
}

// formBody bounds the forms of this file; a passkey's answer is the largest of them.
const formBody = 64 << 10

// NewDoors makes the doors to the accounts of a keeper. baseURL is the address that people use, for links.
func NewDoors(k *people.Keeper, baseURL string, demo bool) *Doors {
	return &Doors{Keeper: k, BaseURL: baseURL, Demo: demo}
}

// prepare makes what the fields imply. An address that passkeys cannot be tied to, such as an IP, turns them off.
func (d *Doors) prepare() {
	d.once.Do(func() {
		d.BaseURL = strings.TrimSuffix(d.BaseURL, "/")
		d.sessions = newSessions(d.Keeper)
		origin, _ := originOf(d.BaseURL)
		u, err := url.Parse(origin)
		if err != nil {
			return
		}
		if _, err := netip.ParseAddr(u.Hostname()); err == nil {
			return
		}
		d.passkeys, _ = webauthn.New(&webauthn.Config{
			RPID: u.Hostname(), RPDisplayName: "ADAM", RPOrigins: []string{origin},
			AttestationPreference: protocol.PreferNoAttestation,
			AuthenticatorSelection: protocol.AuthenticatorSelection{
				ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
				UserVerification: protocol.VerificationRequired,
			},
			Timeouts: ceremonyTimeouts(),
		}) // refused for a name without a dot that is not localhost: no passkeys there
	})
}

// Routes are the pages and forms. They are mounted by the server that has them in its [Handlers].
func (d *Doors) Routes() []Route {
	d.prepare()
	var all []Route
	add := func(needs Needs, pages map[string]http.HandlerFunc) {
		for pattern, h := range pages {
			all = append(all, Route{Pattern: pattern, Needs: needs, Handler: h, MaxBody: formBody})
		}
	}
	all = append(all, Route{Pattern: "GET " + ui.Passkey.Path, Needs: Open, Handler: serveFile(ui.Passkey), Raw: true})
	add(Anyone, map[string]http.HandlerFunc{
		"GET /sign-in":                  d.signInPage,
		"POST /sign-in":                 d.signInWithPassword,
		"GET /sign-in/code":             d.codePage,
		"POST /sign-in/code":            d.signInWithCode,
		"POST /sign-in/passkey":         d.signInWithPasskey,
		"POST /sign-in/passkey/options": d.offerSignIn,
		"GET /sign-in/oidc":             d.startOIDC,
		"GET /sign-in/oidc/callback":    d.finishOIDC,
		"POST /sign-out":                d.signOut,
		"GET /invitation/{token}":       d.invitationPage,
		"POST /invitation/{token}":      d.acceptInvitation,
	})
	add(SignedIn, d.ownPages())
	add(NeedsAccounts, d.adminPages())
	return all
}

// ownPages are those of one's own account.
func (d *Doors) ownPages() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /account":                        d.accountPage,
		"POST /account":                       d.changeProfile,
		"POST /account/password":              d.changePassword,
		"GET /account/second-factor":          d.factorPage,
		"POST /account/second-factor":         d.beginGenerator,
		"POST /account/second-factor/confirm": d.confirmGenerator,
		"POST /account/second-factor/remove":  d.removeGenerator,
		"POST /account/passkeys":              d.addPasskey,
		"POST /account/passkeys/options":      d.offerPasskey,
		"POST /account/passkeys/{id}/remove":  d.removePasskey,
		"POST /account/login":                 d.linkOIDC,
		"POST /account/logins/{id}/remove":    d.removeLogin,
		"POST /account/sessions/end":          d.endOtherSessions,
		"POST /account/sessions/{id}/end":     d.endSession,
		"POST /account/tokens":                d.createToken,
		"POST /account/tokens/{id}/revoke":    d.revokeToken,
		"POST /account/calendars":             d.createCalendar,
		"POST /account/calendars/{id}/revoke": d.revokeCalendar,
		"GET /account/roles/{id}":             d.rolePage,
		"POST /account/roles/{id}/delegate":   d.delegateRole,
		"POST /account/roles/{id}/hand-over":  d.handOverRole,
		"POST /account/roles/{id}/end":        d.endOwnRole,
	}
}

// adminPages are those on which accounts of others are kept.
func (d *Doors) adminPages() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /admin":                       d.adminPage,
		"GET /admin/log":                   d.logPage,
		"POST /admin/invite":               d.invite,
		"GET /admin/people/{id}":           d.personPage,
		"POST /admin/people/{id}/roles":    d.giveRole,
		"POST /admin/people/{id}/reset":    d.resetPerson,
		"POST /admin/people/{id}/disable":  d.disablePerson,
		"POST /admin/people/{id}/enable":   d.enablePerson,
		"POST /admin/people/{id}/erase":    d.erasePerson,
		"POST /admin/people/{id}/sessions": d.endTheirSessions,
		"POST /admin/roles/{id}/end":       d.endRole,
	}
}
