package intake

import (
	"adam/ent/activity"
	"adam/ent/intakeentry"
	"adam/ent/rule"
	"adam/internal/term"
)

// lookKeys finds the activities that rows of a batch name by the key of the catalogue, and what the last import said of each.
func (in *taking) lookKeys(s *standing) (ids []term.ID, err error) {
	var keys []string
	for _, x := range in.batch {
		if x.Key != "" {
			keys = append(keys, x.Key)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	found, err := in.c.Activity.Query().Where(activity.KeyIn(keys...)).Select(activity.FieldID, activity.FieldKey).All(in.ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		s.keyed[a.Key], ids = a.ID, append(ids, a.ID)
	}
	entries, err := in.c.IntakeEntry.Query().Where(intakeentry.RecordIDIn(ids...), intakeentry.Current(true), intakeentry.IdentifierNEQ(""),
		intakeentry.OutcomeIn(term.IntakeCreated, term.IntakeChanged)).Order(intakeentry.ByVersion(), intakeentry.ByID()).All(rule.WithWithdrawn(in.ctx))
	for _, e := range entries {
		s.wrote[e.RecordID] = e
	}
	return ids, err
}
