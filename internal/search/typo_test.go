package search

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestWithinOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"trafficing", "trafficking", true}, // insertion
		{"traffficking", "trafficking", true},
		{"trafficking", "traffickung", true},
		{"migrnat", "migrant", true}, // exchange of neighbours
		{"migrant", "migrant", true},
		{"imgrant", "migrant", true},
		{"migratn", "migrant", true},
		{"migrnat", "migrants", false},
		{"ca", "abc", false},
		{"abcd", "badc", false},
		{"nguoi", "nguơi", true},
		{"", "a", true},
		{"", "ab", false},
		{"abc", "cba", false},
	} {
		if WithinOne(c.a, c.b) != c.want || WithinOne(c.b, c.a) != c.want {
			t.Errorf("WithinOne(%q, %q) is not %v", c.a, c.b, c.want)
		}
	}
}

func TestEditsOfWordsOnly(t *testing.T) {
	for _, token := range []string{"tip", "2008", "นุษย์", "a\xffbcd"} {
		if got := Edits(token); got != nil {
			t.Errorf("Edits(%q) = %q", token, got)
		}
	}
	for token, some := range map[string][]string{
		"trafficing": {"trafficking", "traficing"}, "migrnat": {"migrant"}, "малые": {"малый", "мале"}, "قانن": {"قانون"},
	} {
		got := Edits(token)
		for _, want := range some {
			if correctable(want) && !slices.Contains(got, want) {
				t.Errorf("Edits(%q) lacks %q", token, want)
			}
		}
	}
}

// Whatever is one error away is among the edits, so that asking the index for them misses no candidate.
func TestTokensWithinOneErrorAreEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("abcdef")
	for range 20_000 {
		a := make([]rune, 4+random.IntN(4))
		for i := range a {
			a[i] = letters[random.IntN(len(letters))]
		}
		b := slices.Clone(a)
		switch at := random.IntN(len(b) - 1); random.IntN(3) {
		case 0:
			b = slices.Insert(b, at, letters[random.IntN(len(letters))])
		case 1:
			b[at] = letters[random.IntN(len(letters))]
		case 2:
			b[at], b[at+1] = b[at+1], b[at]
		}
		x, y := string(a), string(b)
		if !WithinOne(x, y) {
			t.Fatalf("%q and %q are one error apart", x, y)
		}
		if x != y && !slices.Contains(Edits(x), y) {
			t.Fatalf("%q is no edit of %q", y, x)
		}
	}
}

// vocabulary answers as the text index would.
type vocabulary map[string]bool

func newVocabulary(docs ...Document) vocabulary {
	v := vocabulary{}
	for _, doc := range docs {
		for _, column := range doc {
			for token := range strings.SplitSeq(column, " ") {
				v[token] = true
			}
		}
	}
	return v
}

func (v vocabulary) known(tokens []string) ([]string, error) {
	var out []string
	for _, token := range tokens {
		if v[token] {
			out = append(out, token)
		}
	}
	return out, nil
}

func TestWordsWithoutAHitAreCorrected(t *testing.T) {
	docs := []Document{
		NewDocument("un-act", "Counter-Trafficking of Migrants", []string{"UN-ACT"}, "shelters for a migrant and the migrant's child"),
		NewDocument("x", "Border guard", nil, "training smugglers trafficking"),
	}
	for text, want := range map[string]string{
		"trafficing":         `"trafficking"`,
		"trafficking":        `"trafficking"*`,
		"migrnat trafficing": `"migrant" AND "trafficking"`,
		"bordr gaurd":        `"border" AND "guard"`,
		"bord trainng":       `"bord"* AND "training"`, // what finds by its beginning is not corrected
		"smugler":            `"smugler"*`,             // two away from smugglers
		"tpi":                `"tpi"*`,
		"2009":               `"2009"`,
		"counter-traficking": `(("counter"* AND "trafficking") OR "countertrafficking")`,
		"shletre":            `"shletre"*`,
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		before := q.FTS5()
		corrected, err := q.Correct(func(q Query) (bool, error) { return found(q, docs), nil }, newVocabulary(docs...).known)
		if err != nil || corrected.FTS5() != want {
			t.Errorf("%q: got %s (%v), want %s", text, corrected.FTS5(), err, want)
		}
		if q.FTS5() != before {
			t.Errorf("%q: Correct changed its receiver to %s", text, q.FTS5())
		}
	}
}

func TestAllCandidatesAreTaken(t *testing.T) {
	q, _ := Parse("migrent")
	none := func(Query) (bool, error) { return false, nil }
	known := func([]string) ([]string, error) {
		return []string{"migrants", "migrent", "migrant", "migrant", `mig"rent`, "mig rent", "migrxnt", "migraent"}, nil
	}
	got, err := q.Correct(none, known)
	if want := `("migraent" OR "migrant" OR "migrxnt")`; err != nil || got.FTS5() != want {
		t.Errorf("got %s (%v), want %s", got.FTS5(), err, want)
	}
}

func TestErrorsOfTheVocabularyAreGivenOn(t *testing.T) {
	q, _ := Parse("migrent")
	broken := errors.New("broken")
	if _, err := q.Correct(func(Query) (bool, error) { return false, broken }, nil); !errors.Is(err, broken) {
		t.Error(err)
	}
	none := func(Query) (bool, error) { return false, nil }
	if _, err := q.Correct(none, func([]string) ([]string, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
}
