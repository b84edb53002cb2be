package audit_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/audit"
	"adam/internal/store"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

var (
	noon    = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	anna    = term.HashID(term.KindPerson, "anna")
	boun    = term.HashID(term.KindPerson, "boun")
	someLaw = term.HashID(term.KindLaw, "some law")
)

// entry is what the tests append; the n-th has a detail where n is even.
func entry(n int) audit.Entry {
	e := audit.Entry{Kind: term.LogChanged, Person: anna, Subject: someLaw, Summary: fmt.Sprintf("Change %d.", n)}
	if n%2 == 0 {
		e.Detail = fmt.Sprintf("from 192.0.2.%d", n)
	}
	return e
}

// add appends entries, each in a transaction of its own.
func add(t testing.TB, s *store.Store, entries ...audit.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := s.InTx(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return audit.Append(ctx, tx, noon, e) }); err != nil {
			t.Fatal(err)
		}
	}
}

// six fills a log with the entries 1 to 6; 2, 4 and 6 have details.
func six(t testing.TB, s *store.Store) {
	t.Helper()
	for n := range 6 {
		add(t, s, entry(n+1))
	}
}

// verified is what Verify finds.
func verified(t testing.TB, c *ent.Client) *audit.Report {
	t.Helper()
	r, err := audit.Verify(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// whole checks that the log has a number of entries and nothing wrong.
func whole(t testing.TB, s *store.Store, entries, erased int64) *audit.Report {
	t.Helper()
	r := verified(t, s.Client)
	if r.Broken != nil || r.Entries != entries || r.Erased != erased {
		t.Fatalf("the log has %d entries, %d erased, and is broken at %+v; expected %d whole and %d erased", r.Entries, r.Erased, r.Broken, entries, erased)
	}
	return r
}

// disarm takes the triggers away that refuse to change the log, as somebody could who owns the database.
func disarm(ctx context.Context, t testing.TB, tx *ent.Tx) {
	t.Helper()
	triggers := map[string]string{"log_entries_keep": "log_entries", "log_entries_stay": "log_entries", "log_details_keep": "log_details"}
	if tx.Client().Dialect() == dialect.SQLite {
		triggers["log_entries_once"], triggers["log_details_once"] = "log_entries", "log_details"
	}
	for name, table := range triggers {
		on := ""
		if tx.Client().Dialect() == dialect.Postgres {
			on = " ON " + table
		}
		if _, err := tx.ExecContext(ctx, "DROP TRIGGER "+name+on); err != nil {
			t.Fatal(err)
		}
	}
}

// tampered is what Verify finds after somebody who owns the database has run statements. Nothing of it is kept.
func tampered(t testing.TB, s *store.Store, statements ...string) (*audit.Report, *ent.Tx) {
	t.Helper()
	tx, err := s.Client.Tx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	disarm(t.Context(), t, tx)
	for _, q := range statements {
		if _, err := tx.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	return verified(t, tx.Client()), tx
}
