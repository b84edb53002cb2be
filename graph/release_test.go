package graph_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/law"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// unreleased is a page of what no edition shows.
type unreleased struct {
	TotalCount int
	Seen       string
	Since      *struct{ Number int }
	Counts     []struct {
		Kind                                                                                string
		Created, Changed, Withdrawn, Restored, BecomesPublic, BecomesMembers, BecomesHidden int
	}
	PageInfo pageInfo
	Edges    []struct {
		Cursor string
		Node   struct {
			ID, Kind, Key, Title, What, Becomes, Before, After string
			Changes                                            []struct{ Field, From, To string }
		}
	}
}

const unreleasedFields = `{ totalCount seen since { number } counts { kind created changed withdrawn restored becomesPublic becomesMembers becomesHidden }
	pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id kind key title what becomes before after changes { field from to } } } }`

func (w *office) unreleased(t *testing.T, who caller, args string) unreleased {
	t.Helper()
	var out struct{ Unreleased unreleased }
	if args != "" {
		args = "(" + args + ")"
	}
	who.do(t, "{ unreleased"+args+" "+unreleasedFields+" }", nil, &out)
	return out.Unreleased
}

// pending is the release that waits.
func (w *office) pending(t *testing.T) string {
	t.Helper()
	var out struct{ PendingRelease *struct{ ID string } }
	w.first.do(t, "{ pendingRelease { id } }", nil, &out)
	if out.PendingRelease == nil {
		t.Fatal("no release waits")
	}
	return out.PendingRelease.ID
}

// press announces an edition and makes its files.
func (w *office) press(t *testing.T, folder string) {
	t.Helper()
	if _, err := edition.Release(testdb.Context(t), w.store, folder, "The first.", w.at); err != nil {
		t.Fatal(err)
	}
}

// correct changes laws as a keeper does: one is opened to the public, one changes its number and one goes.
func (w *office) correct(t *testing.T) (opened, changed, gone string) {
	t.Helper()
	ctx := access.With(testdb.Context(t), w.first.viewer)
	var keys []string
	err := w.store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		all := tx.Law.Query().Order(law.ByKey()).Limit(3).AllX(ctx)
		ctx = rule.WithWithdrawn(ctx)
		for _, l := range all {
			keys = append(keys, l.Key)
		}
		if err := tx.Law.UpdateOneID(all[1].ID).SetNumber("Act 7").Exec(ctx); err != nil {
			return err
		}
		if err := tx.Law.UpdateOneID(all[2].ID).SetWithdrawn(true).Exec(ctx); err != nil {
			return err
		}
		return tx.Law.UpdateOneID(all[0].ID).SetVisibility(term.Public).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys[0], keys[1], keys[2]
}

// A release goes through two people over the interface; what they see of it is what becomes of the records.
func TestAReleaseIsProposedAndDecidedOverTheInterface(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		w := newOffice(t, st)
		hideFirstLaw(t, w)
		folder := filepath.Join(t.TempDir(), "editions")
		w.press(t, folder)
		if _, err := st.DB.ExecContext(t.Context(), "UPDATE editions SET released_at = '2099-01-01T00:00:00Z'"); err != nil {
			t.Fatal(err) // what was loaded came before; the log tells what is changed from here on
		}
		if u := w.unreleased(t, w.first, ""); u.TotalCount != 0 || u.Since == nil || u.Since.Number != 1 || len(u.Edges)+len(u.Counts) != 0 {
			t.Fatalf("nothing was changed, and the list is %+v", u)
		}
		opened, changed, gone := w.correct(t)
		u := w.unreleased(t, w.second, "")
		if len(u.Edges) != 3 || u.TotalCount != 3 {
			t.Fatalf("the list is %+v", u)
		}
		for i, want := range []string{opened + " UPDATED PUBLIC RESTRICTED>PUBLIC visibility", gone + " WITHDRAWN HIDDEN PUBLIC> withdrawn", changed + " UPDATED SEEN PUBLIC>PUBLIC number"} {
			n := u.Edges[i].Node
			if got := fmt.Sprintf("%s %s %s %s>%s %s", n.Key, n.What, n.Becomes, n.Before, n.After, n.Changes[0].Field); got != want || n.Kind != "LAW" || n.Title == "" {
				t.Errorf("in place %d stands %s, not %s", i, got, want)
			}
		}
		if c := u.Counts; len(c) != 1 || c[0].Kind != "LAW" || c[0].Changed != 2 || c[0].Withdrawn != 1 || c[0].BecomesPublic != 1 || c[0].BecomesHidden != 1 || c[0].Created+c[0].Restored+c[0].BecomesMembers != 0 {
			t.Errorf("they are counted as %+v", c)
		}
		w.gate(t, u.Seen)
	})
}

// hideFirstLaw restricts the law that is opened later.
func hideFirstLaw(t *testing.T, w *office) {
	t.Helper()
	err := w.store.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		first := tx.Law.Query().Order(law.ByKey()).FirstX(ctx)
		return tx.Law.UpdateOneID(first.ID).SetVisibility(term.Restricted).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// gate proposes, is refused whatever the rules forbid, and decides.
func (w *office) gate(t *testing.T, seen string) {
	t.Helper()
	focal := w.person(people.Invitation{Email: "mdv@example.org", Role: access.FocalPoint, Chapter: "MDV"})
	propose := vars{"summary": "What was corrected.", "note": "The gazette came.", "seen": seen}
	w.refuses(t, focal, "proposeRelease", propose, "FORBIDDEN", "Only the secretariat releases editions")
	w.refuses(t, w.first, "proposeRelease", vars{"summary": " ", "seen": seen}, "INVALID", "Say in a sentence")
	w.refuses(t, w.first, "proposeRelease", vars{"summary": "All.", "seen": "99999999"}, "INVALID", "exactly as `unreleased` gave it")
	w.does(t, w.first, "proposeRelease", propose)
	id := w.pending(t)
	w.refuses(t, w.second, "proposeRelease", propose, "CONFLICT", "Office has proposed a release")
	yes := vars{"release": id, "approve": true, "seen": seen}
	w.refuses(t, w.first, "decideRelease", yes, "FORBIDDEN", "somebody else of the secretariat decides")
	w.refuses(t, focal, "decideRelease", yes, "FORBIDDEN", "Only the secretariat")
	w.refuses(t, w.second, "withdrawRelease", vars{"release": id}, "FORBIDDEN", "Only whoever proposed")
	w.refuses(t, w.second, "decideRelease", vars{"release": id, "approve": false}, "INVALID", "Say why")
	w.othersSeeNothing(t, focal, id)
	_, changed, _ := w.correct(t)
	w.refuses(t, w.second, "decideRelease", yes, "CONFLICT", "records changed. Look again")
	var out struct {
		Release struct {
			Mine        bool
			LateChanges int
			ProposedBy  struct{ Name string }
			Note        string
		}
	}
	w.first.do(t, `query($id: ID!) { release(id: $id) { mine lateChanges proposedBy { name } note } }`, vars{"id": id}, &out)
	if r := out.Release; !r.Mine || r.LateChanges == 0 || r.ProposedBy.Name != "Office" || r.Note != "The gazette came." {
		t.Errorf("the release is %+v", r)
	}
	yes["seen"] = w.unreleased(t, w.second, "").Seen
	w.does(t, w.second, "decideRelease", yes)
	w.released(t, id, changed)
}

// released looks at what came of it.
func (w *office) released(t *testing.T, id, changed string) {
	t.Helper()
	folder := t.TempDir()
	if n, err := edition.Resume(testdb.Context(t), w.store, folder); n != 1 || err != nil {
		t.Fatalf("%d editions were made, %v", n, err)
	}
	var out struct {
		Releases []struct {
			ID, Status, Summary string
			LateChanges         *int
			DecidedBy           struct{ Name string }
			Edition             struct {
				Number          int
				Status, Summary string
			}
		}
		PendingRelease *struct{ ID string }
	}
	w.first.do(t, "{ pendingRelease { id } releases(first: 5) { id status summary lateChanges decidedBy { name } edition { number status summary } } }", nil, &out)
	if r := out.Releases; out.PendingRelease != nil || len(r) != 1 || r[0].ID != id || r[0].Status != "RELEASED" || r[0].LateChanges != nil || r[0].DecidedBy.Name != "Office" ||
		r[0].Edition.Number != 2 || r[0].Edition.Status != "PUBLISHED" || r[0].Edition.Summary != "What was corrected." {
		t.Errorf("what came of it is %+v", out)
	}
	shelf := edition.NewShelf(folder, w.store)
	t.Cleanup(shelf.Close)
	if err := shelf.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	open, err := shelf.Number(t.Context(), access.Public, 2)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Release()
	if n := open.Client.Law.Query().Where(law.Key(changed), law.Number("Act 7")).CountX(testdb.Context(t)); n != 1 {
		t.Errorf("the public edition has %d laws with the new number", n)
	}
}

// othersSeeNothing asks as everybody else.
func (w *office) othersSeeNothing(t *testing.T, focal caller, id string) {
	t.Helper()
	for _, who := range []caller{focal, w.person(people.Invitation{Email: "m@example.org", Role: access.Member}), {api: w.api, viewer: access.Anonymous()}} {
		for _, q := range []string{"{ unreleased { totalCount seen } }", "{ pendingRelease { id } }", "{ releases { id } }", fmt.Sprintf("{ release(id: %q) { id } }", id)} {
			got := who.call(t, q, nil)
			refused(t, q, got, "FORBIDDEN")
			if !slices.Contains([]string{`{"unreleased":null}`, `{"pendingRelease":null}`, `{"releases":null}`, `{"release":null}`}, string(got.Data)) {
				t.Errorf("%s is told %s", q, got.Data)
			}
		}
		if got := who.call(t, fmt.Sprintf("{ node(id: %q) { id } }", id), nil); strings.Contains(string(got.Data), id) {
			t.Errorf("the release is told as a node: %s", got.Data)
		}
	}
}

// The list is the same in pages of any size, from both ends.
func TestWhatIsUnreleasedIsPaged(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		w := newOffice(t, st) // with no edition: everything is unreleased
		ids := func(u unreleased) (out []string) {
			for _, e := range u.Edges {
				out = append(out, e.Node.ID)
			}
			return out
		}
		walk := func(size, end string) (all []string) {
			for cursor := ""; ; {
				u := w.unreleased(t, w.first, size+cursor)
				if u.Since != nil || u.TotalCount < 300 {
					t.Fatalf("%d records are unreleased since %v", u.TotalCount, u.Since)
				}
				if end == "after" {
					all, cursor = append(all, ids(u)...), fmt.Sprintf(", after: %q", u.PageInfo.EndCursor)
				} else {
					all, cursor = append(ids(u), all...), fmt.Sprintf(", before: %q", u.PageInfo.StartCursor)
				}
				if more := map[string]bool{"after": u.PageInfo.HasNextPage, "before": u.PageInfo.HasPreviousPage}[end]; !more {
					if len(all) != u.TotalCount {
						t.Errorf("%d records were read of %d", len(all), u.TotalCount)
					}
					return all
				}
			}
		}
		long := walk("first: 100", "after")
		if !slices.Equal(walk("first: 77", "after"), long) || !slices.Equal(walk("last: 93", "before"), long) {
			t.Error("pages of other sizes give another list")
		}
		if u := w.unreleased(t, w.first, ""); len(u.Edges) != 25 || u.Edges[0].Node.Becomes != "PUBLIC" || u.Edges[0].Node.What != "CREATED" || u.Edges[0].Node.Before != "" {
			t.Errorf("the first page is %+v", u)
		}
	})
}
