// Package donorform writes the questionnaire for a donor as a workbook: its activities as the catalogue has them, to be put right
// and completed without the web. It comes back as an import of a spreadsheet, which knows it by its mark and its headings.
package donorform

import (
	"context"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/edition"
	"adam/ent/funding"
	"adam/ent/participation"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// The sheets of the file. An import knows them by these names.
const (
	Activities = "Activities"
	Mark       = "ADAM"
	readMe     = "Read me"
	lists      = "Lists"
)

// step is how many activities are read at once.
const step = 2000

// Version stands first in the sheet Mark, the key of the donor second.
const Version = "ADAM donor questionnaire 1"

// Form is what is asked of a donor.
type Form struct {
	Key, Name string
	Edition   int // the last one; 0 where there is none
	Made      time.Time
	Rows      []Row
	States    []string // by name
}

// Row is an activity as the catalogue has it, a text for each column.
type Row map[string]string

// Of reads what the catalogue has of the activities that a donor funds, carries out or reports. For the donor's reporters and the
// secretariat; the donor must be known to the viewer. The form goes to the donor: where the secretariat asks, it has what the donor
// may see, and no more.
func Of(ctx context.Context, c *ent.Client, key string, now time.Time) (*Form, error) {
	donor, err := c.Actor.Query().Where(actor.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no organisation %q. Write its key, as it stands in the address of its page.", term.Clip(key)).At("key")
	}
	if err != nil {
		return nil, err
	}
	switch viewer := access.From(ctx); {
	case viewer.SeesAll():
		ctx = access.With(ctx, access.SignedIn(0, "Questionnaire", []access.Grant{{Role: access.Reporter, Actor: donor.ID}}))
	case !slices.Contains(viewer.Actors(), donor.ID):
		return nil, fault.New(fault.Forbidden, "The questionnaire of an organisation is for those who report for it, and for the secretariat.")
	}
	f := &Form{Key: donor.Key, Name: donor.Name, Made: now}
	last, err := c.Edition.Query().Order(edition.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range last {
		f.Edition = e.Number
	}
	if f.States, err = c.State.Query().Order(state.BySortName(), state.ByID()).Select(state.FieldName).Strings(ctx); err != nil {
		return nil, err
	}
	ids, err := c.Activity.Query().Where(activity.Or(activity.ReporterID(donor.ID),
		activity.HasParticipationsWith(participation.ActorID(donor.ID), participation.RoleIn(term.Funding, term.Implementing)))).
		Order(activity.BySortName(), activity.ByID()).IDs(ctx)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(ids, step) {
		rows, err := c.Activity.Query().Where(activity.IDIn(part...)).
			WithActivityStates(func(q *ent.ActivityStateQuery) { q.WithState() }).WithParticipations(func(q *ent.ParticipationQuery) { q.WithActor() }).
			WithFundings(func(q *ent.FundingQuery) { q.Order(funding.ByID()) }).WithExternalIdentifiers().
			Order(activity.BySortName(), activity.ByID()).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, a := range rows {
			f.Rows = append(f.Rows, rowOf(a, donor.ID))
		}
	}
	return f, nil
}

// rowOf is what the form of a donor says of an activity.
func rowOf(a *ent.Activity, donor term.ID) Row {
	r := Row{"key": a.Key, "title": a.Title, "start": string(a.StartOn), "end": string(a.EndOn), "assistance": words(a.AssistanceTypes), "audience": words(a.TargetAudiences)}
	if a.Acronym != nil {
		r["acronym"] = *a.Acronym
	}
	if a.Summary != nil {
		r["summary"] = *a.Summary
	}
	if a.Status != term.StatusUnknown {
		r["status"] = word(string(a.Status))
	}
	var themes, identifiers []string
	if a.Smuggling != term.NotTargeted {
		themes = append(themes, word(string(term.Smuggling)))
	}
	if a.Trafficking != term.NotTargeted {
		themes = append(themes, word(string(term.Trafficking)))
	}
	for _, x := range a.Edges.ExternalIdentifiers {
		identifiers = append(identifiers, x.Value)
	}
	r["theme"], r["identifier"] = strings.Join(themes, "; "), strings.Join(identifiers, "; ")
	r.parties(a)
	r.money(a.Edges.Fundings, donor)
	return r
}

// parties are the States, and the organisations of the three roles that the form asks for.
func (r Row) parties(a *ent.Activity) {
	add := func(column, text string) {
		r[column] = strings.TrimPrefix(r[column]+"; "+text, "; ")
	}
	for _, s := range a.Edges.ActivityStates {
		text := s.Edges.State.Name
		if s.Percentage != "" {
			text += " " + string(s.Percentage) + "%"
		}
		add("states", text)
	}
	for _, p := range a.Edges.Participations {
		if column := map[term.ParticipationRole]string{term.Funding: "donor", term.Implementing: "implementer", term.Partner: "partner"}[p.Role]; column != "" && p.Edges.Actor != nil {
			add(column, p.Edges.Actor.Name)
		}
	}
}

// money fills in the sums where a row can say them all: one of each kind, in one currency and of one day. Else they are left
// empty, which changes nothing; so are those of which another organisation provides one: they are not the donor's to put right.
func (r Row) money(all []*ent.Funding, donor term.ID) {
	sums := Row{}
	for _, l := range all {
		column := ""
		if l.Kind != nil {
			column = map[term.FundingKind]string{term.Budget: "budget", term.Commitment: "committed", term.Disbursement: "disbursed"}[*l.Kind]
		}
		if column == "" || l.ProviderID != nil && *l.ProviderID != donor || sums[column] != "" || l.Amount == nil || l.Currency == nil || len(sums) > 0 && (sums["currency"] != *l.Currency || sums["valueDate"] != string(l.ValueOn)) {
			return
		}
		sums[column], sums["currency"], sums["valueDate"] = l.Amount.String(), *l.Currency, string(l.ValueOn)
	}
	for column, text := range sums {
		r[column] = text
	}
}

// word is a code as people read it: VICTIM_PROTECTION is Victim protection.
func word(code string) string {
	text := strings.ToLower(strings.ReplaceAll(code, "_", " "))
	return strings.ToUpper(text[:1]) + text[1:]
}

func words[T ~string](codes []T) string {
	var out []string
	for _, c := range codes {
		out = append(out, word(string(c)))
	}
	return strings.Join(out, "; ")
}
