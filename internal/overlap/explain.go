package overlap

import (
	"math"
	"slices"
	"strings"

	"adam/internal/term"
)

// Evidence is what one field says for or against a pair.
type Evidence struct {
	Field       string  // as in weights.tsv: "title", "start", "donors" …
	Left, Right string  // the values of both sides, as they were given
	Agreement   string  // the level: "same month", "one only" …
	Weight      float64 // above 0 speaks for the kind, below 0 against it; natural logarithm of odds
	Sentence    string
}

// Explanation is why a pair was judged as it was.
type Explanation struct {
	Kind      term.OverlapKind
	Score     float64
	LookAlike string
	Sentence  string // the whole in one sentence
	Evidence  []Evidence
	Missing   []string // fields that one side or both leave open
	Reasons   []string // why the two were compared at all
	Rates     []string // the rates that money was converted with, and their sources
	Weights   string   // the version of the weights
}

// Explain tells why two activities are judged as they are, as one activity or as overlapping assistance. Left is a, right
// is b.
func (x *Index) Explain(a, b Activity, kind term.OverlapKind) Explanation {
	return x.explain(a, b, kind, nil)
}

// explain tells it by what was compared of them before, where that is known.
func (x *Index) explain(a, b Activity, kind term.OverlapKind, seen *term.PairSeen) Explanation {
	x.mu.RLock()
	defer x.mu.RUnlock()
	ra, rb := x.ready(&a), x.ready(&b)
	v := x.judge(&ra, &rb, everything)
	if seen == nil {
		now, _ := x.saw(&ra, &rb)
		seen = &now
	} else {
		v.g, v.l = levelsOf(seen)
		v.odds, v.assist = x.model.outcomeOdds(&v.g), x.model.assistOdds(&v.l)
	}
	e := Explanation{Kind: kind, LookAlike: v.lookAlike(), Weights: x.model.Version, Reasons: seen.Reasons}
	p := &explainer{x: x, a: &a, b: &b, ra: &ra, rb: &rb, v: &v, seen: seen}
	if kind == term.OverlapAssistance {
		e.Score = round(v.assist)
		e.Evidence, e.Missing = p.assistance()
	} else {
		e.Score = round(v.odds[same])
		e.Evidence, e.Missing = p.sameActivity()
	}
	slices.SortStableFunc(e.Evidence, func(i, j Evidence) int {
		switch x, y := math.Abs(i.Weight), math.Abs(j.Weight); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	e.Rates = p.rates()
	e.Sentence = e.summary()
	return e
}

type explainer struct {
	x      *Index
	a, b   *Activity
	ra, rb *record
	v      *verdict
	seen   *term.PairSeen
}

// rival is what a pair is most likely to be besides one activity: the evidence is weighed between the two.
func (v *verdict) rival() outcome {
	best := unrelated
	for o := nextPhase; o < outcomes; o++ {
		if v.odds[o] > v.odds[best] {
			best = o
		}
	}
	return best
}

func (p *explainer) sameActivity() (out []Evidence, open []string) {
	rival := p.v.rival()
	for f := range fields {
		l := p.v.g[f]
		if l == missing {
			if f != fPart && f != fSpan && f != fIdentifiers {
				open = append(open, fieldNames[f])
			}
			continue
		}
		if levels[f][l] == "none" {
			continue
		}
		left, right := p.values(fieldNames[f])
		out = append(out, Evidence{fieldNames[f], left, right, levels[f][l], hundredth(p.x.model.same[same][f][l] - p.x.model.same[rival][f][l]), p.sentence(fieldNames[f], levels[f][l])})
	}
	return out, open
}

func (p *explainer) assistance() (out []Evidence, open []string) {
	for f := range assists {
		l := p.v.l[f]
		if l == missing {
			open = append(open, assistNames[f])
			continue
		}
		left, right := p.values(assistNames[f])
		out = append(out, Evidence{assistNames[f], left, right, assistLevels[f][l], hundredth(p.x.model.assist[f][l]), p.sentence(assistNames[f], assistLevels[f][l])})
	}
	return out, open
}

func hundredth(w float64) float64 { return math.Round(w*100) / 100 }

// values are what both sides say of a field.
func (p *explainer) values(field string) (left, right string) {
	of := func(a *Activity, r *record) string {
		switch field {
		case "title", "part of title", "rare words", "meaning", "contrast", "phase", "years", "numbers", "topics":
			return clip(a.Title, 300)
		case "summary", "subject":
			if a.Summary == "" {
				return clip(a.Title, 300)
			}
			return clip(a.Summary, 300)
		case "start":
			return string(a.Start)
		case "end":
			return string(a.End)
		case "time", "months":
			return string(a.Start) + " – " + string(a.End)
		case "states":
			return strings.Join(a.States, ", ")
		case "donors":
			return strings.Join(a.Donors, ", ")
		case "implementers":
			return strings.Join(a.Implementers, ", ")
		case "themes":
			return strings.Join(a.Themes, ", ")
		case "money":
			return sums(a.Money)
		case "reporter":
			return a.Reporter
		case "identifiers":
			return strings.Join(append(slices.Clone(a.Identifiers), identifiersIn(a.Title)...), ", ")
		case "people":
			return p.people(r)
		}
		return ""
	}
	return of(p.a, p.ra), of(p.b, p.rb)
}

// sums adds up lines by currency.
func sums(lines []Money) string {
	total := map[term.Currency]term.Amount{}
	var order []term.Currency
	for _, m := range lines {
		if _, ok := total[m.Currency]; !ok {
			order = append(order, m.Currency)
		}
		total[m.Currency] += m.Amount
	}
	parts := make([]string, len(order))
	for i, c := range order {
		parts[i] = total[c].String() + " " + string(c)
	}
	return strings.Join(parts, " + ")
}

// people names whom a text speaks of.
func (p *explainer) people(r *record) string {
	var names []string
	for _, id := range r.list(peopleSenses) {
		names = append(names, p.x.conceptName(id))
	}
	return strings.Join(names, ", ")
}

func (x *Index) conceptName(id int32) string {
	if id >= 0 && int(id) < len(x.corpus.keys) {
		return strings.ReplaceAll(strings.TrimPrefix(x.corpus.keys[id], "§"), "-", " ")
	}
	for i, n := range dictionary().names {
		if dictionary().classes[i] == peopleWord && x.corpus.id("§"+n) == id {
			return strings.ReplaceAll(n, "-", " ")
		}
	}
	return "others"
}

// met tells under which keys two records meet.
func (x *Index) met(a, b *record) why {
	stored := map[uint64]bool{}
	for _, k := range x.corpus.keysOf(b, nil) {
		stored[k.key] = true
	}
	var w why
	for _, k := range x.corpus.probes(a, nil) {
		if stored[k.key] {
			w |= k.why
		}
	}
	return w
}

var whyWords = []struct {
	why  why
	text string
}{
	{byIdentifier, "They name the same identifier."},
	{byWord, "Their titles share a word, in the same State."},
	{byWordAnywhere, "Their titles share a rare word."},
	{bySense, "They speak of the same thing, in the same State."},
	{byStart, "They begin at about the same time, in the same State."},
	{byMoney, "They have about the same money, in the same State."},
	{byParties, "They have the same donor in the same State, and begin in about the same year."},
	{byDonorDay, "They have the same donor and begin on the same day."},
	{bySum, "They have exactly the same sum."},
	{byDirection, "Their texts are about like subjects, in the same State."},
}

func (w why) words() (out []string) {
	for _, r := range whyWords {
		if w&r.why != 0 {
			out = append(out, r.text)
		}
	}
	return out
}

// summary says the whole in one sentence.
func (e *Explanation) summary() string {
	var pro, con []string
	for _, v := range e.Evidence {
		switch {
		case v.Weight >= 0.3 && len(pro) < 3:
			pro = append(pro, said(v))
		case v.Weight <= -0.3 && len(con) < 2:
			con = append(con, said(v))
		}
	}
	what := "the same activity"
	if e.Kind == term.OverlapAssistance {
		what = "overlapping assistance"
	}
	chance := "unlikely to be"
	switch {
	case e.Score >= 0.9:
		chance = "very likely"
	case e.Score >= Likely:
		chance = "likely"
	case e.Score >= 0.2:
		chance = "perhaps"
	}
	s := "The two are " + chance + " " + what + "."
	if len(pro) > 0 {
		s += " For it: " + strings.Join(pro, ", ") + "."
	}
	if len(con) > 0 {
		s += " Against it: " + strings.Join(con, ", ") + "."
	}
	switch l := lookAlikes[e.LookAlike]; {
	case l == "" || e.Kind == term.OverlapAssistance:
	case e.Score >= Likely:
		s += " If they are not, they look like " + l
	default:
		s += " They look like " + l
	}
	return s
}

func said(e Evidence) string { return e.Field + " (" + e.Agreement + ")" }

var lookAlikes = map[string]string{
	"phase":  "two phases of one project.",
	"sister": "sister projects in different States.",
	"series": "one activity held again in another year.",
	"twin":   "the same words used by different organisations.",
}
