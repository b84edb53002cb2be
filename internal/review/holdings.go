package review

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/term"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// Holdings is how many records of each type a chapter has.
type Holdings struct{ Actors, Laws, Policies, Mechanisms, Activities int }

// Total is all records of the chapter.
func (h Holdings) Total() int {
	return h.Actors + h.Laws + h.Policies + h.Mechanisms + h.Activities
}

// part is one type of records of a chapter: the join table with the column and the table of the records.
type part struct {
	join, column, table string
	count               func(*Holdings) *int
}

var parts = []part{
	{"chapter_actors", "actor_id", "actors", func(h *Holdings) *int { return &h.Actors }},
	{"chapter_laws", "law_id", "laws", func(h *Holdings) *int { return &h.Laws }},
	{"chapter_policies", "policy_document_id", "policies", func(h *Holdings) *int { return &h.Policies }},
	{"chapter_mechanisms", "coordination_mechanism_id", "coordination_mechanisms", func(h *Holdings) *int { return &h.Mechanisms }},
	{"chapter_activities", "activity_id", "activities", func(h *Holdings) *int { return &h.Activities }},
}

// condition narrows the records that are counted, by the columns of their table.
type condition func(column func(string) string) *sql.Predicate

func present(column func(string) string) *sql.Predicate { return sql.EQ(column("withdrawn"), false) }

func verifiedOn(day term.Date) condition {
	return func(column func(string) string) *sql.Predicate {
		return sql.And(present(column), ent.VerifiedOn(column, day))
	}
}

// HoldingsOf counts the records of chapters, all chapters at once.
func HoldingsOf(ctx context.Context, c *ent.Client, chapters []term.ID) (map[term.ID]*Holdings, error) {
	return holdings(ctx, c, chapters, present)
}

func holdings(ctx context.Context, c *ent.Client, chapters []term.ID, where condition) (map[term.ID]*Holdings, error) {
	out := make(map[term.ID]*Holdings, len(chapters))
	args := make([]any, len(chapters))
	for i, id := range chapters {
		out[id] = &Holdings{}
		args[i] = id
	}
	for _, p := range parts {
		count := func(id term.ID, n int) { *p.count(out[id]) = n }
		if err := p.each(ctx, c, args, where, count); err != nil {
			return nil, fmt.Errorf("count %s: %w", p.table, err)
		}
	}
	return out, nil
}

func (p part) each(ctx context.Context, c *ent.Client, chapters []any, where condition, count func(term.ID, int)) error {
	builder := sql.Dialect(c.Dialect())
	j, t := builder.Table(p.join), builder.Table(p.table)
	query, args := builder.Select(j.C("chapter_id"), sql.Count("*")).From(j).
		Join(t).On(j.C(p.column), t.C("id")).
		Where(sql.And(sql.In(j.C("chapter_id"), chapters...), where(t.C))).
		GroupBy(j.C("chapter_id")).Query()
	rows, err := c.QueryContext(ctx, query, plain(args, c.Dialect())...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id term.ID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		count(id, n)
	}
	return rows.Err()
}

// plain turns false into what SQLite stores for it.
func plain(args []any, d string) []any {
	if d == dialect.Postgres {
		return args
	}
	for i, a := range args {
		if b, ok := a.(bool); ok {
			args[i] = map[bool]int{true: 1}[b]
		}
	}
	return args
}
