package door

import (
	"context"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Account is one's own account.
type Account struct {
	Person    *ent.Person
	Grants    []*ent.Grant
	PassedOn  []*ent.Grant // what colleagues hold of them
	Keys      []*ent.Passkey
	Logins    []*ent.Login
	Open      []*ent.Session
	Here      string // the hash of this session
	Tokens    []*ent.Token
	Now       term.Instant
	Strong    bool // this session has shown two factors
	NeedsMore bool // a role rests until a second factor is shown
	Calendars []*ent.Feed
	Fresh     Fresh
	Passkeys  bool
	OIDC      string
}

// Fresh is what was made just now and is shown this once.
type Fresh struct {
	Token    string
	Calendar string // the address of the calendar of all chapters
	Chapter  string // the same for one chapter, whose code is to be put in
}

// Page shows the account and all that can be done with it.
func (v Account) Page(ctx context.Context, s Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "nav.account"), Passkeys: v.Passkeys, Body: account(v, s)}
}

// ended says whether a token may not be used any more.
func (v Account) ended(t *ent.Token) bool { return t.RevokedAt != "" || t.ExpiresAt <= v.Now }

// parts are the parts of the page, to jump to: the id and the key of the title of each.
func (v Account) parts() [][2]string {
	all := [][2]string{{"name", "account.name"}, {"roles", "account.roles"}, {"password", "account.password"}, {"factor", "account.factor"}}
	if v.Passkeys {
		all = append(all, [2]string{"passkeys", "account.passkeys"})
	}
	if v.OIDC != "" || len(v.Logins) > 0 {
		all = append(all, [2]string{"logins", "account.logins"})
	}
	return append(all, [2]string{"sessions", "account.sessions"}, [2]string{"tokens", "account.tokens"}, [2]string{"calendars", "account.calendars"})
}

// scopes are what a token may do.
func scopes(ctx context.Context) []ui.Choice {
	return []ui.Choice{
		{Value: string(access.ScopeRead), Text: say.T(ctx, "token.read")},
		{Value: string(access.ScopeWrite), Text: say.T(ctx, "token.write")},
		{Value: string(access.ScopeAccounts), Text: say.T(ctx, "token.accounts")},
	}
}

// ownCrumbs lead back to one's own account.
func ownCrumbs(ctx context.Context) []ui.Link {
	return []ui.Link{{Text: say.T(ctx, "nav.account"), Path: "/account"}}
}

// Factor is how to set up, or remove, the second factor.
type Factor struct {
	Set       bool // a code generator is set up
	NeedsMore bool
	Passkeys  bool
	// Of a generator that is being set up: its secret in groups of four, its address and that address as a picture.
	Secret, Address, Picture string
}

// Page shows the second factor of one's own account.
func (v Factor) Page(ctx context.Context, s Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "factor.title"), Crumbs: ownCrumbs(ctx), Passkeys: v.Passkeys, Body: factor(v, s)}
}

// Role is one of one's own roles, or one that a colleague has from her.
type Role struct {
	*ent.Grant
	To       string // the colleague's address; empty for one's own role
	PassesOn bool   // the kind of role that is passed on, and not passed on itself
	HandsOn  bool
}

// Page shows what can be done with the role.
func (v Role) Page(ctx context.Context, s Sent) ui.Page {
	title := say.T(ctx, "role.title", say.Word(ctx, "Role", v.Role))
	if v.To != "" {
		title = say.T(ctx, "role.title.passed", say.Word(ctx, "Role", v.Role))
	}
	return ui.Page{Title: title, Crumbs: ownCrumbs(ctx), Body: role(v, s)}
}

// path is the address of the page of the role, and of its forms.
func (v Role) path(step string) string { return "/account/roles/" + v.ID.String() + step }
