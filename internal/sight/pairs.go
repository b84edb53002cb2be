package sight

import (
	"context"

	"adam/internal/term"
)

// pairs are shown with both of their activities, or not at all; what is not settled as one or as related, only to those who
// answer for one of the two, coordinators and the secretariat, and in no edition.
func (w *World) pairs(ctx context.Context) {
	for label, of := range map[string][]string{
		"pair-public": {"activity-public-iom", "activity-public-unodc"}, "pair-hidden": {"activity-public-iom", "activity-restricted-iom"},
		"pair-members": {"activity-public-iom", "activity-members-none"}, "pair-of-two-hidden": {"activity-restricted-iom", "activity-restricted-unodc"},
		"pair-withdrawn": {"activity-public-iom", "activity-gone"}, "pair-shared": {"activity-shared-unodc-iom", "activity-restricted-unodc"},
	} {
		w.pair(ctx, label, w.on(of...), term.DecidedSame, of)
	}
	const both = Desk | Coordinator | Several
	for label, of := range map[string]struct {
		decision   term.OverlapDecision
		activities []string
		seen       Who
	}{
		"pair-open":             {term.OverlapOpen, []string{"activity-public-iom", "activity-public-unodc"}, both | IOM | UNODC},
		"pair-open-hidden":      {term.OverlapOpen, []string{"activity-public-iom", "activity-restricted-iom"}, Desk | IOM},
		"pair-open-of-members":  {term.DecidedOverlapping, []string{"activity-public-iom", "activity-members-none"}, both | IOM},
		"pair-distinct":         {term.OverlapDistinct, []string{"activity-members-none", "activity-public-unodc"}, both | UNODC},
		"pair-related":          {term.DecidedRelated, []string{"activity-public-unodc", "activity-members-none"}, SignedIn},
		"pair-coordinated-gone": {term.DecidedCoordinated, []string{"activity-public-iom", "activity-gone"}, Nobody},
	} {
		w.pair(ctx, label, of.seen, of.decision, of.activities)
	}
	id := w.row(term.KindOverlap, "pair-of-one", Nobody)
	w.c.Overlap.Create().SetID(id).SetKind(term.OverlapAssistance).SetScore("0.5").SetDecision(term.DecidedSame).SetReason(w.canary("pair-of-one")).
		AddActivityIDs(w.ID("activity-public-iom")).ExecX(ctx)
	weights := w.row(term.KindOverlapWeights, "weights", Nobody)
	w.c.OverlapWeights.Create().SetID(weights).SetVersion(w.canary("weights")).SetLearntAt("2026-10-03T00:00:00Z").SetDecisions(50).SetLossBefore("0.5").SetLossAfter("0.4").
		SetUsed(true).SetWeights(w.canary("weights")).SetWords([]term.TaughtWords{{A: w.canary("weights"), B: "taught", Times: 1}}).ExecX(ctx)
	w.miss(Everyone, "UPDATE overlaps SET person = 0, compared = '', merge = NULL, lesson = NULL")
	w.miss(Everyone&^both, "UPDATE overlaps SET assigned_to = 0, assignee = NULL, changed = FALSE, steps = '[]'")
	w.miss(Readers, "UPDATE overlaps SET score = '', rank = 0, seen = NULL")
}

func (w *World) pair(ctx context.Context, label string, seen Who, d term.OverlapDecision, of []string) {
	id, says := w.row(term.KindOverlap, label, seen), w.canary(label)
	w.c.Overlap.Create().SetID(id).SetKind(term.OverlapSameActivity).SetScore("0.9").SetRank(900).SetDecision(d).SetReason("Reason "+says).
		SetDecidedBy("Institution "+says).SetDecidedAt("2026-10-02T00:00:00Z").SetPerson(term.HashID(term.KindPerson, "sight", "person-several")).
		SetAssignedTo(term.HashID(term.KindPerson, "sight", "person-coordinator")).SetAssignee("Assignee of "+says).SetChanged(true).SetCompared("digest").
		SetSeen(&term.PairSeen{Weights: "2", Same: map[string]string{"title": "all words"}, Reasons: []string{"Reason of " + says}, Rare: []term.RareWord{{Word: says, Titles: 1}}, Titles: 9}).
		SetLesson(&term.PairLesson{{"left " + says}, {"right " + says}}).
		SetMerge(&term.Merge{Kept: w.ID(of[0]), Fields: []term.MergedField{{Name: "summary", Before: "Before " + says}}}).
		SetSteps([]term.OverlapStep{{Decision: d, Reason: "Once " + says, By: "Institution " + says, At: "2026-10-01T12:00:00Z"}}).
		AddActivityIDs(w.ID(of[0]), w.ID(of[1])).ExecX(ctx)
}
