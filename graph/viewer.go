package graph

import (
	"context"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/term"
)

// viewer is whoever has signed in; nil for a visitor, and for the program.
func viewer(ctx context.Context) *access.Viewer {
	v := access.From(ctx)
	if v.Person == 0 {
		return nil
	}
	return &v
}

// email is the address of the viewer's account, which is in the working store only.
func (r *Resolver) email(ctx context.Context) (*string, error) {
	if r.Store == nil {
		return nil, nil
	}
	return catalogue.Email(ctx, r.Store.Client)
}

// chaptersKept are the chapters of a focal point, by code.
func chaptersKept(ctx context.Context, ids []term.ID) ([]*ent.Chapter, error) {
	if len(ids) == 0 {
		return []*ent.Chapter{}, nil
	}
	return client(ctx).Chapter.Query().Where(chapter.IDIn(ids...)).Order(chapter.ByCode()).All(ctx)
}

// reportedFor are the organisations of a reporter, by key.
func reportedFor(ctx context.Context, ids []term.ID) ([]*ent.Actor, error) {
	if len(ids) == 0 {
		return []*ent.Actor{}, nil
	}
	return client(ctx).Actor.Query().Where(actor.IDIn(ids...)).Order(actor.ByKey()).All(ctx)
}

func first[T any](all []*T, err error) (*T, error) {
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}
