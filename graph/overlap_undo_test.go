package graph_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// Three reports are made one; the one that came in first is taken out again, then the other, after somebody has edited the
// record.
func TestOneOfThreeReportsIsTakenOutAgain(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one := p.keeper.report(t, nil)
		two := p.keeper.report(t, vars{"summary": "Six courses.", "implementers": []string{"iom"}})
		three := p.keeper.report(t, vars{"summary": "Seven courses.", "results": "Ninety guards."})
		before := []string{p.keeper.record(t, one), p.keeper.record(t, two), p.keeper.record(t, three)}
		a.scanned(t, false)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "SAME_ACTIVITY", vars{"keep": one})
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, three), "SAME_ACTIVITY", vars{"keep": one, "fields": []string{"summary"}})
		if now := p.keeper.record(t, two); now != p.keeper.record(t, three) || !strings.Contains(now, "Seven courses.") || !strings.Contains(now, "Ninety guards.") {
			t.Errorf("three made one are %s", now)
		}
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "OPEN", nil)
		if now := p.keeper.record(t, two); now != before[1] {
			t.Errorf("the second is %s and was %s", now, before[1])
		}
		if now := p.keeper.record(t, one); !strings.Contains(now, "Seven courses.") || strings.Contains(now, `"key":"iom"`) {
			t.Errorf("the first keeps what is not the third's: %s", now)
		}
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, three), "OPEN", nil)
		for i, key := range []string{one, two, three} {
			if now := p.keeper.record(t, key); now != before[i] {
				t.Errorf("%s is %s and was %s", key, now, before[i])
			}
		}
	})
}

// What somebody has changed since stays when a decision is taken back.
func TestTakingADecisionBackKeepsWhatWasChangedSince(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one, two := p.keeper.report(t, nil), p.keeper.report(t, vars{"summary": "Six courses.", "results": "Ninety guards."})
		a.scanned(t, false)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "SAME_ACTIVITY", vars{"keep": one})
		var at struct{ Activity struct{ Version int } }
		p.keeper.do(t, `query($k: String!) { activity(key: $k) { version } }`, vars{"k": one}, &at)
		var out json.RawMessage
		p.keeper.do(t, operation(t, "UpdateActivity"), vars{"in": vars{"key": one, "version": at.Activity.Version, "summary": "Eight courses.", "sources": []any{vars{"title": "Letter"}}}}, &out)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "OPEN", nil)
		now := p.keeper.record(t, one)
		if !strings.Contains(now, "Eight courses.") || strings.Contains(now, "Ninety guards.") || !strings.Contains(p.keeper.record(t, two), "Six courses.") {
			t.Errorf("after it was taken back: %s", now)
		}
	})
}

// What names an actor that has another key since goes with the decision that brought it, as all else does.
func TestTakingADecisionBackKnowsRenamedActors(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		one := p.keeper.report(t, vars{"donors": []string{"unodc"}})
		two := p.keeper.report(t, vars{"donors": []string{"unodc", "iom"}, "implementers": []string{"iom"}})
		three := p.keeper.report(t, vars{"donors": []string{"unodc"}, "summary": "Seven courses."})
		before := []string{p.keeper.record(t, one), p.keeper.record(t, two), p.keeper.record(t, three)}
		a.scanned(t, false)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "SAME_ACTIVITY", vars{"keep": one, "fields": []string{"donors"}})
		if merged := p.keeper.record(t, one); strings.Count(merged, `"key":"iom"`) < 2 {
			t.Fatalf("the donors and implementers of both are %s", merged)
		}
		var at struct{ Actor struct{ Version int } }
		p.keeper.do(t, `{ actor(key: "iom") { version } }`, nil, &at)
		var out json.RawMessage
		p.keeper.do(t, `mutation($in: RenameInput!) { renameActor(input: $in) { actor { key } } }`,
			vars{"in": vars{"key": "iom", "version": at.Actor.Version, "newKey": "un-migration", "reason": "Its name since."}}, &out)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, three), "SAME_ACTIVITY", vars{"keep": one, "fields": []string{"donors"}})
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "OPEN", nil)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, three), "OPEN", nil)
		for i, key := range []string{one, two, three} {
			if now, want := p.keeper.record(t, key), strings.ReplaceAll(before[i], `"key":"iom"`, `"key":"un-migration"`); now != want {
				t.Errorf("%s is %s and was %s", key, now, want)
			}
		}
	})
}

// sourcesOf are the titles of the documents of an activity.
func (c caller) sourcesOf(t *testing.T, key string) string {
	t.Helper()
	var out struct {
		Activity struct{ Sources []struct{ Title string } }
	}
	c.do(t, `query($k: String!) { activity(key: $k) { sources { title } } }`, vars{"k": key}, &out)
	var titles []string
	for _, s := range out.Activity.Sources {
		titles = append(titles, s.Title)
	}
	return strings.Join(titles, "; ")
}

// Documents go back with the decision that brought them, but for those that show something else since: a later change, or
// another report that was made one with the record. History names them all the same.
func TestTakingADecisionBackTakesItsDocumentsBack(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		titled := func(titles ...string) []any {
			var out []any
			for _, title := range titles {
				out = append(out, vars{"title": title})
			}
			return out
		}
		one := p.keeper.report(t, vars{"sources": titled("First")})
		two := p.keeper.report(t, vars{"sources": titled("Second", "Shared", "Cited"), "summary": "Six courses."})
		three := p.keeper.report(t, vars{"sources": titled("Shared", "Third"), "results": "Ninety guards."})
		a.scanned(t, false)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "SAME_ACTIVITY", vars{"keep": one})
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, three), "SAME_ACTIVITY", vars{"keep": one})
		if got := p.keeper.sourcesOf(t, one); got != "First; Second; Shared; Cited; Third" {
			t.Fatalf("three made one name %s", got)
		}
		var at struct{ Activity struct{ Version int } }
		p.keeper.do(t, `query($k: String!) { activity(key: $k) { version } }`, vars{"k": one}, &at)
		var out json.RawMessage
		p.keeper.do(t, operation(t, "UpdateActivity"), vars{"in": vars{"key": one, "version": at.Activity.Version, "acronym": "SEA", "sources": titled("Cited")}}, &out)
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, two), "OPEN", nil)
		if got := p.keeper.sourcesOf(t, one); got != "First; Shared; Cited; Third" {
			t.Errorf("without the second it names %s", got)
		}
		p.coordinator.settle(t, p.coordinator.pairOf(t, one, three), "OPEN", nil)
		for key, want := range map[string]string{one: "First; Cited", two: "Second; Shared; Cited", three: "Shared; Third"} {
			if got := p.keeper.sourcesOf(t, key); got != want {
				t.Errorf("%s names %s, not %s", key, got, want)
			}
		}
		if !strings.Contains(string(p.keeper.call(t, operation(t, "History"), vars{"key": one}).Data), `"Second"`) {
			t.Error("history does not name the document that showed it")
		}
	})
}
