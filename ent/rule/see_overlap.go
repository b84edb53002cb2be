//go:build !codegen

package rule

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// seenOverlap: a pair is never shown with one of its activities. What is settled as one activity, or as related, everybody
// sees who sees both; whether two may be one, or give the same assistance twice, is between those who answer for one of
// them, coordinators and the secretariat, and in no edition. Who decides, who looks at a pair and what was said before is for those who coordinate; how
// likely it is rests on what members see, which readers of an edition do not. What a merge has changed only the program reads.
func seenOverlap() Table {
	return Table{
		Rows:    betweenParties,
		Through: &Through{Table: "activity_overlaps", Own: "overlap_id", Other: "activity_id", Of: "activities", Both: true},
		Replace: []Replacement{
			{Column: "score", When: inEditions, As: "''"}, {Column: "rank", When: inEditions, As: "0"},
			{Column: "compared", When: everyone, As: "''"}, {Column: "merge", When: everyone, As: "NULL"},
			{Column: "seen", When: inEditions, As: "NULL"}, {Column: "lesson", When: everyone, As: "NULL"},
			{Column: "person", When: everyone, As: "0"},
			{Column: "assigned_to", When: others, As: "0"}, {Column: "assignee", When: others, As: "NULL"},
			{Column: "changed", When: others, As: "FALSE"}, {Column: "steps", When: others, As: "'[]'"},
		},
	}
}

// coordinates says that a seer looks after overlaps, in the working store.
func coordinates(s Seer) bool { return s.keeps() && (s.Has(access.Coordinator) || s.SeesAll()) }

// others holds for everybody who does not coordinate.
func others(s Seer) string {
	if coordinates(s) {
		return ""
	}
	return EveryRow
}

func betweenParties(s Seer) string {
	if coordinates(s) {
		return EveryRow
	}
	party := "FALSE"
	if mine := ownedActivity(s, "a"); s.keeps() && mine != "FALSE" {
		party = fmt.Sprintf("EXISTS (SELECT 1 FROM {raw}activity_overlaps j JOIN {raw}activities a ON a.id = j.activity_id WHERE j.overlap_id = t.id AND (%s))", mine)
	}
	return either("t.decision IN ('SAME_ACTIVITY', 'RELATED')", party)
}

// MaySettle lets the viewer in the context decide on pairs of activities: coordinators and the secretariat.
func MaySettle(ctx context.Context) error {
	if v := access.From(ctx); v.Program || v.Audience == access.Working && (v.Has(access.Coordinator) || v.Has(access.Secretariat)) {
		return nil
	}
	return fault.New(fault.Forbidden, "Coordinators and the secretariat decide on overlaps. Write to them what you know of the two.")
}

// writeOverlap lets coordinators decide on a pair; only the program finds pairs, and none goes.
func writeOverlap(ctx context.Context, m mutation) error {
	if !m.Op().Is(ent.OpUpdate | ent.OpUpdateOne) {
		return errForbidden()
	}
	return MaySettle(ctx)
}

// AnswersForAny says whether the viewer in the context answers for one of some activities by an organisation of hers.
func AnswersForAny(ctx context.Context, c *ent.Client, activities []term.ID) (bool, error) {
	for _, id := range activities {
		if mine, err := Owns(ctx, c, id); err != nil || mine {
			return mine, err
		}
	}
	return false, nil
}
