package site

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"adam/internal/funding"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// subject is what a brief is about: one State, one donor or one theme.
type subject struct {
	Title, Path  string
	Named        bool           // the title is the name of a record
	filter       map[string]any // of activities
	texts        map[string]any // of laws, policies and needs; nil where a brief says nothing of them
	state        []string
	theme        term.Theme          // "" where it is about no theme
	head         []funding.Dimension // what its own row is told apart by; none for a theme, which has all that its activities cost
	cell         map[string]any      // the place of that row
	by           funding.Dimension
	matrix, list string // the addresses of the whole answer about money, and of the list of activities
}

// Briefs lists what briefs there are: GET /briefs.
func (s *Site) Briefs(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := BriefSubjects(ctx, s.api)
	if err != nil {
		return nil, said(err)
	}
	return &ui.Page{Title: say.T(ctx, "brief.all"), Body: briefsPage(found)}, nil
}

// BriefOfState is a brief about a State: GET /briefs/states/{code}.
func (s *Site) BriefOfState(r *http.Request) (*ui.Page, error) {
	code := r.PathValue("code")
	found, err := BriefState(r.Context(), s.api, code)
	if err != nil {
		return nil, said(err)
	}
	if found.State == nil {
		return nil, nothing(r.Context())
	}
	only := map[string]any{"states": []string{code}}
	return s.brief(r, &subject{
		Title: found.State.Name, Named: true, Path: "/states/" + code, filter: only, texts: only, state: []string{code},
		head: []funding.Dimension{funding.ByState}, cell: map[string]any{"state": code}, by: funding.ByDonor,
		matrix: at("/funding", url.Values{"state": {code}}), list: at("/activities", url.Values{"state": {code}}),
	})
}

// BriefOfDonor is a brief about an organisation as a donor: GET /briefs/donors/{key}.
func (s *Site) BriefOfDonor(r *http.Request) (*ui.Page, error) {
	found, err := BriefDonor(r.Context(), s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	if found.Actor == nil {
		return nil, nothing(r.Context())
	}
	key := found.Actor.Key // of an old address, too
	return s.brief(r, &subject{
		Title: actorName(found.Actor), Named: true, Path: recordPath(term.RecordActor, key), filter: map[string]any{"donors": []string{key}},
		head: []funding.Dimension{funding.ByDonor}, cell: map[string]any{"donor": key}, by: funding.ByState,
		matrix: at("/funding", url.Values{"donor": {key}, "by": {string(funding.ByState)}}), list: at("/activities", url.Values{"donor": {key}}),
	})
}

// BriefOfTheme is a brief about one of the two themes: GET /briefs/themes/{theme}.
func (s *Site) BriefOfTheme(r *http.Request) (*ui.Page, error) {
	ctx, theme := r.Context(), term.Theme(r.PathValue("theme"))
	if !slices.Contains(theme.Values(), string(theme)) {
		return nil, nothing(ctx)
	}
	only := map[string]any{"themes": []term.Theme{theme}}
	return s.brief(r, &subject{
		Title: say.Word(ctx, "Theme", theme), Path: "/gaps?theme=" + string(theme), filter: only, texts: only, theme: theme, cell: map[string]any{}, by: funding.ByDonor,
		matrix: at("/funding", url.Values{"theme": {string(theme)}}), list: at("/activities", url.Values{"theme": {string(theme)}}),
	})
}

// brief asks for what a brief says. The same question to the API gives it as data.
func (s *Site) brief(r *http.Request, about *subject) (*ui.Page, error) {
	ctx := r.Context()
	b := &briefView{subject: about, Day: s.briefDay(ctx)}
	start, err := time.Parse(time.DateOnly, string(b.Day))
	if err != nil {
		return nil, err
	}
	b.Since = term.DateOf(start.AddDate(0, -3, 0))
	vars := b.variables(term.DateOf(start.AddDate(0, 0, 1)))
	b.BriefResponse = &BriefResponse{}
	if err := s.raw(ctx, "Brief", Brief_Operation, vars, b.BriefResponse); err != nil {
		return nil, err
	}
	text, err := json.Marshal(vars)
	if err != nil {
		return nil, err
	}
	b.Data = "/graphql?" + url.Values{"query": {Brief_Operation}, "variables": {string(text)}}.Encode()
	return &ui.Page{Title: say.T(ctx, "brief.title", about.Title), Wide: true, Body: briefPage(b), Crumbs: []ui.Link{{Text: say.T(ctx, "brief.all"), Path: "/briefs"}}}, nil
}

// briefDay is the day of a brief: that of the edition that an address asks for, else today in the region.
func (s *Site) briefDay(ctx context.Context) term.Date {
	if e := ui.Of(ctx).Edition; e != nil && e.Asked {
		return e.Date
	}
	now := s.Now().UTC()
	if z, err := time.LoadLocation(term.RegionZone); err == nil {
		now = now.In(z)
	}
	return term.DateOf(now)
}

// variables are those of the question that a brief answers.
func (b *briefView) variables(tomorrow term.Date) map[string]any {
	with := func(more map[string]any) map[string]any {
		out := maps.Clone(b.filter)
		maps.Copy(out, more)
		return out
	}
	going := []term.ActivityStatus{term.Pipeline, term.Implementation, term.Finalisation, term.StatusUnknown} // whatever dates say of others
	theme, texts := b.theme, b.texts
	if theme == "" {
		theme = term.Trafficking // asked for nothing: the page leaves it out
	}
	if texts == nil {
		texts = map[string]any{}
	}
	return map[string]any{
		"filter": b.filter, "today": with(map[string]any{"activeOn": b.Day, "status": going}), "next": with(map[string]any{"activeFrom": tomorrow, "status": going}),
		"currency": "USD", "head": append([]funding.Dimension{}, b.head...), "cell": b.cell, "by": append(slices.Clone(b.head), b.by), "state": append([]string{}, b.state...),
		"laws": texts, "policies": texts, "mechanisms": texts, "needs": texts, "ofState": b.state != nil, "ofTheme": b.theme != "", "texts": b.texts != nil, "theme": theme,
	}
}

// own are the rows of the money of what the brief is about: activities are paid for by others and elsewhere too.
func (b *briefView) own() (out []*FundingRowLine) {
	for _, l := range b.Money.Rows {
		mine := true
		for _, d := range b.head {
			mine = mine && l.at(d) == b.cell[cellField(d)]
		}
		if mine {
			out = append(out, l)
		}
	}
	return out
}

type briefView struct {
	*subject
	*BriefResponse
	Day, Since term.Date
	Data       string // the address of the same as data
}

// planned are the activities that have not begun.
func (b *briefView) planned() (out []*BriefActivity) {
	for _, e := range b.Next.Edges {
		if a := e.Node; a.Status == term.Pipeline || a.StartOn != "" && a.StartOn.First() > b.Day {
			out = append(out, a)
		}
	}
	return out
}

// overlapping are pairs of activities that somebody should look at, or has.
func (b *briefView) overlapping() (out []*BriefOverlap) {
	seen := map[string]bool{}
	for _, edges := range [][]*BriefActivity{b.underWay(), b.planned()} {
		for _, a := range edges {
			for _, e := range a.Overlaps.Edges {
				if !seen[e.Node.Id] && e.Node.Decision != term.OverlapDistinct {
					seen[e.Node.Id], out = true, append(out, e.Node)
				}
			}
		}
	}
	return out
}

func (b *briefView) underWay() (out []*BriefActivity) {
	for _, e := range b.Active.Edges {
		out = append(out, e.Node)
	}
	return out
}

// changeLine is a record that was changed, or came, in the last quarter.
type changeLine struct {
	Path, Title string
	New         bool
	At          term.Instant
}

// mostChanged is how many changed records of a kind the question asks for.
const mostChanged = 25

// changes are those of the last quarter, the newest first. cut says that of some kind there may be more.
func (b *briefView) changes() (out []changeLine, cut bool) {
	kinds := map[term.RecordKind]int{}
	add := func(kind term.RecordKind, key, title string, came, when term.Instant) {
		if term.DateOf(when.Time()) >= b.Since {
			out = append(out, changeLine{recordPath(kind, key), title, came == when, when})
			kinds[kind]++
			cut = cut || kinds[kind] == mostChanged
		}
	}
	for _, e := range b.BriefResponse.Changed.Edges {
		add(term.RecordActivity, e.Node.Key, e.Node.Title, e.Node.CreatedAt, e.Node.UpdatedAt)
	}
	if b.texts != nil {
		for _, e := range b.Laws.Edges {
			add(term.RecordLaw, e.Node.Key, e.Node.Title, e.Node.CreatedAt, e.Node.UpdatedAt)
		}
		for _, e := range b.Policies.Edges {
			add(term.RecordPolicy, e.Node.Key, e.Node.Title, e.Node.CreatedAt, e.Node.UpdatedAt)
		}
		for _, e := range b.Mechanisms.Edges {
			add(term.RecordMechanism, e.Node.Key, e.Node.Name, e.Node.CreatedAt, e.Node.UpdatedAt)
		}
	}
	slices.SortStableFunc(out, func(x, y changeLine) int { return y.At.Time().Compare(x.At.Time()) })
	return out, cut
}

// gapsOf are the two themes with what is missing in the State.
func (b *briefView) gapsOf() []briefGap {
	var out []briefGap
	if len(b.Smuggling) > 0 && len(b.Trafficking) > 0 {
		out = append(out, briefGap{term.Trafficking, b.Trafficking[0]}, briefGap{term.Smuggling, b.Smuggling[0]})
	}
	return out
}

type briefGap struct {
	Theme term.Theme
	*BriefGap
}

// none are the types of assistance of which no activity is recorded.
func (g briefGap) none(ctx context.Context) (out []string) {
	for _, a := range g.Assistance {
		if a.Activities == 0 {
			out = append(out, say.Word(ctx, "AssistanceType", a.Type))
		}
	}
	return out
}

// day writes a moment as its day.
func day(ctx context.Context, at term.Instant) string {
	return say.Date(ctx, term.DateOf(at.Time().In(time.UTC)))
}
