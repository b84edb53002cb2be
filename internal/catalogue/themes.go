package catalogue

import (
	"slices"

	"adam/internal/term"
)

// themes is the list of the two subjects. What is named becomes principal, unless it is significant already; what is not
// named is no longer a subject.
func themes() field {
	f := field{name: "themes", fact: true}
	f.show = func(r row) any {
		var out []term.Theme
		for _, t := range []term.Theme{term.Smuggling, term.Trafficking} {
			if s := r.get(significances[t]); s != nil && s != term.NotTargeted {
				out = append(out, t)
			}
		}
		return out
	}
	f.columns = func(in *intake, path string, v any) (map[string]any, bool) {
		named, ok := each(in, path, v, func(path string, v any) (term.Theme, bool) { return codeOf[term.Theme](in, path, v) })
		out := map[string]any{}
		for t, column := range significances {
			var stands any
			if in.now.known() {
				stands = in.now.get(column)
			}
			switch {
			case !slices.Contains(named, t):
				out[column] = term.NotTargeted
			case stands == term.Significant:
				out[column] = term.Significant
			default:
				out[column] = term.Principal
			}
		}
		return out, ok
	}
	return f
}

var significances = map[term.Theme]string{term.Smuggling: "smuggling", term.Trafficking: "trafficking"}

// common are the fields of every type of record.
func common() []field {
	return []field{
		themes(),
		codes[term.Topic]("topics", "topics").housekeeping(),
		code[term.Visibility]("visibility", "visibility").housekeeping().needed().or(term.Restricted),
		code[term.Confidence]("confidence", "confidence").housekeeping().or(term.ConfidenceUnknown),
		code[term.Evidence]("evidence", "evidence").housekeeping().or(term.UnknownEvidence),
		flag("checkedAgainstSource", "checked_against_source").housekeeping().or(nil),
		text("note", "note").housekeeping(),
	}
}

// chapters are the chapters that a record belongs to.
func chapters() field {
	return field{name: "chapters", edge: true, refers: term.KindChapter}
}
