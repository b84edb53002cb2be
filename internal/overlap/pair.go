package overlap

import (
	"context"
	"strconv"

	"adam/ent"
)

// Explainer tells of pairs that were found before why they may overlap: by what was compared of them then, with the eyes of
// every member, and with the values of both that whoever asks sees. A pair of which that is not known is compared by
// itself.
func Explainer(ctx context.Context, c *ent.Client) (func(a, b Activity, o *ent.Overlap) Explanation, error) {
	rates, err := ratesOf(ctx, c)
	if err != nil {
		return nil, err
	}
	taught, err := LessonsOf(ctx, c)
	if err != nil {
		return nil, err
	}
	x := New(nil, Options{Rates: rates, Model: taught.Model})
	return func(a, b Activity, o *ent.Overlap) Explanation {
		e := x.explain(a, b, o.Kind, o.Seen)
		if found, err := strconv.ParseFloat(string(o.Score), 64); err == nil {
			e.Score = found
			e.Sentence = e.summary()
		}
		return e
	}, nil
}
