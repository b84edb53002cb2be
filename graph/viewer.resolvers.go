package graph

import (
	"adam/ent"
	"adam/internal/access"
	"adam/internal/catalogue"
	"context"
)

func (r *queryResolver) Viewer(ctx context.Context) (*access.Viewer, error) {
	return viewer(ctx), nil
}

func (r *viewerResolver) Email(ctx context.Context, obj *access.Viewer) (*string, error) {
	return r.email(ctx)
}

func (r *viewerResolver) Role(ctx context.Context, obj *access.Viewer) (access.Role, error) {
	return catalogue.MainRole(*obj), nil
}

func (r *viewerResolver) Chapters(ctx context.Context, obj *access.Viewer) ([]*ent.Chapter, error) {
	return chaptersKept(ctx, obj.Chapters())
}

func (r *viewerResolver) Actor(ctx context.Context, obj *access.Viewer) (*ent.Actor, error) {
	return first(reportedFor(ctx, obj.Actors()))
}

func (r *viewerResolver) Actors(ctx context.Context, obj *access.Viewer) ([]*ent.Actor, error) {
	return reportedFor(ctx, obj.Actors())
}

func (r *viewerResolver) Can(ctx context.Context, obj *access.Viewer) ([]catalogue.Permission, error) {
	return catalogue.Permissions(*obj), nil
}

func (r *Resolver) Viewer() ViewerResolver { return &viewerResolver{r} }

type (
	viewerResolver struct{ *Resolver }
)
