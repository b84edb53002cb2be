package search_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/search"
	"adam/internal/term"
	"adam/seed"
)

// land is a State of the files, with or without a chapter.
type land struct {
	code    string
	chapter bool
	texts   []string
}

func TestStateFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	c := &compared[search.StateFilter, land]{key: func(l land) string { return l.code }, query: keys(search.States, func(s *ent.State) string { return s.Code })}
	for _, s := range f.States {
		c.records = append(c.records, land{s.ISO3, true, append([]string{s.Name, s.ISO3, s.OfficialName, s.Capital, s.Region}, known(s.Note)...)})
	}
	for _, p := range f.Places {
		c.records = append(c.records, land{p.Code, false, append([]string{p.Name, p.Code, p.OfficialName, p.Subregion}, known(p.Note)...)})
	}
	each(c, "Codes", codes(f), func(l land) []string { return []string{l.code} })
	each(c, "Groups", all[term.Group](), func(l land) []term.Group { return groupsOf(f, l.code) })
	c.words(func(l land) []string { return l.texts }, "republic", "southern asia", "kingdom", "island")
	for i, one := range c.filters { // they say which of the States with a chapter, and with All of all
		c.filters = append(c.filters, filtered[search.StateFilter, land]{append(one.set, "All"), one.filter, one.has})
		c.filters[len(c.filters)-1].filter.All = ptr(true)
		c.filters[i].has = func(l land) bool { return l.chapter && one.has(l) }
	}
	c.add("All", ptr(false), func(l land) bool { return l.chapter })
	onEach(t, func(t *testing.T, l *loaded) {
		some := 0
		for _, one := range c.filters {
			some += min(1, c.compare(t, l, one))
		}
		if some < 100 {
			t.Errorf("%d filters find anything: too few to compare", some)
		}
		for _, f := range []search.StateFilter{{}, {Codes: []string{}, Groups: []term.Group{}}} {
			c.compare(t, l, filtered[search.StateFilter, land]{nil, f, func(l land) bool { return l.chapter }})
		}
		f := search.StateFilter{All: ptr(true), Codes: []string{"USA", "AUS", "THA"}, Groups: []term.Group{term.GroupBaliProcess}, Text: ptr("Aus")}
		c.compare(t, l, filtered[search.StateFilter, land]{nil, f, func(l land) bool { return l.code == "AUS" }})
	})
}

func TestActorFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	c := &compared[search.ActorFilter, seed.Actor]{records: f.Actors, key: func(a seed.Actor) string { return a.Key },
		query: keys(search.Actors, func(a *ent.Actor) string { return a.Key })}
	each(c, "Kinds", all[term.ActorKind](), func(a seed.Actor) []term.ActorKind { return capitals[term.ActorKind](a.Kind) })
	each(c, "States", codes(f), func(a seed.Actor) []string { return known(a.Country) })
	each(c, "Chapters", chapters(f), func(a seed.Actor) []string { return a.Chapters })
	each(c, "Roles", all[term.ParticipationRole](), func(a seed.Actor) (out []term.ParticipationRole) {
		for _, x := range f.Activities {
			for role, actors := range map[term.ParticipationRole][]string{term.Funding: donors(x), term.Implementing: x.Implementers, term.Partner: x.Partners} {
				if slices.Contains(actors, a.Key) {
					out = append(out, role)
				}
			}
		}
		return out
	})
	c.common(func(a seed.Actor) []string {
		texts := append([]string{a.Key, a.Name, a.MandateSummary}, known(a.Acronym, a.Note)...)
		if a.Country != nil {
			texts = append(texts, nameOf(f, *a.Country))
		}
		return texts
	}, "ministry", "police traff", "cambodia", "united nations")
	c.agree(t)
}

func donors(a seed.Activity) (out []string) {
	for _, d := range a.Donors {
		out = append(out, d.Actor)
	}
	return out
}

// activities are the filters of activities but those of days.
func activities(f *seed.Files) *compared[search.ActivityFilter, seed.Activity] {
	c := &compared[search.ActivityFilter, seed.Activity]{records: f.Activities, key: func(a seed.Activity) string { return a.Key },
		query: keys(search.Activities, func(a *ent.Activity) string { return a.Key })}
	states := func(a seed.Activity) []string { return slices.Concat(a.Countries, a.OtherCountries) }
	each(c, "States", codes(f), states)
	each(c, "StateGroups", all[term.Group](), func(a seed.Activity) (out []term.Group) {
		for _, code := range states(a) {
			out = append(out, groupsOf(f, code)...)
		}
		return out
	})
	each(c, "DonorStates", codes(f), func(a seed.Activity) (out []string) {
		for _, key := range donors(a) {
			out = append(out, governments(f, key)...)
		}
		return out
	})
	actors := make([]string, len(f.Actors))
	for i, a := range f.Actors {
		actors[i] = a.Key
	}
	each(c, "Donors", actors, donors)
	each(c, "Implementers", actors, func(a seed.Activity) []string { return a.Implementers })
	each(c, "AssistanceTypes", all[term.AssistanceType](), func(a seed.Activity) []term.AssistanceType { return capitals[term.AssistanceType](a.AssistanceTypes...) })
	each(c, "Audiences", all[term.Audience](), func(a seed.Activity) []term.Audience { return capitals[term.Audience](a.TargetAudiences...) })
	each(c, "Status", all[term.ActivityStatus](), func(a seed.Activity) []term.ActivityStatus {
		return []term.ActivityStatus{map[string]term.ActivityStatus{"completed": term.Closed, "ongoing": term.Implementation, "unknown": term.StatusUnknown}[a.Status]}
	})
	c.subjects(seed.ActivitiesFile, func(a seed.Activity) []string { return a.Themes })
	c.common(func(a seed.Activity) []string {
		return append(append([]string{a.Key, a.Title, a.Summary}, a.ExternalIDs...), known(a.Acronym, a.Note)...)
	}, "fishing", "border training", "victims", "JICA", "AidWorks")
	return c
}

// governments gives the government whose money an actor gives.
func governments(f *seed.Files, actor string) []string {
	for _, g := range f.Governments {
		if g.Actor == actor {
			return []string{g.State}
		}
	}
	for _, a := range f.Actors {
		if a.Key == actor && a.Kind == "state_authority" {
			return known(a.Country)
		}
	}
	return nil
}

// span is the days that a partial date may mean; an unknown one may be any.
func span(d *string) (first, last term.Date) {
	if d == nil {
		return "0000-01-01", "9999-12-31"
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
	for i, a := range f.Activities {
		for _, d := range known(a.Start, a.End) {
			if i%7 == 0 {
				out = append(out, term.PartialDate(d).First(), term.PartialDate(d).Last())
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func worth(a seed.Activity, from, to term.Date) bool {
	return slices.ContainsFunc(a.Donors, func(d seed.Donor) bool {
		if d.Year == nil {
			return false
		}
		first, last := span(ptr(strconv.Itoa(*d.Year)))
		return first <= to && last >= from
	})
}

func TestActivityFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	c := activities(f)
	for _, d := range someDays(f) {
		c.add("ActiveOn", &d, func(a seed.Activity) bool { return possibly(a, d, d) })
		c.add("ActiveFrom", &d, func(a seed.Activity) bool { return possibly(a, d, "9999-12-31") })
		c.add("ActiveTo", &d, func(a seed.Activity) bool { return possibly(a, "0000-01-01", d) })
		c.add("ValueFrom", &d, func(a seed.Activity) bool { return worth(a, d, "9999-12-31") })
		c.add("ValueTo", &d, func(a seed.Activity) bool { return worth(a, "0000-01-01", d) })
	}
	c.agree(t)
}

// Several fields of days: each must hold, and a value date must be one line's.
func TestDaysJoinAndCountWhatIsCertain(t *testing.T) {
	f := files(t)
	c := activities(f)
	days := someDays(f)
	for i, d := range days {
		end := days[(i*5)%len(days)]
		from, to := min(d, end), max(d, end)
		c.filters = append(c.filters[:0],
			filtered[search.ActivityFilter, seed.Activity]{nil, search.ActivityFilter{ActiveFrom: &from, ActiveTo: &to}, func(a seed.Activity) bool { return possibly(a, from, to) }},
			filtered[search.ActivityFilter, seed.Activity]{nil, search.ActivityFilter{ActiveFrom: &from}, func(a seed.Activity) bool { return possibly(a, from, "9999-12-31") }},
			filtered[search.ActivityFilter, seed.Activity]{nil, search.ActivityFilter{ActiveTo: &to}, func(a seed.Activity) bool { return possibly(a, "0000-01-01", to) }},
			filtered[search.ActivityFilter, seed.Activity]{nil, search.ActivityFilter{ActiveOn: &from}, func(a seed.Activity) bool { return possibly(a, from, from) }},
			filtered[search.ActivityFilter, seed.Activity]{nil, search.ActivityFilter{ActiveOn: &from, ActiveTo: &to}, func(a seed.Activity) bool { return possibly(a, from, from) }},
			filtered[search.ActivityFilter, seed.Activity]{nil, search.ActivityFilter{ValueFrom: &from, ValueTo: &to}, func(a seed.Activity) bool { return worth(a, from, to) }})
		onEach(t, func(t *testing.T, l *loaded) {
			for _, one := range c.filters {
				c.compare(t, l, one)
				certain(t, l, f, one.filter)
			}
		})
	}
}

func certain(t *testing.T, l *loaded, f *seed.Files, filter search.ActivityFilter) {
	t.Helper()
	q, err := search.Activities(t.Context(), l.Client, &filter)
	if err != nil {
		t.Fatal(err)
	}
	if asked := filter.ValueFrom == nil; search.Certain(q, &filter) != asked {
		t.Errorf("%s: asks for a period: %v", show(filter), !asked)
	} else if !asked {
		return
	}
	from, to := term.Date("0000-01-01"), term.Date("9999-12-31")
	for _, d := range []*term.Date{filter.ActiveFrom, filter.ActiveOn} {
		if d != nil {
			from = max(from, *d)
		}
	}
	for _, d := range []*term.Date{filter.ActiveTo, filter.ActiveOn} {
		if d != nil {
			to = min(to, *d)
		}
	}
	rows, err := q.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, r := range rows {
		got = append(got, r.Key)
	}
	for _, a := range f.Activities {
		if surely(a, from, to) {
			want = append(want, a.Key)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		miss := slices.DeleteFunc(slices.Clone(want), func(k string) bool { return slices.Contains(got, k) })
		more := slices.DeleteFunc(slices.Clone(got), func(k string) bool { return slices.Contains(want, k) })
		t.Errorf("%s: %d surely, want %d; missing %v, wrong %v", show(filter), len(got), len(want), miss, more)
	}
}

func TestWhatAFilterNamesMustExist(t *testing.T) {
	onEach(t, func(t *testing.T, l *loaded) {
		ctx, c := t.Context(), l.Client
		bad := []string{"THA", "nowhere"}
		for name, run := range map[string]func() error{
			"states codes":            func() error { _, err := search.States(ctx, c, &search.StateFilter{Codes: bad}); return err },
			"actors states":           func() error { _, err := search.Actors(ctx, c, &search.ActorFilter{States: bad}); return err },
			"actors chapters":         func() error { _, err := search.Actors(ctx, c, &search.ActorFilter{Chapters: bad}); return err },
			"laws states":             func() error { _, err := search.Laws(ctx, c, &search.LawFilter{States: bad}); return err },
			"policies states":         func() error { _, err := search.Policies(ctx, c, &search.PolicyFilter{States: bad}); return err },
			"policies chapters":       func() error { _, err := search.Policies(ctx, c, &search.PolicyFilter{Chapters: bad}); return err },
			"mechanisms states":       func() error { _, err := search.Mechanisms(ctx, c, &search.CoordinationMechanismFilter{States: bad}); return err },
			"mechanisms chapters":     func() error { _, err := search.Mechanisms(ctx, c, &search.CoordinationMechanismFilter{Chapters: bad}); return err },
			"activities states":       func() error { _, err := search.Activities(ctx, c, &search.ActivityFilter{States: bad}); return err },
			"activities donorStates":  func() error { _, err := search.Activities(ctx, c, &search.ActivityFilter{DonorStates: bad}); return err },
			"activities donors":       func() error { _, err := search.Activities(ctx, c, &search.ActivityFilter{Donors: bad}); return err },
			"activities implementers": func() error { _, err := search.Activities(ctx, c, &search.ActivityFilter{Implementers: []string{"iom", "IOM"}}); return err },
			"activities text":         func() error { _, err := search.Activities(ctx, c, &search.ActivityFilter{Text: ptr(" ")}); return err },
			"activities activeOn":     func() error { _, err := search.Activities(ctx, c, &search.ActivityFilter{ActiveOn: ptr(term.Date(""))}); return err },
		} {
			_, field, _ := strings.Cut(name, " ")
			err := run()
			if f := fault.As(err); f == nil || f.Kind != fault.Invalid || !slices.Equal(f.Fields, []string{"filter." + field}) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
