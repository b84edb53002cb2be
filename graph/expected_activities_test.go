package graph_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
	"adam/seed"
)

// latest are the activities for which something holds, in the order of the operation Activities: the latest start first.
func (f *facts) latest(ok func(seed.Activity) bool) []seed.Activity {
	all := where(f.Activities, ok)
	slices.SortFunc(all, func(x, y seed.Activity) int {
		on := func(a seed.Activity) string { s, _ := text(a.Start).(string); return s }
		return -cmp.Or(cmp.Compare(on(x), on(y)), cmp.Compare(term.HashID(term.KindActivity, x.Key), term.HashID(term.KindActivity, y.Key)))
	})
	return all
}

// pages reads the operation Activities to its end and compares each page with what the files say.
func (f *facts) pages(t *testing.T, a *api, filter any, first int, want []seed.Activity) {
	t.Helper()
	after := any(nil)
	for from := 0; ; from += first {
		var got object
		a.want(t, operation(t, "Activities"), map[string]any{"filter": filter, "first": first, "after": after}, &got)
		to := min(from+first, len(want))
		expected := connection(want[from:to], f.activity)
		expected["totalCount"] = float64(len(want))
		list := got["activities"].(object)
		seen := ""
		for _, e := range list["edges"].(array) {
			seen, _ = e.(object)["cursor"].(string)
			delete(e.(object), "cursor") // compared with endCursor; what it holds is its own affair
		}
		end := any(nil)
		if from < to {
			end = seen
		}
		expected["pageInfo"] = object{"hasNextPage": to < len(want), "endCursor": end}
		if d := difference("activities", list, expected); d != "" {
			t.Errorf("%v from %d: %s", filter, from, d)
			return
		}
		if to == len(want) {
			return
		}
		after = end
	}
}

func TestTheActivitiesAreThoseOfTheFilesOnPagesOfAnySize(t *testing.T) {
	f := readFacts(t)
	all := f.latest(func(seed.Activity) bool { return true })
	each(t, func(t *testing.T, a *api) {
		for _, size := range []int{100, 40, 25, 7, 1} {
			f.pages(t, a, nil, size, all)
		}
		if len(all) != 175 {
			t.Errorf("%d activities", len(all))
		}
	})
}

// takesPlaceIn, about and the others below are what a filter means, said of the files.
func takesPlaceIn(codes ...string) func(seed.Activity) bool {
	return func(a seed.Activity) bool {
		return meet(codes, append(slices.Clone(a.Countries), a.OtherCountries...))
	}
}

func meet(some, others []string) bool {
	return slices.ContainsFunc(some, func(s string) bool { return slices.Contains(others, s) })
}

func paidBy(keys ...string) func(seed.Activity) bool {
	return func(a seed.Activity) bool {
		return slices.ContainsFunc(a.Donors, func(d seed.Donor) bool { return slices.Contains(keys, d.Actor) })
	}
}

// activeIn tells whether an activity may have been active in a year.
func activeIn(year string) func(seed.Activity) bool {
	return func(a seed.Activity) bool {
		return (a.Start == nil || (*a.Start)[:4] <= year) && (a.End == nil || (*a.End)[:4] >= year)
	}
}

func both(conditions ...func(seed.Activity) bool) func(seed.Activity) bool {
	return func(a seed.Activity) bool {
		return !slices.ContainsFunc(conditions, func(ok func(seed.Activity) bool) bool { return !ok(a) })
	}
}

func TestFilteredActivitiesAreThoseOfTheFiles(t *testing.T) {
	f := readFacts(t)
	about := func(word string) func(seed.Activity) bool {
		return func(a seed.Activity) bool { return slices.Contains(a.Themes, word) }
	}
	gives := func(word string) func(seed.Activity) bool {
		return func(a seed.Activity) bool { return slices.Contains(a.AssistanceTypes, word) }
	}
	meant := func(word string) func(seed.Activity) bool {
		return func(a seed.Activity) bool { return slices.Contains(a.TargetAudiences, word) }
	}
	by := func(key string) func(seed.Activity) bool {
		return func(a seed.Activity) bool { return slices.Contains(a.Implementers, key) }
	}
	each(t, func(t *testing.T, a *api) {
		for name, test := range map[string]struct {
			filter any
			holds  func(seed.Activity) bool
		}{
			"trafficking in Thailand":       {object{"states": array{"THA"}, "themes": array{"TRAFFICKING"}}, both(takesPlaceIn("THA"), about("trafficking"))},
			"two States":                    {object{"states": array{"MDV", "LKA"}}, takesPlaceIn("MDV", "LKA")},
			"labour migration by the ILO":   {object{"topics": array{"LABOUR_MIGRATION"}, "implementers": array{"ilo"}}, both(about("labour_migration"), by("ilo"))},
			"training of police under way":  {object{"assistanceTypes": array{"LAW_ENFORCEMENT_TRAINING"}, "audiences": array{"POLICE"}, "status": array{"IMPLEMENTATION"}}, both(gives("law_enforcement_training"), meant("police"), func(a seed.Activity) bool { return a.Status == "ongoing" })},
			"paid by Australia":             {object{"donors": array{"australia-dfat", "australia-home-affairs"}}, paidBy("australia-dfat", "australia-home-affairs")},
			"smuggling, active around 2012": {object{"themes": array{"SMUGGLING"}, "activeFrom": "2012-01-01", "activeTo": "2012-12-31"}, both(about("smuggling"), activeIn("2012"))},
			"verified":                      {object{"verified": true}, func(seed.Activity) bool { return false }},
			"not verified, anywhere":        {object{"verified": false, "states": array{}, "themes": array{}, "donors": array{}}, func(seed.Activity) bool { return true }},
		} {
			want := f.latest(test.holds)
			if len(want) == 0 != strings.HasPrefix(name, "verified") {
				t.Errorf("%s: the files know %d", name, len(want))
			}
			for _, size := range []int{5, 50} {
				f.pages(t, a, test.filter, size, want)
			}
		}
	})
}
