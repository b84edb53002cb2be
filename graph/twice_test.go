package graph_test

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"sync"
	"testing"

	"adam/internal/access"
	"adam/internal/people"
)

// twice sends a mutation two times at once with one Idempotency-Key, again later, and a last time without: it has one
// effect. Whoever sends it with the key gets the same answer each time; without, a refusal or the answer of before.
func (w *office) twice(t *testing.T, who caller, name string, in vars) answer {
	t.Helper()
	q, keyed := mutationOf(t, name), who
	w.sent++
	keyed.once = fmt.Sprint(name, "-", w.sent)
	var answers [2]answer
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() { answers[i] = keyed.call(t, q, vars{"in": in}) })
	}
	group.Wait()
	if len(answers[0].Errors) > 0 || !same(answers[0], answers[1]) {
		t.Errorf("%s, sent twice at once, is answered\n%s %+v\nand\n%s %+v", name, answers[0].Data, answers[0].Errors, answers[1].Data, answers[1].Errors)
	}
	before, _ := digestOf(t, w.store)
	if again := keyed.call(t, q, vars{"in": in}); !same(again, answers[0]) {
		t.Errorf("%s, sent again, is answered %s %+v, and was %s", name, again.Data, again.Errors, answers[0].Data)
	}
	without := who.call(t, q, vars{"in": in})
	switch {
	case len(without.Errors) == 0 && same(without, answers[0]):
	case len(without.Errors) == 1 && isSentence(without.Errors[0].Message) && slices.Contains(doneBefore[name], without.Errors[0].Extensions.Code):
	default:
		t.Errorf("%s, sent again without its key, is answered %s %+v", name, without.Data, without.Errors)
	}
	if after, _ := digestOf(t, w.store); after != before {
		t.Errorf("%s, sent again, has a second effect", name)
	}
	return answers[0]
}

// doneBefore are how a mutation is refused that was done before: CONFLICT, but where what it names may have gone.
var doneBefore = map[string][]string{}

func init() {
	for _, f := range schema.Mutation.Fields {
		doneBefore[f.Name] = []string{"CONFLICT"}
	}
	doneBefore["reopenItem"] = []string{"CONFLICT", "NOT_FOUND"}
}

// everythingTwice sends every mutation of a review twice, in the order of a review.
func (w *office) everythingTwice(t *testing.T) {
	done := map[string]bool{}
	twice := func(who caller, name string, in vars) answer {
		t.Helper()
		done[name] = true
		return w.twice(t, who, name, in)
	}
	twice(w.first, "openCycle", vars{"chapter": "LKA"})
	twice(w.first, "nominateFocalPoint", vars{"chapter": "LKA", "email": "lka@example.org", "unit": "Ministry"})
	focal := w.person(people.Invitation{Email: "lka@example.org", Role: access.FocalPoint, Chapter: "LKA"})
	cycle := w.current(t, "LKA")
	step := func(reason string) vars { return vars{"cycle": cycle, "reason": reason} }
	twice(focal, "acceptCycle", vars{"cycle": cycle})
	twice(w.first, "suspendCycle", step("There are floods."))
	twice(w.first, "resumeCycle", step("They are over."))
	twice(w.first, "extendDeadline", vars{"cycle": cycle, "until": "2027-03-31", "reason": "There were floods."})
	twice(w.first, "remindCycle", step("Please begin with the laws."))
	w.answersTwice(t, focal, cycle, twice)
	w.confirmRest(t, focal, cycle)
	twice(focal, "completeCycle", vars{"cycle": cycle, "statement": "Checked and right."})
	twice(w.first, "returnCycle", step("Please look at the laws again."))
	w.does(t, focal, "completeCycle", vars{"cycle": cycle, "statement": "Checked again and right."})
	twice(w.second, "publishChapter", vars{"cycle": cycle})
	w.person(people.Invitation{Email: "reporter@example.org", Role: access.Reporter, Actor: "iom"})
	twice(w.first, "openPortfolio", vars{"actor": "iom"})
	cycle, _ = w.opened("PAK")
	twice(w.first, "declineCycle", step("The State does not take part."))
	w.at = w.at.AddDate(0, 4, 0)
	twice(w.first, "closeCycle", step("Nobody was nominated."))
	propose := vars{"summary": "What was corrected.", "seen": w.unreleased(t, w.first, "").Seen}
	twice(w.first, "proposeRelease", propose)
	twice(w.first, "withdrawRelease", vars{"release": w.pending(t)})
	w.does(t, w.first, "proposeRelease", propose)
	twice(w.second, "decideRelease", vars{"release": w.pending(t), "approve": true, "seen": w.unreleased(t, w.second, "").Seen})
	for _, f := range schema.Mutation.Fields {
		of := path.Base(f.Position.Src.Name)
		if (of == "review.graphql" || of == "release.graphql") && !done[f.Name] {
			t.Errorf("%s was not sent twice, of %v", f.Name, slices.Sorted(maps.Keys(done)))
		}
	}
}

// twiceAtOnce sends two times at once, without a key, what the stage of a review does not tell: one of them is refused.
func (w *office) twiceAtOnce(t *testing.T) {
	cycle, focal := w.opened("SGP")
	_, before := focal.items(t, cycle)
	law := vars{"title": "Regulation on borders", "state": "SGP", "status": "IN_FORCE", "sources": []vars{{"title": "Gazette"}}}
	for name, in := range map[string]vars{"acceptCycle": {"cycle": cycle}, "addToCycle": {"cycle": cycle, "law": law}} {
		var answers [2]answer
		var group sync.WaitGroup
		for i := range answers {
			group.Go(func() { answers[i] = focal.call(t, mutationOf(t, name), vars{"in": in}) })
		}
		group.Wait()
		if len(answers[0].Errors) > 0 {
			answers[0], answers[1] = answers[1], answers[0]
		}
		if refused(t, name, answers[1], "CONFLICT"); len(answers[0].Errors) > 0 {
			t.Errorf("%s is refused both times: %+v", name, answers[0].Errors)
		}
	}
	var out struct {
		Cycle struct{ Steps []struct{ Event string } }
	}
	focal.do(t, `query($id: ID!) { cycle(id: $id) { steps { event } } }`, vars{"id": cycle}, &out)
	if _, after := focal.items(t, cycle); after != before+1 || len(out.Cycle.Steps) != 3 { // opened, nominated, accepted
		t.Errorf("%d items became %d; the steps are %v", before, after, out.Cycle.Steps)
	}
}

// answersTwice gives each sort of answer.
func (w *office) answersTwice(t *testing.T, focal caller, cycle string, twice func(caller, string, vars) answer) {
	t.Helper()
	all, _ := focal.items(t, cycle)
	var laws, others []reviewItem
	for _, it := range all {
		switch {
		case it.Own && it.Kind == "LAW":
			laws = append(laws, it)
		case !it.Own:
			others = append(others, it)
		}
	}
	if len(laws) < 3 || len(others) < 3 {
		t.Fatalf("%d laws and %d records of others", len(laws), len(others))
	}
	at := func(it reviewItem, more vars) vars {
		in := vars{"item": it.ID, "version": it.Version}
		maps.Copy(in, more)
		return in
	}
	twice(focal, "confirmItems", vars{"items": []vars{{"id": laws[0].ID, "version": laws[0].Version}}})
	twice(focal, "correctItem", at(laws[1], vars{"source": vars{"title": "Gazette"}, "law": vars{"key": laws[1].Record.Key, "version": laws[1].Record.Version, "number": "No. 7"}}))
	twice(focal, "withdrawItem", at(laws[2], vars{"reason": "It was never adopted."}))
	laws[2].Version++
	twice(focal, "reopenItem", at(laws[2], nil))
	twice(focal, "disputeItem", at(others[0], vars{"reason": "Not in this State."}))
	twice(focal, "notOurs", at(others[1], nil))
	twice(focal, "answerLater", at(others[2], nil))
	twice(focal, "addToCycle", vars{"cycle": cycle, "law": vars{"title": "Regulation on borders", "state": "LKA", "status": "IN_FORCE", "sources": []vars{{"title": "Gazette"}}}})
}

// current is the review of a chapter that is under way.
func (w *office) current(t *testing.T, code string) string {
	t.Helper()
	var out struct {
		Chapter struct{ CurrentCycle struct{ ID string } }
	}
	w.first.do(t, `query($c: String!) { chapter(code: $c) { currentCycle { id } } }`, vars{"c": code}, &out)
	return out.Chapter.CurrentCycle.ID
}
