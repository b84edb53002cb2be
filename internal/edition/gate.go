package edition

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"adam/ent"
	"adam/ent/logentry"
	"adam/ent/release"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// Gate is where the secretariat releases what stands in the working store: one person proposes it, another decides. Now
// is the clock. Its methods take the client of one transaction, say with access.With who acts, and give the id of the
// release.
type Gate struct{ Now func() time.Time }

// Proposal is what somebody proposes to release: everything that no edition shows yet.
type Proposal struct {
	Summary string // what the edition will be, in a sentence
	Note    string // why, for whoever decides; "" where nothing is said
	Seen    string // as Unreleased gave it with the list that she looked at
}

// Decision is what another person says to it.
type Decision struct {
	Release term.ID
	Approve bool
	Reason  string // wanted where it is refused
	Seen    string // as Unreleased gave it with the list that she looked at
}

// longText is how long a summary, a note or a reason may be, in characters.
const longText = 4000

// MayRelease lets the secretariat alone know what is not released yet, and only of the working store.
func MayRelease(ctx context.Context) error {
	if !access.From(ctx).SeesAll() {
		return fault.New(fault.Forbidden, "Only the secretariat releases editions. Write to it.")
	}
	if number, _ := From(ctx); number != 0 {
		return fault.New(fault.Invalid, "An edition shows what was released. Ask without `edition` and `on` for what was not.")
	}
	return nil
}

// Propose proposes to release what stands. There is one proposal at a time.
func (g *Gate) Propose(ctx context.Context, tx *ent.Tx, in Proposal) (term.ID, error) {
	if err := g.enter(ctx, tx); err != nil {
		return 0, err
	}
	summary, err := said(in.Summary, "summary", "Say in a sentence what the edition will be: readers see it in the list of editions.")
	if err != nil {
		return 0, err
	}
	note, err := said(in.Note, "note", "")
	if err != nil {
		return 0, err
	}
	seen, err := seenOf(ctx, tx, in.Seen)
	if err != nil {
		return 0, err
	}
	if err := alone(ctx, tx); err != nil {
		return 0, err
	}
	v, now, id := access.From(ctx), g.Now(), term.NewID(term.KindRelease)
	r := tx.Release.Create().SetID(id).SetSummary(summary).SetProposedBy(v.Name).SetProposer(v.Person).SetProposedAt(term.InstantOf(now)).SetSeen(seen)
	if note != "" {
		r.SetNote(note)
	}
	g.log(ctx, tx, id, "A release was proposed.")
	return id, r.Exec(asProgram(ctx))
}

// Decide approves or refuses a proposal of somebody else. What is approved is what she has seen: where something was
// changed since, she is asked to look again. The edition is begun with the approval; Resume makes it.
func (g *Gate) Decide(ctx context.Context, tx *ent.Tx, in Decision) (term.ID, error) {
	if err := g.enter(ctx, tx); err != nil {
		return 0, err
	}
	r, err := open(ctx, tx, in.Release)
	if err != nil {
		return 0, err
	}
	if v := access.From(ctx); v.Person == 0 || v.Person == r.Proposer {
		return 0, fault.New(fault.Forbidden, "You have proposed this release yourself: somebody else of the secretariat decides on it. You can take it back.")
	}
	if !in.Approve {
		reason, err := said(in.Reason, "reason", "Say why it is not released, so that whoever proposed it knows what to do.")
		if err != nil {
			return 0, err
		}
		g.log(ctx, tx, r.ID, "A release was refused.")
		return r.ID, g.end(ctx, r, term.ReleaseRefused, reason).Exec(asProgram(ctx))
	}
	return r.ID, g.approve(ctx, tx, r, in)
}

// approve begins the edition. The log is what settles whether something was changed since it was looked at: whoever has
// added to it keeps all other changes out until the transaction ends, so it comes last.
func (g *Gate) approve(ctx context.Context, tx *ent.Tx, r *ent.Release, in Decision) error {
	reason, err := said(in.Reason, "reason", "")
	if err != nil {
		return err
	}
	seen, err := seenOf(ctx, tx, in.Seen)
	if err != nil {
		return err
	}
	e, err := Begin(ctx, tx, r.Summary, g.Now())
	if err != nil {
		return err
	}
	if err := g.end(ctx, r, term.ReleaseReleased, reason).SetEdition(e.Number).Exec(asProgram(ctx)); err != nil {
		return err
	}
	err = audit.Append(ctx, tx, g.Now(), audit.Entry{Kind: term.LogRelease, Person: access.From(ctx).Person, Subject: r.ID,
		Summary: fmt.Sprintf("A release was approved: edition %d.", e.Number)})
	if err != nil {
		return err
	}
	if err := unseenByOthers(ctx, tx, r); err != nil {
		return err
	}
	n, err := ChangedAfter(ctx, tx.Client(), seen)
	if err != nil || n == 0 {
		return err
	}
	f := fault.New(fault.Conflict, "Since you looked, %s. Look again, then decide.", records(n))
	f.Details = map[string]any{"changed": n}
	return f.At("input.seen")
}

// unseenByOthers keeps whoever decides from releasing what she has changed herself since it was proposed: of that, nobody
// else has seen anything.
func unseenByOthers(ctx context.Context, tx *ent.Tx, r *ent.Release) error {
	n, err := tx.LogEntry.Query().Where(logentry.SeqGT(r.Seen), logentry.KindEQ(term.LogChanged), logentry.Person(access.From(ctx).Person)).Count(asProgram(ctx))
	if err != nil || n == 0 {
		return err
	}
	f := fault.New(fault.Conflict, "You have changed records yourself since this was proposed, and nobody else has seen that. Refuse it with that reason; once it is proposed anew, somebody who has not changed them decides.").At("input.release")
	f.Details = map[string]any{"own": n} // trying again changes nothing
	return f
}

func records(n int) string {
	if n == 1 {
		return "1 record changed"
	}
	return fmt.Sprintf("%d records changed", n)
}

// TakeBack ends a proposal of one's own.
func (g *Gate) TakeBack(ctx context.Context, tx *ent.Tx, id term.ID) (term.ID, error) {
	if err := g.enter(ctx, tx); err != nil {
		return 0, err
	}
	r, err := open(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if access.From(ctx).Person != r.Proposer {
		return 0, fault.New(fault.Forbidden, "Only whoever proposed a release takes it back. You can refuse it, with a reason.")
	}
	g.log(ctx, tx, id, "A release was taken back.")
	return id, g.end(ctx, r, term.ReleaseWithdrawn, "").Exec(asProgram(ctx))
}

// enter lets the secretariat in, one after the other.
func (g *Gate) enter(ctx context.Context, tx *ent.Tx) error {
	if err := MayRelease(ctx); err != nil {
		return err
	}
	return lockNumbers(asProgram(ctx), tx)
}

func (g *Gate) log(ctx context.Context, tx *ent.Tx, id term.ID, summary string) {
	audit.AtCommit(ctx, tx, g.Now(), audit.Entry{Kind: term.LogRelease, Person: access.From(ctx).Person, Subject: id, Summary: summary})
}

// end writes what became of a proposal.
func (g *Gate) end(ctx context.Context, r *ent.Release, to term.ReleaseStatus, reason string) *ent.ReleaseUpdateOne {
	v := access.From(ctx)
	u := r.Update().SetStatus(to).SetDecidedBy(v.Name).SetDecider(v.Person).SetDecidedAt(term.InstantOf(g.Now()))
	if reason != "" {
		u.SetReason(reason)
	}
	return u
}

// alone refuses a second proposal while one waits.
func alone(ctx context.Context, tx *ent.Tx) error {
	r, err := tx.Release.Query().Where(release.StatusEQ(term.ReleaseProposed)).First(ctx)
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	f := fault.New(fault.Conflict, "%s has proposed a release on %s already. Decide on it first, or ask for it to be taken back.", r.ProposedBy, r.ProposedAt)
	f.Details = map[string]any{"release": r.ID.String()}
	return f
}

var past = map[term.ReleaseStatus]string{term.ReleaseReleased: "released", term.ReleaseRefused: "refused", term.ReleaseWithdrawn: "taken back"}

// open finds a proposal that nobody has decided on.
func open(ctx context.Context, tx *ent.Tx, id term.ID) (*ent.Release, error) {
	r, err := tx.Release.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no release with the id %s.", id).At("input.release")
	}
	if err == nil && r.Status != term.ReleaseProposed {
		f := fault.New(fault.Conflict, "This release was %s on %s by %s. Read it again.", past[r.Status], r.DecidedAt, *r.DecidedBy)
		f.Details = map[string]any{"status": r.Status}
		return nil, f
	}
	return r, err
}

// seenOf reads up to which entry of the log somebody has seen what was changed. Nobody has seen what is not there yet.
func seenOf(ctx context.Context, tx *ent.Tx, sent string) (int64, error) {
	seen, err := strconv.ParseInt(sent, 10, 64)
	if err == nil && seen >= 0 {
		newest, err := newestChange(ctx, tx.Client())
		if err != nil {
			return 0, err
		}
		if seen <= newest {
			return seen, nil
		}
	}
	return 0, fault.New(fault.Invalid, "Send `seen` exactly as `unreleased` gave it with the list that you looked at.").At("input.seen")
}

// said is a text as it is kept. Where one is wanted and none is given, wanted says so.
func said(s, field, wanted string) (string, error) {
	s = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD"))
	switch {
	case s == "" && wanted != "":
		return "", fault.New(fault.Invalid, "%s", wanted).At("input." + field)
	case utf8.RuneCountInString(s) > longText:
		return "", fault.New(fault.Invalid, "This text is longer than %d characters: shorten it.", longText).At("input." + field)
	}
	return s, nil
}
