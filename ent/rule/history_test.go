package rule_test

import (
	"adam/internal/testdb"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

func TestARecordIsWrittenInATransactionOrNotAtAll(t *testing.T) {
	eachType(t, func(t *testing.T, w *world, r recordType) {
		id := w.add(t, r, "kept-01", "Kept")
		ctx, c := acting(testdb.Context(t), ""), w.s.Client
		before, _ := r.count(ctx, c)
		_, created := r.create(ctx, c, w, "lost-02", "Lost")
		for what, err := range map[string]error{"created": created, "renamed": r.rename(ctx, c, id, "Lost"), "withdrawn": r.withdraw(ctx, c, id, true)} {
			if err == nil || !strings.Contains(err.Error(), "outside a transaction") {
				t.Errorf("outside a transaction it is %s: %v", what, err)
			}
		}
		if after, err := r.count(ctx, c); err != nil || after != before {
			t.Errorf("there were %d records and are %d, %v", before, after, err)
		}
		if n := len(w.history(t, id)); n != 1 || w.document(t, id).Title != "Kept" {
			t.Errorf("%d entries; the title is %q", n, w.document(t, id).Title)
		}
	})
}

// Rule 4: every change keeps what was before, who, when, why.
func TestEveryChangeIsRemembered(t *testing.T) {
	eachType(t, func(t *testing.T, w *world, r recordType) {
		start := term.Now()
		id := w.add(t, r, "remembered-03", "Old title")
		steps := []struct {
			who, why string
			change   func(context.Context, *ent.Client) error
			action   term.HistoryAction
			told     string
		}{
			{"Focal point of LAO", "The Government wrote so", func(ctx context.Context, c *ent.Client) error { return r.rename(ctx, c, id, "New title") },
				term.ActionUpdated, r.title + ": Old title → New title"},
			{"Secretariat", "", func(ctx context.Context, c *ent.Client) error { return r.withdraw(ctx, c, id, true) },
				term.ActionWithdrawn, "withdrawn: false → true"},
			{"Secretariat", "It was right", func(ctx context.Context, c *ent.Client) error {
				return r.withdraw(rule.WithWithdrawn(ctx), c, id, false)
			}, term.ActionRestored, "withdrawn: true → false"},
			{"Secretariat", "Nothing new", func(ctx context.Context, c *ent.Client) error { return r.rename(ctx, c, id, "New title") },
				term.ActionUpdated, ""},
		}
		first := w.last(t, id)
		if first.Action != term.ActionCreated || first.Version != 1 || first.By != "Secretariat" || first.Changes == nil || len(first.Changes) != 0 || first.Reason != nil {
			t.Errorf("the first entry is %+v", first)
		}
		for i, step := range steps {
			ctx := access.With(testdb.Context(t), access.Operator(step.who))
			if step.why != "" {
				ctx = rule.WithReason(ctx, step.why)
			}
			if err := w.tryAs(ctx, step.change); err != nil {
				t.Fatal(err)
			}
			h := w.last(t, id)
			if h.Version != i+2 || h.Action != step.action || h.By != step.who || told(h.Changes) != step.told {
				t.Errorf("change %d is remembered as version %d, %s by %s: %s", i+1, h.Version, h.Action, h.By, told(h.Changes))
			}
			if got := h.Reason; (got == nil) != (step.why == "") || got != nil && *got != step.why {
				t.Errorf("change %d was made because of %q; remembered %v", i+1, step.why, got)
			}
			if h.At < start || h.At > term.Now() {
				t.Errorf("change %d was made at %s", i+1, h.At)
			}
			if n := len(w.history(t, id)); n != i+2 {
				t.Errorf("after change %d there are %d entries", i+1, n)
			}
		}
	})
}

// Rule 1 within history: unknown is null, on either side, and only what changed is named.
func TestOnlyWhatChangedIsNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.add(t, actorType, "parent", "Parent")
		id := w.add(t, actorType, "agency", "Agency")
		update := func(set func(*ent.ActorUpdateOne)) {
			t.Helper()
			w.do(t, func(ctx context.Context, c *ent.Client) error {
				u := c.Actor.UpdateOneID(id)
				set(u)
				return u.Exec(ctx)
			})
		}
		for _, step := range []struct {
			set  func(*ent.ActorUpdateOne)
			told string
		}{
			{func(u *ent.ActorUpdateOne) { u.SetName("Agency").SetAcronym("AG").SetMandate("Helps.") }, "acronym: - → AG, mandate: - → Helps."},
			{func(u *ent.ActorUpdateOne) { u.SetAcronym("AG").ClearMandate().ClearWebsite() }, "mandate: Helps. → -"},
			{func(u *ent.ActorUpdateOne) { u.SetParentID(other) }, "parent: - → " + other.String()},
			{func(u *ent.ActorUpdateOne) { u.ClearParent() }, "parent: " + other.String() + " → -"},
			{func(u *ent.ActorUpdateOne) { u.SetStatedRoles([]term.StatedRole{"DONOR", "COORDINATOR"}) }, "statedRoles: - → DONOR; COORDINATOR"},
			{func(u *ent.ActorUpdateOne) { u.AppendStatedRoles([]term.StatedRole{"IMPLEMENTER"}) }, "statedRoles: DONOR; COORDINATOR → DONOR; COORDINATOR; IMPLEMENTER"},
			{func(u *ent.ActorUpdateOne) { u.SetStatedRoles([]term.StatedRole{}).SetSafety(true) }, "statedRoles: DONOR; COORDINATOR; IMPLEMENTER → -, safety: false → true"},
			{func(u *ent.ActorUpdateOne) { u.SetCheckedAgainstSource(false) }, "checkedAgainstSource: - → false"},
			{func(u *ent.ActorUpdateOne) { u.SetKey("agency-renamed") }, "key: agency → agency-renamed"},
			{func(u *ent.ActorUpdateOne) { u.SetVerifiedStatus(term.Verified).SetVerifiedOn("2026-11-24") },
				"verifiedStatus: UNVERIFIED → VERIFIED, verifiedOn: - → 2026-11-24"},
			{func(u *ent.ActorUpdateOne) { u.RemoveInChapterIDs(w.chapter) }, "chapters: LAO → -"},
			{func(u *ent.ActorUpdateOne) { u.AddInChapterIDs(w.chapter) }, "chapters: - → LAO"},
			{func(u *ent.ActorUpdateOne) { u.ClearInChapters().AddInChapterIDs(w.chapter) }, ""},
			{func(u *ent.ActorUpdateOne) { u.SetWithdrawn(false) }, ""},
		} {
			update(step.set)
			if h := w.last(t, id); told(h.Changes) != step.told || h.Action != term.ActionUpdated {
				t.Errorf("remembered %s %q; expected %q", h.Action, told(h.Changes), step.told)
			}
		}
	})
}

func TestTheRecordSaysWhoWroteItAndWhen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, actorType, "agency", "Agency")
		first, _ := w.s.Client.Actor.Get(testdb.Context(t), id)
		err := w.tryAs(testdb.Context(t), func(ctx context.Context, c *ent.Client) error { return actorType.rename(ctx, c, id, "Écoles d'été") })
		if err != nil {
			t.Fatal(err)
		}
		second, _ := w.s.Client.Actor.Get(testdb.Context(t), id)
		if first.Version != 1 || first.CreatedBy != "Secretariat" || first.UpdatedBy != "Secretariat" || first.SortName != "agency" {
			t.Errorf("first: %+v", first)
		}
		if second.Version != 2 || second.CreatedBy != "Secretariat" || second.UpdatedBy != "Test" || !strings.HasPrefix(second.SortName, "ecoles d") {
			t.Errorf("second: version %d, created by %s, updated by %s, sorted as %q", second.Version, second.CreatedBy, second.UpdatedBy, second.SortName)
		}
		if second.CreatedAt != first.CreatedAt || second.UpdatedAt < first.UpdatedAt {
			t.Errorf("created at %s, then %s; updated at %s, then %s", first.CreatedAt, second.CreatedAt, first.UpdatedAt, second.UpdatedAt)
		}
	})
}

// Optimistic locking: whoever read an older version is told so, and what history keeps as "before" is never stale.
func TestAnUpdateOfAnOlderVersionIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, actorType, "agency", "Agency")
		stale, err := w.s.Client.Actor.Get(testdb.Context(t), id)
		if err != nil {
			t.Fatal(err)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error { return actorType.rename(ctx, c, id, "Bureau") })
		err = w.try(t, func(ctx context.Context, c *ent.Client) error {
			return c.Actor.UpdateOne(stale).SetName("Office").Exec(ctx)
		})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("an update of version 1 onto version 2 ended with %v", err)
		}
		a, _ := w.s.Client.Actor.Get(testdb.Context(t), id)
		if a.Name != "Bureau" || a.Version != 2 || len(w.history(t, id)) != 2 {
			t.Errorf("the name is %s, the version %d", a.Name, a.Version)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return c.Actor.UpdateOne(a).SetName("Office").Exec(ctx)
		})
		if h := w.last(t, id); told(h.Changes) != "name: Bureau → Office" {
			t.Errorf("remembered %s", told(h.Changes))
		}
	})
}

// Two change a record at the same moment. PostgreSQL lets both read it, so the second must be refused; SQLite lets the
// second wait, so it changes what the first has left. Either way history is one chain.
func TestChangesAtTheSameMomentMakeOneChain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, actorType, "agency", "Agency")
		tx, err := w.s.Client.Tx(testdb.Context(t))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		if err := actorType.rename(acting(testdb.Context(t), ""), tx.Client(), id, "First"); err != nil {
			t.Fatal(err)
		}
		second := make(chan error)
		go func() {
			second <- w.try(t, func(ctx context.Context, c *ent.Client) error { return actorType.rename(ctx, c, id, "Second") })
		}()
		time.Sleep(300 * time.Millisecond) // until the second waits for the first
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		err = <-second
		if err != nil && fault.KindOf(err) != fault.Conflict {
			t.Errorf("the second ended with %v", err)
		}
		name := "Agency"
		for i, h := range w.history(t, id) {
			if h.Version != i+1 {
				t.Errorf("entry %d is of version %d", i+1, h.Version)
			}
			if i > 0 {
				if *h.Changes[0].From != name {
					t.Errorf("version %d came after %q, but tells %s", h.Version, name, told(h.Changes))
				}
				name = *h.Changes[0].To
			}
		}
		if a, _ := w.s.Client.Actor.Get(testdb.Context(t), id); a.Name != name || (name == "Second") != (err == nil) {
			t.Errorf("the name is %s; the second ended with %v", a.Name, err)
		}
	})
}

// Rule 4: nothing is lost. A record is withdrawn, never deleted, and never changed in a crowd.
func TestARecordIsNeverDeletedNorChangedInBulk(t *testing.T) {
	eachType(t, func(t *testing.T, w *world, r recordType) {
		id := w.add(t, r, "kept-04", "Kept")
		for what, attempt := range map[string]func(context.Context, *ent.Client) error{
			"deleting it":          func(ctx context.Context, c *ent.Client) error { return r.remove(ctx, c, id) },
			"deleting all":         r.empty,
			"changing all at once": r.annotate,
		} {
			err := w.try(t, attempt)
			if err == nil || !strings.Contains(err.Error(), "never deleted") && !strings.Contains(err.Error(), "one by one") {
				t.Errorf("%s ended with %v", what, err)
			}
			if attempt(acting(testdb.Context(t), ""), w.s.Client) == nil {
				t.Errorf("%s outside a transaction was done", what)
			}
		}
		ids, err := r.ids(testdb.Context(t), w.s.Client)
		if err != nil || !slices.Contains(ids, id) || len(w.history(t, id)) != 1 {
			t.Errorf("the record is gone or changed: %v, %v", ids, err)
		}
	})
}

// Rule 4: the log is append-only.
func TestHistoryAndAnchorsAreNeverDeleted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, actorType, "agency", "Agency")
		h := w.last(t, id)
		for what, attempt := range map[string]func(context.Context, *ent.Client) error{
			"deleting an entry": func(ctx context.Context, c *ent.Client) error { return c.HistoryEntry.DeleteOne(h).Exec(ctx) },
			"deleting the log": func(ctx context.Context, c *ent.Client) error {
				_, err := c.HistoryEntry.Delete().Exec(ctx)
				return err
			},
			"changing the log":     func(ctx context.Context, c *ent.Client) error { return c.HistoryEntry.Update().Exec(ctx) },
			"deleting an anchor":   func(ctx context.Context, c *ent.Client) error { return c.Record.DeleteOneID(id).Exec(ctx) },
			"deleting all anchors": func(ctx context.Context, c *ent.Client) error { _, err := c.Record.Delete().Exec(ctx); return err },
		} {
			if err := w.try(t, attempt); err == nil {
				t.Errorf("%s was done", what)
			}
		}
		if len(w.history(t, id)) != 1 || w.document(t, id).Title != "Agency" {
			t.Error("the log or the anchor is changed")
		}
	})
}

// Rule 3: a record made public shows nothing of its restricted past.
func TestHistoryIsForThoseWhoCouldSeeTheRecordThen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, actorType, "agency", "Agency")
		set := func(v term.Visibility, note string) {
			w.do(t, func(ctx context.Context, c *ent.Client) error {
				return c.Actor.UpdateOneID(id).SetVisibility(v).SetNote(note).Exec(ctx)
			})
		}
		set(term.Restricted, "secret")
		set(term.Public, "open")
		set(term.Public, "more open")
		set(term.Members, "for members")
		set(term.Public, "open again")
		want := []term.Visibility{term.Restricted, term.Restricted, term.Restricted, term.Public, term.Members, term.Members}
		for i, h := range w.history(t, id) {
			if h.Visibility != want[i] {
				t.Errorf("version %d (%s) is for %s; expected %s", h.Version, told(h.Changes), h.Visibility, want[i])
			}
		}
	})
}

// Rule 6: nothing half-written remains. PostgreSQL gives a transaction up at the first error, SQLite does not.
func TestAChangeThatFailsLeavesNothing(t *testing.T) {
	eachType(t, func(t *testing.T, w *world, r recordType) {
		w.add(t, r, "first-05", "First")
		count := func() (records, anchors, entries int) {
			records, _ = r.count(testdb.Context(t), w.s.Client)
			anchors, _ = w.s.Client.Record.Query().Count(testdb.Context(t))
			entries, _ = w.s.Client.HistoryEntry.Query().Count(testdb.Context(t))
			return records, anchors, entries
		}
		records, anchors, entries := count()
		err := w.try(t, func(ctx context.Context, c *ent.Client) error {
			if _, err := r.create(ctx, c, w, "second-06", "Second"); err != nil {
				return err
			}
			_, err := r.create(ctx, c, w, "first-05", "The key of another")
			return err
		})
		if !ent.IsConstraintError(err) {
			t.Errorf("a key given twice ended with %v", err)
		}
		if a, b, c := count(); a != records || b != anchors || c != entries {
			t.Errorf("%d records, %d anchors, %d entries; before %d, %d, %d", a, b, c, records, anchors, entries)
		}
	})
}
