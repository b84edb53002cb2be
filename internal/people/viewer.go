package people

import (
	"context"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// errAccount is the answer for an account that may not be used any more.
func errAccount() error {
	return fault.New(fault.Unauthenticated, "This account may not be used. Sign in again, or ask an administrator.")
}

// Viewer is a person with the roles that count now: ask it for every request, so that a role that ends, ends at once.
// strong says that she has shown two factors, or a passkey; without it the secretariat's and administrators' roles are
// left out. Somebody with no role left sees what the public sees. A disabled, erased or unknown account gives
// UNAUTHENTICATED. For the program's own use before it lets a request act.
func (k *Keeper) Viewer(ctx context.Context, personID term.ID, strong bool) (access.Viewer, error) {
	return k.viewer(ctx, personID, func(*ent.Grant) bool { return strong })
}

// viewer leaves out the grants that need a second factor and for which strong says no.
func (k *Keeper) viewer(ctx context.Context, id term.ID, strong func(*ent.Grant) bool) (access.Viewer, error) {
	ctx = inside(ctx)
	p, err := firstOf(k.client(ctx).Person.Get(ctx, id))
	if err != nil {
		return access.Viewer{}, err
	}
	if p == nil || p.Disabled || p.ErasedAt != "" {
		return access.Viewer{}, errAccount()
	}
	held, err := k.grants(ctx, id)
	if err != nil {
		return access.Viewer{}, err
	}
	var grants []access.Grant
	for _, g := range held {
		if !g.Role.NeedsSecondFactor() || strong(g) {
			grants = append(grants, grantOf(g))
		}
	}
	name, err := k.nameOf(ctx, p, held)
	if err != nil {
		return access.Viewer{}, err
	}
	v := access.SignedIn(p.ID, name, grants)
	if len(grants) == 0 {
		v.Audience = access.Public
	}
	return v, nil
}

func grantOf(g *ent.Grant) access.Grant {
	out := access.Grant{Role: g.Role}
	if g.ActorID != nil {
		out.Actor = *g.ActorID
	}
	if g.ChapterID != nil {
		out.Chapter = *g.ChapterID
	}
	if c := g.Edges.Chapter; c != nil && c.StateID != nil {
		out.State = *c.StateID
	}
	return out
}

// NeedsSecondFactor says whether a person holds a role now that asks for a second factor. The caller must have the
// person already.
func (k *Keeper) NeedsSecondFactor(ctx context.Context, personID term.ID) (bool, error) {
	held, err := k.grants(inside(ctx), personID)
	for _, g := range held {
		if g.Role.NeedsSecondFactor() {
			return true, nil
		}
	}
	return false, err
}
