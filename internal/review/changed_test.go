package review_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/review"
	"adam/internal/term"
)

// base cuts the edition that reviews compare with. History counts seconds.
func (w *world) base() {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Edition.Create().SetNumber(1).SetDate("2026-01-01").SetReleasedAt(term.Now()).SetStatus(term.EditionPublished).Exec(ctx)
	})
	time.Sleep(1100 * time.Millisecond)
}

// share shares a record with focal points.
func (w *world) share(name string) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Share.Create().SetRecordID(w.id[name]).SetRole(access.FocalPoint).SetBy("IOM").SetAt(term.Now()).Exec(ctx)
	})
}

// withdrawn takes an activity out, or brings it back.
func (w *world) withdrawn(do func(context.Context, *ent.Tx, term.Kind, string, int, string) (term.ID, error), name string, version int) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := do(ctx, tx, term.KindActivity, w.key(name), version, "Because.")
		return err
	})
}

// opened gives the records of Thailand a past: some were opened to its focal point before an edition, some since.
func (w *world) opened() {
	w.t.Helper()
	for _, name := range []string{"raised before", "shared before", "shared since", "shared and changed", "back"} {
		visibility := "RESTRICTED"
		if name == "back" {
			visibility = "PUBLIC"
		}
		w.id[name] = w.add(term.KindActivity, input{"title": "Activity " + name, "states": []any{"THA"}, "implementers": []any{"iom"}, "status": "IMPLEMENTATION",
			"visibility": visibility})
	}
	w.share("shared before")
	w.share("shared and changed")
	w.edit(w.who["iom"], "raised before", input{"visibility": "PUBLIC"})
	w.withdrawn(catalogue.Withdraw, "back", 1)
	w.base()
	w.share("shared since")
	w.edit(w.who["iom"], "shared and changed", input{"title": "Another title"})
	w.edit(w.who["iom"], "hidden", input{"visibility": "PUBLIC"})
	w.edit(w.who["unodc"], "internal", input{"visibility": "PUBLIC"})
	w.edit(w.who["tha"], "secret", input{"visibility": "PUBLIC"})
	w.withdrawn(catalogue.Restore, "back", 2)
}

// A record that was opened to whoever is asked since the edition hides its past from her: it is new, and neither it nor
// what changed out of her sight is confirmed in bulk. The changes that are shown are those that she may see.
func TestWhatWasOpenedSinceTheEditionIsNewAndNotConfirmedInBulk(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.opened()
		id := w.open("THA")
		got, err := review.Changed(access.With(t.Context(), w.who["tha"]), w.st.Client, w.items(id))
		ok(t, err)
		fresh, stays := []string{"hidden", "shared since", "back"}, []string{"raised before", "shared before", "training", "law", "policy", "draft", "ended", "police", "treaty"}
		shown := map[string]string{"internal": "visibility", "secret": "visibility"}
		all := slices.Concat(fresh, stays, []string{"shared and changed", "internal", "secret"})
		for _, name := range all {
			d := got[w.item(id, name).ID]
			if d.New != slices.Contains(fresh, name) || d.Unchanged != slices.Contains(stays, name) {
				t.Errorf("%s is new: %v, unchanged: %v", name, d.New, d.Unchanged)
			}
			if field := shown[name]; (field == "") != (len(d.Changes) == 0) || field != "" && d.Changes[0].Field != field {
				t.Errorf("of %s these changes show: %v", name, d.Changes)
			}
		}
		if n := len(w.items(id)); n != len(all) {
			t.Errorf("%d items; this test knows of %d", n, len(all))
		}
		ok(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{UnchangedIn: id})))
		for _, name := range all {
			if it := w.item(id, name); it.Bulk != slices.Contains(stays, name) || (it.Status == term.ItemConfirmed) != it.Bulk {
				t.Errorf("%s is %s, in bulk: %v", name, it.Status, it.Bulk)
			}
		}
	})
}

// The items of a review are narrowed down by each filter, and by several at once.
func TestItemsAreNarrowedDown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.base()
		w.edit(w.who["tha"], "law", input{"title": "Act A"})
		id, yes, no := w.open("THA"), true, false
		ok(t, second(do(w, "tha", w.desk.Later, review.Reply{Item: w.read(id, "draft")})))
		ok(t, w.withhold("tha", id, "training", "The place is not known."))
		ok(t, second(do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law",
			Input: with(input{"title": "New act", "state": "THA", "status": "IN_FORCE"})})))
		police := w.id["police"]
		for _, c := range []struct {
			wanted review.Wanted
			names  []string
		}{
			{review.Wanted{}, []string{"law", "draft", "secret", "policy", "treaty", "police", "ended", "internal", "training", "added"}},
			{review.Wanted{Own: &yes}, []string{"law", "draft", "secret", "policy", "treaty", "police", "added"}},
			{review.Wanted{Own: &no}, []string{"ended", "internal", "training"}},
			{review.Wanted{Later: &yes}, []string{"draft"}},
			{review.Wanted{Later: &no, Kind: []term.RecordKind{term.RecordLaw}}, []string{"law", "secret", "added"}},
			{review.Wanted{Kind: []term.RecordKind{term.RecordPolicy, term.RecordActor}}, []string{"policy", "police"}},
			{review.Wanted{Record: &police}, []string{"police"}},
			{review.Wanted{Record: &police, Own: &no}, nil},
			{review.Wanted{NotForPublication: &yes}, []string{"training"}},
			{review.Wanted{NotForPublication: &no, Own: &no}, []string{"ended", "internal"}},
			{review.Wanted{Unchanged: &no}, []string{"law", "added"}},
			{review.Wanted{Unchanged: &yes, Own: &yes, Status: []term.ItemStatus{term.ItemPending}}, []string{"draft", "secret", "policy", "treaty", "police"}},
			{review.Wanted{Unchanged: &yes, Record: &police}, []string{"police"}},
			{review.Wanted{Unchanged: &yes, Kind: []term.RecordKind{term.RecordNeed}}, nil},
		} {
			q, err := review.Items(access.With(t.Context(), w.who["tha"]), w.st.Client, w.cycle(id), c.wanted)
			ok(t, err)
			all, err := q.Order(reviewitem.ByPosition()).All(access.With(t.Context(), w.who["tha"]))
			ok(t, err)
			if got := w.names(all); !slices.Equal(got, c.names) {
				t.Errorf("%+v gives %q; expected %q", c.wanted, got, c.names)
			}
		}
	})
}

// names are those of the records of items; of one that is new, "added".
func (w *world) names(items []*ent.ReviewItem) (out []string) {
	for _, it := range items {
		name := "added"
		for n, id := range w.id {
			if it.RecordID != nil && *it.RecordID == id {
				name = n
			}
		}
		out = append(out, name)
	}
	return out
}

// Where no edition was published before, nothing is known to be unchanged.
func TestWithoutAnEditionNothingIsUnchanged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, yes := w.open("THA"), true
		q, err := review.Items(w.program(), w.st.Client, w.cycle(id), review.Wanted{Unchanged: &yes})
		ok(t, err)
		n, err := q.Count(w.program())
		ok(t, err)
		if n != 0 {
			t.Errorf("%d are", n)
		}
	})
}

// Positions grow by steps that the desk draws, in a review that opens and for what is added: a gap does not tell how many
// items lie in it.
func TestGapsBetweenPositionsAreDrawn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		drawn := 0
		w.desk.Gap = func() int { drawn++; return 10 * drawn }
		id := w.open("THA")
		add := func(title string) {
			ok(t, second(do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law",
				Input: with(input{"title": title, "state": "THA", "status": "IN_FORCE"})})))
		}
		add("New act")
		add("Newer act")
		at := 0
		for i, it := range w.items(id) {
			if at += 10 * (i + 1); it.Position != at {
				t.Errorf("item %d stands at %d; expected %d", i, it.Position, at)
			}
		}
	})
	small, large := 0, 0
	for range 2000 {
		switch n := review.RandomGap(); {
		case n < 1:
			t.Fatalf("a gap of %d", n)
		case n <= 16:
			small++
		case n > 1024:
			large++
		}
	}
	if small < 200 || large < 200 {
		t.Errorf("of 2000 gaps %d are small and %d large", small, large)
	}
}
