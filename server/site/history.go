package site

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// entriesPage is how many changes stand on a page of a history.
const entriesPage = 25

// History makes the page of all changes of a record of one type: GET /laws/{key}/history and the like.
func (s *Site) History(kind term.RecordKind) func(*http.Request) (*ui.Page, error) {
	return func(r *http.Request) (*ui.Page, error) {
		ctx, p := r.Context(), paged(r, entriesPage)
		key := r.PathValue("key") + r.PathValue("code") // a path has one of the two
		found, err := s.past(ctx, kind, key, p)
		if err != nil {
			return nil, err
		}
		if kind != term.RecordState {
			key = found.GetKey()
			if err := kept(r, key); err != nil {
				return nil, err
			}
		}
		v := &historyView{PastEntries: found.GetHistory(), kind: kind}
		if v.names, err = s.namesIn(ctx, v.Edges); err != nil {
			return nil, err
		}
		v.before, v.after = p.around(r, v.PageInfo)
		section := "/" + recordSections[kind]
		return &ui.Page{Title: say.T(ctx, "history.title", ui.Isolated(called(found))), Body: historyPage(v), Crumbs: []ui.Link{
			{Text: sectionName(ctx, kind), Path: section}, {Text: called(found), Path: section + "/" + key}}}, nil
	}
}

// sectionName is what the list of the records of a type is called.
func sectionName(ctx context.Context, kind term.RecordKind) string {
	return say.T(ctx, map[term.RecordKind]string{
		term.RecordActivity: "nav.activities", term.RecordActor: "nav.actors", term.RecordLaw: "nav.laws", term.RecordPolicy: "nav.policies",
		term.RecordMechanism: "nav.mechanisms", term.RecordNeed: "nav.needs", term.RecordState: "nav.states",
	}[kind])
}

// past asks for a part of the history of one record.
func (s *Site) past(ctx context.Context, kind term.RecordKind, key string, p place) (Past, error) {
	is := func(k term.RecordKind) bool { return k == kind }
	f, err := RecordPast(ctx, s.api, key, is(term.RecordActivity), is(term.RecordActor), is(term.RecordLaw), is(term.RecordPolicy),
		is(term.RecordMechanism), is(term.RecordNeed), is(term.RecordState), p.first, p.after, p.last, p.before)
	switch {
	case err != nil:
		return nil, said(err)
	case f.Activity != nil:
		return f.Activity, nil
	case f.Actor != nil:
		return f.Actor, nil
	case f.Law != nil:
		return f.Law, nil
	case f.Policy != nil:
		return f.Policy, nil
	case f.Mechanism != nil:
		return f.Mechanism, nil
	case f.Need != nil:
		return f.Need, nil
	case f.State != nil:
		return f.State, nil
	}
	return nil, nothing(ctx)
}

// historyView is a page of a history, with what its identifiers and codes are called.
type historyView struct {
	*PastEntries
	kind          term.RecordKind
	names         map[string]ui.Link
	before, after string
}

// mostNames bounds what is looked up for a page: the API answers a hundred at once. What is beyond stands as it was written.
const mostNames = 100

var (
	identifier = regexp.MustCompile(`^[a-z]+_[0-9a-hjkmnp-tv-z]{12}$`)
	stateCode  = regexp.MustCompile(`^[A-Z]{3}$`)
)

// namesIn looks up what the identifiers and codes of States in changes are called, as far as the viewer may see them.
func (s *Site) namesIn(ctx context.Context, entries []*PastEdge) (map[string]ui.Link, error) {
	var ids, codes []string
	for _, e := range entries {
		for _, c := range e.Node.Changes {
			for _, word := range strings.FieldsFunc(c.From+" "+c.To, func(r rune) bool { return r == ' ' || r == ';' }) {
				switch {
				case identifier.MatchString(word) && isID(word):
					ids = append(ids, word)
				case stateCode.MatchString(word) && listsStates(c.Field):
					codes = append(codes, word)
				}
			}
		}
	}
	out := map[string]ui.Link{}
	if len(ids)+len(codes) == 0 {
		return out, nil
	}
	found, err := Named(ctx, s.api, few(ids), few(codes))
	if err != nil {
		return nil, said(err)
	}
	for _, n := range found.Nodes {
		if name := called(n); name != "" {
			out[n.GetId()] = ui.Link{Text: name, Path: addressOf(n)}
		}
	}
	for _, e := range found.States.Edges {
		out[e.Node.Code] = ui.Link{Text: e.Node.Name, Path: "/states/" + e.Node.Code}
	}
	return out, nil
}

func isID(word string) bool { _, err := term.ParseID(word); return err == nil }

// listsStates says whether the values of a field are written with codes of States.
func listsStates(field string) bool {
	return slices.Contains([]string{"states", "allocations", "chapters", "members"}, field)
}

// few are the different ones of a list, as many as the API answers at once.
func few(all []string) []string {
	slices.Sort(all)
	all = slices.Compact(all)
	return append([]string{}, all[:min(len(all), mostNames)]...) // null is no list
}
