package edition

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// desk is the secretariat of these tests: two people, with one catalogue that has an edition.
type desk struct {
	*fixture
	t      *testing.T
	st     *store.Store
	folder string
	gate   Gate
}

var (
	first  = access.Viewer{Audience: access.Working, Name: "Office", Person: term.HashID(term.KindPerson, "test", "first"), Grants: []access.Grant{{Role: access.Secretariat}}}
	second = access.Viewer{Audience: access.Working, Name: "Office", Person: term.HashID(term.KindPerson, "test", "second"), Grants: []access.Grant{{Role: access.Secretariat}}}
)

func eachDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		d := &desk{t: t, st: st, fixture: newFixture(t, st), folder: filepath.Join(t.TempDir(), "editions"), gate: Gate{Now: time.Now}}
		_, err := Release(testdb.Context(t), st, d.folder, "The first.", time.Now())
		must(t, err)
		test(t, d)
	})
}

// as is a context in which somebody works in the store.
func (d *desk) as(v access.Viewer) context.Context {
	return access.With(Into(d.t.Context(), d.st.Client, access.Working, 0), v)
}

func (d *desk) do(v access.Viewer, act func(context.Context, *ent.Tx) (term.ID, error)) (id term.ID, err error) {
	err = d.st.InTx(d.as(v), func(ctx context.Context, tx *ent.Tx) (err error) {
		id, err = act(ctx, tx)
		return err
	})
	return id, err
}

func (d *desk) propose(v access.Viewer) (term.ID, error) {
	seen := d.find(ReleasePage{}).Seen
	return d.do(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return d.gate.Propose(ctx, tx, Proposal{Summary: " What was corrected. ", Note: "It is time.", Seen: seen})
	})
}

func (d *desk) decide(v access.Viewer, in Decision) error {
	_, err := d.do(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return d.gate.Decide(ctx, tx, in) })
	return err
}

func (d *desk) find(p ReleasePage) *Unreleased {
	d.t.Helper()
	u, err := Find(d.as(second), d.st.Client, d.st.Client, p)
	must(d.t, err)
	return u
}

// change changes some records, as the program does.
func (d *desk) change(do func(ctx context.Context, c *ent.Client)) {
	d.t.Helper()
	write(d.t, d.st, do)
}

// everything changes records in all ways that an edition can show.
func (d *desk) everything() {
	d.t.Helper()
	d.change(func(ctx context.Context, c *ent.Client) {
		c.Actor.UpdateOneID(d.hidden).SetVisibility(term.Public).ExecX(ctx)
		c.Actor.UpdateOneID(d.members).SetVisibility(term.Restricted).ExecX(ctx)
		c.Activity.UpdateOneID(d.actHidden).SetVisibility(term.Members).ExecX(ctx)
		c.Need.UpdateOneID(d.needHidden).SetGap("hushall again").ExecX(ctx)
		c.Actor.UpdateOneID(d.withdrawn).SetWithdrawn(false).ExecX(ctx)
		c.PolicyDocument.UpdateOneID(d.policy).SetWithdrawn(true).ExecX(ctx)
		actor(c, "fresh", "Fresh Agency", term.Public).SaveX(ctx)
	})
	d.change(func(ctx context.Context, c *ent.Client) {
		c.Actor.UpdateOneID(d.open).SetName("Opened Agency").ExecX(ctx)
	})
	d.change(func(ctx context.Context, c *ent.Client) {
		c.Actor.UpdateOneID(d.open).SetMandate("Police of the sea").ExecX(ctx)
		c.Actor.UpdateOneID(d.hidden).SetVisibility(term.Members).ExecX(ctx)
	})
	d.change(func(ctx context.Context, c *ent.Client) {
		c.Actor.UpdateOneID(d.hidden).SetVisibility(term.Public).ExecX(ctx)
	})
}

func (c *ReleaseChange) line() string {
	of := func(v *term.Visibility) string {
		if v == nil {
			return "nobody"
		}
		return string(*v)
	}
	parts := []string{string(c.Becomes), c.Key, string(c.What), of(c.Before) + ">" + of(c.After)}
	for _, f := range c.Changes {
		parts = append(parts, f.Field)
	}
	return strings.Join(parts, " ")
}

func (u *Unreleased) lines() (out []string) {
	for _, e := range u.Edges {
		out = append(out, e.Node.line())
	}
	return out
}

func some(n int) *int { return &n }

func refused(t *testing.T, err error, kind fault.Kind, says string) *fault.Error {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Kind != kind || !strings.Contains(f.Sentence, says) {
		t.Fatalf("%v is not %s with %q", err, kind, says)
	}
	return f
}
