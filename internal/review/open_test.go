package review_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
)

// Rule 5: deadlines are calendar arithmetic in the chapter's time zone; a day ends at 24:00 there.
func TestOpeningSetsTheDeadlinesInTheZoneOfTheChapter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			chapter                    string
			now                        time.Time
			opened, nomination, review term.Date
		}{
			{"AFG", time.Date(2026, 12, 31, 19, 29, 59, 0, time.UTC), "2026-12-31", "2027-01-14", "2027-02-28"}, // Kabul is +4:30
			{"IDN", time.Date(2026, 12, 31, 16, 59, 59, 0, time.UTC), "2026-12-31", "2027-01-14", "2027-02-28"},
			{"THA", time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC), "2027-01-01", "2027-01-15", "2027-03-01"},
			{"VNM", time.Date(2028, 2, 28, 17, 0, 0, 0, time.UTC), "2028-02-29", "2028-03-14", "2028-04-29"},
			{"REGIONAL", time.Date(2027, 12, 31, 3, 0, 0, 0, time.UTC), "2027-12-31", "2028-01-14", "2028-02-29"},
		} {
			w.at(c.now)
			id, err := do(w, "first", w.desk.Open, review.Opening{Chapter: c.chapter, Addressee: "Ministry", Reference: "Note 1"})
			ok(t, err)
			got := w.cycle(id)
			if got.OpenedOn != c.opened || got.NominationDueOn != c.nomination || got.ReviewDueOn != c.review || got.Status != term.AwaitingNomination ||
				got.Year != c.now.In(zone(t, zones[c.chapter])).Year() || *got.Addressee != "Ministry" {
				t.Errorf("%s: %+v", c.chapter, got)
			}
		}
	})
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	ok(t, err)
	return z
}

// A review is not opened on a day to come, nor twice, nor by anybody but the secretariat.
func TestAReviewIsOpenedOnceAndNotInTheFuture(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at(time.Date(2026, 11, 24, 17, 30, 0, 0, time.UTC)) // the 25th in Bangkok, the 24th in London
		before := w.dump()
		refused(t, second(do(w, "first", w.desk.Open, review.Opening{Chapter: "THA", OpenedOn: "2026-11-26"})), fault.Invalid, "still to come", "input.openedOn")
		refused(t, second(do(w, "first", w.desk.Open, review.Opening{Chapter: "XXX"})), fault.NotFound, "no chapter", "input.chapter")
		for _, who := range []string{"tha", "iom", "member", "coordinator", "administrator"} {
			refused(t, second(do(w, who, w.desk.Open, review.Opening{Chapter: "THA"})), fault.Forbidden, "secretariat")
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
		_, err := do(w, "first", w.desk.Open, review.Opening{Chapter: "tha", OpenedOn: "2026-11-25"})
		ok(t, err)
		refused(t, second(do(w, "second", w.desk.Open, review.Opening{Chapter: "THA"})), fault.Conflict, "has a review already, opened on 2026-11-25. This review awaits")
	})
}

// The queue shows own records first, then by type; what the focal point may not see is not asked about.
func TestAFocalPointIsAskedAboutWhatSheSeesOwnRecordsFirst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		var got []string
		at := 0
		for i, it := range w.items(id) {
			if it.Position <= at || it.Status != term.ItemPending || it.Version != 1 {
				t.Errorf("item %d is %+v", i, it)
			}
			at = it.Position
			for name, record := range w.id {
				if record == *it.RecordID {
					own := " of others"
					if it.Own {
						own = ""
					}
					got = append(got, name+own)
				}
			}
		}
		want := []string{"law", "draft", "secret", "policy", "treaty", "police", "ended of others", "internal of others", "training of others"}
		if !slices.Equal(got, want) {
			t.Errorf("asked about %q; expected %q", got, want)
		}
	})
}

// finish answers, signs and publishes a review.
func (w *world) finish(who string, id term.ID) {
	w.t.Helper()
	w.confirmAll(who, id)
	w.complete(who, id)
	w.publish(id)
}

// After a year the next review opens by itself, straight under review where the focal point was kept; activities that
// have ended are not asked about again.
func TestTheNextReviewKeepsTheFocalPointAndLeavesOutWhatHasEnded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.open("THA")
		if !w.item(first, "ended").Ended || w.item(first, "training").Ended {
			t.Error("what has ended is not marked")
		}
		w.finish("tha", first)
		due := w.cycle(first).NextReviewDueOn
		begin, err := review.EndOf(due, "Asia/Bangkok")
		ok(t, err)
		w.at(begin.Add(-24*time.Hour - time.Second)) // the last second of the day before
		w.tick(t, 0)
		w.pass(time.Second)
		w.tick(t, 1)
		w.tick(t, 0)
		next, err := review.Current(w.program(), w.st.Client, w.id["THA"])
		ok(t, err)
		if next.ID == first || next.OpenedOn != due || next.Status != term.UnderReview || next.BaseEdition != 1 {
			t.Fatalf("the next review is %+v; expected one opened on %s", next, due)
		}
		for _, it := range w.items(next.ID) {
			if *it.RecordID == w.id["ended"] {
				t.Error("an activity that has ended is asked about again")
			}
		}
		if n, m := len(w.items(next.ID)), len(w.items(first)); n != m-1 {
			t.Errorf("%d items after %d", n, m)
		}
	})
}

// Where the focal point's role has ended the next review awaits a nomination.
func TestTheNextReviewAwaitsANominationWhereNobodyIsLeft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.open("THA")
		w.finish("tha", first)
		held, err := w.desk.People.Grants(w.program(), w.persons["tha"].ID)
		ok(t, err)
		ok(t, w.desk.People.End(w.program(), held[0].ID, "She has retired."))
		w.at(w.clock().AddDate(1, 0, 2))
		w.tick(t, 1)
		c, err := w.st.Client.ReviewCycle.Query().Where(reviewcycle.StatusEQ(term.AwaitingNomination)).Only(w.program())
		ok(t, err)
		ok(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "THA", Email: "new@example.org", Unit: "Unit"})))
		if got := w.cycle(c.ID); got.Status != term.UnderReview {
			t.Errorf("it is %s", got.Status)
		}
	})
}

// tick looks at the calendar, and wants so many reviews of chapters to open.
func (w *world) tick(t *testing.T, opened int) review.Ticked {
	t.Helper()
	count := func() int {
		n, err := w.st.Client.ReviewCycle.Query().Where(reviewcycle.PurposeEQ(term.ChapterReview)).Count(w.program())
		ok(t, err)
		return n
	}
	before := count()
	done, err := w.desk.Tick(t.Context(), w.st)
	ok(t, err)
	if n := count() - before; n != opened {
		t.Errorf("at %s %d reviews of chapters opened; expected %d", w.clock(), n, opened)
	}
	return done
}

// What changed since the edition that a review compares with is told as one net change a field, and only what did not
// change, is pending and was not put off is confirmed in bulk.
func TestOnlyWhatIsUnchangedIsConfirmedInBulk(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.write(func(ctx context.Context, tx *ent.Tx) error {
			return tx.Edition.Create().SetNumber(1).SetDate("2026-01-01").SetReleasedAt(term.Now()).SetStatus(term.EditionPublished).Exec(ctx)
		})
		time.Sleep(1100 * time.Millisecond) // history counts seconds
		w.edit(w.who["tha"], "law", input{"title": "Act A", "number": "1"})
		w.edit(w.who["tha"], "law", input{"title": "Act B", "number": nil})
		w.edit(w.who["tha"], "policy", input{"title": "Another plan"})
		w.edit(w.who["tha"], "policy", input{"title": "National plan"})
		w.id["late"] = w.add(term.KindLaw, input{"title": "Late act", "state": "THA", "status": "IN_FORCE", "visibility": "PUBLIC"})
		id := w.open("THA")
		changed, err := review.Changed(w.program(), w.st.Client, w.items(id))
		ok(t, err)
		law := changed[w.item(id, "law").ID]
		if !slices.ContainsFunc(law.Changes, func(c term.Change) bool {
			return c.Field == "title" && *c.From == "Act on trafficking" && *c.To == "Act B"
		}) || slices.ContainsFunc(law.Changes, func(c term.Change) bool { return c.Field == "number" }) {
			t.Errorf("the law has changed by %v; expected the title, and not the number, which is as it was", law.Changes)
		}
		if !changed[w.item(id, "late").ID].New || changed[w.item(id, "draft").ID].New {
			t.Error("what is new is not told from what is not")
		}
		ok(t, second(do(w, "tha", w.desk.Later, review.Reply{Item: w.read(id, "draft")})))
		ok(t, second(do(w, "tha", w.desk.NotOurs, review.Reply{Item: w.read(id, "internal")})))
		ok(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{UnchangedIn: id})))
		want := map[string]term.ItemStatus{"law": term.ItemPending, "late": term.ItemPending, "draft": term.ItemPending, "internal": term.ItemNotOurs}
		for _, it := range w.items(id) {
			status, bulk := term.ItemConfirmed, true
			for name, s := range want {
				if w.id[name] == *it.RecordID {
					status, bulk = s, false
				}
			}
			if it.Status != status || it.Bulk != bulk {
				t.Errorf("%s is %s, in bulk %v; expected %s, %v", *it.RecordID, it.Status, it.Bulk, status, bulk)
			}
		}
		w.finish("tha", id)
		p, err := w.st.Client.PolicyDocument.Get(w.program(), w.id["policy"])
		ok(t, err)
		if p.VerifiedStatus != term.Verified {
			t.Errorf("the policy that was confirmed in bulk shows %s", p.VerifiedStatus)
		}
	})
}
