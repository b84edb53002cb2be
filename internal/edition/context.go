package edition

import (
	"context"

	"adam/ent"
	"adam/internal/access"
)

type servedKey struct{}

// served is what a request is answered from.
type served struct {
	number   int
	audience access.Audience
	memory   *memory // of an open edition; nil of all else
}

// Into puts the client that a request reads with into the context, together with whom it may serve and the number of
// its edition, 0 for the working store. Nothing else in the program puts a client into a context, so that the client
// and the audience always agree.
func Into(ctx context.Context, c *ent.Client, a access.Audience, number int) context.Context {
	return into(ctx, c, served{number: number, audience: a})
}

func into(ctx context.Context, c *ent.Client, s served) context.Context {
	return ent.NewContext(context.WithValue(ctx, servedKey{}, s), c)
}

// With puts an open edition into the context.
func With(ctx context.Context, o *Open) context.Context {
	return into(ctx, o.Client, served{o.Number, o.Audience, o.memory})
}

// From tells the number of the edition that answers, 0 for the working store, and whom it may serve: the public where
// nobody said.
func From(ctx context.Context) (number int, audience access.Audience) {
	if s, ok := ctx.Value(servedKey{}).(served); ok {
		return s.number, s.audience
	}
	return 0, access.Public
}

// asProgram is a context in which the program acts in the name of whoever asked: releasing is its own work, whatever
// that person sees. Whether she may ask is decided before.
func asProgram(ctx context.Context) context.Context {
	v := access.From(ctx)
	program := access.Operator(v.Name)
	program.Person = v.Person
	return access.With(ctx, program)
}
