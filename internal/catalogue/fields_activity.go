package catalogue

import (
	"context"
	"regexp"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	"adam/ent/externalidentifier"
	"adam/ent/participation"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

var purposeCode = regexp.MustCompile(`^[0-9]{5}$`)

// activities is how activities are written.
func activities() *subject {
	return &subject{
		kind: term.KindActivity, record: term.RecordActivity, word: "activity", by: "key", column: activity.FieldKey, title: "title",
		fields: append(common(), activityFields()...),
		create: func(c *ent.Client) (mutation, execer) { b := c.Activity.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Activity.UpdateOneID(id)
			return b.Mutation(), b
		},
		find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
			return c.Activity.Query().Where(w).Only(ctx)
		},
		chapters: func(ctx context.Context, c *ent.Client, id term.ID) ([]*ent.Chapter, error) {
			return c.Activity.Query().Where(activity.ID(id)).QueryInChapters().All(ctx)
		},
		regional: func(get func(string) any) bool { return get(activity.FieldRegional) == true },
		check: func(p *plan) {
			reporterOf(p)
			p.inOrder(activity.FieldStartOn, activity.FieldEndOn, "endOn", "The activity ends before it starts.")
			p.inOrder(activity.FieldPlannedStartOn, activity.FieldPlannedEndOn, "plannedEndOn", "The planned end lies before the planned start.")
			p.inOrder(activity.FieldActualStartOn, activity.FieldActualEndOn, "actualEndOn", "The actual end lies before the actual start.")
		},
	}
}

func activityFields() []field {
	return []field{
		line("title", activity.FieldTitle, longTitle).needed(),
		line("acronym", activity.FieldAcronym, longLine),
		text("summary", activity.FieldSummary),
		codes[term.AssistanceType]("assistanceTypes", activity.FieldAssistanceTypes),
		codes[term.Audience]("targetAudiences", activity.FieldTargetAudiences),
		codes[term.DeliveryMode]("deliveryModes", activity.FieldDeliveryModes),
		code[term.ActivityStatus]("status", activity.FieldStatus).or(term.StatusUnknown),
		flag("regional", activity.FieldRegional),
		texts("places", activity.FieldPlaces, longLine, nil, ""),
		partial("startOn", activity.FieldStartOn),
		partial("endOn", activity.FieldEndOn),
		partial("plannedStartOn", activity.FieldPlannedStartOn),
		partial("plannedEndOn", activity.FieldPlannedEndOn),
		partial("actualStartOn", activity.FieldActualStartOn),
		partial("actualEndOn", activity.FieldActualEndOn),
		refer("reporter", activity.FieldReporterID, term.KindActor).housekeeping(),
		refer("partOf", activity.FieldPartOfID, term.KindActivity),
		refer("follows", activity.FieldFollowsID, term.KindActivity),
		texts("purposeCodes", activity.FieldPurposeCodes, 5, purposeCode, "%q is no DAC purpose code. Write its five digits, such as 15190."),
		text("results", activity.FieldResults),
		flag("countable", activity.FieldCountable).housekeeping().or(true),
		chapters(),
		{name: "states", fact: true, part: places(true)},
		{name: "allocations", fact: true, part: places(false)},
		{name: "donors", fact: true, part: roleIn(term.Funding)},
		{name: "accountable", fact: true, part: roleIn(term.Accountable)},
		{name: "extending", fact: true, part: roleIn(term.Extending)},
		{name: "implementers", fact: true, part: roleIn(term.Implementing)},
		{name: "partners", fact: true, part: roleIn(term.Partner)},
		{name: "beneficiaries", fact: true, part: roleIn(term.Beneficiary)},
		{name: "externalIdentifiers", fact: true, part: identifiers()},
	}
}

// places are the States of an activity: by their codes alone, or with their shares.
func places(bare bool) *part {
	items := []field{refer("state", activitystate.FieldStateID, term.KindState).needed(), percentage("percentage", activitystate.FieldPercentage)}
	if bare {
		items = items[:1]
	}
	return &part{
		kind: term.KindActivityState, parent: activitystate.FieldActivityID, bare: bare, ordered: true, items: items,
		same: []string{activitystate.FieldStateID},
		whole: func(in *intake, path string, all []item) {
			in.atMostAll(path, all, func(map[string]any) string { return "" })
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.ActivityState.Query().Where(activitystate.ActivityID(id)).Order(activitystate.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.ActivityState.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.ActivityState.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.ActivityState.DeleteOneID(id).Exec(ctx)
		},
	}
}

// roleIn are the actors that have one role in an activity.
func roleIn(role term.ParticipationRole) *part {
	return &part{
		kind: term.KindParticipation, parent: participation.FieldActivityID, fixed: map[string]any{participation.FieldRole: role},
		bare: true, ordered: true, same: []string{participation.FieldActorID},
		items: []field{refer("actor", participation.FieldActorID, term.KindActor).needed()},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.Participation.Query().Where(participation.ActivityID(id), participation.RoleEQ(role)).Order(participation.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.Participation.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Participation.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.Participation.DeleteOneID(id).Exec(ctx)
		},
	}
}

// identifiers are what an activity is called in other systems.
func identifiers() *part {
	return &part{
		kind: term.KindExternalIdentifier, parent: externalidentifier.FieldActivityID, bare: true, ordered: true,
		items: []field{line("value", externalidentifier.FieldValue, longLine).needed()}, same: []string{externalidentifier.FieldValue},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.ExternalIdentifier.Query().Where(externalidentifier.ActivityID(id)).Order(externalidentifier.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.ExternalIdentifier.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.ExternalIdentifier.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.ExternalIdentifier.DeleteOneID(id).Exec(ctx)
		},
	}
}
