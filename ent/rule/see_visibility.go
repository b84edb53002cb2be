//go:build !codegen

package rule

import (
	"fmt"

	"adam/internal/access"
)

// visible is rule 3 of the model, for whatever has a visibility of its own: PUBLIC for everyone, MEMBERS for whoever
// has signed in, RESTRICTED for its owner and the secretariat (owned) and for whom they share it with (shared).
func visible(owned, shared func(s Seer) string) Condition {
	return func(s Seer) string {
		const members = "t.visibility IN ('PUBLIC', 'MEMBERS')"
		switch s.Audience {
		case access.Members:
			return members
		case access.Working:
			if s.SeesAll() {
				return EveryRow
			}
			return either(members, owned(s), shared(s))
		}
		return "t.visibility = 'PUBLIC'"
	}
}

// sharedBy is the condition that a row was shared with the seer by a tick: with an organisation that she reports for, or
// with a role that she has. column is where a share names the row.
func sharedBy(column string) func(Seer) string {
	return func(s Seer) string {
		roles := "FALSE"
		for _, r := range []access.Role{access.Reporter, access.FocalPoint, access.Coordinator} {
			if s.Has(r) {
				roles = either(roles, fmt.Sprintf("x.role = '%s'", r))
			}
		}
		who := either(oneOf("x.actor_id", s.Actors()), roles)
		return fmt.Sprintf("EXISTS (SELECT 1 FROM {raw}shares x WHERE x.%s = t.id AND (%s))", column, who)
	}
}

func unshared(Seer) string { return "FALSE" }
