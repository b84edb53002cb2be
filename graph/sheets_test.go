package graph_test

import (
	"testing"

	"adam/ent/chapter"
	"adam/internal/access"
	"adam/internal/testdb"
)

// sheetRow is a row of merged sheets as the interface shows it.
type sheetRow struct {
	Named, Outcome, Answer, Sentence string
	Fields                           []string
	Stayed                           bool
	Item                             struct {
		ID, Status string
		Version    int
	}
	Agencies []struct {
		Agency, Place, Answer, Reason string
		Says                          []struct{ Field, To string }
	}
	Proposed []struct{ Field, To string }
}

type sheetMerge struct {
	ID, At, UndoneAt string
	Agencies         []string
	By               struct{ Name string }
	Rows             []sheetRow
}

const (
	rowsOfSheets = `rows { named outcome answer sentence fields stayed item { id status version } agencies { agency place answer reason says { field to } } proposed { field to } }`
	mergeSheets  = `mutation($in: MergeSheetsInput!) { mergeSheets(input: $in) { cycle { id } merge { id at undoneAt agencies by { name } } ` + rowsOfSheets + ` } }`
	undoSheets   = `mutation($in: UndoSheetsInput!) { undoSheets(input: $in) { merge { id undoneAt } cycle { id } stayed { id status } } }`
	mergesOf     = `query($id: ID!) { cycle(id: $id) { sheetMerges { id at undoneAt agencies by { name } ` + rowsOfSheets + ` } } }`
)

type merged struct {
	MergeSheets struct {
		Cycle struct{ ID string }
		Merge *sheetMerge
		Rows  []sheetRow
	}
}

func (c caller) merges(t *testing.T, cycle string) []sheetMerge {
	t.Helper()
	var out struct {
		Cycle struct{ SheetMerges []sheetMerge }
	}
	c.do(t, mergesOf, vars{"id": cycle}, &out)
	return out.Cycle.SheetMerges
}

// twoSheets answer an own law and a record of others, on which they do not agree.
func twoSheets(law, other reviewItem) []vars {
	fix := func(field, value string) vars {
		return vars{"item": law.ID, "version": law.Version, "answer": "PART_WRONG", "source": vars{"title": "Gazette"},
			"law": vars{"key": law.Record.Key, "version": law.Record.Version, field: value}}
	}
	return []vars{
		{"agency": "Police", "answers": []vars{fix("number", "No. 7"), {"item": other.ID, "version": other.Version, "answer": "RIGHT"}}},
		{"agency": "Courts", "answers": []vars{fix("titleLocal", "พระราชบัญญัติ"), {"item": other.ID, "version": other.Version, "answer": "DISAGREE", "reason": "Not here."}}},
	}
}

// A program merges the sheets of agencies: it looks first, writes then, reads what was written, and undoes it.
func TestSheetsAreMergedAndUndoneOverTheInterface(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		cycle, focal := begin(t, a, keeper, "IDN", "focal@idn.example")
		law, other := firstOf(t, focal, cycle)
		in := vars{"cycle": cycle, "sheets": twoSheets(law, other)}
		var tried, done, again merged
		focal.do(t, mergeSheets, vars{"in": in}, &tried)
		if m := tried.MergeSheets; m.Merge != nil || len(m.Rows) != 2 || m.Rows[0].Outcome != "ANSWERED" || m.Rows[0].Item.Status != "PENDING" || len(m.Rows[0].Proposed) < 2 {
			t.Errorf("tried %+v", m)
		}
		if all := focal.merges(t, cycle); len(all) != 0 {
			t.Errorf("trying wrote %+v", all)
		}
		in["apply"], focal.once = true, "sheets-of-two"
		focal.do(t, mergeSheets, vars{"in": in}, &done)
		m := done.MergeSheets
		if m.Merge == nil || m.Merge.By.Name != "Division" || m.Rows[0].Item.Status != "CORRECTED" || m.Rows[0].Answer != "PART_WRONG" {
			t.Fatalf("merged %+v", m)
		}
		if r := m.Rows[1]; r.Outcome != "DISAGREEMENT" || r.Answer != "" || len(r.Agencies) != 2 || r.Agencies[0].Reason != "Not here." || r.Agencies[1].Place != "input.sheets[0].answers[1]" || r.Item.Status != "PENDING" {
			t.Errorf("the disagreement is %+v", r)
		}
		focal.do(t, mergeSheets, vars{"in": in}, &again) // the request is repeated: it is answered by what was written
		if r := again.MergeSheets; r.Merge == nil || r.Merge.ID != m.Merge.ID || len(r.Rows) != 2 || r.Rows[0].Outcome != "ANSWERED" {
			t.Errorf("repeated %+v", r)
		}
		for _, focal.once = range []string{"", "the-same-again", "the-same-again"} {
			sameAgain(t, focal, in)
		}
		focal.once = ""
		seesMerges(t, a, focal, keeper, cycle, m.Merge.ID)
		undoes(t, focal, m.Merge.ID)
	})
}

// sameAgain sends what was merged already.
func sameAgain(t *testing.T, focal caller, in vars) {
	t.Helper()
	var again merged
	focal.do(t, mergeSheets, vars{"in": in}, &again)
	if r := again.MergeSheets; r.Merge != nil || len(r.Rows) != 2 || r.Rows[0].Outcome != "SAME" || r.Rows[1].Outcome != "DISAGREEMENT" {
		t.Errorf("the same again %+v", r)
	}
}

// firstOf finds a law of one's own and a record of others.
func firstOf(t *testing.T, focal caller, cycle string) (law, other reviewItem) {
	t.Helper()
	all, _ := focal.items(t, cycle)
	for _, it := range all {
		if it.Own && it.Kind == "LAW" && law.ID == "" {
			law = it
		}
		if !it.Own && other.ID == "" {
			other = it
		}
	}
	return law, other
}

// seesMerges: whoever is asked and the secretariat see what was merged, nobody else.
func seesMerges(t *testing.T, a *api, focal, keeper caller, cycle, merge string) {
	t.Helper()
	lao := a.store.Client.Chapter.Query().Where(chapter.Code("LAO")).OnlyX(testdb.Context(t))
	neighbour := caller{api: a, viewer: somebody("Ministry", access.Grant{Role: access.FocalPoint, Chapter: lao.ID, State: *lao.StateID})}
	for name, c := range map[string]struct {
		caller caller
		sees   int
	}{"focal point": {focal, 1}, "secretariat": {keeper, 1}, "neighbour": {neighbour, 0}} {
		if all := c.caller.merges(t, cycle); len(all) != c.sees || c.sees == 1 && (all[0].ID != merge || len(all[0].Rows) != 2) {
			t.Errorf("the %s sees %+v", name, all)
		}
	}
	got := neighbour.call(t, undoSheets, vars{"in": vars{"merge": merge}})
	refused(t, "undoing what one does not see", got, "NOT_FOUND")
	got = keeper.call(t, undoSheets, vars{"in": vars{"merge": merge}})
	refused(t, "undoing without the letter", got, "INVALID")
}

func undoes(t *testing.T, focal caller, merge string) {
	t.Helper()
	var out struct {
		UndoSheets struct {
			Merge  sheetMerge
			Cycle  struct{ ID string }
			Stayed []reviewItem
		}
	}
	focal.do(t, undoSheets, vars{"in": vars{"merge": merge}}, &out)
	if u := out.UndoSheets; u.Merge.UndoneAt == "" || len(u.Stayed) != 0 {
		t.Errorf("undone %+v", u)
	}
	if it := focal.merges(t, out.UndoSheets.Cycle.ID)[0].Rows[0].Item; it.Status != "PENDING" {
		t.Errorf("the law is %+v", it)
	}
}

// What cannot be read as a sheet is told with its place.
func TestASheetThatSaysTwoThingsAtOnceIsInvalid(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		cycle, focal := begin(t, a, keeper, "LKA", "focal@lka.example")
		law, other := firstOf(t, focal, cycle)
		sheets := twoSheets(law, other)
		sheets[1]["answers"].([]vars)[0]["policy"] = vars{"key": "x", "version": 1}
		got := focal.call(t, mergeSheets, vars{"in": vars{"cycle": cycle, "sheets": sheets}})
		refused(t, "a law that is a policy too", got, "INVALID")
	})
}
