package catalogue

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/dispute"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Dispute says something against a record that another owns: against one field, or against the record as a whole ("").
// Both statements stand until the secretariat decides. It gives the id of the dispute.
func Dispute(ctx context.Context, tx *ent.Tx, id term.ID, version int, about, reason string) (term.ID, error) {
	s, err := subjectOf(id.Kind())
	if err != nil {
		return 0, err
	}
	c := tx.Client()
	now, err := s.byID(ctx, c, id)
	if err != nil {
		return 0, err
	}
	if err := rule.MayDispute(ctx, c, id); err != nil {
		return 0, err
	}
	return s.dispute(newIntake(ctx, c, now), version, about, reason)
}

// Object disputes a record as a whole for somebody whom a review has asked about it, in whose name the program acts: what
// she answered is published now, with somebody else's agreement.
func Object(ctx context.Context, tx *ent.Tx, id term.ID, version int, reason string) (term.ID, error) {
	s, err := subjectOf(id.Kind())
	if err != nil {
		return 0, err
	}
	now, err := s.byID(ctx, tx.Client(), id)
	if err != nil {
		return 0, err
	}
	return s.dispute(newIntake(ctx, tx.Client(), now), version, "", reason)
}

// dispute writes a dispute of the record that stands.
func (s *subject) dispute(in *intake, version int, about, reason string) (term.ID, error) {
	ctx, c, now := in.ctx, in.c, in.now
	id := now.id()
	if err := reasonable(ctx, reason); err != nil {
		return 0, err
	}
	if version != now.version() {
		return 0, conflict(in, s, map[string]any{about: nil}, now.version())
	}
	stated, err := s.disputed(in, about)
	if err != nil {
		return 0, err
	}
	v := access.From(ctx)
	again, err := c.Dispute.Query().Where(dispute.RecordID(id), dispute.Person(v.Person), dispute.StatusEQ(term.DisputeOpen), aboutIs(about)).Exist(ctx)
	if err != nil {
		return 0, err
	}
	if again {
		return 0, fault.New(fault.Invalid, "You dispute this already, and it is not decided. Retract that dispute first if you want to say something else.").At(in.at("record"))
	}
	made := term.NewID(term.KindDispute)
	return made, c.Dispute.Create().SetID(made).SetRecordID(id).SetRecordVersion(version).SetVisibility(now.visibility()).
		SetNillableAbout(known(about)).SetNillableStated(known(stated)).SetStatement(strings.TrimSpace(reason)).
		SetBy(v.Name).SetPerson(v.Person).SetAt(term.Now()).Exec(ctx)
}

// disputed is what the record says in the field that is disputed, as far as whoever sees the record may know it.
func (s *subject) disputed(in *intake, about string) (string, error) {
	if about == "" {
		return "", nil
	}
	f := s.field(about)
	if f == nil {
		return "", fault.New(fault.Invalid, "A %s has no field %q that can be disputed. Name one as the API does, such as %s, or leave it out to dispute the whole.", s.word, term.Clip(about), s.title).At(in.at("field"))
	}
	if f.part != nil {
		seenBy := in.now.visibility()
		return f.part.stated(in, in.now.id(), &seenBy)
	}
	return s.stated(in, f)
}

// Retract takes one's own dispute back.
func Retract(ctx context.Context, tx *ent.Tx, id term.ID, reason string) (term.ID, error) {
	d, err := openDispute(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	v := access.From(ctx)
	if d.Person != v.Person {
		return 0, fault.New(fault.Forbidden, "Only whoever raised a dispute can retract it.").At(below(ctx) + ".dispute")
	}
	u := d.Update().Where(dispute.StatusEQ(term.DisputeOpen)).SetStatus(term.DisputeRetracted).SetDecidedAt(term.Now()).SetDecidedBy(v.Name)
	if reason = strings.TrimSpace(reason); reason != "" {
		if err := reasonable(ctx, reason); err != nil {
			return 0, err
		}
		u.SetDecision(reason)
	}
	return id, decided(u.Exec(ctx))
}

// Decide ends a dispute for one side or the other. The secretariat alone decides; where it answers for the record itself,
// or raised the dispute, that is marked.
func Decide(ctx context.Context, tx *ent.Tx, id term.ID, uphold bool, reason string) (term.ID, error) {
	v := access.From(ctx)
	if !v.SeesAll() {
		return 0, fault.New(fault.Forbidden, "The secretariat decides disputes.")
	}
	d, err := openDispute(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if err := reasonable(ctx, reason); err != nil {
		return 0, err
	}
	own, err := rule.Owns(ctx, tx.Client(), d.RecordID)
	if err != nil {
		return 0, err
	}
	status := term.DisputeDismissed
	if uphold {
		status = term.DisputeUpheld
	}
	return id, decided(d.Update().Where(dispute.StatusEQ(term.DisputeOpen)).SetStatus(status).SetDecision(strings.TrimSpace(reason)).
		SetDecidedBy(v.Name).SetDecidedAt(term.Now()).SetOwnInterest(own || d.Person == v.Person && v.Person != 0).Exec(ctx))
}

// openDispute finds a dispute that nobody has decided yet.
func openDispute(ctx context.Context, tx *ent.Tx, id term.ID) (*ent.Dispute, error) {
	d, err := tx.Client().Dispute.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no dispute with the id %s that you may see.", id).At(below(ctx) + ".dispute")
	}
	if err == nil && d.Status != term.DisputeOpen {
		return nil, decidedAlready()
	}
	return d, err
}

func decidedAlready() *fault.Error {
	err := fault.New(fault.Conflict, "This dispute is over: it was decided or retracted. Read it again.")
	err.Details = map[string]any{} // nothing to try again for
	return err
}

// decided tells whoever was a moment too late.
func decided(err error) error {
	if ent.IsNotFound(err) {
		return decidedAlready().Because(err)
	}
	return err
}

func aboutIs(about string) func(*sql.Selector) {
	if about == "" {
		return sql.FieldIsNull(dispute.FieldAbout)
	}
	return sql.FieldEQ(dispute.FieldAbout, about)
}

// DisputesOf lists what is said against records, newest first.
func DisputesOf(ctx context.Context, c *ent.Client, records []term.ID) (map[term.ID][]*ent.Dispute, error) {
	all, err := c.Dispute.Query().Where(dispute.RecordIDIn(records...)).Order(ent.Desc(dispute.FieldAt), dispute.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[term.ID][]*ent.Dispute, len(records))
	for _, id := range records {
		out[id] = []*ent.Dispute{}
	}
	for _, d := range all {
		out[d.RecordID] = append(out[d.RecordID], d)
	}
	return out, nil
}

// Disputes lists what is said against records that the viewer may see, newest first: those in one of some states, at
// most so many.
func Disputes(ctx context.Context, c *ent.Client, status []term.DisputeStatus, most int) ([]*ent.Dispute, error) {
	if most < 1 || most > 100 {
		return nil, fault.New(fault.Limit, "Ask for 1 to 100 disputes at once.").At("first")
	}
	if len(status) == 0 {
		status = []term.DisputeStatus{term.DisputeOpen}
	}
	return c.Dispute.Query().Where(dispute.StatusIn(status...)).Order(ent.Desc(dispute.FieldAt), dispute.ByID()).Limit(most).All(ctx)
}
