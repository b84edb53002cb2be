package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/coordinationmechanism"
	"adam/ent/mechanismmember"
	"adam/ent/policydocument"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// policies is how policies are written.
func policies() *subject {
	return &subject{
		kind: term.KindPolicy, record: term.RecordPolicy, word: "policy", by: "key", column: policydocument.FieldKey, title: "title",
		fields: append(common(), policyFields()...),
		create: func(c *ent.Client) (mutation, execer) { b := c.PolicyDocument.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.PolicyDocument.UpdateOneID(id)
			return b.Mutation(), b
		},
		find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
			return c.PolicyDocument.Query().Where(w).Only(ctx)
		},
		chapters: func(ctx context.Context, c *ent.Client, id term.ID) ([]*ent.Chapter, error) {
			return c.PolicyDocument.Query().Where(policydocument.ID(id)).QueryInChapters().All(ctx)
		},
		regional: func(get func(string) any) bool { return get(policydocument.FieldStateID) == nil },
		check: func(p *plan) {
			p.inOrder(policydocument.FieldPeriodFrom, policydocument.FieldPeriodTo, "periodTo", "The period ends before it begins.")
		},
	}
}

func policyFields() []field {
	return []field{
		refer("state", policydocument.FieldStateID, term.KindState),
		line("title", policydocument.FieldTitle, longTitle).needed(),
		line("number", policydocument.FieldNumber, longLine),
		partial("periodFrom", policydocument.FieldPeriodFrom),
		partial("periodTo", policydocument.FieldPeriodTo),
		code[term.PolicyStatus]("status", policydocument.FieldStatus).needed(),
		line("leadAuthority", policydocument.FieldLeadAuthority, longTitle),
		refer("leadActor", policydocument.FieldLeadActorID, term.KindActor),
		code[term.Comprehensiveness]("comprehensiveTrafficking", policydocument.FieldComprehensiveTrafficking).or(term.ComprehensivenessUnread),
		code[term.Comprehensiveness]("comprehensiveSmuggling", policydocument.FieldComprehensiveSmuggling).or(term.ComprehensivenessUnread),
		refer("supersededBy", policydocument.FieldSupersededByID, term.KindPolicy),
		text("summary", policydocument.FieldSummary),
		chapters(),
	}
}

// mechanisms is how coordination mechanisms are written.
func mechanisms() *subject {
	return &subject{
		kind: term.KindMechanism, record: term.RecordMechanism, word: "coordination mechanism", by: "key",
		column: coordinationmechanism.FieldKey, title: "name",
		fields: append(common(), mechanismFields()...),
		create: func(c *ent.Client) (mutation, execer) { b := c.CoordinationMechanism.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.CoordinationMechanism.UpdateOneID(id)
			return b.Mutation(), b
		},
		find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
			return c.CoordinationMechanism.Query().Where(w).Only(ctx)
		},
		chapters: func(ctx context.Context, c *ent.Client, id term.ID) ([]*ent.Chapter, error) {
			return c.CoordinationMechanism.Query().Where(coordinationmechanism.ID(id)).QueryInChapters().All(ctx)
		},
		regional: func(get func(string) any) bool { return get(coordinationmechanism.FieldLevel) == term.LevelRegional },
	}
}

func mechanismFields() []field {
	return []field{
		refer("state", coordinationmechanism.FieldStateID, term.KindState),
		line("name", coordinationmechanism.FieldName, longTitle).needed(),
		line("acronym", coordinationmechanism.FieldAcronym, longLine),
		code[term.MechanismLevel]("level", coordinationmechanism.FieldLevel).needed(),
		code[term.MechanismForm]("form", coordinationmechanism.FieldForm).needed(),
		code[term.MechanismStatus]("status", coordinationmechanism.FieldStatus).needed(),
		text("subject", coordinationmechanism.FieldSubject),
		text("mandate", coordinationmechanism.FieldMandate),
		partial("foundedOn", coordinationmechanism.FieldFoundedOn),
		line("secretariat", coordinationmechanism.FieldSecretariat, longTitle),
		refer("secretariatActor", coordinationmechanism.FieldSecretariatActorID, term.KindActor),
		text("legalBasis", coordinationmechanism.FieldLegalBasis),
		refer("supersededBy", coordinationmechanism.FieldSupersededByID, term.KindMechanism),
		chapters(),
		{name: "members", fact: true, part: members()},
	}
}

// members are the States and organisations in a mechanism.
func members() *part {
	inTime := dated(mechanismmember.FieldSince, mechanismmember.FieldUntil, "until")
	return &part{
		kind: term.KindMechanismMember, parent: mechanismmember.FieldMechanismID, ordered: true,
		same: []string{mechanismmember.FieldStateID, mechanismmember.FieldActorID},
		items: []field{
			refer("state", mechanismmember.FieldStateID, term.KindState),
			refer("actor", mechanismmember.FieldActorID, term.KindActor),
			partial("since", mechanismmember.FieldSince),
			partial("until", mechanismmember.FieldUntil),
		},
		check: func(in *intake, path string, values map[string]any) {
			if (values[mechanismmember.FieldStateID] == nil) == (values[mechanismmember.FieldActorID] == nil) {
				in.fail(path, "A member is a State or an actor: name one of the two.")
			}
			inTime(in, path, values)
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.MechanismMember.Query().Where(mechanismmember.MechanismID(id)).Order(mechanismmember.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.MechanismMember.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.MechanismMember.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.MechanismMember.DeleteOneID(id).Exec(ctx)
		},
	}
}
