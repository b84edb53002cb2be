package intake

import (
	"slices"

	"adam/ent"
	"adam/ent/funding"
	"adam/internal/term"
)

// paidAnew points lines that stay at what paid for them now, and what was paid by lines that are gone at those that took
// their place: also where another activity, or a person, said so. Else the same money would count twice.
func (in *taking) paidAnew(wanted []part, stay, gone []term.ID) error {
	for _, p := range wanted {
		if upstream, paid := p.row[upstreamAt].(term.ID); paid && slices.Contains(stay, p.id) {
			if err := in.exec("UPDATE "+fundingsTable+" SET upstream_id = "+number(upstream)+" WHERE id IN (", []term.ID{p.id}); err != nil {
				return err
			}
		}
	}
	for some := range slices.Chunk(gone, step) {
		old, err := in.c.Funding.Query().Where(funding.IDIn(some...), funding.HasDownstream()).Order(funding.ByID()).All(in.ctx)
		if err != nil {
			return err
		}
		for _, f := range old {
			if next := successor(f, wanted); next != 0 {
				if err := in.exec("UPDATE "+fundingsTable+" SET upstream_id = "+number(next)+" WHERE id <> "+number(next)+" AND upstream_id IN (", []term.ID{f.ID}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// The columns of a line that tell which took the place of another.
const (
	kindAt, amountAt, currencyAt, dateAt, receiverAt, upstreamAt = 3, 4, 5, 6, 9, 11
)

// likeness is how like a line of money is to what another one says: the same sum counts most, then the same receiver, then
// the same day.
func likeness(f *ent.Funding, amount *term.Amount, currency string, on term.PartialDate, receiver term.ID) (points int) {
	if f.Amount != nil && amount != nil && *f.Amount == *amount && f.Currency != nil && *f.Currency == currency {
		points += 4
	}
	if f.ReceiverID != nil && *f.ReceiverID == receiver {
		points += 2
	}
	if f.ValueOn == on {
		points++
	}
	return points
}

// successor is the line that stands where another one stood: of the same kind, since others are never added to it, the one that
// is most like it. 0 where there is none.
func successor(old *ent.Funding, lines []part) (next term.ID) {
	best := -1
	for _, p := range lines {
		if old.Kind == nil || p.row[kindAt] != string(*old.Kind) {
			continue
		}
		amount, known := p.row[amountAt].(term.Amount)
		sum := &amount
		if !known {
			sum = nil
		}
		currency, _ := p.row[currencyAt].(string)
		on, _ := p.row[dateAt].(string)
		receiver, _ := p.row[receiverAt].(term.ID)
		points := likeness(old, sum, currency, term.PartialDate(on), receiver)
		if points > best {
			best, next = points, p.id
		}
	}
	return next
}
