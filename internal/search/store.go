package search

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/coordinationmechanism"
	"adam/ent/law"
	"adam/ent/need"
	"adam/ent/policydocument"
	"adam/ent/predicate"
	"adam/ent/record"
	"adam/ent/state"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// window is how many hits are ranked and can be paged: nobody reads further, and ranking all hits of a common word
// among a million records would cost seconds.
const window = 1000

// Hit is one record that a search found.
type Hit struct {
	Score     float64
	Highlight string // HTML: escaped, found words in <mark>
	Node      ent.CatalogueRecord
	Cursor    ent.Cursor
}

// Hits is a page of hits, best first.
type Hits struct {
	Edges      []*Hit
	PageInfo   ent.PageInfo
	TotalCount int
	all        *ent.RecordQuery
	anyKind    *ent.RecordQuery // the same, of every type of record
}

// VerifiedCount is how many of all hits are verified today. It looks each of them up.
func (h *Hits) VerifiedCount(ctx context.Context) (int, error) {
	return h.all.Clone().Where(func(s *sql.Selector) {
		s.Where(ent.RecordVerifiedOn(s, s.C(record.FieldID), s.C(record.FieldKind), Today(ctx)))
	}).Count(ctx)
}

// Facets counts all hits by the type of their records: the one thing that they can be counted by. The types that the
// search chooses are left out of the count.
func (h *Hits) Facets(ctx context.Context, of []string, first *int) ([]*Facet, error) {
	want := Facets{of, first}
	if _, err := wanted([]dimension{byKind}, want); err != nil {
		return nil, err
	}
	var found []valueCount
	err := h.anyKind.Clone().Where(func(s *sql.Selector) { byKind.group(s, "") }).Select().Scan(ctx, &found)
	if err != nil {
		return nil, err
	}
	f, err := byKind.facet(ctx, nil, found, nil, want.first())
	return []*Facet{f}, err
}

var byKind = byColumn("kinds", record.FieldKind)

// Page is which part of the hits is wanted. The caller has checked that first or last is from 1 to 100.
type Page struct {
	After, Before *ent.Cursor
	First, Last   *int
}

// ranked is a hit before its record is loaded.
type ranked struct {
	row   *ent.Record
	score float64
}

// Within narrows a search: to types of records, to those that name one of some States, and to those about one of some
// themes.
type Within struct {
	Kinds  []term.RecordKind
	States []string
	Themes []term.Theme
}

// Find searches all records that the client holds.
func Find(ctx context.Context, c *ent.Client, text string, in Within, p Page) (*Hits, error) {
	q, err := Parse(text)
	if err != nil {
		return nil, at("text", err)
	}
	if q, err = correct(ctx, c, q); err != nil {
		return nil, err
	}
	where, err := in.where(ctx, c)
	if err != nil {
		return nil, err
	}
	anyKind := c.Record.Query().Where(hitBy(q)).Where(where...)
	base := anyKind.Clone()
	if given(in.Kinds) {
		base.Where(record.KindIn(in.Kinds...))
	}
	total, err := base.Clone().Count(ctx)
	if err != nil {
		return nil, err
	}
	best, err := rank(ctx, base.Clone(), q, total)
	if err != nil {
		return nil, err
	}
	hits, err := page(ctx, c, q, best, p)
	if err != nil {
		return nil, err
	}
	hits.TotalCount, hits.all, hits.anyKind = total, base, anyKind
	return hits, nil
}

func hitBy(q Query) predicate.Record {
	return func(s *sql.Selector) { s.Where(sql.In(s.C(record.FieldID), matching(s.Dialect(), q))) }
}

// rank scores the hits. Where there are more than the window holds, those come in that have the words in their title,
// key or names, and of these the ones with short titles: what is named so comes first.
func rank(ctx context.Context, base *ent.RecordQuery, q Query, total int) ([]ranked, error) {
	if total > window {
		base.Order(headFirst(q), ent.Asc(record.FieldID)).Limit(window)
	}
	rows, err := base.All(ctx)
	if err != nil {
		return nil, err
	}
	best := make([]ranked, len(rows))
	for i, r := range rows {
		best[i] = ranked{r, Score(q, Document{Key: r.KeyTokens, Title: r.TitleTokens, Names: r.NamesTokens, Body: r.BodyTokens})}
	}
	slices.SortFunc(best, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.row.TitleTokens, b.row.TitleTokens), cmp.Compare(a.row.ID, b.row.ID))
	})
	return best, nil
}

func headFirst(q Query) record.OrderOption {
	return func(s *sql.Selector) {
		s.OrderExpr(sql.ExprFunc(func(b *sql.Builder) {
			b.WriteString("CASE WHEN ").Ident(s.C(record.FieldID)).WriteString(" IN (").Join(matchingHead(s.Dialect(), q)).WriteString(") THEN 0 ELSE 1 END")
		}), sql.ExprFunc(func(b *sql.Builder) {
			b.WriteString("length(").Ident(s.C(record.FieldTitleTokens)).WriteString(")")
		}))
	}
}

// page cuts the wanted part out of the ranking and loads its records.
func page(ctx context.Context, c *ent.Client, q Query, best []ranked, p Page) (*Hits, error) {
	from, to := 0, len(best)
	for _, end := range []struct {
		cursor *ent.Cursor
		set    func(int)
	}{{p.After, func(i int) { from = i + 1 }}, {p.Before, func(i int) { to = i }}} {
		if end.cursor == nil {
			continue
		}
		i := slices.IndexFunc(best, func(r ranked) bool { return r.row.ID == end.cursor.ID })
		if i < 0 {
			return nil, fault.New(fault.Invalid, "This cursor belongs to another search. Start this search without a cursor.")
		}
		end.set(i)
	}
	to = max(from, to)
	if p.First != nil {
		to = min(to, from+*p.First)
	} else if p.Last != nil {
		from = max(from, to-*p.Last)
	}
	hits := &Hits{Edges: []*Hit{}, PageInfo: ent.PageInfo{HasPreviousPage: from > 0, HasNextPage: to < len(best)}}
	nodes, err := load(ctx, c, best[from:to])
	if err != nil {
		return nil, err
	}
	for _, r := range best[from:to] {
		n, ok := nodes[r.row.ID]
		if !ok {
			return nil, fmt.Errorf("search document %s has no record", r.row.ID)
		}
		hits.Edges = append(hits.Edges, &Hit{Score: r.score, Node: n, Cursor: ent.Cursor{ID: r.row.ID},
			Highlight: passage(q, r.row)})
	}
	if len(hits.Edges) > 0 {
		hits.PageInfo.StartCursor = &hits.Edges[0].Cursor
		hits.PageInfo.EndCursor = &hits.Edges[len(hits.Edges)-1].Cursor
	}
	return hits, nil
}

// passage is the best passage of a record, or its key where nothing else says why it was found.
func passage(q Query, r *ent.Record) string {
	if best := Highlight(q, append([]string{r.Title}, append(strings.Split(r.Names, "\n"), r.Body)...)...); best != "" {
		return best
	}
	return Highlight(q, r.Key)
}

// load reads the records of a page, one query for each type among them.
func load(ctx context.Context, c *ent.Client, rows []ranked) (map[term.ID]ent.CatalogueRecord, error) {
	byKind := map[term.Kind][]term.ID{}
	for _, r := range rows {
		byKind[r.row.ID.Kind()] = append(byKind[r.row.ID.Kind()], r.row.ID)
	}
	out := make(map[term.ID]ent.CatalogueRecord, len(rows))
	for kind, ids := range byKind {
		if err := loadKind(ctx, c, kind, ids, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func loadKind(ctx context.Context, c *ent.Client, kind term.Kind, ids []term.ID, out map[term.ID]ent.CatalogueRecord) error {
	switch kind {
	case term.KindState:
		return gather(c.State.Query().Where(state.IDIn(ids...)).All(ctx))(out, func(r *ent.State) term.ID { return r.ID })
	case term.KindActor:
		return gather(c.Actor.Query().Where(actor.IDIn(ids...)).All(ctx))(out, func(r *ent.Actor) term.ID { return r.ID })
	case term.KindLaw:
		return gather(c.Law.Query().Where(law.IDIn(ids...)).All(ctx))(out, func(r *ent.Law) term.ID { return r.ID })
	case term.KindPolicy:
		return gather(c.PolicyDocument.Query().Where(policydocument.IDIn(ids...)).All(ctx))(out, func(r *ent.PolicyDocument) term.ID { return r.ID })
	case term.KindMechanism:
		return gather(c.CoordinationMechanism.Query().Where(coordinationmechanism.IDIn(ids...)).All(ctx))(out, func(r *ent.CoordinationMechanism) term.ID { return r.ID })
	case term.KindActivity:
		return gather(c.Activity.Query().Where(activity.IDIn(ids...)).All(ctx))(out, func(r *ent.Activity) term.ID { return r.ID })
	case term.KindNeed:
		return gather(c.Need.Query().Where(need.IDIn(ids...)).All(ctx))(out, func(r *ent.Need) term.ID { return r.ID })
	}
	return fmt.Errorf("kind %d is no record", kind)
}

func gather[T ent.CatalogueRecord](rows []T, err error) func(map[term.ID]ent.CatalogueRecord, func(T) term.ID) error {
	return func(out map[term.ID]ent.CatalogueRecord, id func(T) term.ID) error {
		for _, r := range rows {
			out[id(r)] = r
		}
		return err
	}
}

// IDOf is the identifier of a record of any type.
func IDOf(r ent.CatalogueRecord) term.ID {
	return reflect.ValueOf(r).Elem().FieldByName("ID").Interface().(term.ID)
}

// Records loads records of any types by their ids, in the order given; unknown ones are left out.
func Records(ctx context.Context, c *ent.Client, ids []term.ID) ([]ent.CatalogueRecord, error) {
	rows := make([]ranked, len(ids))
	for i, id := range ids {
		rows[i] = ranked{row: &ent.Record{ID: id}}
	}
	nodes, err := load(ctx, c, rows)
	if err != nil {
		return nil, err
	}
	out := []ent.CatalogueRecord{}
	for _, id := range ids {
		if n, ok := nodes[id]; ok {
			out = append(out, n)
		}
	}
	return out, nil
}
