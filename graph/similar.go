package graph

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/overlap"
	"adam/internal/term"
)

const (
	mostAlike   = 5  // of an activity that was written
	mostPlanned = 10 // of one that is planned
	mostJudged  = 40 // are judged anew by what the viewer sees of them
)

// possibleOverlaps gives the activities that the viewer may see and that one likely overlaps with.
func (r *Resolver) possibleOverlaps(ctx context.Context, a *ent.Activity) ([]*PossibleOverlap, error) {
	all, err := compared(ctx, a.ID)
	if err != nil || len(all) == 0 {
		return []*PossibleOverlap{}, err
	}
	return r.overlapsOf(ctx, overlap.Of(all[0]), mostAlike)
}

// overlapsOf finds what an activity likely overlaps with, the likeliest first, each activity once. What is said of a pair
// rests on what the viewer sees of both.
func (r *Resolver) overlapsOf(ctx context.Context, a overlap.Activity, most int) ([]*PossibleOverlap, error) {
	index, err := r.Overlaps.Index(ctx)
	if err != nil {
		return nil, err
	}
	kinds := map[term.ID]term.OverlapKind{}
	for _, m := range index.Find(a, mostJudged) {
		id, err := term.ParseID(m.ID)
		if _, twice := kinds[id]; err == nil && !twice {
			kinds[id] = m.Kind
		}
	}
	ids := make([]term.ID, 0, len(kinds))
	for id := range kinds {
		ids = append(ids, id)
	}
	all, err := compared(ctx, ids...)
	if err != nil {
		return nil, err
	}
	type found struct {
		*ent.Activity
		overlap.Explanation
	}
	var likely []found
	for _, o := range all {
		if e := index.Explain(a, overlap.Of(o), kinds[o.ID]); e.Score >= overlap.Likely {
			likely = append(likely, found{o, e})
		}
	}
	slices.SortFunc(likely, func(x, y found) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.ID, y.ID)) })
	out := []*PossibleOverlap{}
	for _, f := range likely[:min(len(likely), most)] {
		out = append(out, possibleOverlap(f.Activity, f.Explanation))
	}
	return out, nil
}

// compared reads activities with all that is compared of them, as far as the viewer sees it.
func compared(ctx context.Context, ids ...term.ID) ([]*ent.Activity, error) {
	return client(ctx).Activity.Query().Where(activity.IDIn(ids...)).WithActivityStates().WithParticipations().WithFundings().WithExternalIdentifiers().All(ctx)
}

func possibleOverlap(other *ent.Activity, e overlap.Explanation) *PossibleOverlap {
	out := &PossibleOverlap{Kind: e.Kind, Score: rounded(e.Score), Activity: other, Sentence: e.Sentence, Evidence: []*OverlapEvidence{}, Reasons: orEmpty(e.Reasons), Missing: orEmpty(e.Missing)}
	for _, v := range e.Evidence {
		out.Evidence = append(out.Evidence, &OverlapEvidence{Field: v.Field, Agreement: v.Agreement, Weight: rounded(v.Weight), Left: v.Left, Right: v.Right, Sentence: v.Sentence})
	}
	return out
}

func rounded(f float64) term.Decimal { return term.Decimal(strconv.FormatFloat(f, 'f', 2, 64)) }

func orEmpty(s []string) []string { return append([]string{}, s...) }
