package site

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// People know organisations by their names, and the API by their keys. A form writes "International Organization for
// Migration [iom]", and takes a name, an acronym or a key alone as well.

// spelt is a value as the API gave it, as a form has it: an organisation by its name and key, States by their codes.
func (e entry) spelt(v any) any {
	switch e.sort {
	case actor:
		return withKey(v)
	case actors:
		return strings.Join(each(v, withKey), "\n")
	case states:
		return list(each(v, func(v any) string { code, _ := member(v, "code"); return code }))
	}
	return v
}

func member(v any, name string) (string, bool) {
	m, _ := v.(map[string]any)
	text, ok := m[name].(string)
	return text, ok
}

func withKey(v any) string {
	name, _ := member(v, "name")
	key, ok := member(v, "key")
	if !ok {
		return ""
	}
	return name + " [" + key + "]"
}

func each(v any, say func(any) string) []string {
	all, _ := v.([]any)
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = say(v)
	}
	return out
}

// eachLine are the lines of a text that say something.
func eachLine(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
}

// keyed puts keys where a form has names. An organisation that is not found, or several, is INVALID at its field, with
// those that could be meant.
func (s *Site) keyed(ctx context.Context, kind term.RecordKind, change map[string]any, below string) (map[string]any, error) {
	for _, e := range entries[kind] {
		if change[e.name] == nil || e.sort != actor && e.sort != actors {
			continue
		}
		lines, _ := change[e.name].([]any)
		if e.sort == actor {
			lines = []any{change[e.name]}
		}
		keys := make([]any, len(lines))
		for i, l := range lines {
			key, err := s.keyOf(ctx, text(l))
			if err != nil {
				if f := fault.As(err); f != nil && f.Kind == fault.Invalid {
					f.At("input." + below + e.name)
				}
				return nil, err
			}
			keys[i] = key
		}
		if change[e.name] = keys; e.sort == actor {
			change[e.name] = keys[0]
		}
	}
	return change, nil
}

var bracketed = regexp.MustCompile(`\[([a-z0-9-]+)\]$`)

// keyOf finds one organisation by what a form says of it.
func (s *Site) keyOf(ctx context.Context, name string) (string, error) {
	name = strings.TrimSpace(name)
	if m := bracketed.FindStringSubmatch(name); m != nil {
		return m[1], nil // the API decides whether there is one
	}
	found, err := ActorsNamed(ctx, s.api, name)
	if err != nil {
		return "", said(err)
	}
	meant, like := meantBy(found, name)
	if len(meant) == 1 {
		return meant[0].Key, nil
	}
	if len(meant) > 1 {
		like = meant
	}
	if len(like) == 0 {
		return "", fault.New(fault.Invalid, "%s", say.T(ctx, "form.actor.none", name))
	}
	all := make([]string, min(len(like), 5))
	for i := range all {
		all[i] = like[i].Name + " [" + like[i].Key + "]"
	}
	return "", fault.New(fault.Invalid, "%s", say.T(ctx, "form.actor.which", name, strings.Join(all, "; ")))
}

// meantBy are the organisations that have exactly a name, and those whose text holds its words.
func meantBy(found *ActorsNamedResponse, name string) (exactly, like []*ActorNamed) {
	for _, e := range found.Actors.Edges {
		names := []string{e.Node.Key, e.Node.Name, e.Node.Acronym}
		for _, n := range e.Node.OtherNames {
			names = append(names, n.Name)
		}
		like = append(like, e.Node)
		if slices.ContainsFunc(names, func(n string) bool { return n != "" && strings.EqualFold(n, name) }) {
			exactly = append(exactly, e.Node)
		}
	}
	return exactly, like
}

// statesToChoose are the States with a chapter, and those that stand already.
func (s *Site) statesToChoose(ctx context.Context, standing []string) ([]ui.Choice, error) {
	found, err := StatesToChoose(ctx, s.api)
	if err != nil {
		return nil, said(err)
	}
	var out []ui.Choice
	for _, e := range found.States.Edges {
		if e.Node.Chapter != nil || slices.Contains(standing, e.Node.Code) {
			out = append(out, ui.Choice{Value: e.Node.Code, Text: e.Node.Name})
		}
	}
	return out, nil
}
