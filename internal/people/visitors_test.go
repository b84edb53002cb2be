package people_test

import (
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/session"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// visit keeps the session of a visitor from a network for a quarter of an hour.
func (w *world) visit(cookie, network string) error {
	data, err := people.Codec{}.Encode(w.clock(), map[string]any{people.NetworkKey: network})
	if err != nil {
		return err
	}
	return w.sessions().CommitCtx(w.t.Context(), cookie, data, w.clock().Add(15*time.Minute))
}

func (w *world) rows() int {
	w.t.Helper()
	n, err := w.Store.Client.Session.Query().Count(w.program())
	ok(w.t, err)
	return n
}

func TestANetworkHasOnlySoManyVisitors(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var kept, refused atomic.Int64
		var wg sync.WaitGroup
		slots := make(chan struct{}, 8)
		for i := range people.MostOfNetwork + 40 { // at once, as from two servers
			slots <- struct{}{}
			wg.Go(func() {
				defer func() { <-slots }()
				err := w.visit(fmt.Sprintf("cookie-%d", i), "203.0.113.7/32")
				switch f := fault.As(err); {
				case err == nil:
					kept.Add(1)
				case f != nil && f.Kind == fault.TooMany && f.Details["retryAt"] == string(term.InstantOf(w.clock().Add(15*time.Minute))):
					refused.Add(1)
				default:
					t.Errorf("got %v", err)
				}
			})
		}
		wg.Wait()
		// At the border all of those at once may be refused, never one too many let in.
		if n := w.rows(); n > people.MostOfNetwork || n < people.MostOfNetwork-8 || int64(n) != kept.Load() || refused.Load() < 40 {
			t.Errorf("%d rows; %d were kept, %d refused", n, kept.Load(), refused.Load())
		}
		ok(t, w.visit("elsewhere", "203.0.113.8/32"))
		w.pass(14 * time.Minute)
		for i := range 8 { // what the refused at the border left free
			_ = w.visit(fmt.Sprintf("late-%d", i), "203.0.113.7/32")
		}
		is(t, w.visit("later", "203.0.113.7/32"), fault.TooMany)
		w.pass(2 * time.Minute)
		ok(t, w.visit("after", "203.0.113.7/32"))
	})
}

func TestOfAllVisitorsTheNewestAreKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		w.session(p, "signed-in")
		for from := 0; from < people.MostVisitors; from += 500 {
			var rows []*ent.SessionCreate
			for i := from; i < from+500; i++ {
				made := w.clock()
				if i < 3 {
					made = made.Add(-time.Second)
				}
				rows = append(rows, w.Store.Client.Session.Create().SetTokenHash(fmt.Sprint(i)).SetData([]byte("{}")).SetClient(fmt.Sprintf("from 198.51.%d.%d/32", i/250, i%250)).
					SetCreatedAt(term.InstantOf(made)).SetExpiresAt(term.InstantOf(w.clock().Add(15*time.Minute))))
			}
			ok(t, w.Store.Client.Session.CreateBulk(rows...).Exec(w.program()))
		}
		w.pass(time.Minute)
		for i := range 3 {
			ok(t, w.visit(fmt.Sprintf("new-%d", i), "203.0.113.7/32"))
		}
		if n := w.rows(); n != people.MostVisitors+1 {
			t.Errorf("%d rows, with one of a person", n)
		}
		gone, err := w.Store.Client.Session.Query().Where(session.TokenHashIn("0", "1", "2")).Count(w.program())
		if ok(t, err); gone != 0 {
			t.Errorf("%d of the oldest are still there", gone)
		}
		if all, err := w.SessionsOf(w.as(p), p.ID); err != nil || len(all) != 1 {
			t.Errorf("the person has %d sessions, %v", len(all), err)
		}
	})
}

func TestAVisitorWhoSignsOutLeavesNoRow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range people.MostOfNetwork + 1 {
			cookie := fmt.Sprintf("cookie-%d", i)
			ok(t, w.visit(cookie, "203.0.113.7/32"))
			ok(t, w.SignOut(w.program(), cookie))
		}
		if n := w.rows(); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestAClientIsItsIPv4AddressOrItsHouseholdOfIPv6(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.7": "203.0.113.7/32", "::ffff:203.0.113.7": "203.0.113.7/32", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := people.NetworkOf(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
	if got := people.NetworkOf(netip.Addr{}); got != "nowhere" {
		t.Errorf("no address: got %s", got)
	}
}
