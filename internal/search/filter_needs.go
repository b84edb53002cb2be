package search

import (
	"context"

	"adam/ent"
	"adam/ent/predicate"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// NeedFilter says which needs.
type NeedFilter struct {
	States          []string
	Themes          []term.Theme
	AssistanceTypes []term.AssistanceType
	GapKinds        []term.NeedGap
	Priorities      []term.NeedPriority
	Status          []term.NeedStatus
	Verified        *bool
	Text            *string
}

// Needs are the needs that a filter asks for.
func Needs(ctx context.Context, c *ent.Client, f *NeedFilter) (*ent.NeedQuery, error) {
	if f == nil {
		f = &NeedFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	if list := b.stateIDs("states", f.States); list != nil {
		in(b, "state_id", list)
	}
	b.themes(f.Themes)
	in(b, "assistance_type", f.AssistanceTypes)
	in(b, "gap_kind", f.GapKinds)
	in(b, "priority", f.Priorities)
	b.answered(f.Status)
	b.verified(f.Verified)
	b.text(f.Text)
	where, err := predicates[predicate.Need](b)
	return c.Need.Query().Where(where...), err
}

// reached are how far a need is, from the first to the last, each with the state of an offer that brings it so far.
var reached = []struct {
	status term.NeedStatus
	offer  term.OfferStatus
}{{term.NeedOpen, ""}, {term.NeedOffered, term.OfferMade}, {term.NeedMatched, term.OfferAccepted}, {term.NeedMet, ""}}

// answered adds: the need is as far as one of these, by what has been said of it and by the offers that the viewer sees
// (decision 026). One is as far as a status where it has come there and no further.
func (b *builder) answered(status []term.NeedStatus) {
	if !given(status) {
		return
	}
	b.add(func(s *sql.Selector) {
		var any []*sql.Predicate
		for i, r := range reached {
			for _, wanted := range status {
				if wanted != r.status {
					continue
				}
				p := cameTo(s, i)
				if i+1 < len(reached) {
					p = sql.And(p, sql.Not(cameTo(s, i+1)))
				}
				any = append(any, p)
			}
		}
		s.Where(sql.Or(any...))
	})
}

// cameTo is true of a need that is at least as far as one of reached.
func cameTo(s *sql.Selector, i int) *sql.Predicate {
	var said, offers []any
	for _, r := range reached[i:] {
		said = append(said, string(r.status))
		if r.offer != "" {
			offers = append(offers, string(r.offer))
		}
	}
	p := sql.In(s.C("status"), said...)
	if len(offers) == 0 || i == 0 {
		return p
	}
	o := sql.Table("need_offers")
	return sql.Or(p, sql.In(s.C("id"), sql.Dialect(s.Dialect()).Select(o.C("need_id")).From(o).Where(sql.In(o.C("status"), offers...))))
}
