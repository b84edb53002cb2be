package graph_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"adam/internal/search"
	"adam/internal/term"
	"adam/seed"
)

// facts are the files of the data set as docs/data.md reads them. What the API must answer is computed here from the
// files alone, without a database and without the loader.
type facts struct {
	*seed.Files
	names  map[string]string // of States, by code
	actors map[string]seed.Actor
}

type (
	object = map[string]any
	array  = []any
)

func readFacts(t testing.TB) *facts {
	t.Helper()
	f, err := seed.Read(seed.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	out := &facts{f, map[string]string{}, map[string]seed.Actor{}}
	for _, s := range f.States {
		out.names[s.ISO3] = s.Name
	}
	for _, p := range f.Places {
		out.names[p.Code] = p.Name
	}
	for _, a := range f.Actors {
		out.actors[a.Key] = a
	}
	return out
}

// sortedBy gives records sorted by the words of a title, then by identifier.
func sortedBy[T any](all []T, kind term.Kind, title, key func(T) string) []T {
	name := func(r T) string {
		words := search.Tokens(title(r))
		return strings.Join(words[:min(30, len(words))], " ")
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(x, y T) int {
		return cmp.Or(cmp.Compare(name(x), name(y)), cmp.Compare(term.HashID(kind, key(x)), term.HashID(kind, key(y))))
	})
	return all
}

func where[T any](all []T, ok func(T) bool) []T {
	var out []T
	for _, r := range all {
		if ok(r) {
			out = append(out, r)
		}
	}
	return out
}

// connection writes a list with its nodes.
func connection[T any](all []T, node func(T) object) object {
	edges := array{}
	for _, r := range all {
		edges = append(edges, object{"node": node(r)})
	}
	return object{"totalCount": float64(len(all)), "edges": edges}
}

// themes are the two of a file's words that are themes, in the order of the codes.
func themes(words []string) array {
	out := array{}
	for _, w := range []string{"smuggling", "trafficking"} {
		if slices.Contains(words, w) {
			out = append(out, strings.ToUpper(w))
		}
	}
	return out
}

func capitals(words []string) array {
	out := array{}
	for _, w := range words {
		out = append(out, strings.ToUpper(w))
	}
	return out
}

func text(s *string) any {
	if s == nil {
		return nil
	}
	return *s
}

func year(y *int) any {
	if y == nil {
		return nil
	}
	return strconv.Itoa(*y)
}

func (f *facts) hasChapter(code string) bool {
	return slices.ContainsFunc(f.States, func(s seed.State) bool { return s.ISO3 == code })
}

// actorsIn and the four below tell which records stand in a chapter (docs/data.md, Chapters).
func (f *facts) actorsIn(code string) []seed.Actor {
	all := where(f.Actors, func(a seed.Actor) bool { return slices.Contains(a.Chapters, code) })
	return sortedBy(all, term.KindActor, func(a seed.Actor) string { return a.Name }, func(a seed.Actor) string { return a.Key })
}

func (f *facts) lawsIn(code string) []seed.Law {
	all := where(f.Laws, func(l seed.Law) bool { return l.Country == code })
	return sortedBy(all, term.KindLaw, func(l seed.Law) string { return l.Title }, func(l seed.Law) string { return l.Key })
}

func (f *facts) policiesIn(code string) []seed.Policy {
	country := code
	if code == "REGIONAL" {
		country = "REG"
	}
	all := where(f.Policies, func(p seed.Policy) bool { return p.Country == country })
	return sortedBy(all, term.KindPolicy, func(p seed.Policy) string { return p.Title }, func(p seed.Policy) string { return p.Key })
}

func (f *facts) mechanismsIn(code string) []seed.Mechanism {
	all := where(f.Mechanisms, func(m seed.Mechanism) bool {
		return slices.Contains(m.Members, code) && f.hasChapter(code) || code == "REGIONAL" && m.Scope == "regional"
	})
	return sortedBy(all, term.KindMechanism, func(m seed.Mechanism) string { return m.Name }, func(m seed.Mechanism) string { return m.Key })
}

func (f *facts) activitiesIn(code string) []seed.Activity {
	all := where(f.Activities, func(a seed.Activity) bool {
		return slices.Contains(a.Countries, code) && f.hasChapter(code) || code == "REGIONAL" && a.Regional
	})
	return sortedBy(all, term.KindActivity, func(a seed.Activity) string { return a.Title }, func(a seed.Activity) string { return a.Key })
}

// recordsIn counts all of a chapter's records.
func (f *facts) recordsIn(code string) int {
	return len(f.actorsIn(code)) + len(f.lawsIn(code)) + len(f.policiesIn(code)) + len(f.mechanismsIn(code)) + len(f.activitiesIn(code))
}

// elements are those of both Protocols, in the order of the schema's description. Both have attempt, accomplice and
// organising.
var elements = map[string][]string{
	"trafficking": {"ACT", "MEANS", "PURPOSE", "CHILD_WITHOUT_MEANS", "CONSENT_IRRELEVANT", "ATTEMPT", "ACCOMPLICE", "ORGANISING",
		"EXTRATERRITORIAL", "LEGAL_PERSONS", "NON_PUNISHMENT_OF_VICTIMS"},
	"smuggling": {"PROCURING_ILLEGAL_ENTRY", "NEITHER_NATIONAL_NOR_RESIDENT", "FINANCIAL_BENEFIT_ELEMENT", "DOCUMENT_FRAUD", "ENABLING_STAY",
		"ATTEMPT", "ACCOMPLICE", "ORGANISING", "AGGRAVATED_DANGER", "AGGRAVATED_DEGRADING", "NON_CRIMINALISATION_OF_MIGRANTS"},
}

// coverage lists every element: what the file lists is COVERED, everything else NOT_EXAMINED.
func coverage(l seed.Law) array {
	out := array{}
	for _, theme := range []string{"trafficking", "smuggling"} {
		listed := l.Elements.Trafficking
		if theme == "smuggling" {
			listed = l.Elements.Smuggling
		}
		for _, e := range elements[theme] {
			covered := "NOT_EXAMINED"
			if slices.Contains(listed, strings.ToLower(e)) {
				covered = "COVERED"
			}
			out = append(out, object{"theme": strings.ToUpper(theme), "element": e, "coverage": covered, "article": nil})
		}
	}
	return out
}

func sources(all []seed.Source) array {
	out := array{}
	for _, s := range all {
		out = append(out, object{"title": s.Title, "publisher": s.Publisher, "url": text(s.URL), "accessedOn": s.DateAccessed})
	}
	return out
}
