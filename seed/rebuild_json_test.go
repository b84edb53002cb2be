package seed

import (
	"encoding/json"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/relation"
	"adam/internal/term"
)

func (r *rebuilder) mechanisms() []Mechanism {
	related := map[term.ID][]string{}
	for _, x := range all(r.t, r.c.Relation.Query().Order(relation.ByPosition())) {
		related[x.RecordID] = append(related[x.RecordID], r.keys[x.RelatedID])
	}
	var out []Mechanism
	rows := all(r.t, r.c.CoordinationMechanism.Query().WithState().WithInChapters().WithMembers(func(q *ent.MechanismMemberQuery) { q.WithState().WithActor() }))
	for _, m := range rows {
		x := Mechanism{Key: m.Key, Scope: small(m.Level), Type: small(m.Form), Name: m.Name, Acronym: m.Acronym, Members: []string{},
			MemberOrganisations: []string{}, Secretariat: m.Secretariat, Status: small(m.Status),
			Themes: r.themes(MechanismsFile, m.Smuggling, m.Trafficking, m.Topics), Related: related[m.ID], Subject: m.Subject, Mandate: *m.Mandate,
			Note: m.Note, Verification: *m.Provenance, Evidence: small(m.Evidence), Confidence: small(m.Confidence), Sources: r.citedInYAML(m.ID)}
		if m.Edges.State != nil {
			x.Country = &m.Edges.State.Code
		}
		if m.FoundedOn != "" {
			x.Year = new(m.FoundedOn.Year())
		}
		if len(m.FoundedOn) > len("2004") {
			x.Date = dated(m.FoundedOn)
		}
		for _, member := range byPosition(m.Edges.Members, func(m *ent.MechanismMember) int { return m.Position }) {
			if s := member.Edges.State; s != nil {
				x.Members = append(x.Members, s.Code)
			} else {
				x.MemberOrganisations = append(x.MemberOrganisations, strings.ToUpper(member.Edges.Actor.Key))
			}
		}
		if codes, want := codesOf(m.Edges.InChapters), r.chaptersOf(x.Members, x.Scope == "regional"); !slices.Equal(codes, want) {
			r.t.Errorf("%s stands in the chapters %v; expected %v", m.Key, codes, want)
		}
		out = append(out, x)
	}
	return out
}

// chaptersOf is those of the States that have one, and the regional one where it is asked for; worked out from the
// States of the database.
func (r *rebuilder) chaptersOf(states []string, regional bool) []string {
	var out []string
	for _, ch := range all(r.t, r.c.Chapter.Query().WithState()) {
		if s := ch.Edges.State; s != nil && slices.Contains(states, s.Code) || s == nil && regional {
			out = append(out, ch.Code)
		}
	}
	slices.Sort(out)
	return out
}

func (r *rebuilder) actors() []Actor {
	var out []Actor
	for _, a := range all(r.t, r.c.Actor.Query().WithState().WithInChapters().WithParent()) {
		x := Actor{Key: a.Key, Name: a.Name, Acronym: a.Acronym, Kind: small(a.Kind), Roles: []string{}, Chapters: codesOf(a.Edges.InChapters),
			MandateSummary: *a.Mandate, Website: a.Website, Sources: r.citedInJSON(a.ID), Confidence: small(a.Confidence), Note: a.Note,
			CheckedAgainstSource: *a.CheckedAgainstSource, VerificationStatus: *a.Provenance}
		for _, role := range a.StatedRoles {
			x.Roles = append(x.Roles, small(role))
		}
		if a.Edges.State != nil {
			x.Country = &a.Edges.State.Code
		}
		if a.Edges.Parent != nil {
			x.Parent = &a.Edges.Parent.Key
		}
		r.unstated(a.Key, a.Evidence)
		out = append(out, x)
	}
	return out
}

// unstated checks that nobody made up how a record of the JSON files was found: they do not say it.
func (r *rebuilder) unstated(key string, e term.Evidence) {
	if e != term.UnknownEvidence {
		r.t.Errorf("%s was made by %s, which its file does not say", key, e)
	}
}

func (r *rebuilder) activities() []Activity {
	var out []Activity
	rows := all(r.t, r.c.Activity.Query().WithInChapters(func(q *ent.ChapterQuery) { q.WithState() }).WithActivityStates().WithParticipations().
		WithFundings(func(q *ent.FundingQuery) { q.WithProvider() }).WithExternalIdentifiers().WithPartOf().WithFollows())
	for _, a := range rows {
		x := Activity{Key: a.Key, Title: a.Title, Acronym: a.Acronym, Summary: *a.Summary,
			Themes:          r.themes(ActivitiesFile, a.Smuggling, a.Trafficking, a.Topics),
			AssistanceTypes: smalls(a.AssistanceTypes), TargetAudiences: smalls(a.TargetAudiences), Regional: a.Regional, Countries: []string{},
			OtherCountries: []string{}, Start: dated(a.StartOn), End: dated(a.EndOn), Status: wordFor(statuses, a.Status), Donors: []Donor{},
			Implementers: []string{}, Partners: []string{}, ExternalIDs: []string{}, Sources: r.citedInJSON(a.ID), Confidence: small(a.Confidence),
			Note: a.Note, CheckedAgainstSource: *a.CheckedAgainstSource, VerificationStatus: *a.Provenance, FieldsInferred: *a.FieldsInferred}
		if a.Edges.PartOf != nil {
			x.PhaseOf = &a.Edges.PartOf.Key
		}
		if a.Edges.Follows != nil {
			x.Follows = &a.Edges.Follows.Key
		}
		for _, e := range byPosition(a.Edges.ExternalIdentifiers, func(e *ent.ExternalIdentifier) int { return e.Position }) {
			x.ExternalIDs = append(x.ExternalIDs, e.Value)
		}
		r.places(&x, a)
		r.money(&x, a)
		r.unstated(a.Key, a.Evidence)
		out = append(out, x)
	}
	return out
}

// places tells countries from other countries: the activity stands in the chapters of the former alone.
func (r *rebuilder) places(x *Activity, a *ent.Activity) {
	chapters := codesOf(a.Edges.InChapters)
	for _, s := range byPosition(a.Edges.ActivityStates, func(s *ent.ActivityState) int { return s.Position }) {
		if code := s.Edges.State.Code; slices.Contains(chapters, code) {
			x.Countries = append(x.Countries, code)
		} else {
			x.OtherCountries = append(x.OtherCountries, code)
		}
		if s.Percentage != "" {
			r.t.Errorf("%s, %s: a share of %s was made up", a.Key, s.Edges.State.Code, s.Percentage)
		}
	}
	if want := r.chaptersOf(x.Countries, a.Regional); !slices.Equal(chapters, want) {
		r.t.Errorf("%s stands in the chapters %v; expected %v", a.Key, chapters, want)
	}
}

// money writes the lines back from Funding, and checks that the participations say the same of who pays.
func (r *rebuilder) money(x *Activity, a *ent.Activity) {
	inferred := map[string]bool{}
	for _, f := range byPosition(a.Edges.Fundings, func(f *ent.Funding) int { return f.Position }) {
		d := Donor{Actor: f.Edges.Provider.Key, Currency: f.Currency, Year: yearOf(r.t, f.ValueOn), Note: f.Note, AmountChecked: f.AmountChecked, DonorInferred: f.ProviderInferred}
		if f.Amount != nil {
			d.Amount = new(json.Number(f.Amount.String()))
		}
		if f.Kind != nil || f.ReceiverID != nil || f.UpstreamID != nil || f.Visibility != term.Public {
			r.t.Errorf("%s, line %d: kind, receiver or forerunner were made up, or it is not public: %+v", a.Key, f.Position+1, f)
		}
		inferred[d.Actor] = inferred[d.Actor] || d.DonorInferred
		x.Donors = append(x.Donors, d)
	}
	for _, p := range byPosition(a.Edges.Participations, func(p *ent.Participation) int { return p.Position }) {
		key := p.Edges.Actor.Key
		switch p.Role {
		case term.Implementing:
			x.Implementers = append(x.Implementers, key)
		case term.Partner:
			x.Partners = append(x.Partners, key)
		case term.Funding:
			if was, pays := inferred[key]; !pays || was != p.Inferred {
				r.t.Errorf("%s: %s takes part as a donor (inferred: %v), but its lines of money say otherwise", a.Key, key, p.Inferred)
			}
			delete(inferred, key)
		default:
			r.t.Errorf("%s: %s is %s, which the file does not say", a.Key, key, p.Role)
		}
	}
	if len(inferred) > 0 {
		r.t.Errorf("%s: %v pay and do not take part", a.Key, sortedKeys(inferred))
	}
}

func smalls[T ~string](codes []T) []string {
	out := []string{}
	for _, c := range codes {
		out = append(out, small(c))
	}
	return out
}
