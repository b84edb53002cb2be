package edition

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/logentry"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// What is unreleased is told record by record, as one change since the last edition, what becomes public first.
func TestWhatNoEditionShowsYetIsListedWithWhoComesToSeeIt(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		if u := d.find(ReleasePage{}); len(u.Edges) != 0 || u.Since.Number != 1 {
			t.Fatalf("after a release there is %v", u.lines())
		}
		d.everything()
		u := d.find(ReleasePage{First: some(100)})
		got := u.lines()
		want := []string{
			"HIDDEN members UPDATED MEMBERS>RESTRICTED visibility",
			"MEMBERS " + d.key(d.actHidden) + " UPDATED RESTRICTED>MEMBERS visibility",
			"PUBLIC fresh CREATED nobody>PUBLIC",
			"PUBLIC hidden UPDATED RESTRICTED>PUBLIC visibility",
			"PUBLIC withdrawn RESTORED nobody>PUBLIC withdrawn",
			"SEEN open UPDATED PUBLIC>PUBLIC name mandate",
			"UNSEEN " + d.key(d.needHidden) + " UPDATED RESTRICTED>RESTRICTED gap",
			"HIDDEN " + d.key(d.policy) + " WITHDRAWN PUBLIC>nobody withdrawn",
		}
		for i, l := range got {
			if rank := slices.Index(term.Becoming("").Values(), strings.Fields(l)[0]); i > 0 && rank < slices.Index(term.Becoming("").Values(), strings.Fields(got[i-1])[0]) {
				t.Errorf("%s comes after %s", l, got[i-1])
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the list is\n%s\nand should be\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		d.counted(u, len(want))
	})
}

func (d *desk) key(id term.ID) string {
	return d.st.Client.Record.GetX(testdb.Context(d.t), id).Key
}

func (d *desk) counted(u *Unreleased, total int) {
	d.t.Helper()
	counts, err := u.Counts()
	must(d.t, err)
	n, err := u.TotalCount()
	must(d.t, err)
	var sum ReleaseCount
	for _, c := range counts {
		sum.Created, sum.Changed, sum.Withdrawn, sum.Restored = sum.Created+c.Created, sum.Changed+c.Changed, sum.Withdrawn+c.Withdrawn, sum.Restored+c.Restored
		sum.BecomesPublic, sum.BecomesMembers, sum.BecomesHidden = sum.BecomesPublic+c.BecomesPublic, sum.BecomesMembers+c.BecomesMembers, sum.BecomesHidden+c.BecomesHidden
	}
	if n != total || len(counts) != 4 || sum != (ReleaseCount{Created: 1, Changed: 5, Withdrawn: 1, Restored: 1, BecomesPublic: 3, BecomesMembers: 1, BecomesHidden: 2}) {
		d.t.Errorf("%d records are counted as %+v", n, sum)
	}
}

// Pages from both ends are the same list.
func TestTheListOfWhatIsUnreleasedIsPaged(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.everything()
		whole := d.find(ReleasePage{First: some(100)}).lines()
		var down, up []string
		for p := (ReleasePage{First: some(3)}); ; {
			u := d.find(p)
			if down = append(down, u.lines()...); !u.PageInfo.HasNextPage {
				break
			}
			p.After = u.PageInfo.EndCursor
		}
		for p := (ReleasePage{Last: some(3)}); ; {
			u := d.find(p)
			if up = append(u.lines(), up...); !u.PageInfo.HasPreviousPage {
				break
			}
			p.Before = u.PageInfo.StartCursor
		}
		if !slices.Equal(down, whole) || !slices.Equal(up, whole) || len(whole) != 8 {
			t.Errorf("the whole list is %v, in pages %v, from the end %v", whole, down, up)
		}
		_, err := Find(d.as(second), d.st.Client, d.st.Client, ReleasePage{First: some(3), After: &ent.Cursor{ID: d.stateOpen}})
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid {
			t.Errorf("a cursor of another list gives %v", err)
		}
	})
}

// Nobody proposes and releases alone, and what is approved is what was seen.
func TestTwoPeopleRelease(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.everything()
		id, err := d.propose(first)
		must(t, err)
		seen := d.find(ReleasePage{}).Seen
		yes := Decision{Release: id, Approve: true, Seen: seen}
		refused(t, d.decide(first, yes), fault.Forbidden, "somebody else of the secretariat")
		bySession := first // by a token, or from another office: it is the same person
		bySession.Name, bySession.Scopes = "Another office", []access.Scope{access.ScopeWrite}
		refused(t, d.decide(bySession, yes), fault.Forbidden, "somebody else of the secretariat")
		refused(t, d.decide(access.Operator("program"), yes), fault.Forbidden, "somebody else")
		refused(t, d.decide(second, Decision{Release: id, Approve: true, Seen: "9999999"}), fault.Invalid, "exactly")
		refused(t, d.decide(second, Decision{Release: id, Approve: true}), fault.Invalid, "exactly")
		d.change(func(ctx context.Context, c *ent.Client) {
			c.Actor.UpdateOneID(d.open).SetName("Late Agency").ExecX(ctx)
			c.Actor.UpdateOneID(d.hidden).SetName("Late too").ExecX(ctx)
		})
		f := refused(t, d.decide(second, yes), fault.Conflict, "2 records changed")
		if f.Details["changed"] != 2 {
			t.Errorf("the conflict tells %v", f.Details)
		}
		if n := d.st.Client.Edition.Query().CountX(testdb.Context(t)); n != 1 {
			t.Errorf("what was refused has begun an edition: there are %d", n)
		}
		yes.Seen = d.find(ReleasePage{}).Seen
		must(t, d.decide(second, yes))
		d.released(id)
		refused(t, d.decide(second, yes), fault.Conflict, "was released on")
	})
}

// released makes the edition, and looks at what it holds.
func (d *desk) released(id term.ID) {
	d.t.Helper()
	if n, err := Resume(testdb.Context(d.t), d.st, d.folder); n != 1 || err != nil {
		d.t.Fatalf("%d editions were made, %v", n, err)
	}
	r := d.st.Client.Release.GetX(testdb.Context(d.t), id)
	if r.Status != term.ReleaseReleased || r.Edition != 2 || r.Decider != second.Person || r.Summary != "What was corrected." || *r.Note != "It is time." {
		d.t.Errorf("the release is %+v", r)
	}
	db := readFile(d.t, filepath.Join(d.folder, fileName(2, access.Public)))
	for _, c := range []struct {
		id   term.ID
		name string
	}{{d.open, "Late Agency"}, {d.hidden, "Late too"}} {
		if got := value(row(d.t, db, c.id), "name"); got != c.name {
			d.t.Errorf("the public edition calls it %v, not %s", got, c.name)
		}
	}
	if u := d.find(ReleasePage{}); u.Since.Number != 2 {
		d.t.Errorf("the list begins at edition %d", u.Since.Number)
	}
	var told []string
	for _, e := range d.st.Client.LogEntry.Query().Where(logentry.KindIn(term.LogRelease, term.LogPublished)).Order(logentry.BySeq()).AllX(testdb.Context(d.t)) {
		told = append(told, e.Summary)
	}
	if got := strings.Join(told, " "); got != "Edition 1 was released. A release was proposed. A release was approved: edition 2. Edition 2 was released." {
		d.t.Errorf("the log tells: %s", got)
	}
	report, err := audit.Verify(testdb.Context(d.t), d.st.Client)
	if must(d.t, err); report.Broken != nil {
		d.t.Errorf("the log is broken: %+v", report)
	}
}

// There is one proposal at a time; it can be refused with a reason, and taken back by its own proposer only.
func TestAProposalIsRefusedOrTakenBack(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.everything()
		id, err := d.propose(first)
		must(t, err)
		_, err = d.propose(second)
		refused(t, err, fault.Conflict, "Office has proposed a release")
		back := func(v access.Viewer) error {
			_, err := d.do(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return d.gate.TakeBack(ctx, tx, id) })
			return err
		}
		refused(t, back(second), fault.Forbidden, "Only whoever proposed")
		refused(t, d.decide(second, Decision{Release: id, Reason: "  "}), fault.Invalid, "Say why")
		must(t, d.decide(second, Decision{Release: id, Reason: "Two sources are missing."}))
		if r := d.st.Client.Release.GetX(testdb.Context(t), id); r.Status != term.ReleaseRefused || *r.Reason != "Two sources are missing." || r.Edition != 0 {
			t.Errorf("it became %+v", r)
		}
		refused(t, back(first), fault.Conflict, "refused")
		id, err = d.propose(first)
		must(t, err)
		must(t, back(first))
		if r := d.st.Client.Release.GetX(testdb.Context(t), id); r.Status != term.ReleaseWithdrawn {
			t.Errorf("it became %+v", r)
		}
		if n := d.st.Client.Edition.Query().CountX(testdb.Context(t)); n != 1 {
			t.Errorf("there are %d editions", n)
		}
	})
}

// Nobody else learns anything of what is not released.
func TestOthersAreKeptOutOfReleases(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.everything()
		id, err := d.propose(first)
		must(t, err)
		for _, role := range []access.Role{access.Member, access.Reporter, access.FocalPoint, access.Coordinator, access.Administrator} {
			v := access.Viewer{Audience: access.Working, Name: "Other", Person: term.HashID(term.KindPerson, "test", string(role)), Grants: []access.Grant{{Role: role}}}
			_, err := Find(d.as(v), d.st.Client, d.st.Client, ReleasePage{})
			refused(t, err, fault.Forbidden, "Only the secretariat")
			refused(t, d.decide(v, Decision{Release: id, Approve: true, Seen: "0"}), fault.Forbidden, "Only the secretariat")
			_, err = d.do(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
				return d.gate.Propose(ctx, tx, Proposal{Summary: "Mine.", Seen: "0"})
			})
			refused(t, err, fault.Forbidden, "Only the secretariat")
			_, err = d.do(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return d.gate.TakeBack(ctx, tx, id) })
			refused(t, err, fault.Forbidden, "Only the secretariat")
			if n := d.st.Client.Release.Query().CountX(d.as(v)); n != 0 {
				t.Errorf("%s sees %d releases", role, n)
			}
		}
		_, err = Find(access.With(Into(t.Context(), d.st.Client, access.Members, 1), second), d.st.Client, d.st.Client, ReleasePage{})
		refused(t, err, fault.Invalid, "An edition shows what was released")
	})
}

// Fifty who propose at once make one proposal; two who approve at once one edition.
func TestOneOfManyWhoReleaseAtOnceWins(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.everything()
		seen := d.find(ReleasePage{}).Seen
		won := func(n int, act func(ctx context.Context, tx *ent.Tx) (term.ID, error)) (won int, id term.ID) {
			var group sync.WaitGroup
			var mu sync.Mutex
			for i := range n {
				group.Go(func() {
					v := second
					v.Person = term.HashID(term.KindPerson, "many", string(rune('a'+i)))
					made, err := d.do(v, act)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						won, id = won+1, made
					} else if f := fault.As(err); f == nil || f.Kind != fault.Conflict {
						t.Errorf("a loser is told %v", err)
					}
				})
			}
			group.Wait()
			return won, id
		}
		n, id := won(20, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			return d.gate.Propose(ctx, tx, Proposal{Summary: "All of it.", Seen: seen})
		})
		if n != 1 {
			t.Fatalf("%d proposals were made", n)
		}
		r := d.st.Client.Release.GetX(testdb.Context(t), id)
		if n, _ = won(20, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			if access.From(ctx).Person == r.Proposer {
				return 0, fault.New(fault.Conflict, "not she")
			}
			return d.gate.Decide(ctx, tx, Decision{Release: id, Approve: true, Seen: seen})
		}); n != 1 {
			t.Errorf("%d approvals took place", n)
		}
		if n := d.st.Client.Edition.Query().CountX(testdb.Context(t)); n != 2 {
			t.Errorf("there are %d editions", n)
		}
	})
}

// What was written in the very second of an edition, but after it, is not lost; what came before is not told again.
func TestTheSecondOfAnEditionIsToldApart(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	d := &desk{t: t, st: st, fixture: newFixture(t, st), gate: Gate{Now: time.Now}}
	d.change(func(ctx context.Context, c *ent.Client) { c.Law.UpdateOneID(d.lawRead).SetNumber("before").ExecX(ctx) })
	announced(t, st, "First")
	d.change(func(ctx context.Context, c *ent.Client) { c.Actor.UpdateOneID(d.open).SetName("After").ExecX(ctx) })
	for _, q := range []string{
		"DROP TRIGGER log_entries_keep", "DROP TRIGGER history_entries_keep", "UPDATE editions SET released_at = '2026-11-24T12:00:00Z'",
		"UPDATE history_entries SET at = '2026-11-24T12:00:00Z'", "UPDATE log_entries SET at = '2026-11-24T12:00:00Z'",
	} {
		_, err := st.DB.Exec(q)
		must(t, err)
	}
	if got := d.find(ReleasePage{}).lines(); !slices.Equal(got, []string{"SEEN open UPDATED PUBLIC>PUBLIC name"}) {
		t.Errorf("the list is %v", got)
	}
}
