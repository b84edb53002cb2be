package search

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Facet is how many rows of a list have each value of one field of its filter. What the filter chooses in that field is
// left out of the count, so that one sees what choosing more, or something else, would bring.
type Facet struct {
	Field  string // of the filter, such as "assistanceTypes"
	Total  int    // how many values are found in all
	Values []*FacetValue
}

// FacetValue is one value as the filter takes it. Name is nil for codes of the schema.
type FacetValue struct {
	Code  string
	Name  *string
	Count int
}

// Facets says which facets are wanted: the fields, all where none is named, and the most values of each, 20 where nil.
type Facets struct {
	Of    []string
	First *int
}

func (w Facets) first() int {
	if w.First == nil {
		return 20
	}
	return *w.First
}

// valueCount is one value with its rows; a code may be a pair or a list that still has to be taken apart.
type valueCount struct {
	Code  string  `sql:"code"`
	Name  *string `sql:"name"`
	Count int     `sql:"count"`
	Total int     `sql:"total"`
}

// dimension is a field of a filter whose values are counted.
type dimension struct {
	field string
	// group makes a query count its rows by value, in columns as valueCount has them.
	group func(s *sql.Selector, day term.Date)
	// split takes the value of a group apart, where rows can have several or none; nil where it is the code itself.
	split func(value string) []string
	// names are where values have names of their own; nil where they are codes of the schema.
	names *naming
}

// naming is a table whose rows have a code and a name.
type naming struct{ table, code, name string }

var (
	stateNames   = &naming{"states", "code", "name"}
	chapterNames = &naming{"chapters", "code", "title"}
	actorNames   = &naming{"actors", "key", "name"}
)

// groupable is a query of one type, as ent generates it.
type groupable[P ~func(*sql.Selector), Q any, S scannable] interface {
	Where(...P) Q
	Clone() Q
	Select(...string) S
}

type scannable interface {
	Scan(context.Context, any) error
}

// facetsOf counts by each of the dimensions that are wanted, one statement for each.
func facetsOf[F any, P ~func(*sql.Selector), Q groupable[P, Q, S], S scannable](ctx context.Context, c *ent.Client, f *F,
	find func(context.Context, *ent.Client, *F) (Q, error), all []dimension, want Facets) ([]*Facet, error) {
	dims, err := wanted(all, want)
	if err != nil {
		return nil, err
	}
	if f == nil {
		f = new(F)
	}
	whole, err := find(ctx, c, f)
	if err != nil {
		return nil, err
	}
	day, out := Today(ctx), make([]*Facet, len(dims))
	for i, d := range dims {
		q, rest, chosen := whole, *f, choice(f, d.field)
		if len(chosen) > 0 {
			reflect.ValueOf(&rest).Elem().FieldByName(exported(d.field)).SetZero()
			if q, err = find(ctx, c, &rest); err != nil {
				return nil, err
			}
		}
		var found []valueCount
		err := q.Clone().Where(P(func(s *sql.Selector) { d.tallies(s, day, chosen, want.first()) })).Select().Scan(ctx, &found)
		if err == nil {
			out[i], err = d.facet(ctx, c, found, chosen, want.first())
		}
		if err != nil {
			return nil, fmt.Errorf("count by %s: %w", d.field, err)
		}
	}
	return out, nil
}

// wanted finds the dimensions that are asked for, in the order of the question.
func wanted(all []dimension, want Facets) ([]dimension, error) {
	if want.first() < 1 || want.first() > 100 {
		return nil, fault.New(fault.Invalid, "%d values of a facet cannot be given. Ask for 1 to 100.", want.first()).At("first")
	}
	if len(want.Of) == 0 {
		return all, nil
	}
	var out []dimension
	for _, name := range want.Of {
		i := slices.IndexFunc(all, func(d dimension) bool { return d.field == name })
		if i < 0 {
			known := make([]string, len(all))
			for i, d := range all {
				known[i] = d.field
			}
			return nil, fault.New(fault.Invalid, "%q is nothing that this list is counted by. Use some of %s.", term.Clip(name), strings.Join(known, ", ")).At("of")
		}
		if !slices.ContainsFunc(out, func(d dimension) bool { return d.field == name }) {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// choice is what a filter chooses in a field, as text.
func choice[F any](f *F, field string) []string {
	v := reflect.ValueOf(f).Elem().FieldByName(exported(field))
	var out []string
	switch {
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			out = append(out, v.Index(i).String())
		}
	case !v.IsNil(): // a pointer: verified
		out = append(out, fmt.Sprint(v.Elem().Interface()))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// exported is the Go name of a field of a filter.
func exported(field string) string { return strings.ToUpper(field[:1]) + field[1:] }

// tallies makes a query count. Where values are rows of their own there may be very many, so that the most frequent are
// cut out by the database, after those that are chosen.
func (d *dimension) tallies(s *sql.Selector, day term.Date, chosen []string, first int) {
	d.group(s, day)
	if d.names == nil {
		return
	}
	t := sql.Table(d.names.table).As("named")
	if len(chosen) > 0 {
		s.OrderExpr(sql.ExprFunc(func(b *sql.Builder) {
			b.WriteString("CASE WHEN ").Ident(t.C(d.names.code)).WriteString(" IN (").Args(anys(chosen)...).WriteString(") THEN 0 ELSE 1 END")
		}))
	}
	s.OrderBy(sql.Desc("count"), t.C(d.names.code)).Limit(max(first, len(chosen)))
}

// facet makes the facet of what was counted: the most frequent values, and among them in any case the chosen ones, of
// which there may be none.
func (d *dimension) facet(ctx context.Context, c *ent.Client, found []valueCount, chosen []string, first int) (*Facet, error) {
	f := &Facet{Field: d.field, Values: []*FacetValue{}}
	if d.split != nil {
		found = d.apart(found)
	}
	if f.Total = len(found); d.names != nil && len(found) > 0 {
		f.Total = found[0].Total
	}
	var lacking []string
	for _, code := range chosen {
		if !slices.ContainsFunc(found, func(t valueCount) bool { return t.Code == code }) {
			lacking = append(lacking, code)
		}
	}
	none, err := d.named(ctx, c, lacking)
	if err != nil {
		return nil, err
	}
	for _, t := range append(found, none...) {
		f.Values = append(f.Values, &FacetValue{t.Code, t.Name, t.Count})
	}
	slices.SortStableFunc(f.Values, func(a, b *FacetValue) int {
		return cmp.Or(-cmp.Compare(a.Count, b.Count), strings.Compare(a.Code, b.Code))
	})
	kept, room := f.Values[:0], first-len(chosen)
	for _, v := range f.Values {
		is := slices.Contains(chosen, v.Code)
		if is || room > 0 {
			kept = append(kept, v)
		}
		if !is {
			room--
		}
	}
	f.Values = kept
	return f, nil
}

// apart counts each value of rows that have several.
func (d *dimension) apart(found []valueCount) []valueCount {
	counts := map[string]int{}
	for _, t := range found {
		for _, code := range d.split(t.Code) {
			counts[code] += t.Count
		}
	}
	out := make([]valueCount, 0, len(counts))
	for code, n := range counts {
		out = append(out, valueCount{Code: code, Count: n})
	}
	return out
}

// named are values that no row has, with their names.
func (d *dimension) named(ctx context.Context, c *ent.Client, codes []string) (out []valueCount, err error) {
	if len(codes) == 0 || d.names == nil {
		for _, code := range codes {
			out = append(out, valueCount{Code: code})
		}
		return out, nil
	}
	t := sql.Table(d.names.table)
	query, args := sql.Dialect(c.Dialect()).Select(sql.As(t.C(d.names.code), "code"), sql.As(t.C(d.names.name), "name")).From(t).
		Where(sql.In(t.C(d.names.code), anys(codes)...)).Query()
	rows, err := c.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	return out, sql.ScanSlice(rows, &out)
}
