package people_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/people"
)

// canary makes an account with something of everything, and one to whom it passed its role on.
func (w *world) canary() (p *ent.Person, deputy *ent.Grant, token, link string) {
	w.t.Helper()
	_, p, err := w.Invite(w.program(), people.Invitation{Email: "canary@example.org", Name: "Canary Bird", Unit: "Canary unit", Institution: "Canary house", Role: access.FocalPoint, Chapter: "LAO"})
	ok(w.t, err)
	_, deputy, err = w.Delegate(w.as(p), w.only(p).ID, people.Colleague{Email: "bob@example.org"}, w.clock().Add(time.Hour))
	ok(w.t, err)
	ok(w.t, w.LinkLogin(w.program(), p.ID, "https://id.example.org", "canary-17", true))
	_, err = w.AddPasskey(w.program(), p.ID, "canary-handle", "{}", "Canary phone", true)
	ok(w.t, err)
	token, _, err = w.CreateToken(w.as(p), p.ID, "canary-sync", nil, 0)
	ok(w.t, err)
	w.session(p, "cookie")
	link, err = w.SignInLink(w.program(), p.ID)
	ok(w.t, err)
	return p, deputy, token, link
}

func TestAnErasedPersonIsNowhereInTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, deputy, token, link := w.canary()
		other := w.person("eve@example.org", access.Member)
		is(t, w.Erase(w.as(other), p.ID, "asked"), fault.Forbidden)
		is(t, w.Erase(w.program(), p.ID, ""), fault.Invalid, "reason")
		if !strings.Contains(strings.ToLower(w.dump()), "canary") {
			t.Fatal("the test finds nothing even before")
		}
		ok(t, w.Erase(w.program(), p.ID, "asked for it"))
		for line := range strings.Lines(w.dump()) {
			if strings.Contains(strings.ToLower(line), "canary") {
				t.Errorf("still there: %s", line)
			}
		}
		_, err := w.Viewer(t.Context(), p.ID, true)
		is(t, err, fault.Unauthenticated)
		_, err = w.Authenticate(t.Context(), token)
		is(t, err, fault.Unauthenticated)
		_, err = w.Peek(t.Context(), link)
		is(t, err, fault.NotFound)
		if left, err := w.Grants(w.program(), deputy.PersonID); err != nil || len(left) != 0 {
			t.Errorf("what was passed on is still there: %v, %v", left, err)
		}
		is(t, w.Erase(w.program(), p.ID, "again"), fault.NotFound)
		is(t, w.Enable(w.program(), p.ID), fault.NotFound)
		if r, err := audit.Verify(w.program(), w.Store.Client); err != nil || len(w.column("SELECT summary FROM log_entries")) < 5 {
			t.Errorf("the log: %+v, %v", r, err)
		}
		_, again, err := w.Invite(w.program(), people.Invitation{Email: "canary@example.org", Role: access.Member})
		if ok(t, err); again.ID == p.ID {
			t.Error("the erased account came back")
		}
	})
}

func TestOnlyAdministratorsSeeAccounts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, admin, office := w.person("ann@example.org", access.Member), w.person("admin@example.org", access.Administrator), w.person("office@example.org", access.Secretariat)
		found, err := w.Find(w.as(admin), " ANN@example.org")
		if ok(t, err); found.ID != p.ID {
			t.Errorf("found %v", found)
		}
		_, err = w.Find(w.as(admin), "nobody@example.org")
		is(t, err, fault.NotFound)
		_, err = w.Find(w.as(admin), "")
		is(t, err, fault.NotFound)
		for _, by := range []*ent.Person{p, office} {
			_, err = w.Find(w.as(by), "admin@example.org")
			is(t, err, fault.Forbidden)
			_, err = w.List(w.as(by))
			is(t, err, fault.Forbidden)
			_, err = w.Get(w.as(by), admin.ID)
			is(t, err, fault.Forbidden)
			is(t, w.Disable(w.as(by), admin.ID), fault.Forbidden)
			is(t, w.Enable(w.as(by), admin.ID), fault.Forbidden)
		}
		_, err = w.Get(w.as(p), p.ID)
		ok(t, err)
		if all, err := w.List(w.as(admin)); err != nil || len(all) != 3 {
			t.Errorf("%d accounts, %v", len(all), err)
		}
	})
}

func TestNoSecretIsKeptAsItIs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		link, err := w.ResetLink(w.program(), p.ID)
		ok(t, err)
		token, _, err := w.CreateToken(w.as(p), p.ID, "sync", nil, 0)
		ok(t, err)
		w.session(p, "the-cookie-itself")
		all := w.dump()
		for _, secret := range []string{link, token, token[5:], "the-cookie-itself", good} {
			if strings.Contains(all, secret) {
				t.Errorf("%s is in the database", secret)
			}
		}
		if !strings.HasPrefix(w.reload(p).PasswordHash, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("the password is kept as %s", w.reload(p).PasswordHash)
		}
	})
}

// The log's summaries stay for ever: what names a person stands in the details.
func TestTheLogTellsOfEveryChangeWithoutPersonalData(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.FocalPoint)
		_, err := w.SignIn(t.Context(), p.Email, "a wrong password")
		is(t, err, fault.Unauthenticated)
		_, err = w.SignIn(t.Context(), p.Email, good)
		ok(t, err)
		_, err = w.SignIn(t.Context(), "nobody@example.org", good)
		is(t, err, fault.Unauthenticated)
		got := strings.Join(w.column("SELECT kind || ' ' || summary FROM log_entries WHERE kind <> 'CHANGED' ORDER BY seq"), "\n")
		want := `ACCOUNT An account was made.
ROLE The role FOCAL_POINT was given.
ACCOUNT The link of kind INVITATION was accepted.
SIGN_IN_FAILED A wrong password was given, or the account may not be used.
SIGNED_IN The right password was given.`
		if got != want {
			t.Errorf("the log says\n%s", got)
		}
		if details := strings.Join(w.column("SELECT text FROM log_details"), "\n"); details != "ann@example.org" {
			t.Errorf("the details are %q", details)
		}
	})
}

// On PostgreSQL two changes that log and lock in different orders would stop each other.
func TestManyChangesAtOnceDoNotStopEachOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		secret, p, err := w.Invite(w.program(), people.Invitation{Email: "ann@example.org", Role: access.Member})
		ok(t, err)
		var wg sync.WaitGroup
		for i := range 24 {
			wg.Go(func() {
				change := func() (err error) {
					switch i % 4 {
					case 0:
						_, _, err = w.Invite(w.program(), people.Invitation{Email: "ann@example.org", Role: access.Coordinator})
					case 1:
						_, err = w.Accept(t.Context(), secret, people.Acceptance{})
					case 2:
						_, err = w.ResetLink(w.program(), p.ID)
					case 3:
						err = w.EndSessions(w.program(), p.ID, "")
					}
					return err
				}
				err := change()
				for fault.KindOf(err) == fault.TooMany { // other tests use the same PostgreSQL: that is said, and is no deadlock
					time.Sleep(100 * time.Millisecond)
					err = change()
				}
				if err != nil && fault.KindOf(err) != fault.NotFound {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// A change within the caller's transaction is kept or undone with it.
func TestAChangeJoinsTheCallersTransaction(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tx, err := w.Store.Client.Tx(w.program())
		ok(t, err)
		ctx := ent.NewTxContext(w.program(), tx)
		_, p, err := w.Invite(ctx, people.Invitation{Email: "ann@example.org", Role: access.Member})
		ok(t, err)
		if _, err := w.Get(ctx, p.ID); err != nil {
			t.Error(err)
		}
		ok(t, tx.Rollback())
		if all, err := w.List(w.program()); err != nil || len(all) != 0 {
			t.Errorf("%d accounts after all was undone, %v", len(all), err)
		}
	})
}
