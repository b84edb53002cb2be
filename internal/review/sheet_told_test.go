package review_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/sheetmerge"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
)

// What was changed since it was read stays as it is and is told, whether it is the item or its record.
func TestWhatChangedMeanwhileIsToldAndStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		sheets := w.three(id)
		ok(t, second(do(w, "deputy", w.desk.Later, review.Reply{Item: w.read(id, "policy"), Reason: "Wait."})))
		w.edit(w.who["first"], "law", input{"summary": "In Thai."})
		before := w.item(id, "law")
		m := w.apply("tha", id, sheets...)
		for _, name := range []string{"policy", "law"} {
			if r := w.about(id, m, name); r.Outcome != term.SheetChanged || !strings.Contains(r.Sentence, "at version 3 now, with the answer PENDING") && name == "policy" {
				t.Errorf("%s: %s, %s", name, r.Outcome, r.Sentence)
			}
		}
		if r := w.about(id, m, "policy"); !slices.Equal(r.Fields, []string{"input.sheets[2].answers[0].version", "input.sheets[0].answers[0].version"}) {
			t.Errorf("the places are %v", r.Fields)
		}
		if it := w.item(id, "policy"); !it.Later || *it.Reason != "Wait." {
			t.Errorf("it became %+v", it)
		}
		if it := w.item(id, "law"); it.Version != before.Version {
			t.Errorf("it became %+v", it)
		}
		if got := w.outcomes(id, m); got["draft"] != term.SheetAnswered {
			t.Errorf("the others are %v", got)
		}
		// The answer that stands is about a record as it was: confirming what stands now is a new answer.
		w.edit(w.who["first"], "draft", input{"summary": "As adopted."})
		r := w.about(id, w.apply("tha", id, review.Sheet{Agency: "Courts", Answers: []review.SheetAnswer{w.saying(id, "draft", term.SheetWithdraw, "Courts of Justice: Never adopted.")}}), "draft")
		if r.Outcome != term.SheetAnswered {
			t.Errorf("of the record as it is now the answer is %s: %s", r.Outcome, r.Sentence)
		}
	})
}

// What the rules refuse is told with its place; the other rows go on.
func TestWhatIsRefusedIsToldAndTheOthersGoOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		viet, id := w.open("VNM"), w.open("THA")
		theirs, nowhere := w.saying(viet, "viet law", term.SheetRight, ""), review.SheetAnswer{Item: review.ItemVersion{ID: term.NewID(term.KindReviewItem), Version: 1}, Answer: term.SheetRight}
		of := w.fixing(id, "law", input{"title": "x"})
		of.Item, of.Kind = w.read(id, "training"), term.KindActivity
		wrong := w.fixing(id, "draft", input{"status": "SOMETIMES", "year": "next"})
		sheet := review.Sheet{Agency: "Police", Answers: []review.SheetAnswer{theirs, nowhere, of, wrong, w.saying(id, "police", term.SheetDisagree, "No."),
			w.saying(id, "ended", term.SheetDisagree, ""), w.saying(id, "policy", term.SheetRight, ""), w.saying(id, "policy", term.SheetNotSure, ""),
			w.saying(id, "internal", term.SheetDisagree, strings.Repeat("x", 3000)), w.saying(id, "treaty", term.SheetRight, "")},
			Additions: []review.SheetAddition{{Kind: term.KindLaw, Input: input{"state": "THA"}}, {Kind: term.KindLaw, Input: with(input{"title": "Of Viet Nam", "state": "VNM", "status": "IN_FORCE"})}, {Kind: term.KindState}}}
		other := review.Sheet{Agency: "Courts", Answers: []review.SheetAnswer{w.saying(id, "internal", term.SheetDisagree, strings.Repeat("y", 3000))}}
		m := w.apply("tha", id, sheet, other)
		for place, words := range map[string]string{
			"answers[0].item": "no item with the id", "answers[1].item": "no item with the id", "answers[2].answer": "Somebody else answers for this record",
			"answers[3].law.status": "", "answers[3].law.year": "", "answers[4].item": "You answer for this record yourself", "answers[5].reason": "Say what is wrong",
			"answers[6].answer": "twice", "answers[7].answer": "twice", "answers[8].reason": "at most 4000", "additions[0].law.title": "", "additions[0].law.sources": "",
			"additions[1].answer": "that you answer for", "additions[2].kind": "Say what is added",
		} {
			i := slices.IndexFunc(m.Rows, func(r term.SheetRow) bool { return slices.Contains(r.Fields, "input.sheets[0]."+place) })
			if i < 0 || m.Rows[i].Outcome != term.SheetRefused || !strings.Contains(m.Rows[i].Sentence, words) {
				t.Errorf("nothing is refused at %s with %q", place, words)
			}
		}
		if got := w.outcomes(id, m); got["treaty"] != term.SheetAnswered || len(m.Rows) != 12 {
			t.Errorf("the rows are %v", got)
		}
		var a, b term.SheetRow
		for _, r := range m.Rows {
			if r.Named != nil && *r.Named == theirs.Item.ID {
				a = r
			} else if r.Named != nil && *r.Named == nowhere.Item.ID {
				b = r
			}
		}
		if strings.ReplaceAll(a.Sentence, theirs.Item.ID.String(), "") != strings.ReplaceAll(b.Sentence, nowhere.Item.ID.String(), "") || a.Item != 0 {
			t.Errorf("an item of another review can be told from none: %+v", a)
		}
	})
}

// Only whoever is asked merges sheets, and the secretariat with the letter; nobody else learns that there is a review.
func TestOnlyWhoeverIsAskedMergesSheets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		sheets := w.three(id)
		before := w.dump()
		for _, who := range []string{"vnm", "iom", "member", "coordinator", "administrator"} {
			_, err := w.merge(who, review.Sheets{Cycle: id, Apply: true, Sheets: sheets})
			if k := fault.KindOf(err); err == nil || k != fault.Forbidden && k != fault.NotFound {
				t.Errorf("%s: %v", who, err)
			}
		}
		_, err := catalogue.InTx(access.With(t.Context(), access.Anonymous()), w.st, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			_, err := w.desk.Merge(ctx, tx, review.Sheets{Cycle: id, Apply: true, Sheets: sheets})
			return 0, err
		})
		if k := fault.KindOf(err); err == nil || k != fault.Forbidden && k != fault.NotFound {
			t.Errorf("anonymous: %v", err)
		}
		_, err = w.merge("first", review.Sheets{Cycle: id, Apply: true, Sheets: sheets})
		refused(t, err, fault.Invalid, "name the letter", "input.letter")
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
		m, err := w.merge("first", review.Sheets{Cycle: id, Apply: true, Sheets: sheets, Letter: "Note 12"})
		ok(t, err)
		if it := w.item(id, "law"); *m.Merge.Letter != "Note 12" || *it.Letter != "Note 12" {
			t.Errorf("the letter is %v, of the item %v", m.Merge.Letter, it.Letter)
		}
		for who, sees := range map[string]int{"tha": 1, "deputy": 1, "second": 1, "vnm": 0, "iom": 0, "member": 0, "coordinator": 0, "administrator": 0} {
			if n := w.st.Client.SheetMerge.Query().Where(sheetmerge.CycleID(id)).CountX(access.With(t.Context(), w.who[who])); n != sees {
				t.Errorf("%s sees %d merges; expected %d", who, n, sees)
			}
		}
		_, err = do(w, "vnm", w.desk.Undo, review.Undoing{Merge: m.Merge.ID})
		refused(t, err, fault.NotFound, "no merged sheets", "input.merge")
		_, err = do(w, "first", w.desk.Undo, review.Undoing{Merge: m.Merge.ID})
		refused(t, err, fault.Invalid, "name the letter", "input.letter")
	})
}

// Limits and names are checked before anything is read.
func TestSheetsThatCannotBeMergedAreRefusedAsAWhole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		row := w.saying(id, "law", term.SheetRight, "")
		sheet := func(agency string, rows int) review.Sheet {
			return review.Sheet{Agency: agency, Answers: slices.Repeat([]review.SheetAnswer{row}, rows)}
		}
		var many []review.Sheet
		for i := range 21 {
			many = append(many, sheet(fmt.Sprint("Agency ", i), 1))
		}
		for name, c := range map[string]struct {
			sheets []review.Sheet
			kind   fault.Kind
			field  string
		}{
			"none":              {nil, fault.Invalid, "input.sheets"},
			"empty ones":        {[]review.Sheet{{Agency: "Police"}}, fault.Invalid, "input.sheets"},
			"too many":          {many, fault.Limit, "input.sheets"},
			"too many rows":     {[]review.Sheet{sheet("Police", 1000), sheet("Courts", 1001)}, fault.Limit, "input.sheets"},
			"nobody's":          {[]review.Sheet{sheet("Police", 1), sheet(" \t", 1)}, fault.Invalid, "input.sheets[1].agency"},
			"two of one agency": {[]review.Sheet{sheet("Police", 1), sheet("POLICE ", 1)}, fault.Invalid, "input.sheets[1].agency"},
			"a name too long":   {[]review.Sheet{sheet(strings.Repeat("x", 301), 1)}, fault.Invalid, "input.sheets[0].agency"},
		} {
			_, err := w.merge("tha", review.Sheets{Cycle: id, Apply: true, Sheets: c.sheets})
			t.Log(name)
			refused(t, err, c.kind, "", c.field)
		}
		w.apply("tha", id, sheet("Police", 1000), sheet("Courts", 1000))
		w.confirmAll("tha", id)
		w.complete("tha", id)
		_, err := w.merge("tha", review.Sheets{Cycle: id, Apply: true, Sheets: []review.Sheet{sheet("Police", 1)}})
		refused(t, err, fault.Conflict, "It can be answered while it is UNDER_REVIEW or RETURNED")
	})
}

// A transaction that ends half way leaves nothing, neither answers nor the merge.
func TestAMergeThatBreaksOffLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		sheets, before, killed := w.three(id), w.dump(), errors.New("killed")
		ctx, cancel := context.WithCancel(access.With(t.Context(), w.who["tha"]))
		defer cancel()
		writes := 0
		w.st.Client.ReviewItem.Use(func(next ent.Mutator) ent.Mutator {
			return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
				if writes++; writes == 4 {
					cancel()
					return nil, killed
				}
				return next.Mutate(ctx, m)
			})
		})
		err := w.st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			_, err := w.desk.Merge(ctx, tx, review.Sheets{Cycle: id, Apply: true, Sheets: sheets})
			return err
		})
		if !errors.Is(err, killed) || writes != 4 {
			t.Fatalf("after %d writes: %v", writes, err)
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("a merge that broke off wrote %v", d)
		}
	})
}
