package overlap

import (
	"fmt"
	"slices"
	"strings"
)

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
