package site

import (
	"context"
	"encoding/json"

	"adam/internal/term"

	"github.com/Khan/genqlient/graphql"
)

// listing is one of the lists that people browse: what it is called, what it can be filtered and sorted by, and what its rows
// show on a page and in a download.
type listing struct {
	path      string // of the page
	field     string // of the API's Query
	op, query string // what is asked
	title     string // keys of sentences: what it is called, how many there are, and what the columns are
	count     string
	columns   []string
	params    []param
	dated     bool // it can be filtered by a period
	sorts     []sorting
	row       func(context.Context, *chosen, json.RawMessage) (*row, error)
	head      []string // keys of the columns of a download
	cells     func(context.Context, json.RawMessage) ([]string, error)
}

// sorting is one way to sort a list.
type sorting struct {
	name, key string
	by        string // the API's
	down      bool
}

func (s sorting) order() map[string]any {
	direction := "ASC"
	if s.down {
		direction = "DESC"
	}
	return map[string]any{"field": s.by, "direction": direction}
}

var (
	byTitle   = sorting{"title", "browse.sort.title", "TITLE", false}
	byName    = sorting{"title", "browse.sort.title", "NAME", false}
	byUpdated = sorting{"updated", "browse.sort.updated", "UPDATED_AT", true}

	stateParam   = named("state", "states", "field.state")
	chapterParam = named("chapter", "chapters", "browse.chapter")
	themeParam   = coded[term.Theme]("theme", "themes", "field.themes", "Theme")
	topicParam   = coded[term.Topic]("topic", "topics", "field.topics", "Topic")
)

var activitiesList = shaped(listing{
	path: "/activities", field: "activities", op: "ActivityList", query: ActivityList_Operation, title: "nav.activities", count: "browse.activities",
	columns: []string{"field.states", "field.themes", "field.period", "browse.who"}, dated: true,
	params: []param{named("state", "states", "field.states"), themeParam, named("donorState", "donorStates", "browse.donorState"), named("donor", "donors", "field.donors"),
		named("implementer", "implementers", "field.implementers"), coded[term.AssistanceType]("assistance", "assistanceTypes", "field.assistanceTypes", "AssistanceType"),
		coded[term.Audience]("audience", "audiences", "field.targetAudiences", "Audience"), topicParam, coded[term.ActivityStatus]("status", "status", "field.status", "ActivityStatus"),
		coded[term.Group]("group", "stateGroups", "browse.group", "Group"), chapterParam, named("licence", "licences", "field.licences"), byVerified},
	sorts: []sorting{byTitle, {"start", "browse.sort.start", "START", true}, {"end", "browse.sort.end", "END", true}, byUpdated},
}, activityRow, activityColumns)

var lawsList = shaped(listing{
	path: "/laws", field: "laws", op: "LawList", query: LawList_Operation, title: "nav.laws", count: "browse.laws",
	columns: []string{"field.state", "field.themes", "browse.year"},
	params:  []param{stateParam, themeParam, topicParam, coded[term.LawStatus]("status", "status", "field.status", "LawStatus"), chapterParam, byVerified},
	sorts:   []sorting{byTitle, {"adopted", "browse.sort.adopted", "ADOPTED", true}, byUpdated},
}, lawRow, lawColumns)

var policiesList = shaped(listing{
	path: "/policies", field: "policies", op: "PolicyList", query: PolicyList_Operation, title: "nav.policies", count: "browse.policies",
	columns: []string{"field.state", "field.themes", "field.period", "field.leadAuthority"},
	params:  []param{stateParam, themeParam, topicParam, coded[term.PolicyStatus]("status", "status", "field.status", "PolicyStatus"), chapterParam, byVerified},
	sorts:   []sorting{byTitle, {"period", "browse.sort.start", "PERIOD", true}, byUpdated},
}, policyRow, policyColumns)

var mechanismsList = shaped(listing{
	path: "/mechanisms", field: "mechanisms", op: "MechanismList", query: MechanismList_Operation, title: "browse.mechanisms.title", count: "browse.mechanisms",
	columns: []string{"field.members", "field.themes", "field.form", "browse.founded"},
	params: []param{named("state", "states", "browse.member"), themeParam, coded[term.MechanismLevel]("level", "levels", "field.level", "MechanismLevel"),
		coded[term.MechanismForm]("form", "forms", "field.form", "MechanismForm"), coded[term.MechanismStatus]("status", "status", "field.status", "MechanismStatus"), topicParam, chapterParam, byVerified},
	sorts: []sorting{byName, {"level", "browse.sort.level", "LEVEL", false}, {"founded", "browse.sort.founded", "FOUNDED", true}, byUpdated},
}, mechanismRow, mechanismColumns)

var actorsList = shaped(listing{
	path: "/actors", field: "actors", op: "ActorList", query: ActorList_Operation, title: "nav.actors", count: "browse.actors",
	columns: []string{"field.kind", "field.state", "field.statedRoles"},
	params: []param{coded[term.ActorKind]("kind", "kinds", "field.kind", "ActorKind"), stateParam, coded[term.ParticipationRole]("role", "roles", "browse.role", "ParticipationRole"),
		chapterParam, byVerified},
	sorts: []sorting{byName, {"kind", "browse.sort.kind", "KIND", false}, byUpdated},
}, actorRow, actorColumns)

// listings are all of them.
var listings = []*listing{activitiesList, lawsList, policiesList, mechanismsList, actorsList}

// column is one of a download: a key for its head, and what stands in it.
type column[R any] struct {
	key string
	of  func(context.Context, *R) string
}

// shaped completes a list by how its rows are shown.
func shaped[R any](l listing, show func(context.Context, *chosen, *R) *row, columns []column[R]) *listing {
	read := func(raw json.RawMessage) (*R, error) {
		r := new(R)
		return r, json.Unmarshal(raw, r)
	}
	l.row = func(ctx context.Context, c *chosen, raw json.RawMessage) (*row, error) {
		r, err := read(raw)
		if err != nil {
			return nil, err
		}
		return show(ctx, c, r), nil
	}
	for _, c := range columns {
		l.head = append(l.head, c.key)
	}
	l.cells = func(ctx context.Context, raw json.RawMessage) ([]string, error) {
		r, err := read(raw)
		if err != nil {
			return nil, err
		}
		out := make([]string, len(columns))
		for i, c := range columns {
			out[i] = c.of(ctx, r)
		}
		return out, nil
	}
	return &l
}

// listPage is a page of a list as the API gives it.
type listPage struct {
	TotalCount, VerifiedCount int
	PossiblyActive            int
	PageInfo                  *Paging
	Facets                    []*FacetLine
	Edges                     []struct{ Node json.RawMessage }
}

// ask reads a page of the list: with counts for people, without for a download.
func (c *chosen) ask(ctx context.Context, api graphql.Client, p place, counts bool) (*listPage, error) {
	vars := map[string]any{"filter": c.filter(), "orderBy": c.sort.order(), "counts": counts, "values": c.most()}
	if p.last > 0 {
		vars["last"], vars["before"] = p.last, p.before
	} else if vars["first"] = p.first; p.after != "" {
		vars["after"] = p.after
	}
	var data map[string]*listPage
	err := api.MakeRequest(ctx, &graphql.Request{OpName: c.op, Query: c.listing.query, Variables: vars}, &graphql.Response{Data: &data})
	if err != nil {
		return nil, c.named(said(err))
	}
	return data[c.listing.field], nil
}

// How many values of a parameter are shown, and how many where a reader asks for more.
const fewValues, manyValues = 20, 100

// most is how many values of each parameter are asked for.
func (c *chosen) most() int {
	if c.more != "" {
		return manyValues
	}
	return fewValues
}
