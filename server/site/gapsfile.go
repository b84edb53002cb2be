package site

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"adam/internal/term"
	"adam/server/say"
)

// gapsTable is what is known of each State on a theme, as a file: a row for each State. The six questions stand in its
// note.
func (s *Site) gapsTable(r *http.Request) (*table, error) {
	ctx := r.Context()
	theme, err := askedTheme(ctx, r.URL.Query().Get("theme"))
	if err != nil {
		return nil, err
	}
	var data struct {
		GapAnalysis []json.RawMessage
		GapFindings []*GapAnswer
	}
	if err := s.raw(ctx, "Gaps", Gaps_Operation, map[string]any{"theme": theme}, &data); err != nil {
		return nil, err
	}
	t := &table{path: "/gaps", title: say.T(ctx, "gaps.title"), query: url.Values{"theme": {string(theme)}}, rows: data.GapAnalysis, more: noMore}
	for _, a := range data.GapFindings {
		t.note += say.T(ctx, "gaps.file.answer", say.Word(ctx, "GapFindingCode", a.Code), itoa(a.Count), itoa(a.Denominator), itoa(a.Unknown)) + " "
	}
	columns := gapColumns(theme)
	for _, c := range columns {
		t.head = append(t.head, c.head(ctx))
	}
	t.cells = func(raw json.RawMessage) ([]string, error) {
		g := &GapLine{}
		if err := json.Unmarshal(raw, g); err != nil {
			return nil, err
		}
		out := make([]string, len(columns))
		for i, c := range columns {
			out[i] = c.of(ctx, g)
		}
		return out, nil
	}
	return t, nil
}

// gapColumn is one column of the file.
type gapColumn struct {
	head func(context.Context) string
	of   func(context.Context, *GapLine) string
}

// gapColumns are what the page shows of a State: also each element of the offence, and each type of assistance.
func gapColumns(theme term.Theme) []gapColumn {
	named := func(key string, of func(context.Context, *GapLine) string) gapColumn {
		return gapColumn{func(ctx context.Context) string { return say.T(ctx, key) }, of}
	}
	out := []gapColumn{
		named("field.state", func(_ context.Context, g *GapLine) string { return g.State.Name }),
		named("state.codes", func(_ context.Context, g *GapLine) string { return g.State.Code }),
		named("gaps.treaty", func(ctx context.Context, g *GapLine) string { return g.bound(ctx) }),
		named("nav.policies", func(ctx context.Context, g *GapLine) string { return g.policies(ctx) }),
		named("nav.mechanisms", func(ctx context.Context, g *GapLine) string { return g.mechanisms(ctx) }),
		named("nav.activities", func(_ context.Context, g *GapLine) string { return itoa(g.Activities.Total) }),
		named("gaps.lead.authority", func(_ context.Context, g *GapLine) string { return g.leads() }),
		named("gaps.reply", func(ctx context.Context, g *GapLine) string { return g.reply(ctx) }),
	}
	for _, e := range term.Elements(theme) {
		out = append(out, gapColumn{
			func(ctx context.Context) string { return say.Word(ctx, "OffenceElement", e) },
			func(ctx context.Context, g *GapLine) string { return g.of(e).words(ctx) },
		})
	}
	for _, name := range term.AssistanceType("").Values() {
		kind := term.AssistanceType(name)
		out = append(out, gapColumn{
			func(ctx context.Context) string { return say.Word(ctx, "AssistanceType", kind) },
			func(_ context.Context, g *GapLine) string { return strconv.Itoa(g.given(kind)) },
		})
	}
	return out
}

// words are what is known of an element, with the law and the article that carry it.
func (e *GapElementLine) words(ctx context.Context) string {
	out := say.Word(ctx, "Coverage", e.Coverage)
	if e.Law != nil {
		out = strings.TrimSpace(out + ": " + e.Law.Title + " " + e.Article)
	}
	return out
}

func (g *GapLine) given(kind term.AssistanceType) int {
	for _, a := range g.Assistance {
		if a.Type == kind {
			return a.Activities
		}
	}
	return 0
}

func (g *GapLine) leads() string {
	var out []string
	for _, l := range g.LeadAuthority {
		if l.Actor != nil {
			out = append(out, actorName(l.Actor))
		} else {
			out = append(out, l.Words)
		}
	}
	return strings.Join(out, many)
}

// needsTable is the list of needs as a file.
func (s *Site) needsTable(r *http.Request) (*table, error) {
	ctx := r.Context()
	filter, _, err := s.needFilter(r)
	if err != nil {
		return nil, err
	}
	page, err := s.needPages(ctx, filter, "")
	if err != nil {
		return nil, err
	}
	if err := fits(ctx, page.TotalCount); err != nil {
		return nil, err
	}
	t := &table{path: "/needs", title: say.T(ctx, "nav.needs"), query: needQuery(r), rows: page.nodes()}
	for _, key := range append([]string{"field.title", "field.key"}, append(needColumns, "field.verifiedStatus", "browse.address")...) {
		t.head = append(t.head, say.T(ctx, key))
	}
	t.more = func() ([]json.RawMessage, error) {
		if !page.PageInfo.HasNextPage {
			return nil, nil
		}
		if page, err = s.needPages(ctx, filter, page.PageInfo.EndCursor); err != nil {
			return nil, err
		}
		return page.nodes(), nil
	}
	t.cells = func(raw json.RawMessage) ([]string, error) {
		n := &NeedLine{}
		if err := json.Unmarshal(raw, n); err != nil {
			return nil, err
		}
		return []string{n.Title, n.Key, n.State.Name, strings.Join(wordsOf(ctx, "Theme", n.Themes), many), say.Word(ctx, "AssistanceType", n.AssistanceType), partyName(n.Authority),
			say.Word(ctx, "NeedStatus", n.Status), verification(n.Verification).Sentence(ctx), s.lasting(ctx, recordPath(term.RecordNeed, n.Key))}, nil
	}
	return t, nil
}

func (s *Site) needPages(ctx context.Context, filter map[string]any, after string) (*listPage, error) {
	vars := map[string]any{"filter": filter, "first": downloadPage}
	if after != "" {
		vars["after"] = after
	}
	var data struct{ Needs *listPage }
	err := s.raw(ctx, "NeedList", NeedList_Operation, vars, &data)
	return data.Needs, err
}
