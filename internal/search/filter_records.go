package search

import (
	"context"

	"adam/ent"
	"adam/ent/membership"
	"adam/ent/predicate"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// States are the States that a filter asks for: those with a chapter, unless it says all.
func States(ctx context.Context, c *ent.Client, f *StateFilter) (*ent.StateQuery, error) {
	if f == nil {
		f = &StateFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	if f.All == nil || !*f.All {
		b.add(func(s *sql.Selector) {
			t := sql.Table("chapters")
			s.Where(sql.In(s.C("id"), sql.Dialect(s.Dialect()).Select(t.C("state_id")).From(t).Where(sql.NotNull(t.C("state_id")))))
		})
	}
	if list := b.stateIDs("codes", f.Codes); list != nil {
		in(b, "id", list)
	}
	if given(f.Groups) {
		in(b, "id", b.membersOf(f.Groups))
	}
	b.text(f.Text)
	where, err := predicates[predicate.State](b)
	return c.State.Query().Where(where...), err
}

// membersOf finds the States that are members of one of the groups today; of no State, an id that none has.
func (b *builder) membersOf(groups []term.Group) []any {
	if b.err != nil {
		return nil
	}
	rows, err := b.c.Membership.Query().Where(membership.GroupIn(groups...), membership.Member(true), membership.Until("")).All(b.ctx)
	if err != nil {
		b.err = err
		return nil
	}
	out := []any{term.ID(0)}
	for _, m := range rows {
		out = append(out, m.StateID)
	}
	return out
}

// Actors are the actors that a filter asks for.
func Actors(ctx context.Context, c *ent.Client, f *ActorFilter) (*ent.ActorQuery, error) {
	if f == nil {
		f = &ActorFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	in(b, "kind", f.Kinds)
	if list := b.stateIDs("states", f.States); list != nil {
		in(b, "state_id", list)
	}
	b.inChapters("chapter_actors", "actor_id", f.Chapters)
	if given(f.Roles) {
		b.through("participations", "actor_id", map[string][]any{"role": anys(f.Roles)})
	}
	b.verified(f.Verified)
	b.text(f.Text)
	where, err := predicates[predicate.Actor](b)
	return c.Actor.Query().Where(where...), err
}

// Laws are the laws that a filter asks for.
func Laws(ctx context.Context, c *ent.Client, f *LawFilter) (*ent.LawQuery, error) {
	if f == nil {
		f = &LawFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	if list := b.stateIDs("states", f.States); list != nil {
		in(b, "state_id", list)
	}
	b.inChapters("chapter_laws", "law_id", f.Chapters)
	b.themes(f.Themes)
	holds(b, "topics", f.Topics)
	in(b, "status", f.Status)
	b.verified(f.Verified)
	b.text(f.Text)
	where, err := predicates[predicate.Law](b)
	return c.Law.Query().Where(where...), err
}

// Policies are the policies that a filter asks for.
func Policies(ctx context.Context, c *ent.Client, f *PolicyFilter) (*ent.PolicyDocumentQuery, error) {
	if f == nil {
		f = &PolicyFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	if list := b.stateIDs("states", f.States); list != nil {
		in(b, "state_id", list)
	}
	b.inChapters("chapter_policies", "policy_document_id", f.Chapters)
	b.themes(f.Themes)
	holds(b, "topics", f.Topics)
	in(b, "status", f.Status)
	b.verified(f.Verified)
	b.text(f.Text)
	where, err := predicates[predicate.PolicyDocument](b)
	return c.PolicyDocument.Query().Where(where...), err
}

// Mechanisms are the coordination mechanisms that a filter asks for.
func Mechanisms(ctx context.Context, c *ent.Client, f *CoordinationMechanismFilter) (*ent.CoordinationMechanismQuery, error) {
	if f == nil {
		f = &CoordinationMechanismFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	in(b, "level", f.Levels)
	in(b, "form", f.Forms)
	in(b, "status", f.Status)
	if list := b.stateIDs("states", f.States); list != nil {
		b.through("mechanism_members", "mechanism_id", map[string][]any{"state_id": list})
	}
	b.inChapters("chapter_mechanisms", "coordination_mechanism_id", f.Chapters)
	b.themes(f.Themes)
	holds(b, "topics", f.Topics)
	b.verified(f.Verified)
	b.text(f.Text)
	where, err := predicates[predicate.CoordinationMechanism](b)
	return c.CoordinationMechanism.Query().Where(where...), err
}

func anys[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}
