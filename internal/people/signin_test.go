package people_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
)

func TestWrongTriesLookTheSameForAccountsAndOtherAddresses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("ann@example.org", access.Member)
		ok(t, w.Disable(w.program(), w.person("off@example.org", access.Member).ID))
		_, _, err := w.Invite(w.program(), people.Invitation{Email: "new@example.org", Role: access.Member})
		ok(t, err)
		var want []string
		for _, email := range []string{"nobody@example.org", "ann@example.org", "off@example.org", "new@example.org", "", "no address"} {
			var got []string
			for i := range 7 {
				password := "a wrong password"
				if i > 4 || i == 3 && email != "ann@example.org" {
					password = good // of a disabled account, and while any rests: the right one is refused too
				}
				_, err := w.SignIn(t.Context(), email, password)
				f := fault.As(err)
				if f == nil {
					t.Fatalf("%s: %v", email, err)
				}
				got = append(got, fmt.Sprint(f.Kind, f.Sentence, f.Details, f.Fields))
			}
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q answers %q\n; expected %q", email, got, want)
			}
		}
		if !strings.Contains(want[5], "TOO_MANY") || !strings.Contains(want[5], "2026-11-24T09:01:00Z") || !strings.Contains(want[4], "UNAUTHENTICATED") {
			t.Errorf("the answers are %q", want)
		}
	})
}

func TestRefusalsTakeTheSameTime(t *testing.T) {
	defer people.UsePace()()
	each(t, func(t *testing.T, w *world) {
		w.person("ann@example.org", access.Member)
		median := func(email string) time.Duration {
			var took []time.Duration
			for range 4 {
				start := time.Now()
				_, err := w.SignIn(t.Context(), email, "a wrong password")
				is(t, err, fault.Unauthenticated)
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			return took[1]
		}
		known, unknown := median("ann@example.org"), median("nobody@example.org")
		t.Logf("known %s, unknown %s", known, unknown)
		if known < people.Pace || unknown < people.Pace {
			t.Errorf("refused after %s and %s; expected not before %s", known, unknown, people.Pace)
		}
	})
}

func TestTheCounterHoldsUnderAHundredTriesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		most, all, stop := people.WatchHashes()
		defer stop()
		for _, email := range []string{"ann@example.org", "nobody@example.org"} {
			var wg sync.WaitGroup
			var mu sync.Mutex
			kinds := map[fault.Kind]int{}
			for i := range 100 {
				wg.Go(func() {
					typed := email
					if i%2 == 0 {
						typed = "  " + strings.ToUpper(email)
					}
					_, err := w.SignIn(t.Context(), typed, "a wrong password")
					mu.Lock()
					defer mu.Unlock()
					kinds[fault.KindOf(err)]++
				})
			}
			wg.Wait()
			if kinds[fault.Unauthenticated] != 5 || kinds[fault.TooMany] != 95 {
				t.Errorf("a hundred tries at %s gave %v; expected 5 judged and 95 refused", email, kinds)
			}
		}
		if n := w.reload(p).Failures; n != 5 {
			t.Errorf("%d tries were counted", n)
		}
		if most.Load() > 2 || all.Load() != 10 {
			t.Errorf("%d hashes ran, %d at once; expected 10, at most 2 at once", all.Load(), most.Load())
		}
	})
}

func TestAHundredSignInsAtOnceHashTwoAtATime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 10 {
			w.person(fmt.Sprintf("p%d@example.org", i), access.Member)
		}
		most, all, stop := people.WatchHashes()
		defer stop()
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				// Tries count before they are judged, so ten people sign in a few times each, not all at once.
				if _, err := w.SignIn(t.Context(), fmt.Sprintf("p%d@example.org", i%10), good); err != nil && fault.KindOf(err) != fault.TooMany {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		t.Logf("%d hashes, at most %d at once, in %s", all.Load(), most.Load(), time.Since(start))
		if most.Load() > 2 || all.Load() < 10 {
			t.Errorf("%d hashes ran, %d at once", all.Load(), most.Load())
		}
	})
}

func TestWhoStopsWaitingForTheirTurnIsNotCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := w.SignIn(ctx, p.Email, good); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if n := w.reload(p).Failures; n != 0 {
			t.Errorf("%d tries were counted", n)
		}
	})
}

func TestNobodyIsLockedOutForEver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		wrong := func() error { _, err := w.SignIn(t.Context(), p.Email, "a wrong password"); return err }
		for range 5 {
			is(t, wrong(), fault.Unauthenticated)
		}
		for _, minutes := range []time.Duration{1, 2, 4, 8, 15, 15} {
			w.pass(minutes*time.Minute - time.Second)
			is(t, wrong(), fault.TooMany)
			w.pass(time.Second)
			is(t, wrong(), fault.Unauthenticated)
		}
		w.pass(15 * time.Minute)
		_, err := w.SignIn(t.Context(), p.Email, good)
		ok(t, err)
		if p := w.reload(p); p.Failures != 0 || p.LockedUntil != "" {
			t.Errorf("after the right password %d tries are counted, until %q", p.Failures, p.LockedUntil)
		}
	})
}

func TestTheCountersOfOtherAddressesAreBounded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range people.MostStrangers + 500 {
			ok(t, w.BeginStranger(fmt.Sprintf("n%d@example.org", i)))
		}
		if n := w.Strangers(); n != people.MostStrangers {
			t.Errorf("%d addresses are counted", n)
		}
	})
}

func TestAPasswordMustBeGoodEnough(t *testing.T) {
	for password, bad := range map[string]bool{
		"eleven char": true, "twelve chars": false, strings.Repeat("ab", 64): false, strings.Repeat("ab", 64) + "c": true,
		"Password1234": true, "my ANN.LEE forever": true, "ສະບາຍດີເພື່ອນຂອງຂ້ອຍ": false, "\xff\xfe\xfd and more text": true,
	} {
		err := people.CheckPassword(password, "Ann.Lee@example.org")
		if bad {
			is(t, err, fault.Invalid, "password")
		} else if err != nil {
			t.Errorf("%q is refused: %v", password, err)
		}
	}
}

func TestANewPasswordEndsOtherSessionsAndLinks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, other := w.person("ann@example.org", access.Member), w.person("bob@example.org", access.Member)
		w.session(p, "kept")
		w.session(p, "stolen")
		w.session(other, "bobs")
		link, err := w.ResetLink(w.program(), p.ID)
		ok(t, err)
		is(t, w.SetPassword(w.as(other), p.ID, good, "nine yellow teapots", ""), fault.Forbidden)
		is(t, w.SetPassword(w.as(p), p.ID, "not the old one", "nine yellow teapots", ""), fault.Unauthenticated, "old")
		is(t, w.SetPassword(w.as(p), p.ID, good, "ann", ""), fault.Invalid, "password")
		if n := w.reload(p).Failures; n != 1 {
			t.Errorf("%d wrong old passwords were counted", n)
		}
		ok(t, w.SetPassword(w.as(p), p.ID, good, "nine yellow teapots", people.TokenHash("kept")))
		for cookie, want := range map[string]bool{"kept": true, "stolen": false, "bobs": true} {
			if _, found, err := w.sessions().FindCtx(t.Context(), cookie); err != nil || found != want {
				t.Errorf("the session %s is there: %v, %v", cookie, found, err)
			}
		}
		_, err = w.Peek(t.Context(), link)
		is(t, err, fault.NotFound)
		_, err = w.SignIn(t.Context(), p.Email, "nine yellow teapots")
		ok(t, err)
	})
}
