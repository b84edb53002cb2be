package site

import (
	"net/url"
	"strings"

	"adam/internal/term"
	"adam/server/ui"
)

// A form about a record carries along what stood when it was made: what differs from it is what its sender changed, and
// only that is sent. So a form that is sent again after a conflict takes nobody else's change back.

// stood is what a form carries along.
func stood(kind term.RecordKind, stands map[string]any) []along {
	var out []along
	for _, e := range entries[kind] {
		out = append(out, along{"was." + e.name, text(stands[e.name])})
	}
	return out
}

// was is what stood when a form was made that has come back.
func was(kind term.RecordKind, sent url.Values) map[string]any {
	out := map[string]any{}
	for _, e := range entries[kind] {
		out[e.name] = strings.ReplaceAll(sent.Get("was."+e.name), "\r\n", "\n")
	}
	return out
}

// freshen puts what stands now into the fields that the sender left as they were.
func freshen(kind term.RecordKind, stands map[string]any, f *ui.Form) {
	below := inputs[kind] + "."
	mine := changedIn(kind, was(kind, f.Sent), f.Sent, below)
	for _, e := range entries[kind] {
		if _, changed := mine[e.name]; changed {
			continue
		}
		f.Sent[below+e.name] = []string{text(stands[e.name])}
		if e.many() {
			f.Sent[below+e.name] = strings.Fields(text(stands[e.name]))
		}
	}
}
