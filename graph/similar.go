package graph

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/overlap"
	"adam/internal/term"
)

// moment is how long a change that is kept waits for advice.
const moment = time.Second

const (
	mostAlike   = 5  // of an activity that was written
	mostPlanned = 10 // of one that is planned
	foundFor    = 3  // so many times more are taken of the index: all that is found is judged by what the viewer sees of it
)

// possibleOverlaps gives the activities that the viewer may see and that one likely overlaps with. It is advice: a change
// that is kept waits for it a moment only.
func (r *Resolver) possibleOverlaps(ctx context.Context, a *ent.Activity) ([]*PossibleOverlap, error) {
	all, err := compared(ctx, a.ID)
	if err != nil || len(all) == 0 {
		return []*PossibleOverlap{}, err
	}
	index, err := r.Overlaps.Soon(ctx, moment)
	if err != nil {
		slog.WarnContext(ctx, "graphql: advice about overlaps without the index", "error", err)
	}
	return overlapsOf(ctx, index, overlap.Of(all[0]), mostAlike)
}

// judged is an activity with what the engine says of it.
type judged struct {
	id term.ID
	overlap.Explanation
}

// overlapsOf finds what an activity likely overlaps with, the likeliest first. What is said of a pair rests on what the
// viewer sees of both.
func overlapsOf(ctx context.Context, index *overlap.Index, a overlap.Activity, most int) ([]*PossibleOverlap, error) {
	ids, err := besides(ctx, index, a)
	if err != nil {
		return nil, err
	}
	for _, m := range index.Find(a, foundFor*most) {
		if id, err := term.ParseID(m.ID); err == nil {
			ids = append(ids, id)
		}
	}
	all, err := overlap.Barely(client(ctx).Activity.Query().Where(activity.IDIn(ids...))).All(ctx)
	if err != nil {
		return nil, err
	}
	var likely []judged
	for _, o := range all {
		other := overlap.Of(o)
		if e := likelier(index, a, other); other.ID != a.ID && e.Score >= overlap.Likely {
			likely = append(likely, judged{o.ID, e})
		}
	}
	slices.SortFunc(likely, func(x, y judged) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.id, y.id)) })
	return possiblyThese(ctx, likely[:min(len(likely), most)])
}

// possiblyThese reads the activities that are told of whole.
func possiblyThese(ctx context.Context, likely []judged) ([]*PossibleOverlap, error) {
	out, ids := []*PossibleOverlap{}, []term.ID{}
	for _, f := range likely {
		ids = append(ids, f.id)
	}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := client(ctx).Activity.Query().Where(activity.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range likely {
		if i := slices.IndexFunc(rows, func(r *ent.Activity) bool { return r.ID == f.id }); i >= 0 {
			out = append(out, possibleOverlap(rows[i], f.Explanation))
		}
	}
	return out, nil
}

// likelier explains a pair as what it more likely is: one activity, or the same assistance twice.
func likelier(index *overlap.Index, a, b overlap.Activity) overlap.Explanation {
	one, twice := index.Explain(a, b, term.OverlapSameActivity), index.Explain(a, b, term.OverlapAssistance)
	if twice.Score > one.Score {
		return twice
	}
	return one
}

// compared reads activities with all that is compared of them, as far as the viewer sees it.
func compared(ctx context.Context, ids ...term.ID) ([]*ent.Activity, error) {
	return overlap.Reading(client(ctx).Activity.Query().Where(activity.IDIn(ids...))).All(ctx)
}

func possibleOverlap(other *ent.Activity, e overlap.Explanation) *PossibleOverlap {
	out := &PossibleOverlap{Kind: e.Kind, Score: rounded(e.Score), Activity: other, Sentence: e.Sentence, Evidence: []*OverlapEvidence{}, Reasons: orEmpty(e.Reasons), Missing: orEmpty(e.Missing), Rates: orEmpty(e.Rates)}
	for _, v := range e.Evidence {
		out.Evidence = append(out.Evidence, &OverlapEvidence{Field: v.Field, Agreement: v.Agreement, Weight: rounded(v.Weight), Left: v.Left, Right: v.Right, Sentence: v.Sentence})
	}
	return out
}

func rounded(f float64) term.Decimal { return term.Decimal(strconv.FormatFloat(f, 'f', 2, 64)) }

func orEmpty(s []string) []string { return append([]string{}, s...) }
