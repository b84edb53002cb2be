package rule_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// deed is something that a person may try to write, and who may: the table of model.md, Who owns what.
type deed struct {
	kind string
	what string
	do   func(context.Context, *ent.Client, *realm) error
	may  string // viewers beside the secretariat, separated by commas
}

// deeds hold one row for each kind of record and each kind of owner, and one for each kind of part.
var deeds = []deed{
	{"State", "State", func(x ctx, c client, r *realm) error { return c.State.UpdateOneID(r.id["THA"]).SetNote("x").Exec(x) }, ""},
	{"Actor", "state authority", func(x ctx, c client, r *realm) error {
		return c.Actor.UpdateOneID(r.id["thai police"]).SetNote("x").Exec(x)
	}, "THA"},
	{"Actor", "authority of a State without a chapter", func(x ctx, c client, r *realm) error {
		return c.Actor.UpdateOneID(r.id["australian police"]).SetNote("x").Exec(x)
	}, "afp"},
	{"Actor", "organisation", func(x ctx, c client, r *realm) error { return c.Actor.UpdateOneID(r.id["iom"]).SetNote("x").Exec(x) }, "iom"},
	{"Law", "law", func(x ctx, c client, r *realm) error { return c.Law.UpdateOneID(r.id["law"]).SetNote("x").Exec(x) }, "THA"},
	{"Policy", "policy", func(x ctx, c client, r *realm) error {
		return c.PolicyDocument.UpdateOneID(r.id["policy"]).SetNote("x").Exec(x)
	}, "THA"},
	{"Policy", "regional policy", func(x ctx, c client, r *realm) error {
		return c.PolicyDocument.UpdateOneID(r.id["regional policy"]).SetNote("x").Exec(x)
	}, "REGIONAL"},
	{"CoordinationMechanism", "national mechanism", func(x ctx, c client, r *realm) error {
		return c.CoordinationMechanism.UpdateOneID(r.id["committee"]).SetNote("x").Exec(x)
	}, "THA"},
	{"CoordinationMechanism", "bilateral mechanism", func(x ctx, c client, r *realm) error {
		return c.CoordinationMechanism.UpdateOneID(r.id["treaty"]).SetNote("x").Exec(x)
	}, "THA,LAO"},
	{"CoordinationMechanism", "regional mechanism", func(x ctx, c client, r *realm) error {
		return c.CoordinationMechanism.UpdateOneID(r.id["process"]).SetNote("x").Exec(x)
	}, "office,REGIONAL"},
	{"Activity", "activity that nobody reports", func(x ctx, c client, r *realm) error {
		return c.Activity.UpdateOneID(r.id["training"]).SetNote("x").Exec(x)
	}, "iom"},
	{"Activity", "activity with a reporter", func(x ctx, c client, r *realm) error {
		return c.Activity.UpdateOneID(r.id["reported"]).SetNote("x").Exec(x)
	}, "unodc"},
	{"Activity", "new activity", func(x ctx, c client, r *realm) error {
		return c.Activity.Create().SetKey("new").SetTitle("New").Exec(x)
	}, "iom,unodc,thai reporter,afp,office"},
	{"Funding", "line of its provider", func(x ctx, c client, r *realm) error { return c.Funding.UpdateOneID(r.id["line"]).SetNote("x").Exec(x) }, "iom"},
	{"Funding", "line with a reporter", func(x ctx, c client, r *realm) error {
		return c.Funding.UpdateOneID(r.id["reported line"]).SetNote("x").Exec(x)
	}, "unodc"},
	{"Need", "need", func(x ctx, c client, r *realm) error { return c.Need.UpdateOneID(r.id["need"]).SetGap("x").Exec(x) }, "THA,coordinator"},
	{"Need", "need of an authority", func(x ctx, c client, r *realm) error {
		return c.Need.UpdateOneID(r.id["need of police"]).SetGap("x").Exec(x)
	}, "THA,thai reporter,coordinator"},
	{"Need", "need that names another's authority", func(x ctx, c client, r *realm) error {
		return c.Need.UpdateOneID(r.id["need of iom"]).SetGap("x").Exec(x)
	}, "THA,coordinator"},
	{"NeedOffer", "offer", func(x ctx, c client, r *realm) error {
		return c.NeedOffer.Create().SetNeedID(r.id["need"]).SetOrganisationID(r.id["iom"]).SetStatement("x").SetBy("x").SetPerson(1).SetAt(term.Now()).Exec(x)
	}, "iom"},
	{"Overlap", "decision on a pair", func(x ctx, c client, r *realm) error { return c.Overlap.Update().SetReason("x").Exec(x) }, "coordinator"},
	{"NeedOffer", "end of an offer", func(x ctx, c client, r *realm) error { return c.NeedOffer.Update().SetReason("x").Exec(x) }, "unodc,THA"},
	{"ConceptDismissal", "dismissal of a flag of a law", func(x ctx, c client, r *realm) error {
		return c.ConceptDismissal.Create().SetRecordID(r.id["law"]).SetCode("x").SetTextHash("x").SetReason("x").SetBy("x").SetPerson(1).SetAt(term.Now()).Exec(x)
	}, "THA"},
	{"Source", "source of a law", func(x ctx, c client, r *realm) error {
		return c.Source.Create().SetRecordID(r.id["law"]).SetTitle("x").Exec(x)
	}, "THA"},
	{"Relation", "relation of a law", func(x ctx, c client, r *realm) error { return emptied(c.Relation.Delete().Exec(x)) }, "THA"},
	{"Membership", "membership", func(x ctx, c client, r *realm) error { return c.Membership.Update().SetNote("x").Exec(x) }, ""},
	{"TreatyAction", "treaty action", func(x ctx, c client, r *realm) error { return c.TreatyAction.Update().SetNote("x").Exec(x) }, ""},
	{"LeadAuthority", "lead authority", func(x ctx, c client, r *realm) error { return c.LeadAuthority.Update().SetActorID(r.id["iom"]).Exec(x) }, ""},
	{"OtherName", "other name", func(x ctx, c client, r *realm) error { return c.OtherName.Update().SetName("x").Exec(x) }, "iom"},
	{"Contact", "contact", func(x ctx, c client, r *realm) error { return c.Contact.Update().SetValue("2").Exec(x) }, "iom"},
	{"Provision", "element of a law", func(x ctx, c client, r *realm) error { return c.Provision.Update().SetArticle("1").Exec(x) }, "THA"},
	{"Penalty", "penalty of a law", func(x ctx, c client, r *realm) error { return c.Penalty.Update().SetArticle("1").Exec(x) }, "THA"},
	{"Amendment", "amendment of a law", func(x ctx, c client, r *realm) error { return c.Amendment.Update().SetTitle("x").Exec(x) }, "THA"},
	{"MechanismMember", "member of a regional mechanism", func(x ctx, c client, r *realm) error { return c.MechanismMember.Update().SetPosition(2).Exec(x) }, "office,REGIONAL"},
	{"ActivityState", "place of an activity", func(x ctx, c client, r *realm) error { return emptied(c.ActivityState.Delete().Exec(x)) }, "iom"},
	{"Participation", "partner in an activity", func(x ctx, c client, r *realm) error {
		return c.Participation.Create().SetActivityID(r.id["training"]).SetActorID(r.id["office"]).SetRole(term.Partner).Exec(x)
	}, "iom"},
	{"ExternalIdentifier", "identifier of an activity", func(x ctx, c client, r *realm) error { return c.ExternalIdentifier.Update().SetValue("x").Exec(x) }, "iom"},
	{"Allocation", "share of a line", func(x ctx, c client, r *realm) error { return c.Allocation.Update().SetPercentage("20").Exec(x) }, "iom"},
	{"OldKey", "old key of a law", func(x ctx, c client, r *realm) error {
		return c.OldKey.Create().SetRecordID(r.id["law"]).SetKind(term.RecordLaw).SetKey("older").Exec(x)
	}, "THA"},
	{"Share", "share of an activity", func(x ctx, c client, r *realm) error { return emptied(c.Share.Delete().Exec(x)) }, "iom"},
	{"Dispute", "dispute of an activity in its State, chapter or with its partner", func(x ctx, c client, r *realm) error {
		return c.Dispute.Create().SetRecordID(r.id["training"]).SetRecordVersion(1).SetVisibility(term.Public).SetStatement("No.").SetBy("x").
			SetPerson(access.From(x).Person).SetAt(term.Now()).Exec(x)
	}, "THA,LAO,unodc,not the secretariat"},
	{"Dispute", "decision of a dispute, or its end by whoever raised it", func(x ctx, c client, r *realm) error { return c.Dispute.Update().SetDecision("x").Exec(x) }, "LAO"},
}

// emptied makes the answer of a deletion an error.
func emptied(n int, err error) error { return err }

var errUndo = errors.New("undo")

// wrongs lists the deeds that somebody may do against the table, or may not.
func wrongs(t *testing.T, s *store.Store, r *realm) (out []string) {
	t.Helper()
	viewers := r.viewers()
	for _, d := range deeds {
		for name, v := range viewers {
			err := s.InTx(access.With(t.Context(), v), func(ctx context.Context, tx *ent.Tx) error {
				return errors.Join(d.do(ctx, tx.Client(), r), errUndo)
			})
			could := err.Error() == errUndo.Error()
			may := slices.Contains(strings.Split(d.may, ","), name) || name == "secretariat" && !strings.Contains(d.may, "not the secretariat")
			if could != may {
				out = append(out, fmt.Sprintf("%s by %s: could %v (%v)", d.what, name, could, err))
			}
		}
	}
	return out
}

// Model, Who owns what: the owner alone can correct; the other side can only dispute.
func TestRightsFollowTheTableOfOwners(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		for _, w := range wrongs(t, s, newRealm(t, s)) {
			t.Error(w)
		}
	})
}

func TestTheTableHasEveryKindThatPeopleWrite(t *testing.T) {
	for _, kind := range rule.PartsWritten() {
		if !slices.ContainsFunc(deeds, func(d deed) bool { return d.kind == kind }) {
			t.Errorf("nobody tries to write a %s", kind)
		}
	}
}

// Removing any single rule of writing or owning is noticed.
func TestEveryRuleOfWritingIsNeeded(t *testing.T) {
	s := testdb.Store(t, "sqlite3")
	r := newRealm(t, s)
	killed, all := 0, 0
	count := func(name string) {
		all++
		if len(wrongs(t, s, r)) == 0 {
			t.Errorf("%s: no test noticed", name)
			return
		}
		killed++
	}
	rule.MutateWriters(count)
	rule.MutateOwners(count)
	t.Logf("%d of %d mutants killed", killed, all)
}

// What nobody wrote a rule for is written by nobody but the program.
func TestWhatHasNoRuleIsWrittenByTheProgramAlone(t *testing.T) {
	s := testdb.Store(t, "sqlite3")
	r := newRealm(t, s)
	for name, v := range r.viewers() {
		ctx := access.With(t.Context(), v)
		for what, err := range map[string]error{
			"person":   s.Client.Person.Create().SetEmail(name).SetCreatedAt(term.Now()).Exec(ctx),
			"chapter":  s.Client.Chapter.Update().SetTitle("x").Exec(ctx),
			"edition":  s.Client.Edition.Create().SetNumber(1).SetDate("2026-01-01").SetReleasedAt(term.Now()).Exec(ctx),
			"rate":     s.Client.Rate.Create().SetCurrency("AUD").SetYear(2020).SetPerUsd("1").SetSource("x").Exec(ctx),
			"overlap":  s.Client.Overlap.Create().SetKind("SAME_ACTIVITY").SetScore("1").Exec(ctx),
			"record":   s.Client.Record.UpdateOneID(r.id["law"]).SetTitle("x").Exec(ctx),
			"log":      s.Client.LogEntry.Create().SetSeq(1).SetAt(term.Now()).SetKind(term.LogRole).SetSummary("x").SetPrevious("").SetHash("").Exec(ctx),
			"response": s.Client.Questionnaire.Create().SetKey("x").SetTitle("x").SetKind("STATE").Exec(ctx),
		} {
			if err == nil {
				t.Errorf("%s wrote a %s", name, what)
			}
		}
	}
}
