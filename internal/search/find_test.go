package search_test

import (
	"context"
	_ "embed"
	"html"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"adam/ent"
	"adam/ent/migrate"
	"adam/ent/record"
	"adam/internal/search"
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

func (l *loaded) find(t *testing.T, text string, p search.Page, kinds ...term.RecordKind) *search.Hits {
	t.Helper()
	hits, err := search.Find(testdb.Context(t), l.Client, text, kinds, p)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return hits
}

// name says which record a hit is.
func (l *loaded) name(h *search.Hit) string { return l.names[h.Cursor.ID] }

//go:embed testdata/searches.txt
var searchesFile string

type expected struct{ text, first string }

// searches are what people type and the record that they expect first.
var searches = func() (out []expected) {
	for line := range strings.Lines(searchesFile) {
		if text, first, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			out = append(out, expected{text, first})
		}
	}
	return out
}()

func TestTheFirstHitIsTheRecordThatPeopleExpect(t *testing.T) {
	onEach(t, func(t *testing.T, l *loaded) {
		for _, s := range searches {
			hits := l.find(t, s.text, search.Page{First: ptr(5)})
			if len(hits.Edges) == 0 {
				t.Errorf("%q finds nothing, want %s", s.text, s.first)
			} else if got := l.name(hits.Edges[0]); got != s.first {
				t.Errorf("%q of %d: want %s", s.text, hits.TotalCount, s.first)
				for _, h := range hits.Edges {
					t.Logf("  %.6f %s", h.Score, l.name(h))
				}
			}
		}
	})
}

func TestBothEnginesGiveTheSameHitsInTheSameOrder(t *testing.T) {
	lite, postgres := on(t, dialect.SQLite), on(t, dialect.Postgres)
	texts := append(generated(t, lite), pick(searches, func(s expected) string { return s.text })...)
	found := 0
	for _, text := range texts {
		p := search.Page{First: ptr(100)}
		a, b := lite.find(t, text, p), postgres.find(t, text, p)
		same := func(x, y *search.Hit) bool {
			return x.Cursor.ID == y.Cursor.ID && x.Score == y.Score && x.Highlight == y.Highlight
		}
		if a.TotalCount != b.TotalCount || !slices.EqualFunc(a.Edges, b.Edges, same) {
			t.Errorf("%q: %d hits on SQLite, %d on PostgreSQL, or not the same", text, a.TotalCount, b.TotalCount)
		}
		if a.TotalCount > 0 {
			found++
		}
	}
	if found*10 < len(texts)*8 {
		t.Errorf("%d of %d queries find anything: too few to compare", found, len(texts))
	}
}

// generated draws 200 queries from the texts of the records: words, pairs of words, beginnings and misspelt words.
func generated(t *testing.T, l *loaded) []string {
	t.Helper()
	records, err := l.Client.Record.Query().Order(ent.Asc(record.FieldID)).All(testdb.Context(t))
	if err != nil {
		t.Fatal(err)
	}
	texts := pick(records, func(r *ent.Record) string { return r.Title + " " + r.Names + " " + r.Body })
	r := rand.New(rand.NewPCG(20, 26))
	out := make([]string, 200)
	for i := range out {
		words := strings.FieldsFunc(texts[r.IntN(len(texts))], func(c rune) bool { return !unicode.In(c, unicode.L, unicode.M, unicode.N) })
		word := []rune(words[r.IntN(len(words))])
		at := r.IntN(len(word))
		switch i % 4 {
		case 1:
			out[i] = words[r.IntN(len(words))] + " "
		case 2:
			word = word[:at+1]
		case 3:
			word = misspelt(r.IntN(3), word, at)
		}
		out[i] += string(word)
	}
	return out
}

// misspelt doubles a letter, swaps it with its neighbour or replaces it.
func misspelt(how int, word []rune, at int) []rune {
	word = slices.Clone(word)
	switch {
	case how == 0:
		return slices.Insert(word, at, word[at])
	case how == 1 && at > 0:
		word[at], word[at-1] = word[at-1], word[at]
	default:
		word[at] = 'e'
	}
	return word
}

func TestPagesForwardAndBackwardGiveEveryHitOnce(t *testing.T) {
	onEach(t, func(t *testing.T, l *loaded) {
		forward := l.all(t, "trafficking", 60)
		backward := []string{}
		for p := (search.Page{Last: ptr(60)}); ; {
			hits := l.find(t, "trafficking", p)
			backward = append(l.namesOf(hits), backward...)
			if !hits.PageInfo.HasPreviousPage {
				break
			}
			p.Before = hits.PageInfo.StartCursor
		}
		if !slices.Equal(forward, backward) {
			t.Errorf("forward %d hits, backward %d, or in another order", len(forward), len(backward))
		}
		if once := slices.Compact(slices.Sorted(slices.Values(forward))); len(once) != len(forward) {
			t.Errorf("%d hits, %d different", len(forward), len(once))
		}
	})
}

// all pages through all hits and compares their number with the total.
func (l *loaded) all(t *testing.T, text string, size int, kinds ...term.RecordKind) []string {
	t.Helper()
	out := []string{}
	for p := (search.Page{First: ptr(size)}); ; {
		hits := l.find(t, text, p, kinds...)
		out = append(out, l.namesOf(hits)...)
		if p.After = hits.PageInfo.EndCursor; hits.PageInfo.HasNextPage {
			continue
		}
		if len(out) != hits.TotalCount {
			t.Errorf("%q %v: %d hits on all pages, %d in total", text, kinds, len(out), hits.TotalCount)
		}
		return out
	}
}

func (l *loaded) namesOf(hits *search.Hits) []string { return pick(hits.Edges, l.name) }

func TestKindsKeepTheOrderAndLeaveOutTheOthers(t *testing.T) {
	onEach(t, func(t *testing.T, l *loaded) {
		every := l.all(t, "migration", 100)
		for _, v := range term.RecordKind("").Values() {
			kinds := []term.RecordKind{term.RecordKind(v), term.RecordLaw}
			want := slices.DeleteFunc(slices.Clone(every), func(name string) bool {
				kind, _, _ := strings.Cut(name, " ")
				return !slices.Contains(kinds, term.RecordKind(kind))
			})
			if got := l.all(t, "migration", 100, kinds...); !slices.Equal(got, want) {
				t.Errorf("%v: %d hits, want %d", kinds, len(got), len(want))
			}
		}
		if got := l.all(t, "migration", 100, []term.RecordKind{}...); !slices.Equal(got, every) {
			t.Error("an empty list of kinds narrows the hits")
		}
	})
}

func TestHighlightsAreEscapedAndTheirMarksBalanced(t *testing.T) {
	l := on(t, dialect.SQLite)
	marked := 0
	for _, s := range searches {
		for _, h := range l.find(t, s.text, search.Page{First: ptr(100)}).Edges {
			var plain strings.Builder
			for i, part := range strings.Split(h.Highlight, "<mark>") {
				in, out, ended := strings.Cut(part, "</mark>")
				if ended != (i > 0) || ended && in == "" {
					t.Errorf("%q, %s: marks of %q", s.text, l.name(h), h.Highlight)
				}
				marked += min(i, 1)
				plain.WriteString(in + out)
			}
			if p := plain.String(); html.EscapeString(html.UnescapeString(p)) != p {
				t.Errorf("%q, %s: not escaped: %q", s.text, l.name(h), h.Highlight)
			}
		}
	}
	if marked < len(searches) {
		t.Errorf("%d marks in all highlights: too few", marked)
	}
}
