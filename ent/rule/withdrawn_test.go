package rule_test

import (
	"adam/internal/testdb"
	"context"
	"errors"
	"slices"
	"testing"

	"adam/ent"
	"adam/ent/activitystate"
	"adam/ent/participation"
	"adam/ent/rule"
	"adam/internal/search"
	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
)

// paths counts a record through every way in which a query may reach it.
func paths(t *testing.T, ctx context.Context, w *world, r recordType, id term.ID) map[string]int {
	t.Helper()
	ctx = graphql.WithResponseContext(ctx, graphql.DefaultErrorPresenter, graphql.DefaultRecover) // Noders reports there what is missing
	c, out := w.s.Client, map[string]int{}
	note := func(path string, n int, err error) {
		if err != nil && !ent.IsNotFound(err) {
			t.Fatalf("%s: %v", path, err)
		}
		out[path] = n
	}
	ids, err := r.ids(ctx, c)
	note("list", count(ids, id), err)
	n, err := r.count(ctx, c)
	note("count", n, err)
	n, err = r.inEdge(ctx, c, w)
	note("edge", n, err)
	n, err = r.eager(ctx, c, w)
	note("edge loaded before", n, err)
	_, err = c.Noder(ctx, id, ent.WithNodeType(rule.NodeTable))
	note("node", found(err), err)
	nodes, err := c.Noders(ctx, []term.ID{id, w.state}, ent.WithNodeType(rule.NodeTable))
	nodes = slices.DeleteFunc(nodes, func(n ent.Noder) bool { return n == nil })
	note("nodes", len(nodes), err)
	return out
}

func count(ids []term.ID, id term.ID) (n int) {
	for _, i := range ids {
		if i == id {
			n++
		}
	}
	return n
}

func found(err error) int {
	if err == nil {
		return 1
	}
	return 0
}

// Rule 4: deleting hides, on every path, and nothing is lost: it comes back as it was.
func TestAWithdrawnRecordVanishesFromEveryPathAndComesBack(t *testing.T) {
	eachType(t, func(t *testing.T, w *world, r recordType) {
		id := w.add(t, r, "hidden-07", "Zebrafish commission")
		there := paths(t, testdb.Context(t), w, r, id)
		for path, n := range there {
			if n == 0 {
				t.Errorf("%s: the record is not there to begin with", path)
			}
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error { return r.withdraw(ctx, c, id, true) })
		for path, n := range paths(t, testdb.Context(t), w, r, id) {
			if n != there[path]-1 {
				t.Errorf("%s: %d are left of %d", path, n, there[path])
			}
		}
		for path, n := range paths(t, rule.WithWithdrawn(testdb.Context(t)), w, r, id) {
			if n != there[path] {
				t.Errorf("%s: whoever may restore it sees %d of %d", path, n, there[path])
			}
		}
		if hits := searched(t, w, "zebrafish"); slices.Contains(hits, id) {
			t.Errorf("search finds %v", hits)
		}
		err := w.try(t, func(ctx context.Context, c *ent.Client) error { return r.rename(ctx, c, id, "Changed in hiding") })
		if !ent.IsNotFound(err) {
			t.Errorf("whoever cannot see the record changed it: %v", err)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return r.withdraw(rule.WithWithdrawn(ctx), c, id, false)
		})
		for path, n := range paths(t, testdb.Context(t), w, r, id) {
			if n != there[path] {
				t.Errorf("%s: after it came back %d are there of %d", path, n, there[path])
			}
		}
		if hits := searched(t, w, "zebrafish"); !slices.Contains(hits, id) {
			t.Errorf("after it came back search finds %v", hits)
		}
	})
}

// searched gives what the search of the program finds.
func searched(t *testing.T, w *world, text string) []term.ID {
	t.Helper()
	first := 20
	hits, err := search.Find(testdb.Context(t), w.s.Client, text, search.Within{}, search.Page{First: &first})
	if err != nil {
		t.Fatal(err)
	}
	var out []term.ID
	for _, h := range hits.Edges {
		out = append(out, h.Cursor.ID)
	}
	if hits.TotalCount != len(out) {
		t.Errorf("search counts %d hits and shows %d", hits.TotalCount, len(out))
	}
	return out
}

// A participation without its actor says nothing, and a page of them would ask for each alone.
func TestAParticipationBringsItsActorAndAPlaceItsState(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		actor := w.add(t, actorType, "donor", "Donor")
		activity := w.add(t, activityType, "training", "Training")
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			if err := c.ActivityState.Create().SetActivityID(activity).SetStateID(w.state).Exec(ctx); err != nil {
				return err
			}
			return c.Participation.Create().SetActivityID(activity).SetActorID(actor).SetRole(term.Funding).Exec(ctx)
		})
		c := w.s.Client
		p, err := c.Participation.Query().Only(testdb.Context(t))
		if err != nil || p.Edges.Actor == nil || p.Edges.Actor.Name != "Donor" {
			t.Errorf("the participation brings %v, %v", p, err)
		}
		s, err := c.ActivityState.Query().Only(testdb.Context(t))
		if err != nil || s.Edges.State == nil || s.Edges.State.Code != "LAO" {
			t.Errorf("the place brings %v, %v", s, err)
		}
		p, err = c.Participation.Query().WithActor(func(q *ent.ActorQuery) { q.WithInChapters() }).Only(testdb.Context(t))
		if err != nil || len(p.Edges.Actor.Edges.InChapters) != 1 {
			t.Errorf("what the query asked to load with the actor is forgotten: %v", err)
		}
		a, err := c.Activity.Query().WithParticipations().WithActivityStates().Only(testdb.Context(t))
		if err != nil || a.Edges.Participations[0].Edges.Actor == nil || a.Edges.ActivityStates[0].Edges.State == nil {
			t.Errorf("loaded with its activity, the participation or the place brings nothing: %v", err)
		}
		n, err := c.Participation.Query().Where(participation.RoleEQ(term.Funding)).Count(testdb.Context(t))
		m, err2 := c.ActivityState.Query().Where(activitystate.StateID(w.state)).Count(testdb.Context(t))
		if n != 1 || m != 1 || err != nil || err2 != nil {
			t.Errorf("counted %d and %d, %v, %v", n, m, err, err2)
		}
	})
}

// What cannot be without a record goes with it, as in an edition: an activity does not fail for a donor who is hidden.
func TestWhatHangsOnAWithdrawnRecordGoesWithIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		actor := w.add(t, actorType, "donor", "Donor")
		activity := w.add(t, activityType, "training", "Training")
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			if err := c.ActivityState.Create().SetActivityID(activity).SetStateID(w.state).Exec(ctx); err != nil {
				return err
			}
			return c.Participation.Create().SetActivityID(activity).SetActorID(actor).SetRole(term.Funding).Exec(ctx)
		})
		check := func(what string, want int) {
			t.Helper()
			for how, q := range map[string]*ent.ActivityQuery{"alone": w.s.Client.Activity.Query(), "loaded before": w.s.Client.Activity.Query().WithParticipations().WithActivityStates()} {
				a, err := q.Only(testdb.Context(t))
				if err != nil {
					t.Fatal(err)
				}
				donors, err := a.Donors(testdb.Context(t))
				states, err2 := a.States(testdb.Context(t))
				if len(donors) != want || len(states) != want || err != nil || err2 != nil {
					t.Errorf("%s, %s: %d donors (%v) and %d States (%v); expected %d", what, how, len(donors), err, len(states), err2, want)
				}
			}
			n, err := w.s.Client.Actor.Query().QueryParticipations().Count(testdb.Context(t))
			if n != want || err != nil {
				t.Errorf("%s: %d participations of actors, %v", what, n, err)
			}
		}
		hide := func(yes bool) {
			w.do(t, func(ctx context.Context, c *ent.Client) error {
				ctx = rule.WithWithdrawn(ctx)
				return errors.Join(actorType.withdraw(ctx, c, actor, yes), stateType.withdraw(ctx, c, w.state, yes))
			})
		}
		check("before", 1)
		hide(true)
		check("withdrawn", 0)
		hide(false)
		check("restored", 1)
	})
}
