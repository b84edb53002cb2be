package catalogue

import (
	"maps"
	"slices"
	"strings"

	"adam/internal/fault"
)

// conflict tells whoever read an older version both values of each field that she gives: hers and what stands now.
func conflict(in *intake, s *subject, input map[string]any, version int) error {
	yours, now := map[string]any{}, map[string]any{}
	for i := range s.fields {
		f := &s.fields[i]
		v, given := input[f.name]
		if !given {
			continue
		}
		stands, err := s.stated(in, f)
		if err != nil {
			return err
		}
		yours[f.name], now[f.name] = known(inputText(plain(v))), known(stands)
	}
	err := fault.New(fault.Conflict, "Somebody has changed this %s since you read it: it is at version %d now. Look at both values, then send your change again with that version.", s.word, version).
		At(in.at("version"))
	err.Details = map[string]any{"version": version, "yours": yours, "theirs": now}
	return err
}

// stated is what a field of the record says now, the chapters too.
func (s *subject) stated(in *intake, f *field) (string, error) {
	if !f.edge {
		return f.stated(in)
	}
	all, err := s.chapters(in.ctx, in.c, in.now.id())
	codes := make([]string, len(all))
	for i, c := range all {
		codes[i] = c.Code
	}
	slices.Sort(codes)
	return strings.Join(codes, "; "), err
}

// inputText is what somebody wrote into an input, as text.
func inputText(v any) string {
	switch v := v.(type) {
	case []any:
		out := make([]string, len(v))
		for i, x := range v {
			out[i] = inputText(x)
		}
		return strings.Join(out, "; ")
	case map[string]any:
		var out []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if s := inputText(v[k]); s != "" {
				out = append(out, s)
			}
		}
		return strings.Join(out, " ")
	}
	return textOf(v)
}
