package overlap

import (
	"os"
	"slices"
	"testing"
)

// TestFit writes weights to the file that ADAM_OVERLAP_WEIGHTS names, fitted to the labelled list, told plainly and
// harshly. What the list cannot teach is set by hand.
func TestFit(t *testing.T) {
	out := os.Getenv("ADAM_OVERLAP_WEIGHTS")
	if out == "" {
		t.Skip("ADAM_OVERLAP_WEIGHTS names no file to write weights to; the shipped ones stay.")
	}
	j := labelled(t)
	m := &Model{Version: os.Getenv("ADAM_OVERLAP_VERSION")}
	sets := map[string][]candidatePair{}
	idx := map[string]*Index{}
	names := []string{"plain", "harsh", "cipher harsh"}
	for _, name := range names {
		idx[name] = New(variant(j.activities, name), Options{Rates: rates})
		sets[name] = idx[name].everyCandidate()
	}
	var pairs []example
	for _, name := range names {
		pairs = append(pairs, j.examples(sets[name], 1)...)
	}
	if dir := os.Getenv("ADAM_OVERLAP_DATA") + "/natural_public"; exists(dir) {
		natural := load(t, dir)
		pairs = append(pairs, natural.examples(New(natural.activities, Options{Rates: rates}).everyCandidate(), 4)...)
	}
	byHand(m)
	byHandA := *m
	m.fit(pairs, 1500, func(f field, l int) float64 {
		for o := range outcomes {
			if f < fields && byHandA.same[o][f][l] != 0 {
				return 1e6
			}
		}
		return 8
	})
	var assists []assistExample
	for _, name := range names {
		for _, c := range sets[name] {
			if !j.topic[c.pair[0]] || !j.topic[c.pair[1]] || j.b[c.pair] == "1" || j.a[c.pair] == "same" {
				continue
			}
			a, b := &idx[name].records[c.i], &idx[name].records[c.j]
			odds := m.outcomeOdds(&c.v.g)
			l := compareAssistance(c.v.l, a, b, &c.v.g, &c.v.t, &odds)
			assists = append(assists, assistExample{l, j.b[c.pair] == "2", 1})
		}
	}
	m.fitAssist(assists, 8, 1500)
	byHandAssist(m)
	m.centre()
	if err := os.WriteFile(out, []byte(m.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// examples are the candidates with what their labels say.
func (j judged) examples(all []candidatePair, weight float64) (out []example) {
	for _, c := range all {
		if j.background[c.pair[0]] && j.background[c.pair[1]] {
			continue
		}
		e := example{g: c.v.g, weight: weight}
		e.is[labelOf(j.a[c.pair])] = true
		if e.is[unrelated] {
			if code32(c.pair[0]+c.pair[1])%4 != 0 {
				continue
			}
			e.weight = 4
		}
		out = append(out, e)
	}
	return out
}

func exists(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}

// byHand sets what the labelled list has too few of to teach.
func byHand(m *Model) {
	set := func(f field, level string, w ...float64) {
		l := slices.Index(levels[f], level)
		for o := range outcomes {
			m.same[o][f][l] = w[o]
		}
	}
	set(fIdentifiers, "shared", 3.5, 0.5, 0.5, 0.5, 0, -2)
	set(fIdentifiers, "different", -0.8, 0.2, 0.2, 0.2, 0.2, 0.2)
	set(fStates, "some shared", 0.5, 0.2, 0, 0.2, 0, -0.2) // regional projects are told with more or fewer States
	set(fDonors, "some shared", 1.2, 0.6, 0.3, 0.5, -0.8, -0.4)
	set(fImplementers, "some shared", 1.2, 0.8, 0.6, 0.8, -0.5, -0.8)
	set(fImplementers, "same government", 0.6, 0.5, 0.3, 0.4, -0.3, -0.4)
	// A reporter seldom files an activity twice; the list, whose reporters are drawn by lot, cannot tell.
	set(fReporter, "other reporter", 0.15, 0, 0, 0, 0, 0)
	set(fReporter, "same reporter", -0.45, 0.1, 0.1, 0.1, 0, 0.1)
	// In the list look-alikes repeat sums to the cent and double reports never do; elsewhere it is the double reports.
	set(fMoney, "equal", 1.6, 0.2, 1.2, 1.4, -0.8, -2.2)
}

// byHandAssist sets likewise what the list, whose activities are nearly all in one State and of one donor, cannot teach of
// overlapping assistance.
func byHandAssist(m *Model) {
	m.assist[aDonors][slices.Index(assistLevels[aDonors], "some shared")] = -0.8
	m.assist[aStates][slices.Index(assistLevels[aStates], "some shared")] = 1.2
}

// centre takes from each level what its weights have in common, which changes no probability.
func (m *Model) centre() {
	for f := range fields {
		for l := range levels[f] {
			sum := 0.0
			for o := range outcomes {
				sum += m.same[o][f][l]
			}
			for o := range outcomes {
				m.same[o][f][l] -= sum / float64(outcomes)
			}
		}
	}
}
