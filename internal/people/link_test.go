package people_test

import (
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

func TestALinkIsUsedOnceByOneOfMany(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		secret, p, err := w.Invite(w.program(), people.Invitation{Email: "Ann@Example.org ", Role: access.Member})
		ok(t, err)
		var wg sync.WaitGroup
		results := make([]error, 6) // hashing takes long enough for all of them to find the link unused
		for i := range results {
			wg.Go(func() { _, results[i] = w.Accept(t.Context(), secret, people.Acceptance{Name: "Ann", Password: good}) })
		}
		wg.Wait()
		won := 0
		for _, err := range results {
			if err == nil {
				won++
			} else {
				is(t, err, fault.NotFound)
			}
		}
		if won != 1 {
			t.Errorf("%d of them used the link", won)
		}
		if p := w.reload(p); p.Email != "ann@example.org" || p.Name == nil || *p.Name != "Ann" || p.PasswordHash == "" {
			t.Errorf("the person is %+v", p)
		}
	})
}

func TestALinkToAnAccountWithASecretSetsNoPassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		secret, p, err := w.Invite(w.program(), people.Invitation{Email: "ann@example.org", Role: access.Member})
		ok(t, err)
		ok(t, w.SetPassword(w.program(), p.ID, "", good, ""))
		_, err = w.Peek(t.Context(), secret) // a new password ends links
		is(t, err, fault.NotFound)
		secret, p, err = w.Invite(w.program(), people.Invitation{Email: "bob@example.org", Role: access.Member})
		ok(t, err)
		ok(t, w.LinkLogin(w.program(), p.ID, "https://id.example.org", "1", false))
		_, err = w.Accept(t.Context(), secret, people.Acceptance{Password: good})
		is(t, err, fault.Invalid, "password")
		if l, err := w.Peek(t.Context(), secret); err != nil || l.NeedsSecret || w.reload(p).PasswordHash != "" {
			t.Errorf("the refused password used the link up, or was set: %+v, %v", l, err)
		}
	})
}

func TestReadingALinkUsesNothingUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		secret, p, err := w.Invite(w.program(), people.Invitation{Email: "ann@example.org", Role: access.Member})
		ok(t, err)
		before := w.dump()
		for range 3 {
			l, err := w.Peek(t.Context(), secret)
			ok(t, err)
			if *l != (people.Link{Kind: term.LinkInvitation, Person: p.ID, Email: "ann@example.org", NeedsSecret: true}) {
				t.Errorf("the link is %+v", l)
			}
		}
		if w.dump() != before {
			t.Error("reading the link changed the database")
		}
		_, err = w.Accept(t.Context(), secret, people.Acceptance{Password: good})
		ok(t, err)
	})
}

// Whoever finds a link in an old mail learns nothing from what it answers.
func TestAllLinksThatDoNotWorkAnswerTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		used, _ := w.SignInLink(w.program(), p.ID)
		_, err := w.Accept(t.Context(), used, people.Acceptance{})
		ok(t, err)
		replaced, _ := w.ResetLink(w.program(), p.ID)
		ended, _ := w.ResetLink(w.program(), p.ID)
		gone := w.person("gone@example.org", access.Member)
		disabled, _ := w.SignInLink(w.program(), gone.ID)
		ok(t, w.Disable(w.program(), gone.ID))
		w.pass(24 * time.Hour)
		_, want := w.Peek(t.Context(), "never-was-a-link")
		is(t, want, fault.NotFound)
		for what, secret := range map[string]string{"used": used, "replaced": replaced, "ended": ended, "disabled": disabled, "empty": "", "cut short": ended[:40]} {
			_, peek := w.Peek(t.Context(), secret)
			_, accept := w.Accept(t.Context(), secret, people.Acceptance{Password: "x"})
			if peek == nil || accept == nil || peek.Error() != want.Error() || accept.Error() != want.Error() {
				t.Errorf("the link that is %s answers %v and %v", what, peek, accept)
			}
		}
	})
}

func TestEveryKindOfLinkHasItsLifetime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		invite := func(kind term.InvitationKind) func() (string, error) {
			return func() (string, error) {
				s, _, err := w.Invite(w.program(), people.Invitation{Email: string(kind) + "@example.org", Role: access.Member, Kind: kind})
				return s, err
			}
		}
		for kind, test := range map[term.InvitationKind]struct {
			make func() (string, error)
			last time.Duration
		}{
			term.LinkInvitation: {invite(term.LinkInvitation), 72 * time.Hour}, term.LinkNomination: {invite(term.LinkNomination), 336 * time.Hour},
			term.LinkSignIn: {func() (string, error) { return w.SignInLink(w.program(), p.ID) }, time.Hour},
			term.LinkReset:  {func() (string, error) { return w.ResetLink(w.program(), p.ID) }, 24 * time.Hour},
		} {
			secret, err := test.make()
			ok(t, err)
			w.pass(test.last - time.Second)
			if l, err := w.Peek(t.Context(), secret); err != nil || l.Kind != kind {
				t.Errorf("a %s link ended before %s: %v", kind, test.last, err)
			}
			w.pass(time.Second)
			_, err = w.Peek(t.Context(), secret)
			is(t, err, fault.NotFound)
		}
	})
}

func TestAResetTakesTheOldSecretsOnlyWhenItIsAccepted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		w.enrol(p)
		w.session(p, "cookie")
		secret, err := w.ResetLink(w.program(), p.ID)
		ok(t, err)
		if p := w.reload(p); p.PasswordHash == "" || !p.TotpConfirmed {
			t.Error("the link alone took the secrets away")
		}
		_, err = w.Accept(t.Context(), secret, people.Acceptance{Password: "short"})
		is(t, err, fault.Invalid, "password")
		_, err = w.Accept(t.Context(), secret, people.Acceptance{Password: "nine yellow teapots"})
		ok(t, err)
		if p := w.reload(p); p.PasswordHash == "" || p.TotpConfirmed || p.TotpSecret != "" {
			t.Errorf("after the reset the person is %+v", p)
		}
		if list, err := w.SessionsOf(w.program(), p.ID); err != nil || len(list) != 0 {
			t.Errorf("%d sessions outlived the reset, %v", len(list), err)
		}
		_, err = w.SignIn(t.Context(), p.Email, good)
		is(t, err, fault.Unauthenticated)
		_, err = w.SignIn(t.Context(), p.Email, "nine yellow teapots")
		ok(t, err)
	})
}

func TestTheFirstLinkIsOfferedUntilAnAdministratorCanComeIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, _, err := w.FirstLink(t.Context())
		is(t, err, fault.Forbidden)
		old, needed, err := w.FirstLink(w.program())
		if ok(t, err); !needed {
			t.Fatal("no first link is needed in an empty store")
		}
		secret, _, err := w.FirstLink(w.program())
		ok(t, err)
		_, err = w.Peek(t.Context(), old)
		is(t, err, fault.NotFound)
		if l, err := w.Peek(t.Context(), secret); err != nil || !l.NeedsEmail || !l.NeedsSecret {
			t.Errorf("the first link is %+v, %v", l, err)
		}
		_, err = w.Accept(t.Context(), secret, people.Acceptance{Password: good})
		is(t, err, fault.Invalid, "email")
		p, err := w.Accept(t.Context(), secret, people.Acceptance{Email: "First@Example.org", Password: good})
		ok(t, err)
		if v := w.viewer(p, true); p.Email != "first@example.org" || !v.Has(access.Administrator) || !v.Has(access.Secretariat) || v.Name != "Secretariat" {
			t.Errorf("the first person is %+v, who acts as %+v", p, v)
		}
		if secret, needed, err := w.FirstLink(w.program()); err != nil || needed || secret != "" {
			t.Errorf("a first link is needed still: %v, %v", needed, err)
		}
	})
}

func TestTwoServersThatStartAtOnceMakeOneFirstPerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, needed, err := w.FirstLink(w.program()); err != nil || !needed {
					t.Errorf("a first link is needed: %v, %v", needed, err)
				}
			})
		}
		wg.Wait()
		if all, err := w.List(w.program()); err != nil || len(all) != 1 {
			t.Errorf("%d first people, %v", len(all), err)
		}
	})
}

func TestALinkForSigningInIsMadeByTheProgramAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, admin := w.person("ann@example.org", access.Member), w.person("admin@example.org", access.Administrator)
		for _, by := range []*ent.Person{p, admin} {
			_, err := w.SignInLink(w.as(by), p.ID)
			is(t, err, fault.Forbidden)
		}
		_, err := w.ResetLink(w.as(p), p.ID)
		is(t, err, fault.Forbidden)
		_, err = w.ResetLink(w.as(admin), p.ID)
		ok(t, err)
		before := w.reload(p).PasswordHash
		secret, err := w.SignInLink(w.program(), p.ID)
		ok(t, err)
		_, err = w.Accept(t.Context(), secret, people.Acceptance{Name: "Mallory", Password: "nine yellow teapots"})
		ok(t, err)
		if after := w.reload(p); after.PasswordHash != before || after.Name != nil {
			t.Error("a link for signing in changed the account")
		}
	})
}
