package graph_test

import (
	"fmt"
	"testing"
	"time"
)

// span is the first and the last day that a partial date may mean; ok is false where nothing is known.
func span(t *testing.T, d *string) (first, last string, ok bool) {
	t.Helper()
	if d == nil {
		return "", "", false
	}
	day, err := time.Parse("2006-01-02"[:len(*d)], *d)
	if err != nil {
		t.Fatal(err)
	}
	end := day
	switch len(*d) {
	case 4:
		end = day.AddDate(1, 0, -1)
	case 7:
		end = day.AddDate(0, 1, -1)
	}
	return day.Format(time.DateOnly), end.Format(time.DateOnly), true
}

// active counts the activities of the files that may be active between two days, and those of them that may not be: in
// some reading of their dates they begin too late or end too early.
func (f *facts) active(t *testing.T, from, to string) (in, possibly int) {
	t.Helper()
	for _, a := range f.Activities {
		earliest, latest, begins := span(t, a.Start)
		soonest, last, ends := span(t, a.End)
		if to != "" && begins && earliest > to || from != "" && ends && last < from {
			continue
		}
		in++
		late := to != "" && (!begins || latest > to) && (!ends || last > to)
		early := from != "" && (!ends || soonest < from) && (!begins || earliest < from)
		if late || early {
			possibly++
		}
	}
	return in, possibly
}

func TestActivitiesKnownTooVaguelyToRuleThemOutAreCountedAsPossiblyActive(t *testing.T) {
	f := readFacts(t)
	each(t, func(t *testing.T, a *api) {
		vague := 0
		for year := 1999; year <= 2031; year++ {
			for _, day := range []string{"01-01", "05-17", "06-30", "12-31"} {
				d := fmt.Sprintf("%d-%s", year, day)
				end := fmt.Sprintf("%d-%s", year+2, day)
				for filter, days := range map[string][2]string{
					fmt.Sprintf(`{activeOn: %q}`, d):                      {d, d},
					fmt.Sprintf(`{activeFrom: %q}`, d):                    {d, ""},
					fmt.Sprintf(`{activeTo: %q}`, d):                      {"", d},
					fmt.Sprintf(`{activeFrom: %q, activeTo: %q}`, d, end): {d, end},
				} {
					var got struct {
						Activities struct{ TotalCount, PossiblyActive int }
					}
					a.want(t, `{ activities(filter: `+filter+`) { possiblyActive totalCount } }`, nil, &got)
					in, possibly := f.active(t, days[0], days[1])
					if got.Activities.TotalCount != in || got.Activities.PossiblyActive != possibly {
						t.Errorf("%s: %+v, the files say %d and %d", filter, got.Activities, in, possibly)
					}
					vague += possibly
				}
			}
		}
		if vague == 0 {
			t.Error("nothing is vague in the files")
		}
	})
}

func TestNothingIsPossiblyActiveWhereNobodyAsksForADay(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for _, q := range []string{
			`{ l: activities { possiblyActive } }`, `{ l: activities(filter: {themes: [SMUGGLING], valueFrom: "2010-01-01"}) { p: possiblyActive } }`,
			`{ l: chapter(code: "THA") { activities { possiblyActive } } }`, `{ l: activity(key: "aaptip") { parts { possiblyActive } followedBy { possiblyActive } } }`,
		} {
			got := a.ask(t, q, nil)
			if len(got.Errors) > 0 || hasNumber(string(got.Data)) {
				t.Errorf("%s: %+v %s", q, got.Errors, got.Data)
			}
		}
		var got struct {
			Activities struct {
				Some  *int
				Edges []struct{ Cursor string }
			}
		}
		a.want(t, `{ activities(first: 1, filter: {activeOn: "2015-06-30"}) { some: possiblyActive edges { cursor } } }`, nil, &got)
		if got.Activities.Some == nil || len(got.Activities.Edges) != 1 {
			t.Errorf("under an alias, and with a page: %+v", got.Activities)
		}
	})
}

func hasNumber(s string) bool {
	for _, c := range s {
		if '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}
