package search_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"adam/ent"
	"adam/internal/search"
	"adam/internal/term"
	"adam/seed"
)

func donors(a seed.Activity) []string {
	return pick(a.Donors, func(d seed.Donor) string { return d.Actor })
}

// activities are the filters of activities but those of days.
func activities(f *seed.Files) *compared[search.ActivityFilter, seed.Activity] {
	c := &compared[search.ActivityFilter, seed.Activity]{records: f.Activities, key: func(a seed.Activity) string { return a.Key },
		query: keys(search.Activities, func(a *ent.Activity) string { return a.Key })}
	states := func(a seed.Activity) []string { return slices.Concat(a.Countries, a.OtherCountries) }
	each(c, "States", codes(f), states)
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), f.ChaptersOfActivity)
	each(c, "StateGroups", all[term.Group](), func(a seed.Activity) []term.Group { return flat(f, states(a), groupsOf) })
	each(c, "DonorStates", codes(f), func(a seed.Activity) []string { return flat(f, donors(a), governments) })
	actors := pick(f.Actors, func(a seed.Actor) string { return a.Key })
	each(c, "Donors", actors, donors)
	each(c, "Implementers", actors, func(a seed.Activity) []string { return a.Implementers })
	each(c, "AssistanceTypes", all[term.AssistanceType](), func(a seed.Activity) []term.AssistanceType {
		return capitals[term.AssistanceType](a.AssistanceTypes...)
	})
	each(c, "Audiences", all[term.Audience](), func(a seed.Activity) []term.Audience { return capitals[term.Audience](a.TargetAudiences...) })
	each(c, "Status", all[term.ActivityStatus](), func(a seed.Activity) []term.ActivityStatus {
		return []term.ActivityStatus{map[string]term.ActivityStatus{"completed": term.Closed, "ongoing": term.Implementation, "unknown": term.StatusUnknown}[a.Status]}
	})
	c.subjects(seed.ActivitiesFile, func(a seed.Activity) []string { return a.Themes })
	c.words(func(a seed.Activity) []string {
		return append(append([]string{a.Key, a.Title, a.Summary}, a.ExternalIDs...), known(a.Acronym, a.Note)...)
	}, "fishing", "border training", "victims", "JICA", "AidWorks")
	return c
}

const earliest, latest = term.Date("0000-01-01"), term.Date("9999-12-31")

// span is the days that a partial date may mean; an unknown one may be any.
func span(d *string) (first, last term.Date) {
	if d == nil {
		return earliest, latest
	}
	return term.PartialDate(*d).First(), term.PartialDate(*d).Last()
}

// possibly and surely say whether an activity is active at some time between two days, as far as its dates tell: it
// ends no sooner than it starts.
func possibly(a seed.Activity, from, to term.Date) bool {
	start, _ := span(a.Start)
	_, end := span(a.End)
	return start <= to && end >= from
}

func surely(a seed.Activity, from, to term.Date) bool {
	first, start := span(a.Start)
	end, last := span(a.End)
	return min(start, last) <= to && max(end, first) >= from
}

// someDays are the first and last days that dates of the files may mean, and those before and after everything.
func someDays(f *seed.Files) []term.Date {
	out := []term.Date{"1990-01-01", "2030-06-30"}
	for i := 0; i < len(f.Activities); i += 7 {
		for _, d := range known(f.Activities[i].Start, f.Activities[i].End) {
			out = append(out, term.PartialDate(d).First(), term.PartialDate(d).Last())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func valued(a seed.Activity, from, to term.Date) bool {
	return slices.ContainsFunc(a.Donors, func(d seed.Donor) bool {
		return d.Year != nil && fmt.Sprint(*d.Year, "-01-01") <= string(to) && fmt.Sprint(*d.Year, "-12-31") >= string(from)
	})
}

func TestActivityFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	c := activities(f)
	for _, d := range someDays(f) {
		c.add("ActiveOn", &d, func(a seed.Activity) bool { return possibly(a, d, d) })
		c.add("ActiveFrom", &d, func(a seed.Activity) bool { return possibly(a, d, latest) })
		c.add("ActiveTo", &d, func(a seed.Activity) bool { return possibly(a, earliest, d) })
		c.add("ValueFrom", &d, func(a seed.Activity) bool { return valued(a, d, latest) })
		c.add("ValueTo", &d, func(a seed.Activity) bool { return valued(a, earliest, d) })
	}
	c.agree(t)
}

// Several fields of days: each must hold, and a value date must be one line's.
func TestDaysJoinAndCountWhatIsCertain(t *testing.T) {
	f := files(t)
	in, sure := activities(f), activities(f)
	sure.query = keys(func(ctx context.Context, c *ent.Client, f *search.ActivityFilter) (*ent.ActivityQuery, error) {
		q, err := search.Activities(ctx, c, f)
		if asked := f.ValueFrom == nil; err == nil && search.Certain(q, f) != asked {
			return nil, fmt.Errorf("it asks for a period: %v", asked)
		}
		return q, err
	}, func(a *ent.Activity) string { return a.Key })
	type one = filtered[search.ActivityFilter, seed.Activity]
	days := someDays(f)
	onEach(t, func(t *testing.T, l *loaded) {
		for i, d := range days {
			from, to := min(d, days[i*5%len(days)]), max(d, days[i*5%len(days)])
			for _, p := range []struct {
				filter     search.ActivityFilter
				begin, end term.Date
			}{
				{search.ActivityFilter{ActiveFrom: &from, ActiveTo: &to}, from, to}, {search.ActivityFilter{ActiveFrom: &from}, from, latest},
				{search.ActivityFilter{ActiveTo: &to}, earliest, to}, {search.ActivityFilter{ActiveOn: &from}, from, from},
				{search.ActivityFilter{ActiveOn: &from, ActiveTo: &to}, from, from},
			} {
				in.compare(t, l, one{nil, p.filter, func(a seed.Activity) bool { return possibly(a, p.begin, p.end) }})
				sure.compare(t, l, one{nil, p.filter, func(a seed.Activity) bool { return surely(a, p.begin, p.end) }})
			}
			money := search.ActivityFilter{ValueFrom: &from, ValueTo: &to}
			sure.compare(t, l, one{nil, money, func(a seed.Activity) bool { return valued(a, from, to) }})
		}
	})
}
