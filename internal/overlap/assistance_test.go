package overlap

import (
	"slices"
	"testing"

	"adam/internal/term"
)

// judges is a training of judges, beside which others are held.
func judges() Activity {
	return Activity{ID: "a", Title: "Training of judges on trafficking in persons", Start: "2016-05-02", End: "2017-05-01", States: []string{"THA"}, Donors: []string{"Japan"}, Implementers: []string{"UNODC"}}
}

func besideJudges(change func(*Activity)) Activity {
	b := Activity{ID: "b", Title: "Anti-trafficking workshop for the judiciary", Start: "2016-09", End: "2017-02", States: []string{"THA"}, Donors: []string{"USAID"}, Implementers: []string{"ABA ROLI"}}
	change(&b)
	return b
}

func TestMonthsThatNobodyReportedAreNotCounted(t *testing.T) {
	x := catalogue(t, judges())
	e := x.Explain(judges(), besideJudges(func(b *Activity) { b.End = "" }), term.OverlapAssistance)
	if !slices.Contains(e.Missing, "months") {
		t.Errorf("without an end, the months shared are not told to be missing: %v", e.Missing)
	}
	for start, want := range map[term.PartialDate]string{"2016-09": "perhaps beside", "2021-09": "perhaps apart"} {
		e := x.Explain(judges(), besideJudges(func(b *Activity) { b.Start, b.End = start, "" }), term.OverlapAssistance)
		i := slices.IndexFunc(e.Evidence, func(v Evidence) bool { return v.Field == "time" })
		if i < 0 || e.Evidence[i].Agreement != want || e.Evidence[i].Sentence == "" {
			t.Errorf("from %s on, without an end, the time is told as %+v", start, e.Evidence)
		}
	}
}

func TestTheNextPhaseOfAProjectIsNoOverlap(t *testing.T) {
	next := judges()
	next.ID, next.Title, next.Donors, next.Start, next.End = "b", next.Title+", phase II", nil, "2017-05-02", "2018-05-01"
	first := judges()
	first.Donors = nil
	e := catalogue(t, first).Explain(first, next, term.OverlapAssistance)
	i := slices.IndexFunc(e.Evidence, func(v Evidence) bool { return v.Field == "next phase" })
	if i < 0 || e.Evidence[i].Agreement != "likely" || e.Evidence[i].Weight > -1 {
		t.Errorf("that it is the next phase does not stand against it: %+v", e.Evidence)
	}
	if e.Score >= Likely {
		t.Errorf("two phases are overlapping assistance by %v", e.Score)
	}
}
