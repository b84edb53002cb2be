package search_test

import (
	"adam/internal/testdb"
	"context"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/fault"
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
		narrowed := map[string]bool{"Verified": true, "Licences": true} // of which the shipped data states none: they have a test of their own
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
