package people_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
)

func TestALoginIsRemovedByItsPersonAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, other := w.person("ann@example.org", access.Member), w.person("bob@example.org", access.Administrator)
		ok(t, w.LinkLogin(w.as(p), p.ID, "https://id.example.org", "17", true))
		w.pass(time.Minute) // the list is by age
		ok(t, w.LinkLogin(w.as(p), p.ID, "https://id.example.org", "18", true))
		all, err := w.Logins(w.as(p), p.ID)
		if ok(t, err); len(all) != 2 || all[0].Subject != "17" {
			t.Fatalf("the logins are %v", all)
		}
		_, err = w.Logins(w.as(other), p.ID)
		is(t, err, fault.Forbidden)
		is(t, w.RemoveLogin(w.as(other), p.ID, all[0].ID, true), fault.Forbidden)
		is(t, w.RemoveLogin(w.as(other), other.ID, all[0].ID, true), fault.NotFound)
		_, err = w.AddPasskey(w.as(p), p.ID, "handle", "{}", "Phone", false)
		ok(t, err)
		is(t, w.RemoveLogin(w.as(p), p.ID, all[0].ID, false), fault.Forbidden)
		ok(t, w.RemoveLogin(w.as(p), p.ID, all[0].ID, true))
		_, err = w.PersonByLogin(w.program(), "https://id.example.org", "17")
		is(t, err, fault.Unauthenticated)
		if _, err := w.PersonByLogin(w.program(), "https://id.example.org", "18"); err != nil {
			t.Errorf("the other login went too: %v", err)
		}
		if !strings.Contains(w.dump(), "A login was untied from the account.") {
			t.Error("the log does not tell")
		}
	})
}

// passwordless takes the password of an account away, as where it was opened with a login.
func (w *world) passwordless(p *ent.Person) {
	w.changing(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Person.Update().Where(person.ID(p.ID)).SetPasswordHash("").Exec(ctx)
	})
}

func TestTheLastWayInStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		w.passwordless(p)
		ok(t, w.LinkLogin(w.as(p), p.ID, "https://id.example.org", "17", true))
		key, err := w.AddPasskey(w.as(p), p.ID, "handle", "{}", "Phone", true)
		ok(t, err)
		all, err := w.Logins(w.as(p), p.ID)
		ok(t, err)
		var login, passkey error // at the same moment
		ctx := w.as(p)
		var wg sync.WaitGroup
		wg.Go(func() { login = w.RemoveLogin(ctx, p.ID, all[0].ID, true) })
		wg.Go(func() { passkey = w.RemovePasskey(ctx, p.ID, key.ID, true) })
		wg.Wait()
		if (login == nil) == (passkey == nil) {
			t.Fatalf("of two at once: %v, %v", login, passkey)
		}
		if login != nil {
			is(t, login, fault.Conflict)
			ok(t, w.SetPassword(w.as(p), p.ID, "", good, ""))
			ok(t, w.RemoveLogin(w.as(p), p.ID, all[0].ID, true))
		} else {
			is(t, passkey, fault.Conflict)
			ok(t, w.SetPassword(w.as(p), p.ID, "", good, ""))
			ok(t, w.RemovePasskey(w.as(p), p.ID, key.ID, true))
		}
	})
}

func TestWhatOnePassedOnIsListedAndEnded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, stranger := w.person("fp@example.org", access.FocalPoint), w.person("x@example.org", access.FocalPoint)
		_, g, err := w.Delegate(w.as(p), w.only(p).ID, people.Colleague{Email: "deputy@example.org"}, w.clock().Add(48*time.Hour))
		ok(t, err)
		all, err := w.PassedOn(w.as(p), p.ID)
		if ok(t, err); len(all) != 1 || all[0].ID != g.ID || all[0].Edges.Person.Email != "deputy@example.org" || all[0].Until != g.Until {
			t.Fatalf("passed on: %+v", all)
		}
		_, err = w.PassedOn(w.as(stranger), p.ID)
		is(t, err, fault.Forbidden)
		is(t, w.End(w.as(stranger), g.ID, "x"), fault.NotFound)
		ok(t, w.End(w.as(p), g.ID, "back from leave"))
		if all, err := w.PassedOn(w.as(p), p.ID); err != nil || len(all) != 0 {
			t.Errorf("after its end: %v, %v", all, err)
		}
		if left := w.only(p); left.Role != access.FocalPoint {
			t.Errorf("her own role is %v", left)
		}
	})
}
