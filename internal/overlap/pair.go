package overlap

import (
	"context"
	"strconv"

	"adam/ent"
	"adam/internal/term"
)

// Explainer tells of pairs that were found before why they may overlap: from the two alone, with the rates of the
// catalogue. How likely the pair is was found among all activities; the sentence says that.
func Explainer(ctx context.Context, c *ent.Client) (func(a, b Activity, kind term.OverlapKind, score term.Decimal) Explanation, error) {
	rates, err := ratesOf(ctx, c)
	x := New(nil, Options{Rates: rates})
	return func(a, b Activity, kind term.OverlapKind, score term.Decimal) Explanation {
		e := x.Explain(a, b, kind)
		if found, err := strconv.ParseFloat(string(score), 64); err == nil {
			e.Score = found
			e.Sentence = e.summary()
		}
		return e
	}, err
}
