package people

import (
	"context"
	"strings"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Delegate passes on the caller's own role of focal point or reporter to a colleague until a time, one year from now at
// most; it ends with the role that it hangs on. A role that was passed on is not passed on further. It gives the secret
// of the colleague's link, as Invite does: send it to her address and nowhere else. For the holder and the program.
func (k *Keeper) Delegate(ctx context.Context, grantID term.ID, to Colleague, until time.Time) (secret string, g *ent.Grant, err error) {
	v, end := access.From(ctx), term.InstantOf(until)
	if err := needSomebody(ctx); err != nil {
		return "", nil, err
	}
	if until.IsZero() || end <= k.now() || end > term.InstantOf(k.Now().AddDate(1, 0, 0)) {
		return "", nil, fault.New(fault.Invalid, "Say until when the role is passed on: a time in the future, one year from now at most.").At("until")
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		from, err := k.held(ctx, tx, grantID)
		if err != nil {
			return err
		}
		if !isSelf(v, from.PersonID) {
			return errRole()
		}
		if err := mayPassOn(from); err != nil {
			return err
		}
		p, err := k.ensure(ctx, tx, v, to)
		if err != nil {
			return err
		}
		if p.ID == from.PersonID {
			return errSamePerson()
		}
		if g, err = k.give(ctx, tx, v, p.ID, target{from.Role, from.ActorID, from.ChapterID, &from.ID}, end); err != nil {
			return err
		}
		secret, err = k.welcome(ctx, tx, v, p, term.LinkInvitation)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	return secret, g, nil
}

func mayPassOn(g *ent.Grant) error {
	if g.DelegatedByID != nil {
		return fault.New(fault.Forbidden, "This role was passed on to you, so it cannot be passed on further. Ask whoever gave it to you.")
	}
	if g.Role != access.FocalPoint && g.Role != access.Reporter {
		return fault.New(fault.Invalid, "Only focal points and reporters pass on their role. Ask the secretariat or an administrator to invite your colleague.").At("role")
	}
	return nil
}

func errSamePerson() error {
	return fault.New(fault.Invalid, "This is the address of whoever holds the role now. Give the address of somebody else.").At("email")
}

// HandOver gives a role to a successor and ends it for whoever held it, with all that was passed on of it, at once. Open
// work belongs to the chapter or the organisation, so it stays. It gives the secret of the successor's link, as Invite
// does: send it to her address and nowhere else. For the holder, administrators and the program, and for the
// secretariat (the four roles without a second factor). Of the last administrator it gives CONFLICT where the successor
// cannot sign in yet, unless the program does it.
func (k *Keeper) HandOver(ctx context.Context, grantID term.ID, to Colleague, reason string) (secret string, g *ent.Grant, err error) {
	v := access.From(ctx)
	if err := needSomebody(ctx); err != nil {
		return "", nil, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return "", nil, fault.New(fault.Invalid, "Say why the role is handed over: the reason is kept.").At("reason")
	}
	err = k.unlessLast(ofAdministrator(grantID))(ctx, func(ctx context.Context, tx *ent.Tx) error {
		from, err := k.held(ctx, tx, grantID)
		if err != nil {
			return err
		}
		if !mayGive(v, from.Role) && !mayPart(v, from.PersonID, from.Role) {
			return errRole()
		}
		if from.DelegatedByID != nil {
			return fault.New(fault.Forbidden, "This role was passed on, so it cannot be handed over. End it, and let its holder pass it on anew.")
		}
		p, err := k.ensure(ctx, tx, v, to)
		if err != nil {
			return err
		}
		if p.ID == from.PersonID {
			return errSamePerson()
		}
		if err := k.end(ctx, tx, v, from, reason); err != nil {
			return err
		}
		if g, err = k.give(ctx, tx, v, p.ID, target{from.Role, from.ActorID, from.ChapterID, nil}, from.Until); err != nil {
			return err
		}
		secret, err = k.welcome(ctx, tx, v, p, kindOfLink(from.Role))
		return err
	})
	if err != nil {
		return "", nil, err
	}
	return secret, g, nil
}

// kindOfLink gives a focal point longer.
func kindOfLink(r access.Role) term.InvitationKind {
	if r == access.FocalPoint {
		return term.LinkNomination
	}
	return term.LinkInvitation
}
