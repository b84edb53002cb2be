package graph

import (
	"context"

	"adam/ent"
	"adam/ent/release"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/term"

	entedition "adam/ent/edition"
)

// gate is where the secretariat releases editions.
func (r *Resolver) gate() *edition.Gate { return &edition.Gate{Now: r.Now} }

func releasing(ctx context.Context, id term.ID) (*ReleasePayload, error) {
	done, err := releaseBy(ctx, id)
	return &ReleasePayload{Release: done}, err
}

// unreleased asks the working store alone: a server without one has nothing to release.
func (r *Resolver) unreleased(ctx context.Context, p edition.ReleasePage) (*edition.Unreleased, error) {
	if err := edition.MayRelease(ctx); err != nil || r.Store == nil {
		return nil, err
	}
	return edition.Find(ctx, client(ctx), r.Store.Client, p)
}

func pendingRelease(ctx context.Context) (*ent.Release, error) {
	if err := edition.MayRelease(ctx); err != nil {
		return nil, err
	}
	found, err := client(ctx).Release.Query().Where(release.StatusEQ(term.ReleaseProposed)).First(ctx)
	return found, ent.MaskNotFound(err)
}

func releaseBy(ctx context.Context, id term.ID) (*ent.Release, error) {
	if err := edition.MayRelease(ctx); err != nil {
		return nil, err
	}
	found, err := client(ctx).Release.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, notFound(id)
	}
	return found, err
}

func releases(ctx context.Context, first *int) ([]*ent.Release, error) {
	if err := edition.MayRelease(ctx); err != nil {
		return nil, err
	}
	most := 25
	if first != nil {
		most = *first
	}
	if most < 1 || most > 100 {
		return nil, fault.New(fault.Limit, "Ask for 1 to 100 releases at once.").At("first")
	}
	return client(ctx).Release.Query().Order(ent.Desc(release.FieldProposedAt, release.FieldID)).Limit(most).All(ctx)
}

// lateChanges is what was changed behind the back of whoever proposed a release that waits.
func (r *Resolver) lateChanges(ctx context.Context, obj *ent.Release) (*int, error) {
	if obj.Status != term.ReleaseProposed || r.Store == nil {
		return nil, nil
	}
	n, err := edition.ChangedAfter(ctx, r.Store.Client, obj.Seen)
	return &n, err
}

// numbered is the edition of a number; nil for 0, and where the viewer may not know of it.
func numbered(ctx context.Context, number int) (*ent.Edition, error) {
	if number == 0 {
		return nil, nil
	}
	e, err := client(ctx).Edition.Query().Where(entedition.Number(number)).Only(ctx)
	return e, ent.MaskNotFound(err)
}
