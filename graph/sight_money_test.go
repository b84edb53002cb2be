package graph_test

import (
	"context"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/term"
)

// line is a line of money: who sees it is what its own visibility says, and at least one of its activities.
func (w *world) line(label string, v term.Visibility, seen who, activities ...string) *ent.FundingCreate {
	id := w.row(term.KindFunding, label, seen)
	q := w.c.Funding.Create().SetID(id).SetVisibility(v).SetAmount(12_340_000).SetCurrency("USD").SetValueOn("2018").SetNote("Line " + w.canary(label))
	for _, a := range activities {
		q.AddActivityIDs(w.id(a))
	}
	return q
}

func (w *world) money(ctx context.Context) {
	const public, hidden, other = "activity-public-iom", "activity-restricted-iom", "activity-restricted-unodc"
	anIOM, aUNODC := w.id("actor iom"), w.id("actor unodc")
	w.line("line-public", term.Public, everyone, public).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-members", term.Members, signedIn, public).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-restricted", term.Restricted, desk|iom, public).SetReporterID(anIOM).SetProviderID(aUNODC).ExecX(ctx)
	w.line("line-provided", term.Restricted, desk|unodc, public).SetProviderID(aUNODC).ExecX(ctx)
	w.line("line-received", term.Restricted, desk|unodc|iom, public).SetProviderID(anIOM).SetReceiverID(aUNODC).ExecX(ctx)
	w.line("line-nobodys", term.Restricted, desk, public).ExecX(ctx)
	w.line("line-alone", term.Public, everyone).ExecX(ctx)
	w.line("line-alone-restricted", term.Restricted, desk|iom).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-of-hidden", term.Public, w.on(hidden), hidden).ExecX(ctx)
	w.line("line-of-two-hidden", term.Public, w.fixed(hidden).seen|w.fixed(other).seen, hidden, other).ExecX(ctx)
	w.line("line-of-withdrawn", term.Public, nobody, "activity-gone").ExecX(ctx)
	w.line("line-of-hidden-anothers", term.Restricted, desk|unodc, other).SetReporterID(anIOM).ExecX(ctx) // shared with UNODC, whose activity it is
	w.c.Share.Create().SetID(w.row(term.KindShare, "share-of-hidden-line", desk)).SetFundingID(w.id("line-of-hidden-anothers")).SetActorID(aUNODC).
		SetBy("Owner").SetAt("2026-01-01T00:00:00Z").ExecX(ctx)
	w.c.Share.Create().SetID(w.row(term.KindShare, "share-of-withdrawn", nobody)).SetRecordID(w.id("law-gone")).SetActorID(aUNODC).
		SetBy("Owner").SetAt("2026-01-01T00:00:00Z").ExecX(ctx)
	w.line("package", term.Public, everyone, public, hidden, other).ExecX(ctx)
	w.line("package-restricted", term.Restricted, desk|iom, public, other).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-from-hidden", term.Public, everyone, public).SetProviderID(w.id("actor-restricted-none")).SetReceiverID(w.id("actor-gone")).
		SetReporterID(w.id("actor-members-tha")).SetUpstreamID(w.id("line-restricted")).ExecX(ctx)
	w.line("line-shared-unodc", term.Restricted, desk|iom, public).SetReporterID(anIOM).ExecX(ctx)
	w.share(ctx, "line-shared-unodc", iom, variants[3])
	w.line("line-shared-coordinators", term.Restricted, desk|iom, public).SetReporterID(anIOM).ExecX(ctx)
	w.share(ctx, "line-shared-coordinators", iom, variants[4])
	share := w.row(term.KindShare, "share-with-hidden", desk) // IOM owns the line, and may not see with whom
	w.c.Share.Create().SetID(share).SetFundingID(w.id("line-restricted")).SetActorID(w.id("actor-restricted-none")).SetBy("Owner").SetAt("2026-01-01T00:00:00Z").ExecX(ctx)
	w.allocations(ctx)
}

func (w *world) allocations(ctx context.Context) {
	for _, a := range []struct{ label, line, state string }{
		{"allocation-hidden-line", "line-restricted", "state THA"}, {"allocation-hidden-state", "line-public", "state-RESTRICTED"},
		{"allocation-members-state", "line-public", "state-MEMBERS"}, {"allocation-theme", "line-members", ""}, {"allocation", "line-public", "state THA"},
	} {
		seen := w.on(a.line)
		q := w.c.Allocation.Create().SetFundingID(w.id(a.line)).SetPercentage("12.5")
		switch a.state {
		case "":
			q.SetTheme(term.Smuggling)
		case "state-RESTRICTED", "state-MEMBERS":
			seen &= w.on(a.state)
			fallthrough
		default:
			q.SetStateID(w.id(a.state))
		}
		q.SetID(w.row(term.KindAllocation, a.label, seen)).ExecX(ctx)
	}
}

// pairs are shown with both of their activities, or not at all.
func (w *world) pairs(ctx context.Context) {
	for label, of := range map[string][]string{
		"pair-public": {"activity-public-iom", "activity-public-unodc"}, "pair-hidden": {"activity-public-iom", "activity-restricted-iom"},
		"pair-members": {"activity-public-iom", "activity-members-none"}, "pair-of-two-hidden": {"activity-restricted-iom", "activity-restricted-unodc"},
		"pair-withdrawn": {"activity-public-iom", "activity-gone"}, "pair-shared": {"activity-shared-unodc-iom", "activity-restricted-unodc"},
	} {
		id := w.part(term.KindOverlap, label, of...)
		w.c.Overlap.Create().SetID(id).SetKind(term.OverlapSameActivity).SetScore("0.9").SetReason("Reason "+w.canary(label)).
			AddActivityIDs(w.id(of[0]), w.id(of[1])).ExecX(ctx)
	}
	id := w.row(term.KindOverlap, "pair-of-one", nobody)
	w.c.Overlap.Create().SetID(id).SetKind(term.OverlapAssistance).SetScore("0.5").SetReason(w.canary("pair-of-one")).AddActivityIDs(w.id("activity-public-iom")).ExecX(ctx)
}

// asked: needs, and what was asked and answered.
func (w *world) asked(ctx context.Context) {
	need := func(label string, v term.Visibility, state string, seen who) *ent.NeedCreate {
		id := w.row(term.KindNeed, label, seen)
		return w.c.Need.Create().SetID(id).SetKey(w.canary(label)).SetTitle("Need " + w.canary(label)).SetGap("Gap " + w.canary(label)).SetVisibility(v).SetStateID(w.id(state)).
			SetAssistanceType(term.AssistLegislative)
	}
	need("need-public", term.Public, "state THA", everyone).SetAuthorityID(w.id("actor-restricted-tha")).ExecX(ctx)
	need("need-members", term.Members, "state LAO", signedIn).ExecX(ctx)
	need("need-restricted-tha", term.Restricted, "state THA", desk|tha).ExecX(ctx)
	need("need-restricted-lao", term.Restricted, "state LAO", desk|lao|several).ExecX(ctx)
	need("need-of-hidden-state", term.Public, "state-RESTRICTED", w.on("state-RESTRICTED")).ExecX(ctx)
	need("need-of-withdrawn-state", term.Public, "state-gone", nobody).ExecX(ctx)
	q := w.row(term.KindQuestionnaire, "questionnaire", everyone)
	w.c.Questionnaire.Create().SetID(q).SetKey("quokka-questions").SetTitle("Questions").SetKind("STATE").ExecX(ctx)
	r := w.row(term.KindResponse, "response", signedIn)
	w.c.Response.Create().SetID(r).SetQuestionnaireID(q).SetChapterID(w.id("chapter THA")).SetStatus("NOT_ANSWERED").SetNote(w.canary("response")).ExecX(ctx)
	r = w.row(term.KindResponse, "response-of-hidden", signedIn)
	w.c.Response.Create().SetID(r).SetQuestionnaireID(q).SetActorID(w.id("actor-restricted-none")).SetStatus("DECLINED").SetNote(w.canary("response-of-hidden")).ExecX(ctx)
}

// theSecret stands where nothing is ever shown to anybody.
const theSecret = "quokka-secret-of-an-account"

// people have accounts, which they and administrators see.
func (w *world) people(ctx context.Context) {
	const at = "2026-01-01T00:00:00Z"
	for _, v := range (everyone &^ anonymous).each() {
		label := "person-" + v.String()
		id := w.row(term.KindPerson, label, v|administrator)
		w.c.Person.Create().SetID(id).SetEmail(w.canary(label) + "@example.org").SetName("Name " + w.canary(label)).SetPasswordHash(theSecret).SetCreatedAt(at).ExecX(ctx)
	}
	p := w.id("person-iom")
	own := func(kind term.Kind, label string) (term.ID, string) {
		return w.row(kind, label, iom|administrator), w.canary(label)
	}
	id, s := own(term.KindGrant, "grant")
	w.c.Grant.Create().SetID(id).SetPersonID(p).SetRole(access.Member).SetGivenAt(at).SetEndedReason(s).ExecX(ctx)
	id, s = own(term.KindPasskey, "passkey")
	w.c.Passkey.Create().SetID(id).SetPersonID(p).SetHandle(theSecret).SetCredential(theSecret).SetName(s).SetCreatedAt(at).ExecX(ctx)
	id, s = own(term.KindLogin, "login")
	w.c.Login.Create().SetID(id).SetPersonID(p).SetIssuer(s).SetSubject(s).SetCreatedAt(at).ExecX(ctx)
	id, _ = own(term.KindInvitation, "invitation")
	w.c.Invitation.Create().SetID(id).SetPersonID(p).SetKind(term.LinkReset).SetSecretHash(theSecret).SetCreatedAt(at).SetExpiresAt(at).ExecX(ctx)
	id, s = own(term.KindSession, "session")
	w.c.Session.Create().SetID(id).SetPersonID(p).SetTokenHash(theSecret).SetData([]byte(theSecret)).SetClient(s).SetCreatedAt(at).SetExpiresAt(at).ExecX(ctx)
	id, s = own(term.KindToken, "token")
	w.c.Token.Create().SetID(id).SetPersonID(p).SetName(s).SetSecretHash(theSecret).SetScopes([]access.Scope{access.ScopeRead}).SetCreatedAt(at).SetExpiresAt(at).ExecX(ctx)
	id, _ = own(term.KindOnce, "once")
	w.c.OnceKey.Create().SetID(id).SetPerson(p).SetKey(theSecret).SetRequestHash(theSecret).SetResult(p).SetAt(at).ExecX(ctx)
	w.c.LogEntry.Create().SetID(term.HashID(term.KindLogEntry, "sight")).SetSeq(1_000_000).SetAt(at).SetKind(term.LogDenied).SetSummary(theSecret).SetPrevious("0").SetHash("1").ExecX(ctx)
	w.c.LogDetail.Create().SetEntryID(term.HashID(term.KindLogEntry, "sight")).SetSalt("salt").SetText(theSecret).ExecX(ctx)
}
