package graph

import (
	"adam/ent"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/term"
	"context"
)

func (r *mutationResolver) InvitePerson(ctx context.Context, input InvitePersonInput) (*InvitationPayload, error) {
	return r.given(ctx, input, func(ctx context.Context, k *people.Keeper) (string, *ent.Grant, error) { return invited(ctx, k, input) })
}

func (r *mutationResolver) DelegateRole(ctx context.Context, input DelegateRoleInput) (*InvitationPayload, error) {
	to := people.Colleague{Email: input.Email, Name: orNone(input.Name), Unit: orNone(input.Unit)}
	return r.given(ctx, input, func(ctx context.Context, k *people.Keeper) (string, *ent.Grant, error) {
		return k.Delegate(ctx, input.Role, to, endOf(input.Until))
	})
}

func (r *mutationResolver) HandOverRole(ctx context.Context, input HandOverRoleInput) (*InvitationPayload, error) {
	to := people.Colleague{Email: input.Email, Name: orNone(input.Name), Unit: orNone(input.Unit), Institution: orNone(input.Institution)}
	return r.given(ctx, input, func(ctx context.Context, k *people.Keeper) (string, *ent.Grant, error) {
		return k.HandOver(ctx, input.Role, to, input.Reason)
	})
}

func (r *mutationResolver) EndRole(ctx context.Context, input EndRoleInput) (*EndedPayload, error) {
	return r.ended(ctx, input.Role, func(ctx context.Context, k *people.Keeper) error { return k.End(ctx, input.Role, input.Reason) })
}

func (r *mutationResolver) CreateToken(ctx context.Context, input CreateTokenInput) (*CreateTokenPayload, error) {
	return r.tokened(ctx, input)
}

func (r *mutationResolver) RevokeToken(ctx context.Context, token term.ID) (*EndedPayload, error) {
	return r.ended(ctx, token, func(ctx context.Context, k *people.Keeper) error {
		return k.RevokeToken(ctx, access.From(ctx).Person, token)
	})
}

func (r *mutationResolver) CreateCalendarAddress(ctx context.Context) (*CreateCalendarAddressPayload, error) {
	return r.addressed(ctx)
}

func (r *mutationResolver) RevokeCalendarAddress(ctx context.Context, address term.ID) (*EndedPayload, error) {
	return r.ended(ctx, address, func(ctx context.Context, k *people.Keeper) error {
		return k.RevokeFeed(ctx, access.From(ctx).Person, address)
	})
}

func (r *mutationResolver) EndSession(ctx context.Context, session term.ID) (*EndedPayload, error) {
	return r.ended(ctx, session, func(ctx context.Context, k *people.Keeper) error {
		return k.EndSession(ctx, access.From(ctx).Person, session)
	})
}

func (r *mutationResolver) DisablePerson(ctx context.Context, input PersonInput) (*PersonPayload, error) {
	return r.closing(ctx, input, func(ctx context.Context, k *people.Keeper) error { return k.Disable(ctx, input.Person) })
}

func (r *mutationResolver) EnablePerson(ctx context.Context, input PersonInput) (*PersonPayload, error) {
	return r.closing(ctx, input, func(ctx context.Context, k *people.Keeper) error { return k.Enable(ctx, input.Person) })
}

func (r *mutationResolver) ErasePerson(ctx context.Context, input PersonInput) (*PersonPayload, error) {
	return r.closing(ctx, input, func(ctx context.Context, k *people.Keeper) error { return k.Erase(ctx, input.Person, input.Reason) })
}

func (r *queryResolver) People(ctx context.Context) ([]*ent.Person, error) {
	k, err := r.accounts()
	if err != nil {
		return nil, err
	}
	return k.List(ctx)
}

func (r *personResolver) Email(ctx context.Context, obj *ent.Person) (*string, error) {
	return shownOnce(obj.Email), nil
}

func (r *personResolver) Roles(ctx context.Context, obj *ent.Person) ([]*ent.Grant, error) {
	return r.Resolver.People.Grants(ctx, obj.ID)
}

func (r *viewerResolver) Roles(ctx context.Context, obj *access.Viewer) ([]*ent.Grant, error) {
	return own(ctx, r.Resolver, (*people.Keeper).Grants)
}

func (r *viewerResolver) Sessions(ctx context.Context, obj *access.Viewer) ([]*ent.Session, error) {
	return own(ctx, r.Resolver, (*people.Keeper).SessionsOf)
}

func (r *viewerResolver) Tokens(ctx context.Context, obj *access.Viewer) ([]*ent.Token, error) {
	return own(ctx, r.Resolver, (*people.Keeper).Tokens)
}

func (r *viewerResolver) CalendarAddresses(ctx context.Context, obj *access.Viewer) ([]*ent.Feed, error) {
	return own(ctx, r.Resolver, (*people.Keeper).Feeds)
}

func (r *Resolver) Person() PersonResolver { return &personResolver{r} }

type (
	personResolver struct{ *Resolver }
)
