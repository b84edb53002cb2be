package overlap

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"adam/internal/term"
)

// Decision is what a coordinator decided on a pair of activities of which this was compared. Relation says how RELATED
// ones are related.
type Decision struct {
	Seen     term.PairSeen
	Verdict  term.OverlapDecision
	Relation term.RelationKind
}

// How much the shipped weights count beside decisions, in decisions, and how long learning goes on.
const (
	holding    = 6
	learnSteps = 250
)

// Learn gives a model moved to what was decided: a level that decisions speak against loses weight, one that no decision
// shows keeps what it had. The same decisions in any order give the same model.
func (m *Model) Learn(decisions []Decision) *Model {
	next := *m
	pairs, assists := examplesOf(decisions)
	if len(pairs) > 0 {
		next.fit(pairs, learnSteps, func(f field, _ int) float64 {
			if f == fields {
				return holding / 10.0
			}
			return holding
		})
	}
	if len(assists) > 0 {
		next.fitAssist(assists, holding, learnSteps)
	}
	next.Version = m.Version + "+" + digest(pairs, assists)
	return &next
}

// examplesOf are decisions as numbers, in an order that is always the same.
func examplesOf(decisions []Decision) (pairs []example, assists []assistExample) {
	for i := range decisions {
		d := &decisions[i]
		g, l := levelsOf(&d.Seen)
		if e, ok := exampleOf(d, g); ok {
			pairs = append(pairs, e)
		}
		if yes, ok := assistOf(d.Verdict); ok {
			assists = append(assists, assistExample{l, yes, 1})
		}
	}
	slices.SortFunc(pairs, func(a, b example) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	slices.SortFunc(assists, func(a, b assistExample) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return pairs, assists
}

// loss is how wrong a model is on decisions: the mean of the negative logarithms of the odds that it gives to what was
// decided. 0 is never wrong.
func (m *Model) loss(decisions []Decision) float64 {
	pairs, assists := examplesOf(decisions)
	sum := 0.0
	for i := range pairs {
		right := 0.0
		for o, p := range m.outcomeOdds(&pairs[i].g) {
			if pairs[i].is[o] {
				right += p
			}
		}
		sum -= math.Log(max(right, 1e-9))
	}
	for i := range assists {
		p := m.assistOdds(&assists[i].l)
		if !assists[i].yes {
			p = 1 - p
		}
		sum -= math.Log(max(p, 1e-9))
	}
	return sum / float64(max(1, len(pairs)+len(assists)))
}

// relations are the outcomes that kinds of RELATED name.
var relations = map[term.RelationKind]outcome{term.RelationPhase: nextPhase, term.RelationSeries: series, term.RelationSister: sister}

// exampleOf reads a decision as what the pair is: one of the look-alikes where it says which, else anything but the same.
func exampleOf(d *Decision, g agreement) (example, bool) {
	e := example{g: g, weight: 1}
	switch d.Verdict {
	case term.DecidedSame:
		e.is[same] = true
		return e, true
	case term.DecidedRelated:
		if o, ok := relations[d.Relation]; ok {
			e.is[o] = true
			return e, true
		}
	case term.OverlapDistinct, term.DecidedOverlapping, term.DecidedCoordinated:
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
	case term.DecidedOverlapping, term.DecidedCoordinated:
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
