package intake

import (
	"context"
	"encoding/json"

	"adam/ent"
	"adam/ent/intakemapping"
	"adam/internal/access"
	"adam/internal/exchange/table"
	"adam/internal/term"
)

// remembered is what was said before of the columns of such a header; nil where nothing was.
func remembered(ctx context.Context, c *ent.Client, h table.Header) (*table.Mapping, error) {
	was, err := c.IntakeMapping.Query().Where(intakemapping.Fingerprint(table.Fingerprint(h))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m := &table.Mapping{}
	return m, json.Unmarshal([]byte(was.Mapping), m)
}

// remember keeps what the columns of a spreadsheet mean, for the next one with the same headers.
func (in *taking) remember(m table.Mapping) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	now, by := term.InstantOf(in.o.Now), access.From(in.ctx).Name
	n, err := in.c.IntakeMapping.Update().Where(intakemapping.Fingerprint(m.Fingerprint)).SetMapping(string(text)).SetAt(now).SetBy(by).Save(in.ctx)
	if err != nil || n > 0 {
		return err
	}
	return in.c.IntakeMapping.Create().SetFingerprint(m.Fingerprint).SetMapping(string(text)).SetAt(now).SetBy(by).Exec(in.ctx)
}
