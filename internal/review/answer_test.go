package review_test

import (
	"testing"

	"adam/ent"
	"adam/ent/recordverification"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"
)

// answers are all ways to answer an item, as somebody, with a letter or without.
func (w *world) answers(who string, cycle term.ID, name, letter string) map[string]error {
	v := w.read(cycle, name)
	reply := review.Reply{Item: v, Reason: "Because it is so.", Letter: letter}
	out := map[string]error{}
	_, out["confirm"] = do(w, who, w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{v}, Letter: letter})
	fix := w.correction(cycle, name, "Another title")
	fix.Letter = letter
	_, out["correct"] = do(w, who, w.desk.Correct, fix)
	_, out["dispute"] = do(w, who, w.desk.Dispute, reply)
	_, out["not ours"] = do(w, who, w.desk.NotOurs, reply)
	_, out["later"] = do(w, who, w.desk.Later, reply)
	_, out["withdraw"] = do(w, who, w.desk.Withdraw, reply)
	_, out["reopen"] = do(w, who, w.desk.Reopen, reply)
	return out
}

// Only whoever is asked answers. Everybody else does not even know what is asked before it is published.
func TestOnlyWhoeverIsAskedAnswers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		before := w.dump()
		for _, who := range []string{"vnm", "iom", "unodc", "member", "coordinator", "administrator"} {
			for what, err := range w.answers(who, id, "law", "") {
				f := refused(t, err, fault.NotFound, "no item")
				if len(f.Details) > 0 {
					t.Errorf("%s by %s: %v", what, who, f.Details)
				}
			}
			for what, err := range map[string]error{
				"bulk":     second(do(w, who, w.desk.Confirm, review.Confirmation{UnchangedIn: id})),
				"add":      second(do(w, who, w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law", Input: input{"title": "x"}})),
				"complete": second(do(w, who, w.desk.Complete, review.SignOff{Cycle: id, Statement: "All is right."})),
				"accept":   second(do(w, who, w.desk.Accept, id)),
				"decline":  reasoned(w, who, w.desk.Decline, id, "We will not."),
			} {
				if k := fault.KindOf(err); err == nil || k != fault.Forbidden && k != fault.NotFound {
					t.Errorf("%s by %s: %v", what, who, err)
				}
			}
		}
		for what, err := range w.answers("first", id, "law", "") {
			refused(t, err, fault.Invalid, "name the letter", "input.letter")
			_ = what
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
	})
}

func second(_ term.ID, err error) error { return err }

// The secretariat enters answers on behalf of a State with the letter, and may what the State may, no more.
func TestTheSecretariatAnswersOnBehalfWithTheLetter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		fix := w.correction(id, "law", "As the letter says")
		fix.Letter = "Note 12 of 3 May"
		_, err := do(w, "first", w.desk.Correct, fix)
		ok(t, err)
		it := w.item(id, "law")
		if it.Status != term.ItemCorrected || it.Letter == nil || *it.Letter != "Note 12 of 3 May" || *it.By != "Ministry first" {
			t.Errorf("the item is %+v", it)
		}
		_, err = do(w, "first", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law", Letter: "Note 12",
			Input: with(input{"title": "A law of Viet Nam", "state": "VNM", "status": "IN_FORCE"})})
		refused(t, err, fault.Forbidden, "You can make records only that you answer for")
	})
}

// Each answer leaves the item as the model says, and writes nothing but the item.
func TestAnswersStayOnTheirItems(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		catalogue := w.dumpBut("review_items")
		reply := func(name, reason string) review.Reply { return review.Reply{Item: w.read(id, name), Reason: reason} }
		yes := true
		confirm := func(name string, in review.Confirmation) func() error {
			return func() error {
				in.Items = []review.ItemVersion{w.read(id, name)}
				return second(do(w, "tha", w.desk.Confirm, in))
			}
		}
		for _, c := range []struct {
			name     string
			do       func() error
			status   term.ItemStatus
			proposal term.ProposalKind
			right    func(*ent.ReviewItem) bool
		}{
			{"policy", confirm("policy", review.Confirmation{}), term.ItemConfirmed, term.NoProposal, func(it *ent.ReviewItem) bool { return !it.Hold && !it.Bulk }},
			{"police", confirm("police", review.Confirmation{Hold: true}), term.ItemConfirmed, term.ProposalUpdate,
				func(it *ent.ReviewItem) bool { return it.Hold && it.Input["visibility"] == "RESTRICTED" }},
			{"treaty", confirm("treaty", review.Confirmation{Reason: "As signed."}), term.ItemConfirmed, term.NoProposal,
				func(it *ent.ReviewItem) bool { return !it.Hold && *it.Reason == "As signed." }},
			{"ended", confirm("ended", review.Confirmation{ActiveHere: &yes, Authority: "Police"}), term.ItemConfirmed, term.NoProposal,
				func(it *ent.ReviewItem) bool { return *it.ActiveHere && *it.Authority == "Police" }},
			{"law", func() error { return second(do(w, "tha", w.desk.Correct, w.correction(id, "law", "Another"))) }, term.ItemCorrected, term.ProposalUpdate,
				func(it *ent.ReviewItem) bool { return len(it.Difference) > 0 && it.Input["title"] == "Another" }},
			{"draft", func() error { return second(do(w, "tha", w.desk.Withdraw, reply("draft", "Never adopted."))) }, term.ItemWithdrawn, term.ProposalWithdraw,
				func(it *ent.ReviewItem) bool { return *it.Reason == "Never adopted." }},
			{"training", func() error { return second(do(w, "tha", w.desk.Dispute, reply("training", "Never held."))) }, term.ItemDisputed, term.NoProposal,
				func(it *ent.ReviewItem) bool { return *it.Reason == "Never held." }},
			{"internal", func() error { return second(do(w, "tha", w.desk.NotOurs, reply("internal", ""))) }, term.ItemNotOurs, term.NoProposal,
				func(it *ent.ReviewItem) bool { return it.Reason == nil }},
			{"secret", func() error { return second(do(w, "tha", w.desk.Later, reply("secret", "Ask the ministry."))) }, term.ItemPending, term.NoProposal,
				func(it *ent.ReviewItem) bool { return it.Later }},
			{"law", func() error { // an answer can be changed, and nothing of the one before stays
				done, err := do(w, "deputy", w.desk.Reopen, reply("law", ""))
				if done != w.item(id, "law").ID {
					t.Errorf("reopening gives %s", done)
				}
				return err
			}, term.ItemPending, term.NoProposal, func(it *ent.ReviewItem) bool { return len(it.Difference) == 0 && it.Input == nil && it.Reason == nil }},
			{"training", confirm("training", review.Confirmation{}), term.ItemConfirmed, term.NoProposal, func(it *ent.ReviewItem) bool { return it.Reason == nil }},
		} {
			before := w.item(id, c.name)
			ok(t, c.do())
			it := w.item(id, c.name)
			if it.Status != c.status || it.Proposal != c.proposal || it.Version != before.Version+1 || it.At == "" || it.Person == 0 || !c.right(it) {
				t.Errorf("the item about %s is %+v", c.name, it)
			}
		}
		if d := differing(w.dumpBut("review_items"), catalogue); len(d) > 0 {
			t.Errorf("answering wrote %v", d)
		}
	})
}

// A correction is tried at once: what is wrong with it is told with its place in the request, and nothing is kept.
func TestACorrectionIsTriedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		before := w.dump()
		on := func(name string, in input) review.Correction {
			c := w.correction(id, name, "x")
			c.Input = in
			c.Input["key"], c.Input["version"] = w.key(name), w.version(name)
			return c
		}
		other := on("law", input{"title": "x"})
		other.Input["key"], other.Input["version"] = w.key("draft"), w.version("draft")
		kind := on("law", input{"title": "x"})
		kind.Kind, kind.Below = term.KindPolicy, "input.policy"
		bare := on("law", input{"title": "Without a document"})
		bare.Source = nil
		old := on("law", input{"title": "x"})
		old.Input["version"] = 7
		for _, c := range []struct {
			name   string
			in     review.Correction
			kind   fault.Kind
			words  string
			fields []string
		}{
			{"two mistakes", on("law", input{"status": "SOMETIMES", "year": "next"}), fault.Invalid, "", []string{"input.law.status", "input.law.year"}},
			{"no such field", on("law", input{"colour": "red"}), fault.Invalid, "cannot be written", []string{"input.law.colour"}},
			{"nothing changes", func() review.Correction {
				c := on("law", input{"title": "Act on trafficking"})
				c.Source = nil
				return c
			}(), fault.Invalid, "changes nothing", []string{"input.law"}},
			{"another record", other, fault.Invalid, "another record", []string{"input.law.key"}},
			{"another type", kind, fault.Invalid, "is about a", []string{"input.policy"}},
			{"no document", bare, fault.Invalid, "which document", []string{"input.law.sources"}},
			{"an old version of the record", old, fault.Conflict, "", []string{"input.law.version"}},
			{"to another State", on("law", input{"state": "VNM"}), fault.Forbidden, "nobody gives a record away", nil},
			{"of others", func() review.Correction {
				c := on("training", input{"title": "x"})
				c.Kind, c.Below = term.KindActivity, "input.activity"
				return c
			}(), fault.Forbidden, "dispute it with a reason", nil},
		} {
			_, err := do(w, "tha", w.desk.Correct, c.in)
			t.Log(c.name)
			refused(t, err, c.kind, c.words, c.fields...)
		}
		refused(t, second(do(w, "tha", w.desk.Withdraw, review.Reply{Item: w.read(id, "training"), Reason: "It goes."})), fault.Forbidden, "your own records only")
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
	})
}

// What an answer needs is asked for, and what contradicts itself is refused.
func TestAnAnswerThatSaysTooLittleIsInvalid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		before := w.dump()
		for what, err := range map[string]error{
			"disputing one's own":     second(do(w, "tha", w.desk.Dispute, review.Reply{Item: w.read(id, "law"), Reason: "It is wrong."})),
			"disputing without words": second(do(w, "tha", w.desk.Dispute, review.Reply{Item: w.read(id, "training")})),
			"one's own is not ours":   second(do(w, "tha", w.desk.NotOurs, review.Reply{Item: w.read(id, "law")})),
			"withdrawing in silence":  second(do(w, "tha", w.desk.Withdraw, review.Reply{Item: w.read(id, "law")})),
			"items and a cycle":       second(do(w, "tha", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{w.read(id, "law")}, UnchangedIn: id})),
			"neither":                 second(do(w, "tha", w.desk.Confirm, review.Confirmation{})),
		} {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
	})
}

// An item of another chapter's review cannot be told from one that does not exist.
func TestTheItemOfAnotherChapterDoesNotExist(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		viet := w.open("VNM")
		v := w.read(viet, "viet law")
		a := refused(t, second(do(w, "tha", w.desk.NotOurs, review.Reply{Item: v})), fault.NotFound, v.ID.String())
		unknown := term.NewID(term.KindReviewItem)
		b := refused(t, second(do(w, "tha", w.desk.NotOurs, review.Reply{Item: review.ItemVersion{ID: unknown, Version: 1}})), fault.NotFound, unknown.String())
		if len(a.Sentence) != len(b.Sentence) || len(a.Details)+len(b.Details) > 0 {
			t.Errorf("%q differs from %q", a.Sentence, b.Sentence)
		}
	})
}

// A record that its owner has taken out of sight since is not asked about any more: nobody confirms it unseen, and the
// review can be finished without it.
func TestARecordThatHasGoneIsNotAskedAbout(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		v := review.ItemVersion{ID: w.item(id, "training").ID, Version: 1}
		w.edit(w.who["iom"], "training", input{"visibility": "RESTRICTED"})
		refused(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{v}})), fault.NotFound, "no item")
		for _, it := range w.items(id) {
			if it.ID != v.ID {
				r := review.ItemVersion{ID: it.ID, Version: review.VersionOf(it, it.RecordVersion)}
				ok(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{r}})))
			}
		}
		w.complete("tha", id)
		w.publish(id)
		n, err := w.st.Client.RecordVerification.Query().Where(recordverification.RecordID(w.id["training"])).Count(testdb.Context(t))
		ok(t, err)
		if n != 0 {
			t.Error("a record that nobody looked at was verified")
		}
	})
}

// What was added goes by reopening it; after that nobody is asked about it.
func TestAnAdditionIsTakenBackByReopeningIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		n := len(w.items(id))
		added, err := do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law",
			Input: with(input{"title": "New act", "state": "THA", "status": "IN_FORCE"})})
		ok(t, err)
		it, err := w.st.Client.ReviewItem.Get(testdb.Context(t), added)
		ok(t, err)
		v := review.ItemVersion{ID: added, Version: review.VersionOf(it, 0)}
		if all := w.items(id); len(all) != n+1 || all[n].ID != added || it.Proposal != term.ProposalCreate || it.RecordID != nil {
			t.Errorf("the item is %+v, one of %d", it, len(all))
		}
		refused(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{v}})), fault.Invalid, "added yourself")
		ok(t, second(do(w, "tha", w.desk.Reopen, review.Reply{Item: v})))
		if len(w.items(id)) != n {
			t.Error("it is still there")
		}
		_, err = do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law", Input: input{"state": "THA"}})
		refused(t, err, fault.Invalid, "", "input.law.title", "input.law.status", "input.law.sources")
	})
}
