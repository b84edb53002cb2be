package graph

import (
	"adam/ent"
	"adam/internal/review"
	"adam/internal/search"
	"context"
)

// VerifiedCount is how many rows of a connection of any type are verified today.
func (counting[C]) VerifiedCount(ctx context.Context, obj *C) (int, error) { return verifiedCount(ctx) }

// Facets counts the rows of a connection of any type by the values of its filter.
func (counting[C]) Facets(ctx context.Context, obj *C, of []string, first *int) ([]*search.Facet, error) {
	return facets(ctx, of, first)
}

func (r *reviewProgressResolver) Verified(ctx context.Context, obj *review.Progress) (int, error) {
	return loadersFrom(ctx).reviewed.Load(ctx, obj.Of)
}

func (r *Resolver) StateConnection() StateConnectionResolver {
	return counting[ent.StateConnection]{}
}

func (r *Resolver) ChapterConnection() ChapterConnectionResolver {
	return counting[ent.ChapterConnection]{}
}

func (r *Resolver) ActorConnection() ActorConnectionResolver {
	return counting[ent.ActorConnection]{}
}

func (r *Resolver) LawConnection() LawConnectionResolver { return counting[ent.LawConnection]{} }

func (r *Resolver) PolicyConnection() PolicyConnectionResolver {
	return counting[ent.PolicyDocumentConnection]{}
}

func (r *Resolver) CoordinationMechanismConnection() CoordinationMechanismConnectionResolver {
	return counting[ent.CoordinationMechanismConnection]{}
}

func (r *Resolver) NeedConnection() NeedConnectionResolver { return counting[ent.NeedConnection]{} }

func (r *Resolver) FundingConnection() FundingConnectionResolver {
	return counting[ent.FundingConnection]{}
}

func (r *Resolver) ReviewProgress() ReviewProgressResolver { return &reviewProgressResolver{r} }

type (
	counting[C any]        struct{}
	reviewProgressResolver struct{ *Resolver }
)
