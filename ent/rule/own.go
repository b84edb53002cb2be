//go:build !codegen

package rule

import (
	"context"
	"strconv"
	"strings"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// ownership is how records of one type are owned: a condition on the row of an alias, for one seer. Who owns what is the
// table of model.md; each type has its file.
type ownership struct {
	kind  term.Kind
	owned func(s Seer, alias string) string
	who   string // who can correct such records, in words
}

var owners = []ownership{
	{term.KindState, nobodys, "the secretariat"},
	{term.KindActor, ownedActor, "the State's focal point for a state authority, else the organisation's own reporter"},
	{term.KindLaw, ownedLaw, "the focal point of its State"},
	{term.KindPolicy, ownedPolicy, "the focal point of its State, or the Regional Support Office for a policy of the region"},
	{term.KindMechanism, ownedMechanism, "the focal point of a national or bilateral one, else its secretariat or the Regional Support Office"},
	{term.KindActivity, ownedActivity, "the reporter of the organisation that funds it or carries it out"},
	{term.KindFunding, ownedFunding, "the reporter of the organisation that pays or receives it"},
	{term.KindNeed, ownedNeed, "the focal point of its State, the reporter of the authority that asks, or a coordinator"},
}

func ownershipOf(k term.Kind) (ownership, bool) {
	for _, o := range owners {
		if o.kind == k {
			return o, true
		}
	}
	return ownership{}, false
}

// nobodys are records that the secretariat alone keeps: facts about States come from the United Nations.
func nobodys(Seer, string) string { return "FALSE" }

// Owns says whether the viewer in the context answers for a record, a line of money or a need: its State's focal point,
// or its organisation's reporter. The secretariat owns nothing by its office; it may correct what it does not own.
func Owns(ctx context.Context, c *ent.Client, id term.ID) (bool, error) {
	o, ok := ownershipOf(id.Kind())
	if !ok {
		return false, nil
	}
	return holds(ctx, c, id, o.owned(Seer{Viewer: access.From(ctx)}, "t"))
}

// Owned is the condition that the viewer in the context answers for a record of a kind, the row t, for a query of hers.
func Owned(ctx context.Context, kind term.Kind) string {
	o, ok := ownershipOf(kind)
	if !ok {
		return "FALSE"
	}
	return rawName(o.owned(Seer{Viewer: access.From(ctx)}, "t"))
}

// holds asks whether a condition on the row t holds for what has an id.
func holds(ctx context.Context, c *ent.Client, id term.ID, condition string) (bool, error) {
	if condition == "FALSE" {
		return false, nil
	}
	query := "SELECT count(*) FROM " + id.Kind().Table() + " t WHERE t.id = " + strconv.FormatInt(int64(id), 10) + " AND (" + rawName(condition) + ")"
	rows, err := c.QueryContext(inside(ctx), query)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	n, err := sql.ScanInt(rows)
	return n > 0, err
}

// Corrects says of records that the viewer in the context sees which of them she may correct: what MayCorrect lets her
// change. It asks once for each kind.
func Corrects(ctx context.Context, c *ent.Client, ids []term.ID) (map[term.ID]bool, error) {
	v := access.From(ctx)
	return answersForAll(ctx, c, ids, func(k term.Kind) bool { return v.Program || keeps(v, k) })
}

// answersForAll says of records which of them the viewer in the context answers for, or has the keeping of their kind.
func answersForAll(ctx context.Context, c *ent.Client, ids []term.ID, all func(term.Kind) bool) (map[term.ID]bool, error) {
	out, kinds := make(map[term.ID]bool, len(ids)), map[term.Kind][]string{}
	for _, id := range ids {
		out[id] = all(id.Kind())
		kinds[id.Kind()] = append(kinds[id.Kind()], strconv.FormatInt(int64(id), 10))
	}
	for kind, some := range kinds {
		condition := Owned(ctx, kind)
		if condition == "FALSE" || all(kind) {
			continue
		}
		rows, err := c.QueryContext(inside(ctx), "SELECT t.id FROM "+rawName(kind.Table())+" t WHERE t.id IN ("+strings.Join(some, ", ")+") AND ("+condition+")")
		if err != nil {
			return nil, err
		}
		var owned []term.ID
		err = sql.ScanSlice(rows, &owned)
		_ = rows.Close()
		if err != nil {
			return nil, err
		}
		for _, id := range owned {
			out[id] = true
		}
	}
	return out, nil
}

// MayCorrect lets the viewer in the context change what has an id: its owner, or the secretariat where it has none of its
// own or must decide. What the viewer may not see does not exist.
func MayCorrect(ctx context.Context, c *ent.Client, id term.ID) error {
	v := access.From(ctx)
	if v.Program {
		return nil
	}
	if there, err := sees(ctx, c, id); err != nil || !there {
		return orUnknown(err, id)
	}
	if keeps(v, id.Kind()) || suggests(ctx) {
		return nil
	}
	mine, err := Owns(ctx, c, id)
	if err != nil || mine {
		return err
	}
	o, ok := ownershipOf(id.Kind())
	if !ok {
		return fault.New(fault.Forbidden, "Only the program itself writes this.")
	}
	return fault.New(fault.Forbidden, "Only %s can correct this. If it is wrong, dispute it with a reason; the secretariat decides.", o.who)
}

// sees asks whether the viewer in the context sees what has an id, withdrawn or not.
func sees(ctx context.Context, c *ent.Client, id term.ID) (bool, error) {
	query := "SELECT count(*) FROM " + id.Kind().Table() + " WHERE id = " + strconv.FormatInt(int64(id), 10)
	rows, err := c.QueryContext(WithWithdrawn(ctx), query)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	n, err := sql.ScanInt(rows)
	return n > 0, err
}

func orUnknown(err error, id term.ID) error {
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "There is nothing with the id %s in the catalogue that you may see.", id).At("id")
}
