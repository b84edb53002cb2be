package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// searchParams narrow a search, as they narrow lists.
var searchParams = []param{coded[term.RecordKind]("kind", "kinds", "browse.kind", "RecordKind"), stateParam, themeParam}

// Search is the page of a search: GET /search?q=. Without words it asks for some.
func (s *Site) Search(r *http.Request) (*ui.Page, error) {
	ctx, q := r.Context(), r.URL.Query()
	c, err := (&listing{path: "/search", params: searchParams, sorts: []sorting{{}}}).choose(ctx, q)
	if err != nil {
		return nil, err
	}
	v := &searchView{chosen: c}
	places, err := ChapterStates(ctx, s.api)
	if err != nil {
		return nil, said(err)
	}
	for _, e := range places.States.Edges {
		v.States = append(v.States, e.Node)
	}
	page := &ui.Page{Title: say.T(ctx, "search.title"), Body: searchPage(v)}
	if c.text == "" {
		return page, nil
	}
	page.Title = say.T(ctx, "search.title.for", ui.Isolated(term.Clip(c.text)))
	p := paged(r, browsePage)
	found, err := Find(ctx, s.api, c.text, codesFrom[term.RecordKind](c.values["kind"]), c.values["state"], codesFrom[term.Theme](c.values["theme"]), p.first, p.after, p.last, p.before)
	if err = said(err); fault.KindOf(err) == fault.Invalid && slices.Contains(fault.As(err).Fields, "text") {
		page.Wrong, page.Status = fault.As(err), http.StatusBadRequest // nothing to search for stands in it
		return page, nil
	}
	if err != nil {
		return nil, err
	}
	v.FoundLines = found.Search
	v.Before, v.After = p.around(r, found.Search.PageInfo)
	return page, nil
}

func codesFrom[C ~string](all []string) []C {
	out := make([]C, len(all))
	for i, v := range all {
		out[i] = C(v)
	}
	return out
}

type searchView struct {
	*chosen
	*FoundLines   // nil where nothing was searched for
	States        []*StateName
	Before, After string // the pages around this one
}

// kinds are the types of records that were found, with how many of each, and of all of them first.
func (v *searchView) kinds(ctx context.Context) []kindTab {
	all, now := 0, v.values["kind"]
	var out []kindTab
	for _, f := range v.Facets {
		for _, k := range f.Values {
			all += k.Count
			out = append(out, kindTab{say.Word(ctx, "RecordKind", term.RecordKind(k.Code)), v.with("kind", k.Code), k.Count, slices.Equal(now, []string{k.Code})})
		}
	}
	return append([]kindTab{{say.T(ctx, "search.all"), v.with("kind", ""), all, len(now) == 0}}, out...)
}

// kindTab is one choice of several, with how much is behind it.
type kindTab struct {
	Text, Path string
	Count      int
	On         bool
}

// narrowable is the list of the one type of records that is chosen, where it can be filtered further; nil where none is.
func (v *searchView) narrowable() *listing {
	if len(v.values["kind"]) != 1 {
		return nil
	}
	i := slices.IndexFunc(listings, func(l *listing) bool { return l.path == "/"+recordSections[term.RecordKind(v.values["kind"][0])] })
	if i < 0 {
		return nil
	}
	return listings[i]
}

// further is the address of that list with the same words.
func (v *searchView) further() string {
	q := url.Values{"q": {v.text}}
	for _, name := range []string{"state", "theme"} {
		if has := slices.ContainsFunc(v.narrowable().params, func(p param) bool { return p.name == name }); has && len(v.values[name]) > 0 {
			q[name] = v.values[name]
		}
	}
	return at(v.narrowable().path, q)
}

// narrowing is what is chosen beside the words and the type, which have places of their own on the page.
func (v *searchView) narrowing(ctx context.Context) []chip {
	return slices.DeleteFunc(v.chips(ctx, v.chosenNames()), func(c chip) bool { return c.Name == "q" || c.Name == "kind" })
}

// everywhere is the address of the search with nothing but its words.
func (v *searchView) everywhere() string { return at(v.path, url.Values{"q": {v.text}}) }

// chosenNames are the names of the States to choose from.
func (v *searchView) chosenNames() map[string]string {
	out := map[string]string{}
	for _, code := range v.values["state"] {
		out["states "+code] = code
	}
	for _, s := range v.States {
		out["states "+s.Code] = s.Name
	}
	return out
}

// unlisted are States that the address chooses and the form does not offer: they stay chosen.
func (v *searchView) unlisted() []string {
	return slices.DeleteFunc(slices.Clone(v.values["state"]), func(code string) bool {
		return slices.ContainsFunc(v.States, func(s *StateName) bool { return s.Code == code })
	})
}

// kindOf is the type of a record that was found, and where and when it is as far as that tells it from others.
func kindOf(ctx context.Context, r FoundRecord) (kind term.RecordKind, more string) {
	switch r := r.(type) {
	case *FoundRecordActivity:
		return term.RecordActivity, say.Period(ctx, r.StartOn, r.EndOn)
	case *FoundRecordLaw:
		return term.RecordLaw, r.State.Name
	case *FoundRecordPolicy:
		if r.PolicyState != nil {
			return term.RecordPolicy, r.PolicyState.Name
		}
		return term.RecordPolicy, ""
	case *FoundRecordCoordinationMechanism:
		return term.RecordMechanism, ""
	case *FoundRecordActor:
		return term.RecordActor, r.Acronym
	case *FoundRecordNeed:
		return term.RecordNeed, ""
	}
	return term.RecordState, ""
}

// foundPath is where the page of a record is.
func foundPath(ctx context.Context, r FoundRecord) string {
	kind, _ := kindOf(ctx, r)
	if s, ok := r.(*FoundRecordState); ok {
		return recordPath(kind, s.Code)
	}
	return recordPath(kind, r.GetKey())
}

// foundKicker says what sort of record it is.
func foundKicker(ctx context.Context, r FoundRecord) string {
	kind, more := kindOf(ctx, r)
	parts := []string{say.Word(ctx, "RecordKind", kind)}
	if more != "" {
		parts = append(parts, ui.Isolated(more))
	}
	return strings.Join(parts, " · ")
}

// themeGroup and stateGroup are what a search can be narrowed to. Nobody has counted what that would find.
func (v *searchView) themeGroup(ctx context.Context) *group {
	g := &group{param: themeParam}
	for _, code := range themeParam.codes() {
		g.Values = append(g.Values, option{Code: code, Text: themeParam.word(ctx, code), Count: uncounted, On: slices.Contains(v.values["theme"], code)})
	}
	return g
}

func (v *searchView) stateGroup() *group {
	g := &group{param: stateParam}
	for _, s := range v.States {
		g.Values = append(g.Values, option{s.Code, s.Name, true, uncounted, slices.Contains(v.values["state"], s.Code)})
	}
	return g
}
