package edition_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/sight"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// reviewing is a working store in which chapters are reviewed.
type reviewing struct {
	t    *testing.T
	st   *store.Store
	desk *review.Desk
}

// secretary runs reviews; she completes none.
var secretary = access.SignedIn(1, "Secretariat", []access.Grant{{Role: access.Secretariat}})

func newReviewing(t *testing.T) reviewing {
	t.Helper()
	st, err := sight.Copied(testdb.Context(t), sight.Of(t).Store, filepath.Join(t.TempDir(), "working.db"))
	must(t, err)
	t.Cleanup(func() { _ = st.Close() })
	clock := func() time.Time { return sight.Now }
	return reviewing{t, st, &review.Desk{People: people.New(st, clock), BaseURL: "https://adam.example.org", Now: clock}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// as does something in one transaction as a viewer.
func (r reviewing) as(v access.Viewer, do func(context.Context, *ent.Tx) (term.ID, error)) (done term.ID) {
	r.t.Helper()
	must(r.t, r.st.InTx(access.With(testdb.Context(r.t), v), func(ctx context.Context, tx *ent.Tx) (err error) {
		done, err = do(ctx, tx)
		return err
	}))
	return done
}

// open puts a chapter under review, and gives its cycle and its focal point.
func (r reviewing) open(code string) (cycle term.ID, focal access.Viewer) {
	r.t.Helper()
	ctx := testdb.Context(r.t)
	cycle = r.as(secretary, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return r.desk.Open(ctx, tx, review.Opening{Chapter: code})
	})
	r.as(secretary, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return r.desk.Nominate(ctx, tx, review.Nomination{Chapter: code, Email: code + "@example.org", Unit: "Unit of " + code})
	})
	ch := r.st.Client.Chapter.Query().Where(chapter.Code(code)).OnlyX(ctx)
	p, err := r.desk.FocalPoint(ctx, r.st.Client, ch.ID)
	must(r.t, err)
	return cycle, access.SignedIn(p.ID, "Unit of "+code, []access.Grant{{Role: access.FocalPoint, Chapter: ch.ID, State: *ch.StateID}})
}

// items are those of a cycle, in their order, with the versions that an answer names.
func (r reviewing) items(cycle term.ID) (all []*ent.ReviewItem, versions []review.ItemVersion) {
	r.t.Helper()
	ctx := access.With(testdb.Context(r.t), access.Operator("Test"))
	all = r.st.Client.ReviewItem.Query().Where(reviewitem.CycleID(cycle)).Order(reviewitem.ByPosition()).AllX(ctx)
	for _, it := range all {
		now, err := review.Versions(ctx, r.st.Client, []term.ID{*it.RecordID})
		must(r.t, err)
		versions = append(versions, review.ItemVersion{ID: it.ID, Version: review.VersionOf(it, now[*it.RecordID])})
	}
	return all, versions
}

func (r reviewing) confirm(focal access.Viewer, some []review.ItemVersion) {
	r.t.Helper()
	here := true
	for part := range slices.Chunk(some, 100) {
		r.as(focal, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			return r.desk.Confirm(ctx, tx, review.Confirmation{Items: part, ActiveHere: &here, Authority: "quokka-half-said"})
		})
	}
}

// cut cuts an edition for both audiences and gives the lines of its canonical export.
func (r reviewing) cut(number int) map[access.Audience][]string {
	r.t.Helper()
	folder, out := r.t.TempDir(), map[access.Audience][]string{}
	for a := range files {
		must(r.t, edition.Cut(testdb.Context(r.t), r.st, folder, number, a))
		db, err := sql.Open("sqlite", store.SQLiteDSN(sight.EditionFile(folder, number, a), true))
		must(r.t, err)
		r.t.Cleanup(func() { _ = db.Close() })
		var b bytes.Buffer
		must(r.t, edition.Canonical(testdb.Context(r.t), &store.Store{DB: db, Dialect: dialect.SQLite}, &b))
		out[a] = strings.Split(b.String(), "\n")
	}
	return out
}

// halfAnswer answers every second question of a review in every way, and leaves the others.
func (r reviewing) halfAnswer(cycle term.ID, focal access.Viewer) {
	r.t.Helper()
	all, versions := r.items(cycle)
	var right []review.ItemVersion
	for i, it := range all {
		reply := review.Reply{Item: versions[i], Reason: "quokka-half-said, because"}
		do := r.desk.Dispute
		switch {
		case i%2 == 1:
			continue
		case it.Own && i%4 == 0:
			do = r.desk.Withdraw
		case it.Own || i%4 == 0:
			right = append(right, versions[i])
			continue
		}
		r.as(focal, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return do(ctx, tx, reply) })
	}
	r.confirm(focal, right)
	r.as(focal, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return r.desk.Add(ctx, tx, review.Addition{Cycle: cycle, Kind: term.KindActor, Below: "input.actor",
			Input: map[string]any{"name": "quokka-half-said agency", "kind": "NGO", "visibility": "PUBLIC",
				"sources": []any{map[string]any{"title": "quokka-half-said letter"}}}})
	})
}

// publish confirms all of a review, signs it and publishes it.
func (r reviewing) publish(cycle term.ID, focal access.Viewer) (number int, own map[term.ID]bool) {
	r.t.Helper()
	all, versions := r.items(cycle)
	r.confirm(focal, versions)
	r.as(focal, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return r.desk.Complete(ctx, tx, review.SignOff{Cycle: cycle, Statement: "All is right."})
	})
	r.as(secretary, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return r.desk.Publish(ctx, tx, cycle) })
	own = map[term.ID]bool{cycle: true, focal.Chapters()[0]: true}
	for _, it := range all {
		own[*it.RecordID] = true
	}
	ctx := access.With(testdb.Context(r.t), access.Operator("Test"))
	return r.st.Client.ReviewCycle.GetX(ctx, cycle).Edition, own
}

// The rules review_items and review_steps (what is answered waits until its review is published), for what is
// downloaded: while a chapter is half reviewed, the publication of another changes no byte of it in either edition.
func TestPublishingAChapterChangesNoByteOfAnotherThatIsHalfReviewed(t *testing.T) {
	r := newReviewing(t)
	half, pakistan := r.open("PAK")
	whole, singapore := r.open("SGP")
	first := 0
	r.as(secretary, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		e, err := edition.Begin(ctx, tx, "Before.", sight.Now)
		if err == nil {
			first = e.Number
		}
		return 0, err
	})
	before := r.cut(first)
	r.halfAnswer(half, pakistan)
	number, own := r.publish(whole, singapore)
	after := r.cut(number)
	for a := range files {
		changed := 0
		for _, line := range differing(before[a], after[a]) {
			changed++
			if !belongs(t, line, own) {
				t.Errorf("%s: of another chapter changes %.300s", a, line)
			}
		}
		if changed < 2*len(own) {
			t.Errorf("%s: %d lines differ: the publication of %d records has not arrived", a, changed, len(own))
		}
		if strings.Contains(strings.Join(after[a], "\n"), "quokka-half-said") {
			t.Errorf("%s: the edition holds what a half reviewed chapter was answered", a)
		}
	}
}

// differing are the lines that only one of two exports has.
func differing(a, b []string) (out []string) {
	in := map[string]int{}
	for _, l := range a {
		in[l]++
	}
	for _, l := range b {
		in[l]--
	}
	for l, n := range in {
		if n != 0 {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out
}

// belongs tells whether a row is of a published chapter, its review or its records, or of the list of editions. With the
// first review of a State the readings of its laws become public.
func belongs(t *testing.T, line string, own map[term.ID]bool) bool {
	t.Helper()
	var l struct {
		Table string
		Row   map[string]json.RawMessage
	}
	must(t, json.Unmarshal([]byte(line), &l))
	id := func(name string) (n int64) {
		_ = json.Unmarshal(l.Row[name], &n) // what has no such column belongs to nothing
		return n
	}
	return l.Table == "editions" || own[term.ID(id("id"))] || own[term.ID(id("cycle_id"))] || own[term.ID(id("law_id"))]
}
