package overlap

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	actors "adam/ent/actor"
	"adam/ent/externalidentifier"
	"adam/ent/funding"
	"adam/ent/othername"
	"adam/ent/participation"
	"adam/ent/state"
	"adam/internal/term"
)

// Reading adds to a query what Of looks at, as far as whoever reads may see it.
func Reading(q *ent.ActivityQuery) *ent.ActivityQuery {
	return q.WithActivityStates(func(q *ent.ActivityStateQuery) { q.WithState() }).
		WithParticipations(func(q *ent.ParticipationQuery) { q.WithActor() }).WithFundings().WithExternalIdentifiers()
}

// Barely is Reading for who needs nothing but what Of looks at: of a million activities, most of it stands in the indexes then.
func Barely(q *ent.ActivityQuery) *ent.ActivityQuery {
	q.Select(activity.FieldTitle, activity.FieldSummary, activity.FieldStartOn, activity.FieldEndOn, activity.FieldSmuggling, activity.FieldTrafficking,
		activity.FieldTopics, activity.FieldTargetAudiences)
	return q.WithActivityStates(func(q *ent.ActivityStateQuery) {
		q.Select(activitystate.FieldActivityID, activitystate.FieldStateID)
		q.WithState(func(q *ent.StateQuery) { q.Select(state.FieldCode) })
	}).WithParticipations(func(q *ent.ParticipationQuery) {
		q.Select(participation.FieldActivityID, participation.FieldActorID, participation.FieldRole)
		q.WithActor(func(q *ent.ActorQuery) { q.Select(actors.FieldName) })
	}).WithFundings(func(q *ent.FundingQuery) {
		q.Select(funding.FieldAmount, funding.FieldCurrency, funding.FieldValueOn, funding.FieldAmountWithheld)
	}).WithExternalIdentifiers(func(q *ent.ExternalIdentifierQuery) {
		q.Select(externalidentifier.FieldActivityID, externalidentifier.FieldValue)
	})
}

// Of is what is compared of an activity, as far as it was read: its States, participations with their actors, fundings and
// external identifiers where those were loaded. Whoever reads decides what the viewer may see; sums that are kept back
// are not compared.
func Of(a *ent.Activity) Activity {
	out := Activity{ID: a.ID.String(), Title: a.Title, Start: a.StartOn, End: a.EndOn, Summary: text(a.Summary)}
	for _, t := range a.Themes() {
		out.Themes = append(out.Themes, string(t))
	}
	for _, t := range a.Topics {
		out.Themes = append(out.Themes, string(t))
	}
	for _, who := range a.TargetAudiences {
		out.Audiences = append(out.Audiences, string(who))
	}
	for _, s := range a.Edges.ActivityStates {
		if s.Edges.State != nil {
			out.States = append(out.States, s.Edges.State.Code)
		}
	}
	for _, p := range a.Edges.Participations {
		switch p.Role {
		case term.Funding:
			out.Donors = append(out.Donors, actor(p.Edges.Actor, p.ActorID))
		case term.Implementing:
			out.Implementers = append(out.Implementers, actor(p.Edges.Actor, p.ActorID))
		}
	}
	for _, f := range a.Edges.Fundings {
		if f.Amount != nil && f.Currency != nil && !f.AmountWithheld {
			out.Money = append(out.Money, Money{Currency: term.Currency(*f.Currency), Year: f.ValueOn.Year(), Amount: *f.Amount})
		}
	}
	for _, e := range a.Edges.ExternalIdentifiers {
		out.Identifiers = append(out.Identifiers, e.Value)
	}
	return out
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// actor is the name of an actor that was read, or its id: two activities of one actor agree either way.
func actor(a *ent.Actor, id term.ID) string {
	if a == nil {
		return id.String()
	}
	return a.Name
}

// Organisations is the shipped table with the names, acronyms and other names of the catalogue's actors.
func Organisations(ctx context.Context, c *ent.Client) (*Directory, error) {
	all, err := c.Actor.Query().Select(actors.FieldID, actors.FieldName, actors.FieldAcronym).Order(actors.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the names of actors: %w", err)
	}
	also, err := c.OtherName.Query().Order(othername.ByID()).All(ctx) // not by actor: there may be more of these than one question takes
	if err != nil {
		return nil, fmt.Errorf("read the other names of actors: %w", err)
	}
	others := map[term.ID][]string{}
	for _, n := range also {
		others[n.ActorID] = append(others[n.ActorID], n.Name)
	}
	d := NewDirectory()
	for _, a := range all {
		names := []string{a.Name}
		if a.Acronym != nil {
			names = append(names, *a.Acronym)
		}
		d.Add("", append(names, others[a.ID]...)...)
	}
	return d, nil
}
