package seed

import "slices"

// The chapters of a record follow from its States. Only actors.json states them; for the other files the rules below
// stand in one place, so that the loader and the accounts agree.

// ChaptersOfPolicy is the State's chapter, or the regional one where the file writes REG.
func ChaptersOfPolicy(p Policy) []string {
	if p.Country == RegionalPolicy {
		return []string{RegionalChapter}
	}
	return []string{p.Country}
}

// ChaptersOfMechanism is every member State that has a chapter, and the regional chapter where the mechanism is
// regional: an agreement of two States stands in both their chapters.
func (f *Files) ChaptersOfMechanism(m Mechanism) []string {
	return f.chapters(m.Members, m.Scope == "regional")
}

// ChaptersOfActivity is every State in countries, and the regional chapter where the activity says it is regional. A
// State in other_countries takes part without the activity entering its chapter, even where it has one.
func (f *Files) ChaptersOfActivity(a Activity) []string {
	return f.chapters(a.Countries, a.Regional)
}

func (f *Files) chapters(states []string, regional bool) []string {
	var out []string
	for _, code := range states {
		if slices.ContainsFunc(f.States, func(s State) bool { return s.ISO3 == code }) {
			out = append(out, code)
		}
	}
	if regional {
		out = append(out, RegionalChapter)
	}
	return out
}
