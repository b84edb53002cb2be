package overlap

import (
	"testing"
	"unicode/utf8"

	"adam/internal/term"
)

func FuzzAnyTextIsComparedAndExplained(f *testing.F) {
	f.Add("Training of judges, phase II (FY08)", "Formation des juges", "2014-03", "THA", "IOM (OIM)")
	f.Add("การฝึกอบรมผู้พิพากษา 2013", "\xff\xfe", "2014-13-45", "", "Embassy of")
	f.Add("AB CDEF GHI JKL", "ACGJ", "9999", "🏴", "((")
	x := New(corpusOf(120), Options{})
	f.Fuzz(func(t *testing.T, title, other, date, state, org string) {
		a := Activity{ID: "a", Title: title, Summary: other, Start: term.PartialDate(date), States: []string{state}, Donors: []string{org}, Money: []Money{{Currency: "USD", Amount: term.Amount(len(title))}}}
		b := Activity{ID: "b", Title: other, Summary: title, End: term.PartialDate(date), States: []string{state, org}, Implementers: []string{org}, Themes: []string{other}}
		for _, kind := range []term.OverlapKind{term.OverlapSameActivity, term.OverlapAssistance} {
			e := x.Explain(a, b, kind)
			if !(e.Score >= 0 && e.Score <= 1) {
				t.Errorf("the score is %v", e.Score)
			}
			for _, v := range e.Evidence {
				if utf8.ValidString(title) && utf8.ValidString(other) && utf8.ValidString(state) && utf8.ValidString(org) && utf8.ValidString(date) && (!utf8.ValidString(v.Left) || !utf8.ValidString(v.Sentence)) {
					t.Errorf("valid texts became %q, %q", v.Left, v.Sentence)
				}
			}
		}
		x.Find(a, 3)
	})
}
