package audit_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/logentry"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

var zeros = strings.Repeat("0", 64)

func program(ctx context.Context) context.Context { return access.With(ctx, access.Operator("test")) }

func TestAnEmptyLogIsWholeAndBeginsWithZeros(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		if seq, hash, err := audit.Head(t.Context(), s.Client); seq != 0 || hash != zeros || err != nil {
			t.Errorf("the head of nothing is %d %s, %v", seq, hash, err)
		}
		if r := whole(t, s, 0, 0); r.Head != zeros {
			t.Errorf("the report of nothing has the head %s", r.Head)
		}
		add(t, s, entry(1))
		if e := s.Client.LogEntry.Query().OnlyX(program(t.Context())); e.Seq != 1 || e.Previous != zeros {
			t.Errorf("the first entry is %v", e)
		}
	})
}

func TestAnEntryIsKeptAsItWasGiven(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		add(t, s, audit.Entry{Kind: term.LogSignedIn, Person: anna, Summary: "Signed in. ລົງຊື່", Detail: "from 192.0.2.7"})
		e := s.Client.LogEntry.Query().WithDetail().OnlyX(program(t.Context()))
		if e.Seq != 1 || e.At != "2026-11-24T12:00:00Z" || e.Kind != term.LogSignedIn || e.Person != anna || e.Subject != 0 || e.Summary != "Signed in. ລົງຊື່" {
			t.Errorf("the entry is %v", e)
		}
		d := e.Edges.Detail
		if d == nil || d.Text != "from 192.0.2.7" || d.Person != anna || len(d.Salt) != 32 {
			t.Fatalf("the detail is %v", d)
		}
		if strings.Contains(e.String(), "192.0.2.7") {
			t.Errorf("the chain shows the detail: %v", e)
		}
		seq, hash, err := audit.Head(t.Context(), s.Client)
		if seq != 1 || hash != e.Hash || err != nil {
			t.Errorf("the head is %d %s, %v; expected that of %v", seq, hash, err, e)
		}
	})
}

func TestEqualDetailsHaveDifferentHashes(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		add(t, s, entry(2), entry(2))
		all := s.Client.LogEntry.Query().AllX(program(t.Context()))
		if len(all) != 2 || all[0].DetailHash == all[1].DetailHash {
			t.Errorf("who knows one detail finds the other: %v", all)
		}
	})
}

// What somebody types where she signs in must not keep the attempt out of the log.
func TestBytesThatNoTextHoldsDoNotStopTheLog(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		add(t, s, audit.Entry{Kind: term.LogSignInFailed, Subject: anna, Summary: "A wrong\xff secret\x00.", Detail: "agent \x00\xc3\x28 x"})
		whole(t, s, 1, 0)
		e := s.Client.LogEntry.Query().WithDetail().OnlyX(program(t.Context()))
		if e.Summary != "A wrong\uFFFD secret\uFFFD." || e.Edges.Detail.Text != "agent \uFFFD\uFFFD( x" {
			t.Errorf("kept are %q and %q", e.Summary, e.Edges.Detail.Text)
		}
	})
}

func TestAnEntryThatTellsNothingIsRefused(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		for what, e := range map[string]audit.Entry{
			"no summary": {Kind: term.LogChanged}, "blanks": {Kind: term.LogChanged, Summary: " \n"},
			"no kind": {Summary: "x"}, "an unknown kind": {Kind: "WHATEVER", Summary: "x"},
		} {
			err := s.InTx(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return audit.Append(ctx, tx, noon, e) })
			if err == nil {
				t.Errorf("%s: the entry was taken", what)
			}
		}
		whole(t, s, 0, 0)
	})
}

// Whoever the viewer is, the program writes: the refusal of a visitor is logged in a visitor's request.
func TestEveryoneIsLogged(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		err := s.InTx(access.With(t.Context(), access.Anonymous()), func(ctx context.Context, tx *ent.Tx) error {
			return audit.Append(ctx, tx, noon, entry(2))
		})
		if err != nil {
			t.Fatal(err)
		}
		whole(t, s, 1, 0)
	})
}

func TestFiftyWhoAppendAtOnceMakeOneChain(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		var all sync.WaitGroup
		for n := range 50 {
			all.Go(func() {
				err := s.InTx(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return audit.Append(ctx, tx, noon, entry(n)) })
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		whole(t, s, 50, 0)
		if n := s.Client.LogEntry.Query().Where(logentry.SeqGT(50)).CountX(program(t.Context())); n != 0 {
			t.Errorf("%d entries have numbers above 50", n)
		}
	})
}

func TestAnEntryThatIsRolledBackLeavesNoGap(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		add(t, s, entry(1))
		stop := errors.New("stop")
		err := s.InTx(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return errors.Join(audit.Append(ctx, tx, noon, entry(2)), stop)
		})
		if !errors.Is(err, stop) || errors.Unwrap(err) != nil {
			t.Fatal(err)
		}
		whole(t, s, 1, 0)
		add(t, s, entry(3))
		whole(t, s, 2, 0)
		if n := s.Client.LogDetail.Query().CountX(program(t.Context())); n != 0 {
			t.Errorf("%d details are left of what was rolled back", n)
		}
	})
}

func TestOneTransactionMayAppendSeveralEntries(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		err := s.InTx(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			for n := range 3 {
				if err := audit.Append(ctx, tx, noon.Add(-time.Duration(n)*time.Hour), entry(n)); err != nil { // a clock that goes back
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		whole(t, s, 3, 0)
	})
}

func TestAPersonIsErasedAndTheChainHolds(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		add(t, s,
			audit.Entry{Kind: term.LogSignedIn, Person: anna, Summary: "Signed in.", Detail: "from 192.0.2.1"},
			audit.Entry{Kind: term.LogAccount, Person: anna, Subject: boun, Summary: "Invited.", Detail: "boun@example.org"}, // about Boun
			audit.Entry{Kind: term.LogAccount, Person: boun, Subject: anna, Summary: "Renamed.", Detail: "once Anne"},        // about Anna
			audit.Entry{Kind: term.LogSignedOut, Person: anna, Summary: "Signed out."})
		before := whole(t, s, 4, 0)
		var removed int
		erase := func(person term.ID) error {
			return s.InTx(access.With(t.Context(), access.Anonymous()), func(ctx context.Context, tx *ent.Tx) (err error) {
				removed, err = audit.Erase(ctx, tx, person)
				return err
			})
		}
		if err := erase(anna); err != nil || removed != 2 {
			t.Fatalf("%d details were removed, %v; expected 2", removed, err)
		}
		if after := whole(t, s, 4, 2); after.Head != before.Head {
			t.Errorf("the head moved from %s to %s", before.Head, after.Head)
		}
		if d := s.Client.LogDetail.Query().OnlyX(program(t.Context())); d.Text != "boun@example.org" {
			t.Errorf("what is left is %v", d)
		}
		if err := erase(anna); err != nil || removed != 0 {
			t.Errorf("a second time %d details were removed, %v", removed, err)
		}
		for _, id := range []term.ID{0, someLaw} {
			if err := erase(id); err == nil {
				t.Errorf("%s was erased", id)
			}
		}
	})
}

func TestAHeadThatTheLogHasHadIsFound(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		heads := []string{zeros}
		for n := range 3 {
			add(t, s, entry(n))
			_, hash, err := audit.Head(t.Context(), s.Client)
			if err != nil {
				t.Fatal(err)
			}
			heads = append(heads, hash)
		}
		for n, head := range heads {
			if found, err := audit.Holds(t.Context(), s.Client, head); !found || err != nil {
				t.Errorf("head %d is not found: %v", n, err)
			}
		}
		for _, head := range []string{"", strings.Repeat("a", 64), heads[1][:63]} {
			if found, err := audit.Holds(t.Context(), s.Client, head); found || err != nil {
				t.Errorf("%q is found, %v", head, err)
			}
		}
	})
}

// Rule 4: whatever program writes to the database, history and the log stay as they are.
func TestTheDatabaseRefusesToChangeHistoryAndTheLog(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		six(t, s)
		for _, q := range []string{
			"INSERT INTO records (id, kind, key, title) VALUES (1, 'STATE', 'k', 't')",
			"INSERT INTO history_entries (id, version, visibility, at, by, action, changes, record_id) VALUES (1, 1, 'PUBLIC', '2026-11-24T12:00:00Z', 'x', 'CREATED', '[]', 1)",
		} {
			if _, err := s.DB.ExecContext(t.Context(), q); err != nil {
				t.Fatal(err)
			}
		}
		for _, q := range []string{
			"UPDATE log_entries SET summary = 'x' WHERE seq = 3", "UPDATE log_entries SET summary = summary", "UPDATE log_entries SET hash = 'x' WHERE seq = 6",
			"DELETE FROM log_entries WHERE seq = 6", "DELETE FROM log_entries WHERE seq = 1", "DELETE FROM log_entries",
			"UPDATE log_details SET text = 'x'", "UPDATE log_details SET person = 0",
			"UPDATE history_entries SET by = 'y'", "DELETE FROM history_entries",
		} {
			if _, err := s.DB.ExecContext(t.Context(), q); err == nil || !strings.Contains(err.Error(), "append-only") && !strings.Contains(err.Error(), "never changed") {
				t.Errorf("%s: %v", q, err)
			}
		}
		if s.Dialect == dialect.SQLite { // where REPLACE removes a row without a trigger of deletion
			for _, table := range []string{"log_entries", "log_details", "history_entries"} {
				q := "REPLACE INTO " + table + " SELECT * FROM " + table
				if _, err := s.DB.ExecContext(t.Context(), q); err == nil {
					t.Errorf("%s was done", q)
				}
			}
		}
		whole(t, s, 6, 0)
		if _, err := s.DB.ExecContext(t.Context(), "DELETE FROM log_details"); err != nil {
			t.Errorf("details cannot be erased: %v", err)
		}
		whole(t, s, 6, 3)
	})
}

func BenchmarkAppend(b *testing.B) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(d, func(b *testing.B) {
			s := testdb.Store(b, d)
			for n := 0; b.Loop(); n++ {
				add(b, s, entry(n))
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}
