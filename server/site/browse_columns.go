package site

import (
	"context"
	"slices"
	"strings"

	"adam/internal/term"
	"adam/server/say"
)

// many writes the things of one cell of a download; none of them holds a semicolon that matters to a reader.
const many = "; "

// Columns of a download, by how their values are read.
func textColumn[R any](key string, of func(*R) string) column[R] {
	return column[R]{key, func(_ context.Context, r *R) string { return of(r) }}
}

func dayColumn[R any](key string, of func(*R) term.PartialDate) column[R] {
	return column[R]{key, func(_ context.Context, r *R) string { return string(of(r)) }}
}

func wordColumn[R any, C ~string](key, list string, of func(*R) C) column[R] {
	return column[R]{key, func(ctx context.Context, r *R) string { return say.Word(ctx, list, of(r)) }}
}

func wordsColumn[R any, C ~string](key, list string, of func(*R) []C) column[R] {
	return column[R]{key, func(ctx context.Context, r *R) string { return strings.Join(wordsOf(ctx, list, of(r)), many) }}
}

func placesColumn[R any](key string, of func(*R) []*StateName) column[R] {
	return column[R]{key, func(_ context.Context, r *R) string {
		var out []string
		for _, s := range of(r) {
			out = append(out, s.Name)
		}
		return strings.Join(out, many)
	}}
}

func peopleColumn[R any](key string, of func(*R) []*ActorLink) column[R] {
	return column[R]{key, func(_ context.Context, r *R) string {
		var out []string
		for _, a := range of(r) {
			out = append(out, actorName(a))
		}
		return strings.Join(out, many)
	}}
}

// exported is what the rows of all lists have.
type exported interface {
	GetKey() string
	GetThemes() []term.Theme
	GetTopics() []term.Topic
	GetVerification() *Verified
	GetSources() []*SourceLine
	GetWithheld() []string
}

// columnsWith puts the columns that all downloads have around those of one list: what it is first, how far to trust it last.
func columnsWith[R any](title column[R], between ...column[R]) []column[R] {
	as := func(r *R) exported { return any(r).(exported) }
	return slices.Concat([]column[R]{title, textColumn("field.key", func(r *R) string { return as(r).GetKey() })}, between, []column[R]{
		wordsColumn("field.themes", "Theme", func(r *R) []term.Theme { return as(r).GetThemes() }),
		wordsColumn("field.topics", "Topic", func(r *R) []term.Topic { return as(r).GetTopics() }),
		{"field.verifiedStatus", func(ctx context.Context, r *R) string { return verification(as(r).GetVerification()).Sentence(ctx) }},
		textColumn("field.sources", func(r *R) string {
			var out []string
			for _, s := range as(r).GetSources() {
				out = append(out, strings.TrimSpace(s.Title+" "+s.Url))
			}
			return strings.Join(out, many)
		}),
		textColumn("field.licences", func(r *R) string { return strings.Join(licences(as(r).GetSources()), many) }),
		{"browse.withheld", func(ctx context.Context, r *R) string {
			var out []string
			for _, f := range as(r).GetWithheld() {
				out = append(out, fieldName(ctx, f))
			}
			return strings.Join(out, many)
		}},
	})
}

var activityColumns = columnsWith(textColumn("field.title", func(a *ActivityRow) string { return a.Title }),
	textColumn("field.acronym", func(a *ActivityRow) string { return a.Acronym }),
	placesColumn("field.states", func(a *ActivityRow) []*StateName { return a.States }),
	wordColumn("field.status", "ActivityStatus", func(a *ActivityRow) term.ActivityStatus { return a.Status }),
	dayColumn("field.startOn", func(a *ActivityRow) term.PartialDate { return a.StartOn }),
	dayColumn("field.endOn", func(a *ActivityRow) term.PartialDate { return a.EndOn }),
	peopleColumn("field.donors", func(a *ActivityRow) []*ActorLink { return a.Donors }),
	peopleColumn("field.implementers", func(a *ActivityRow) []*ActorLink { return a.Implementers }),
	peopleColumn("field.partners", func(a *ActivityRow) []*ActorLink { return a.Partners }),
	wordsColumn("field.assistanceTypes", "AssistanceType", func(a *ActivityRow) []term.AssistanceType { return a.AssistanceTypes }),
	wordsColumn("field.targetAudiences", "Audience", func(a *ActivityRow) []term.Audience { return a.TargetAudiences }),
	wordsColumn("field.deliveryModes", "DeliveryMode", func(a *ActivityRow) []term.DeliveryMode { return a.DeliveryModes }),
	textColumn("field.summary", func(a *ActivityRow) string { return a.Summary }))

var lawColumns = columnsWith(textColumn("field.title", func(l *LawRow) string { return l.Title }),
	textColumn("field.titleLocal", func(l *LawRow) string { return l.TitleLocal }),
	placesColumn("field.state", func(l *LawRow) []*StateName { return onlyState(l.State) }),
	textColumn("field.number", func(l *LawRow) string { return l.Number }),
	wordColumn("field.status", "LawStatus", func(l *LawRow) term.LawStatus { return l.Status }),
	dayColumn("field.year", func(l *LawRow) term.PartialDate { return l.Year }),
	dayColumn("field.adoptedOn", func(l *LawRow) term.PartialDate { return l.AdoptedOn }),
	dayColumn("field.inForceOn", func(l *LawRow) term.PartialDate { return l.InForceOn }),
	textColumn("field.summary", func(l *LawRow) string { return l.Summary }))

var policyColumns = columnsWith(textColumn("field.title", func(p *PolicyRow) string { return p.Title }),
	placesColumn("field.state", func(p *PolicyRow) []*StateName { return onlyState(p.State) }),
	textColumn("field.number", func(p *PolicyRow) string { return p.Number }),
	wordColumn("field.status", "PolicyStatus", func(p *PolicyRow) term.PolicyStatus { return p.Status }),
	dayColumn("field.periodFrom", func(p *PolicyRow) term.PartialDate { return p.PeriodFrom }),
	dayColumn("field.periodTo", func(p *PolicyRow) term.PartialDate { return p.PeriodTo }),
	textColumn("field.leadAuthority", func(p *PolicyRow) string { return p.LeadAuthority }),
	textColumn("field.summary", func(p *PolicyRow) string { return p.Summary }))

var mechanismColumns = columnsWith(textColumn("field.name", func(m *MechanismRow) string { return m.Name }),
	textColumn("field.acronym", func(m *MechanismRow) string { return m.Acronym }),
	wordColumn("field.level", "MechanismLevel", func(m *MechanismRow) term.MechanismLevel { return m.Level }),
	wordColumn("field.form", "MechanismForm", func(m *MechanismRow) term.MechanismForm { return m.Form }),
	wordColumn("field.status", "MechanismStatus", func(m *MechanismRow) term.MechanismStatus { return m.Status }),
	dayColumn("field.foundedOn", func(m *MechanismRow) term.PartialDate { return m.FoundedOn }),
	textColumn("field.members", memberNames),
	textColumn("field.secretariat", func(m *MechanismRow) string { return m.Secretariat }),
	textColumn("field.subject", func(m *MechanismRow) string { return m.Subject }),
	textColumn("field.mandate", func(m *MechanismRow) string { return m.Mandate }))

// memberNames are the members that are not known to have left.
func memberNames(m *MechanismRow) string {
	var out []string
	for _, x := range m.Members {
		switch {
		case x.Until != "":
		case x.State != nil:
			out = append(out, x.State.Name)
		case x.Actor != nil:
			out = append(out, actorName(x.Actor))
		}
	}
	return strings.Join(out, many)
}

var actorColumns = columnsWith(textColumn("field.name", func(a *ActorRow) string { return a.Name }),
	textColumn("field.acronym", func(a *ActorRow) string { return a.Acronym }),
	wordColumn("field.kind", "ActorKind", func(a *ActorRow) term.ActorKind { return a.Kind }),
	placesColumn("field.state", func(a *ActorRow) []*StateName { return onlyState(a.State) }),
	placesColumn("field.government", func(a *ActorRow) []*StateName { return onlyState(a.Government) }),
	wordsColumn("field.statedRoles", "StatedRole", func(a *ActorRow) []term.StatedRole { return a.StatedRoles }),
	textColumn("field.seat", func(a *ActorRow) string { return a.Seat }),
	textColumn("field.website", func(a *ActorRow) string { return a.Website }),
	textColumn("field.mandate", func(a *ActorRow) string { return a.Mandate }))
