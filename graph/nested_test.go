package graph_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// parents are the first records of the list of a type, with one page of a list of each.
func (l list) parents(t *testing.T, a *api, args ...string) (ids []string, pages []page) {
	t.Helper()
	var out struct {
		All struct {
			Edges []struct {
				Node struct {
					ID string
					L  page
				}
			}
		}
	}
	q := fmt.Sprintf(`{ all: %s(first: 3) { edges { node { id %s } } } }`, topList(l.owner).Name, l.selection(pageFields, args...))
	a.want(t, q, nil, &out)
	for _, e := range out.All.Edges {
		ids, pages = append(ids, e.Node.ID), append(pages, e.Node.L)
	}
	return ids, pages
}

// nested are the lists whose owners stand in a list themselves, but for reviews: the first ones of all ask nothing here.
func nested() []list {
	var out []list
	for _, l := range lists() {
		if l.owner != "Query" && l.owner != "ReviewCycle" && topList(l.owner) != nil {
			out = append(out, l)
		}
	}
	return out
}

func TestAPageBelowAListOfParentsIsThePageOfTheParentAlone(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		for _, l := range nested() {
			t.Run(l.String(), func(t *testing.T) {
				for _, order := range l.sorted() {
					_, whole := l.parents(t, a, order, "first: 100")
					middle := whole[0].Edges[len(whole[0].Edges)/2].Cursor
					for _, args := range []string{
						"first: 2", "last: 2", "", fmt.Sprintf("first: 2, after: %q", middle), fmt.Sprintf("last: 2, before: %q", middle),
					} {
						l.parentsAgree(t, a, order, args)
					}
				}
			})
		}
	})
}

func (l list) parentsAgree(t *testing.T, a *api, order, args string) {
	t.Helper()
	ids, pages := l.parents(t, a, order, args)
	for i, id := range ids {
		r := record{around: fmt.Sprintf("r: node(id: %q) { ... on %s { %%s } }", id, l.owner)}
		if alone := l.ask(t, a, r, order, args); !reflect.DeepEqual(alone, pages[i]) {
			t.Errorf("%s %s: parent %d has\n%v, %+v below a list and\n%v, %+v alone", order, args, i, pages[i].ids(), pages[i].PageInfo, alone.ids(), alone.PageInfo)
		}
		if pages[i].TotalCount < 10 {
			t.Errorf("the list is too short to test with: %d", pages[i].TotalCount)
		}
	}
}

func TestAPageHas25RecordsAtEveryLevelWhereNoneIsAskedFor(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		for _, l := range lists() {
			r := l.within(t, a)
			full := l.ask(t, a, r, "first: 100")
			for _, args := range []string{"", "first: null", "last: null", "first: null, last: null", "first: $n", "last: $n", "first: $n, last: $m"} {
				q := fmt.Sprintf("query($n: Int, $m: Int) { %s }", r.at(l.selection(pageFields, args)))
				if !strings.Contains(args, "$n") {
					q = fmt.Sprintf("{ %s }", r.at(l.selection(pageFields, args)))
				} else if !strings.Contains(args, "$m") {
					q = strings.Replace(q, ", $m: Int", "", 1)
				}
				var out struct {
					L page
					R struct{ L page }
				}
				a.want(t, q, map[string]any{"n": nil}, &out)
				p := out.R.L
				if l.owner == "Query" {
					p = out.L
				}
				if len(p.Edges) != min(25, full.TotalCount) || !reflect.DeepEqual(p.ids(), full.ids()[:len(p.Edges)]) || p.TotalCount != full.TotalCount {
					t.Errorf("%s(%s): %d of %d records", l, args, len(p.Edges), full.TotalCount)
				}
			}
		}
		for _, l := range nested() {
			_, pages := l.parents(t, a)
			for _, p := range pages {
				if len(p.Edges) != min(25, p.TotalCount) || p.PageInfo.HasNextPage != (p.TotalCount > 25) {
					t.Errorf("%s below a list: %d records, %+v", l, len(p.Edges), p.PageInfo)
				}
			}
		}
	})
}

func TestOtherPageSizesAreRefusedAtEveryLevel(t *testing.T) {
	a := engines[0].get(t)
	for _, l := range lists() {
		var around []string
		if l.owner == "Query" {
			around = []string{"%s"}
		} else {
			around = []string{`node(id: "state_000000000000") { ... on ` + l.owner + " { %s } }"}
			if top := topList(l.owner); top != nil {
				around = append(around, top.Name+"(first: 2) { edges { node { %s } } }")
			}
		}
		for _, where := range around {
			for args, code := range map[string]string{
				"first: 0": "LIMIT", "first: -1": "LIMIT", "first: 101": "LIMIT", "last: 0": "LIMIT", "last: -1": "LIMIT",
				"last: 101": "LIMIT", "first: 1, last: 1": "INVALID",
			} {
				q := "{ " + fmt.Sprintf(where, l.selection("totalCount", args)) + " }"
				refused(t, q, a.ask(t, q, nil), code)
				name, n, _ := strings.Cut(args, ": ")
				if code == "INVALID" {
					continue
				}
				var given int
				_, _ = fmt.Sscan(n, &given)
				q = "query($n: Int) { " + fmt.Sprintf(where, l.selection("totalCount", name+": $n")) + " }"
				refused(t, q, a.ask(t, q, map[string]any{"n": given}), code)
			}
		}
	}
}

// refused wants one error of a code, told in a sentence, and no data.
func refused(t *testing.T, what string, got answer, code string) {
	t.Helper()
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != code {
		t.Errorf("%.300s\nis answered with %+v, want one error %s", what, got.Errors, code)
		return
	}
	if !isSentence(got.Errors[0].Message) {
		t.Errorf("%.300s\nis refused without a clear sentence: %s", what, got.Errors[0].Message)
	}
}

// isSentence allows one wording of the parser that goes without a full stop.
func isSentence(s string) bool {
	return len(s) > 10 && strings.Contains(s, " ") && strings.ToUpper(s[:1]) == s[:1] &&
		(strings.HasSuffix(s, ".") || strings.Contains(s, " cannot represent "))
}
