package graph

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/overlap"
	"adam/internal/search"
	"adam/internal/term"
)

const (
	candidates = 20 // of each search
	longWords  = 4  // of the title that are searched one by one, since another report may word it differently
	sameStates = 60 // activities in the same States
	mostAlike  = 5
)

// possibleOverlaps gives the activities that the viewer may see and that are likely the same as one, the most alike first.
func possibleOverlaps(ctx context.Context, a *ent.Activity) ([]*PossibleOverlap, error) {
	ids, err := alikeIDs(ctx, a)
	if err != nil {
		return nil, err
	}
	all, err := overlap.Reading(client(ctx).Activity.Query().Where(activity.IDIn(append(ids, a.ID)...))).All(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(o *ent.Activity) bool { return o.ID == a.ID })
	if i < 0 {
		return []*PossibleOverlap{}, nil
	}
	return mostLikely(overlap.Of(all[i]), slices.Delete(all, i, i+1)), nil
}

func mostLikely(to overlap.Activity, all []*ent.Activity) []*PossibleOverlap {
	compared, byID := make([]overlap.Activity, len(all)), make(map[string]*ent.Activity, len(all))
	for i, o := range all {
		compared[i] = overlap.Of(o)
		byID[compared[i].ID] = o
	}
	out := []*PossibleOverlap{}
	for _, m := range overlap.New(compared, overlap.Options{}).Find(to, len(all)) {
		if m.Kind == term.OverlapSameActivity && len(out) < mostAlike {
			out = append(out, &PossibleOverlap{Score: term.Decimal(strconv.FormatFloat(m.Score, 'f', 2, 64)), Activity: byID[m.ID]})
		}
	}
	return out
}

// alikeIDs finds activities worth comparing: by the words of the title, and in the same States.
func alikeIDs(ctx context.Context, a *ent.Activity) ([]term.ID, error) {
	words := strings.Fields(rule.SortName(a.Title))
	slices.SortStableFunc(words, func(x, y string) int { return len(y) - len(x) })
	texts := append([]string{a.Title}, words[:min(len(words), longWords)]...)
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
	delete(found, a.ID)
	out := make([]term.ID, 0, len(found))
	for id := range found {
		out = append(out, id)
	}
	return out, err
}

// sameStatesAs finds the activities changed last that take place in one of the States of another.
func sameStatesAs(ctx context.Context, a *ent.Activity) ([]term.ID, error) {
	states, err := client(ctx).ActivityState.Query().Where(activitystate.ActivityID(a.ID)).Select(activitystate.FieldStateID).Ints(ctx)
	if err != nil || len(states) == 0 {
		return nil, err
	}
	ids := make([]term.ID, len(states))
	for i, s := range states {
		ids[i] = term.ID(s)
	}
	return client(ctx).Activity.Query().Where(activity.HasActivityStatesWith(activitystate.StateIDIn(ids...)), activity.IDNEQ(a.ID)).
		Order(ent.Desc(activity.FieldUpdatedAt), activity.ByID()).Limit(sameStates).IDs(ctx)
}
