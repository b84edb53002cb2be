package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/person"
	"adam/internal/access"
)

// Permission is one thing that a viewer may do, for pages and programs that show only what is possible. The rules of the
// store decide; this tells what they will say in general.
type Permission string

// The permissions.
const (
	ReadMembers         Permission = "READ_MEMBERS"
	EditOwnChapter      Permission = "EDIT_OWN_CHAPTER"
	EditOwnOrganisation Permission = "EDIT_OWN_ORGANISATION"
	EditAll             Permission = "EDIT_ALL"
	MayRaiseDispute     Permission = "DISPUTE"
	MayDecide           Permission = "DECIDE"
	MayShare            Permission = "SHARE"
	KeepAccounts        Permission = "KEEP_ACCOUNTS"
	RunCycles           Permission = "RUN_CYCLES"
)

// Values lists the permissions.
func (Permission) Values() []string {
	return []string{string(ReadMembers), string(EditOwnChapter), string(EditOwnOrganisation), string(EditAll), string(MayRaiseDispute),
		string(MayDecide), string(MayShare), string(KeepAccounts), string(RunCycles)}
}

// granted is what each role brings.
var granted = map[access.Role][]Permission{
	access.Reporter:      {EditOwnOrganisation, MayRaiseDispute, MayShare},
	access.FocalPoint:    {EditOwnChapter, MayRaiseDispute, MayShare},
	access.Secretariat:   {EditAll, MayDecide, MayShare, RunCycles},
	access.Administrator: {KeepAccounts},
}

// scope is the scope of a token that a permission needs.
func (p Permission) scope() access.Scope {
	switch p {
	case ReadMembers:
		return access.ScopeRead
	case KeepAccounts:
		return access.ScopeAccounts
	}
	return access.ScopeWrite
}

// Permissions are what a viewer may do with the roles that she holds now, in a fixed order; with a token no more than it
// was made for. A visitor may nothing but read what is public.
func Permissions(v access.Viewer) []Permission {
	has := map[Permission]bool{ReadMembers: v.Person != 0}
	for role, all := range granted {
		for _, p := range all {
			has[p] = has[p] || v.Has(role)
		}
	}
	out := []Permission{}
	for _, name := range Permission("").Values() {
		if p := Permission(name); has[p] && v.May(p.scope()) {
			out = append(out, p)
		}
	}
	return out
}

// byPower are the roles, the most powerful over the content of the catalogue first.
var byPower = []access.Role{access.Secretariat, access.Coordinator, access.FocalPoint, access.Reporter, access.Administrator}

// MainRole is the most powerful role of a viewer who has signed in.
func MainRole(v access.Viewer) access.Role {
	for _, r := range byPower {
		if v.Has(r) {
			return r
		}
	}
	return access.Member
}

// Email is the address of the viewer's account; nil for visitors and for the program.
func Email(ctx context.Context, c *ent.Client) (*string, error) {
	v := access.From(ctx)
	if v.Person == 0 {
		return nil, nil
	}
	found, err := c.Person.Query().Where(person.ID(v.Person)).Only(access.With(ctx, access.Operator("viewer")))
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &found.Email, nil
}
