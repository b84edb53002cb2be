package funding

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/rate"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/term"
)

// Imported is what an import of rates did.
type Imported struct {
	Added, Unchanged int
	Changed          []string // what each was and is
}

// SaveRates writes an operator's rates in her transaction. They go before shipped ones, which a later load leaves alone.
// The log keeps what each was before.
func SaveRates(ctx context.Context, tx *ent.Tx, rates []Rate, now time.Time) (Imported, error) {
	var out Imported
	known, err := tx.Rate.Query().All(ctx)
	if err != nil {
		return out, fmt.Errorf("read rates: %w", err)
	}
	before := make(map[money]*ent.Rate, len(known))
	for _, r := range known {
		before[money{term.Currency(r.Currency), r.Year}] = r
	}
	var add []*ent.RateCreate
	for _, r := range rates {
		was := before[money{r.Currency, r.Year}]
		switch {
		case was == nil:
			add = append(add, tx.Rate.Create().SetCurrency(string(r.Currency)).SetYear(r.Year).SetPerUsd(r.PerUSD).SetSource(r.Source))
		case was.PerUsd == r.PerUSD && was.Source == r.Source:
			out.Unchanged++
		default:
			out.Changed = append(out.Changed, fmt.Sprintf("%s %d: %s (%s) → %s (%s)", r.Currency, r.Year, was.PerUsd, was.Source, r.PerUSD, r.Source))
			if err := tx.Rate.UpdateOneID(was.ID).Where(rate.PerUsd(was.PerUsd)).SetPerUsd(r.PerUSD).SetSource(r.Source).Exec(ctx); err != nil {
				return out, fmt.Errorf("change a rate: %w", err)
			}
		}
	}
	for part := range slices.Chunk(add, 1000) {
		if err := tx.Rate.CreateBulk(part...).Exec(ctx); err != nil {
			return out, fmt.Errorf("add rates: %w", err)
		}
	}
	out.Added = len(add)
	if out.Added+len(out.Changed) == 0 {
		return out, nil
	}
	return out, audit.Append(ctx, tx, now, audit.Entry{
		Kind: term.LogChanged, Person: access.From(ctx).Person, Detail: strings.Join(out.Changed, "\n"),
		Summary: fmt.Sprintf("Exchange rates were imported: %d new, %d changed.", out.Added, len(out.Changed)),
	})
}

func (l *loader) rates() error {
	rows, err := l.c.Rate.Query().All(l.ctx)
	for _, r := range rows {
		l.facts.Rates = append(l.facts.Rates, Rate{term.Currency(r.Currency), r.Year, r.PerUsd, r.Source})
	}
	return err
}
