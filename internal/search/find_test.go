package search_test

import (
	_ "embed"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"adam/ent"
	"adam/ent/record"
	"adam/internal/search"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func (l *loaded) find(t *testing.T, text string, p search.Page, kinds ...term.RecordKind) *search.Hits {
	t.Helper()
	hits, err := search.Find(testdb.Context(t), l.Client, text, search.Within{Kinds: kinds}, p)
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
