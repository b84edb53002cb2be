package funding

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
	"strconv"

	"adam/internal/term"
)

// dollar is what rates are kept against.
const dollar term.Currency = "USD"

// UsedRate is a rate that an answer rests on.
type UsedRate struct {
	Currency string       // that was converted
	Year     int          // of the value dates
	PerUnit  term.Decimal // units of the answer's currency for one of Currency, to ten decimals; sums use all digits
	Source   string
}

// Unconverted is money that stays in its own currency.
type Unconverted struct {
	Currency  *string // nil where no currency was stated
	Amount    term.Decimal
	Lines     int
	Estimated bool // stated by third parties, or an estimate
}

// money is a currency and the year of the value date; 0 where unknown.
type money struct {
	currency term.Currency
	year     int
}

// exchange converts into one currency.
type exchange struct {
	to     term.Currency
	rates  map[money]Rate
	used   map[money]*big.Rat
	closed bool // the answer is made: several may read it at once, and nothing is written any more
}

func newExchange(to term.Currency, rates []Rate) *exchange {
	x := &exchange{to: to, rates: make(map[money]Rate, len(rates)), used: map[money]*big.Rat{}}
	for _, r := range rates {
		x.rates[money{r.Currency, r.Year}] = r
	}
	return x
}

// perUSD is how many units of a currency a dollar bought; nil where nobody knows, or where the rate is no rate.
func (x *exchange) perUSD(m money) *big.Rat {
	if m.currency == dollar {
		return big.NewRat(1, 1)
	}
	r, ok := new(big.Rat).SetString(string(x.rates[m].PerUSD))
	if !ok || r.Sign() <= 0 {
		return nil
	}
	return r
}

// factor is what one unit is worth in the currency of the answer; nil where there is no rate.
func (x *exchange) factor(m money) *big.Rat {
	if m.currency == x.to {
		return big.NewRat(1, 1)
	}
	if f, known := x.used[m]; known {
		return f
	}
	if m.currency == "" || m.year == 0 {
		return nil
	}
	from, to := x.perUSD(m), x.perUSD(money{x.to, m.year})
	if from == nil || to == nil {
		return nil
	}
	f := to.Quo(to, from)
	if !x.closed {
		x.used[m] = f
	}
	return f
}

// list tells the rates that were used.
func (x *exchange) list() []*UsedRate {
	out := []*UsedRate{}
	for m, f := range x.used {
		from, to := x.rates[m].Source, x.rates[money{x.to, m.year}].Source
		source := cmp.Or(from, to)
		if from != "" && to != "" && to != from {
			source = from + "; " + to
		}
		out = append(out, &UsedRate{string(m.currency), m.year, decimal(f, 10), source})
	}
	slices.SortFunc(out, func(a, b *UsedRate) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Year, b.Year))
	})
	return out
}

// sum adds money exactly: whole amounts by currency and year, and shares of amounts. It is rounded once, when written.
type sum struct {
	whole map[money]*wide
	parts map[money]*big.Rat
}

// wide is a whole number of 128 bits, which no number of amounts fills.
type wide struct {
	high int64
	low  uint64
}

func (w *wide) add(a term.Amount) {
	low, carry := bits.Add64(w.low, uint64(a), 0)         //nolint:gosec // the bits are meant: high has the sign
	w.low, w.high = low, w.high+int64(a>>63)+int64(carry) //nolint:gosec // 0 or 1
}

func (w *wide) int() *big.Int {
	n := big.NewInt(w.high)
	return n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(w.low))
}

// add adds an amount, or that share of it.
func (s *sum) add(m money, a term.Amount, share *big.Rat) {
	if share == nil {
		if s.whole == nil {
			s.whole = map[money]*wide{}
		}
		w := s.whole[m]
		if w == nil {
			w = new(wide)
			s.whole[m] = w
		}
		w.add(a)
		return
	}
	if s.parts == nil {
		s.parts = map[money]*big.Rat{}
	}
	if s.parts[m] == nil {
		s.parts[m] = new(big.Rat)
	}
	p := new(big.Rat).SetInt64(int64(a))
	s.parts[m].Add(s.parts[m], p.Mul(p, share))
}

// in converts the sum, in 1/10,000 of the unit. What has no rate is not added to sums in the first place.
func (s *sum) in(x *exchange) *big.Rat {
	out := new(big.Rat)
	for m, n := range s.whole {
		part := new(big.Rat).SetInt(n.int())
		out.Add(out, part.Mul(part, x.factor(m)))
	}
	for m, n := range s.parts {
		out.Add(out, new(big.Rat).Mul(n, x.factor(m)))
	}
	return out
}

func (s *sum) empty() bool { return len(s.whole) == 0 && len(s.parts) == 0 }

// unit is how many of what amounts are kept in make one unit of a currency.
var unit = big.NewRat(10_000, 1)

// written is an amount in 1/10,000 as a person reads it.
func written(r *big.Rat) term.Decimal { return decimal(new(big.Rat).Quo(r, unit), 4) }

// decimal writes a number with so many decimals at most, a half to the even neighbour, without needless zeros.
func decimal(r *big.Rat, places int) term.Decimal {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	n := new(big.Int).Mul(r.Num(), scale)
	q, rest := new(big.Int).QuoRem(n, r.Denom(), new(big.Int))
	twice := rest.Abs(rest).Lsh(rest, 1)
	if c := twice.Cmp(r.Denom()); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(int64(r.Sign())))
	}
	text := new(big.Rat).SetFrac(q, scale).FloatString(places)
	for places > 0 && text[len(text)-1] == '0' {
		text, places = text[:len(text)-1], places-1
	}
	if text[len(text)-1] == '.' {
		text = text[:len(text)-1]
	}
	return term.Decimal(text)
}

// yearOf is the year of a date; 0 where unknown.
func yearOf(d term.PartialDate) int {
	if len(d) < 4 {
		return 0
	}
	n, _ := strconv.Atoi(string(d[:4])) // a partial date begins with its year
	return n
}
