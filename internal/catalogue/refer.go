package catalogue

import (
	"context"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// named is a record that others point at.
type named struct {
	id         term.ID
	name       string
	visibility term.Visibility
}

// reference is how records of one type are pointed at.
type reference struct {
	column  string // that names them outside
	unknown string // what to say of a name that is none
	find    func(context.Context, *ent.Client, func(*sql.Selector)) ([]named, error)
}

var references = map[term.Kind]reference{
	term.KindState: {"code", "%q is no State of this catalogue. Use ISO 3166-1 alpha-3 codes in capitals, such as THA.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.State.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.State) named { return named{r.ID, r.Code, r.Visibility} })
		}},
	term.KindChapter: {"code", "%q is no chapter of this catalogue. Use a State's alpha-3 code, such as THA, or REGIONAL.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.Chapter.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.Chapter) named { return named{r.ID, r.Code, term.Public} })
		}},
	term.KindActor: {"key", "%q is no actor of this catalogue. Use the key of an actor, such as iom; `actors` lists them.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.Actor.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.Actor) named { return named{r.ID, r.Key, r.Visibility} })
		}},
	term.KindLaw: {"key", "%q is no law of this catalogue. Use the key of a law; `laws` lists them.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.Law.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.Law) named { return named{r.ID, r.Key, r.Visibility} })
		}},
	term.KindPolicy: {"key", "%q is no policy of this catalogue. Use the key of a policy; `policies` lists them.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.PolicyDocument.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.PolicyDocument) named { return named{r.ID, r.Key, r.Visibility} })
		}},
	term.KindMechanism: {"key", "%q is no coordination mechanism of this catalogue. Use the key of one; `mechanisms` lists them.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.CoordinationMechanism.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.CoordinationMechanism) named { return named{r.ID, r.Key, r.Visibility} })
		}},
	term.KindActivity: {"key", "%q is no activity of this catalogue. Use the key of an activity; `activities` lists them.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.Activity.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.Activity) named { return named{r.ID, r.Key, r.Visibility} })
		}},
	term.KindNeed: {"key", "%q is no need of this catalogue. Use the key of a need; `needs` lists them.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.Need.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.Need) named { return named{r.ID, r.Key, r.Visibility} })
		}},
	term.KindFunding: {"id", "%q is no line of money of this catalogue. Use its id, as an earlier answer gave it.",
		func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) ([]named, error) {
			rows, err := c.Funding.Query().Where(w).All(ctx)
			return namesOf(rows, err, func(r *ent.Funding) named { return named{r.ID, r.ID.String(), r.Visibility} })
		}},
}

func namesOf[T any](rows []T, err error, of func(T) named) ([]named, error) {
	out := make([]named, len(rows))
	for i, r := range rows {
		out[i] = of(r)
	}
	return out, err
}

// refer is a column that points at a record, which the input names by its key or code.
func refer(name, column string, kind term.Kind) field {
	return field{name: name, column: column, fact: true, refers: kind, read: func(in *intake, path string, v any) (any, bool) {
		return in.refer(path, kind, v)
	}}
}

// refer finds what an input names. What the viewer may not see is as unknown as what does not exist.
func (in *intake) refer(path string, kind term.Kind, v any) (any, bool) {
	ref, s := references[kind], ""
	switch v := v.(type) {
	case string:
		s = v
	case term.ID:
		s = v.String()
	}
	var value any = s
	if ref.column == "id" {
		id, err := term.ParseID(s)
		if err != nil || id.Kind() != kind {
			in.fail(path, ref.unknown, term.Clip(s))
			return nil, false
		}
		value = id
	}
	found, err := ref.find(in.ctx, in.c, sql.FieldEQ(ref.column, value))
	if err != nil || len(found) != 1 {
		in.broken(err)
		in.fail(path, ref.unknown, term.Clip(s))
		return nil, false
	}
	if found[0].id == in.now.id() && in.now.known() {
		in.fail(path, "A record cannot stand in this place of itself.")
		return nil, false
	}
	in.names[found[0].id] = found[0]
	return found[0].id, true
}

// name finds how what a row points at is called. One that the viewer may not see is called withheld.
func (in *intake) name(kind term.Kind, id term.ID) (named, error) {
	if n, ok := in.names[id]; ok {
		return n, nil
	}
	found, err := references[kind].find(in.ctx, in.c, sql.FieldEQ("id", id))
	if err != nil {
		return named{}, err
	}
	n := named{id: id, name: hidden, visibility: term.Restricted}
	if len(found) == 1 {
		n = found[0]
	}
	in.names[id] = n
	return n, nil
}

// hidden stands for what a text may not tell.
const hidden = "(withheld)"

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
