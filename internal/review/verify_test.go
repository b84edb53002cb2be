package review_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/recordverification"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"
)

// A record in several chapters says who has verified what; one that disputes it shows.
func TestARecordOfTwoChaptersSaysWhoVerifiedIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, code := range []string{"THA", "VNM"} {
			id, who := w.open(code), strings.ToLower(code)
			w.confirmAll(who, id)
			w.complete(who, id)
			w.publish(id)
			w.pass(48 * time.Hour)
			m, err := w.st.Client.CoordinationMechanism.Get(testdb.Context(t), w.id["treaty"])
			ok(t, err)
			if m.VerifiedStatus != term.Verified || *m.VerifiedBy != "Ministry "+who {
				t.Errorf("after %s it is %s by %s", code, m.VerifiedStatus, *m.VerifiedBy)
			}
		}
		all, err := w.st.Client.RecordVerification.Query().Where(recordverification.RecordID(w.id["treaty"])).Order(recordverification.ByVerifiedOn()).All(testdb.Context(t))
		ok(t, err)
		if len(all) != 2 || all[0].By != "Ministry tha" || all[1].By != "Ministry vnm" || all[0].VerifiedUntil >= all[1].VerifiedUntil {
			t.Errorf("the verifications are %v", all)
		}
	})
}

// One institution disputes a record that another verifies: it shows DISPUTED, whoever spoke last, until the one that
// disputes says otherwise.
func TestARecordShowsDisputedAsLongAsOneInstitutionDisputesIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.write(func(ctx context.Context, tx *ent.Tx) error { // the training takes place in both
			return tx.Activity.UpdateOneID(w.id["training"]).AddInChapterIDs(w.id["VNM"]).Exec(ctx)
		})
		shows := func(want term.VerificationStatus, by string) {
			t.Helper()
			a, err := w.st.Client.Activity.Get(testdb.Context(t), w.id["training"])
			ok(t, err)
			if a.VerifiedStatus != want || *a.VerifiedBy != by {
				t.Errorf("it shows %s by %s; expected %s by %s", a.VerifiedStatus, *a.VerifiedBy, want, by)
			}
		}
		round := func(code string, dispute bool) {
			t.Helper()
			id, who := w.open(code), strings.ToLower(code)
			if dispute {
				_, err := do(w, who, w.desk.Dispute, review.Reply{Item: w.read(id, "training"), Reason: "It never took place."})
				ok(t, err)
			}
			w.confirmAll(who, id)
			w.complete(who, id)
			w.publish(id)
			w.pass(48 * time.Hour)
		}
		round("THA", true)
		shows(term.Disputed, "Ministry tha")
		round("VNM", false)
		shows(term.Disputed, "Ministry tha")
		round("THA", true) // disputed again, while the first dispute waits for a decision
		shows(term.Disputed, "Ministry tha")
		round("THA", false)
		shows(term.Verified, "Ministry tha")
	})
}

// A verification lapses with the end of its last day where the chapter is that verified; that of an organisation, and
// what a record shows first, by the day of the region.
func TestAVerificationLapsesInTheZoneOfWhoeverVerified(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.write(func(ctx context.Context, tx *ent.Tx) error { // the treaty stands in a chapter to the west too
			return tx.CoordinationMechanism.UpdateOneID(w.id["treaty"]).AddInChapterIDs(w.id["AFG"]).Exec(ctx)
		})
		w.invite("afg", people.Invitation{Role: access.FocalPoint, Chapter: "AFG"})
		for _, code := range []string{"THA", "AFG"} {
			id := w.open(code)
			w.finish(strings.ToLower(code), id)
		}
		portfolio, err := do(w, "first", w.desk.OpenPortfolio, "iom")
		ok(t, err)
		w.finish("iom", portfolio)
		all, err := review.VerificationsOf(w.program(), w.st.Client, []term.ID{w.id["treaty"], w.id["training"]})
		ok(t, err)
		zones := map[string]string{}
		for _, v := range append(all[w.id["treaty"]], all[w.id["training"]]...) {
			zones[v.By.Name] = v.Zone
		}
		if zones["Ministry tha"] != "Asia/Bangkok" || zones["Ministry afg"] != "Asia/Kabul" || zones["Ministry iom"] != "" || len(zones) != 3 {
			t.Errorf("the days are counted in %v", zones)
		}
		for zone, end := range map[string]time.Time{"": time.Date(2027, 3, 1, 17, 0, 0, 0, time.UTC), "Asia/Kabul": time.Date(2027, 3, 1, 19, 30, 0, 0, time.UTC)} {
			v := &ent.Verification{Status: term.Verified, Until: "2027-03-01", Zone: zone}
			last, err := review.Standing(v, end.Add(-time.Second))
			ok(t, err)
			over, err := review.Standing(v, end)
			ok(t, err)
			if last != term.Verified || over != term.Lapsed {
				t.Errorf("in %q it is %s, then %s", zone, last, over)
			}
		}
	})
}

// What was confirmed and changed after is not verified: nobody has verified the new text.
func TestARecordChangedAfterItWasConfirmedIsNotVerified(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		w.confirmAll("tha", id)
		w.complete("tha", id)
		w.edit(w.who["iom"], "training", input{"summary": "Another text."})
		w.publish(id)
		a, err := w.st.Client.Activity.Get(testdb.Context(t), w.id["training"])
		ok(t, err)
		if a.VerifiedStatus != term.Unverified {
			t.Errorf("it shows %s", a.VerifiedStatus)
		}
		v, err := w.st.Client.RecordVerification.Query().Where(recordverification.RecordID(w.id["training"])).Only(testdb.Context(t))
		ok(t, err)
		if v.Status != term.Unverified || v.RecordVersion != 1 {
			t.Errorf("it is kept as %s at version %d; expected UNVERIFIED since version 1", v.Status, v.RecordVersion)
		}
	})
}
