package graph

import (
	"context"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	"adam/ent/externalidentifier"
	"adam/ent/predicate"
	"adam/ent/rule"
	"adam/ent/state"
	"adam/internal/fault"
	"adam/internal/overlap"
	"adam/internal/search"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// What is looked for beside the index, which lacks what only some may see.
const (
	mostBesides = 8   // of each search
	rareWords   = 4   // of the title that are searched one by one, since another report may word it differently
	rareBelow   = 300 // activities that have a word: commoner ones find too much
	besideDays  = 45  // between the starts
	candidates  = 20  // of each search, where there is no index
	sameStates  = 60  // activities in the same States, where there is no index
)

// besides finds activities worth comparing that the index does not have. Where there is no index yet, these may be any.
func besides(ctx context.Context, index *overlap.Index, a overlap.Activity) ([]term.ID, error) {
	if index.Len() == 0 {
		return withoutIndex(ctx, a)
	}
	near, err := restrictedNear(ctx, a)
	if err != nil {
		return nil, err
	}
	named, err := restrictedNamed(ctx, index.Rare(a.Title, rareWords, rareBelow))
	if err != nil {
		return nil, err
	}
	called, err := restrictedCalled(ctx, a)
	return slices.Concat(near, named, called), err
}

// restrictedCalled finds restricted activities that are called the same, here or in other systems.
func restrictedCalled(ctx context.Context, a overlap.Activity) ([]term.ID, error) {
	called, err := client(ctx).Activity.Query().Where(activity.VisibilityEQ(term.Restricted), activity.SortName(rule.SortName(a.Title))).
		Order(ent.Desc(activity.FieldUpdatedAt), activity.ByID()).Limit(mostBesides).IDs(ctx)
	if err != nil || len(a.Identifiers) == 0 {
		return called, err
	}
	var elsewhere []term.ID
	err = client(ctx).ExternalIdentifier.Query().Where(externalidentifier.ValueIn(a.Identifiers...)).Limit(mostBesides).Select(externalidentifier.FieldActivityID).Scan(ctx, &elsewhere)
	return append(called, elsewhere...), err
}

// restrictedNear finds restricted activities that begin about when another does, in one of its States.
func restrictedNear(ctx context.Context, a overlap.Activity) ([]term.ID, error) {
	if a.Start == "" || len(a.States) == 0 {
		return nil, nil
	}
	codes := make([]any, len(a.States))
	for i, code := range a.States {
		codes[i] = code
	}
	return client(ctx).Activity.Query().Where(activity.VisibilityEQ(term.Restricted), beginning(a.Start),
		func(s *sql.Selector) { // one look-up for each, where a list of all activities in a State would be long
			t, places := sql.Table(activitystate.Table), sql.Table(state.Table)
			in := sql.Dialect(s.Dialect()).Select(places.C(state.FieldID)).From(places).Where(sql.In(places.C(state.FieldCode), codes...))
			s.Where(sql.Exists(sql.Dialect(s.Dialect()).Select(t.C(activitystate.FieldID)).From(t).Where(sql.And(sql.ColumnsEQ(t.C(activitystate.FieldActivityID), s.C(activity.FieldID)), sql.In(t.C(activitystate.FieldStateID), in)))))
		}).Order(ent.Desc(activity.FieldUpdatedAt), activity.ByID()).Limit(mostBesides).IDs(ctx)
}

// beginning are the activities that begin about when a date says, also those of which only the month or the year is known.
func beginning(start term.PartialDate) predicate.Activity {
	from, to := term.PartialDate(start.First().Plus(-besideDays)), term.PartialDate(start.Last().Plus(besideDays))
	return activity.Or(activity.And(activity.StartOnGTE(from), activity.StartOnLTE(to)), activity.StartOnIn(from[:len("2006-01")], from[:len("2006")], to[:len("2006")]))
}

// restrictedNamed finds restricted activities with one of some words in their names.
func restrictedNamed(ctx context.Context, words []string) ([]term.ID, error) {
	if len(words) == 0 {
		return nil, nil
	}
	return client(ctx).Activity.Query().Where(activity.VisibilityEQ(term.Restricted), search.NamedAny(words)).
		Order(ent.Desc(activity.FieldUpdatedAt), activity.ByID()).Limit(mostBesides).IDs(ctx)
}

// withoutIndex finds activities worth comparing by the words of the title, and in the same States.
func withoutIndex(ctx context.Context, a overlap.Activity) ([]term.ID, error) {
	words := strings.Fields(rule.SortName(a.Title))
	slices.SortStableFunc(words, func(x, y string) int { return len(y) - len(x) })
	texts := append([]string{a.Title}, words[:min(len(words), rareWords)]...)
	first, found := candidates, map[term.ID]bool{}
	for _, text := range texts {
		hits, err := search.Find(ctx, client(ctx), text, search.Within{Kinds: []term.RecordKind{term.RecordActivity}}, search.Page{First: &first})
		if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Limit) {
			continue // a title that is too long to search for, or has no words
		}
		if err != nil {
			return nil, err
		}
		for _, h := range hits.Edges {
			found[h.Node.(*ent.Activity).ID] = true
		}
	}
	near, err := sameStatesAs(ctx, a)
	for _, id := range near {
		found[id] = true
	}
	out := make([]term.ID, 0, len(found))
	for id := range found {
		out = append(out, id)
	}
	return out, err
}

// sameStatesAs finds the activities changed last that take place in one of the States of another.
func sameStatesAs(ctx context.Context, a overlap.Activity) ([]term.ID, error) {
	if len(a.States) == 0 {
		return nil, nil
	}
	return client(ctx).Activity.Query().Where(activity.HasActivityStatesWith(activitystate.HasStateWith(state.CodeIn(a.States...)))).
		Order(ent.Desc(activity.FieldUpdatedAt), activity.ByID()).Limit(sameStates).IDs(ctx)
}
