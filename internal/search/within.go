package search

import (
	"context"

	"adam/ent"
	"adam/ent/predicate"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// placed are where a record of each type names its States: a table with the record's id and the State's.
var placed = []struct{ table, record, state string }{
	{term.KindState.Table(), "id", "id"}, {term.KindLaw.Table(), "id", "state_id"}, {term.KindPolicy.Table(), "id", "state_id"},
	{term.KindActor.Table(), "id", "state_id"}, {term.KindNeed.Table(), "id", "state_id"},
	{"activity_states", "activity_id", "state_id"}, {"mechanism_members", "mechanism_id", "state_id"},
}

// themed are the tables of records that say what they are about.
var themed = []term.Kind{term.KindState, term.KindActor, term.KindLaw, term.KindPolicy, term.KindMechanism, term.KindActivity, term.KindNeed}

// where narrows records of all types to the States and the themes.
func (in Within) where(ctx context.Context, c *ent.Client) ([]predicate.Record, error) {
	b := &builder{ctx: ctx, c: c}
	if list := b.stateIDs("states", in.States); list != nil {
		b.add(func(s *sql.Selector) {
			var any []*sql.Predicate
			for _, p := range placed {
				t := sql.Table(p.table)
				any = append(any, sql.In(s.C("id"), sql.Dialect(s.Dialect()).Select(t.C(p.record)).From(t).Where(sql.In(t.C(p.state), list...))))
			}
			s.Where(sql.Or(any...))
		})
	}
	if given(in.Themes) {
		b.add(func(s *sql.Selector) {
			var any []*sql.Predicate
			for _, k := range themed {
				t := sql.Table(k.Table())
				any = append(any, sql.In(s.C("id"), sql.Dialect(s.Dialect()).Select(t.C("id")).From(t).Where(about(t.C, in.Themes))))
			}
			s.Where(sql.Or(any...))
		})
	}
	where, err := predicates[predicate.Record](b)
	if f := fault.As(err); f != nil {
		f.Fields = []string{"states"} // the input of a search is no filter
	}
	return where, err
}
