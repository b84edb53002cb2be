package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/term"
)

// CreateNeed writes down what an authority asks for, and gives the need's id. The focal point of its State may, and the
// secretariat.
func CreateNeed(ctx context.Context, tx *ent.Tx, input map[string]any) (term.ID, error) {
	c := tx.Client()
	in := newIntake(ctx, c, row{})
	values := in.columns(below(ctx), in.normal(below(ctx), input, needFields), needFields, true)
	if err := in.err(); err != nil {
		return 0, err
	}
	create := c.Need.Create().SetID(term.NewID(term.KindNeed))
	id, _ := create.Mutation().ID()
	if err := set(create.Mutation(), values); err != nil {
		return 0, err
	}
	if err := create.Exec(ctx); err != nil {
		return 0, err
	}
	return id, theirs(rule.MayCorrect(ctx, c, id), "You can write down needs of your own State only. Ask the secretariat about others.")
}

// UpdateNeed changes what the input names of a need.
func UpdateNeed(ctx context.Context, tx *ent.Tx, input map[string]any) (term.ID, error) {
	c := tx.Client()
	id, err := idIn(ctx, input, "need", term.KindNeed)
	if err != nil {
		return 0, err
	}
	if err := rule.MayCorrect(ctx, c, id); err != nil {
		return 0, err
	}
	now, err := c.Need.Get(ctx, id)
	if err != nil {
		return 0, err
	}
	in := newIntake(ctx, c, rowOf(now))
	values := in.columns(below(ctx), in.normal(below(ctx), input, needFields, "need"), needFields, false)
	if err := in.err(); err != nil || len(values) == 0 {
		return id, err
	}
	u := c.Need.UpdateOneID(id)
	if err := set(u.Mutation(), values); err != nil {
		return 0, err
	}
	if err := u.Exec(ctx); err != nil {
		return 0, err
	}
	return id, theirs(rule.MayCorrect(ctx, c, id), "After this change the need would be another State's, and nobody gives a need away.")
}

// idIn is an identifier that an input gives.
func idIn(ctx context.Context, input map[string]any, name string, kind term.Kind) (term.ID, error) {
	id, ok := input[name].(term.ID)
	if !ok {
		s, _ := plain(input[name]).(string)
		id, _ = term.ParseID(s)
	}
	if id.Kind() != kind {
		return 0, fault.New(fault.Invalid, "%q is not the id of a %s. Use an id as an earlier answer gave it.", term.Clip(textOf(input[name])), kind.Prefix()).At(below(ctx) + "." + name)
	}
	return id, nil
}
