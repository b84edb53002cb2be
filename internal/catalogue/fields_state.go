package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/leadauthority"
	"adam/ent/membership"
	"adam/ent/state"
	"adam/ent/treatyaction"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// states is how States are written. None is made here: the catalogue has them from the United Nations.
func states() *subject {
	return &subject{
		kind: term.KindState, record: term.RecordState, word: "State", by: "code", column: state.FieldCode, title: "name",
		fields: append(common(),
			line("name", state.FieldName, longLine).needed(),
			line("officialName", state.FieldOfficialName, longTitle),
			line("subregion", state.FieldSubregion, longLine),
			line("capital", state.FieldCapital, longLine),
			field{name: "memberships", fact: true, part: memberships()},
			field{name: "treatyActions", fact: true, part: treatyActions()},
			field{name: "leadAuthorities", fact: true, part: leadAuthorities()},
		),
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.State.UpdateOneID(id)
			return b.Mutation(), b
		},
		find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
			return c.State.Query().Where(w).Only(ctx)
		},
	}
}

func memberships() *part {
	return &part{
		kind: term.KindMembership, parent: membership.FieldStateID, same: []string{membership.FieldGroup, membership.FieldSince},
		items: []field{
			code[term.Group]("group", membership.FieldGroup).needed(),
			flag("member", membership.FieldMember).or(true),
			partial("since", membership.FieldSince),
			partial("until", membership.FieldUntil),
			text("note", membership.FieldNote),
			code[term.Confidence]("confidence", membership.FieldConfidence).or(term.ConfidenceUnknown),
			code[term.Evidence]("evidence", membership.FieldEvidence).or(term.UnknownEvidence),
		},
		check: dated(membership.FieldSince, membership.FieldUntil, "until"),
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.Membership.Query().Where(membership.StateID(id)).Order(membership.ByGroup(), membership.BySince()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.Membership.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Membership.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.Membership.DeleteOneID(id).Exec(ctx)
		},
	}
}

func treatyActions() *part {
	return &part{
		kind: term.KindTreatyAction, parent: treatyaction.FieldStateID, same: []string{treatyaction.FieldTreaty},
		items: []field{
			code[term.Treaty]("treaty", treatyaction.FieldTreaty).needed(),
			flag("party", treatyaction.FieldParty).needed().or(nil),
			partial("signedOn", treatyaction.FieldSignedOn),
			partial("boundOn", treatyaction.FieldBoundOn),
			code[term.TreatyMode]("mode", treatyaction.FieldMode).or(term.ModeUnknown),
			text("reservations", treatyaction.FieldReservations),
			code[term.Confidence]("confidence", treatyaction.FieldConfidence).or(term.ConfidenceUnknown),
			text("note", treatyaction.FieldNote),
		},
		check: func(in *intake, path string, values map[string]any) {
			if values[treatyaction.FieldParty] == false && values[treatyaction.FieldBoundOn] != term.PartialDate("") {
				in.fail(path+".boundOn", "A State that is no party is bound since no day. Correct one of the two.")
			}
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.TreatyAction.Query().Where(treatyaction.StateID(id)).Order(treatyaction.ByTreaty()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.TreatyAction.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.TreatyAction.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.TreatyAction.DeleteOneID(id).Exec(ctx)
		},
	}
}

func leadAuthorities() *part {
	return &part{
		kind: term.KindLeadAuthority, parent: leadauthority.FieldStateID, same: []string{leadauthority.FieldTheme, leadauthority.FieldActorID},
		items: []field{
			code[term.Theme]("theme", leadauthority.FieldTheme).needed(),
			refer("actor", leadauthority.FieldActorID, term.KindActor).needed(),
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.LeadAuthority.Query().Where(leadauthority.StateID(id)).Order(leadauthority.ByTheme(), leadauthority.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.LeadAuthority.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.LeadAuthority.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.LeadAuthority.DeleteOneID(id).Exec(ctx)
		},
	}
}
