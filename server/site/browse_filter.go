package site

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// param is one thing that a list can be filtered by: a name in addresses, and the field of the API's filter.
type param struct {
	name, field string
	key         string // of what it is called
	codes       func() []string
	word        func(ctx context.Context, code string) string // nil where values have names of their own
}

// coded is a parameter whose values are codes of a list that has words.
func coded[C interface {
	~string
	Values() []string
}](name, field, key, list string) param {
	var none C
	return param{name, field, key, none.Values, func(ctx context.Context, code string) string { return say.Word(ctx, list, code) }}
}

// named is a parameter whose values the API knows: States by their codes, chapters, actors by their keys.
func named(name, field, key string) param { return param{name: name, field: field, key: key} }

// byVerified asks for what is verified, or for what is not.
var byVerified = param{"verified", "verified", "record.verification", func() []string { return []string{"true", "false"} }, func(ctx context.Context, code string) string {
	if code == "true" {
		return say.T(ctx, "browse.verified.yes")
	}
	return say.T(ctx, "browse.verified.no")
}}

// chosen is what an address chooses of a list.
type chosen struct {
	*listing
	values   map[string][]string // by the names of parameters, in order, each once
	text     string
	from, to string // years or days
	sort     *sorting
	more     string     // the parameter of which more values are shown
	beside   url.Values // what else the address says
}

// choose reads an address. What a list does not know is refused with the name of the parameter: an empty page would look
// like an answer.
func (l *listing) choose(ctx context.Context, q url.Values) (*chosen, error) {
	c := &chosen{listing: l, values: map[string][]string{}, text: strings.TrimSpace(q.Get("q")), sort: &l.sorts[0], more: q.Get("more")}
	for _, p := range l.params {
		all, err := p.read(ctx, q)
		if err != nil {
			return nil, err
		}
		if len(all) > 0 {
			c.values[p.name] = all
		}
	}
	if l.dated {
		c.from, c.to = strings.TrimSpace(q.Get("from")), strings.TrimSpace(q.Get("to"))
		for name, day := range map[string]string{"from": c.from, "to": c.to} {
			if _, err := edge(day, false); err != nil {
				return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "browse.wrong.year", term.Clip(day))).At(name)
			}
		}
	}
	if name := q.Get("sort"); name != "" {
		i := slices.IndexFunc(l.sorts, func(s sorting) bool { return s.name == name })
		if i < 0 {
			return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "browse.wrong.sort", term.Clip(name))).At("sort")
		}
		c.sort = &l.sorts[i]
	}
	return c, nil
}

// read gives the values that an address chooses.
func (p param) read(ctx context.Context, q url.Values) ([]string, error) {
	var all []string
	for _, v := range q[p.name] {
		if v = strings.TrimSpace(v); v != "" {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if p.codes == nil {
		return all, nil
	}
	for _, v := range all {
		if known := p.codes(); !slices.Contains(known, v) {
			return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "browse.wrong.value", term.Clip(v), say.T(ctx, p.key), strings.Join(known, ", "))).At(p.name)
		}
	}
	return all, nil
}

// edge is the first or the last day of a year, or the day that is written.
func edge(text string, last bool) (term.Date, error) {
	if text == "" {
		return "", nil
	}
	day, err := term.ParsePartialDate(text)
	if err != nil || last {
		return day.Last(), err
	}
	return day.First(), nil
}

// filter is what the API is asked for.
func (c *chosen) filter() map[string]any {
	out := map[string]any{}
	for _, p := range c.params {
		all := c.values[p.name]
		switch {
		case p.field == "verified":
			if len(all) == 1 { // both are all
				out["verified"] = all[0] == "true"
			}
		case len(all) > 0:
			out[p.field] = all
		}
	}
	if c.text != "" {
		out["text"] = c.text
	}
	if day, _ := edge(c.from, false); day != "" {
		out["activeFrom"] = day
	}
	if day, _ := edge(c.to, true); day != "" {
		out["activeTo"] = day
	}
	return out
}

// query writes the choice as an address has it: the same choice is always written the same way.
func (c *chosen) query() url.Values {
	q := url.Values{}
	for _, said := range []map[string][]string{c.beside, c.values} {
		for name, all := range said {
			q[name] = slices.Clone(all)
		}
	}
	for name, v := range map[string]string{"q": c.text, "from": c.from, "to": c.to} {
		if v != "" {
			q.Set(name, v)
		}
	}
	if c.sort != &c.sorts[0] {
		q.Set("sort", c.sort.name)
	}
	return q
}

// at is the address of the list with a query.
func at(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// chip is one thing that is chosen by a parameter, and the address where it is not.
type chip struct{ Name, Text, Path string }

// chips are all that is chosen, in the order of the filter.
func (c *chosen) chips(ctx context.Context, names map[string]string) []chip {
	var out []chip
	add := func(name, value, key, text string) {
		q := c.query()
		q[name] = slices.DeleteFunc(slices.Clone(q[name]), func(v string) bool { return v == value })
		if len(q[name]) == 0 {
			q.Del(name)
		}
		out = append(out, chip{name, say.T(ctx, "browse.chip", say.T(ctx, key), ui.Isolated(text)), at(c.path, q)})
	}
	if c.text != "" {
		add("q", c.text, "browse.words", c.text)
	}
	for _, p := range c.params {
		for _, v := range c.values[p.name] {
			text := cmp.Or(names[p.field+" "+v], v)
			if p.word != nil {
				text = p.word(ctx, v)
			}
			add(p.name, v, p.key, text)
		}
	}
	if c.from != "" {
		add("from", c.from, "browse.from", c.from)
	}
	if c.to != "" {
		add("to", c.to, "browse.to", c.to)
	}
	return out
}

// named says an error of the API with the names that addresses have.
func (l *listing) named(err error) error {
	f := fault.As(err)
	if f == nil {
		return err
	}
	byField := map[string]string{"filter.text": "q", "filter.activeFrom": "from", "filter.activeTo": "to"}
	for _, p := range l.params {
		byField["filter."+p.field] = p.name
	}
	out := *f
	out.Fields, out.Details = slices.Clone(f.Fields), maps.Clone(f.Details)
	delete(out.Details, "fields")
	for i, field := range out.Fields {
		if name := byField[field]; name != "" {
			out.Fields[i] = name
		}
	}
	return &out
}
