package overlap

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

// line is one activity of a list to be judged.
type line struct {
	ID, Title, Description, Start, End      string
	Countries, Themes, Donors, Implementers []string
	Source                                  string
	Budget                                  []struct {
		Donor, Currency string
		Year            int
		Amount          json.Number
	}
}

func (l line) activity() Activity {
	a := Activity{ID: l.ID, Title: l.Title, Summary: l.Description, Start: term.PartialDate(l.Start), End: term.PartialDate(l.End), States: l.Countries, Themes: l.Themes, Donors: l.Donors, Implementers: l.Implementers, Reporter: l.Source}
	for _, b := range l.Budget {
		f, _ := b.Amount.Float64()
		a.Money = append(a.Money, Money{b.Donor, term.Currency(b.Currency), b.Year, term.Amount(f*10000 + 0.5)})
	}
	return a
}

type judged struct {
	activities []Activity
	a          map[[2]string]string
	b          map[[2]string]string
	background map[string]bool
	topic      map[string]bool
}

func load(t testing.TB, dir string) judged {
	j := judged{a: map[[2]string]string{}, b: map[[2]string]string{}, background: map[string]bool{}, topic: map[string]bool{}}
	each(t, dir+"/activities.jsonl", func(s string) {
		var l line
		if err := json.Unmarshal([]byte(s), &l); err != nil {
			t.Fatal(err)
		}
		j.activities = append(j.activities, l.activity())
	})
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

type scored struct {
	pair [2]string
	s    float64
}

type figures struct {
	gold, candidates         int
	recall, f1, p, r, at, ap float64
	r1, r5, r10, recallAt95  float64
	wrong                    map[string]int
}

func (f figures) String() string {
	return fmt.Sprintf("gold %d, candidates %d, candidate recall %.3f | F1 %.3f (P %.3f, R %.3f at %.3f) | AP %.3f | R@1 %.3f R@5 %.3f R@10 %.3f | recall at precision .95: %.3f | wrong %v",
		f.gold, f.candidates, f.recall, f.f1, f.p, f.r, f.at, f.ap, f.r1, f.r5, f.r10, f.recallAt95, f.wrong)
}

// judge computes what eval.py computes.
func (j judged) judge(kind string, pairs []scored) figures {
	gold, ignored := map[[2]string]bool{}, map[[2]string]bool{}
	for k, l := range j.a {
		if kind == "A" && l == "same" {
			gold[k] = true
		}
		if kind == "B" && l == "same" {
			ignored[k] = true
		}
	}
	for k, l := range j.b {
		if kind == "B" && l == "2" {
			gold[k] = true
		}
		if kind == "B" && l == "1" {
			ignored[k] = true
		}
	}
	var kept []scored
	for _, s := range pairs {
		if ignored[s.pair] || j.background[s.pair[0]] && j.background[s.pair[1]] || kind == "B" && (!j.topic[s.pair[0]] || !j.topic[s.pair[1]]) {
			continue
		}
		kept = append(kept, s)
	}
	slices.SortStableFunc(kept, func(a, b scored) int {
		switch {
		case a.s > b.s:
			return -1
		case a.s < b.s:
			return 1
		}
		return strings.Compare(a.pair[0]+a.pair[1], b.pair[0]+b.pair[1])
	})
	f := figures{gold: len(gold), candidates: len(kept), wrong: map[string]int{}}
	tp := 0
	for i, s := range kept {
		if gold[s.pair] {
			tp++
			f.ap += float64(tp) / float64(i+1)
		}
		if i+1 < len(kept) && kept[i+1].s == s.s {
			continue
		}
		p, r := float64(tp)/float64(i+1), float64(tp)/float64(len(gold))
		if f1 := 2 * p * r / (p + r); f1 > f.f1 {
			f.f1, f.p, f.r, f.at = f1, p, r, s.s
		}
		if p >= 0.95 {
			f.recallAt95 = max(f.recallAt95, r)
		}
	}
	f.ap /= float64(len(gold))
	f.recall = float64(tp) / float64(len(gold))
	of := map[string][]scored{}
	for _, s := range kept {
		of[s.pair[0]], of[s.pair[1]] = append(of[s.pair[0]], s), append(of[s.pair[1]], s)
		if s.s >= f.at && !gold[s.pair] {
			l := j.a[s.pair]
			if l == "" {
				l = "other"
			}
			f.wrong[l]++
		}
	}
	wanted := map[string]int{}
	for k := range gold {
		wanted[k[0]]++
		wanted[k[1]]++
	}
	for id, n := range wanted {
		for _, k := range []struct {
			n   int
			sum *float64
		}{{1, &f.r1}, {5, &f.r5}, {10, &f.r10}} {
			hit := 0
			for _, s := range of[id][:min(k.n, len(of[id]))] {
				if gold[s.pair] {
					hit++
				}
			}
			*k.sum += float64(hit) / float64(min(k.n, n))
		}
	}
	n := float64(len(wanted))
	f.r1, f.r5, f.r10 = f.r1/n, f.r5/n, f.r10/n
	return f
}

// comparedPair is a candidate with its levels.
type comparedPair struct {
	pair [2]string
	i, j int32
	g    agreement
	t    texts
	l    assistance
	p    float64
}

func (x *Index) allPairs() []comparedPair {
	pieces := workers()
	outs := make([][]comparedPair, pieces)
	inPieces(len(x.records), pieces, func(p, from, to int) {
		d := x.newDesk()
		for i := from; i < to; i++ {
			for _, f := range x.candidates(d, &x.records[i], int32(i), true) {
				a, b := &x.records[i], &x.records[f.doc]
				g, t := x.corpus.compare(a, b)
				t.shared = nil
				outs[p] = append(outs[p], comparedPair{pair: ordered(a.id, b.id), i: int32(i), j: f.doc, g: g, t: t})
			}
		}
	})
	return slices.Concat(outs...)
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
