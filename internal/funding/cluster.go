package funding

import (
	"slices"

	"adam/internal/term"
)

// gather joins activities that were decided to be one, over any number of decisions and also through activities that the
// filter does not ask for. A cluster lists its members by key.
func (c *count) gather() {
	up := map[term.ID]term.ID{}
	top := func(id term.ID) term.ID {
		for up[id] != 0 {
			id = up[id]
		}
		return id
	}
	for _, same := range c.facts.Same {
		for _, id := range same[1:] {
			a, b := top(same[0]), top(id)
			if a != b {
				up[max(a, b)] = min(a, b)
			}
		}
	}
	c.cluster, c.byTop = make([]int, len(c.activities)), map[term.ID]int{}
	c.top = top
	for i := range c.activities {
		t := top(c.activities[i].ID)
		n, known := c.byTop[t]
		if !known {
			n = len(c.clusters)
			c.byTop[t], c.clusters, c.tops = n, append(c.clusters, nil), append(c.tops, t)
		}
		c.cluster[i], c.clusters[n] = n, append(c.clusters[n], i)
	}
	c.above = map[term.ID][]term.ID{}
	for child, parent := range c.facts.Parents {
		c.above[top(child)] = append(c.above[top(child)], top(parent))
	}
}

// ancestors are the clusters among the facts that one is a part of, over any number of levels, without itself.
func (c *count) ancestors(cluster int) []int {
	seen := map[term.ID]bool{c.tops[cluster]: true}
	var out []int
	for next := []term.ID{c.tops[cluster]}; len(next) > 0; {
		var further []term.ID
		for _, t := range next {
			for _, p := range c.above[t] {
				if seen[p] {
					continue
				}
				seen[p] = true
				further = append(further, p)
				if n, known := c.byTop[p]; known {
					out = append(out, n)
				}
			}
		}
		next = further
	}
	slices.Sort(out)
	return out
}
