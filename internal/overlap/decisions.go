package overlap

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"adam/internal/term"
)

// Decision is what a coordinator decided on a pair of activities. Relation says how RELATED ones are related: "phase",
// "series", "sister", "part of"; "" where that was not said.
type Decision struct {
	A, B     Activity
	Verdict  term.OverlapDecision
	Relation string
}

// How much the shipped weights count beside decisions, in decisions, and how long learning goes on.
const (
	holding    = 6
	learnSteps = 250
)

// Learn gives the index's model moved to what was decided: a level that decisions speak against loses weight, one that no
// decision shows keeps what was shipped. The same decisions in any order give the same model. It changes nothing by
// itself: give the answer to Use.
func (x *Index) Learn(decisions []Decision) *Model {
	x.mu.RLock()
	defer x.mu.RUnlock()
	m := *x.model
	var pairs []example
	var assists []assistExample
	sorted := slices.Clone(decisions)
	slices.SortStableFunc(sorted, compareDecisions)
	for i := range sorted {
		d := &sorted[i]
		a, b := x.ready(&d.A), x.ready(&d.B)
		v := x.judge(&a, &b, everything)
		if e, ok := exampleOf(d, v.g); ok {
			pairs = append(pairs, e)
		}
		if yes, ok := assistOf(d.Verdict); ok {
			assists = append(assists, assistExample{v.l, yes, 1})
		}
	}
	if len(pairs) > 0 {
		m.fit(pairs, learnSteps, func(f field, _ int) float64 {
			if f == fields {
				return holding / 10.0
			}
			return holding
		})
	}
	if len(assists) > 0 {
		m.fitAssist(assists, holding, learnSteps)
	}
	m.Version = x.model.Version + "+" + digest(pairs, assists)
	return &m
}

// Use judges with another model from now on; nil is the shipped one.
func (x *Index) Use(m *Model) {
	if m == nil {
		m = Shipped()
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.model, x.sieve = m, m.sieve()
}

func compareDecisions(a, b Decision) int {
	return cmp.Or(cmp.Compare(min(a.A.ID, a.B.ID), min(b.A.ID, b.B.ID)), cmp.Compare(max(a.A.ID, a.B.ID), max(b.A.ID, b.B.ID)),
		cmp.Compare(a.Verdict, b.Verdict), cmp.Compare(a.Relation, b.Relation))
}

// relations are the outcomes that kinds of RELATED name.
var relations = map[string]outcome{"phase": nextPhase, "series": series, "sister": sister, "twin": twin}

// exampleOf reads a decision as what the pair is: one of the look-alikes where it says which, else anything but the same.
func exampleOf(d *Decision, g agreement) (example, bool) {
	e := example{g: g, weight: 1}
	switch d.Verdict {
	case term.OverlapDecision("SAME_ACTIVITY"):
		e.is[same] = true
		return e, true
	case term.OverlapDecision("RELATED"):
		if o, ok := relations[d.Relation]; ok {
			e.is[o] = true
			return e, true
		}
	case term.OverlapDistinct, term.OverlapDecision("OVERLAPPING_ASSISTANCE"), term.OverlapDecision("COORDINATED"):
	default:
		return e, false
	}
	for o := nextPhase; o < outcomes; o++ {
		e.is[o] = true
	}
	return e, true
}

// assistOf reads a decision as whether the two give the same assistance; ok is false where it does not tell.
func assistOf(verdict term.OverlapDecision) (yes, ok bool) {
	switch verdict {
	case term.OverlapDecision("OVERLAPPING_ASSISTANCE"), term.OverlapDecision("COORDINATED"):
		return true, true
	case term.OverlapDistinct:
		return false, true
	}
	return false, false
}

// digest names what a model was learnt from.
func digest(pairs []example, assists []assistExample) string {
	h := fnv.New32a()
	fmt.Fprint(h, pairs, assists)
	return fmt.Sprintf("%08x", h.Sum32())
}
