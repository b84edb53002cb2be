package overlap

import (
	"context"
	"strconv"

	"adam/ent"
	"adam/ent/overlapweights"
)

// Explainer tells of pairs that were found before why they may overlap: by what was compared of them then, with the eyes of
// every member, by the weights that they were scored with, and with the values of both that whoever asks sees. A pair of
// which that is not known is compared by itself.
func Explainer(ctx context.Context, c *ent.Client) (func(a, b Activity, o *ent.Overlap) (Explanation, error), error) {
	rates, err := ratesOf(ctx, c)
	if err != nil {
		return nil, err
	}
	by := map[string]*Index{WeightsVersion(): New(nil, Options{Rates: rates})}
	return func(a, b Activity, o *ent.Overlap) (Explanation, error) {
		version := WeightsVersion()
		if o.Seen != nil {
			version = o.Seen.Weights
		}
		if by[version] == nil {
			m, err := modelOf(ctx, c, version)
			if err != nil {
				return Explanation{}, err
			}
			by[version] = New(nil, Options{Rates: rates, Model: m})
		}
		e := by[version].explain(a, b, o.Kind, o.Seen)
		if found, err := strconv.ParseFloat(string(o.Score), 64); err == nil {
			e.Score = found
			e.Sentence = e.summary()
		}
		return e, nil
	}, nil
}

// modelOf gives weights that were learnt here, by their version; the shipped ones where this program does not know the
// levels of those.
func modelOf(ctx context.Context, c *ent.Client, version string) (*Model, error) {
	row, err := c.OverlapWeights.Query().Where(overlapweights.Version(version), ofThisProgram()).Only(asProgram(ctx))
	if ent.IsNotFound(err) {
		return Shipped(), nil
	}
	if err != nil {
		return nil, err
	}
	return readModel(row.Weights)
}
