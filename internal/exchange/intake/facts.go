package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/rule"
	"adam/ent/source"
	"adam/internal/term"
)

// fact is one thing that is said of an activity, as a person reads it.
type fact struct{ field, text string }

// says lists what a draft says, in the fields of the catalogue.
func (a *actors) says(d *Draft) []fact {
	var states, parties, lines []string
	for _, s := range d.States {
		states = append(states, note(s.Code, string(s.Percent)))
	}
	for _, p := range d.Parties {
		parties = append(parties, string(p.Role)+" "+a.name(a.find(p.Org), p.Org))
	}
	for _, l := range d.Lines {
		lines = append(lines, lineText(l.Kind, l.Amount, l.Currency, l.On))
	}
	identifiers, documents := slices.Clone(d.names()), []string{}
	for _, doc := range d.Documents {
		documents = append(documents, doc.says())
	}
	return []fact{
		{activity.FieldTitle, d.Title}, {activity.FieldSummary, d.Summary}, {activity.FieldResults, d.Results}, {activity.FieldStatus, string(cmp.Or(d.Status, term.StatusUnknown))},
		{"startOn", string(d.start())}, {"endOn", string(d.end())}, {activity.FieldRegional, fmt.Sprint(d.Regional)},
		{activity.FieldPlaces, strings.Join(d.Places, "; ")}, {"purposeCodes", strings.Join(d.Purposes, "; ")},
		{"states", list(states)}, {"participations", list(parties)}, {"fundings", list(lines)},
		{"externalIdentifiers", list(identifiers)}, {"sources", list(documents)}, {"partOf", d.Parent},
		{activity.FieldAcronym, d.Acronym}, {"assistanceTypes", list(termed(d.AssistanceTypes))}, {"targetAudiences", list(termed(d.Audiences))}, {activity.FieldNote, d.Note},
		{activity.FieldSmuggling, d.states(term.Smuggling, d.significance(term.Smuggling))}, {activity.FieldTrafficking, d.states(term.Trafficking, d.significance(term.Trafficking))},
		{activity.FieldVisibility, d.sees(d.visibility())},
	}
}

// onlyInSheets are the facts that IATI has no place for.
var onlyInSheets = []string{activity.FieldAcronym, "assistanceTypes", "targetAudiences", activity.FieldNote, activity.FieldSmuggling, activity.FieldTrafficking, activity.FieldVisibility}

// states is how far a record is about a theme, where the file of the draft says themes at all.
func (d *Draft) states(t term.Theme, s term.Significance) string {
	if len(d.Themes) == 0 {
		return ""
	}
	return string(s)
}

// sees is who may see a record, where the file of the draft was told to say it.
func (d *Draft) sees(v string) string {
	if d.Visibility == "" {
		return ""
	}
	return v
}

func termed[T ~string](codes []T) (out []string) {
	for _, c := range codes {
		out = append(out, string(c))
	}
	return out
}

// stands lists the same of a record. Of documents and the parent it lists what the draft could bring: a record has sources of
// its own, and a parent that the catalogue does not have is none that it lacks.
func (in *taking) stands(r *ent.Activity, d *Draft) ([]fact, error) {
	full, err := in.c.Activity.Query().Where(activity.ID(r.ID)).
		WithActivityStates(func(q *ent.ActivityStateQuery) { q.WithState() }).WithParticipations(func(q *ent.ParticipationQuery) { q.WithActor() }).WithFundings().WithExternalIdentifiers().
		Only(rule.WithWithdrawn(in.ctx))
	if err != nil {
		return nil, err
	}
	documents, err := in.documentsHere(r.ID, d)
	if err != nil {
		return nil, err
	}
	parent, err := in.parentHere(r, d)
	if err != nil {
		return nil, err
	}
	var states, parties, lines, identifiers []string
	for _, x := range full.Edges.ExternalIdentifiers {
		identifiers = append(identifiers, x.Value)
	}
	for _, s := range full.Edges.ActivityStates {
		states = append(states, note(s.Edges.State.Code, string(s.Percentage)))
	}
	for _, p := range full.Edges.Participations {
		if d.From != "" && p.Role != term.Funding && p.Role != term.Implementing && p.Role != term.Partner {
			continue // a spreadsheet has no column for it
		}
		parties = append(parties, string(p.Role)+" "+p.Edges.Actor.Name)
	}
	for _, l := range full.Edges.Fundings {
		kind, currency := term.FundingKind(""), ""
		if l.Kind != nil {
			kind = *l.Kind
		}
		if l.Currency != nil {
			currency = *l.Currency
		}
		lines = append(lines, lineText(kind, l.Amount, currency, l.ValueOn))
	}
	return []fact{
		{activity.FieldTitle, r.Title}, {activity.FieldSummary, text(r.Summary)}, {activity.FieldResults, text(r.Results)}, {activity.FieldStatus, string(r.Status)},
		{"startOn", string(r.StartOn)}, {"endOn", string(r.EndOn)}, {activity.FieldRegional, fmt.Sprint(r.Regional)},
		{activity.FieldPlaces, strings.Join(r.Places, "; ")}, {"purposeCodes", strings.Join(r.PurposeCodes, "; ")},
		{"states", list(states)}, {"participations", list(parties)}, {"fundings", list(lines)},
		{"externalIdentifiers", list(identifiers)}, {"sources", list(documents)}, {"partOf", parent},
		{activity.FieldAcronym, text(r.Acronym)}, {"assistanceTypes", list(termed(r.AssistanceTypes))}, {"targetAudiences", list(termed(r.TargetAudiences))}, {activity.FieldNote, text(r.Note)},
		{activity.FieldSmuggling, d.states(term.Smuggling, r.Smuggling)}, {activity.FieldTrafficking, d.states(term.Trafficking, r.Trafficking)},
		{activity.FieldVisibility, d.sees(string(r.Visibility))},
	}, nil
}

// documentsHere are those of a draft that a record has, whoever wrote them.
func (in *taking) documentsHere(record term.ID, d *Draft) (out []string, err error) {
	if len(d.Documents) == 0 {
		return nil, nil
	}
	had, err := in.c.Source.Query().Where(source.RecordID(record), source.TakenBack(false)).All(in.ctx)
	for _, doc := range d.Documents {
		if slices.ContainsFunc(had, func(s *ent.Source) bool { return doc.says() == cmp.Or(text(s.URL), s.Title) }) {
			out = append(out, doc.says())
		}
	}
	return out, err
}

// parentHere is what a record is a part of, by the identifier of the draft where it is that one.
func (in *taking) parentHere(r *ent.Activity, d *Draft) (string, error) {
	there, err := in.activitiesNamed([]string{d.Parent})
	switch parent := there[d.Parent]; {
	case err != nil:
		return "", err
	case r.PartOfID == nil && parent == 0, r.PartOfID != nil && *r.PartOfID == parent:
		return d.Parent, nil
	case r.PartOfID == nil:
		return "", nil
	}
	whole, err := in.c.Activity.Get(rule.WithWithdrawn(in.ctx), *r.PartOfID)
	if err != nil {
		return "", err
	}
	return whole.Title, nil
}

func lineText(kind term.FundingKind, amount *term.Amount, currency string, on term.PartialDate) string {
	sum := "unknown"
	if amount != nil {
		sum = amount.String()
	}
	return strings.Join(strings.Fields(note(string(kind), sum, currency, string(on))), " ")
}

// list is a list in an order of its own, so that two are compared by what is in them.
func list(items []string) string {
	slices.Sort(items)
	return strings.Join(items, "; ")
}

// longText is how much of a text is kept of a difference: enough to see it.
const longText = 2000

// differences are the facts of two lists that are not alike.
func differences(here, file []fact) []term.Change {
	out := []term.Change{}
	for i, h := range here {
		if f := file[i]; h.text != f.text {
			out = append(out, term.Change{Field: h.field, From: given(h.text), To: given(f.text)})
		}
	}
	return out
}

// given is a text for history; nil where there is none.
func given(s string) *string {
	if s == "" {
		return nil
	}
	if r := []rune(s); len(r) > longText {
		s = string(r[:longText]) + "…"
	}
	return &s
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func readDraft(s string) (*Draft, error) {
	d := &Draft{}
	if err := json.Unmarshal([]byte(s), d); err != nil {
		return nil, fmt.Errorf("a draft of an import cannot be read: %w", err)
	}
	return d, nil
}
