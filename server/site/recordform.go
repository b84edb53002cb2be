package site

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// entry is one field of a record in a form. Its name is that of the API's input.
type entry struct {
	name   string
	sort   sort
	list   string   // of a code: the name of its list
	values []string // and its codes
	must   bool     // a new record needs it
}

type sort int

const (
	line sort = iota
	lines
	date    // a partial date: 2009, 2009-05 or 2009-05-17
	one     // one code of a list
	some    // any number of codes
	actor   // an organisation by its name
	actors  // any number of them, one a line
	states  // any number of States
	whether // yes or no
)

func code(name string, s sort, list string, values []string, must bool) entry {
	return entry{name, s, list, values, must}
}

// Fields that records of all types have.
var (
	themes     = code("themes", some, "Theme", term.Theme("").Values(), false)
	topics     = code("topics", some, "Topic", term.Topic("").Values(), false)
	visibility = code("visibility", one, "Visibility", term.Visibility("").Values(), false)
)

// entries are the fields of each type of record that a form asks for. What is not here is changed through the API.
var entries = map[term.RecordKind][]entry{
	term.RecordLaw: {
		{name: "title", must: true}, {name: "titleLocal"}, {name: "number"}, {name: "adoptedOn", sort: date}, {name: "inForceOn", sort: date},
		code("status", one, "LawStatus", term.LawStatus("").Values(), true), themes, topics, {name: "summary", sort: lines}, {name: "penaltyNote", sort: lines}, visibility,
	},
	term.RecordPolicy: {
		{name: "title", must: true}, {name: "number"}, {name: "periodFrom", sort: date}, {name: "periodTo", sort: date},
		code("status", one, "PolicyStatus", term.PolicyStatus("").Values(), true), {name: "leadAuthority"}, {name: "leadActor", sort: actor}, themes, topics, {name: "summary", sort: lines}, visibility,
	},
	term.RecordMechanism: {
		{name: "name", must: true}, {name: "acronym"}, code("level", one, "MechanismLevel", term.MechanismLevel("").Values(), true),
		code("form", one, "MechanismForm", term.MechanismForm("").Values(), true), code("status", one, "MechanismStatus", term.MechanismStatus("").Values(), true),
		{name: "foundedOn", sort: date}, {name: "secretariat"}, {name: "secretariatActor", sort: actor}, {name: "legalBasis", sort: lines}, {name: "mandate", sort: lines}, themes, topics, visibility,
	},
	term.RecordActor: {
		{name: "name", must: true}, {name: "acronym"}, code("kind", one, "ActorKind", term.ActorKind("").Values(), true), {name: "seat"}, {name: "website"},
		{name: "parent", sort: actor}, {name: "successor", sort: actor}, {name: "mandate", sort: lines}, themes, topics, visibility,
	},
	term.RecordActivity: {
		{name: "title", must: true}, {name: "acronym"}, {name: "summary", sort: lines}, code("status", one, "ActivityStatus", term.ActivityStatus("").Values(), false),
		{name: "startOn", sort: date}, {name: "endOn", sort: date}, {name: "states", sort: states},
		{name: "donors", sort: actors}, {name: "implementers", sort: actors}, {name: "partners", sort: actors}, {name: "beneficiaries", sort: actors}, code("assistanceTypes", some, "AssistanceType", term.AssistanceType("").Values(), false),
		code("targetAudiences", some, "Audience", term.Audience("").Values(), false), code("deliveryModes", some, "DeliveryMode", term.DeliveryMode("").Values(), false),
		themes, topics, {name: "results", sort: lines}, visibility, code("countable", whether, "Countable", []string{"true", "false"}, false),
	},
	term.RecordNeed: {
		{name: "title", must: true}, {name: "authority", sort: actor}, code("assistanceType", one, "AssistanceType", term.AssistanceType("").Values(), true),
		code("gapKind", one, "NeedGap", term.NeedGap("").Values(), false), {name: "gap", sort: lines},
		code("priority", one, "NeedPriority", term.NeedPriority("").Values(), false), themes, topics, visibility,
	},
}

// inputs are the names under which the API takes a record of each type.
var inputs = map[term.RecordKind]string{
	term.RecordLaw: "law", term.RecordPolicy: "policy", term.RecordMechanism: "mechanism", term.RecordActor: "actor", term.RecordActivity: "activity",
	term.RecordNeed: "need",
}

// stands reads what a record says now, by the names of the input, with its key and version.
func (s *Site) stands(ctx context.Context, kind term.RecordKind, key string) (map[string]any, error) {
	is := func(k term.RecordKind) bool { return k == kind }
	found, err := Correctable(ctx, s.api, key, key, key, key, key, key, is(term.RecordLaw), is(term.RecordPolicy), is(term.RecordMechanism), is(term.RecordActor), is(term.RecordActivity), is(term.RecordNeed))
	if err != nil {
		return nil, said(err)
	}
	b, err := json.Marshal(found)
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]any{}
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, err
	}
	record := all[inputs[kind]]
	if record == nil {
		return nil, nothing(ctx)
	}
	for _, e := range entries[kind] {
		record[e.name] = e.spelt(record[e.name])
	}
	return record, nil
}

// text is a value as a form carries it: codes with spaces between them.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case []any:
		out := make([]string, len(v))
		for i, c := range v {
			out[i], _ = c.(string)
		}
		return strings.Join(out, " ")
	}
	return ""
}

// fields are the questions of a form about a record; below is where the API's input has it, such as "law.".
func (s *Site) fields(ctx context.Context, kind term.RecordKind, stands map[string]any, f *ui.Form, below string) ([]ui.Field, error) {
	var out []ui.Field
	for _, e := range entries[kind] {
		q := ui.Field{Form: f, Name: below + e.name, ID: e.name, Label: say.T(ctx, "field."+e.name), Value: text(stands[e.name])}
		q.Lines, q.Many = e.sort == lines || e.sort == actors, e.many()
		if hint := hints[e.sort]; hint != "" {
			q.Hint = say.T(ctx, hint)
		}
		if e.sort == states {
			var err error
			if q.Pick, err = s.statesToChoose(ctx, strings.Fields(q.Value)); err != nil {
				return nil, err
			}
		}
		if e.sort == one && text(stands[e.name]) == "" {
			q.Pick = append(q.Pick, ui.Choice{Text: say.T(ctx, "form.choose")})
		}
		for _, c := range e.values {
			q.Pick = append(q.Pick, ui.Choice{Value: c, Text: say.Word(ctx, e.list, c)})
		}
		out = append(out, q)
	}
	return out, nil
}

// hints are what helps with a sort of field.
var hints = map[sort]string{date: "form.date.hint", actor: "form.actor.hint", actors: "form.actors.hint"}

// many says that a form sends any number of values for a field.
func (e entry) many() bool { return e.sort == some || e.sort == states }

// changedIn is what a form says otherwise than what stands: only that is sent. An emptied field is null, not known.
func changedIn(kind term.RecordKind, stands map[string]any, sent url.Values, below string) map[string]any {
	out := map[string]any{}
	for _, e := range entries[kind] {
		name := below + e.name
		if !sent.Has(name) && !e.many() {
			continue
		}
		if e.many() {
			if now := sent[name]; !slices.Equal(slices.Sorted(slices.Values(now)), slices.Sorted(slices.Values(strings.Fields(text(stands[e.name]))))) {
				out[e.name] = list(now)
			}
			continue
		}
		now := strings.TrimSpace(strings.ReplaceAll(sent.Get(name), "\r\n", "\n"))
		switch {
		case now == text(stands[e.name]):
		case e.sort == actors:
			out[e.name] = list(eachLine(now))
		case now == "":
			out[e.name] = nil
		case e.sort == whether:
			out[e.name] = now == "true"
		default:
			out[e.name] = now
		}
	}
	return out
}

func list(all []string) []any {
	out := make([]any, len(all))
	for i, v := range all {
		out[i] = v
	}
	return out
}

// source is the document that a form names; nil where it names none.
func source(sent url.Values) map[string]any {
	out := map[string]any{}
	for _, name := range []string{"title", "publisher", "url", "accessedOn"} {
		if v := strings.TrimSpace(sent.Get("source." + name)); v != "" {
			out[name] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// documents are what shows a change: the document that a form names. A need stands without one: the word of the authority
// that asks is enough (fields_need.go).
func documents(ctx context.Context, kind term.RecordKind, sent url.Values) ([]any, error) {
	doc := source(sent)
	switch {
	case doc != nil:
		return []any{doc}, nil
	case kind == term.RecordNeed:
		return []any{}, nil
	}
	return nil, noSource(ctx)
}

// noSource is what is wrong where a form names no document.
func noSource(ctx context.Context) *fault.Error {
	return fault.New(fault.Invalid, "%s", say.T(ctx, "form.source.missing")).At("input.source.title")
}

// with adds to a map, leaving it as it was.
func with(m map[string]any, more map[string]any) map[string]any {
	out := maps.Clone(m)
	maps.Copy(out, more)
	return out
}
