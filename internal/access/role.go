package access

import (
	"slices"

	"adam/internal/term"
)

// Role is what a person may be in the catalogue; one person may hold several (model, People).
type Role string

// The roles, from the least to the most that they may do with the content of the catalogue.
const (
	Member        Role = "MEMBER"
	Reporter      Role = "REPORTER"      // answers for an organisation's own records and money
	FocalPoint    Role = "FOCAL_POINT"   // answers for a chapter
	Coordinator   Role = "COORDINATOR"   // overlaps, needs, briefs
	Secretariat   Role = "SECRETARIAT"   // content and cycles
	Administrator Role = "ADMINISTRATOR" // accounts and backup, no content
)

// Values lists the roles.
func (Role) Values() []string {
	return []string{string(Member), string(Reporter), string(FocalPoint), string(Coordinator), string(Secretariat), string(Administrator)}
}

// NeedsSecondFactor says for which roles a password or a link alone is not enough (promises.md).
func (r Role) NeedsSecondFactor() bool { return r == Secretariat || r == Administrator }

// Grant is one role that a person holds now, and for what.
type Grant struct {
	Role    Role
	Actor   term.ID // of a reporter; 0 otherwise
	Chapter term.ID // of a focal point; 0 otherwise
	State   term.ID // of the chapter; 0 for the region's
}

// Scope is what an API token may be used for. A session may do all that its person may.
type Scope string

// The scopes.
const (
	ScopeRead     Scope = "READ"     // see what the person may see
	ScopeWrite    Scope = "WRITE"    // create and change records, dispute, share, review
	ScopeAccounts Scope = "ACCOUNTS" // people, roles and tokens
)

// Values lists the scopes.
func (Scope) Values() []string {
	return []string{string(ScopeRead), string(ScopeWrite), string(ScopeAccounts)}
}

// Has says whether the viewer holds a role.
func (v Viewer) Has(r Role) bool {
	return slices.ContainsFunc(v.Grants, func(g Grant) bool { return g.Role == r })
}

// May says whether a scope is open to the viewer: every one to a session, those it was made with to a token.
func (v Viewer) May(s Scope) bool { return v.Scopes == nil || slices.Contains(v.Scopes, s) }

// Actors are the organisations that the viewer reports for.
func (v Viewer) Actors() []term.ID {
	return v.held(Reporter, func(g Grant) term.ID { return g.Actor })
}

// Chapters are the chapters that the viewer is a focal point of.
func (v Viewer) Chapters() []term.ID {
	return v.held(FocalPoint, func(g Grant) term.ID { return g.Chapter })
}

// States are the States of those chapters.
func (v Viewer) States() []term.ID {
	return v.held(FocalPoint, func(g Grant) term.ID { return g.State })
}

func (v Viewer) held(r Role, of func(Grant) term.ID) []term.ID {
	var out []term.ID
	for _, g := range v.Grants {
		if id := of(g); g.Role == r && id != 0 {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
