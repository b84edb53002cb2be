package catalogue_test

import (
	"context"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
)

// money does something to a line of money.
func (w *world) money(v access.Viewer, do func(context.Context, *ent.Tx, map[string]any) (term.ID, error), in input) error {
	_, err := w.as(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return do(ctx, tx, in) })
	return err
}

func (w *world) lines(id term.ID) []*ent.Funding {
	w.t.Helper()
	all, err := w.activity(id).QueryFundings().WithAllocations().All(w.system())
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func TestALineOfMoneyIsAddedChangedAndTakenOutWithTheHistoryOfItsActivity(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "visibility": "PUBLIC"})
		line := with(input{"activity": "one", "version": 1, "kind": "COMMITMENT", "amount": "1250.50", "currency": "AUD", "valueOn": "2015", "provider": "dfat", "visibility": "PUBLIC",
			"allocations": []any{input{"state": "THA", "percentage": "70"}, input{"theme": "SMUGGLING", "percentage": "100"}}})
		if err := w.money(w.keeper, catalogue.AddFunding, line); err != nil {
			t.Fatalf("%v %v", err, fieldsOf(err))
		}
		all := w.lines(id)
		if len(all) != 1 || all[0].Amount.String() != "1250.5" || len(all[0].Edges.Allocations) != 2 {
			t.Fatalf("the lines are %v", all)
		}
		if got := told(w.last(id).Changes); !strings.Contains(got, "fundings: - → COMMITMENT 1250.5 AUD 2015 UNKNOWN dfat") && !strings.Contains(got, "fundings: - → COMMITMENT 1250.5 AUD 2015 dfat") {
			t.Errorf("history tells %s", got)
		}
		change := input{"activity": "one", "version": 2, "funding": all[0].ID, "amount": "2000"}
		refused(t, w.money(w.keeper, catalogue.UpdateFunding, change), fault.Invalid, "input.sources")
		if err := w.money(w.keeper, catalogue.UpdateFunding, with(change)); err != nil {
			t.Fatal(err)
		}
		f := refused(t, w.money(w.keeper, catalogue.UpdateFunding, with(change, "amount", "3000")), fault.Conflict, "input.version")
		if yours, theirs := f.Details["yours"].(map[string]any), f.Details["theirs"].(map[string]any); text(yours["amount"]) != "3000" || text(theirs["amount"]) != "2000" || f.Details["version"] != 3 {
			t.Errorf("the details are %v", f.Details)
		}
		if e := w.last(id); e.Version != 3 || !strings.Contains(told(e.Changes), "2000") || e.Edges.Source == nil {
			t.Errorf("history tells %s", told(e.Changes))
		}
		if err := w.money(w.keeper, catalogue.RemoveFunding, input{"activity": "one", "version": 3, "funding": all[0].ID.String(), "reason": "Counted twice."}); err != nil {
			t.Fatal(err)
		}
		if n := len(w.lines(id)); n != 0 || !strings.Contains(told(w.last(id).Changes), " → -") {
			t.Errorf("%d lines; history tells %s", n, told(w.last(id).Changes))
		}
		kept, err := w.st.Client.Funding.Get(w.system(), all[0].ID)
		if err != nil || kept.Amount.String() != "2000" || kept.Visibility != term.Restricted {
			t.Errorf("of the line remains %v (%v)", kept, err)
		}
	})
}

func TestHistoryTellsNothingOfALineThatFewerMaySee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "visibility": "PUBLIC"})
		if err := w.money(w.keeper, catalogue.AddFunding, with(input{"activity": "one", "version": 1, "amount": "777", "currency": "AUD"})); err != nil {
			t.Fatal(err)
		}
		if got := told(w.last(id).Changes); strings.Contains(got, "777") || !strings.Contains(got, "fundings: - → (withheld)") {
			t.Errorf("history tells %s", got)
		}
	})
}

func TestHistoryTellsNothingOfAnActorThatFewerMaySee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(term.KindActor, input{"name": "Secret shelter", "kind": "NGO"})
		id := w.add(term.KindActivity, input{"title": "One", "visibility": "PUBLIC"})
		w.change(w.keeper, term.KindActivity, input{"key": "one", "version": 1, "implementers": []any{"secret-shelter", "unodc"}})
		if got := told(w.last(id).Changes); !strings.Contains(got, "implementers: - → (withheld); unodc") {
			t.Errorf("history tells %s", got)
		}
	})
}

func TestWhatIsWrongWithALineOfMoneyIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(term.KindActivity, input{"title": "One"})
		for field, x := range map[string]input{
			"input.amount":                    {"amount": "1.23456", "currency": "AUD"},
			"input.currency":                  {"amount": "1"},
			"input.provider":                  {"provider": "no-such"},
			"input.upstream":                  {"upstream": "x"},
			"input.activity":                  {"activity": "no-such"},
			"input.allocations[0]":            {"allocations": []any{input{"percentage": "5"}}},
			"input.allocations":               {"allocations": []any{input{"theme": "SMUGGLING", "percentage": "60"}, input{"theme": "TRAFFICKING", "percentage": "60"}}},
			"input.sources":                   {"sources": []any{}},
			"input.version":                   {"version": 7},
			"input.withheld":                  {"withheld": []any{}},
			"input.valueOn":                   {"valueOn": "1066"},
			"input.kind":                      {"kind": "GIFT"},
			"input.allocations[0].percentage": {"allocations": []any{input{"state": "THA"}}},
		} {
			in := with(input{"activity": "one", "version": 1})
			for k, v := range x {
				in[k] = v
			}
			err := w.money(w.keeper, catalogue.AddFunding, in)
			kind := map[string]fault.Kind{"input.activity": fault.NotFound, "input.version": fault.Conflict}[field]
			if kind == "" {
				kind = fault.Invalid
			}
			refused(t, err, kind, field)
		}
		err := w.money(w.keeper, catalogue.AddFunding, with(input{"activity": "one", "version": 1, "amount": "-1", "currency": "AUD"}))
		refused(t, err, fault.Invalid, "input.amount")
	})
}

func TestADonorAddsItsOwnMoneyToAnActivityThatAnotherReports(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "visibility": "PUBLIC", "donors": []any{"dfat"}, "reporter": "unodc"})
		if err := w.money(w.donor, catalogue.AddFunding, with(input{"activity": "one", "version": 1, "amount": "5", "currency": "AUD", "provider": "dfat"})); err != nil {
			t.Fatal(err)
		}
		line := w.lines(id)[0]
		if e := w.last(id); line.ReporterID == nil || *line.ReporterID != w.dfat || e.By != "DFAT" || e.Version != 2 {
			t.Errorf("the line is %v, the entry by %s", line, e.By)
		}
		err := w.money(w.reporter, catalogue.AddFunding, with(input{"activity": "one", "version": 2, "amount": "5", "currency": "AUD", "provider": "dfat"}))
		refused(t, err, fault.Forbidden) // the IOM takes no part in it
		err = w.money(w.reporter, catalogue.UpdateFunding, with(input{"activity": "one", "version": 2, "funding": line.ID, "amount": "6"}))
		refused(t, err, fault.NotFound) // restricted
		if err := w.money(w.donor, catalogue.UpdateFunding, with(input{"activity": "one", "version": 2, "funding": line.ID, "amount": "6"})); err != nil {
			t.Fatal(err)
		}
		err = w.money(w.donor, catalogue.UpdateFunding, with(input{"activity": "one", "version": 3, "funding": line.ID, "reporter": "unodc"}))
		refused(t, err, fault.Invalid, "input.reporter")
		if a := w.activity(id); a.Version != 3 || a.ReporterID == nil || *a.ReporterID != w.unodc {
			t.Errorf("the activity is %v", a)
		}
	})
}

func TestANeedIsWrittenDownByItsState(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		need := input{"state": "THA", "title": "Training for prosecutors", "assistanceType": "LEGISLATIVE", "priority": "HIGH", "sources": []any{}}
		id, err := w.create(w.focal, term.KindNeed, need)
		if err != nil {
			t.Fatal(err)
		}
		n, err := w.st.Client.Need.Get(w.system(), id)
		if err != nil || n.Key != "training-for-prosecutors" || n.Priority != "HIGH" || n.Visibility != term.Members || n.Version != 1 {
			t.Errorf("the need is %v (%v)", n, err)
		}
		w.change(w.focal, term.KindNeed, input{"key": n.Key, "version": 1, "gapKind": "NO_OFFENCE", "themes": []any{"SMUGGLING"}, "sources": []any{}})
		n, err = w.st.Client.Need.Get(w.system(), id)
		if err != nil || *n.GapKind != "NO_OFFENCE" || n.Smuggling != term.Principal || n.Version != 2 {
			t.Errorf("the need is %v (%v)", n, err)
		}
		for _, c := range []struct {
			what   input
			kind   fault.Kind
			fields []string
		}{
			{input{"key": n.Key, "version": 2, "title": nil}, fault.Invalid, []string{"input.title"}},
			{input{"key": n.Key, "version": 2, "status": "MET"}, fault.Invalid, []string{"input.status"}}, // its offers and its State say that
			{input{"key": n.Key, "version": 1, "gap": "Art. 6"}, fault.Conflict, nil},
			{input{"key": n.Key, "version": 2, "state": "LAO"}, fault.Forbidden, nil},
			{input{"key": "none-such", "version": 2}, fault.NotFound, []string{"input.key"}},
		} {
			_, err := w.update(w.focal, term.KindNeed, c.what)
			refused(t, err, c.kind, c.fields...)
		}
		_, err = w.create(w.focal, term.KindNeed, input{"state": "LAO", "title": "A", "assistanceType": "LEGISLATIVE"})
		refused(t, err, fault.Forbidden)
		_, err = w.create(w.reporter, term.KindNeed, need)
		refused(t, err, fault.Forbidden)
	})
}
