package graph_test

import (
	"testing"

	"adam/internal/overlap"
	"adam/internal/testdb"
)

// scanned looks for overlaps as a server does.
func (a *api) scanned(t *testing.T, all bool) overlap.Kept {
	t.Helper()
	kept, err := overlap.NewWatch(a.store.Client, clock).Keep(testdb.Context(t), a.store, all)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// report is one of several reports of one activity.
func (c caller) report(t *testing.T, more vars) (key string) {
	t.Helper()
	var out created
	in := activityInput(vars{"title": "Quokka checkpoint: training of border guards in Ranong", "themes": []string{"SMUGGLING"}, "states": []string{"THA"},
		"visibility": "PUBLIC", "assistanceTypes": []string{"LAW_ENFORCEMENT_TRAINING"}, "startOn": "2031-02", "endOn": "2031-05"})
	for k, v := range more {
		in[k] = v
	}
	c.do(t, operation(t, "CreateActivity"), vars{"in": in}, &out)
	return out.CreateActivity.Activity.Key
}

type pairNow struct {
	ID, Kind, Decision, Score, Reason, Sentence string
	Version                                     int
	Changed, AssignedToMe, MaySettle            bool
	Relation                                    *string
	DecidedBy, AssignedTo                       *struct{ Name string }
	Activities                                  []struct{ Key string }
	Evidence                                    []struct{ Field, Left, Right, Sentence, Weight string }
	Steps                                       []struct{ Decision, Reason string }
}

const pairFields = `{ id kind decision score reason version changed relation assignedToMe maySettle sentence decidedBy { name } assignedTo { name } activities { key } steps { decision reason } evidence { field left right sentence weight } }`

// pairs are the pairs that somebody sees, what to look at first.
func (c caller) pairs(t *testing.T, filter vars) []pairNow {
	t.Helper()
	var out struct {
		Overlaps struct {
			TotalCount int
			Edges      []struct{ Node pairNow }
		}
	}
	c.do(t, `query($filter: OverlapFilter) { overlaps(first: 50, filter: $filter) { totalCount edges { node `+pairFields+` } } }`, vars{"filter": filter}, &out)
	var all []pairNow
	for _, e := range out.Overlaps.Edges {
		all = append(all, e.Node)
	}
	if len(all) != out.Overlaps.TotalCount {
		t.Errorf("%d pairs are listed and %d counted", len(all), out.Overlaps.TotalCount)
	}
	return all
}

// pairOf finds the pair of two activities.
func (c caller) pairOf(t *testing.T, a, b string) pairNow {
	t.Helper()
	for _, p := range c.pairs(t, vars{"activity": a, "merged": true}) {
		for _, other := range p.Activities {
			if other.Key == b {
				return p
			}
		}
	}
	t.Fatalf("%s sees no pair of %s and %s", c.viewer.Name, a, b)
	return pairNow{}
}

type settled struct {
	ResolveOverlap struct {
		Overlap  struct{ ID, Decision, Reason string }
		Activity *struct{ Key string }
	}
}

func deciding(p pairNow, decision string, more vars) vars {
	in := vars{"overlap": p.ID, "decision": decision, "reason": "Seen at the meeting."}
	for k, v := range more {
		in[k] = v
	}
	return vars{"in": in}
}

// settle decides on a pair.
func (c caller) settle(t *testing.T, p pairNow, decision string, more vars) (out settled) {
	t.Helper()
	c.do(t, operation(t, "Resolve"), deciding(p, decision, more), &out)
	return out
}

// refused wants a decision to be refused with a code, and gives the sentence.
func (c caller) refused(t *testing.T, p pairNow, code, decision string, more vars) string {
	t.Helper()
	got := c.call(t, operation(t, "Resolve"), deciding(p, decision, more))
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != code {
		t.Errorf("%s %v: %+v, and not %s", decision, more, got.Errors, code)
		return ""
	}
	return got.Errors[0].Message
}
