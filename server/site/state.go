package site

import (
	"context"
	"net/http"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// statesPage is how many States stand on a page of the list.
const statesPage = 100

// States are the States with a chapter, or with ?all=1 every State and territory that the data names: GET /states.
func (s *Site) States(r *http.Request) (*ui.Page, error) {
	ctx, all := r.Context(), r.URL.Query().Get("all") != ""
	p := paged(r, statesPage)
	found, err := States(ctx, s.api, all, p.first, p.after, p.last, p.before)
	if err != nil {
		return nil, said(err)
	}
	v := &statesView{StateLines: found.States, All: all}
	v.Before, v.After = p.around(r, found.States.PageInfo)
	title := say.T(ctx, "states.title")
	if all {
		title = say.T(ctx, "states.title.all")
	}
	return &ui.Page{Title: title, Body: statesList(v)}, nil
}

type statesView struct {
	*StateLines
	All           bool
	Before, After string // the pages around this one
}

// records is how many records the chapter has in all.
func (c *StateChapter) records() int {
	n := 0
	for _, h := range c.Holdings {
		n += h.all()
	}
	return n
}

// State is the page of a State: GET /states/{code}.
func (s *Site) State(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := State(ctx, s.api, r.PathValue("code"))
	if err != nil {
		return nil, said(err)
	}
	if found.State == nil {
		return nil, nothing(ctx)
	}
	named, err := StateHoldings(ctx, s.api, found.State.Code)
	if err != nil {
		return nil, said(err)
	}
	return &ui.Page{
		Title: found.State.Name, Named: true, Kicker: say.T(ctx, "state.kicker"), Body: statePage(found.State, named.holdings(ctx, found.State.Code)),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.states"), Path: "/states"}},
	}, nil
}

// holding is how many records of one type name the State, and where they are listed.
type holding struct {
	name, path string
	n          int
}

// holdings are the records that name the State.
func (f *StateHoldingsResponse) holdings(ctx context.Context, code string) []holding {
	at := func(list, name string) string { return ui.WithQuery(list, name, code) }
	return []holding{
		{say.T(ctx, "nav.laws"), at("/laws", "state"), f.Laws.TotalCount},
		{say.T(ctx, "nav.policies"), at("/policies", "state"), f.Policies.TotalCount},
		{say.T(ctx, "state.mechanisms"), at("/mechanisms", "state"), f.Mechanisms.TotalCount},
		{say.T(ctx, "state.actors"), at("/actors", "state"), f.Actors.TotalCount},
		{say.T(ctx, "state.activities"), at("/activities", "state"), f.Activities.TotalCount},
		{say.T(ctx, "state.given"), at("/activities", "donorState"), f.Given.TotalCount},
	}
}

// leads are the authorities that lead on a theme in the State.
func (s *StatePage) leads(theme term.Theme) []*ActorLink {
	var out []*ActorLink
	for _, l := range s.LeadAuthorities {
		if l.Theme == theme {
			out = append(out, l.Actor)
		}
	}
	return out
}

// partyWords says whether a State is bound by a treaty.
func (t *TreatyLine) partyWords(ctx context.Context) string {
	if t.Party {
		return say.T(ctx, "treaty.party.yes")
	}
	return say.T(ctx, "treaty.party.no")
}

// memberWords says whether a State is a member of a group.
func (m *MembershipLine) memberWords(ctx context.Context) string {
	if m.Member {
		return say.T(ctx, "member.yes")
	}
	return say.T(ctx, "member.no")
}
