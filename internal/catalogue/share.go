package catalogue

import (
	"context"
	"slices"

	"adam/ent"
	"adam/ent/predicate"
	"adam/ent/rule"
	"adam/ent/share"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Sharing is with whom a restricted record or line of money is shared: the whole list, in actors' keys and in roles.
type Sharing struct {
	Record  term.ID // one of the two
	Funding term.ID
	Actors  []string
	Roles   []access.Role
}

// Share shares a restricted record or line of money with exactly those named, and with nobody else. Its owner or the
// secretariat may. It gives the id of what is shared.
func Share(ctx context.Context, tx *ent.Tx, with Sharing) (term.ID, error) {
	id, c := with.Record|with.Funding, tx.Client()
	if _, err := subjectOf(with.Record.Kind()); (with.Record == 0) == (with.Funding == 0) || with.Record != 0 && err != nil || with.Funding != 0 && id.Kind() != term.KindFunding {
		return 0, fault.New(fault.Invalid, "Name one record, or one line of money, that is to be shared.").At(below(ctx)+".record", below(ctx)+".funding")
	}
	if err := rule.MayCorrect(ctx, c, id); err != nil {
		return 0, err
	}
	wanted, err := wantedShares(ctx, c, with)
	if err != nil {
		return 0, err
	}
	of := share.RecordID(id)
	if with.Funding != 0 {
		of = share.FundingID(id)
	}
	return id, setShares(ctx, c, with, of, wanted)
}

// sharedWith is one entry of the list: an organisation or a role.
type sharedWith struct {
	actor term.ID
	role  access.Role
}

func wantedShares(ctx context.Context, c *ent.Client, with Sharing) (map[sharedWith]bool, error) {
	in, out := newIntake(ctx, c, row{}), map[sharedWith]bool{}
	actors, _ := each(in, in.at("actors"), plain(append([]string{}, with.Actors...)), func(path string, v any) (term.ID, bool) {
		id, ok := in.refer(path, term.KindActor, v)
		found, _ := id.(term.ID)
		return found, ok
	})
	roles, _ := each(in, in.at("roles"), plain(append([]access.Role{}, with.Roles...)), func(path string, v any) (access.Role, bool) {
		return codeOf[access.Role](in, path, v)
	})
	for _, a := range actors {
		out[sharedWith{actor: a}] = true
	}
	for _, r := range roles {
		out[sharedWith{role: r}] = true
	}
	return out, in.err()
}

func setShares(ctx context.Context, c *ent.Client, with Sharing, of predicate.Share, wanted map[sharedWith]bool) error {
	stand, err := c.Share.Query().Where(of).All(ctx)
	if err != nil {
		return err
	}
	for _, s := range stand {
		key := sharedWith{}
		if s.ActorID != nil {
			key.actor = *s.ActorID
		}
		if s.Role != nil {
			key.role = *s.Role
		}
		if wanted[key] {
			delete(wanted, key)
		} else if err := c.Share.DeleteOne(s).Exec(ctx); err != nil {
			return err
		}
	}
	return addShares(ctx, c, with, wanted)
}

func addShares(ctx context.Context, c *ent.Client, with Sharing, wanted map[sharedWith]bool) error {
	by, now := access.From(ctx).Name, term.Now()
	for w := range wanted {
		create := c.Share.Create().SetBy(by).SetAt(now)
		if with.Record != 0 {
			create.SetRecordID(with.Record)
		} else {
			create.SetFundingID(with.Funding)
		}
		if w.actor != 0 {
			create.SetActorID(w.actor)
		} else {
			create.SetRole(w.role)
		}
		if err := create.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// SharesOf lists with whom records are shared, in a fixed order: organisations, then roles.
func SharesOf(ctx context.Context, c *ent.Client, records []term.ID) (map[term.ID][]*ent.Share, error) {
	all, err := c.Share.Query().Where(share.RecordIDIn(records...)).WithActor().Order(share.ByAt(), share.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b *ent.Share) int { return order(a) - order(b) })
	out := make(map[term.ID][]*ent.Share, len(records))
	for _, id := range records {
		out[id] = []*ent.Share{}
	}
	for _, s := range all {
		out[*s.RecordID] = append(out[*s.RecordID], s)
	}
	return out, nil
}

func order(s *ent.Share) int {
	if s.ActorID != nil {
		return 0
	}
	return 1
}
