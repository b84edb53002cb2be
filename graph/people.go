package graph

import (
	"context"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// accounts keeps the accounts; a server that only reads has none.
func (r *Resolver) accounts() (*people.Keeper, error) {
	if r.People == nil {
		return nil, fault.New(fault.Forbidden, readOnly)
	}
	return r.People, nil
}

// own asks for something of the viewer's own account; none on a server that only reads.
func own[T any](ctx context.Context, r *Resolver, ask func(*people.Keeper, context.Context, term.ID) ([]T, error)) ([]T, error) {
	if r.People == nil {
		return []T{}, nil
	}
	return ask(r.People, ctx, access.From(ctx).Person)
}

// kept runs a change of the accounts, once for each Idempotency-Key.
func (r *Resolver) kept(ctx context.Context, input any, do func(context.Context, *people.Keeper) (term.ID, error)) (term.ID, error) {
	k, err := r.accounts()
	if err != nil {
		return 0, err
	}
	none := func(context.Context, term.ID) (*struct{}, error) { return nil, nil }
	var id term.ID
	_, err = changed(ctx, r.Store, input, func(ctx context.Context, _ *ent.Tx) (term.ID, error) {
		return do(ctx, k)
	}, func(ctx context.Context, done term.ID) (*struct{}, error) {
		id = done
		return none(ctx, done)
	})
	return id, err
}

// ended runs a change that ends something.
func (r *Resolver) ended(ctx context.Context, id term.ID, end func(context.Context, *people.Keeper) error) (*EndedPayload, error) {
	_, err := r.kept(ctx, id, func(ctx context.Context, k *people.Keeper) (term.ID, error) { return id, end(ctx, k) })
	return &EndedPayload{ID: id}, err
}

// closing runs a change of a whole account and shows what became of it.
func (r *Resolver) closing(ctx context.Context, in PersonInput, do func(context.Context, *people.Keeper) error) (*PersonPayload, error) {
	id, err := r.kept(ctx, in, func(ctx context.Context, k *people.Keeper) (term.ID, error) { return in.Person, do(ctx, k) })
	if err != nil {
		return nil, err
	}
	p, err := r.People.Get(ctx, id)
	return &PersonPayload{Person: p}, err
}

// secretly runs a change that makes something with a secret. It tells the secret where this request has made it: not where
// the same request was sent before, be it a moment ago.
func (r *Resolver) secretly(ctx context.Context, input any, do func(context.Context, *people.Keeper) (string, term.ID, error)) (term.ID, string, error) {
	var secret string
	var made term.ID
	id, err := r.kept(ctx, input, func(ctx context.Context, k *people.Keeper) (_ term.ID, err error) {
		secret, made, err = do(ctx, k)
		return made, err
	})
	if err != nil || made != id {
		return id, "", err
	}
	return id, secret, nil
}

// given runs a change that gives a role, and shows the role and the secret of the link, which is told once.
func (r *Resolver) given(ctx context.Context, input any, do func(context.Context, *people.Keeper) (string, *ent.Grant, error)) (*InvitationPayload, error) {
	id, secret, err := r.secretly(ctx, input, func(ctx context.Context, k *people.Keeper) (string, term.ID, error) {
		secret, g, err := do(ctx, k)
		if err != nil {
			return "", 0, err
		}
		return secret, g.ID, nil
	})
	if err != nil {
		return nil, err
	}
	g, err := r.People.Grant(access.With(ctx, access.Operator("accounts")), id) // whoever gave it away has no say in it now
	return &InvitationPayload{Role: g, Secret: shownOnce(secret)}, err
}

// invited finds the role that an invitation gave.
func invited(ctx context.Context, k *people.Keeper, in InvitePersonInput) (string, *ent.Grant, error) {
	secret, p, err := k.Invite(ctx, people.Invitation{Email: in.Email, Name: orNone(in.Name), Unit: orNone(in.Unit), Institution: orNone(in.Institution),
		Role: in.Role, Actor: orNone(in.Actor), Chapter: orNone(in.Chapter)})
	if err != nil {
		return "", nil, err
	}
	g, err := k.Held(ctx, p.ID, in.Role, orNone(in.Actor), orNone(in.Chapter))
	return secret, g, err
}

// tokened makes a token of the viewer's own.
func (r *Resolver) tokened(ctx context.Context, in CreateTokenInput) (*CreateTokenPayload, error) {
	me := access.From(ctx).Person
	id, secret, err := r.secretly(ctx, in, func(ctx context.Context, k *people.Keeper) (string, term.ID, error) {
		days := 0
		if in.Days != nil {
			if days = *in.Days; days < 1 {
				return "", 0, fault.New(fault.Invalid, "A token works for 1 to 366 days.").At("input.days")
			}
		}
		secret, t, err := k.CreateToken(ctx, me, in.Name, in.Scopes, days)
		if err != nil {
			return "", 0, err
		}
		return secret, t.ID, nil
	})
	if err != nil {
		return nil, err
	}
	mine, err := r.People.Tokens(ctx, me)
	for _, t := range mine {
		if t.ID == id {
			return &CreateTokenPayload{Token: t, Secret: shownOnce(secret)}, nil
		}
	}
	return nil, err
}

// addressed makes a secret address of the viewer's own calendars.
func (r *Resolver) addressed(ctx context.Context) (*CreateCalendarAddressPayload, error) {
	me := access.From(ctx).Person
	id, secret, err := r.secretly(ctx, nil, func(ctx context.Context, k *people.Keeper) (string, term.ID, error) {
		secret, f, err := k.CreateFeed(ctx, me)
		if err != nil {
			return "", 0, err
		}
		return secret, f.ID, nil
	})
	if err != nil {
		return nil, err
	}
	mine, err := r.People.Feeds(ctx, me)
	for _, f := range mine {
		if f.ID == id {
			return r.shown(f, secret), nil
		}
	}
	return nil, err
}

// shown is a secret address; whole where its secret is told.
func (r *Resolver) shown(f *ent.Feed, secret string) *CreateCalendarAddressPayload {
	out := &CreateCalendarAddressPayload{Address: f}
	if secret != "" {
		out.URL = shownOnce(people.FeedURL(r.Desk.BaseURL, "all", secret))
		out.ChapterURL = shownOnce(people.FeedURL(r.Desk.BaseURL, people.FeedCode, secret))
	}
	return out
}

func shownOnce(secret string) *string {
	if secret == "" {
		return nil
	}
	return &secret
}

// endOf is the end of a day in UTC, which still belongs to it.
func endOf(day term.Date) time.Time {
	t, _ := time.Parse(time.DateOnly, string(day)) // a Date is checked when it is read
	return t.AddDate(0, 0, 1)
}
