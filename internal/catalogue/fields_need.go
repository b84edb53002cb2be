package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/need"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// needs is how needs are written. Whoever needs something says so herself: no document has to show it.
func needs() *subject {
	return &subject{
		kind: term.KindNeed, record: term.RecordNeed, word: "need", by: "key", column: need.FieldKey, title: "title",
		fields: needFields(),
		create: func(c *ent.Client) (mutation, execer) { b := c.Need.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Need.UpdateOneID(id)
			return b.Mutation(), b
		},
		find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
			return c.Need.Query().Where(w).Only(ctx)
		},
		check: func(p *plan) { // a need that nobody sees is answered by nobody
			if !p.in.now.known() && !has(p.values, need.FieldVisibility) {
				p.values[need.FieldVisibility] = term.Members
			}
		},
	}
}

func needFields() []field {
	fields := append(common(),
		refer("state", need.FieldStateID, term.KindState).needed(),
		refer("authority", need.FieldAuthorityID, term.KindActor),
		line("title", need.FieldTitle, longTitle).needed(),
		code[term.AssistanceType]("assistanceType", need.FieldAssistanceType).needed(),
		code[term.NeedGap]("gapKind", need.FieldGapKind),
		text("gap", need.FieldGap),
		code[term.NeedPriority]("priority", need.FieldPriority).or(term.NeedPriority("NOT_STATED")),
	)
	for i := range fields {
		fields[i] = fields[i].housekeeping()
	}
	return fields
}
