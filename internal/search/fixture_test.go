package search_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"adam/ent"
	"adam/ent/migrate"
	"adam/ent/record"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

// shippedFiles is the shipped data, which no test may change.
var shippedFiles = sync.OnceValues(func() (*seed.Files, error) { return seed.Check(seed.Read(seed.Shipped())) })

// loaded is a store with the shipped data, which no test may change either.
type loaded struct {
	*store.Store
	names   map[term.ID]string // "LAW tha-atipa-2008"
	missing error              // why there is no such database
}

var shipped = map[string]func() (*loaded, error){
	dialect.SQLite:   sync.OnceValues(func() (*loaded, error) { return load(dialect.SQLite) }),
	dialect.Postgres: sync.OnceValues(func() (*loaded, error) { return load(dialect.Postgres) }),
}

var drops []func()

func TestMain(m *testing.M) {
	code := m.Run()
	for _, drop := range drops {
		drop()
	}
	os.Exit(code)
}

func load(d string) (*loaded, error) {
	ctx := context.Background()
	address, drop, err := testdb.Fresh(ctx, d)
	if err != nil {
		return &loaded{missing: err}, nil
	}
	s, err := store.Open(ctx, address)
	if err != nil {
		drop()
		return nil, err
	}
	drops = append(drops, func() { _ = s.Close(); drop() })
	if _, err := migrate.Up(ctx, s.DB, s.Dialect); err != nil {
		return nil, err
	}
	f, err := shippedFiles()
	if err != nil {
		return nil, err
	}
	err = s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error { _, err := seed.Load(ctx, tx, f); return err })
	if err != nil {
		return nil, err
	}
	rows, err := s.Client.Record.Query().Select(record.FieldID, record.FieldKind, record.FieldKey).All(ctx)
	names := make(map[term.ID]string, len(rows))
	for _, r := range rows {
		names[r.ID] = string(r.Kind) + " " + r.Key
	}
	return &loaded{Store: s, names: names}, err
}

// on gives a test the shipped data on an engine. It skips the test, saying so, where there is no PostgreSQL, unless
// ADAM_TEST_REQUIRE names postgres.
func on(t *testing.T, d string) *loaded {
	t.Helper()
	l, err := shipped[d]()
	switch {
	case err != nil:
		t.Fatal(err)
	case l.missing != nil && d == dialect.Postgres && !strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "postgres"):
		t.Skipf("skipped: %v", l.missing)
	case l.missing != nil:
		t.Fatal(l.missing)
	}
	return l
}

func onEach(t *testing.T, test func(*testing.T, *loaded)) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) { test(t, on(t, d)) })
	}
}

func files(t *testing.T) *seed.Files {
	t.Helper()
	f, err := shippedFiles()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func ptr[T any](v T) *T { return &v }

// all is every value of a vocabulary.
func all[V interface {
	~string
	Values() []string
}]() []V {
	return capitals[V](V("").Values()...)
}

// capitals writes words of the files as codes.
func capitals[V ~string](words ...string) []V {
	out := make([]V, len(words))
	for i, w := range words {
		out[i] = V(strings.ToUpper(w))
	}
	return out
}

// known gives the texts that are known.
func known(texts ...*string) (out []string) {
	for _, t := range texts {
		if t != nil {
			out = append(out, *t)
		}
	}
	return out
}

// places gives the names of all States by their codes.
func places(f *seed.Files) map[string]string {
	out := map[string]string{}
	for _, s := range f.States {
		out[s.ISO3] = s.Name
	}
	for _, p := range f.Places {
		out[p.Code] = p.Name
	}
	return out
}

func codes(f *seed.Files) []string { return slices.Sorted(maps.Keys(places(f))) }

// groupsOf are the groups of which a State is a member.
func groupsOf(f *seed.Files, code string) (out []term.Group) {
	for _, s := range f.States {
		for g, member := range map[term.Group]bool{term.GroupBaliProcess: s.BaliProcessMember, term.GroupASEAN: s.ASEANMember, term.GroupSAARC: s.SAARCMember} {
			if s.ISO3 == code && member {
				out = append(out, g)
			}
		}
	}
	for _, m := range f.Memberships {
		if m.Code == code {
			out = append(out, term.Group(m.Group))
		}
	}
	return out
}

// pick gives a text of every item.
func pick[T any](list []T, of func(T) string) []string {
	out := make([]string, len(list))
	for i, item := range list {
		out[i] = of(item)
	}
	return out
}

// flat puts together what the files say of each name.
func flat[V any](f *seed.Files, names []string, of func(*seed.Files, string) []V) (out []V) {
	for _, n := range names {
		out = append(out, of(f, n)...)
	}
	return out
}

// governments gives the government whose money an actor gives.
func governments(f *seed.Files, actor string) []string {
	for _, g := range f.Governments {
		if g.Actor == actor {
			return []string{g.State}
		}
	}
	for _, a := range f.Actors {
		if a.Key == actor && a.Kind == "state_authority" {
			return known(a.Country)
		}
	}
	return nil
}
