package edition

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql/schema"
)

// ids are sorted identifiers: eight bytes a row, so that a million rows cost eight megabytes.
type ids []int64

func (s ids) has(id int64) bool {
	_, found := slices.BinarySearch(s, id)
	return found
}

// selection is what one audience gets of a snapshot. It is settled before the first row is written, so that nothing
// hidden ever reaches the file: deleting would leave bytes in free pages.
type selection struct {
	from     *snapshot
	audience access.Audience
	number   int
	in       map[string]ids     // by table: the rows that are copied
	gone     map[string]ids     // by table: the rows that are left out because something was withdrawn, not hidden
	hidden   map[int64][]string // by record: the fields, as the API names them, whose value is withheld
	lost     map[int64][]int64  // by record: the targets of references that became null
}

// choose finds the rows of every table that an audience gets in the edition of a number.
func choose(ctx context.Context, from *snapshot, a access.Audience, number int) (*selection, error) {
	s := &selection{from: from, audience: a, number: number, in: map[string]ids{}, gone: map[string]ids{},
		hidden: map[int64][]string{}, lost: map[int64][]int64{}}
	all, err := tables()
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		r, declared := rules[t.Name]
		if !declared || !hasID(t) || s.rows(r) == "" {
			continue // empty, or a join table: its rows follow their ends
		}
		if err := s.table(ctx, t, r); err != nil {
			return nil, fmt.Errorf("choose rows of %s: %w", t.Name, err)
		}
	}
	return s, nil
}

// table chooses the rows of one table, after those of all tables that it depends on.
func (s *selection) table(ctx context.Context, t *schema.Table, r rule.Table) error {
	ends, err := s.ends(ctx, r.Through)
	if err != nil {
		return err
	}
	exprs := []string{column("id"), s.flag(s.rows(r)), s.flag(withdrawn(t))}
	required := s.required(t, r)
	for _, ref := range required {
		exprs = append(exprs, column(ref.column))
	}
	var in, gone ids
	err = s.from.each(ctx, selectFrom(t, exprs), numbers(len(exprs)), func(row []any) error {
		id := row[0].(int64)
		stays, left := row[1] == int64(1), row[2] == int64(1)
		for i, ref := range required {
			if to, ok := row[3+i].(int64); ok {
				stays = stays && s.in[ref.to].has(to)
				left = left || s.gone[ref.to].has(to)
			}
		}
		if r.Anchors {
			of := term.ID(id).Kind().Table()
			stays, left = stays && s.in[of].has(id), left || s.gone[of].has(id)
		}
		if ends != nil {
			stays, left = stays && ends.passes(id), left || ends.gone.has(id)
		}
		switch {
		case stays:
			in = append(in, id)
		case left:
			gone = append(gone, id)
		}
		return nil
	})
	s.in[t.Name], s.gone[t.Name] = in, gone
	return err
}

// rows is the condition under which the audience gets a row; "" where it gets none.
func (s *selection) rows(r rule.Table) string { return r.Rows(rule.Reader(s.audience)) }

// when is the condition under which a value is replaced for the audience; "" where it never is.
func (s *selection) when(p rule.Replacement) string { return p.When(rule.Reader(s.audience)) }

// required lists the references without whose target a row falls.
func (s *selection) required(t *schema.Table, r rule.Table) []reference {
	return slices.DeleteFunc(references(t), func(ref reference) bool {
		return ref.optional && !slices.Contains(r.Needs, ref.column)
	})
}

// withdrawn is the condition under which a row was deleted, which hides it and leaves no mark.
func withdrawn(t *schema.Table) string {
	if at(t, "withdrawn") < 0 {
		return "FALSE"
	}
	return "t.withdrawn"
}

// flag makes a condition a number: 1 where it holds.
func (s *selection) flag(condition string) string {
	return "CASE WHEN " + s.fill(condition) + " THEN 1 ELSE 0 END"
}

func (s *selection) fill(sql string) string {
	return strings.NewReplacer("{number}", strconv.Itoa(s.number), "{raw}", "").Replace(sql)
}

// ends is what a join table says of the rows at one of its ends.
type ends struct {
	passed, failed, gone ids
	both                 bool
}

// passes tells whether a row may stay as far as the join table goes.
func (e *ends) passes(id int64) bool {
	return e.passed.has(id) || !e.both && !e.failed.has(id)
}

// ends reads a join table; nil where there is none to read.
func (s *selection) ends(ctx context.Context, th *rule.Through) (*ends, error) {
	if th == nil {
		return nil, nil
	}
	e := &ends{both: th.Both}
	var own int64
	total, in, gone := 0, 0, 0
	settle := func() {
		switch {
		case total == 0:
		case th.Both && total >= 2 && in == total, !th.Both && in > 0:
			e.passed = append(e.passed, own)
		default:
			e.failed = append(e.failed, own)
			if in+gone == total && gone > 0 {
				e.gone = append(e.gone, own)
			}
		}
		total, in, gone = 0, 0, 0
	}
	query := fmt.Sprintf(`SELECT t."%s", t."%s" FROM "%s" AS t ORDER BY 1, 2`, th.Own, th.Other, th.Table)
	err := s.from.each(ctx, query, numbers(2), func(row []any) error {
		if row[0] != own {
			settle()
			own = row[0].(int64)
		}
		total++
		if other := row[1].(int64); s.in[th.Of].has(other) {
			in++
		} else if s.gone[th.Of].has(other) {
			gone++
		}
		return nil
	})
	settle()
	return e, err
}
