package people_test

import (
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
)

func TestASecretAddressReadsAsItsPersonDoesNow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.FocalPoint)
		focal := w.only(p)
		secret, _, err := w.CreateFeed(w.as(p), p.ID)
		ok(t, err)
		if len(secret) != 43 || strings.Contains(w.dump(), secret) || !strings.Contains(w.dump(), "A calendar address was made.") {
			t.Errorf("the secret has %d characters, or is in the database, or was not logged", len(secret))
		}
		v, err := w.FeedViewer(t.Context(), secret)
		ok(t, err)
		if v.Person != p.ID || !v.Has(access.FocalPoint) || !v.May(access.ScopeRead) || v.May(access.ScopeWrite) || v.May(access.ScopeAccounts) {
			t.Errorf("it reads as %+v", v)
		}
		_, err = w.Give(w.program(), p.ID, access.Member, "", "", time.Time{})
		ok(t, err)
		ok(t, w.End(w.program(), focal.ID, "left"))
		v, err = w.FeedViewer(t.Context(), secret)
		ok(t, err)
		if v.Has(access.FocalPoint) || v.Audience != access.Members {
			t.Errorf("after the role ended it reads as %+v", v)
		}
	})
}

func TestSecretAddressesThatDoNotWorkAnswerTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, off, gone, idle := w.person("ann@example.org", access.Member), w.person("off@example.org", access.Member), w.person("gone@example.org", access.Member), w.person("idle@example.org", access.Member)
		create := func(p *ent.Person) string {
			w.pass(time.Second)
			secret, _, err := w.CreateFeed(w.as(p), p.ID)
			ok(t, err)
			return secret
		}
		works, revoked, disabled, erased, roleless := create(p), create(p), create(off), create(gone), create(idle)
		ok(t, w.Disable(w.program(), off.ID))
		ok(t, w.Erase(w.program(), gone.ID, "asked for it"))
		ok(t, w.End(w.program(), w.only(idle).ID, "left"))
		list, err := w.Feeds(w.as(p), p.ID)
		ok(t, err)
		ok(t, w.RevokeFeed(w.as(p), p.ID, list[0].ID)) // the newest of two
		_, want := w.FeedViewer(t.Context(), "unknown")
		is(t, want, fault.NotFound)
		for what, secret := range map[string]string{"revoked": revoked, "of a disabled account": disabled, "of an erased person": erased, "without a role": roleless, "empty": "", "cut short": works[:42], "in another case": strings.ToUpper(works)} {
			if _, err := w.FeedViewer(t.Context(), secret); err == nil || err.Error() != want.Error() {
				t.Errorf("an address %s answers %v", what, err)
			}
		}
		_, err = w.FeedViewer(t.Context(), works)
		ok(t, err)
		if n, err := w.Store.Client.Feed.Query().Count(w.program()); n != 4 || err != nil {
			t.Errorf("%d addresses are kept, %v; that of the erased person should be gone", n, err)
		}
	})
}

func TestSecretAddressesAreTheirPersonsBusiness(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, q, admin := w.person("ann@example.org", access.Member), w.person("bob@example.org", access.Member), w.person("admin@example.org", access.Administrator)
		_, _, err := w.CreateFeed(w.as(q), p.ID)
		is(t, err, fault.Forbidden)
		_, _, err = w.CreateFeed(w.as(admin), p.ID)
		is(t, err, fault.Forbidden)
		_, _, err = w.CreateFeed(t.Context(), p.ID)
		is(t, err, fault.Unauthenticated)
		_, _, err = w.CreateFeed(access.With(t.Context(), w.viewer(admin, false)), admin.ID)
		is(t, err, fault.Forbidden)
		_, _, err = w.CreateFeed(w.as(p), p.ID)
		ok(t, err)
		_, err = w.Feeds(w.as(q), p.ID)
		is(t, err, fault.Forbidden)
		list, err := w.Feeds(w.as(admin), p.ID)
		ok(t, err)
		is(t, w.RevokeFeed(w.as(q), p.ID, list[0].ID), fault.Forbidden)
		is(t, w.RevokeFeed(w.as(q), q.ID, list[0].ID), fault.NotFound)
		ok(t, w.RevokeFeed(w.as(admin), p.ID, list[0].ID))
		is(t, w.RevokeFeed(w.as(p), p.ID, list[0].ID), fault.NotFound)
	})
}

// A calendar holds its address for years and shows it around: a role given later asks for a new one.
func TestASecretAddressHasNoMightyRoleThatWasGivenLater(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		early, _, err := w.CreateFeed(w.as(p), p.ID)
		ok(t, err)
		w.pass(time.Second)
		_, err = w.Give(w.program(), p.ID, access.Secretariat, "", "", time.Time{})
		ok(t, err)
		late, _, err := w.CreateFeed(w.as(p), p.ID)
		ok(t, err)
		if v, err := w.FeedViewer(t.Context(), early); err != nil || v.Has(access.Secretariat) {
			t.Errorf("it reads as %+v, %v", v, err)
		}
		if v, err := w.FeedViewer(t.Context(), late); err != nil || !v.Has(access.Secretariat) {
			t.Errorf("it reads as %+v, %v", v, err)
		}
	})
}
