package search_test

import (
	"adam/internal/testdb"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/search"
	"adam/internal/term"
	"adam/seed"
)

// filtered is a filter and what it means for a record of the files. set says which fields it sets.
type filtered[F, R any] struct {
	set    []string
	filter F
	has    func(R) bool
}

// compared is the records of one type in the files and in the database, and the filters to try on both.
type compared[F, R any] struct {
	records []R
	key     func(R) string
	query   func(context.Context, *ent.Client, *F) ([]string, error)
	filters []filtered[F, R]
}

// keys runs the query of a filter.
func keys[F, T any, Q interface {
	All(context.Context) ([]T, error)
}](of func(context.Context, *ent.Client, *F) (Q, error), key func(T) string) func(context.Context, *ent.Client, *F) ([]string, error) {
	return func(ctx context.Context, c *ent.Client, f *F) ([]string, error) {
		q, err := of(ctx, c, f)
		if err != nil {
			return nil, err
		}
		rows, err := q.All(ctx)
		return pick(rows, key), err
	}
}

// add adds the filter that sets one field.
func (c *compared[F, R]) add(field string, value any, has func(R) bool) {
	var f F
	reflect.ValueOf(&f).Elem().FieldByName(field).Set(reflect.ValueOf(value))
	c.filters = append(c.filters, filtered[F, R]{[]string{field}, f, has})
}

// each adds a filter of every value of a field, and one of two values.
func each[F, R any, V ~string](c *compared[F, R], field string, values []V, of func(R) []V) {
	lists := [][]V{{values[0], values[len(values)-1]}}
	for _, v := range values {
		lists = append(lists, []V{v})
	}
	for _, list := range lists {
		c.add(field, list, func(r R) bool {
			return slices.ContainsFunc(of(r), func(v V) bool { return slices.Contains(list, v) })
		})
	}
}

// subjects adds filters of themes and topics.
func (c *compared[F, R]) subjects(file string, of func(R) []string) {
	each(c, "Themes", all[term.Theme](), func(r R) []term.Theme { themes, _ := seed.Subjects(file, of(r)); return themes })
	each(c, "Topics", all[term.Topic](), func(r R) []term.Topic { _, topics := seed.Subjects(file, of(r)); return topics })
}

// words adds filters of text. A record has it when words that begin like its words stand in the texts of the record.
func (c *compared[F, R]) words(of func(R) []string, texts ...string) {
	for _, text := range texts {
		c.add("Text", &text, func(r R) bool {
			return !slices.ContainsFunc(strings.Fields(text), func(w string) bool {
				return !regexp.MustCompile(`(?i)\b` + w).MatchString(strings.Join(of(r), "\n"))
			})
		})
	}
}

// agree compares all filters, 40 joined ones and those that narrow nothing with the files, on both engines.
func (c *compared[F, R]) agree(t *testing.T) {
	var none, lists F
	for i := range reflect.TypeFor[F]().NumField() {
		if v := reflect.ValueOf(&lists).Elem().Field(i); v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
	}
	every := func(R) bool { return true }
	if _, ok := reflect.TypeFor[F]().FieldByName("Verified"); ok { // the shipped data is all unverified
		c.add("Verified", ptr(true), func(R) bool { return false })
		c.add("Verified", ptr(false), every)
	}
	tried := append(c.joined(), filtered[F, R]{filter: none, has: every}, filtered[F, R]{filter: lists, has: every})
	tried = append(tried, c.filters...)
	onEach(t, func(t *testing.T, l *loaded) {
		c.refuse(t, l)
		narrowed := map[string]bool{"Verified": true}
		for _, f := range tried {
			if n := c.compare(t, l, f); n > 0 && n < len(c.records) && len(f.set) == 1 {
				narrowed[f.set[0]] = true
			}
		}
		for i := range reflect.TypeFor[F]().NumField() {
			if name := reflect.TypeFor[F]().Field(i).Name; !narrowed[name] {
				t.Errorf("no filter of %s finds some records and leaves out others", name)
			}
		}
	})
}

// compare gives the number of records that the filter should find.
func (c *compared[F, R]) compare(t *testing.T, l *loaded, f filtered[F, R]) int {
	t.Helper()
	want := []string{}
	for _, r := range c.records {
		if f.has(r) {
			want = append(want, c.key(r))
		}
	}
	got, err := c.query(testdb.Context(t), l.Client, &f.filter)
	slices.Sort(want)
	slices.Sort(got)
	if err != nil || !slices.Equal(got, want) {
		shown, _ := json.Marshal(f.filter)
		t.Errorf("%s: %v\n\tgot  %v\n\twant %v", shown, err, got, want)
	}
	return len(want)
}

// refuse checks that what a filter names must exist, and that a text has a word and a day is one.
func (c *compared[F, R]) refuse(t *testing.T, l *loaded) {
	for i := range reflect.TypeFor[F]().NumField() {
		var f F
		switch v := reflect.ValueOf(&f).Elem().Field(i).Addr().Interface().(type) {
		case *[]string:
			*v = []string{"THA", "iom", "nowhere"}
		case **string:
			*v = ptr(" ")
		case **term.Date:
			*v = ptr(term.Date(""))
		default:
			continue
		}
		name := reflect.TypeFor[F]().Field(i).Name
		_, err := c.query(testdb.Context(t), l.Client, &f)
		if bad := fault.As(err); bad == nil || bad.Kind != fault.Invalid || !slices.Equal(bad.Fields, []string{"filter." + strings.ToLower(name[:1]) + name[1:]}) {
			t.Errorf("%T with an unknown one of %s: %v", f, name, err)
		}
	}
}

// joined draws filters of three fields. Value dates from and to are not joined: one line of money must be in both.
func (c *compared[F, R]) joined() []filtered[F, R] {
	r := rand.New(rand.NewPCG(20, 26))
	out := make([]filtered[F, R], 40)
	for i := range out {
		out[i] = c.filters[r.IntN(len(c.filters))]
		for len(out[i].set) < 3 {
			next := c.filters[r.IntN(len(c.filters))]
			if !slices.ContainsFunc(out[i].set, func(set string) bool { return set == next.set[0] || set[:2]+next.set[0][:2] == "VaVa" }) {
				out[i] = join(out[i], next)
			}
		}
	}
	return out
}

func join[F, R any](a, b filtered[F, R]) filtered[F, R] {
	f := a.filter
	reflect.ValueOf(&f).Elem().FieldByName(b.set[0]).Set(reflect.ValueOf(b.filter).FieldByName(b.set[0]))
	return filtered[F, R]{append(slices.Clone(a.set), b.set[0]), f, func(r R) bool { return a.has(r) && b.has(r) }}
}

func TestLawFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.LawFilter, seed.Law]{records: f.Laws, key: func(l seed.Law) string { return l.Key },
		query: keys(search.Laws, func(l *ent.Law) string { return l.Key })}
	each(c, "States", codes(f), func(l seed.Law) []string { return []string{l.Country} })
	each(c, "Status", all[term.LawStatus](), func(l seed.Law) []term.LawStatus { return capitals[term.LawStatus](l.Status) })
	c.subjects(seed.LawsFile, func(l seed.Law) []string { return l.Themes })
	c.words(func(l seed.Law) []string {
		texts := append([]string{l.Key, l.Title, l.Summary, names[l.Country]}, known(l.TitleLocal, l.Number, l.Note, l.Penalties.Note)...)
		return append(texts, pick(l.AmendedBy, func(a seed.Amendment) string { return a.Title })...)
	}, "penal", "trafficking child", "malaysia", "amendment", "undang")
	c.agree(t)
}

func TestPolicyFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.PolicyFilter, seed.Policy]{records: f.Policies, key: func(p seed.Policy) string { return p.Key },
		query: keys(search.Policies, func(p *ent.PolicyDocument) string { return p.Key })}
	each(c, "States", codes(f), func(p seed.Policy) []string { return []string{p.Country} })
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), seed.ChaptersOfPolicy)
	each(c, "Status", all[term.PolicyStatus](), func(p seed.Policy) []term.PolicyStatus { return capitals[term.PolicyStatus](p.Status) })
	c.subjects(seed.PoliciesFile, func(p seed.Policy) []string { return p.Themes })
	c.words(func(p seed.Policy) []string {
		return append([]string{p.Key, p.Title, p.Summary, p.LeadAuthority, names[p.Country]}, known(p.Number, p.Note)...)
	}, "national plan", "smuggling", "asean", "minist", "technology")
	c.agree(t)
}

func TestMechanismFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.CoordinationMechanismFilter, seed.Mechanism]{records: f.Mechanisms, key: func(m seed.Mechanism) string { return m.Key },
		query: keys(search.Mechanisms, func(m *ent.CoordinationMechanism) string { return m.Key })}
	each(c, "Levels", all[term.MechanismLevel](), func(m seed.Mechanism) []term.MechanismLevel { return capitals[term.MechanismLevel](m.Scope) })
	each(c, "Forms", all[term.MechanismForm](), func(m seed.Mechanism) []term.MechanismForm { return capitals[term.MechanismForm](m.Type) })
	each(c, "Status", all[term.MechanismStatus](), func(m seed.Mechanism) []term.MechanismStatus { return capitals[term.MechanismStatus](m.Status) })
	each(c, "States", codes(f), func(m seed.Mechanism) []string { return m.Members })
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), f.ChaptersOfMechanism)
	c.subjects(seed.MechanismsFile, func(m seed.Mechanism) []string { return m.Themes })
	c.words(func(m seed.Mechanism) []string {
		country := strings.Join(known(m.Country), "")
		return append([]string{m.Key, m.Name, m.Mandate, names[country]}, known(m.Acronym, m.Subject, m.Secretariat, m.Note)...)
	}, "memorandum", "people smuggling", "thailand", "secretariat", "police")
	c.agree(t)
}

// land is a State of the files, with or without a chapter.
type land struct {
	code    string
	chapter bool
	texts   []string
}

func TestStateFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	query := keys(search.States, func(s *ent.State) string { return s.Code })
	c := &compared[search.StateFilter, land]{key: func(l land) string { return l.code }}
	c.query = func(ctx context.Context, client *ent.Client, f *search.StateFilter) ([]string, error) {
		wide := *f
		wide.All = cmp.Or(wide.All, ptr(true)) // of all States where the filter does not say
		return query(ctx, client, &wide)
	}
	for _, s := range f.States {
		c.records = append(c.records, land{s.ISO3, true, append([]string{s.Name, s.ISO3, s.OfficialName, s.Capital, s.Region}, known(s.Note)...)})
	}
	for _, p := range f.Places {
		c.records = append(c.records, land{p.Code, false, append([]string{p.Name, p.Code, p.OfficialName, p.Subregion}, known(p.Note)...)})
	}
	c.add("All", ptr(true), func(land) bool { return true })
	c.add("All", ptr(false), func(l land) bool { return l.chapter })
	each(c, "Codes", codes(f), func(l land) []string { return []string{l.code} })
	each(c, "Groups", all[term.Group](), func(l land) []term.Group { return groupsOf(f, l.code) })
	c.words(func(l land) []string { return l.texts }, "republic", "southern asia", "kingdom", "island")
	c.agree(t)
	c.query = query
	onEach(t, func(t *testing.T, l *loaded) {
		c.compare(t, l, filtered[search.StateFilter, land]{has: func(l land) bool { return l.chapter }})
	})
}

func TestActorFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.ActorFilter, seed.Actor]{records: f.Actors, key: func(a seed.Actor) string { return a.Key },
		query: keys(search.Actors, func(a *ent.Actor) string { return a.Key })}
	each(c, "Kinds", all[term.ActorKind](), func(a seed.Actor) []term.ActorKind { return capitals[term.ActorKind](a.Kind) })
	each(c, "States", codes(f), func(a seed.Actor) []string { return known(a.Country) })
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), func(a seed.Actor) []string { return a.Chapters })
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
	c.words(func(a seed.Actor) []string {
		country := strings.Join(known(a.Country), "")
		return append([]string{a.Key, a.Name, a.MandateSummary, names[country]}, known(a.Acronym, a.Note)...)
	}, "ministry", "police traff", "cambodia", "united nations")
	c.agree(t)
}

func donors(a seed.Activity) []string {
	return pick(a.Donors, func(d seed.Donor) string { return d.Actor })
}

// activities are the filters of activities but those of days.
func activities(f *seed.Files) *compared[search.ActivityFilter, seed.Activity] {
	c := &compared[search.ActivityFilter, seed.Activity]{records: f.Activities, key: func(a seed.Activity) string { return a.Key },
		query: keys(search.Activities, func(a *ent.Activity) string { return a.Key })}
	states := func(a seed.Activity) []string { return slices.Concat(a.Countries, a.OtherCountries) }
	each(c, "States", codes(f), states)
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
