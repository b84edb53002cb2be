package review_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"adam/ent"
	"adam/ent/law"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"
)

// merge merges sheets as somebody, and gives the rows.
func (w *world) merge(who string, in review.Sheets) (*review.Merged, error) {
	w.t.Helper()
	var out *review.Merged
	_, err := do(w, who, func(ctx context.Context, tx *ent.Tx, in review.Sheets) (id term.ID, err error) {
		if out, err = w.desk.Merge(ctx, tx, in); err != nil {
			return 0, err
		}
		return out.ID(), nil
	}, in)
	return out, err
}

// apply merges sheets and writes what comes of it.
func (w *world) apply(who string, cycle term.ID, sheets ...review.Sheet) *review.Merged {
	w.t.Helper()
	m, err := w.merge(who, review.Sheets{Cycle: cycle, Apply: true, Sheets: sheets})
	ok(w.t, err)
	return m
}

// saying is the row of a sheet about a record, at the version that stands.
func (w *world) saying(cycle term.ID, name string, answer term.SheetAnswer, reason string) review.SheetAnswer {
	w.t.Helper()
	return review.SheetAnswer{Item: w.read(cycle, name), Answer: answer, Reason: reason}
}

// fixing is a row that corrects a law.
func (w *world) fixing(cycle term.ID, name string, in input) review.SheetAnswer {
	w.t.Helper()
	c := w.correction(cycle, name, "")
	in["key"], in["version"] = c.Input["key"], c.Input["version"]
	return review.SheetAnswer{Item: c.Item, Answer: term.SheetPartWrong, Kind: term.KindLaw, Input: in, Source: c.Source}
}

// three are the sheets of three agencies about the review of Thailand; on one item they do not agree.
func (w *world) three(cycle term.ID) []review.Sheet {
	w.t.Helper()
	yes := true
	active := w.saying(cycle, "ended", term.SheetRight, "")
	active.ActiveHere, active.Authority = &yes, "Police Academy"
	again := w.saying(cycle, "ended", term.SheetRight, "As reported.")
	again.Authority = "Courts"
	added := with(input{"title": "New act", "state": "THA", "status": "IN_FORCE", "visibility": "PUBLIC"})
	police := review.Sheet{Agency: "Royal  Thai Police", Additions: []review.SheetAddition{{Kind: term.KindLaw, Input: added}}, Answers: []review.SheetAnswer{
		w.saying(cycle, "policy", term.SheetRight, ""), w.fixing(cycle, "law", input{"title": "Act on trafficking in persons"}), active,
		w.saying(cycle, "internal", term.SheetNotSure, "Ask the courts."), w.saying(cycle, "training", term.SheetRight, ""), w.saying(cycle, "police", term.SheetNotSure, ""),
	}}
	courts := review.Sheet{Agency: "Courts of Justice", Additions: []review.SheetAddition{{Kind: term.KindLaw, Input: with(added, "number", "No. 9")}}, Answers: []review.SheetAnswer{
		w.fixing(cycle, "law", input{"number": "B.E. 2551"}), again, w.saying(cycle, "internal", term.SheetNotOurs, ""), w.saying(cycle, "draft", term.SheetWithdraw, "Never adopted."),
	}}
	labour := review.Sheet{Agency: "Ministry of Labour", Answers: []review.SheetAnswer{
		w.saying(cycle, "policy", term.SheetRight, ""), w.saying(cycle, "training", term.SheetDisagree, "It was never held."), w.saying(cycle, "draft", term.SheetWithdraw, ""),
	}}
	return []review.Sheet{police, courts, labour}
}

// outcomes are the outcomes of rows by the names of their records.
func (w *world) outcomes(cycle term.ID, m *review.Merged) map[string]term.SheetOutcome {
	w.t.Helper()
	out := map[string]term.SheetOutcome{}
	for _, r := range m.Rows {
		name := "(new)"
		for n, id := range w.id {
			if it, found := w.itemOf(cycle, id); found && r.Named != nil && it.ID == *r.Named {
				name = n
			}
		}
		out[name] = r.Outcome
	}
	return out
}

func (w *world) itemOf(cycle, record term.ID) (*ent.ReviewItem, bool) {
	for _, it := range w.items(cycle) {
		if it.RecordID != nil && *it.RecordID == record {
			return it, true
		}
	}
	return nil, false
}

// about is the row about a record.
func (w *world) about(cycle term.ID, m *review.Merged, name string) term.SheetRow {
	w.t.Helper()
	id := w.item(cycle, name).ID
	i := slices.IndexFunc(m.Rows, func(r term.SheetRow) bool { return r.Named != nil && *r.Named == id })
	if i < 0 {
		w.t.Fatalf("no row is about %s: %+v", name, m.Rows)
	}
	return m.Rows[i]
}

// Sheets of several agencies merge into one answer: what they agree on is written, what they do not is left to whoever is
// asked, and what nobody answers is not touched.
func TestSheetsOfSeveralAgenciesMergeIntoOneAnswer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		untouched := w.dumpBut("review_items", "sheet_merges", "log_entries")
		pending, secret := w.item(id, "training"), w.item(id, "secret")
		m := w.apply("tha", id, w.three(id)...)
		want := map[string]term.SheetOutcome{"policy": term.SheetAnswered, "law": term.SheetAnswered, "ended": term.SheetAnswered, "internal": term.SheetAnswered,
			"draft": term.SheetAnswered, "police": term.SheetAnswered, "training": term.SheetDisagreement, "(new)": term.SheetAnswered}
		if got := w.outcomes(id, m); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("the outcomes are %v; expected %v", got, want)
		}
		for name, right := range map[string]func(*ent.ReviewItem) bool{
			"policy": func(it *ent.ReviewItem) bool { return it.Status == term.ItemConfirmed && it.Reason == nil },
			"law": func(it *ent.ReviewItem) bool {
				return it.Status == term.ItemCorrected && it.Input["title"] == "Act on trafficking in persons" && it.Input["number"] == "B.E. 2551" && len(it.Difference) >= 2
			},
			"ended": func(it *ent.ReviewItem) bool {
				return *it.ActiveHere && *it.Authority == "Courts; Police Academy" && *it.Reason == "Courts of Justice: As reported."
			},
			"internal": func(it *ent.ReviewItem) bool { return it.Status == term.ItemNotOurs && it.Reason == nil },
			"draft":    func(it *ent.ReviewItem) bool { return *it.Reason == "Courts of Justice: Never adopted." },
			"police":   func(it *ent.ReviewItem) bool { return it.Status == term.ItemPending && it.Later },
		} {
			if it := w.item(id, name); !right(it) || it.Version != 2 || *it.By != "Ministry tha" {
				t.Errorf("the item about %s is %+v", name, it)
			}
		}
		if it := w.item(id, "training"); it.Version != pending.Version || it.Status != term.ItemPending {
			t.Errorf("what they differ on became %+v", it)
		}
		if it := w.item(id, "secret"); it.Version != secret.Version {
			t.Errorf("what nobody answered became %+v", it)
		}
		if r := w.about(id, m, "training"); len(r.Agencies) != 2 || r.Answer != nil || !strings.Contains(r.Sentence, `Ministry of Labour: DISAGREE ("It was never held."). Royal Thai Police: RIGHT.`) {
			t.Errorf("the disagreement is told as %+v", r)
		}
		if d := differing(w.dumpBut("review_items", "sheet_merges", "log_entries"), untouched); len(d) > 0 {
			t.Errorf("merging wrote %v", d)
		}
		w.publishesMerged(t, id)
	})
}

// publishesMerged finishes a review whose sheets were merged.
func (w *world) publishesMerged(t *testing.T, id term.ID) {
	t.Helper()
	_, err := do(w, "tha", w.desk.Dispute, review.Reply{Item: w.read(id, "training"), Reason: "It was never held."})
	ok(t, err)
	w.confirmAll("tha", id)
	w.complete("tha", id)
	w.publish(id)
	told := w.history("law")
	var fields []string
	for _, c := range told[len(told)-1].Changes {
		fields = append(fields, c.Field)
	}
	if !slices.Contains(fields, "title") || !slices.Contains(fields, "number") {
		t.Errorf("the law changed in %v", fields)
	}
	added := w.st.Client.Law.Query().Where(law.Title("New act")).OnlyX(testdb.Context(t))
	if h := w.history("draft"); added.Number == nil || *added.Number != "No. 9" || h[len(h)-1].Action != term.ActionWithdrawn {
		t.Errorf("the new law is %+v, and the draft's last entry is %s", added, h[len(h)-1].Action)
	}
}

// The same sheets twice change nothing, in whatever order they come; without Apply nothing is written either, and the
// rows say the same.
func TestTheSameSheetsTwiceChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		sheets, before := w.three(id), w.dump()
		tried, err := w.merge("tha", review.Sheets{Cycle: id, Sheets: sheets})
		ok(t, err)
		if d := differing(w.dump(), before); len(d) > 0 || tried.Merge != nil {
			t.Errorf("trying wrote %v", d)
		}
		done := w.apply("tha", id, sheets...)
		for i, r := range done.Rows {
			if p := tried.Rows[i]; p.Outcome != r.Outcome || p.Sentence != r.Sentence || plain(t, p.Proposed) != plain(t, r.Proposed) {
				t.Errorf("it was said\n%s\nand came\n%s", plain(t, p), plain(t, r))
			}
		}
		before = w.dump()
		slices.Reverse(sheets)
		again := w.apply("deputy", id, sheets...)
		if d := differing(w.dump(), before); len(d) > 0 || again.Merge != nil {
			t.Errorf("the same sheets wrote %v", d)
		}
		for i, r := range again.Rows {
			if r.Outcome != term.SheetSame && done.Rows[i].Outcome == term.SheetAnswered || done.Rows[i].Outcome != term.SheetAnswered && r.Outcome != done.Rows[i].Outcome {
				t.Errorf("what was %s is %s now: %s", done.Rows[i].Outcome, r.Outcome, r.Sentence)
			}
		}
	})
}

// Who is not sure takes nobody's answer away, whatever she has read.
func TestNotSureLeavesTheAnswerThatStands(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		unsure := review.Sheet{Agency: "Labour", Answers: []review.SheetAnswer{w.saying(id, "policy", term.SheetNotSure, "Who knows?")}}
		w.apply("tha", id, review.Sheet{Agency: "Police", Answers: []review.SheetAnswer{w.saying(id, "policy", term.SheetRight, "")}})
		before := w.dump()
		for range 2 {
			m := w.apply("tha", id, unsure)
			if r := w.about(id, m, "policy"); r.Outcome != term.SheetSame || m.Merge != nil {
				t.Errorf("the row is %+v", r)
			}
			unsure.Answers[0].Item = w.read(id, "policy")
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("being not sure wrote %v", d)
		}
	})
}

// Of several who merge the same sheets at once one does; the others find the answers there.
func TestOfSeveralWhoMergeTheSameSheetsOneDoes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		sheets := w.three(id)
		var group sync.WaitGroup
		got, errs := make([]*review.Merged, 4), make([]error, 4)
		for i := range got {
			group.Go(func() {
				got[i], errs[i] = w.merge([]string{"tha", "deputy"}[i%2], review.Sheets{Cycle: id, Apply: true, Sheets: sheets})
			})
		}
		group.Wait()
		wrote := 0
		for i := range got {
			ok(t, errs[i])
			if got[i].Merge != nil {
				wrote++
			} else if r := w.about(id, got[i], "law"); r.Outcome != term.SheetSame {
				t.Errorf("another finds %s: %s", r.Outcome, r.Sentence)
			}
		}
		if it := w.item(id, "law"); wrote != 1 || it.Version != 2 {
			t.Errorf("%d wrote, and the item is at version %d", wrote, it.Version)
		}
	})
}
