package seed

import (
	"context"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	"adam/ent/externalidentifier"
	"adam/ent/funding"
	"adam/ent/participation"
	"adam/ent/relation"
	"adam/internal/term"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

// statuses are IATI's for the words of the file.
var statuses = map[string]term.ActivityStatus{
	"completed": term.Closed, "ongoing": term.Implementation, "unknown": term.StatusUnknown,
}

// activities loads the activities, wholes and forerunners first.
func (l *loader) activities(ctx context.Context) error {
	before := func(a Activity) []*string { return []*string{a.PhaseOf, a.Follows} }
	for _, a := range inOrder(l.f.Activities, func(a Activity) string { return a.Key }, before) {
		if err := l.put(ctx, l.activity(a)); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) activity(a Activity) item {
	activityID := id(term.KindActivity, a.Key)
	themes, topics := Subjects(ActivitiesFile, a.Themes)
	chapters := chapterIDs(l.f.ChaptersOfActivity(a))
	create := l.c.Activity.Create().SetID(activityID).SetKey(a.Key).SetVisibility(term.Public).SetTitle(a.Title).
		SetNillableAcronym(a.Acronym).SetSummary(a.Summary).
		SetTrafficking(significance(themes, term.Trafficking)).SetSmuggling(significance(themes, term.Smuggling)).SetTopics(noNil(topics)).
		SetAssistanceTypes(codes[term.AssistanceType](a.AssistanceTypes)).SetTargetAudiences(codes[term.Audience](a.TargetAudiences)).
		SetRegional(a.Regional).SetStartOn(known(a.Start)).SetEndOn(known(a.End)).SetStatus(statuses[a.Status]).
		SetConfidence(code[term.Confidence](a.Confidence)).SetNillableNote(a.Note).SetCheckedAgainstSource(a.CheckedAgainstSource).
		SetProvenance(a.VerificationStatus).SetFieldsInferred(a.FieldsInferred).AddInChapterIDs(chapters...)
	if a.PhaseOf != nil {
		create.SetPartOfID(id(term.KindActivity, *a.PhaseOf))
	}
	if a.Follows != nil {
		create.SetFollowsID(id(term.KindActivity, *a.Follows))
	}
	return item{
		id: activityID, create: create, given: create.Mutation(), columns: activity.Columns,
		source: struct {
			Activity  Activity
			Estimates []Estimate
		}{a, l.estimates(a.Key)},
		update: func() (entgo.Mutation, execer) {
			u := l.c.Activity.UpdateOneID(activityID).ClearInChapters().AddInChapterIDs(chapters...)
			return u.Mutation(), u
		},
		parts: func(ctx context.Context, c *ent.Client) error { return l.activityParts(ctx, activityID, a) },
		clear: func(ctx context.Context, c *ent.Client) error { return clearActivity(ctx, c, activityID) },
	}
}

func (l *loader) estimates(key string) []Estimate {
	var out []Estimate
	for _, e := range l.f.Estimates {
		if e.Activity == key {
			out = append(out, e)
		}
	}
	return out
}

func (l *loader) activityParts(ctx context.Context, activityID term.ID, a Activity) error {
	steps := []func(context.Context, term.ID, Activity) error{l.activityPlaces, l.activityActors, l.activityMoney}
	for _, step := range steps {
		if err := step(ctx, activityID, a); err != nil {
			return err
		}
	}
	var rows []*ent.ExternalIdentifierCreate
	for i, v := range a.ExternalIDs {
		rows = append(rows, l.c.ExternalIdentifier.Create().SetID(id(term.KindExternalIdentifier, a.Key, v)).
			SetActivityID(activityID).SetPosition(i).SetValue(v))
	}
	if err := l.c.ExternalIdentifier.CreateBulk(rows...).Exec(ctx); err != nil {
		return err
	}
	return citations(ctx, l.c, activityID, a.Sources)
}

func (l *loader) activityPlaces(ctx context.Context, activityID term.ID, a Activity) error {
	var rows []*ent.ActivityStateCreate
	for _, code := range append(append([]string{}, a.Countries...), a.OtherCountries...) {
		rows = append(rows, l.c.ActivityState.Create().SetID(id(term.KindActivityState, a.Key, code)).
			SetActivityID(activityID).SetStateID(stateID(code)).SetPosition(len(rows)))
	}
	return l.c.ActivityState.CreateBulk(rows...).Exec(ctx)
}

// activityActors writes who pays, who carries out and who takes part: each actor once in each role.
func (l *loader) activityActors(ctx context.Context, activityID term.ID, a Activity) error {
	var rows []*ent.ParticipationCreate
	done := map[term.ID]*ent.ParticipationCreate{}
	add := func(role term.ParticipationRole, key string, inferred bool) {
		pid := id(term.KindParticipation, a.Key, string(role), key)
		if done[pid] == nil {
			done[pid] = l.c.Participation.Create().SetID(pid).SetActivityID(activityID).SetActorID(id(term.KindActor, key)).
				SetRole(role).SetPosition(len(rows))
			rows = append(rows, done[pid])
		}
		if inferred {
			done[pid].SetInferred(true)
		}
	}
	for _, d := range a.Donors {
		add(term.Funding, d.Actor, d.DonorInferred)
	}
	for _, key := range a.Implementers {
		add(term.Implementing, key, false)
	}
	for _, key := range a.Partners {
		add(term.Partner, key, false)
	}
	return l.c.Participation.CreateBulk(rows...).Exec(ctx)
}

// activityMoney writes one funding line for every line of the file, also where the amount is unknown: unknown is not
// zero (rule 1).
func (l *loader) activityMoney(ctx context.Context, activityID term.ID, a Activity) error {
	estimated := map[int]bool{}
	for _, e := range l.estimates(a.Key) {
		estimated[e.Line] = true
	}
	for i, d := range a.Donors {
		create := l.c.Funding.Create().SetID(id(term.KindFunding, a.Key, number(i))).SetVisibility(term.Public).SetPosition(i).
			SetProviderID(id(term.KindActor, d.Actor)).SetProviderInferred(d.DonorInferred).SetNillableCurrency(d.Currency).
			SetValueOn(year(d.Year)).SetNillableNote(d.Note).SetNillableAmountChecked(d.AmountChecked).AddActivityIDs(activityID)
		if d.Amount != nil {
			amount, err := term.ParseAmount(d.Amount.String())
			if err != nil {
				return err
			}
			create.SetAmount(amount)
		}
		if estimated[i+1] {
			create.SetReportedBy(term.ReportedAsEstimate)
		}
		if err := create.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func clearActivity(ctx context.Context, c *ent.Client, activityID term.ID) error {
	if _, err := c.ActivityState.Delete().Where(activitystate.ActivityID(activityID)).Exec(ctx); err != nil {
		return err
	}
	if _, err := c.Participation.Delete().Where(participation.ActivityID(activityID)).Exec(ctx); err != nil {
		return err
	}
	if _, err := c.Funding.Delete().Where(funding.HasActivitiesWith(activity.ID(activityID))).Exec(ctx); err != nil {
		return err
	}
	if _, err := c.ExternalIdentifier.Delete().Where(externalidentifier.ActivityID(activityID)).Exec(ctx); err != nil {
		return err
	}
	return clearSources(ctx, c, activityID)
}

// relations links the mechanisms written by this load to the laws, policies and mechanisms that their file names.
func (l *loader) relations(ctx context.Context) error {
	for _, m := range l.f.Mechanisms {
		mechanismID := id(term.KindMechanism, m.Key)
		if !l.fresh[mechanismID] {
			continue
		}
		if _, err := l.c.Relation.Delete().Where(relation.RecordID(mechanismID)).Exec(ctx); err != nil {
			return err
		}
		for i, key := range m.Related {
			err := l.c.Relation.Create().SetID(id(term.KindRelation, m.Key, key)).SetRecordID(mechanismID).SetPosition(i).
				SetRelatedID(l.textNamed(key)).Exec(ctx)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// textNamed is the law, policy or mechanism with a key; the three share none.
func (l *loader) textNamed(key string) term.ID {
	for _, x := range l.f.Laws {
		if x.Key == key {
			return id(term.KindLaw, key)
		}
	}
	for _, p := range l.f.Policies {
		if p.Key == key {
			return id(term.KindPolicy, key)
		}
	}
	return id(term.KindMechanism, key)
}

// rates adds the rates that are not there yet: an operator's own stay.
func (l *loader) rates(ctx context.Context) error {
	rows := make([]*ent.RateCreate, len(l.f.Rates))
	for i, r := range l.f.Rates {
		rows[i] = l.c.Rate.Create().SetID(id(term.KindRate, r.Currency, number(r.Year))).SetCurrency(r.Currency).SetYear(r.Year).
			SetPerUsd(term.Decimal(r.PerUSD)).SetSource(l.f.RatesSource)
	}
	err := l.c.Rate.CreateBulk(rows...).OnConflict(sql.ConflictColumns("currency", "year"), sql.DoNothing()).Exec(ctx)
	if nothingDone(err) {
		return nil
	}
	return err
}

// inclusion writes what the catalogue takes in; what somebody has changed since stays.
func (l *loader) inclusion(ctx context.Context) error {
	for _, i := range l.f.Inclusion {
		err := l.c.InclusionRule.Create().SetID(id(term.KindInclusion, i.Theme)).SetTheme(term.Theme(i.Theme)).
			SetBegins(known(i.Begins)).SetNote(i.Note).OnConflict(sql.ConflictColumns("id"), sql.DoNothing()).Exec(ctx)
		if err != nil && !nothingDone(err) {
			return err
		}
	}
	return nil
}
