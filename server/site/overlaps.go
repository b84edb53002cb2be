package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// settledAs are the decisions by which a pair is no longer open.
var settledAs = []term.OverlapDecision{term.DecidedSame, term.DecidedRelated, term.DecidedOverlapping, term.DecidedCoordinated, term.OverlapDistinct}

// overlapSorts are the parts of the queue, by how an address names them, and what each asks for.
var overlapSorts = []struct {
	name   string
	key    string // of what it is called
	filter map[string]any
	count  func(*OverlapListResponse) int
}{
	{"same", "overlaps.show.same", map[string]any{"decisions": []any{term.OverlapOpen}, "kinds": []any{term.OverlapSameActivity}}, func(f *OverlapListResponse) int { return f.Same.TotalCount }},
	{"twice", "overlaps.show.twice", map[string]any{"decisions": []any{term.OverlapOpen}, "kinds": []any{term.OverlapAssistance}}, func(f *OverlapListResponse) int { return f.Twice.TotalCount }},
	{"mine", "overlaps.show.mine", map[string]any{"decisions": []any{term.OverlapOpen}, "mine": true}, func(f *OverlapListResponse) int { return f.Mine.TotalCount }},
	{"changed", "overlaps.show.changed", map[string]any{"changed": true}, func(f *OverlapListResponse) int { return f.Changed.TotalCount }},
	{"settled", "overlaps.show.settled", map[string]any{"decisions": settledAs, "merged": true}, func(f *OverlapListResponse) int { return f.Settled.TotalCount }},
}

// Overlaps is the queue of coordinators, and for everybody else what she may see of it: GET /overlaps?show=twice&state=THA.
func (s *Site) Overlaps(r *http.Request) (*ui.Page, error) {
	ctx, p, q := r.Context(), paged(r, browsePage), r.URL.Query()
	at := sortOf(ctx, q.Get("show"))
	filter := map[string]any{}
	for name, v := range overlapSorts[at].filter {
		filter[name] = v
	}
	codes, err := stateParam.read(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(codes) > 0 {
		filter["states"] = codes
	}
	found, err := OverlapList(ctx, s.api, &filter, p.first, p.after, p.last, p.before)
	if err != nil {
		return nil, said(err)
	}
	v := &overlapsView{OverlapCards: found.Overlaps, Show: overlapSorts[at].name, Done: doneSentence(ctx, r)}
	for i, o := range overlapSorts {
		if acts(ctx) {
			v.Tabs = append(v.Tabs, overlapTab{ui.Link{Text: say.T(ctx, o.key, strconv.Itoa(o.count(found))), Path: "/overlaps?show=" + o.name}, i == at})
		}
	}
	if v.State, err = s.oneState(ctx, codes); err != nil {
		return nil, err
	}
	v.Before, v.After = p.around(r, found.Overlaps.PageInfo)
	return &ui.Page{Title: say.T(ctx, "overlaps.title"), Wide: true, Script: acts(ctx), Body: overlapsList(v)}, nil
}

// sortOf finds the part of the queue that an address asks for: settled pairs are all that a reader of an edition sees.
func sortOf(ctx context.Context, name string) int {
	for i, o := range overlapSorts {
		if acts(ctx) && o.name == name {
			return i
		}
	}
	if acts(ctx) {
		return 0
	}
	return len(overlapSorts) - 1
}

// oneState asks for one State.
func (s *Site) oneState(ctx context.Context, chosen []string) (ui.Field, error) {
	f := ui.Field{Name: "state", Label: say.T(ctx, "field.state"), Pick: []ui.Choice{{Text: say.T(ctx, "needs.any")}}}
	if len(chosen) > 0 {
		f.Value = chosen[0]
	}
	states, err := s.statesToChoose(ctx, nil)
	f.Pick = append(f.Pick, states...)
	return f, err
}

type overlapTab struct {
	ui.Link
	Here bool
}

type overlapsView struct {
	*OverlapCards
	Show, Done    string
	Tabs          []overlapTab
	State         ui.Field
	Before, After string // the pages around this one
}

// likelihood is a score as people read it.
func likelihood(ctx context.Context, score term.Decimal) string {
	f, err := strconv.ParseFloat(string(score), 64)
	if err != nil {
		return ""
	}
	return say.T(ctx, "overlap.likelihood", strconv.Itoa(int(f*100+0.5)))
}

func pairPath(id string) string { return "/overlaps/" + url.PathEscape(id) }
