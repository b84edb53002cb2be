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
	texts        map[string]any // of laws and policies; nil where a brief says nothing of them
	state        []string
	theme        term.Theme // "" where it is about no theme
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
		Title: found.State.Name, Named: true, Path: "/states/" + code, filter: only, texts: only, state: []string{code}, by: funding.ByDonor,
		matrix: at("/funding", url.Values{"state": {code}}), list: at("/activities", url.Values{"state": {code}}),
	})
}

// BriefOfDonor is a brief about an organisation as a donor: GET /briefs/donors/{key}.
func (s *Site) BriefOfDonor(r *http.Request) (*ui.Page, error) {
	key := r.PathValue("key")
	found, err := BriefDonor(r.Context(), s.api, key)
	if err != nil {
		return nil, said(err)
	}
	if found.Actor == nil {
		return nil, nothing(r.Context())
	}
	return s.brief(r, &subject{
		Title: actorName(found.Actor), Named: true, Path: recordPath(term.RecordActor, key), filter: map[string]any{"donors": []string{key}}, by: funding.ByState,
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
		Title: say.Word(ctx, "Theme", theme), Path: "/gaps?theme=" + string(theme), filter: only, texts: only, theme: theme, by: funding.ByDonor,
		matrix: at("/funding", url.Values{"theme": {string(theme)}}), list: at("/activities", url.Values{"theme": {string(theme)}}),
	})
}

// brief asks for what a brief says. The same question to the API gives it as data.
func (s *Site) brief(r *http.Request, about *subject) (*ui.Page, error) {
	ctx := r.Context()
	day := term.DateOf(s.Now().UTC())
	with := func(more map[string]any) *map[string]any {
		out := maps.Clone(about.filter)
		maps.Copy(out, more)
		return &out
	}
	b := &briefView{subject: about, Day: day, Since: term.DateOf(s.Now().UTC().AddDate(0, -3, 0))}
	today, next := with(map[string]any{"activeOn": day}), with(map[string]any{"activeFrom": term.DateOf(s.Now().UTC().AddDate(0, 0, 1))})
	theme, texts := about.theme, about.texts
	if theme == "" {
		theme = term.Trafficking // asked for nothing: the page leaves it out
	}
	if texts == nil {
		texts = map[string]any{}
	}
	found, err := Brief(ctx, s.api, with(nil), today, next, "USD", []funding.Dimension{about.by}, append([]string{}, about.state...), &texts, &texts,
		about.state != nil, about.theme != "", about.texts != nil, theme)
	if err != nil {
		return nil, said(err)
	}
	b.BriefResponse = found
	vars, err := json.Marshal(map[string]any{"filter": about.filter, "today": today, "next": next, "currency": "USD", "by": []funding.Dimension{about.by}, "state": append([]string{}, about.state...),
		"laws": texts, "policies": texts, "ofState": about.state != nil, "ofTheme": about.theme != "", "texts": about.texts != nil, "theme": theme})
	if err != nil {
		return nil, err
	}
	b.Data = "/graphql?" + url.Values{"query": {Brief_Operation}, "variables": {string(vars)}}.Encode()
	return &ui.Page{Title: say.T(ctx, "brief.title", about.Title), Wide: true, Body: briefPage(b), Crumbs: []ui.Link{{Text: say.T(ctx, "brief.all"), Path: "/briefs"}}}, nil
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

// changes are those of the last quarter, the newest first.
func (b *briefView) changes() (out []changeLine) {
	add := func(kind term.RecordKind, key, title string, version int, when term.Instant) {
		if term.DateOf(when.Time()) >= b.Since {
			out = append(out, changeLine{recordPath(kind, key), title, version == 1, when})
		}
	}
	for _, e := range b.BriefResponse.Changed.Edges {
		add(term.RecordActivity, e.Node.Key, e.Node.Title, e.Node.Version, e.Node.UpdatedAt)
	}
	if b.texts != nil {
		for _, e := range b.Laws.Edges {
			add(term.RecordLaw, e.Node.Key, e.Node.Title, e.Node.Version, e.Node.UpdatedAt)
		}
		for _, e := range b.Policies.Edges {
			add(term.RecordPolicy, e.Node.Key, e.Node.Title, e.Node.Version, e.Node.UpdatedAt)
		}
	}
	slices.SortStableFunc(out, func(x, y changeLine) int { return y.At.Time().Compare(x.At.Time()) })
	return out[:min(len(out), 25)]
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
