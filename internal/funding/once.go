package funding

import (
	"cmp"
	"slices"

	"adam/internal/term"
)

// entry is a line in an answer. by is the line that counts in its place, which may itself give way to a further one.
type entry struct {
	*Line
	outcome Outcome
	by      *entry
	members []int // its activities among the facts

	from, to int // where the rows are, among those of c.placed, in which the line stands; of none where it pays for several activities
}

// root is the line that counts for an entry in the end.
func (e *entry) root() *entry {
	for e.by != nil {
		e = e.by
	}
	return e
}

// yield sets a line aside for the one that counts for another. It gives false where that is the line itself: of lines
// that stand for each other one must stay.
func (e *entry) yield(to *entry, why Outcome) bool {
	r := to.root()
	if r == e {
		return false
	}
	e.outcome, e.by = why, r
	return true
}

// live says whether a line has an amount that may count, here or with another line.
func (e *entry) live() bool { return e.outcome == Counted || e.outcome.aside() }

// once sets aside every line whose money counts with another one. The order of the rules does not lose money: whoever
// gives way points at a line that counts in the end.
func (c *count) once() {
	for _, rule := range []func(){c.upstream, c.sameActivities, c.budgets, c.parents} {
		rule()
	}
}

// upstream sets lines aside that were paid from another live line of the answer, over any number of levels.
func (c *count) upstream() {
	up := make(map[term.ID]term.ID, len(c.facts.Upstream))
	for id, to := range c.facts.Upstream {
		up[id] = to
	}
	for i := range c.facts.Lines {
		if l := &c.facts.Lines[i]; l.Upstream != 0 {
			up[l.ID] = l.Upstream
		} else {
			delete(up, l.ID)
		}
	}
	for _, e := range c.entries {
		if e.outcome != Counted {
			continue
		}
		seen := map[term.ID]bool{e.ID: true}
		for id := e.Upstream; id != 0 && !seen[id]; id = up[id] {
			seen[id] = true
			if to := c.byID[id]; to != nil && to.live() && e.yield(to, Upstream) {
				break
			}
		}
	}
}

// rank says whose report goes first: the donor's, then the implementer's.
func rank(by term.FundingReporter) int {
	switch by {
	case term.ReportedByDonor:
		return 0
	case term.ReportedByImplementer:
		return 1
	}
	return 2
}

// report is what was said of one provider's money for some of the activities that are one.
type report struct {
	members  []int
	provider term.ID
	rank     int
	lines    []*entry
}

// competes says whether two reports may be of the same money.
func (r *report) competes(o *report) bool {
	if r.provider != o.provider && r.provider != 0 && o.provider != 0 {
		return false
	}
	return !slices.ContainsFunc(r.members, func(m int) bool { return slices.Contains(o.members, m) })
}

// sameActivities lets one report count of what several say of an activity that was decided to be one.
func (c *count) sameActivities() {
	for _, of := range c.clusters {
		if len(of) < 2 {
			continue
		}
		var kept []*report
		for _, r := range c.reports(of) {
			i := slices.IndexFunc(kept, r.competes)
			if i < 0 {
				kept = append(kept, r)
				continue
			}
			for _, e := range r.lines {
				e.yield(kept[i].lines[0], SameActivity)
			}
		}
	}
}

// reports are those on the members of a cluster, the one that counts first.
func (c *count) reports(of []int) []*report {
	var all []*report
	for _, e := range c.linesOf(of) {
		if e.outcome != Counted {
			continue
		}
		var members []int
		for _, m := range e.members {
			if slices.Contains(of, m) {
				members = append(members, m)
			}
		}
		i := slices.IndexFunc(all, func(r *report) bool { return r.provider == e.Provider && slices.Equal(r.members, members) })
		if i < 0 {
			i, all = len(all), append(all, &report{members: members, provider: e.Provider, rank: rank(e.ReportedBy)})
		}
		all[i].rank = min(all[i].rank, rank(e.ReportedBy))
		all[i].lines = append(all[i].lines, e)
	}
	slices.SortFunc(all, func(x, y *report) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(c.activities[x.members[0]].Key, c.activities[y.members[0]].Key), cmp.Compare(x.lines[0].ID, y.lines[0].ID))
	})
	return all
}

// budgets lets the newest of several budgets of one provider for the same activities and year count. IATI wants a budget
// to be of one year at most; which one is the original and which one revised, lines do not tell.
func (c *count) budgets() {
	type of struct {
		activities string
		provider   term.ID
		year       int
	}
	groups := map[of][]*entry{}
	for _, e := range c.entries {
		if e.outcome == Counted && e.Kind == term.Budget {
			key := of{provider: e.Provider, year: yearOf(e.ValueOn)}
			for _, m := range e.members {
				key.activities += c.activities[m].ID.String() + " "
			}
			groups[key] = append(groups[key], e)
		}
	}
	for _, all := range groups {
		newest := slices.MaxFunc(all, func(x, y *entry) int {
			return cmp.Or(cmp.Compare(x.ValueOn, y.ValueOn), cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
		})
		for _, e := range all {
			if e != newest {
				e.yield(newest, RevisedBudget)
			}
		}
	}
}

// parents sets lines aside for activities that are all parts of ones for which a line counts that may be the same money.
func (c *count) parents() {
	above := map[int][]*entry{} // by cluster
	for _, e := range c.entries {
		if e.outcome != Counted {
			continue
		}
		var first *entry
		for i, m := range e.members {
			found := c.foundAbove(e, c.cluster[m], above)
			if found == nil {
				first = nil
				break
			}
			if i == 0 {
				first = found
			}
		}
		if first != nil {
			e.yield(first, ParentCounts)
		}
	}
}

// foundAbove is a live line on an activity that a cluster is a part of, of the same provider or where one is unknown.
func (c *count) foundAbove(e *entry, cluster int, above map[int][]*entry) *entry {
	lines, known := above[cluster]
	if !known {
		for _, a := range c.ancestors(cluster) {
			lines = append(lines, c.linesOf(c.clusters[a])...)
		}
		above[cluster] = lines
	}
	for _, p := range lines {
		if p != e && p.live() && (p.Provider == e.Provider || p.Provider == 0 || e.Provider == 0) && p.root() != e {
			return p
		}
	}
	return nil
}

// linesOf are the lines that pay for any of some activities of the filter, each once, in their order.
func (c *count) linesOf(members []int) []*entry {
	var out []*entry
	for _, m := range members {
		out = append(out, c.paying[m]...)
	}
	slices.SortFunc(out, func(x, y *entry) int { return cmp.Compare(x.ID, y.ID) })
	return slices.Compact(out)
}
