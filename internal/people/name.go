package people

import (
	"context"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/othername"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"
)

// unnamed stands in the history, which everybody may read, for an institution whose own record not everybody may.
const unnamed = "An organisation that is not named publicly"

// nameOf is how history names a person: by the institution, never by her address or her own name. An institution is
// named only where its record is PUBLIC; whoever reports for none that is, is not named by the text of her account
// either, since it may say the same in other words.
func (k *Keeper) nameOf(ctx context.Context, p *ent.Person, held []*ent.Grant) (string, error) {
	reports, named := organisationOf(held)
	if reports && named == "" {
		return unnamed, nil
	}
	if p.Institution != nil && *p.Institution != "" {
		named = *p.Institution
		hidden, err := k.isHidden(ctx, named)
		if err != nil {
			return "", err
		}
		if hidden {
			named = unnamed
		}
	}
	if named != "" {
		return named, nil
	}
	return nameOfRole(held), nil
}

// organisationOf says whether somebody reports for an organisation, and names the first that everybody may know.
func organisationOf(held []*ent.Grant) (reports bool, named string) {
	for _, g := range held {
		if g.Role != access.Reporter {
			continue
		}
		reports = true
		// One that was withdrawn is not read with the grant.
		if a := g.Edges.Actor; a != nil && a.Visibility == term.Public {
			return true, a.Name
		}
	}
	return reports, ""
}

// isHidden says whether a text is the name of an organisation in the catalogue that not everybody may know.
func (k *Keeper) isHidden(ctx context.Context, name string) (bool, error) {
	all, err := k.client(ctx).Actor.Query().Where(actor.Or(actor.NameEqualFold(name), actor.AcronymEqualFold(name),
		actor.HasOtherNamesWith(othername.NameEqualFold(name)))).All(rule.WithWithdrawn(ctx))
	for _, a := range all {
		if a.Visibility == term.Public && !a.Withdrawn {
			return false, nil
		}
	}
	return len(all) > 0, err
}

// nameOfRole names who answers for no organisation. A chapter bears the name of its State and falls with it.
func nameOfRole(held []*ent.Grant) string {
	for _, g := range held {
		if c := g.Edges.Chapter; g.Role == access.FocalPoint && c != nil {
			if s := c.Edges.State; c.StateID != nil && (s == nil || s.Visibility != term.Public) {
				return unnamed
			}
			return c.Title + " focal point"
		}
	}
	for _, r := range []struct {
		role access.Role
		name string
	}{{access.Secretariat, "Secretariat"}, {access.Coordinator, "Coordinator"}, {access.Member, "Member"}, {access.Administrator, "Administrator"}} {
		for _, g := range held {
			if g.Role == r.role {
				return r.name
			}
		}
	}
	return "Member"
}
