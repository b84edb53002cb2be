package catalogue

import "slices"

// Settled is a decision on a pair: that the two are one activity, or that they are not.
type Settled struct {
	A, B string
	Same bool
}

// Contradiction is what a new decision would be at odds with: decisions that make Chain one activity, first to last, and
// one that keeps its ends apart.
type Contradiction struct {
	Chain []string
	Apart Settled
}

// Contradictions tells what a new decision is at odds with among those that stand: A = B and B = C, but A ≠ C. The answer
// is the same in whatever order decisions are given.
func Contradictions(standing []Settled, next Settled) []Contradiction {
	if next.A == next.B {
		return nil
	}
	links := map[string][]string{}
	link := func(s Settled) {
		links[s.A] = append(links[s.A], s.B)
		links[s.B] = append(links[s.B], s.A)
	}
	for _, s := range standing {
		if s.Same && !samePair(s, next) {
			link(s)
		}
	}
	if !next.Same {
		if chain := path(links, next.A, next.B); chain != nil {
			return []Contradiction{{chain, next}}
		}
		return nil
	}
	link(next)
	one := reach(links, next.A)
	var out []Contradiction
	for _, s := range standing {
		if s.Same || samePair(s, next) || !one[s.A] || !one[s.B] {
			continue
		}
		a, b := min(s.A, s.B), max(s.A, s.B)
		out = append(out, Contradiction{path(links, a, b), Settled{a, b, false}})
	}
	slices.SortFunc(out, func(a, b Contradiction) int { return slices.Compare(a.Chain, b.Chain) })
	return slices.CompactFunc(out, func(a, b Contradiction) bool { return a.Apart == b.Apart })
}

// Clusters are the groups of activities that decisions make one, each sorted, the groups by their first.
func Clusters(standing []Settled) [][]string {
	links := map[string][]string{}
	for _, s := range standing {
		if s.Same && s.A != s.B {
			links[s.A] = append(links[s.A], s.B)
			links[s.B] = append(links[s.B], s.A)
		}
	}
	done := map[string]bool{}
	var out [][]string
	for id := range links {
		if done[id] {
			continue
		}
		var group []string
		for other := range reach(links, id) {
			done[other] = true
			group = append(group, other)
		}
		slices.Sort(group)
		out = append(out, group)
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

func samePair(a, b Settled) bool { return a.A == b.A && a.B == b.B || a.A == b.B && a.B == b.A }

func reach(links map[string][]string, from string) map[string]bool {
	seen, next := map[string]bool{from: true}, []string{from}
	for len(next) > 0 {
		id := next[0]
		next = next[1:]
		for _, other := range links[id] {
			if !seen[other] {
				seen[other] = true
				next = append(next, other)
			}
		}
	}
	return seen
}

// path is the shortest chain between two, the first by the alphabet where several are as short; nil where there is none.
func path(links map[string][]string, from, to string) []string {
	before, next := map[string]string{from: from}, []string{from}
	for len(next) > 0 {
		id := next[0]
		next = next[1:]
		if id == to {
			chain := []string{to}
			for id != from {
				id = before[id]
				chain = append(chain, id)
			}
			slices.Reverse(chain)
			return chain
		}
		others := slices.Clone(links[id])
		slices.Sort(others)
		for _, other := range others {
			if _, seen := before[other]; !seen {
				before[other] = id
				next = append(next, other)
			}
		}
	}
	return nil
}
