package site

import (
	"context"
	"crypto/rand"
	"strings"

	"adam/internal/term"
	"adam/server/say"
)

// keyFacts is how many facts a card shows before the rest is folded.
const keyFacts = 8

type fact struct{ name, text string }

// titleOf is what a record is called.
func titleOf(r ItemRecord) string {
	switch r := r.(type) {
	case *ItemRecordLaw:
		return r.Title
	case *ItemRecordPolicy:
		return r.Title
	case *ItemRecordCoordinationMechanism:
		return r.Name
	case *ItemRecordActor:
		return r.Name
	case *ItemRecordActivity:
		return r.Title
	}
	return r.GetKey()
}

// factsOf are the facts of a record that whoever checks it looks at first.
func factsOf(ctx context.Context, r ItemRecord) []fact {
	var out []fact
	add := func(key, text string) { out = append(out, fact{say.T(ctx, "field."+key), text}) }
	switch r := r.(type) {
	case *ItemRecordLaw:
		add("titleLocal", r.TitleLocal)
		add("number", r.Number)
		add("status", say.Word(ctx, "LawStatus", r.LawStatus))
		add("adoptedOn", say.Date(ctx, r.AdoptedOn))
		add("inForceOn", say.Date(ctx, r.InForceOn))
		add("summary", r.Summary)
	case *ItemRecordPolicy:
		add("number", r.Number)
		add("period", say.Period(ctx, r.PeriodFrom, r.PeriodTo))
		add("status", say.Word(ctx, "PolicyStatus", r.PolicyStatus))
		add("leadAuthority", r.LeadAuthority)
		add("summary", r.Summary)
	case *ItemRecordCoordinationMechanism:
		add("acronym", r.Acronym)
		add("level", say.Word(ctx, "MechanismLevel", r.Level))
		add("form", say.Word(ctx, "MechanismForm", r.Form))
		add("status", say.Word(ctx, "MechanismStatus", r.MechanismStatus))
		add("foundedOn", say.Date(ctx, r.FoundedOn))
		add("secretariat", r.Secretariat)
		add("mandate", r.Mandate)
	case *ItemRecordActor:
		add("acronym", r.Acronym)
		add("kind", say.Word(ctx, "ActorKind", r.ActorKind))
		add("seat", r.Seat)
		add("website", r.Website)
		add("mandate", r.Mandate)
	case *ItemRecordActivity:
		add("donors", names(ctx, r.Donors))
		add("implementers", names(ctx, r.Implementers))
		add("period", say.Period(ctx, r.StartOn, r.EndOn))
		add("status", say.Word(ctx, "ActivityStatus", r.ActivityStatus))
		add("states", stateNames(ctx, r.States))
		add("assistanceTypes", say.Words(ctx, "AssistanceType", r.AssistanceTypes))
		add("themes", say.Words(ctx, "Theme", r.Themes))
		add("summary", r.Summary)
		return out
	}
	add("themes", say.Words(ctx, "Theme", r.GetThemes()))
	return out
}

func names(ctx context.Context, all []*ActorName) string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = a.Name
	}
	return strings.Join(out, say.T(ctx, "list.comma"))
}

func stateNames(ctx context.Context, all []*StateName) string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = a.Name
	}
	return strings.Join(out, say.T(ctx, "list.comma"))
}

// cardKicker says what sort of record it is, and who answers for it.
func cardKicker(ctx context.Context, it *Item) string {
	kind := say.Word(ctx, "RecordKind", it.Kind)
	if it.Own {
		return say.T(ctx, "review.card.own", kind)
	}
	return say.T(ctx, "review.card.others", kind)
}

// fieldName is what people call a field of a record, such as "endOn" or "donors[0].name".
func fieldName(ctx context.Context, field string) string {
	name, _, _ := strings.Cut(field, ".")
	name, _, _ = strings.Cut(name, "[")
	if name = camel(name); say.Has("field." + name) {
		return say.T(ctx, "field."+name)
	}
	return field
}

// camel writes the name of a column as the API does: "end_on" is endOn.
func camel(name string) string {
	parts := strings.Split(name, "_")
	for i := 1; i < len(parts); i++ {
		if parts[i] != "" {
			parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
		}
	}
	return strings.Join(parts, "")
}

// fieldNames lists what has changed.
func fieldNames(ctx context.Context, all []*Changed) string {
	var out []string
	for _, c := range all {
		out = append(out, fieldName(ctx, c.Field))
	}
	return strings.Join(out, say.T(ctx, "list.comma"))
}

// recordPath is the address of a record's page.
func recordPath(kind term.RecordKind, key string) string {
	return "/" + recordSections[kind] + "/" + key
}

var recordSections = map[term.RecordKind]string{
	term.RecordActor: "actors", term.RecordLaw: "laws", term.RecordPolicy: "policies", term.RecordMechanism: "mechanisms",
	term.RecordActivity: "activities", term.RecordState: "states", term.RecordNeed: "needs",
}

// newOnce is a key for a form, so that it has one effect however often it is sent.
func newOnce() string { return rand.Text() }
