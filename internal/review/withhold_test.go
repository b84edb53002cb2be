package review_test

import (
	"slices"
	"strings"
	"testing"

	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
)

// withhold confirms that a record is right, but not for publication.
func (w *world) withhold(who string, cycle term.ID, name, reason string) error {
	in := review.Confirmation{Items: []review.ItemVersion{w.read(cycle, name)}, Hold: true, Reason: reason}
	return second(do(w, who, w.desk.Confirm, in))
}

// A record of one's own that is right, but not for publication, is restricted when the review is published, and counts as
// verified at that version. Until then nothing of it changes.
func TestWhatIsRightButNotForPublicationIsRestrictedWithThePublication(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		untouched := w.dumpBut("review_items", "log_entries")
		ok(t, w.withhold("tha", id, "law", "A case is before the court."))
		ok(t, w.withhold("tha", id, "policy", ""))
		ok(t, w.withhold("tha", id, "secret", "")) // which nobody else sees anyway
		for name, want := range map[string]term.ProposalKind{"law": term.ProposalUpdate, "policy": term.ProposalUpdate, "secret": term.NoProposal} {
			if it := w.item(id, name); it.Status != term.ItemConfirmed || !it.Hold || it.Proposal != want {
				t.Errorf("%s is %s, held %v, with the proposal %s; expected %s", name, it.Status, it.Hold, it.Proposal, want)
			}
		}
		if d := w.item(id, "law").Difference; len(d) != 1 || d[0].Field != "visibility" || *d[0].From != "PUBLIC" || *d[0].To != "RESTRICTED" {
			t.Errorf("it proposes %v", d)
		}
		if d := differing(w.dumpBut("review_items", "log_entries"), untouched); len(d) > 0 {
			t.Errorf("before the publication this was written: %v", d)
		}
		ok(t, second(do(w, "tha", w.desk.Reopen, review.Reply{Item: w.read(id, "policy")})))
		w.finish("tha", id)
		l, err := w.st.Client.Law.Get(w.program(), w.id["law"])
		ok(t, err)
		if l.Visibility != term.Restricted || l.Version != 2 || l.VerifiedStatus != term.Verified || *l.VerifiedBy != "Ministry tha" {
			t.Errorf("the law is %+v", l)
		}
		p, err := w.st.Client.PolicyDocument.Get(w.program(), w.id["policy"])
		ok(t, err)
		if p.Visibility != term.Public || p.Version != 1 {
			t.Errorf("the policy, which was confirmed without it in the end, is %+v", p)
		}
		h := w.history("law")
		if last := h[len(h)-1]; last.By != "Ministry tha" || *last.Reason != "A case is before the court." {
			t.Errorf("history tells %+v", last)
		}
		verified, err := review.VerificationsOf(w.program(), w.st.Client, []term.ID{w.id["law"]})
		ok(t, err)
		if v := verified[w.id["law"]]; len(v) != 1 || v[0].Status != term.Verified {
			t.Errorf("the verifications are %+v", v)
		}
	})
}

// Whoever answers for a record of others is asked once to restrict it, when the review is signed off: by the institution,
// with the records and the reason. Where nobody answers for one, the secretariat is asked.
func TestOwnersAreAskedToRestrictWhatIsNotForPublication(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.id["ngo"] = w.add(term.KindActor, input{"name": "Shelter", "kind": "NGO", "visibility": "PUBLIC"})
		w.id["shelter"] = w.add(term.KindActivity, input{"title": "Shelter in Mae Sot", "states": []any{"THA"}, "implementers": []any{w.key("ngo")},
			"status": "IMPLEMENTATION", "visibility": "PUBLIC"})
		id := w.open("THA")
		for name, reason := range map[string]string{"training": "The place is not known.", "ended": "", "internal": "Names a source.", "shelter": "Its address."} {
			ok(t, w.withhold("tha", id, name, reason))
		}
		ok(t, w.withhold("tha", id, "law", "A case is before the court.")) // her own: it is restricted, and nobody is asked
		w.confirmAll("tha", id)
		w.told(t, "hold:", nil)
		w.complete("tha", id)
		asked := "hold:" + id.String() + ":"
		w.told(t, asked, []string{"iom", "unodc", "first", "second"}, "Ministry tha has checked these records", "You decide")
		w.told(t, asked+w.id["iom"].String(), []string{"iom"}, "Training ("+w.key("training")+")", "https://adam.example/activities/"+w.key("training"), "Reason: The place is not known.",
			"Ended course", "Reason: none was given")
		w.told(t, asked+w.id["unodc"].String(), []string{"unodc"}, "For members", "Reason: Names a source.")
		w.told(t, asked+"secretariat", []string{"first", "second"}, "Shelter in Mae Sot", "Reason: Its address.")
		for name, m := range w.letters(t, asked) {
			if strings.Contains(m.Body, "court") || name != "iom" && strings.Contains(m.Body, "Training") || m.CycleID != id {
				t.Errorf("the letter to %s says too much: %s", name, m.Body)
			}
		}
		if g := w.letters(t, asked)["iom"].GrantID; g == 0 {
			t.Error("the letter to the reporter does not hang on her role")
		}
		ok(t, reasoned(w, "first", w.desk.Return, id, "Look again."))
		w.complete("tha", id)
		if n := len(w.letters(t, "hold:")); n != 4 {
			t.Errorf("after it was signed again there are %d letters", n)
		}
	})
}

// What is said of one record is not said of all that is unchanged at once.
func TestInBulkNothingIsSaidBesides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, yes := w.open("THA"), true
		for _, in := range []review.Confirmation{{Hold: true}, {ActiveHere: &yes}, {Authority: "Police"}, {Reason: "As before."}} {
			in.UnchangedIn = id
			refused(t, second(do(w, "tha", w.desk.Confirm, in)), fault.Invalid, "Name the items", "input.notForPublication")
		}
		f := refused(t, second(do(w, "vnm", w.desk.Confirm, review.Confirmation{UnchangedIn: id})), fault.Forbidden, "your own chapter")
		if slices.Contains(f.Fields, "input.cycle") {
			t.Errorf("it names %v, which this request does not have", f.Fields)
		}
	})
}
