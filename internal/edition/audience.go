package edition

import (
	"adam/ent/rule"
	"adam/internal/term"
)

// rules say what audiences get of each table: the same rules that hide rows of the working store (package rule). A table
// without a rule is empty in every edition.
var rules = rule.Tables()

// editors change rows in ways that SQL can't.
var editors = map[string]editor{"records": withoutLostNames, "history_entries": withoutWithheld}

// after names the tables that decide about one without a foreign key between them.
func after(r rule.Table) []string {
	var out []string
	if r.Anchors {
		for _, k := range term.RecordKind("").Values() {
			out = append(out, term.RecordKind(k).Kind().Table())
		}
	}
	if r.Through != nil {
		out = append(out, r.Through.Of)
	}
	return out
}
