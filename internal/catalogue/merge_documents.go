package catalogue

import (
	"slices"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/historyentry"
	"adam/ent/overlap"
	"adam/ent/source"
	"adam/internal/term"
)

// documents are those of the other record, which show what is taken from it.
func (m *merging) documents() ([]any, error) {
	all, err := rowsOf(m.tx.Source.Query().Where(source.RecordID(m.other.id()), source.TakenBack(false)).Order(ent.Asc(source.FieldPosition)).All(m.ctx))
	out := make([]any, 0, len(all))
	for _, r := range all[:min(len(all), longList)] {
		doc := map[string]any{}
		for i := range sourceFields {
			f := &sourceFields[i]
			if v := plain(r.get(f.column)); v != nil && v != "" {
				doc[f.name] = v
			}
		}
		out = append(out, doc)
	}
	return out, err
}

// returnDocuments takes those off the record that came with the other one, but for those that have shown something else since: a
// later change, or another record that was made one with this one, which they go with then.
func (m *merging) returnDocuments() error {
	if len(m.done.Sources) == 0 {
		return nil
	}
	brought, err := m.tx.Source.Query().Where(source.IDIn(m.done.Sources...), source.TakenBack(false)).All(m.ctx)
	if err != nil {
		return err
	}
	others, err := m.alsoMerged()
	if err != nil {
		return err
	}
	for _, s := range brought {
		used, err := m.tx.HistoryEntry.Query().Where(historyentry.SourceID(s.ID), historyentry.VersionNEQ(m.done.Version)).Exist(m.ctx)
		if err != nil {
			return err
		}
		if passed, err := m.passedOn(s, others); err != nil || used || passed {
			if err != nil {
				return err
			}
			continue
		}
		if err := m.tx.Source.UpdateOneID(s.ID).SetTakenBack(true).Exec(m.ctx); err != nil {
			return err
		}
	}
	return nil
}

// alsoMerged are the other decisions that have made records one with the kept one.
func (m *merging) alsoMerged() ([]*ent.Overlap, error) {
	all, err := m.tx.Overlap.Query().Where(overlap.DecisionEQ(term.DecidedSame), overlap.HasActivitiesWith(activity.ID(m.done.Kept))).Order(overlap.ByID()).All(operator(m.ctx))
	return slices.DeleteFunc(all, func(o *ent.Overlap) bool {
		return o.Merge == nil || o.Merge.Kept != m.done.Kept || o.Merge.Other == m.done.Other
	}), err
}

// passedOn lets a document that another record has too go with that one from now on.
func (m *merging) passedOn(s *ent.Source, others []*ent.Overlap) (bool, error) {
	for _, o := range others {
		also := m.tx.Source.Query().Where(source.RecordID(o.Merge.Other), source.TakenBack(false), source.Title(s.Title))
		if s.URL != nil {
			also.Where(source.URL(*s.URL))
		}
		if has, err := also.Exist(m.ctx); err != nil || !has {
			if err != nil {
				return false, err
			}
			continue
		}
		o.Merge.Sources = append(o.Merge.Sources, s.ID)
		return true, m.tx.Overlap.UpdateOneID(o.ID).SetMerge(o.Merge).Exec(operator(m.ctx))
	}
	return false, nil
}
