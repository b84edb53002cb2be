package people_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
)

// losses are the ways in which an administrator may go, each done by somebody to herself or another.
func (w *world) losses(of *ent.Person) map[string]func(context.Context) error {
	role := w.only(of)
	return map[string]func(context.Context) error{
		"disabled": func(ctx context.Context) error { return w.Disable(ctx, of.ID) },
		"erased":   func(ctx context.Context) error { return w.Erase(ctx, of.ID, "left") },
		"ended":    func(ctx context.Context) error { return w.End(ctx, role.ID, "left") },
		"handed over to who cannot sign in": func(ctx context.Context) error {
			_, _, err := w.HandOver(ctx, role.ID, people.Colleague{Email: "next@example.org"}, "left")
			return err
		},
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		boss := w.person("boss@example.org", access.Administrator)
		// None of these counts as another: one never came, one is kept out, one's role ends by itself.
		_, _, err := w.Invite(w.program(), people.Invitation{Email: "invited@example.org", Role: access.Administrator})
		ok(t, err)
		out := w.person("out@example.org", access.Administrator)
		ok(t, w.Disable(w.as(boss), out.ID))
		deputy := w.person("deputy@example.org", access.Member)
		_, err = w.Give(w.program(), deputy.ID, access.Administrator, "", "", w.clock().Add(time.Hour))
		ok(t, err)
		before := w.dump()
		for who, p := range map[string]*ent.Person{"herself": boss, "the deputy": deputy} {
			for how, lose := range w.losses(boss) {
				err := lose(w.as(p))
				is(t, err, fault.Conflict)
				if err == nil || !strings.Contains(err.Error(), "Make another administrator first.") {
					t.Errorf("%s by %s: %v", how, who, err)
				}
			}
		}
		if w.dump() != before {
			t.Error("a refusal left something behind")
		}
		if !w.viewer(boss, true).Has(access.Administrator) {
			t.Error("she has lost the role")
		}
	})
}

func TestOneOfTwoAdministratorsMayGo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		boss := w.person("boss@example.org", access.Administrator)
		for how := range w.losses(boss) {
			other := w.person(strings.ReplaceAll(how, " ", "-")+"@example.org", access.Administrator)
			if err := w.losses(other)[how](w.as(boss)); err != nil {
				t.Errorf("%s: %v", how, err)
			}
		}
		successor := w.person("successor@example.org", access.Member)
		_, _, err := w.HandOver(w.as(boss), w.only(boss).ID, people.Colleague{Email: successor.Email}, "left")
		ok(t, err)
		if !w.viewer(successor, true).Has(access.Administrator) || w.viewer(boss, true).Has(access.Administrator) {
			t.Error("the role was not handed over")
		}
	})
}

func TestTheOperatorMayTakeTheLastAdministrator(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		boss := w.person("boss@example.org", access.Administrator)
		ok(t, w.Disable(w.program(), boss.ID))
		ok(t, w.Enable(w.program(), boss.ID))
		ok(t, w.End(w.program(), w.only(boss).ID, "left"))
	})
}

// Two administrators who take the role from each other at the same moment must not both succeed.
func TestOfTwoAdministratorsAtOnceOneStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for round := range 5 {
			a, b := w.person(strings.Repeat("a", round+1)+"@example.org", access.Administrator), w.person(strings.Repeat("b", round+1)+"@example.org", access.Administrator)
			ofA, ofB := w.only(a), w.only(b)
			asA, asB := w.as(a), w.as(b)
			var first, second error
			var wg sync.WaitGroup
			wg.Go(func() { first = w.End(asA, ofB.ID, "left") })
			wg.Go(func() { second = w.End(asB, ofA.ID, "left") })
			wg.Wait()
			left := 0
			for _, p := range []*ent.Person{a, b} {
				if w.viewer(p, true).Has(access.Administrator) {
					left++
				}
			}
			if left != 1 || (first == nil) == (second == nil) {
				t.Fatalf("round %d: %d administrators are left; %v, %v", round, left, first, second)
			}
			for _, p := range []*ent.Person{a, b} { // the next round begins with none
				ok(t, w.Disable(w.program(), p.ID))
			}
		}
	})
}
