package search

import (
	"slices"
	"testing"
)

func TestBetterRecordsComeFirst(t *testing.T) {
	type docs = []Document // best first
	for text, ranked := range map[string]docs{
		"un act": {
			NewDocument("un-act", "United Nations Action for Cooperation", []string{"UN-ACT"}),
			NewDocument("x", "Support to UN-ACT", nil),
			NewDocument("x", "Support to the project", []string{"Friends of UN-ACT"}),
			NewDocument("x", "United action", nil),
			NewDocument("x", "Support to the project", nil, "with UN-ACT"),
			NewDocument("x", "Support to the project", nil, "under the activities"),
		},
		"smuggling of migrants": {
			NewDocument("x", "Smuggling of migrants", nil),
			NewDocument("x", "Smuggling of Migrants in Asia", nil),
			NewDocument("x", "Law on Smuggling of Migrants", nil),
			NewDocument("x", "Law on Smuggling of Migrants by Sea", nil),
			NewDocument("x", "Smuggling of weapons and of migrants", nil),
			NewDocument("x", "Migrants and smuggling in the region of the sea", nil),
			NewDocument("x", "Act", []string{"Smuggling of Migrants Act"}),
			NewDocument("x", "Smuggling of women", nil, "and of migrants"),
			NewDocument("x", "Act", nil, "on smuggling of migrants"),
			NewDocument("x", "Act", nil, "on migrants; no smuggling"),
		},
		"traffick": {
			NewDocument("x", "Anti-Trafficking Act", nil),
			NewDocument("x", "Act", nil, "traffick"),
			NewDocument("x", "Act", nil, "trafficking"),
		},
		"viet nam": {
			NewDocument("state-vnm", "Viet Nam", []string{"VNM"}),
			NewDocument("x", "Việt Nam border project", nil),
			NewDocument("x", "Border project in Viet Nam", nil),
			NewDocument("x", "Border project", nil, "Viet Nam"),
		},
		"ค้ามนุษย์": {
			NewDocument("x", "การค้ามนุษย์", nil),
			NewDocument("x", "Act", []string{"พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์"}),
			NewDocument("x", "Act", nil, "การค้ามนุษย์"),
			NewDocument("x", "Act", nil, "ค้า ษย์ มนุ นุษ ามษ ค้าม"),
		},
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		last := 2.0
		for i, doc := range ranked {
			score := Score(q, doc)
			if score <= 0 || score > 1 || score >= last {
				t.Errorf("%q: record %d %q scores %v after %v", text, i, doc, score, last)
			}
			last = score
		}
	}
}

func TestExactIsBetterThanBegunIsBetterThanCorrected(t *testing.T) {
	typed, _ := Parse("migrant")
	mistyped, _ := Parse("migrnat")
	corrected, err := mistyped.Correct(func(Query) (bool, error) { return false, nil },
		func([]string) ([]string, error) { return []string{"migrant"}, nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []func(string) Document{
		func(s string) Document { return NewDocument("k", s+" act", nil) },
		func(s string) Document { return NewDocument("k", "x", []string{s + " act"}) },
		func(s string) Document { return NewDocument("k", "x", nil, s+" act") },
	} {
		scores := []float64{Score(corrected, f("migrant")), Score(typed, f("migrants")), Score(typed, f("migrant"))}
		if !slices.IsSorted(scores) || scores[0] == 0 || scores[0] == scores[1] || scores[1] == scores[2] {
			t.Errorf("%v", scores)
		}
	}
}

func TestKeyAndAcronymAreMetHoweverTheyAreWritten(t *testing.T) {
	doc := NewDocument("un-act", "United Nations Action for Cooperation against Trafficking in Persons", []string{"UN-ACT", "UNIAP"})
	for _, text := range []string{"UN-ACT", "unact", "un act", "U.N. Act", "uniap", "Un_Act"} {
		q, err := Parse(text)
		if err != nil || Score(q, doc) < 0.99 {
			t.Errorf("%q scores %v (%v)", text, Score(q, doc), err)
		}
	}
	if q, _ := Parse("unactuniap"); Score(q, doc) > 0 {
		t.Error("two names are not one")
	}
}

func TestARecordWithoutTheWordsScoresNothing(t *testing.T) {
	q, _ := Parse("smuggling")
	if got := Score(q, NewDocument("x", "Trafficking", nil, "presmuggling")); got != 0 {
		t.Error(got)
	}
	if got := Score(q, Document{}); got != 0 {
		t.Error(got)
	}
}

// Both databases look for each token in any field.
func TestACompoundSpreadOverFieldsScoresLast(t *testing.T) {
	for _, text := range []string{"un-act", "人口贩"} {
		q, _ := Parse(text)
		spread := Score(q, NewDocument("k", "un 人口", nil, "act 口贩"))
		together := Score(q, NewDocument("k", "x x x x x x", nil, "un act 人口贩"))
		if !matches(q, NewDocument("k", "un 人口", nil, "act 口贩")) || spread <= 0 || spread >= together {
			t.Errorf("%q: %v, together %v", text, spread, together)
		}
	}
}

func BenchmarkScore(b *testing.B) {
	q, _ := Parse("people smuggling viet nam")
	var body string
	for _, text := range corpus() {
		body += text + ". "
	}
	for name, doc := range map[string]Document{
		"title": NewDocument("k", "People smuggling: law and practice in Viet Nam", nil, body),
		"body":  NewDocument("k", "Border management programme", []string{"BMP"}, body+" people smuggling viet nam"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Score(q, doc)
			}
		})
	}
}
