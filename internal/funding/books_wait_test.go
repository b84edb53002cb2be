package funding_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/funding"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// library is a store with some money and the books of it.
func library(t *testing.T, st *store.Store) (*shop, *funding.Books) {
	s := &shop{t: t, ctx: testdb.Context(t), store: st, c: st.Client}
	s.make(func() {
		for _, key := range []string{"one", "two", "three"} {
			s.line(100, 0, []term.ID{s.activity(key, term.Public, nil)}, nil)
		}
	})
	return s, funding.NewBooks(st.Client, time.Now)
}

// total asks the books for all money.
func (s *shop) total(ctx context.Context, b *funding.Books) (string, error) {
	a, err := b.Ask(access.With(ctx, visitor), s.c, s.c.Activity.Query(), "2026-01-01", funding.Query{Currency: "USD"})
	if err != nil {
		return "", err
	}
	return string(a.Total), nil
}

// hindered lets hinder act before each reading of lines, which only whole ledgers and questions read anew ask for.
func hindered(st *store.Store, hinder func() error) {
	st.Client.Funding.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
		return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
			if err := hinder(); err != nil {
				return nil, err
			}
			return next.Query(ctx, q)
		})
	}))
}

// Who asks before a large store is read is told to ask again, in time; to read it goes on, and the next one has an answer.
func TestWhoeverAsksTooSoonIsToldToAskAgain(t *testing.T) {
	s, books := library(t, testdb.Store(t, dialect.SQLite))
	gate := make(chan struct{})
	hindered(s.store, func() error { <-gate; return nil })
	funding.WithBooks(1, func() {
		short, stop := context.WithTimeout(s.ctx, 500*time.Millisecond)
		defer stop()
		for range 2 {
			_, err := s.total(short, books)
			if f := fault.As(err); f == nil || f.Kind != fault.Limit || !strings.Contains(f.Sentence, "Ask again") {
				t.Errorf("%v", err)
			}
			if short.Err() != nil {
				t.Error("the sentence comes when nobody can hear it any more")
			}
		}
		close(gate)
		if got, err := s.total(s.ctx, books); err != nil || got != "300" {
			t.Errorf("%s %v", got, err)
		}
		gone, leave := context.WithCancel(s.ctx)
		leave()
		if _, err := s.total(gone, books); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}

// What has failed is tried again: a ledger that could not be read is no empty one.
func TestALedgerThatCouldNotBeReadIsReadAgain(t *testing.T) {
	s, books := library(t, testdb.Store(t, dialect.SQLite))
	tries := 0
	hindered(s.store, func() error {
		switch tries++; tries {
		case 1:
			return errors.New("the server has gone")
		case 2:
			panic("a bug")
		}
		return nil
	})
	funding.WithBooks(1, func() {
		for range 2 {
			if got, err := s.total(s.ctx, books); err == nil {
				t.Errorf("the total is %s", got)
			}
		}
		if got, err := s.total(s.ctx, books); err != nil || got != "300" {
			t.Errorf("%s %v", got, err)
		}
	})
}

// A change past the program makes no version. An old ledger is read anew for such, while it goes on answering.
func TestAnOldLedgerIsReadAnewWhileItAnswers(t *testing.T) {
	s, _ := library(t, testdb.Store(t, dialect.SQLite))
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	books := funding.NewBooks(s.c, func() time.Time { return now })
	funding.WithBooks(1, func() {
		s.want(books, "300")
		_, err := s.store.DB.ExecContext(s.ctx, "UPDATE fundings SET amount = 2000000")
		s.must(err)
		s.want(books, "300")
		now = now.Add(7 * time.Hour)
		made := books.Made(access.With(s.ctx, visitor))
		s.want(books, "300")
		for books.Made(access.With(s.ctx, visitor)).Equal(made) {
			time.Sleep(time.Millisecond)
		}
		s.want(books, "600")
	})
}

func (s *shop) want(books *funding.Books, total string) {
	s.t.Helper()
	if got, err := s.total(s.ctx, books); err != nil || got != total {
		s.t.Errorf("the total is %s (%v), not %s", got, err, total)
	}
}

// Lines that somebody deletes or adds past the program are noticed at once.
func TestLinesWrittenPastTheProgramAreNoticed(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		s, books := library(t, st)
		funding.WithBooks(1, func() {
			s.want(books, "300")
			_, err := st.DB.ExecContext(s.ctx, "DELETE FROM activity_fundings WHERE activity_id = (SELECT min(id) FROM activities)")
			s.must(err)
			s.want(books, "200")
		})
	})
}

// Who sees the same reads the same book; of a small store there is none.
func TestBooksAreKeptForThoseWhoSeeAlikeAndForLargeStores(t *testing.T) {
	s, books := library(t, testdb.Store(t, dialect.SQLite))
	s.want(books, "300")
	if n := books.Kept(); n != 0 {
		t.Errorf("%d books of a small store", n)
	}
	grants := func(roles ...access.Role) (out []access.Grant) {
		for _, r := range roles {
			out = append(out, access.Grant{Role: r})
		}
		return out
	}
	reporter := access.Grant{Role: access.Reporter, Actor: 7}
	funding.WithBooks(1, func() {
		for _, test := range []struct {
			grants []access.Grant
			books  int
		}{
			{grants(access.Coordinator), 1}, {grants(access.Member, access.Coordinator, access.Administrator), 1}, {append(grants(access.Coordinator), reporter), 2},
			{append([]access.Grant{reporter}, grants(access.Coordinator)...), 2}, {grants(access.Secretariat), 3}, {append(grants(access.Secretariat), reporter), 3},
			{[]access.Grant{reporter}, 3}, // no more are kept
		} {
			s.must(books.Prepare(access.With(s.ctx, access.SignedIn(1, "Somebody", test.grants))))
			if n := books.Kept(); n != test.books {
				t.Errorf("%d books after %v, not %d", n, test.grants, test.books)
			}
		}
	})
	for what, ctx := range map[string]context.Context{
		"the program": s.ctx, "a visitor": access.With(s.ctx, access.Anonymous()), "a member": access.With(s.ctx, access.SignedIn(1, "Member", grants(access.Member))),
	} {
		fresh := funding.NewBooks(s.c, time.Now)
		funding.WithBooks(1, func() { s.must(fresh.Prepare(ctx)) })
		if fresh.Kept() != 0 {
			t.Errorf("a book is kept for %s", what)
		}
	}
}

// A transaction reads what it has written, which nobody else sees.
func TestATransactionIsNotAnsweredFromABook(t *testing.T) {
	s, books := library(t, testdb.Store(t, dialect.SQLite))
	funding.WithBooks(1, func() {
		s.want(books, "300")
		s.make(func() {
			s.line(50, 0, []term.ID{s.activity("four", term.Public, nil)}, nil)
			if got, err := s.total(s.ctx, books); err != nil || got != "350" {
				t.Errorf("%s %v", got, err)
			}
		})
		s.want(books, "350")
	})
}
