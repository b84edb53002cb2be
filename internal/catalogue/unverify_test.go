package catalogue_test

import (
	"context"
	"testing"

	"adam/ent"
	"adam/ent/recordverification"
	"adam/internal/access"
	"adam/internal/term"
)

// verified lets a State verify a record, and gives it a focal point with an account.
func (w *world) verified(record term.ID) (focal term.ID) {
	w.t.Helper()
	err := w.st.InTx(w.system(), func(ctx context.Context, tx *ent.Tx) error {
		focal = tx.Person.Create().SetEmail("focal@tha.example").SetCreatedAt("2026-01-01T00:00:00Z").SaveX(ctx).ID
		tx.Grant.Create().SetPersonID(focal).SetRole(access.FocalPoint).SetChapterID(w.thailand).SetGivenAt("2026-01-01T00:00:00Z").ExecX(ctx)
		tx.RecordVerification.Create().SetRecordID(record).SetChapterID(w.thailand).SetCycleID(1).SetRecordVersion(1).SetStatus(term.Verified).
			SetBy("Ministry of Interior").SetVerifiedOn("2026-02-01").SetVerifiedUntil("2027-02-01").ExecX(ctx)
		_, err := tx.ExecContext(ctx, "UPDATE laws SET verified_status = 'VERIFIED', verified_by = 'Ministry of Interior', verified_on = '2026-02-01', verified_until = '2027-02-01'")
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return focal
}

// The review cycle: editing a verified record outside a cycle returns it to unverified and tells the verifier.
func TestAChangedFactIsUnverifiedAndItsVerifierIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		law := w.add(term.KindLaw, input{"title": "Immigration Act", "state": "THA", "status": "IN_FORCE"})
		focal := w.verified(law)
		letters := func() []*ent.Mail { return w.st.Client.Mail.Query().AllX(w.system()) }
		status := func() term.VerificationStatus {
			return w.st.Client.RecordVerification.Query().Where(recordverification.RecordID(law)).OnlyX(w.system()).Status
		}
		w.change(w.keeper, term.KindLaw, input{"key": "immigration-act", "version": 1, "note": "Housekeeping."})
		if n := len(letters()); n != 0 || status() != term.Verified {
			t.Errorf("housekeeping unverifies: %d letters, %s", n, status())
		}
		w.change(w.keeper, term.KindLaw, input{"key": "immigration-act", "version": 2, "number": "B.E. 2522"})
		l := w.st.Client.Law.GetX(w.system(), law)
		if l.VerifiedStatus != term.Unverified || l.VerifiedBy != nil || l.VerifiedUntil != "" || status() != term.Unverified {
			t.Errorf("after a change of facts the law is %s, the verification %s", l.VerifiedStatus, status())
		}
		all := letters()
		if len(all) != 1 || all[0].Person != focal || all[0].GrantID == 0 {
			t.Fatalf("the letters are %v", all)
		}
		w.change(w.keeper, term.KindLaw, input{"key": "immigration-act", "version": 3, "number": "B.E. 2523"})
		if n := len(letters()); n != 1 {
			t.Errorf("what is unverified already is told again: %d letters", n)
		}
	})
}
