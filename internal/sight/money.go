package sight

import (
	"context"

	"adam/ent"
	"adam/internal/term"
)

// line is a line of money: who sees it is what its own visibility says, and at least one of its activities.
func (w *World) line(label string, v term.Visibility, seen Who, activities ...string) *ent.FundingCreate {
	id := w.row(term.KindFunding, label, seen)
	q := w.c.Funding.Create().SetID(id).SetVisibility(v).SetAmount(12_340_000).SetCurrency("USD").SetValueOn("2018").SetNote("Line " + w.canary(label))
	for _, a := range activities {
		q.AddActivityIDs(w.ID(a))
	}
	return q
}

func (w *World) money(ctx context.Context) {
	const public, hidden, other = "activity-public-iom", "activity-restricted-iom", "activity-restricted-unodc"
	anIOM, aUNODC := w.ID("actor iom"), w.ID("actor unodc")
	w.line("line-public", term.Public, Everyone, public).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-members", term.Members, SignedIn, public).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-restricted", term.Restricted, Desk|IOM, public).SetReporterID(anIOM).SetProviderID(aUNODC).ExecX(ctx)
	w.line("line-provided", term.Restricted, Desk|UNODC, public).SetProviderID(aUNODC).ExecX(ctx)
	w.line("line-received", term.Restricted, Desk|UNODC|IOM, public).SetProviderID(anIOM).SetReceiverID(aUNODC).ExecX(ctx)
	w.line("line-nobodys", term.Restricted, Desk, public).ExecX(ctx)
	w.line("line-alone", term.Public, Everyone).ExecX(ctx)
	w.line("line-alone-restricted", term.Restricted, Desk|IOM).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-of-hidden", term.Public, w.on(hidden), hidden).ExecX(ctx)
	w.line("line-of-two-hidden", term.Public, w.Row(hidden).Seen|w.Row(other).Seen, hidden, other).ExecX(ctx)
	w.line("line-of-withdrawn", term.Public, Nobody, "activity-gone").ExecX(ctx)
	w.line("line-of-hidden-anothers", term.Restricted, Desk|UNODC, other).SetReporterID(anIOM).ExecX(ctx) // shared with UNODC, whose activity it is
	w.c.Share.Create().SetID(w.row(term.KindShare, "share-of-hidden-line", Desk)).SetFundingID(w.ID("line-of-hidden-anothers")).SetActorID(aUNODC).
		SetBy("Owner").SetAt("2026-01-01T00:00:00Z").ExecX(ctx)
	w.c.Share.Create().SetID(w.row(term.KindShare, "share-of-before-it-was-public", Desk|IOM)).SetRecordID(w.ID(public)).SetActorID(aUNODC).
		SetBy("Owner").SetAt("2026-01-01T00:00:00Z").ExecX(ctx)
	w.c.Share.Create().SetID(w.row(term.KindShare, "share-of-withdrawn", Nobody)).SetRecordID(w.ID("law-gone")).SetActorID(aUNODC).
		SetBy("Owner").SetAt("2026-01-01T00:00:00Z").ExecX(ctx)
	w.line("package", term.Public, Everyone, public, hidden, other).ExecX(ctx)
	w.line("package-restricted", term.Restricted, Desk|IOM, public, other).SetReporterID(anIOM).ExecX(ctx)
	w.line("line-from-hidden", term.Public, Everyone, public).SetProviderID(w.ID("actor-restricted-none")).SetReceiverID(w.ID("actor-gone")).
		SetReporterID(w.ID("actor-members-tha")).SetUpstreamID(w.ID("line-restricted")).ExecX(ctx)
	w.line("line-shared-unodc", term.Restricted, Desk|IOM, public).SetReporterID(anIOM).ExecX(ctx)
	w.share(ctx, "line-shared-unodc", IOM, variants[3])
	w.line("line-shared-coordinators", term.Restricted, Desk|IOM, public).SetReporterID(anIOM).ExecX(ctx)
	w.share(ctx, "line-shared-coordinators", IOM, variants[4])
	share := w.row(term.KindShare, "share-with-hidden", Desk) // IOM owns the line, and may not see with whom
	w.c.Share.Create().SetID(share).SetFundingID(w.ID("line-restricted")).SetActorID(w.ID("actor-restricted-none")).SetBy("Owner").SetAt("2026-01-01T00:00:00Z").ExecX(ctx)
	w.allocations(ctx)
}

func (w *World) allocations(ctx context.Context) {
	for _, a := range []struct{ label, line, state string }{
		{"allocation-hidden-line", "line-restricted", "state THA"}, {"allocation-hidden-state", "line-public", "state-RESTRICTED"},
		{"allocation-members-state", "line-public", "state-MEMBERS"}, {"allocation-theme", "line-members", ""}, {"allocation", "line-public", "state THA"},
	} {
		seen := w.on(a.line)
		q := w.c.Allocation.Create().SetFundingID(w.ID(a.line)).SetPercentage("12.5")
		switch a.state {
		case "":
			q.SetTheme(term.Smuggling)
		case "state-RESTRICTED", "state-MEMBERS":
			seen &= w.on(a.state)
			fallthrough
		default:
			q.SetStateID(w.ID(a.state))
		}
		q.SetID(w.row(term.KindAllocation, a.label, seen)).ExecX(ctx)
	}
}

func (w *World) need(label string, v term.Visibility, id term.ID, state string) *ent.NeedCreate {
	return w.c.Need.Create().SetID(id).SetKey(w.canary(label)).SetTitle("Need " + w.canary(label)).SetGap("Gap " + w.canary(label)).SetVisibility(v).
		SetStateID(w.ID(state)).SetAssistanceType(term.AssistLegislative)
}

// needs are records of the State that has them.
func (w *World) needs(ctx context.Context) {
	for owner, sees := range map[string]Who{"THA": THA, "LAO": LAO | Several, "KHM": Nobody} {
		w.variants(ctx, term.KindNeed, "need", owner, sees, func(label string, v term.Visibility, id term.ID) {
			w.need(label, v, id, "state "+owner).SetAuthorityID(w.ID("actor-restricted-tha")).ExecX(ctx)
		})
	}
	for label, of := range map[string]struct {
		state string
		seen  Who
	}{
		"need-of-hidden-state": {"state-RESTRICTED", w.on("state-RESTRICTED")}, "need-of-withdrawn-state": {"state-gone", Nobody}, "need-gone": {"state THA", Nobody},
	} {
		w.need(label, term.Public, w.row(term.KindNeed, label, of.seen), of.state).ExecX(ctx)
	}
	for _, label := range []string{"need-public-THA", "need-restricted-THA", "need-members-LAO", "need-gone"} {
		source := "source-of-" + label
		w.c.Source.Create().SetID(w.part(term.KindSource, source, label)).SetRecordID(w.ID(label)).SetTitle("Report " + w.canary(source)).ExecX(ctx)
	}
}

// asked: needs, and what was asked and answered.
func (w *World) asked(ctx context.Context) {
	w.needs(ctx)
	q := w.row(term.KindQuestionnaire, "questionnaire", Everyone)
	w.c.Questionnaire.Create().SetID(q).SetKey("quokka-questions").SetTitle("Questions").SetKind("STATE").ExecX(ctx)
	r := w.row(term.KindResponse, "response", SignedIn)
	w.c.Response.Create().SetID(r).SetQuestionnaireID(q).SetChapterID(w.ID("chapter THA")).SetStatus("NOT_ANSWERED").SetNote(w.canary("response")).ExecX(ctx)
	r = w.row(term.KindResponse, "response-of-hidden", SignedIn)
	w.c.Response.Create().SetID(r).SetQuestionnaireID(q).SetActorID(w.ID("actor-restricted-none")).SetStatus("DECLINED").SetNote(w.canary("response-of-hidden")).ExecX(ctx)
}
