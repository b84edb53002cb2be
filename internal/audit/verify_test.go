package audit_test

import (
	"fmt"
	"strings"
	"testing"

	"adam/ent/logentry"
	"adam/internal/audit"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// change is what somebody who owns the database does to a log of six entries, and what Verify says of it.
type change struct {
	what       string
	statements []string
	broken     int64 // the number that is named; 0 where the chain alone cannot show it
	says       string
	only       string // the engine that lets it be done; both where empty
}

func set(seq int, what string) []string {
	return []string{fmt.Sprintf("UPDATE log_entries SET %s WHERE seq = %d", what, seq)}
}

func detail(seq int, what string) []string {
	return []string{fmt.Sprintf("UPDATE log_details SET %s WHERE entry_id = (SELECT id FROM log_entries WHERE seq = %d)", what, seq)}
}

func without(seq int) []string {
	of := fmt.Sprintf("DELETE FROM log_details WHERE entry_id IN (SELECT id FROM log_entries WHERE seq = %d)", seq)
	return []string{of, fmt.Sprintf("DELETE FROM log_entries WHERE seq = %d", seq)}
}

const (
	wasChanged = "Entry 4 of the log was changed after it was written."
	detailWas  = "The detail of entry 4 of the log was changed after it was written."
	noIndex    = "DROP INDEX logentry_seq"
)

var changes = []change{
	{"the time", set(4, "at = '2026-11-24T12:00:01Z'"), 4, wasChanged, ""},
	{"no time", set(4, "at = 'x'"), 4, wasChanged, ""},
	{"the kind", set(4, "kind = 'ROLE'"), 4, wasChanged, ""},
	{"an unknown kind", set(4, "kind = ''"), 4, wasChanged, ""},
	{"who acted", set(4, "person = person + 1"), 4, wasChanged, ""},
	{"what it is about", set(4, "subject = 0"), 4, wasChanged, ""},
	{"the summary", set(4, "summary = 'Change 4!'"), 4, wasChanged, ""},
	{"a letter between fields", set(4, "kind = 'CHANGED4', summary = 'Change'"), 4, wasChanged, ""},
	{"the hash of the detail", set(4, "detail_hash = ''"), 4, wasChanged, ""},
	{"the hash", set(4, "hash = '"+strings.Repeat("a", 64)+"'"), 4, wasChanged, ""},
	{"the hash before", set(4, "previous = '"+strings.Repeat("a", 64)+"'"), 4, "Entry 4 of the log does not follow entry 3: one of the two was changed.", ""},
	{"the hash before the first", set(1, "previous = '"+strings.Repeat("a", 64)+"'"), 1, "Entry 1 of the log is not the first that was written: it follows another.", ""},
	{"a number, to the end", set(4, "seq = 99"), 4, "Entry 4 of the log is missing; entry 5 stands in its place.", ""},
	{"a number, to before the first", set(4, "seq = -4"), 1, "Entry 1 of the log is missing; entry -4 stands in its place.", ""},
	{"the number of the first", set(1, "seq = 0"), 1, "Entry 1 of the log is missing; entry 0 stands in its place.", ""},
	{"the number of the last", set(6, "seq = 7"), 6, "Entry 6 of the log is missing; entry 7 stands in its place.", ""},
	{"a number twice", append([]string{noIndex}, set(5, "seq = 4, id = 1")...), 4, "Entry 4 of the log does not follow entry 3", ""},
	{"a number twice, after the true one", append([]string{noIndex}, set(5, "seq = 4, id = 9223372036854775807")...), 5, "Entry 5 of the log is missing; entry 4 stands in its place.", ""},
	{"several at once", append(set(5, "summary = 'x'"), set(3, "summary = 'x'")...), 3, "Entry 3 of the log was changed after it was written.", ""},
	{"two that change places", []string{noIndex, "UPDATE log_entries SET seq = 7 - seq WHERE seq IN (3, 4)"}, 3, "Entry 3 of the log does not follow entry 2", ""},

	{"text for a person", set(4, "person = 'nobody'"), 4, wasChanged, dialect.SQLite},
	{"text for a number", set(4, "seq = 'four'"), 4, "Entry 4 of the log is missing; entry 5 stands in its place.", dialect.SQLite},
	{"text for the last number", set(6, "seq = 'six'"), 6, "Entry 6 of the log is missing; entry six stands in its place.", dialect.SQLite},
	{"bytes for a summary", set(4, "summary = x'ff00'"), 4, wasChanged, dialect.SQLite},

	{"the text of a detail", detail(4, "text = 'from 192.0.2.5'"), 4, detailWas, ""},
	{"the salt of a detail", detail(4, "salt = ''"), 4, detailWas, ""},
	{"the border of salt and text", detail(4, "text = salt || text, salt = ''"), 4, detailWas, ""},
	{"whose detail it is", detail(4, "person = 0"), 4, "The detail of entry 4 of the log was given to another person than it is about.", ""},
	{"the entry of a detail", detail(2, "entry_id = (SELECT id FROM log_entries WHERE seq = 3)"), 3, "Entry 3 of the log was written without a detail and has one.", ""},

	{"the first removed", without(1), 1, "Entry 1 of the log is missing; entry 2 stands in its place.", ""},
	{"one removed in the middle", without(4), 4, "Entry 4 of the log is missing; entry 5 stands in its place.", ""},
	{"one removed and the gap closed", append(without(4), set(5, "seq = 4")...), 4, "Entry 4 of the log does not follow entry 3: one of the two was changed.", ""},
	{"the last removed", without(6), 0, "", ""},
	{"all removed", []string{"DELETE FROM log_details", "DELETE FROM log_entries"}, 0, "", ""},
}

func TestTheFirstEntryThatIsNotAsItWasWrittenIsNamed(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		six(t, s)
		for _, c := range changes {
			if c.only != "" && c.only != s.Dialect {
				continue
			}
			t.Run(c.what, func(t *testing.T) {
				r, _ := tampered(t, s, c.statements...)
				switch {
				case c.broken == 0 && r.Broken != nil:
					t.Errorf("the log is broken: %+v", r.Broken)
				case c.broken == 0:
				case r.Broken == nil:
					t.Errorf("the log is whole with %d entries; expected entry %d to be named", r.Entries, c.broken)
				case r.Broken.Seq != c.broken || !strings.Contains(r.Broken.Sentence, c.says) || r.Entries != c.broken-1:
					t.Errorf("%d entries are whole, then %d: %s\nexpected %d: %s", r.Entries, r.Broken.Seq, r.Broken.Sentence, c.broken, c.says)
				}
			})
			whole(t, s, 6, 0)
		}
	})
}

func TestADetailThatIsGoneCountsAsErased(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		six(t, s)
		r, _ := tampered(t, s, "DELETE FROM log_details WHERE entry_id = (SELECT id FROM log_entries WHERE seq = 4)")
		if r.Broken != nil || r.Entries != 6 || r.Erased != 1 {
			t.Errorf("the report is %+v", r)
		}
	})
}

// The chain alone cannot show that its end was taken away. The head that was printed before does.
func TestAnEndThatWasTakenAwayIsShownByAnOlderHead(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		six(t, s)
		before := whole(t, s, 6, 0)
		r, tx := tampered(t, s, without(6)...)
		if r.Broken != nil || r.Entries != 5 || r.Head == before.Head {
			t.Fatalf("the report is %+v", r)
		}
		if found, err := audit.Holds(t.Context(), tx.Client(), before.Head); found || err != nil {
			t.Errorf("the older head is found, %v", err)
		}
		other := entry(6)
		other.Summary = "Nothing happened."
		if err := audit.Append(t.Context(), tx, noon, other); err != nil {
			t.Fatal(err)
		}
		if r := verified(t, tx.Client()); r.Broken != nil || r.Entries != 6 {
			t.Errorf("the report is %+v", r)
		}
		if found, err := audit.Holds(t.Context(), tx.Client(), before.Head); found || err != nil {
			t.Errorf("the older head is found in the end that was written anew, %v", err)
		}
	})
}

// Whoever changes an entry and gives it the hash that it then must have breaks the chain at the next.
func TestAnEntryWithANewHashBreaksTheNext(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		six(t, s)
		last := s.Client.LogEntry.Query().Where(logentry.Seq(4)).OnlyX(program(t.Context()))
		r, tx := tampered(t, s, append(append(without(6), without(5)...), without(4)...)...)
		if r.Entries != 3 {
			t.Fatalf("the report is %+v", r)
		}
		other := entry(4)
		other.Summary = "Nothing happened."
		if err := audit.Append(t.Context(), tx, noon, other); err != nil {
			t.Fatal(err)
		}
		_, err := tx.ExecContext(t.Context(), "INSERT INTO log_entries (id, seq, at, kind, summary, previous, hash) VALUES ("+
			fmt.Sprintf("%d, 5, '2026-11-24T12:00:00Z', 'CHANGED', 'x', '%s', 'x')", int64(term.NewID(term.KindLogEntry)), last.Hash))
		if err != nil {
			t.Fatal(err)
		}
		if r := verified(t, tx.Client()); r.Broken == nil || r.Broken.Seq != 5 || !strings.Contains(r.Broken.Sentence, "does not follow entry 4") {
			t.Errorf("the report is %+v", r)
		}
	})
}

// A log is read in pages of 1,000; nothing is lost or hidden where one ends.
func TestALogOfSeveralPagesIsFollowedToItsEnd(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		fill(t, s, 2500)
		whole(t, s, 2500, 0)
		for seq, at := range map[int]int64{1000: 1000, 1001: 1001, 2000: 2000, 2500: 2500} {
			if r, tx := tampered(t, s, set(seq, "summary = 'x'")...); r.Broken == nil || r.Broken.Seq != at {
				t.Errorf("entry %d was changed and the report is %+v", seq, r)
			} else {
				_ = tx.Rollback()
			}
		}
		hide := "INSERT INTO log_entries (id, seq, at, kind, summary, previous, hash) SELECT %s, seq, at, kind, 'hidden', previous, hash FROM log_entries WHERE seq = 1000"
		for _, id := range []string{"1", "9223372036854775807"} { // before and after the true one
			r, tx := tampered(t, s, noIndex, fmt.Sprintf(hide, id))
			if r.Broken == nil {
				t.Errorf("a second entry 1000 with id %s is hidden at the end of a page", id)
			}
			_ = tx.Rollback()
		}
	})
}

// fill appends entries in one transaction.
func fill(t testing.TB, s *store.Store, n int) {
	t.Helper()
	tx, err := s.Client.Tx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for i := range n {
		if err := audit.Append(t.Context(), tx, noon, entry(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}
