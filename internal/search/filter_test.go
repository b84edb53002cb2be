package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"adam/ent"
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
		out := make([]string, len(rows))
		for i, r := range rows {
			out[i] = key(r)
		}
		return out, err
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

// common adds filters of verification and text. All shipped data is unverified. A record has a text when words that
// begin like its words stand in the texts of the record.
func (c *compared[F, R]) common(of func(R) []string, texts ...string) {
	c.add("Verified", ptr(true), func(R) bool { return false })
	c.add("Verified", ptr(false), func(R) bool { return true })
	c.words(of, texts...)
}

func (c *compared[F, R]) words(of func(R) []string, texts ...string) {
	for _, text := range texts {
		c.add("Text", &text, func(r R) bool {
			for _, w := range strings.Fields(text) {
				if !regexp.MustCompile(`(?i)\b` + w).MatchString(strings.Join(of(r), "\n")) {
					return false
				}
			}
			return true
		})
	}
}

// agree compares all filters, 40 joined ones and those that narrow nothing with the files, on both engines.
func (c *compared[F, R]) agree(t *testing.T) {
	t.Helper()
	var none, lists F
	for i := range reflect.TypeFor[F]().NumField() {
		if v := reflect.ValueOf(&lists).Elem().Field(i); v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
	}
	every := func(R) bool { return true }
	tried := append(c.joined(), filtered[F, R]{filter: none, has: every}, filtered[F, R]{filter: lists, has: every})
	tried = append(tried, c.filters...)
	onEach(t, func(t *testing.T, l *loaded) {
		narrowed := map[string]bool{"Verified": true} // it cannot on the shipped data
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
	got, err := c.query(t.Context(), l.Client, &f.filter)
	slices.Sort(want)
	slices.Sort(got)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: %v\n\tgot  %v\n\twant %v", show(f.filter), err, got, want)
	}
	return len(want)
}

// joined draws filters of three fields.
func (c *compared[F, R]) joined() []filtered[F, R] {
	r := rand.New(rand.NewPCG(20, 26))
	out := make([]filtered[F, R], 40)
	for i := range out {
		out[i] = c.filters[r.IntN(len(c.filters))]
		for len(out[i].set) < min(3, reflect.TypeFor[F]().NumField()) {
			next := c.filters[r.IntN(len(c.filters))]
			if !slices.Contains(out[i].set, next.set[0]) {
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

// show writes the fields that a filter sets.
func show(filter any) string {
	var out []string
	v := reflect.ValueOf(filter)
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			out = append(out, fmt.Sprintf("%s %v", v.Type().Field(i).Name, reflect.Indirect(f)))
		}
	}
	return strings.Join(out, ", ")
}

// all is every value of a vocabulary.
func all[V interface {
	~string
	Values() []string
}]() []V {
	return capitals[V](V("").Values()...)
}

// capitals writes words of the files as codes.
func capitals[V ~string](words ...string) []V {
	out := make([]V, len(words))
	for i, w := range words {
		out[i] = V(strings.ToUpper(w))
	}
	return out
}

// known gives the texts that are known.
func known(texts ...*string) (out []string) {
	for _, t := range texts {
		if t != nil {
			out = append(out, *t)
		}
	}
	return out
}

func codes(f *seed.Files) (out []string) {
	for _, s := range f.States {
		out = append(out, s.ISO3)
	}
	for _, p := range f.Places {
		out = append(out, p.Code)
	}
	return out
}

func nameOf(f *seed.Files, code string) string {
	for _, s := range f.States {
		if s.ISO3 == code {
			return s.Name
		}
	}
	for _, p := range f.Places {
		if p.Code == code {
			return p.Name
		}
	}
	return ""
}

// groupsOf are the groups of which a State is a member.
func groupsOf(f *seed.Files, code string) (out []term.Group) {
	for _, s := range f.States {
		for g, member := range map[term.Group]bool{term.GroupBaliProcess: s.BaliProcessMember, term.GroupASEAN: s.ASEANMember, term.GroupSAARC: s.SAARCMember} {
			if s.ISO3 == code && member {
				out = append(out, g)
			}
		}
	}
	for _, m := range f.Memberships {
		if m.Code == code {
			out = append(out, term.Group(m.Group))
		}
	}
	return out
}

func chapters(f *seed.Files) (out []string) {
	for _, c := range f.Chapters {
		out = append(out, c.Code)
	}
	return out
}

func TestLawFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	c := &compared[search.LawFilter, seed.Law]{records: f.Laws, key: func(l seed.Law) string { return l.Key },
		query: keys(search.Laws, func(l *ent.Law) string { return l.Key })}
	each(c, "States", codes(f), func(l seed.Law) []string { return []string{l.Country} })
	each(c, "Status", all[term.LawStatus](), func(l seed.Law) []term.LawStatus { return capitals[term.LawStatus](l.Status) })
	c.subjects(seed.LawsFile, func(l seed.Law) []string { return l.Themes })
	c.common(func(l seed.Law) []string {
		texts := append([]string{l.Key, l.Title, l.Summary, nameOf(f, l.Country)}, known(l.TitleLocal, l.Number, l.Note, l.Penalties.Note)...)
		for _, a := range l.AmendedBy {
			texts = append(texts, a.Title)
		}
		return texts
	}, "penal", "trafficking child", "malaysia", "amendment", "undang")
	c.agree(t)
}

func TestPolicyFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	c := &compared[search.PolicyFilter, seed.Policy]{records: f.Policies, key: func(p seed.Policy) string { return p.Key },
		query: keys(search.Policies, func(p *ent.PolicyDocument) string { return p.Key })}
	each(c, "States", codes(f), func(p seed.Policy) []string { return []string{p.Country} })
	each(c, "Chapters", chapters(f), seed.ChaptersOfPolicy)
	each(c, "Status", all[term.PolicyStatus](), func(p seed.Policy) []term.PolicyStatus { return capitals[term.PolicyStatus](p.Status) })
	c.subjects(seed.PoliciesFile, func(p seed.Policy) []string { return p.Themes })
	c.common(func(p seed.Policy) []string {
		return append([]string{p.Key, p.Title, p.Summary, p.LeadAuthority, nameOf(f, p.Country)}, known(p.Number, p.Note)...)
	}, "national plan", "smuggling", "asean", "minist", "technology")
	c.agree(t)
}

func TestMechanismFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	c := &compared[search.CoordinationMechanismFilter, seed.Mechanism]{records: f.Mechanisms, key: func(m seed.Mechanism) string { return m.Key },
		query: keys(search.Mechanisms, func(m *ent.CoordinationMechanism) string { return m.Key })}
	each(c, "Levels", all[term.MechanismLevel](), func(m seed.Mechanism) []term.MechanismLevel { return capitals[term.MechanismLevel](m.Scope) })
	each(c, "Forms", all[term.MechanismForm](), func(m seed.Mechanism) []term.MechanismForm { return capitals[term.MechanismForm](m.Type) })
	each(c, "Status", all[term.MechanismStatus](), func(m seed.Mechanism) []term.MechanismStatus { return capitals[term.MechanismStatus](m.Status) })
	each(c, "States", codes(f), func(m seed.Mechanism) []string { return m.Members })
	each(c, "Chapters", chapters(f), f.ChaptersOfMechanism)
	c.subjects(seed.MechanismsFile, func(m seed.Mechanism) []string { return m.Themes })
	c.common(func(m seed.Mechanism) []string {
		texts := []string{m.Key, m.Name, m.Mandate}
		if m.Country != nil {
			texts = append(texts, nameOf(f, *m.Country))
		}
		return append(texts, known(m.Acronym, m.Subject, m.Secretariat, m.Note)...)
	}, "memorandum", "people smuggling", "thailand", "secretariat", "police")
	c.agree(t)
}
