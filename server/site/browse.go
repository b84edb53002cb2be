package site

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"
)

// browsePage is how many records stand on a page of a list.
const browsePage = 25

// Lists are the pages of the lists that people browse, by their addresses: GET /activities and the like.
func (s *Site) Lists() map[string]func(*http.Request) (*ui.Page, error) {
	out := map[string]func(*http.Request) (*ui.Page, error){}
	for _, l := range listings {
		out[l.path] = func(r *http.Request) (*ui.Page, error) { return s.browse(l, r) }
	}
	return out
}

// browse is the page of a list, as its address filters and sorts it.
func (s *Site) browse(l *listing, r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	c, err := l.choose(ctx, r.URL.Query())
	if err != nil {
		return nil, err
	}
	p := paged(r, browsePage)
	found, err := c.ask(ctx, s.api, p, true)
	uncounted := fault.KindOf(err) == fault.Limit
	if uncounted { // among very many records counting takes longer than anybody waits; the list itself does not
		found, err = c.ask(ctx, s.api, p, false)
	}
	if err != nil {
		return nil, err
	}
	v := &browseView{chosen: c, listPage: found, Uncounted: uncounted}
	v.Before, v.After = p.around(r, found.PageInfo)
	for _, e := range found.Edges {
		line, err := l.row(ctx, c, e.Node)
		if err != nil {
			return nil, err
		}
		v.Rows = append(v.Rows, line)
	}
	v.Groups, v.Chips = c.groups(ctx, found.Facets), c.chips(ctx, namesOf(found.Facets))
	return &ui.Page{Title: say.T(ctx, l.title), Wide: true, Feed: c.feed().path(), Body: browseList(v)}, nil
}

type browseView struct {
	*chosen
	*listPage
	Rows          []*row
	Chips         []chip
	Groups        []*group
	Before, After string // the pages around this one
	Uncounted     bool   // there are too many records to be counted by the values of the filter
}

// group is one field of the filter with its values.
type group struct {
	param
	Values []option
	Rest   int    // how many values are not shown
	More   string // where they are; "" where that is as many as there can be
}

// uncounted is the count of a value that nobody has counted.
const uncounted = -1

// option is one value that a filter can choose, with how many records it would give.
type option struct {
	Code, Text string
	Named      bool // Text is the name of a record
	Count      int
	On         bool
}

// chosen says how many values of the group are.
func (g *group) chosen() int {
	n := 0
	for _, o := range g.Values {
		if o.On {
			n++
		}
	}
	return n
}

// namesOf are the names of values, by field and code.
func namesOf(all []*FacetLine) map[string]string {
	out := map[string]string{}
	for _, f := range all {
		for _, v := range f.Values {
			out[f.Field+" "+v.Code] = v.Name
		}
	}
	return out
}

// groups are the fields of the filter as the form has them. Where nothing has a value and none is chosen, the field is
// left out: it would narrow nothing.
func (c *chosen) groups(ctx context.Context, facets []*FacetLine) []*group {
	var out []*group
	for _, p := range c.params {
		i := slices.IndexFunc(facets, func(f *FacetLine) bool { return f.Field == p.field })
		if facets == nil {
			out = append(out, c.uncounted(ctx, p))
			continue
		}
		if i < 0 || len(facets[i].Values) == 0 {
			continue
		}
		f, g := facets[i], &group{param: p}
		for _, v := range f.Values {
			on := slices.Contains(c.values[p.name], v.Code)
			if len(g.Values) >= fewValues && c.more != p.name && !on {
				continue // more was asked for of another field
			}
			o := option{v.Code, v.Name, true, v.Count, on}
			if p.word != nil {
				o.Text, o.Named = p.word(ctx, v.Code), false
			}
			g.Values = append(g.Values, o)
		}
		if g.Rest = max(0, f.Total-len(g.Values)); g.Rest > 0 && c.more != p.name {
			g.More = c.with("more", p.name) + "#filter"
		}
		out = append(out, g)
	}
	return out
}

// uncounted is a field of the filter where nobody has counted its values: the codes there are, else what is chosen.
func (c *chosen) uncounted(ctx context.Context, p param) *group {
	g, codes := &group{param: p}, c.values[p.name]
	if p.codes != nil {
		codes = p.codes()
	}
	for _, code := range codes {
		o := option{Code: code, Text: code, Count: uncounted, On: slices.Contains(c.values[p.name], code)}
		if p.word != nil {
			o.Text = p.word(ctx, code)
		}
		g.Values = append(g.Values, o)
	}
	return g
}

// with is the address of the list as it is chosen, with one more thing said.
func (c *chosen) with(name, value string) string {
	q := c.query()
	if q.Set(name, value); value == "" {
		q.Del(name)
	}
	return at(c.path, q)
}

// sortedBy is the address of the list in another order; the first one is said by nothing.
func (c *chosen) sortedBy(i int) string {
	if i == 0 {
		return c.with("sort", "")
	}
	return c.with("sort", c.sorts[i].name)
}

// without is the address of the whole list.
func (c *chosen) without() string {
	q := url.Values{}
	maps.Copy(q, c.beside)
	if c.sort != &c.sorts[0] {
		q.Set("sort", c.sort.name)
	}
	return at(c.path, q)
}

// narrowed says whether anything is chosen.
func (c *chosen) narrowed() bool { return len(c.filter()) > 0 || len(c.values) > 0 }

// file is the address of the same list as a file.
func (c *chosen) file(format string) string { return at(c.path+"."+format, c.query()) }

// feed is that of the changes of what is chosen, as far as feeds tell things apart: by one chapter, by one theme.
func (c *chosen) feed() askedFeed {
	var f askedFeed
	if all := c.values["chapter"]; len(all) == 1 {
		f.chapter = all[0]
	}
	if all := c.values["theme"]; len(all) == 1 {
		f.theme = all[0]
	}
	return f
}

// emptySentence says why a list is empty, and what to do.
func emptySentence(ctx context.Context, v *browseView) string {
	if v.narrowed() {
		return say.T(ctx, "browse.empty.narrowed")
	}
	return say.T(ctx, "browse.empty")
}

// verifiedSentence says how many of a list are verified.
func verifiedSentence(ctx context.Context, n int) string {
	if n == 0 {
		return say.T(ctx, "browse.verified.none")
	}
	return say.T(ctx, "browse.verified.some", n)
}
