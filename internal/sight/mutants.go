package sight

import (
	"maps"
	"slices"

	"adam/ent/rule"
)

// Mutant is a rule of reading that was broken in one of its aspects.
type Mutant struct {
	Name, Table string
	Broken      rule.Table
}

// Mutants breaks every rule of reading in every one of its aspects.
func (s *Sight) Mutants() []Mutant {
	var out []Mutant
	all := rule.Tables()
	always := func(rule.Seer) string { return rule.EveryRow }
	for _, table := range slices.Sorted(maps.Keys(all)) {
		add := func(aspect string, change func(*rule.Table)) {
			r := all[table]
			change(&r)
			out = append(out, Mutant{table + " " + aspect, table, r})
		}
		if s.limits(all[table].Rows) {
			add("rows", func(r *rule.Table) { r.Rows = always })
		}
		for i, column := range all[table].Needs {
			add("needs "+column, func(r *rule.Table) { r.Needs = slices.Delete(slices.Clone(r.Needs), i, i+1) })
		}
		if all[table].Through != nil {
			add("through", func(r *rule.Table) { r.Through = nil })
		}
		if all[table].Anchors {
			add("anchors", func(r *rule.Table) { r.Anchors = false })
		}
		for i, p := range all[table].Replace {
			add("replace "+p.Column+" "+p.Mark, func(r *rule.Table) { r.Replace = slices.Delete(slices.Clone(r.Replace), i, i+1) })
		}
	}
	for _, table := range slices.Sorted(maps.Keys(rule.Private)) {
		out = append(out, Mutant{table + " private", table, rule.Table{Rows: always}})
	}
	return out
}

// limits tells whether a condition hides a row from some viewer.
func (s *Sight) limits(c rule.Condition) bool {
	return slices.ContainsFunc(Everyone.Each(), func(v Who) bool { return c(rule.Seer{Viewer: s.World.Viewer(v)}) != rule.EveryRow })
}
