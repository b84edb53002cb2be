package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

type pageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       string
}

// page is what a list answers.
type page struct {
	TotalCount int
	PageInfo   pageInfo
	Edges      []struct {
		Cursor string
		Node   struct{ ID string }
	}
}

const pageFields = `totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }`

func (p page) ids() []string {
	var out []string
	for _, e := range p.Edges {
		out = append(out, e.Node.ID)
	}
	return out
}

// ask reads one page of a list of a record.
func (l list) ask(t *testing.T, a *api, r record, args ...string) page {
	t.Helper()
	q := "{ " + r.at(l.selection(pageFields, args...)) + " }"
	var out struct {
		L page
		R struct{ L page }
	}
	a.want(t, q, nil, &out)
	p := out.R.L
	if l.owner == "Query" {
		p = out.L
	}
	for i, e := range p.Edges {
		if e.Cursor == "" || i == 0 && e.Cursor != p.PageInfo.StartCursor || i == len(p.Edges)-1 && e.Cursor != p.PageInfo.EndCursor {
			t.Errorf("%s: pageInfo and the cursors of the edges disagree: %+v", q, p)
		}
	}
	return p
}

// selection writes the list's field, under the alias l.
func (l list) selection(fields string, args ...string) string {
	given := strings.Join(slices.DeleteFunc(append(args, l.args), func(a string) bool { return a == "" }), ", ")
	if given != "" {
		given = "(" + given + ")"
	}
	return fmt.Sprintf("l: %s%s { %s }", l.field.Name, given, fields)
}

// walk reads all pages of a size, from the start, or backward from the end.
func (l list) walk(t *testing.T, a *api, r record, order, size string, n int) []string {
	t.Helper()
	forward := size == "first"
	var ids []string
	cursor, total := "", -1
	for pages := 0; ; pages++ {
		p := l.ask(t, a, r, order, fmt.Sprintf("%s: %d", size, n), cursor)
		if total >= 0 && p.TotalCount != total {
			t.Fatalf("totalCount was %d and is %d", total, p.TotalCount)
		}
		total = p.TotalCount
		more, others := p.PageInfo.HasNextPage, p.PageInfo.HasPreviousPage
		if forward {
			ids = append(ids, p.ids()...)
			cursor = fmt.Sprintf("after: %q", p.PageInfo.EndCursor)
		} else {
			more, others = others, more
			ids = append(p.ids(), ids...)
			cursor = fmt.Sprintf("before: %q", p.PageInfo.StartCursor)
		}
		if more != (len(ids) < total) || others != (pages > 0) || len(p.Edges) > n || more && len(p.Edges) < n {
			t.Fatalf("page %d of %s %d: %d of %d rows read, this page has %d and says %+v", pages, size, n, len(ids), total, len(p.Edges), p.PageInfo)
		}
		if !more {
			break
		}
	}
	if len(ids) != total {
		t.Fatalf("%d rows, totalCount %d", len(ids), total)
	}
	return ids
}

func TestEveryListIsPagedForwardAndBackwardWithoutLossOrRepetition(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		for _, l := range lists() {
			t.Run(l.String(), func(t *testing.T) {
				r := l.within(t, a)
				var before []string
				for _, order := range l.sorted() {
					ids := l.walksAgree(t, a, r, order)
					if l.owner != "Query" && len(ids) <= 25 {
						t.Errorf("the list is too short to test with: %d", len(ids))
					}
					if strings.Contains(order, "DESC") {
						slices.Reverse(before)
						if !slices.Equal(ids, before) {
							t.Errorf("%s: downward is not upward turned round", order)
						}
					}
					before = ids
				}
			})
		}
	})
}

func (l list) walksAgree(t *testing.T, a *api, r record, order string) []string {
	long := l.walk(t, a, r, order, "first", 100)
	if len(slices.Compact(slices.Sorted(slices.Values(long)))) != len(long) {
		t.Errorf("%s: a row stands twice in one long walk", order)
	}
	if ids := l.walk(t, a, r, order, "first", 7); !slices.Equal(ids, long) {
		t.Errorf("%s: pages of 7 give %d rows in another order than pages of 100", order, len(ids))
	}
	if ids := l.walk(t, a, r, order, "last", 7); !slices.Equal(ids, long) {
		t.Errorf("%s: pages of 7 from the end give %d rows in another order than pages of 100", order, len(ids))
	}
	return long
}

func TestEachCursorGoesWithItsOwnEnd(t *testing.T) {
	a := crowded[0].get(t)
	for _, l := range lists() {
		r := l.within(t, a)
		full := l.ask(t, a, r, "first: 100")
		at := fmt.Sprintf("%q", full.Edges[len(full.Edges)/2].Cursor)
		for _, args := range []string{"last: 5, after: " + at, "first: 5, before: " + at, "before: " + at,
			fmt.Sprintf("first: 5, after: %s, before: %s", at, at), fmt.Sprintf("last: 5, after: %s, before: %s", at, at)} {
			q := "{ " + r.at(l.selection(pageFields, args)) + " }"
			refused(t, q, a.ask(t, q, nil), "INVALID")
		}
	}
}

func TestAListSaysWhetherMoreFollowsWhereOnlyThatIsAsked(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for n, more := range map[int]bool{10: true, 63: true, 64: false, 100: false} {
			var out struct{ Laws struct{ PageInfo pageInfo } }
			a.want(t, fmt.Sprintf(`{ laws(first: %d) { pageInfo { hasNextPage hasPreviousPage } } }`, n), nil, &out)
			if out.Laws.PageInfo != (pageInfo{HasNextPage: more}) {
				t.Errorf("first %d of 64: %+v", n, out.Laws.PageInfo)
			}
		}
		var out struct {
			Chapters struct {
				Edges []struct {
					Node struct{ Laws struct{ PageInfo pageInfo } }
				}
			}
		}
		a.want(t, `{ chapters { edges { node { laws(first: 5) { pageInfo { hasNextPage } } } } } }`, nil, &out)
		several := 0
		for _, c := range out.Chapters.Edges {
			if c.Node.Laws.PageInfo.HasNextPage {
				several++
			}
		}
		if several != 1 {
			t.Errorf("only India has six laws, %d chapters have more than five", several)
		}
	})
}
