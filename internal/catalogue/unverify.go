package catalogue

import (
	"context"
	"fmt"
	"maps"
	"time"

	"adam/ent"
	"adam/ent/grant"
	"adam/ent/predicate"
	"adam/ent/recordverification"
	"adam/internal/access"
	"adam/internal/mail"
	"adam/internal/term"
)

// unverify takes the verification off a record whose facts change: nobody has verified the new ones (model, The review
// cycle).
func (p *plan) unverify() {
	if p.facts && p.in.now.known() && p.in.now.get("verified_status") == term.Verified {
		maps.Copy(p.values, map[string]any{"verified_status": term.Unverified, "verified_by": nil, "verified_on": term.Date(""), "verified_until": term.Date("")})
		p.lapses = true
	}
}

type reviewedKey struct{}

// Reviewed says that changes made with this context were agreed in a review of a chapter or an organisation: whoever
// answers for it knows of them already.
func Reviewed(ctx context.Context, of term.ID) context.Context {
	return context.WithValue(ctx, reviewedKey{}, of)
}

// tellVerifiers marks what institutions have verified of a record as changed since, and writes to them.
func (p *plan) tellVerifiers(ctx context.Context) error {
	tx, record, v := ent.TxFromContext(ctx), p.in.now.id(), access.From(ctx)
	program := access.Operator(v.Name)
	program.Person = v.Person
	ctx = access.With(ctx, program)
	all, err := tx.RecordVerification.Query().Where(recordverification.RecordID(record), recordverification.StatusEQ(term.Verified)).All(ctx)
	if err != nil {
		return err
	}
	for _, v := range all {
		if err := tx.RecordVerification.UpdateOneID(v.ID).SetStatus(term.Unverified).Exec(ctx); err != nil {
			return err
		}
		if err := p.tell(ctx, tx, v); err != nil {
			return err
		}
	}
	return nil
}

// tell writes to those who answer for the chapter or organisation that has verified the record.
func (p *plan) tell(ctx context.Context, tx *ent.Tx, v *ent.RecordVerification) error {
	var mine predicate.Grant
	var of term.ID
	switch {
	case v.ChapterID != nil:
		mine, of = grant.And(grant.RoleEQ(access.FocalPoint), grant.ChapterID(*v.ChapterID)), *v.ChapterID
	case v.ActorID != nil:
		mine, of = grant.And(grant.RoleEQ(access.Reporter), grant.ActorID(*v.ActorID)), *v.ActorID
	}
	if of == 0 || ctx.Value(reviewedKey{}) == of {
		return nil
	}
	held, err := tx.Grant.Query().Where(mine, grant.EndedAt("")).All(ctx)
	if err != nil {
		return err
	}
	title := textOf(p.in.now.get(p.s.titleColumn()))
	who := access.From(ctx)
	for _, g := range held { // whoever has lost the role by then gets nothing
		if g.PersonID == who.Person {
			continue
		}
		err := mail.Write(ctx, tx, mail.Message{
			Key:    fmt.Sprintf("changed:%s:%d:%s", p.in.now.id(), p.in.now.version(), g.PersonID),
			Person: g.PersonID, Grant: g.ID,
			Subject: "Changed since you verified it: " + title,
			Body: fmt.Sprintf("You verified %q on %s. It was changed by %s, so it counts as unverified until it is verified again.\n\nIts key is %s; its history says what was changed and why.\n",
				title, v.VerifiedOn, who.Name, textOf(p.in.now.get(p.s.column))),
		}, time.Now())
		if err != nil {
			return err
		}
	}
	return nil
}
