package seed

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// count says how many records of a list are so.
func count[T any](list []T, is func(T) bool) int {
	n := 0
	for _, item := range list {
		if is(item) {
			n++
		}
	}
	return n
}

func donorLines(f *Files) []Donor {
	var all []Donor
	for _, a := range f.Activities {
		all = append(all, a.Donors...)
	}
	return all
}

func neither(themes []string) bool {
	return !slices.Contains(themes, "trafficking") && !slices.Contains(themes, "smuggling")
}

func donorTwice(a Activity) bool {
	seen := map[string]bool{}
	return slices.ContainsFunc(a.Donors, func(d Donor) bool {
		twice := seen[d.Actor]
		seen[d.Actor] = true
		return twice
	})
}

func donorImplements(a Activity) bool {
	return slices.ContainsFunc(a.Donors, func(d Donor) bool { return slices.Contains(a.Implementers, d.Actor) })
}

func deskKnowledge(sources []Citation) int {
	return count(sources, func(s Citation) bool { return s.Publisher == "(none)" })
}

// lawThemes counts the pairs of law and theme whose listing (in themes) and reading (criminalises) differ as asked.
func lawThemes(f *Files, listed, offence bool) int {
	laws := map[string]bool{}
	for _, l := range f.Laws {
		for theme, reading := range map[string]string{"trafficking": l.CriminalisesTrafficking, "smuggling": l.CriminalisesSmuggling} {
			if slices.Contains(l.Themes, theme) == listed && (reading != "no") == offence {
				laws[l.Key+theme] = true
			}
		}
	}
	return len(laws)
}

func withoutRate(f *Files) int {
	known := map[string]bool{}
	for _, r := range f.Rates {
		known[r.Currency+strconv.Itoa(r.Year)] = true
	}
	return count(donorLines(f), func(d Donor) bool {
		return d.Amount != nil && d.Year != nil && !known[*d.Currency+strconv.Itoa(*d.Year)]
	})
}

func sharedKeys(f *Files) int {
	n := map[string]int{}
	for _, list := range []set{newChecker(f).laws, newChecker(f).policies, newChecker(f).mechanisms, newChecker(f).actors, newChecker(f).activities} {
		for key := range list {
			n[key]++
		}
	}
	return count(sortedKeys(n), func(key string) bool { return n[key] > 1 })
}

// irregularities are in the order of the table in docs/data.md.
func irregularities(f *Files) []int {
	return slices.Concat(irregularRegions(f), irregularMoney(f), irregularSubjects(f))
}

func irregularRegions(f *Files) []int {
	return []int{
		sharedKeys(f),
		count(f.Policies, func(p Policy) bool { return p.Country == RegionalPolicy }),
		count(f.Actors, func(a Actor) bool { return slices.Contains(a.Chapters, RegionalChapter) }),
		count(f.Activities, func(a Activity) bool { return a.Regional }),
		count(f.Mechanisms, func(m Mechanism) bool { return m.Scope == "regional" }),
		count(f.Activities, func(a Activity) bool { return a.Regional && len(a.Countries) < 2 }),
		count(f.Activities, func(a Activity) bool { return !a.Regional && len(a.Countries) >= 2 }),
		count(f.Activities, func(a Activity) bool { return len(a.Countries) == 0 }),
		count(f.Activities, func(a Activity) bool { return a.Start == nil }),
		count(f.Activities, func(a Activity) bool { return a.End == nil && a.Status == "completed" }),
		count(f.Activities, func(a Activity) bool { return len(a.Donors) == 0 }),
		count(f.Activities, func(a Activity) bool { return len(a.Implementers) == 0 }),
	}
}

func irregularMoney(f *Files) []int {
	lines := donorLines(f)
	return []int{
		len(lines),
		count(lines, func(d Donor) bool { return d.Amount == nil }),
		count(lines, func(d Donor) bool { return d.Amount == nil && d.Currency != nil }),
		count(lines, func(d Donor) bool { return d.Amount == nil && d.Year != nil }),
		count(lines, func(d Donor) bool { return d.Amount != nil && d.Year == nil }),
		count(f.Activities, donorTwice),
		count(f.Activities, donorImplements),
		count(lines, func(d Donor) bool {
			return d.Amount != nil && d.Note != nil && strings.Contains(*d.Note, "academic estimate")
		}),
	}
}

func irregularSubjects(f *Files) []int {
	states := newChecker(f).states
	citations := 0
	for _, a := range f.Actors {
		citations += deskKnowledge(a.Sources)
	}
	for _, a := range f.Activities {
		citations += deskKnowledge(a.Sources)
	}
	return []int{
		count(f.Activities, func(a Activity) bool {
			return slices.ContainsFunc(a.OtherCountries, func(code string) bool { return states[code] })
		}),
		count(f.Activities, func(a Activity) bool { return neither(a.Themes) }),
		count(f.Laws, func(l Law) bool { return neither(l.Themes) }),
		count(f.Mechanisms, func(m Mechanism) bool { return neither(m.Themes) }),
		count(f.Laws, func(l Law) bool { return l.Status == "amended" && len(l.AmendedBy) == 0 }),
		count(f.Laws, func(l Law) bool { return l.Adopted != nil && (*l.Adopted)[:4] != strconv.Itoa(l.Year) }),
		lawThemes(f, true, false),
		lawThemes(f, false, true),
		count(f.Policies, func(p Policy) bool { return p.PeriodTo == nil }),
		count(f.Mechanisms, func(m Mechanism) bool { return m.Year == nil }),
		count(f.Actors, func(a Actor) bool { return a.Country == nil }),
		citations,
		withoutRate(f),
	}
}

func TestTheDocumentCountsEveryIrregularity(t *testing.T) {
	rows := table(t, "## Irregularities, met and not hidden")
	counts := irregularities(shippedFiles(t))
	if len(rows) != len(counts) {
		t.Fatalf("docs/data.md lists %d irregularities; this test counts %d", len(rows), len(counts))
	}
	for i, row := range rows {
		if row[1] != strconv.Itoa(counts[i]) {
			t.Errorf("docs/data.md counts %s %s; there are %d", row[1], row[0], counts[i])
		}
	}
}
