package graph_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// state is all that is compared of an activity before and after.
func (c caller) record(t *testing.T, key string) string {
	t.Helper()
	var out struct{ Activity json.RawMessage }
	c.do(t, `query($key: String!) { activity(key: $key) { key title acronym summary status startOn endOn results themes assistanceTypes places states { code } donors { key } implementers { key }
		partOf { key } follows { key } externalIdentifiers { value } fundings(first: 50) { edges { node { amount provider { key } } } } } }`, vars{"key": key}, &out)
	return string(out.Activity)
}

func (c caller) funded(t *testing.T, key string) (total string) {
	t.Helper()
	var out struct{ WhoFundsWhatWhere struct{ Total string } }
	c.do(t, `query($f: ActivityFilter) { whoFundsWhatWhere(by: [], currency: "AUD", filter: $f) { total } }`, vars{"f": vars{"text": key}}, &out)
	return out.WhoFundsWhatWhere.Total
}

const addLine = `mutation($in: AddFundingInput!) { addFunding(input: $in) { activity { version } } }`

func (c caller) pays(t *testing.T, key string, version int, provider, amount string) {
	t.Helper()
	var out json.RawMessage
	c.do(t, addLine, vars{"in": vars{"activity": key, "version": version, "provider": provider, "kind": "COMMITMENT", "amount": amount, "currency": "AUD", "valueOn": "2020",
		"visibility": "PUBLIC", "reportedBy": "DONOR", "sources": []any{vars{"title": "Report"}}}}, &out)
}

// Rules 2 and 4: two reports of one activity become one record with a choice for each field; both keys lead to it, its money
// counts once, and all of it can be taken back.
func TestTwoReportsAreMadeOneAndTakenApart(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one := p.keeper.report(t, vars{"donors": []string{"unodc"}, "externalIdentifiers": []string{"XM-1"}})
		two := p.keeper.report(t, vars{"title": "Quokka checkpoint, Ranong: training of border guards", "donors": []string{"unodc"}, "implementers": []string{"iom"}, "summary": "Six courses.", "places": []string{"Ranong"}, "externalIdentifiers": []string{"XM-2"}})
		part := p.keeper.report(t, vars{"title": "Handbook", "partOf": two, "startOn": "2040", "endOn": nil})
		p.keeper.pays(t, one, 1, "unodc", "100")
		p.keeper.pays(t, two, 1, "unodc", "100")
		p.keeper.pays(t, two, 2, "iom", "30")
		before := []string{p.keeper.record(t, one), p.keeper.record(t, two), p.keeper.record(t, part)}
		if a.scanned(t, false).Found == 0 {
			t.Fatal("the two are not found")
		}
		pair := p.coordinator.pairOf(t, one, two)
		if pair.Kind != "SAME_ACTIVITY" || pair.Sentence == "" || len(pair.Evidence) < 3 || !pair.MaySettle {
			t.Errorf("the pair is %+v", pair)
		}
		got := p.coordinator.settle(t, pair, "SAME_ACTIVITY", vars{"keep": one, "fields": []string{"places"}})
		if k := got.ResolveOverlap.Activity; k == nil || k.Key != one || got.ResolveOverlap.Overlap.Decision != "SAME_ACTIVITY" {
			t.Fatalf("it was decided: %+v", got)
		}
		merged := p.member.record(t, two)
		if merged != p.member.record(t, one) {
			t.Error("the two keys lead to two records")
		}
		for _, want := range []string{`"key":"` + one, "Six courses.", "Ranong", `"key":"iom"`, "XM-1", "XM-2"} {
			if !strings.Contains(merged, want) {
				t.Errorf("%q is not in %s", want, merged)
			}
		}
		if n := strings.Count(merged, `"amount":"100"`); n != 1 || !strings.Contains(merged, `"amount":"30"`) {
			t.Errorf("the money of both is %s", merged)
		}
		if !strings.Contains(p.keeper.record(t, part), `"partOf":{"key":"`+one) {
			t.Error("a part of the other is no part of the kept one")
		}
		if got := p.keeper.funded(t, "quokka"); got != "130" {
			t.Errorf("the money counts %s", got)
		}
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "OPEN", nil)
		for i, key := range []string{one, two, part} {
			if now := p.keeper.record(t, key); now != before[i] {
				t.Errorf("after it was taken back %s is\n%s\nand was\n%s", key, now, before[i])
			}
		}
		steps := p.coordinator.pairOf(t, one, two).Steps
		if len(steps) != 2 || steps[0].Decision != "SAME_ACTIVITY" || steps[1].Decision != "OPEN" {
			t.Errorf("what was decided is %+v", steps)
		}
	})
}

// What is settled is not asked again, nor decided twice; what it was compared by may change, and that is marked.
func TestAPairIsSettledOnce(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one, two, three := p.keeper.report(t, nil), p.keeper.report(t, nil), p.keeper.report(t, nil)
		a.scanned(t, true)
		pair := p.coordinator.pairOf(t, one, two)
		p.coordinator.settle(t, pair, "DISTINCT", vars{"version": pair.Version})
		p.keeper.refused(t, pair, "CONFLICT", "COORDINATED", nil)
		p.keeper.refused(t, pair, "CONFLICT", "COORDINATED", vars{"version": pair.Version})
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, three), "SAME_ACTIVITY", vars{"keep": one})
		// three is one now, so that two = three would make two = one
		open := vars{"decisions": []string{"OPEN"}, "activity": two}
		if got := p.coordinator.pairs(t, open); len(got) != 0 {
			t.Errorf("open is %+v", got)
		}
		a.scanned(t, true)
		if got := p.coordinator.pairs(t, open); len(got) != 0 {
			t.Errorf("after the next scan %+v is open", got)
		}
		var at struct{ Activity struct{ Version int } }
		p.keeper.do(t, `query($k: String!) { activity(key: $k) { version } }`, vars{"k": two}, &at)
		var out json.RawMessage
		p.keeper.do(t, operation(t, "UpdateActivity"), vars{"in": vars{"key": two, "version": at.Activity.Version, "summary": "Of the same police.", "sources": []any{vars{"title": "Letter"}}}}, &out)
		if kept := a.scanned(t, false); kept.Changed != 1 {
			t.Errorf("the scan after a change: %+v", kept)
		}
		got := p.coordinator.pairs(t, vars{"changed": true})
		if len(got) != 1 || got[0].ID != pair.ID || got[0].Decision != "DISTINCT" {
			t.Errorf("changed are %+v", got)
		}
	})
}

// A = B, B = C, A ≠ C: a contradiction is shown before it is saved, and refused.
func TestDecisionsThatContradictAreRefused(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one, two, three := p.keeper.report(t, nil), p.keeper.report(t, nil), p.keeper.report(t, nil)
		a.scanned(t, true)
		ab, bc, ac := p.coordinator.pairOf(t, one, two), p.coordinator.pairOf(t, two, three), p.coordinator.pairOf(t, one, three)
		p.coordinator.settle(t, ab, "RELATED", vars{"relation": "SISTER"})
		p.coordinator.settle(t, bc, "SAME_ACTIVITY", vars{"keep": three})
		var out struct {
			Node struct{ Contradictions []struct{ Sentence string } }
		}
		p.coordinator.do(t, `query($id: ID!) { node(id: $id) { ... on Overlap { contradictions(decision: SAME_ACTIVITY) { sentence } } } }`, vars{"id": ac.ID}, &out)
		if got := out.Node.Contradictions; len(got) != 1 || !strings.Contains(got[0].Sentence, one) || !strings.Contains(got[0].Sentence, "RELATED") {
			t.Errorf("the contradictions are %+v", got)
		}
		if s := p.coordinator.refused(t, ac, "INVALID", "SAME_ACTIVITY", nil); !strings.Contains(s, "contradicts") {
			t.Errorf("refused with %q", s)
		}
		p.coordinator.settle(t, ac, "DISTINCT", nil)
	})
}

// Rule 3: overlapping assistance shows to the parties and to coordinators only; what is settled as related, to all who see
// both.
func TestOverlappingAssistanceIsBetweenItsParties(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one := p.iom.report(t, vars{"implementers": []string{"iom"}})
		two := p.keeper.report(t, nil)
		a.scanned(t, true)
		pair := p.coordinator.pairOf(t, one, two)
		sees := func(c caller) bool {
			return slices.ContainsFunc(c.pairs(t, nil), func(o pairNow) bool { return o.ID == pair.ID })
		}
		check := func(when string, want ...bool) {
			t.Helper()
			for i, c := range []caller{p.coordinator, p.keeper, p.iom, p.unodc, p.focal, p.member} {
				if got := sees(c); got != want[i] {
					t.Errorf("%s: %s sees the pair: %v", when, c.viewer.Name, got)
				}
			}
		}
		check("open", true, true, true, false, false, false)
		p.coordinator.settle(t, pair, "OVERLAPPING_ASSISTANCE", nil)
		check("overlapping", true, true, true, false, false, false)
		p.coordinator.settle(t, pair, "OPEN", nil)
		p.coordinator.settle(t, pair, "RELATED", vars{"relation": "SERIES"})
		check("related", true, true, true, true, true, true)
		seen := p.member.pairOf(t, one, two)
		if seen.MaySettle || seen.AssignedTo != nil || seen.Changed || seen.Reason == "" || len(seen.Evidence) > 0 || len(seen.Steps) > 0 {
			t.Errorf("a member sees %+v", seen)
		}
		if seen := p.iom.pairOf(t, one, two); len(seen.Evidence) == 0 || seen.Sentence == "" || len(seen.Steps) > 0 {
			t.Errorf("a party sees %+v", seen)
		}
	})
}

const assign = `mutation($in: AssignOverlapInput!) { assignOverlap(input: $in) { overlap ` + pairFields + ` } }`

// A coordinator takes a pair; another one may not take it away, the secretariat may.
func TestACoordinatorTakesAPairToLookAt(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one, two := p.keeper.report(t, nil), p.keeper.report(t, nil)
		a.scanned(t, true)
		pair := p.coordinator.pairOf(t, one, two)
		var out struct{ AssignOverlap struct{ Overlap pairNow } }
		p.coordinator.do(t, assign, vars{"in": vars{"overlap": pair.ID, "mine": true}}, &out)
		if o := out.AssignOverlap.Overlap; !o.AssignedToMe || o.AssignedTo == nil || o.AssignedTo.Name != "Coordinator" {
			t.Errorf("it is with %+v", o)
		}
		if got := p.coordinator.pairs(t, vars{"mine": true}); len(got) != 1 {
			t.Errorf("mine are %+v", got)
		}
		if got := p.keeper.pairs(t, vars{"mine": true}); len(got) != 0 {
			t.Errorf("of the secretariat are %+v", got)
		}
		other := caller{api: a, viewer: somebody("Another coordinator", p.coordinator.viewer.Grants...)}
		if got := other.call(t, assign, vars{"in": vars{"overlap": pair.ID, "mine": true}}); len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "CONFLICT" {
			t.Errorf("another one takes it: %+v", got.Errors)
		}
		p.keeper.do(t, assign, vars{"in": vars{"overlap": pair.ID, "mine": false}}, &out)
		if o := out.AssignOverlap.Overlap; o.AssignedTo != nil {
			t.Errorf("given back it is with %+v", o.AssignedTo)
		}
	})
}

// Bad decisions get a clear error, and change nothing.
func TestABadDecisionIsRefused(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one, two := p.keeper.report(t, nil), p.keeper.report(t, vars{"visibility": "MEMBERS"})
		a.scanned(t, true)
		pair := p.coordinator.pairOf(t, one, two)
		for _, bad := range []struct {
			code, decision string
			more           vars
		}{
			{"INVALID", "RELATED", nil},
			{"INVALID", "DISTINCT", vars{"relation": "SISTER"}},
			{"INVALID", "RELATED", vars{"relation": "PART_OF"}},
			{"INVALID", "DISTINCT", vars{"keep": one}},
			{"INVALID", "SAME_ACTIVITY", vars{"keep": "nothing"}},
			{"INVALID", "DISTINCT", vars{"fields": []string{"summary"}}},
			{"INVALID", "SAME_ACTIVITY", vars{"keep": two, "fields": []string{"visibility"}}},
			{"INVALID", "SAME_ACTIVITY", vars{"keep": one}}, // of what fewer may see
			{"INVALID", "DISTINCT", vars{"reason": "x"}},
			{"INVALID", "OPEN", nil},
			{"CONFLICT", "DISTINCT", vars{"version": 7}},
			{"NOT_FOUND", "DISTINCT", vars{"overlap": "overlap_00000000000a"}},
		} {
			p.coordinator.refused(t, pair, bad.code, bad.decision, bad.more)
		}
		p.member.refused(t, pair, "FORBIDDEN", "DISTINCT", nil)
		p.iom.refused(t, pair, "FORBIDDEN", "DISTINCT", nil)
		if now := p.coordinator.pairOf(t, one, two); now.Version != pair.Version || now.Decision != "OPEN" {
			t.Errorf("the pair is %+v", now)
		}
	})
}

// Rule 3: what a decision would be at odds with is told to those who decide, who alone see withdrawn records.
// Rule 4: what a later decision rests on is not taken back before it, and a record that was made one with another comes back
// only with the decision.
func TestADecisionThatOthersRestOnStays(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one, two, three := p.keeper.report(t, nil), p.keeper.report(t, vars{"externalIdentifiers": []string{"XM-2"}}), p.keeper.report(t, nil)
		a.scanned(t, true)
		ab, ac := p.coordinator.pairOf(t, one, two), p.coordinator.pairOf(t, one, three)
		p.coordinator.settle(t, ab, "SAME_ACTIVITY", vars{"keep": one})
		p.coordinator.settle(t, ac, "SAME_ACTIVITY", vars{"keep": three})
		if s := p.coordinator.refused(t, ab, "INVALID", "OPEN", nil); !strings.Contains(s, ac.ID) {
			t.Errorf("refused with %q", s)
		}
		got := p.keeper.call(t, `mutation($in: RestoreInput!) { restoreActivity(input: $in) { activity { key } } }`, vars{"in": vars{"key": two, "version": 2, "reason": "It is another one."}})
		if len(got.Errors) == 0 {
			t.Error("a record that was made one with another is brought back alone")
		}
		ask := `query($id: ID!) { overlap(id: $id) { contradictions(decision: DISTINCT) { sentence activities { key } } } }`
		if got := p.member.call(t, ask, vars{"id": ab.ID}); strings.Contains(string(got.Data), two) {
			t.Errorf("a member is told %s", got.Data)
		}
		p.coordinator.settle(t, ac, "OPEN", nil)
		p.coordinator.settle(t, ab, "OPEN", nil)
		if now := p.keeper.record(t, one); strings.Contains(now, "XM-2") || !strings.Contains(p.keeper.record(t, two), "XM-2") {
			t.Errorf("both taken back, the first is %s", now)
		}
	})
}
