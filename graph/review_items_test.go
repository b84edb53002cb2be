package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/law"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/term"
	"adam/internal/testdb"
)

// pages reads the items of a review that some filter lets through, two at a time, forwards or backwards.
func (c caller) pages(t *testing.T, cycle, filter string, back bool) (ids []string) {
	t.Helper()
	at := ""
	for {
		page := "first: 2" + map[bool]string{true: `, after: "` + at + `"`}[at != ""]
		if back {
			page = "last: 2" + map[bool]string{true: `, before: "` + at + `"`}[at != ""]
		}
		var out struct {
			Cycle struct {
				Items struct {
					TotalCount int
					Edges      []struct{ Node struct{ ID string } }
					PageInfo   struct {
						HasNextPage, HasPreviousPage bool
						StartCursor, EndCursor       string
					}
				}
			}
		}
		c.do(t, fmt.Sprintf(`query($id: ID!) { cycle(id: $id) { items(%s, %s) { totalCount edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`, page, filter), vars{"id": cycle}, &out)
		got := out.Cycle.Items
		var some []string
		for _, e := range got.Edges {
			some = append(some, e.Node.ID)
		}
		if back {
			ids = append(some, ids...)
		} else {
			ids = append(ids, some...)
		}
		more := map[bool]bool{false: got.PageInfo.HasNextPage, true: got.PageInfo.HasPreviousPage}[back]
		if !more {
			if got.TotalCount != len(ids) {
				t.Errorf("%s: %d items on all pages; totalCount %d", filter, len(ids), got.TotalCount)
			}
			return ids
		}
		at = map[bool]string{false: got.PageInfo.EndCursor, true: got.PageInfo.StartCursor}[back]
	}
}

// The filters of items hold over pages and in totalCount, in both directions, and join.
func TestTheItemsOfAReviewAreFilteredOverPages(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		cycle, focal := begin(t, a, caller{api: a, viewer: aSecretariat()}, "KHM", "focal@khm.example")
		all, _ := focal.items(t, cycle)
		own := idsOf(all, func(it reviewItem) bool { return it.Own })
		laws := idsOf(all, func(it reviewItem) bool { return it.Kind == "LAW" })
		if len(laws) < 3 || len(own) <= len(laws) {
			t.Fatalf("%d own items, %d laws", len(own), len(laws))
		}
		got := focal.call(t, operation(t, "Confirm"), vars{"in": vars{"items": []vars{{"id": laws[0], "version": 2}}, "notForPublication": true, "reason": "A case is before the court."}})
		if len(got.Errors) > 0 {
			t.Fatalf("%+v", got.Errors)
		}
		second := all[slices.IndexFunc(all, func(it reviewItem) bool { return it.ID == laws[1] })]
		record := a.store.Client.Law.Query().Where(law.Key(second.Record.Key)).OnlyX(testdb.Context(t)).ID.String()
		for filter, want := range map[string][]string{
			"own: true": own, "kind: [LAW]": laws, "notForPublication: true": laws[:1], "own: true, kind: [LAW], status: [PENDING], later: false": laws[1:],
			"kind: [LAW], notForPublication: false": laws[1:], `record: "` + record + `"`: laws[1:2], `record: "` + record + `", own: false`: nil,
			"kind: [LAW], unchanged: true, later: true": nil,
		} {
			for _, back := range []bool{false, true} {
				if ids := focal.pages(t, cycle, filter, back); !slices.Equal(ids, want) {
					t.Errorf("%s, backwards %v: %d items; expected %d", filter, back, len(ids), len(want))
				}
			}
		}
	})
}

func idsOf(items []reviewItem, which func(reviewItem) bool) (out []string) {
	for _, it := range items {
		if which(it) {
			out = append(out, it.ID)
		}
	}
	return out
}

// That nothing is planned is read by members, of quarters that were signed off.
func TestThatNothingIsPlannedIsForMembers(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		ids := map[string]term.ID{}
		err := a.store.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
			who := tx.Actor.Query().Where(actor.Key("unodc")).OnlyIDX(ctx)
			for i, name := range []string{"signed", "open", "chapter"} {
				q := tx.ReviewCycle.Create().SetActorID(who).SetPurpose(term.PortfolioQuarter).SetYear(2020).SetStatus(term.ReviewPublished).
					SetOpenedOn(term.Date(fmt.Sprintf("2020-01-0%d", i+1))).SetReviewDueOn("2020-02-01").SetSignatory("Unit").SetNothingPlanned(true)
				if name != "open" {
					q.SetCompletedOn("2020-01-31")
				}
				if name == "chapter" {
					q.SetPurpose(term.PortfolioReview)
				}
				ids[name] = q.SaveX(ctx).ID
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			cycle  string
			viewer access.Viewer
			want   string
		}{
			{"signed", somebody("Member", access.Grant{Role: access.Member}), "true"}, {"signed", aSecretariat(), "true"}, {"signed", access.Anonymous(), "null"},
			{"open", aSecretariat(), "null"}, {"chapter", aSecretariat(), "null"},
		} {
			got := caller{api: a, viewer: c.viewer}.call(t, `query($id: ID!) { cycle(id: $id) { nothingPlanned } }`, vars{"id": ids[c.cycle].String()})
			if want := `{"cycle":{"nothingPlanned":` + c.want + `}}`; string(got.Data) != want || len(got.Errors) > 0 {
				t.Errorf("%s, for %s: %s %+v; expected %s", c.cycle, c.viewer.Name, got.Data, got.Errors, want)
			}
		}
	})
}

// at is the door at another time.
func (a *api) at(now time.Time) *api {
	clock := func() time.Time { return now }
	var h http.Handler = graph.Handler(clock, people.New(a.store, clock), "https://adam.example.org")
	return &api{h, a.store}
}

// A verification lapses with the end of its last day: what a record shows first, and the filter, by the day in Bangkok,
// that of a chapter where the chapter is.
func TestAVerificationLapsesWithTheDayInTheRegion(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		const until = "2031-05-31"
		ctx := access.With(t.Context(), access.Operator("Test"))
		l := a.store.Client.Law.Query().Where(law.HasInChapters()).Order(law.ByKey()).FirstX(ctx)
		for _, row := range []string{"laws SET %s WHERE key = '" + l.Key + "'", "chapters SET %s WHERE code = 'PAK'"} {
			if _, err := a.store.DB.ExecContext(ctx, fmt.Sprintf("UPDATE "+row, "verified_status = 'VERIFIED', verified_until = '"+until+"'")); err != nil {
				t.Fatal(err)
			}
		}
		bangkok := time.Date(2031, 5, 31, 17, 0, 0, 0, time.UTC)
		for _, c := range []struct {
			now          time.Time
			law, chapter string
			verified     int
		}{
			{bangkok.Add(-time.Second), "VERIFIED", "VERIFIED", 1}, {bangkok, "LAPSED", "VERIFIED", 0},
			{bangkok.Add(2*time.Hour - time.Second), "LAPSED", "VERIFIED", 0}, {bangkok.Add(2 * time.Hour), "LAPSED", "LAPSED", 0},
		} {
			var out struct {
				Law     struct{ Verification struct{ Status string } }
				Chapter struct{ Verification struct{ Status string } }
				Laws    struct{ TotalCount int }
			}
			caller{api: a.at(c.now), viewer: aSecretariat()}.do(t, `query($k: String!) { law(key: $k) { verification { status } } chapter(code: "PAK") { verification { status } }
				laws(first: 1, filter: {verified: true}) { totalCount } }`, vars{"k": l.Key}, &out)
			if out.Law.Verification.Status != c.law || out.Chapter.Verification.Status != c.chapter || out.Laws.TotalCount != c.verified {
				t.Errorf("at %s: %+v; expected %+v", c.now, out, c)
			}
		}
	})
}
