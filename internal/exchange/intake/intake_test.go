package intake

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/funding"
	"adam/ent/rule"
	"adam/ent/source"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

func TestAnActivityIsWhatItsFileSays(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		content := file(reported("AU-5", "AU-5-1", "Border training", whole))
		before := rows(t, st)
		plan := planned(t, st, "a.xml", content)
		if rows(t, st) != before {
			t.Error("a plan wrote something")
		}
		rep := applied(t, st, "a.xml", content)
		want := term.IntakeCounts{Read: 1, Created: 1, Lines: 3, LinesLeft: 2, Actors: 2, Matched: 1}
		if rep.Counts != want || plan.Counts != want {
			t.Errorf("planned %+v, applied %+v, expected %+v", plan.Counts, rep.Counts, want)
		}
		for name, n := range map[string]int{"contact-info": 1, "transaction of type 5": 1} {
			if rep.NotHeld[name] != n {
				t.Errorf("%s is named %d times among %v", name, rep.NotHeld[name], rep.NotHeld)
			}
		}
		ctx := testdb.Context(t)
		a := named(t, st, "AU-5-1")
		if a.Key != "au-5-1" || a.Title != "Border training" || *a.Summary != "About it" || a.Visibility != term.Public || a.Status != term.Implementation || a.StartOn != "2019-02-03" || a.PlannedStartOn != "2019-01-01" ||
			a.EndOn != "2021-12-31" || a.Regional || !slices.Equal(a.Places, []string{"France"}) || !slices.Equal(a.PurposeCodes, []string{"15190"}) || a.Smuggling != term.NotTargeted || a.VerifiedStatus != term.Unverified {
			t.Errorf("the activity is %+v", a)
		}
		here, err := (&taking{ctx: ctx, c: st.Client}).stands(a, &Draft{})
		must(t, err)
		said := map[string]string{}
		for _, f := range here {
			said[f.field] = f.text
		}
		for field, want := range map[string]string{
			"states": "LAO 30; THA 60", "participations": "FUNDING Publisher AU-5; IMPLEMENTING International Organization for Migration; IMPLEMENTING Village Help",
			"fundings": "BUDGET 170.5 USD 2019-01-01; COMMITMENT 1000.25 AUD 2019-02-03; DISBURSEMENT 400 USD 2019-03-03",
		} {
			if said[field] != want {
				t.Errorf("%s are %q, expected %q", field, said[field], want)
			}
		}
		if n := a.QueryInChapters().CountX(ctx); n != 2 {
			t.Errorf("it is in %d chapters", n)
		}
		paid := a.QueryFundings().Where(funding.KindEQ(term.Disbursement)).WithAllocations().WithProvider().WithReceiver().OnlyX(ctx)
		if paid.Edges.Provider.ID != *a.ReporterID || paid.Edges.Receiver.Name != "Village Help" || paid.ReportedBy != term.ReportedByDonor || len(paid.Edges.Allocations) != 1 || paid.Edges.Allocations[0].Percentage != "100" {
			t.Errorf("the disbursement is %+v", paid)
		}
		sources := st.Client.Source.Query().Where(source.RecordID(a.ID)).Order(source.ByPosition()).AllX(ctx)
		if len(sources) != 2 || *sources[0].Licence != "CC-BY" || *sources[0].Publisher != "Publisher AU-5" || sources[0].Kind != term.IATISource || *sources[1].URL != "https://example.org/report.pdf" {
			t.Errorf("the sources are %v", sources)
		}
		in := st.Client.Intake.GetX(ctx, rep.Import)
		if in.Counts != want || in.Digest == "" || in.Format != "IATI 2.03" || *in.Licence != "CC-BY" || in.By != "Test" || in.Publisher != "Publisher AU-5 AU-5" {
			t.Errorf("the import is %+v", in)
		}
		again := rows(t, st)
		if rep := applied(t, st, "a.xml", content); rep.Counts.Same != 1 || rep.Import != 0 || rows(t, st) != again {
			t.Errorf("imported again it changes something: %+v", rep.Counts)
		}
	})
}

// What is written past ent's hooks is what they write.
func TestWhatIsImportedIsAsTheHooksWriteIt(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "Border training ผู้", whole)))
		ctx, id := testdb.Context(t), recordID("AU-5-1")
		org := st.Client.Participation.Query().FirstX(ctx).ActorID
		for _, id := range []term.ID{id, org} {
			before := st.Client.Record.GetX(ctx, id)
			must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
				if id.Kind() == term.KindActor {
					return tx.Actor.UpdateOneID(id).SetName(tx.Actor.GetX(ctx, id).Name).Exec(ctx)
				}
				return tx.Activity.UpdateOneID(id).SetTitle("Border training ผู้").Exec(ctx)
			}))
			if after := st.Client.Record.GetX(ctx, id); !reflect.DeepEqual(before.String(), after.String()) {
				t.Errorf("the anchor was\n%v\nand is\n%v", before, after)
			}
			h := st.Client.HistoryEntry.Query().Order(ent.Desc("version")).FirstX(ctx)
			if h.RecordID == id && len(h.Changes) > 0 {
				t.Errorf("the hook finds other values: %+v", h.Changes)
			}
		}
	})
}

func TestAFileThatChangedChangesWhatNobodyTouched(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		first := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "Border training", whole), reported("AU-5", "AU-5-2", "Two", ""), reported("AU-5", "AU-5-3", "Three", "")))
		lines := named(t, st, "AU-5-1").QueryFundings().IDsX(ctx)
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.Activity.UpdateOneID(recordID("AU-5-2")).SetTitle("Two, corrected here").Exec(rule.WithReason(ctx, "It was wrong"))
		}))
		changed := strings.Replace(strings.Replace(whole, ">400<", ">500<", 1), `"60"`, `"50"`, 1)
		next := file(reported("AU-5", "AU-5-1", "Border training II", changed), reported("AU-5", "AU-5-2", "Two of the file", ""), reported("AU-5", "AU-5-3", "Three", ""))
		var items []Item
		_, err := Plan(ctx, st.Client, IATI(strings.NewReader(next)), Options{Now: noon, Each: func(i Item) { items = append(items, i) }})
		must(t, err)
		second := applied(t, st, "b.xml", next)
		if c := second.Counts; c.Changed != 1 || c.Differs != 1 || c.Same != 1 || c.Created != 0 {
			t.Errorf("the counts are %+v", c)
		}
		if len(items) != 3 || len(items[1].Changes) != 1 || *items[1].Changes[0].From != "Two, corrected here" || *items[1].Changes[0].To != "Two of the file" {
			t.Errorf("the plan tells %+v", items)
		}
		if named(t, st, "AU-5-2").Title != "Two, corrected here" {
			t.Error("a correction was overwritten")
		}
		a := named(t, st, "AU-5-1")
		if a.Title != "Border training II" || a.Version != 2 || len(a.QueryFundings().IDsX(ctx)) != 3 {
			t.Errorf("it is %v", a)
		}
		stayed := 0
		for _, id := range a.QueryFundings().IDsX(ctx) {
			if slices.Contains(lines, id) {
				stayed++
			}
		}
		if stayed != 2 {
			t.Errorf("%d lines stayed the same, expected those two that the file did not change", stayed)
		}
		told := map[string]bool{}
		for _, h := range st.Client.HistoryEntry.Query().AllX(ctx) {
			for _, c := range h.Changes {
				told[c.Field] = told[c.Field] || h.RecordID == a.ID
			}
		}
		for _, field := range []string{"title", "fundings", "states"} {
			if !told[field] {
				t.Errorf("history does not tell of the %s: %v", field, told)
			}
		}
		if again := applied(t, st, "b.xml", next); again.Import != 0 || again.Counts.Differs != 1 {
			t.Errorf("imported again: %+v", again)
		}
		u := undone(t, st, second.Import)
		a = named(t, st, "AU-5-1")
		if u.Restored != 1 || u.Withdrawn != 0 || len(u.Stayed) != 0 || a.Title != "Border training" || !reflect.DeepEqual(sorted(a.QueryFundings().IDsX(ctx)), sorted(lines)) {
			t.Errorf("undone: %+v, %v", u, a)
		}
		u = undone(t, st, first.Import)
		if u.Withdrawn != 3 || !slices.Contains(u.Stayed, "Two, corrected here") {
			t.Errorf("the first undone: %+v", u)
		}
	})
}

func sorted(ids []term.ID) []term.ID { slices.Sort(ids); return ids }

// Unknown codes are kept and told of, never dropped.
func TestAnUnknownPurposeCodeIsKept(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		rep := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "Border training", `<sector code="15190"/><sector vocabulary="1" code="77777"/><sector vocabulary="2" code="151"/>`)))
		if a := named(t, st, "AU-5-1"); !slices.Equal(a.PurposeCodes, []string{"15190", "77777"}) {
			t.Errorf("the codes are %q", a.PurposeCodes)
		}
		if !strings.Contains(fmt.Sprint(rep.Problems), "77777") {
			t.Errorf("nobody is told: %v", rep.Problems)
		}
	})
}
