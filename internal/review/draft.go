package review

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"adam/internal/term"
)

// draft is a record as agencies want it: what is right of one that stands, or a new one.
type draft struct {
	kind  term.Kind
	input map[string]any      // what is right, with all documents
	whole []string            // where the sheets give it
	from  map[string][]string // and where each of its fields
	docs  []string            // and each of its documents
}

// draftPath is how errors about a draft name it, before places tells where it comes from.
const draftPath = "draft"

// drafted makes one draft of several: different fields stand side by side, the same field may be given by several who
// agree on its value, and all their documents are kept. Where they do not agree it says so.
func drafted(by []voice) (d draft, differs []string) {
	d = draft{kind: by[0].Kind, input: map[string]any{}, from: map[string][]string{}}
	first := map[string]string{}
	for _, v := range by {
		if v.Kind != d.kind {
			differs = append(differs, fmt.Sprintf("%s takes it for a %s, %s for a %s.", by[0].agency, inputs[d.kind], v.agency, inputs[v.Kind]))
			continue
		}
		d.whole = append(d.whole, v.below())
		values := v.values()
		for _, field := range slices.Sorted(maps.Keys(values)) {
			d.from[field] = append(d.from[field], v.below()+"."+field)
			if _, given := first[field]; !given {
				first[field], d.input[field] = v.agency, values[field]
			} else if !reflect.DeepEqual(d.input[field], values[field]) {
				differs = append(differs, fmt.Sprintf("%s: %s writes %s, %s writes %s.", field, first[field], quoted(d.input[field]), v.agency, quoted(values[field])))
			}
		}
		d.document(v)
	}
	return d, differs
}

// document adds the documents of a voice that nobody else has named.
func (d *draft) document(v voice) {
	sources, _ := d.input["sources"].([]any)
	add := func(source any, place string) {
		if source != nil && !slices.ContainsFunc(sources, func(s any) bool { return reflect.DeepEqual(s, source) }) {
			sources, d.docs = append(sources, source), append(d.docs, place)
		}
	}
	if v.Source != nil {
		add(v.Source, v.Place+".source")
	}
	given, many := v.Input["sources"].([]any)
	if !many && v.Input["sources"] != nil {
		given = []any{v.Input["sources"]}
	}
	for i, s := range given {
		add(s, fmt.Sprintf("%s.sources[%d]", v.below(), i))
	}
	if len(sources) > 0 {
		d.input["sources"] = sources
	}
}

// below is where the values of a voice stand.
func (v voice) below() string { return v.Place + "." + inputs[v.Kind] }

// quoted is a value as a sentence repeats it.
func quoted(v any) string { return strconv.Quote(term.Clip(words(v))) }

// words is a value as text.
func words(v any) string {
	switch v := v.(type) {
	case nil:
		return "unknown"
	case string:
		return clean(v)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	return clean(string(b))
}

// places tells where in the sheets the fields stand that an error names.
func (d draft) places(by []voice, fields []string) (out []string) {
	if len(fields) == 0 {
		return placesOf(by, "answer")
	}
	for _, f := range fields {
		rest, own := strings.CutPrefix(f, draftPath)
		if !own {
			out = append(out, placesOf(by, strings.Replace(strings.TrimPrefix(f, "input."), "items", "item", 1))...)
			continue
		}
		out = append(out, d.placesBelow(by, rest)...)
	}
	return out
}

// placesBelow is where a field of the record stands, such as ".sources[1].url".
func (d draft) placesBelow(by []voice, path string) (out []string) {
	if path == "" {
		return d.whole
	}
	end := 1 + strings.IndexAny(path[1:]+".", ".[")
	field, rest := path[1:end], path[end:]
	switch {
	case field == "reason":
		return placesOf(by, "reason")
	case field == "sources" && rest == "" && by[0].Answer != "":
		return placesOf(by, "source")
	case field == "sources" && rest != "":
		number, after, _ := strings.Cut(rest[1:], "]")
		if i, err := strconv.Atoi(number); err == nil && i < len(d.docs) {
			return []string{d.docs[i] + after}
		}
	}
	if len(d.from[field]) == 0 { // what is missing is missing everywhere
		for _, w := range d.whole {
			out = append(out, w+"."+field)
		}
	}
	for _, at := range d.from[field] {
		out = append(out, at+rest)
	}
	return out
}

// title is what a new record is called.
func (v voice) title() string {
	for _, field := range []string{"title", "name"} {
		if s, ok := v.Input[field].(string); ok {
			return clean(strings.TrimSpace(s))
		}
	}
	return ""
}

// grouped puts together what agencies say of the same new record: what has the same type and title. Where one sheet has
// several of one title they are taken for different records, and only equal ones are put together.
func grouped(added []voice) (out [][]voice) {
	byTitle := map[string][]voice{}
	for _, v := range added {
		key := fmt.Sprintf("%02d %s", v.Kind, folded(v.title()))
		byTitle[key] = append(byTitle[key], v)
	}
	for _, key := range slices.Sorted(maps.Keys(byTitle)) {
		kept, twice := once(byTitle[key])
		slices.SortStableFunc(kept, byAgency)
		if len(twice) == 0 {
			out = append(out, kept)
			continue
		}
		var apart [][]voice
		for _, v := range kept {
			if i := slices.IndexFunc(apart, func(g []voice) bool { return reflect.DeepEqual(g[0].values(), v.values()) }); i >= 0 {
				apart[i] = append(apart[i], v)
			} else {
				apart = append(apart, []voice{v})
			}
		}
		out = append(out, apart...)
	}
	return out
}

// values are what a voice says of a record, without what shows it.
func (v voice) values() map[string]any {
	out := maps.Clone(v.Input)
	delete(out, "sources")
	delete(out, "reason")
	return out
}
