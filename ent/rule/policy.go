//go:build !codegen

package rule

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

// policy is who may write rows of one kind.
type policy struct{ kind term.Kind }

// Policy is who may write rows of a kind: the program, and whom one of the rules below lets. Everybody else is refused,
// so that a kind which nobody thought of is written by nobody.
func Policy(kind term.Kind) entgo.Policy { return policy{kind} }

// EvalQuery leaves reading to the sight of the viewer, which holds for every path of a query: see Sighted.
func (policy) EvalQuery(context.Context, entgo.Query) error { return nil }

// EvalMutation asks the rule of the kind.
func (p policy) EvalMutation(ctx context.Context, em entgo.Mutation) error {
	v := access.From(ctx)
	if v.Program {
		return nil
	}
	m, ok := em.(mutation)
	write := writers[p.kind]
	if !ok || write == nil {
		return errForbidden()
	}
	if v.Person == 0 {
		return fault.New(fault.Unauthenticated, "Sign in to change the catalogue, or send a token.")
	}
	if suggests(ctx) {
		return nil
	}
	return write(ctx, m)
}

func errForbidden() error {
	return fault.New(fault.Forbidden, "Only the program itself writes this.")
}

// writers are the rules of the kinds that people write.
var writers = map[term.Kind]func(context.Context, mutation) error{
	term.KindState:     writeRecord(),
	term.KindActor:     writeRecord(access.FocalPoint),
	term.KindLaw:       writeRecord(access.FocalPoint),
	term.KindPolicy:    writeRecord(access.FocalPoint),
	term.KindMechanism: writeRecord(access.FocalPoint, access.Reporter),
	term.KindActivity:  writeRecord(access.Reporter),
	term.KindFunding:   writeRecord(access.Reporter),
	term.KindNeed:      writeRecord(access.FocalPoint, access.Reporter, access.Coordinator),

	term.KindSource:             writePart("record_id"),
	term.KindRelation:           writePart("record_id"),
	term.KindMembership:         writePart("state_id"),
	term.KindTreatyAction:       writePart("state_id"),
	term.KindLeadAuthority:      writePart("state_id"),
	term.KindOtherName:          writePart("actor_id"),
	term.KindContact:            writePart("actor_id"),
	term.KindProvision:          writePart("law_id"),
	term.KindPenalty:            writePart("law_id"),
	term.KindAmendment:          writePart("law_id"),
	term.KindMechanismMember:    writePart("mechanism_id"),
	term.KindActivityState:      writePart("activity_id"),
	term.KindParticipation:      writePart("activity_id"),
	term.KindExternalIdentifier: writePart("activity_id"),
	term.KindAllocation:         writePart("funding_id"),
	term.KindOldKey:             writePart("record_id"),
	term.KindShare:              writePart("record_id", "funding_id"),

	term.KindDispute:   writeDispute,
	term.KindNeedOffer: writeOffer,
	term.KindDismissal: writePart("record_id"),
	term.KindOverlap:   writeOverlap,
}

// writeRecord lets an owner change what she owns, and the secretariat everything. What is new is owned by nobody yet: the
// roles named may begin it, and whoever writes it asks MayCorrect when it is whole.
func writeRecord(begins ...access.Role) func(context.Context, mutation) error {
	return func(ctx context.Context, m mutation) error {
		if !m.Op().Is(entgo.OpCreate) {
			return eachOf(ctx, m, func(id term.ID) error { return MayCorrect(ctx, m.Client(), id) })
		}
		v := access.From(ctx)
		for _, r := range append(begins, access.Secretariat) {
			if v.Has(r) {
				return nil
			}
		}
		return fault.New(fault.Forbidden, "None of your roles may add such a record. Ask the secretariat to add it.")
	}
}

// writePart lets whoever may correct a record write what hangs on it. columns name the record, the first that is given.
func writePart(columns ...string) func(context.Context, mutation) error {
	return func(ctx context.Context, m mutation) error {
		if m.Op().Is(entgo.OpCreate) {
			for _, c := range columns {
				if v, ok := m.Field(c); ok {
					return MayCorrect(ctx, m.Client(), v.(term.ID))
				}
			}
			return errForbidden()
		}
		return eachOf(ctx, m, func(id term.ID) error {
			for _, c := range columns {
				parent, err := parentOf(ctx, m.Client(), id, c)
				if err != nil {
					return err
				}
				if parent != 0 {
					return MayCorrect(ctx, m.Client(), parent)
				}
			}
			return errForbidden()
		})
	}
}

// writeDispute lets the other side raise a dispute and take it back, and the secretariat decide it.
func writeDispute(ctx context.Context, m mutation) error {
	v := access.From(ctx)
	if m.Op().Is(entgo.OpCreate) {
		record, ok := m.Field("record_id")
		if !ok {
			return errForbidden()
		}
		return MayDispute(ctx, m.Client(), record.(term.ID))
	}
	if v.Has(access.Secretariat) && m.Op().Is(entgo.OpUpdateOne|entgo.OpUpdate) {
		return nil
	}
	return eachOf(ctx, m, func(id term.ID) error {
		d, err := m.Client().Dispute.Get(ctx, id)
		if err != nil {
			return err
		}
		if d.Person != v.Person || m.Op().Is(entgo.OpDelete|entgo.OpDeleteOne) {
			return fault.New(fault.Forbidden, "A dispute is decided by the secretariat, and taken back only by whoever raised it.")
		}
		return nil
	})
}

// eachOf asks a question about every row that a mutation touches, as the program sees them: none escapes by being
// hidden from whoever writes.
func eachOf(ctx context.Context, m mutation, ask func(term.ID) error) error {
	ids, err := m.IDs(WithWithdrawn(inside(ctx)))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := ask(id); err != nil {
			return err
		}
	}
	return nil
}

// parentOf reads the column of a part that names what it hangs on; 0 where it is empty.
func parentOf(ctx context.Context, c *ent.Client, part term.ID, column string) (term.ID, error) {
	query := fmt.Sprintf("SELECT COALESCE(%s, 0) FROM %s WHERE id = %d", column, part.Kind().Table(), part)
	rows, err := c.QueryContext(inside(ctx), query)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	id, err := sql.ScanInt64(rows)
	return term.ID(id), err
}

// inside is a context in which the program acts in the name of whoever acts: for what hooks read and write of their own
// accord, such as anchor and history.
func inside(ctx context.Context) context.Context {
	v := access.From(ctx)
	program := access.Operator(v.Name)
	program.Person = v.Person
	return access.With(ctx, program)
}
