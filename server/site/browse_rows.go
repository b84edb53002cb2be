package site

import (
	"context"
	"path"
	"slices"
	"strings"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"

	"github.com/a-h/templ"
)

// row is one record of a list on a page.
type row struct {
	Title, Also, Path string // Also is its acronym, or its title in another language
	Cells             []templ.Component
	Verification      ui.Verification
}

// shownNames is how many names stand in one cell of a table.
const shownNames = 3

func activityRow(ctx context.Context, c *chosen, a *ActivityRow) *row {
	return &row{a.Title, a.Acronym, recordPath(term.RecordActivity, a.Key), []templ.Component{
		linksCell(c.first(toStates(a.States), "state")), tagsCell(wordsOf(ctx, "Theme", a.Themes)), whenCell(say.Period(ctx, a.StartOn, a.EndOn), say.Word(ctx, "ActivityStatus", a.Status)),
		whoCell(c.first(toActors(a.Donors), "donor"), c.first(toActors(a.Implementers), "implementer")),
	}, verification(a.Verification)}
}

func lawRow(ctx context.Context, _ *chosen, l *LawRow) *row {
	year := l.Year
	if year == "" {
		year = l.AdoptedOn
	}
	return &row{l.Title, l.TitleLocal, recordPath(term.RecordLaw, l.Key), []templ.Component{
		placesCell(onlyState(l.State)), tagsCell(wordsOf(ctx, "Theme", l.Themes)), whenCell(say.Date(ctx, year), say.Word(ctx, "LawStatus", l.Status)),
	}, verification(l.Verification)}
}

func policyRow(ctx context.Context, _ *chosen, p *PolicyRow) *row {
	lead := []ui.Link{}
	if path, name := actorPath(p.LeadActor); path != "" {
		lead = append(lead, ui.Link{Text: name, Path: path})
	} else if p.LeadAuthority != "" {
		lead = append(lead, ui.Link{Text: p.LeadAuthority})
	}
	return &row{p.Title, "", recordPath(term.RecordPolicy, p.Key), []templ.Component{
		placesCell(onlyState(p.State)), tagsCell(wordsOf(ctx, "Theme", p.Themes)), whenCell(say.Period(ctx, p.PeriodFrom, p.PeriodTo), say.Word(ctx, "PolicyStatus", p.Status)), linksCell(lead),
	}, verification(p.Verification)}
}

func mechanismRow(ctx context.Context, c *chosen, m *MechanismRow) *row {
	var members []ui.Link
	for _, x := range m.Members {
		if x.Until != "" {
			continue // it has left
		}
		if x.State != nil {
			members = append(members, ui.Link{Text: x.State.Name, Path: "/states/" + x.State.Code})
		} else if path, name := actorPath(x.Actor); path != "" {
			members = append(members, ui.Link{Text: name, Path: path})
		}
	}
	form := []string{say.Word(ctx, "MechanismLevel", m.Level), say.Word(ctx, "MechanismForm", m.Form)}
	return &row{m.Name, m.Acronym, recordPath(term.RecordMechanism, m.Key), []templ.Component{
		linksCell(c.first(members, "state")), tagsCell(wordsOf(ctx, "Theme", m.Themes)), textCell(strings.Join(form, say.T(ctx, "list.comma"))), whenCell(say.Date(ctx, m.FoundedOn), say.Word(ctx, "MechanismStatus", m.Status)),
	}, verification(m.Verification)}
}

func actorRow(ctx context.Context, _ *chosen, a *ActorRow) *row {
	return &row{a.Name, a.Acronym, recordPath(term.RecordActor, a.Key), []templ.Component{
		textCell(say.Word(ctx, "ActorKind", a.Kind)), placesCell(onlyState(a.State)), textCell(say.Words(ctx, "StatedRole", a.StatedRoles)),
	}, verification(a.Verification)}
}

// onlyState makes a list of a State that may be none.
func onlyState(s *StateName) []*StateName {
	if s == nil {
		return nil
	}
	return []*StateName{s}
}

// toStates and toActors are links by name.
func toStates(all []*StateName) []ui.Link {
	out := make([]ui.Link, len(all))
	for i, s := range all {
		out[i] = ui.Link{Text: s.Name, Path: "/states/" + s.Code}
	}
	return out
}

func toActors(all []*ActorLink) []ui.Link {
	out := make([]ui.Link, len(all))
	for i, a := range all {
		out[i] = ui.Link{Text: shortName(a), Path: recordPath(term.RecordActor, a.Key)}
	}
	return out
}

// shortName is what stands in a narrow place: the acronym where there is one.
func shortName(a *ActorLink) string {
	if a.Acronym != "" {
		return a.Acronym
	}
	return a.Name
}

// first puts those of several links first that the filter chooses: of a long list only the beginning is shown.
func (c *chosen) first(all []ui.Link, param string) []ui.Link {
	is := func(l ui.Link) bool { return slices.Contains(c.values[param], path.Base(l.Path)) }
	slices.SortStableFunc(all, func(a, b ui.Link) int {
		switch {
		case is(a) == is(b):
			return 0
		case is(a):
			return -1
		}
		return 1
	})
	return all
}
