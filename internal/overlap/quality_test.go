package overlap

import (
	"slices"
	"testing"
)

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
		d := newDesk()
		for i := from; i < to; i++ {
			for _, f := range x.candidates(d, &x.records[i], int32(i), true) {
				v := x.judge(&x.records[i], &x.records[f.doc], everything)
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
