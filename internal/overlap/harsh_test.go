package overlap

import (
	"math/rand/v2"
	"strings"

	"adam/internal/term"
)

// cipher writes words in letters that no dictionary knows.
func cipher(s string) string {
	return strings.Map(func(r rune) rune {
		const from, to = "bcdfghjklmnpqrstvwxzaeiou", "cdfghjklmnpqrstvwxzbeioua"
		if i := strings.IndexRune(from, r); i >= 0 {
			return rune(to[i])
		}
		if i := strings.IndexRune(strings.ToUpper(from), r); i >= 0 {
			return rune(strings.ToUpper(to)[i])
		}
		return r
	}, s)
}

// translated says a title in other words of the dictionary.
func translated(title string, rng *rand.Rand) string {
	var out []string
	lines := strings.Split(dictionaryTSV, "\n")
	lex := dictionary()
	col := rng.IntN(1000)
	for _, s := range lex.senses(tokens(title)) {
		if name, ok := strings.CutPrefix(s.key, "§"); ok {
			for _, l := range lines {
				if c := strings.Split(l, "\t"); len(c) == 3 && c[0] == name {
					p := strings.Split(c[2], "|")
					out = append(out, p[col*len(p)/1000])
				}
			}
		} else {
			out = append(out, s.text)
		}
	}
	return strings.Join(out, " ")
}

// harsh reports an activity as a careless reporter would: dates, donors, sums and summaries left out, the title translated,
// shortened, abbreviated or misspelt.
func harsh(a Activity, rng *rand.Rand) Activity {
	p := func(x float64) bool { return rng.Float64() < x }
	if p(.3) {
		a.End = ""
	}
	if p(.05) {
		a.States = nil
	}
	switch {
	case p(.1):
		a.Start = ""
	case p(.3) && len(a.Start) > 4:
		a.Start = a.Start[:4]
	case p(.2) && len(a.Start) > 7:
		a.Start = a.Start[:7]
	}
	if p(.2) {
		a.Donors = nil
	}
	if p(.3) {
		a.Implementers = nil
	}
	if p(.4) {
		a.Themes = nil
	}
	if p(.4) {
		a.Summary = ""
	}
	if p(.2) {
		a.Money = nil
	} else if p(.2) {
		m := append([]Money(nil), a.Money...)
		for i := range m {
			if m[i].Currency == "USD" {
				m[i].Currency, m[i].Amount = "EUR", term.Amount(float64(m[i].Amount)*.9)
			}
		}
		a.Money = m
	}
	if p(.15) {
		a.Title = translated(a.Title, rng)
	}
	w := strings.Fields(a.Title)
	switch {
	case p(.12):
		for i := range w {
			if len(w[i]) > 6 && p(.6) {
				w[i] = clip(w[i], 3+rng.IntN(2)) + "."
			}
		}
		a.Title = strings.Join(w, " ")
	case p(.12):
		a.Title = clip(a.Title, 22+rng.IntN(15))
	case p(.12) && len(w) > 4:
		i := rng.IntN(len(w))
		a.Title = strings.Join(append(append([]string(nil), w[:i]...), w[i+1:]...), " ")
	case p(.1):
		b := []byte(a.Title)
		for range 2 {
			if len(b) > 3 {
				i := 1 + rng.IntN(len(b)-2)
				b[i] = byte('a' + rng.IntN(26))
			}
		}
		a.Title = string(b)
	}
	return a
}

// variant is a list told harshly, in letters that no dictionary knows, or both.
func variant(all []Activity, name string) []Activity {
	out := make([]Activity, len(all))
	rng := rand.New(rand.NewPCG(5, 5))
	for i, a := range all {
		if strings.Contains(name, "harsh") {
			a = harsh(a, rng)
		}
		if strings.Contains(name, "cipher") {
			a.Title, a.Summary = cipher(a.Title), cipher(a.Summary)
			a.Themes = append([]string(nil), a.Themes...)
			for k := range a.Themes {
				a.Themes[k] = cipher(a.Themes[k])
			}
		}
		out[i] = a
	}
	return out
}

// rates are round figures, good enough to judge with.
func rates(c term.Currency, year int) (Rate, bool) {
	r, ok := map[term.Currency]float64{"EUR": .9, "GBP": .75, "CHF": .95, "CAD": 1.3, "NOK": 8, "SEK": 9}[c]
	return Rate{PerDollar: r}, ok
}
