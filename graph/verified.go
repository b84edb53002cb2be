package graph

import (
	"context"
	"fmt"
	"reflect"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/chapter"
	"adam/ent/funding"
	"adam/internal/search"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql"
)

// totals are the lists that tell how many of totalCount are verified, by the type that has them and their name there.
// A list of the whole catalogue is counted by itself; those of records are counted for all parents that a page shows.
var totals = map[string]total{
	"Query.states":     topmost(search.States, search.Verified),
	"Query.chapters":   topmost(chaptersIn, search.Verified),
	"Query.actors":     topmost(search.Actors, search.Verified),
	"Query.laws":       topmost(search.Laws, search.Verified),
	"Query.policies":   topmost(search.Policies, search.Verified),
	"Query.mechanisms": topmost(search.Mechanisms, search.Verified),
	"Query.activities": topmost(search.Activities, search.Verified),
	"Query.needs":      topmost(search.Needs, search.Verified),

	"Need.matchingActivities": {below: verifiedMatches},

	"Chapter.actors":     below(search.Actors, search.Verified, join{chapter.ActorsTable, chapter.ActorsPrimaryKey[0], chapter.ActorsPrimaryKey[1]}),
	"Chapter.laws":       below(search.Laws, search.Verified, join{chapter.LawsTable, chapter.LawsPrimaryKey[0], chapter.LawsPrimaryKey[1]}),
	"Chapter.policies":   below(search.Policies, search.Verified, join{chapter.PoliciesTable, chapter.PoliciesPrimaryKey[0], chapter.PoliciesPrimaryKey[1]}),
	"Chapter.mechanisms": below(search.Mechanisms, search.Verified, join{chapter.MechanismsTable, chapter.MechanismsPrimaryKey[0], chapter.MechanismsPrimaryKey[1]}),
	"Chapter.activities": below(search.Activities, search.Verified, join{chapter.ActivitiesTable, chapter.ActivitiesPrimaryKey[0], chapter.ActivitiesPrimaryKey[1]}),

	"Activity.parts":      below(search.Activities, search.Verified, join{parent: activity.PartsColumn}),
	"Activity.followedBy": below(search.Activities, search.Verified, join{parent: activity.FollowedByColumn}),
	"Activity.fundings":   below(fundingsIn, search.PaysForVerified, join{activity.FundingsTable, activity.FundingsPrimaryKey[0], activity.FundingsPrimaryKey[1]}),
	"Funding.activities":  below(search.Activities, search.Verified, join{funding.ActivitiesTable, funding.ActivitiesPrimaryKey[1], funding.ActivitiesPrimaryKey[0]}),
}

// total counts the verified rows of a list: of the whole one under its arguments, or of those of some parents.
type total struct {
	whole func(context.Context, map[string]any) (int, error)
	below func(context.Context, []term.ID) (map[term.ID]int, error)
}

// join is how rows hang on their parents: by a table between them, or by a column of their own.
type join struct{ table, parent, row string }

// rows is a query of one type, as ent generates it.
type rows[P ~func(*sql.Selector), Q any, S scanner] interface {
	Where(...P) Q
	Select(...string) S
	Count(context.Context) (int, error)
}

type scanner interface {
	Scan(context.Context, any) error
}

// standing narrows rows to those that are verified today.
type standing = func(context.Context) func(*sql.Selector)

func topmost[F any, P ~func(*sql.Selector), Q rows[P, Q, S], S scanner](find func(context.Context, *ent.Client, *F) (Q, error), verified standing) total {
	return total{whole: func(ctx context.Context, args map[string]any) (int, error) {
		filter, _ := args["filter"].(*F)
		q, err := find(ctx, client(ctx), filter)
		if err != nil {
			return 0, err
		}
		return q.Where(P(verified(ctx))).Count(ctx)
	}}
}

func below[F any, P ~func(*sql.Selector), Q rows[P, Q, S], S scanner](find func(context.Context, *ent.Client, *F) (Q, error), verified standing, j join) total {
	return total{below: func(ctx context.Context, parents []term.ID) (map[term.ID]int, error) {
		q, err := find(ctx, client(ctx), nil)
		if err != nil {
			return nil, err
		}
		var found []struct {
			Parent term.ID `sql:"parent"`
			Count  int     `sql:"count"`
		}
		err = q.Where(P(verified(ctx)), P(func(s *sql.Selector) { j.group(s, parents) })).Select().Scan(ctx, &found)
		out := make(map[term.ID]int, len(parents))
		for _, f := range found {
			out[f.Parent] = f.Count
		}
		return out, err
	}}
}

// group makes a query count the rows of each parent.
func (j join) group(s *sql.Selector, parents []term.ID) {
	column := s.C(j.parent)
	if j.table != "" {
		t := sql.Table(j.table)
		s.Join(t).On(s.C("id"), t.C(j.row))
		column = t.C(j.parent)
	}
	ids := make([]any, len(parents))
	for i, id := range parents {
		ids[i] = id
	}
	s.Where(sql.In(column, ids...)).Select(sql.As(column, "parent"), sql.As(sql.Count("*"), "count")).GroupBy(column)
}

// listed is a list of one parent.
type listed struct {
	name   string
	parent term.ID
}

// verifiedCount is how many rows of the list that the present field belongs to are verified today, on all its pages.
func verifiedCount(ctx context.Context) (int, error) {
	list := graphql.GetFieldContext(ctx).Parent
	name := list.Object + "." + list.Field.Name
	if t := totals[name]; t.whole != nil {
		return t.whole(ctx, list.Args)
	}
	return loadersFrom(ctx).counted.Load(ctx, listed{name, idOf(list.Parent.Result)})
}

// loadCounted asks once for each list, for all its parents.
func loadCounted(ctx context.Context, keys []listed) (map[listed]int, error) {
	parents := map[string][]term.ID{}
	for _, k := range keys {
		parents[k.name] = append(parents[k.name], k.parent)
	}
	out := make(map[listed]int, len(keys))
	for name, ids := range parents {
		t, ok := totals[name]
		if !ok {
			return nil, fmt.Errorf("no rule says how to count what is verified in %s", name)
		}
		counts, err := t.below(ctx, ids)
		if err != nil {
			return nil, fmt.Errorf("count what is verified in %s: %w", name, err)
		}
		for _, id := range ids {
			out[listed{name, id}] = counts[id]
		}
	}
	return out, nil
}

// idOf is the identifier of what a field has given, however it points to it.
func idOf(result any) term.ID {
	v := reflect.ValueOf(result)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	return v.FieldByName("ID").Interface().(term.ID)
}

// unfiltered is the filter of lists that have none.
type unfiltered struct{}

func chaptersIn(_ context.Context, c *ent.Client, _ *unfiltered) (*ent.ChapterQuery, error) {
	return c.Chapter.Query(), nil
}

func fundingsIn(_ context.Context, c *ent.Client, _ *unfiltered) (*ent.FundingQuery, error) {
	return c.Funding.Query(), nil
}
