package graph

import (
	"cmp"
	"reflect"
	"slices"

	"adam/ent"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"
)

// inOrder gives the participations of an activity an order, by id. Other plain lists have it from the database
// (rule.InOrder), but these are also counted in groups, and PostgreSQL refuses to order what it counts.
func inOrder(result any) any {
	if all, ok := result.([]*ent.Participation); ok {
		return slices.SortedFunc(slices.Values(all), func(a, b *ent.Participation) int { return cmp.Compare(a.ID, b.ID) })
	}
	return result
}

// reorder brings a page that ent read ahead for one of several parents into its order. Where a row belongs to several
// parents, ent puts it where it met it first, which is the place that it has among the rows of another parent.
func reorder(fc *graphql.FieldContext) {
	if fc.Parent == nil {
		return
	}
	switch parent := pointed(fc.Parent.Result).(type) {
	case *ent.Chapter:
		reorderOfChapter(fc, parent)
	case *ent.Activity:
		switch fc.Field.Name {
		case "fundings":
			order, _ := fc.Args["orderBy"].(*ent.FundingOrder)
			sortPage(fc, order != nil && down(order.Direction), parent.NamedFundings, func(r *ent.Funding) ent.Cursor { return r.ToEdge(order).Cursor })
		case "overlaps":
			order, _ := fc.Args["orderBy"].(*ent.OverlapOrder)
			sortPage(fc, order != nil && down(order.Direction), parent.NamedOverlaps, func(r *ent.Overlap) ent.Cursor { return r.ToEdge(order).Cursor })
		}
	case *ent.Funding:
		if fc.Field.Name == "activities" {
			order, _ := fc.Args["orderBy"].(*ent.ActivityOrder)
			sortPage(fc, order != nil && down(order.Direction), parent.NamedActivities, func(r *ent.Activity) ent.Cursor { return r.ToEdge(order).Cursor })
		}
	}
}

func reorderOfChapter(fc *graphql.FieldContext, parent *ent.Chapter) {
	switch order := fc.Args["orderBy"].(type) {
	case *ent.ActorOrder:
		sortPage(fc, order != nil && down(order.Direction), parent.NamedActors, func(r *ent.Actor) ent.Cursor { return r.ToEdge(order).Cursor })
	case *ent.LawOrder:
		sortPage(fc, order != nil && down(order.Direction), parent.NamedLaws, func(r *ent.Law) ent.Cursor { return r.ToEdge(order).Cursor })
	case *ent.PolicyDocumentOrder:
		sortPage(fc, order != nil && down(order.Direction), parent.NamedPolicies, func(r *ent.PolicyDocument) ent.Cursor { return r.ToEdge(order).Cursor })
	case *ent.CoordinationMechanismOrder:
		sortPage(fc, order != nil && down(order.Direction), parent.NamedMechanisms, func(r *ent.CoordinationMechanism) ent.Cursor { return r.ToEdge(order).Cursor })
	case *ent.ActivityOrder:
		sortPage(fc, order != nil && down(order.Direction), parent.NamedActivities, func(r *ent.Activity) ent.Cursor { return r.ToEdge(order).Cursor })
	}
}

func down(d ent.OrderDirection) bool { return d == entgql.OrderDirectionDesc }

// pointed is the record that a field or an element of a list has given.
func pointed(result any) any {
	switch r := result.(type) {
	case **ent.Chapter:
		return *r
	case **ent.Activity:
		return *r
	case **ent.Funding:
		return *r
	}
	return result
}

// sortPage sorts the rows read ahead for a field, in place, as ent sorts: by value, then by identifier, and from the
// end where the last ones are asked for.
func sortPage[T any](fc *graphql.FieldContext, down bool, named func(string) ([]T, error), place func(T) ent.Cursor) {
	rows, err := named(fc.Field.Alias)
	if err != nil || len(rows) < 2 {
		return // not read ahead
	}
	sign := 1
	if last, _ := fc.Args["last"].(*int); (last != nil) != down {
		sign = -1
	}
	slices.SortFunc(rows, func(x, y T) int {
		a, b := place(x), place(y)
		return sign * cmp.Or(compareValues(a.Value, b.Value), cmp.Compare(a.ID, b.ID))
	})
}

// compareValues compares what rows are sorted by: whole numbers, or texts.
func compareValues(a, b any) int {
	if x, isNumber := a.(int); isNumber {
		y, _ := b.(int)
		return cmp.Compare(x, y)
	}
	return cmp.Compare(text(a), text(b))
}

// text is a value as a text; "" where there is none.
func text(v any) string {
	if v == nil {
		return ""
	}
	return reflect.ValueOf(v).String()
}
