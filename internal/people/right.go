package people

import (
	"context"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// isAdministrator says whether the viewer may keep every account: the program and administrators.
func isAdministrator(v access.Viewer) bool {
	return v.Program || v.Has(access.Administrator) && v.May(access.ScopeAccounts)
}

// isSelf says whether the viewer may keep this one account: the program and the person herself.
func isSelf(v access.Viewer, person term.ID) bool {
	return v.Program || person != 0 && v.Person == person && v.May(access.ScopeAccounts)
}

// mayGive says whether the viewer may give and end a role of anybody: the secretariat makes no secretariat and no
// administrators, so that nobody raises herself.
func mayGive(v access.Viewer, r access.Role) bool {
	if isAdministrator(v) {
		return true
	}
	return !r.NeedsSecondFactor() && v.Has(access.Secretariat) && v.May(access.ScopeAccounts)
}

// mayPart says whether the viewer may end or hand over a role of her own. One that asks for a second factor is safe from
// a session that has shown only one.
func mayPart(v access.Viewer, person term.ID, r access.Role) bool {
	return isSelf(v, person) && (v.Program || !r.NeedsSecondFactor() || v.Has(r))
}

// needSomebody refuses visitors before they learn whether anything is there.
func needSomebody(ctx context.Context) error {
	if v := access.From(ctx); v.Program || v.Person != 0 {
		return nil
	}
	return fault.New(fault.Unauthenticated, "Sign in first.")
}

// needAdministrator refuses whoever may not keep every account.
func needAdministrator(ctx context.Context) error {
	if isAdministrator(access.From(ctx)) {
		return nil
	}
	return refuse(ctx, "Only an administrator may do this. Ask one.")
}

// needSelf refuses whoever is not the person.
func needSelf(ctx context.Context, person term.ID) error {
	if isSelf(access.From(ctx), person) {
		return nil
	}
	return refuse(ctx, "Only the person herself may do this. Sign in to that account.")
}

// needProgram refuses everybody but the program.
func needProgram(ctx context.Context) error {
	if access.From(ctx).Program {
		return nil
	}
	return fault.New(fault.Forbidden, "Only the program itself does this.")
}

// needStrong refuses to touch the factors of an account from a session that has shown only one of two: whoever stole a
// password could otherwise put a second factor of her own in the place of the real one.
func (k *Keeper) needStrong(ctx context.Context, person term.ID, strong bool) error {
	if strong || access.From(ctx).Program {
		return nil
	}
	p, err := k.open(ctx, person)
	if err != nil {
		return err
	}
	two, err := k.HasSecondFactor(ctx, p)
	if err != nil || !two {
		return err
	}
	return fault.New(fault.Forbidden, "Give your second factor first: sign in again with your code or passkey.")
}

// refuse tells a visitor to sign in, and everybody else what is missing.
func refuse(ctx context.Context, sentence string) error {
	if err := needSomebody(ctx); err != nil {
		return err
	}
	return fault.New(fault.Forbidden, "%s", sentence)
}
