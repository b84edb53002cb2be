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

func TestVariants(t *testing.T) {
	for token, want := range map[string][]string{
		"tipp":     {"tipp", "ipp", "tpp", "tip"},
		"malé":     {"malé", "alé", "mlé", "maé", "mal"},
		"tip":      nil,
		"2008":     nil,
		"370a":     {"370a", "70a", "30a", "37a", "370"},
		"นุษย์":    nil,
		"a\xffbcd": nil,
	} {
		if got := Variants(token); !slices.Equal(got, want) {
			t.Errorf("Variants(%q) = %q", token, got)
		}
	}
}

// Whatever is one error away shares a variant, so that a lookup by variants misses no candidate.
func TestTokensWithinOneErrorShareAVariant(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("abcdeé")
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
		if !slices.ContainsFunc(Variants(x), func(v string) bool { return slices.Contains(Variants(y), v) }) {
			t.Fatalf("%q and %q share no variant", x, y)
		}
	}
}

// vocabulary answers as the table of variants would.
type vocabulary map[string][]string

func newVocabulary(docs ...Document) vocabulary {
	v := vocabulary{}
	for _, doc := range docs {
		for _, term := range doc.Vocabulary() {
			for _, variant := range Variants(term) {
				v[variant] = append(v[variant], term)
			}
		}
	}
	return v
}

func (v vocabulary) near(variants []string) ([]string, error) {
	var terms []string
	for _, variant := range variants {
		terms = append(terms, v[variant]...)
	}
	return terms, nil
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
		corrected, err := q.Correct(func(q Query) (bool, error) { return found(q, docs), nil }, newVocabulary(docs...).near)
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
	near := func([]string) ([]string, error) {
		return []string{"migrants", "migrent", "migrant", "migrant", `mig"rent`, "mig rent", "migrxnt", "migraent"}, nil
	}
	got, err := q.Correct(none, near)
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

func TestVocabularyHoldsWordsOnly(t *testing.T) {
	doc := NewDocument("k-2008", "UN-ACTION, trafficking", []string{"การค้ามนุษย์"}, "trafficking in 2008")
	if got := strings.Join(doc.Vocabulary(), " "); got != "action k2008 trafficking unaction" {
		t.Error(got)
	}
}
