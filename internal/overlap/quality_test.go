package overlap

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

type judged struct {
	activities []Activity
	a          map[[2]string]string
	b          map[[2]string]string
	background map[string]bool
	topic      map[string]bool
}

func load(t testing.TB, dir string) judged {
	j := judged{a: map[[2]string]string{}, b: map[[2]string]string{}, background: map[string]bool{}, topic: map[string]bool{}}
	file, err := os.Open(dir + "/activities.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for a, err := range ReadList(file, "activities.jsonl") {
		if err != nil {
			t.Log(err)
			continue
		}
		j.activities = append(j.activities, a)
	}
	each(t, dir+"/latent.jsonl", func(s string) {
		var l struct {
			ID    string
			BG    bool
			Topic any
		}
		if err := json.Unmarshal([]byte(s), &l); err != nil {
			t.Fatal(err)
		}
		j.background[l.ID] = l.BG
		j.topic[l.ID] = l.Topic != nil && l.Topic != false && l.Topic != ""
	})
	for name, into := range map[string]map[[2]string]string{"A": j.a, "B": j.b} {
		if _, err := os.Stat(dir + "/pairs_" + name + ".tsv"); err == nil {
			each(t, dir+"/pairs_"+name+".tsv", func(s string) {
				c := strings.Split(s, "\t")
				into[ordered(c[0], c[1])] = c[2]
			})
		}
	}
	return j
}

func ordered(a, b string) [2]string {
	if a > b {
		a, b = b, a
	}
	return [2]string{a, b}
}

func each(t testing.TB, name string, f func(string)) {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		f(in.Text())
	}
}

func labelOf(l string) outcome {
	switch l {
	case "same":
		return same
	case "phase":
		return nextPhase
	case "sibling":
		return sister
	case "series":
		return series
	case "twin":
		return twin
	}
	return unrelated
}

// candidatePair is a candidate of a scan with its levels.
type candidatePair struct {
	pair [2]string
	i, j int32
	v    verdict
}

// everyCandidate gives all pairs that are compared in a scan, whatever their score.
func (x *Index) everyCandidate() []candidatePair {
	pieces := workers()
	outs := make([][]candidatePair, pieces)
	inPieces(len(x.records), pieces, func(p, from, to int) {
		d := x.newDesk()
		for i := from; i < to; i++ {
			for _, f := range x.candidates(d, &x.records[i], int32(i), true) {
				v := x.judge(&x.records[i], &x.records[f.doc], 0)
				v.t.shared = nil
				outs[p] = append(outs[p], candidatePair{ordered(x.records[i].id, x.records[f.doc].id), int32(i), f.doc, v})
			}
		}
	})
	return slices.Concat(outs...)
}

func scoresOf(pairs []candidatePair) (a, b []scored) {
	for i := range pairs {
		a = append(a, scored{pairs[i].pair, pairs[i].v.odds[same]})
		b = append(b, scored{pairs[i].pair, pairs[i].v.assist})
	}
	return a, b
}

func labelled(t testing.TB) judged {
	dir := os.Getenv("ADAM_OVERLAP_DATA")
	if dir == "" {
		t.Skip("ADAM_OVERLAP_DATA names no folder with labelled activities; there is nothing to judge on.")
	}
	return load(t, dir)
}

// TestQuality prints the figures of the shipped weights on the labelled list that ADAM_OVERLAP_DATA names: as it is, told
// harshly, and in letters that no dictionary knows.
func TestQuality(t *testing.T) {
	j := labelled(t)
	for _, name := range []string{"plain", "harsh", "cipher", "cipher harsh"} {
		opt := Options{}
		if name != "plain" {
			opt.Rates = rates
		}
		x := New(variant(j.activities, name), opt)
		pairs := x.everyCandidate()
		a, b := scoresOf(pairs)
		fa := j.judge("A", a)
		t.Logf("%s, A: %v", name, fa)
		if len(j.b) > 0 {
			t.Logf("%s, B: %v", name, j.judge("B", b))
		}
		if name == "plain" {
			if len(j.b) > 0 && (fa.f1 < 0.72 || fa.ap < 0.77 || fa.r5 < 0.95 || fa.recall < 0.97) {
				t.Error("the quality of A is below what issue 7 asks for")
			}
			t.Log("titles in two languages: ", j.acrossLanguages(a))
			j.learning(t, x, pairs)
		}
	}
}

// learning reports how decisions move the figures: five hundred pairs that the queue would show, decided, then the rest
// judged.
func (j judged) learning(t *testing.T, x *Index, pairs []candidatePair) {
	of := map[string]Activity{}
	for _, a := range j.activities {
		of[a.ID] = a
	}
	queue := slices.Clone(pairs)
	slices.SortFunc(queue, func(a, b candidatePair) int { return strings.Compare(mixed(a.pair), mixed(b.pair)) })
	var decisions []Decision
	decided := map[[2]string]bool{}
	for _, p := range queue {
		if p.v.odds[same] < 0.15 || j.background[p.pair[0]] && j.background[p.pair[1]] || len(decisions) == 500 {
			continue
		}
		d := Decision{A: of[p.pair[0]], B: of[p.pair[1]], Verdict: term.OverlapDistinct}
		switch l := j.a[p.pair]; l {
		case "same":
			d.Verdict = "SAME_ACTIVITY"
		case "phase", "series", "twin":
			d.Verdict, d.Relation = "RELATED", l
		case "sibling":
			d.Verdict, d.Relation = "RELATED", "sister"
		default:
			if j.b[p.pair] != "" {
				d.Verdict = "OVERLAPPING_ASSISTANCE"
			}
		}
		decisions, decided[p.pair] = append(decisions, d), true
	}
	rest := judged{a: map[[2]string]string{}, b: j.b, background: j.background, topic: j.topic}
	for k, l := range j.a {
		if !decided[k] {
			rest.a[k] = l
		}
	}
	m := x.Learn(decisions)
	var before, after []scored
	for i := range pairs {
		if p := &pairs[i]; !decided[p.pair] {
			before = append(before, scored{p.pair, p.v.odds[same]})
			after = append(after, scored{p.pair, m.outcomeOdds(&p.v.g)[same]})
		}
	}
	fb, fa := rest.judge("A", before), rest.judge("A", after)
	t.Logf("A without the decided pairs, shipped weights: %v", fb)
	t.Logf("A without the decided pairs, after %d decisions: %v", len(decisions), fa)
	if len(j.b) > 0 && fa.f1 < 0.74 {
		t.Error("after decisions the quality of A is below what issue 7 asks for")
	}
}

// mixed orders pairs in a way that has nothing to do with them.
func mixed(p [2]string) string { return fmt.Sprintf("%08x", uint32(code32(p[0]+" "+p[1]))) }

var languageMarks = map[string][]string{
	"en": {"of", "for", "the", "and", "on", "training", "to", "in", "support", "with"},
	"fr": {"des", "la", "les", "du", "et", "pour", "matiere", "sur", "aux", "appui", "formation"},
	"es": {"los", "las", "el", "del", "para", "y", "apoyo", "capacitacion", "en", "con", "fortalecimiento"},
}

func languageOf(title string) string {
	best, most := "", 0
	for _, lang := range []string{"en", "es", "fr"} {
		n := 0
		for _, w := range split(fold(title)) {
			if slices.Contains(languageMarks[lang], w) {
				n++
			}
		}
		if n > most {
			best, most = lang, n
		}
	}
	return best
}

// acrossLanguages gives the share of double reports in two languages that stand among the first five of both.
func (j judged) acrossLanguages(pairs []scored) string {
	of, title := map[string][]scored{}, map[string]string{}
	for _, a := range j.activities {
		title[a.ID] = languageOf(a.Title)
	}
	for _, s := range pairs {
		of[s.pair[0]], of[s.pair[1]] = append(of[s.pair[0]], s), append(of[s.pair[1]], s)
	}
	n, hit := 0, 0
	for k, l := range j.a {
		if l != "same" || title[k[0]] == "" || title[k[1]] == "" || title[k[0]] == title[k[1]] {
			continue
		}
		for _, id := range k {
			n++
			best := of[id]
			slices.SortFunc(best, func(a, b scored) int {
				if a.s != b.s {
					return int(math.Copysign(1, b.s-a.s))
				}
				return strings.Compare(mixed(a.pair), mixed(b.pair))
			})
			for _, s := range best[:min(5, len(best))] {
				if s.pair == k {
					hit++
				}
			}
		}
	}
	return fmt.Sprintf("recall@5 %.3f of %d", float64(hit)/float64(max(n, 1)), n)
}

// TestCandidatesAmongAHundredThousand prints which share of double reports is compared at all where the labelled list is a
// small part of a large catalogue.
func TestCandidatesAmongAHundredThousand(t *testing.T) {
	j := labelled(t)
	of := map[string]bool{}
	for _, a := range j.activities {
		of[a.ID] = true
	}
	x := Collect(func(yield func(Activity) bool) {
		for _, a := range j.activities {
			if !yield(a) {
				return
			}
		}
		generated(100_000 - len(j.activities))(yield)
	}, Options{})
	var among []candidatePair
	for _, p := range x.everyCandidate() {
		if of[p.pair[0]] && of[p.pair[1]] {
			among = append(among, p)
		}
	}
	a, b := scoresOf(among)
	t.Logf("among %d, A: %v", x.Len(), j.judge("A", a))
	if len(j.b) > 0 {
		t.Logf("among %d, B: %v", x.Len(), j.judge("B", b))
	}
}
