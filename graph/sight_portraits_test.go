package graph_test

import (
	"fmt"
	"slices"
	"strings"

	"adam/graph/querygen"
	"adam/internal/sight"
	"adam/internal/term"

	"github.com/vektah/gqlparser/v2/ast"
)

// portraits are questions that show every row of the fixture through every door of the schema: by its key with all that
// hangs on it, by its identifier, by search, and in every list under every order. What generated questions meet by
// chance is asked here for certain.
func (s seen) portraits() []question {
	var out []question
	ask := func(format string, args ...any) {
		out = append(out, question{querygen.Query{Text: fmt.Sprintf(format, args...)}})
	}
	for _, f := range s.World.Rows {
		if call, kind := called(s.World, f); call != "" {
			ask(`{ %s { %s } search(text: %q, first: 5) { totalCount edges { score highlight node { key } } } }`, call, full(schema.Types[typeName(kind)], depth(f)), f.Canary[len(f.Canary)-6:])
		}
	}
	for kind, ids := range s.byKind() {
		if typ := schema.Types[typeName(kind)]; typ != nil && slices.Contains(typ.Interfaces, "Node") {
			for part := range slices.Chunk(ids, 25) {
				ask(`{ nodes(ids: ["%s"]) { ... on %s { %s } } }`, strings.Join(part, `", "`), typ.Name, full(typ, next(typ, 2)))
			}
		}
	}
	for _, text := range []string{"quokka", "quoka", "land of quokka", "agency quokka", "seat of the shelter", "quokka-past-results",
		"quokka-withdrawn-results", "quokka-secret-results", "quokka-hidden-note", "quokka-past-gap", "quokka-secret-gap"} {
		ask(`{ search(text: %q, first: 100) { totalCount verifiedCount facets { field total values { code count } } edges { score node { id } } } a: activities(first: 5, filter: {text: %q}) { totalCount } }`, text, text)
	}
	return append(append(out, wholeLists()...), chapterQuestions()...)
}

// deep are the records that tell of others: their portraits go into all that hangs on them. Of the many variants that
// differ in who sees them it is enough to ask whether they are there.
var deep = []string{"-at-restricted", "-at-gone", "of-state-RESTRICTED", "state-RESTRICTED", "opened", "back", "was-part", "actor-safe", "public-org",
	"activity-public-iom", "activity-shared-unodc-iom", "activity-restricted-iom", "public-served", "law-public-THA", "law-read", "law-half", "policy-read", "policy-public-THA", "actor-public-tha",
	"need-public-THA", "need-shared-unodc-THA"}

func depth(f *sight.Row) int {
	if slices.ContainsFunc(deep, func(d string) bool { return strings.Contains(f.Label, d) }) && f.ID.Kind() != term.KindOldKey {
		return 2
	}
	return 0
}

// called asks for a record by its key, or by one that it had; "" where nobody can.
func called(w *sight.World, f *sight.Row) (call string, of term.Kind) {
	of = f.ID.Kind()
	if of == term.KindOldKey {
		of = w.ID(strings.TrimPrefix(f.Label, "old-key-of-")).Kind()
	}
	roots := map[term.Kind]string{term.KindActor: "actor", term.KindLaw: "law", term.KindPolicy: "policy", term.KindMechanism: "mechanism", term.KindActivity: "activity", term.KindNeed: "need"}
	switch {
	case f.Canary == "":
		return "", of
	case of == term.KindState:
		return fmt.Sprintf("state(code: %q)", w.Codes[f.ID]), of
	case roots[of] == "":
		return "", of
	}
	return fmt.Sprintf("%s(key: %q)", roots[of], f.Canary), of
}

// typeName is the type of the schema whose rows have a kind.
func typeName(k term.Kind) string {
	for name := range schema.Types {
		if term.KindNamed(name) == k {
			return name
		}
	}
	return ""
}

func (s seen) byKind() map[term.Kind][]string {
	out := map[term.Kind][]string{}
	for _, f := range s.World.Rows {
		out[f.ID.Kind()] = append(out[f.ID.Kind()], f.ID.String())
	}
	return out
}

// needed are the arguments that a field cannot do without: the last value of a code list.
func needed(f *ast.FieldDefinition) string {
	for _, arg := range f.Arguments {
		if values := schema.Types[arg.Type.Name()].EnumValues; arg.Type.NonNull && arg.DefaultValue == nil && len(values) > 0 {
			return "(" + arg.Name + ": " + values[len(values)-1].Name + ")"
		}
	}
	return ""
}

// full selects all that hangs on a type, so many levels deep; of records below it only what they say themselves.
func full(t *ast.Definition, levels int) string {
	if t == nil {
		return "__typename"
	}
	var parts []string
	for _, f := range t.Fields {
		below := schema.Types[f.Type.Name()]
		switch {
		case strings.HasPrefix(f.Name, "__"):
		case below.Kind == ast.Scalar || below.Kind == ast.Enum:
			parts = append(parts, f.Name)
		case levels > 0 && strings.HasSuffix(below.Name, "Connection"):
			node := schema.Types[below.Fields.ForName("edges").Type.Name()].Fields.ForName("node").Type.Name()
			parts = append(parts, f.Name+"(first: 4) { "+counts(below)+" pageInfo { hasNextPage } edges { node { "+full(schema.Types[node], next(schema.Types[node], levels))+" } } }")
		case levels > 0:
			parts = append(parts, f.Name+needed(f)+" { "+full(below, next(below, levels))+" }")
		}
	}
	if len(parts) == 0 {
		return "__typename"
	}
	return strings.Join(parts, " ")
}

// counts selects the numbers that a connection tells of all its pages.
func counts(connection *ast.Definition) string {
	if connection.Fields.ForName("facets") != nil {
		return "totalCount verifiedCount facets(first: 100) { total values { code name count } }"
	}
	if connection.Fields.ForName("verifiedCount") != nil {
		return "totalCount verifiedCount"
	}
	return "totalCount"
}

// next is how deep to go below: not into records, which have portraits of their own.
func next(t *ast.Definition, levels int) int {
	if t.Kind == ast.Interface || slices.Contains(t.Interfaces, "CatalogueRecord") || t.Name == "Chapter" {
		return 0
	}
	return levels - 1
}

// wholeLists asks for every list of the whole catalogue under every order, from both ends.
func wholeLists() []question {
	var out []question
	for _, f := range schema.Query.Fields {
		order := f.Arguments.ForName("orderBy")
		if order == nil || !strings.HasSuffix(f.Type.Name(), "Connection") {
			continue
		}
		by := schema.Types[schema.Types[order.Type.Name()].Fields.ForName("field").Type.Name()]
		for _, v := range by.EnumValues {
			for _, page := range []string{"first: 100", "last: 100"} {
				out = append(out, question{querygen.Query{Text: fmt.Sprintf(`{ %s(%s, orderBy: {field: %s, direction: DESC}) { %s pageInfo { startCursor } edges { cursor node { id } } } }`, f.Name, page, v.Name, counts(schema.Types[f.Type.Name()]))}})
			}
		}
	}
	return out
}

// chapterQuestions count what chapters hold.
func chapterQuestions() []question {
	const records = `actors(first: 3, orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount verifiedCount edges { node { key } } } laws(first: 3) { totalCount verifiedCount }
		policies(first: 3) { totalCount verifiedCount } mechanisms(first: 3) { totalCount verifiedCount } activities(last: 3) { totalCount verifiedCount edges { node { key } } } cycles(first: 9) { totalCount edges { node { status addressee reference overdue } } }`
	var out []question
	for _, code := range []string{"THA", "LAO", "LKA", "MDV", "REGIONAL", "QKR", "QKM"} {
		out = append(out, question{querygen.Query{Text: fmt.Sprintf(`{ chapter(code: %q) { title status state { code } progress { total pending verified } currentCycle { status } %s } state(code: %q) { key name } }`, code, records, code)}})
	}
	for _, filter := range []string{`donors: ["iom"]`, `implementers: ["iom"]`, `states: ["QKM"]`, `states: ["QKR"]`, `states: ["QKG"]`, `donorStates: ["QKM"]`, `valueFrom: "2018-01-01"`,
		`activeOn: "2019-06-01"`, `text: "quokka"`} {
		out = append(out, question{querygen.Query{Text: fmt.Sprintf(`{ activities(first: 50, filter: {%s}) { totalCount verifiedCount possiblyActive facets { field total values { code name count } } edges { node { key } } } }`, filter)}})
	}
	for _, theme := range []string{"SMUGGLING", "TRAFFICKING"} {
		for _, states := range []string{"", `, states: ["THA", "LKA", "LAO"]`, `, states: ["QKM"]`, `, states: ["QKR"]`} {
			out = append(out, question{querygen.Query{Text: fmt.Sprintf(`{ gapAnalysis(theme: %[1]s%[2]s) { %[3]s } gapFindings(theme: %[1]s%[2]s) { %[4]s } }`, theme, states, full(schema.Types["GapRow"], 2), full(schema.Types["GapFinding"], 1))}})
		}
	}
	return append(out, question{querygen.Query{Text: `{ needs(first: 50) { totalCount edges { node { title status authority { key } metBy { key } offers(first: 5) { totalCount edges { node { statement status activity { key } } } } withheld } } }
		questionnaires(first: 9) { edges { node { key responses(first: 9) { totalCount edges { node { status note chapter { code } actor { key } withheld } } } } } }
		editions(first: 9) { totalCount edges { node { number status summary } } } currentEdition { number status } }`}})
}
