package site

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"adam/internal/funding"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// totalKind says which sums a total is of.
func totalKind(ctx context.Context, kind term.FundingKind) string {
	if kind == "" {
		return say.T(ctx, "funding.kind.usual")
	}
	return say.Word(ctx, "FundingKind", kind)
}

// percent writes a share from 0 to 1; all and nothing are said of all and nothing alone.
func percent(share term.Decimal) string {
	x, ok := new(big.Rat).SetString(string(share))
	if !ok {
		return ""
	}
	switch text := new(big.Rat).Mul(x, big.NewRat(100, 1)).FloatString(0); {
	case text == "100" && x.Cmp(big.NewRat(1, 1)) < 0:
		return "99 %"
	case text == "0" && x.Sign() > 0:
		return "1 %"
	default:
		return text + " %"
	}
}

// converted writes a sum that was converted, to the cent.
func converted(ctx context.Context, amount term.Decimal, currency string) string {
	return say.Amount(ctx, term.Decimal(ratOf(amount).FloatString(2)), currency)
}

// scale makes bars: the widest is 100.
type scale struct{ most *big.Rat }

func widestOf(rows []*FundingRowLine) scale {
	s := scale{new(big.Rat)}
	for _, l := range rows {
		if both := new(big.Rat).Add(ratOf(l.Amount), ratOf(l.SharedAmount)); both.Cmp(s.most) > 0 {
			s.most = both
		}
	}
	return s
}

// of is how wide a sum is drawn; what is not nothing is seen.
func (s scale) of(amount term.Decimal) int {
	x := ratOf(amount)
	if s.most.Sign() == 0 || x.Sign() <= 0 {
		return 0
	}
	x.Mul(x, big.NewRat(100, 1)).Quo(x, s.most)
	return max(1, int(new(big.Int).Quo(x.Num(), x.Denom()).Int64()))
}

func ratOf(amount term.Decimal) *big.Rat {
	if x, ok := new(big.Rat).SetString(string(amount)); ok {
		return x
	}
	return new(big.Rat)
}

// cellLabel names a figure for those who hear it: whose it is, and what it says.
func cellLabel(ctx context.Context, l *FundingRowLine, by []funding.Dimension, what string) string {
	var words []string
	for _, d := range by {
		text, _ := l.name(ctx, d)
		words = append(words, ui.Straight(text))
	}
	return say.T(ctx, "funding.cell", strings.Join(words, say.T(ctx, "list.comma")), what)
}

// cellWords is what a cell says.
func cellWords(ctx context.Context, l *FundingRowLine) string {
	switch {
	case l.Amount == "":
		return say.T(ctx, "funding.count", l.ActivityCount)
	case l.Amount == "0" && l.SharedAmount != "0":
		return say.T(ctx, "funding.shared.only", say.Whole(ctx, l.SharedAmount))
	}
	return say.Whole(ctx, l.Amount)
}

// matrixName says what the rows and the columns of a matrix are.
func matrixName(ctx context.Context, v *moneyView) string {
	return say.T(ctx, "funding.matrix", say.Word(ctx, "FundingDimension", v.By), say.Word(ctx, "FundingDimension", v.Across))
}

// unconvertedAs is the outcome of the lines that have no rate.
func unconvertedAs(u *Unconverted) funding.Outcome {
	if u.Estimated {
		return funding.Estimated
	}
	return funding.NoRate
}

func acrossCode(d funding.Dimension) string {
	if d == "" {
		return "none"
	}
	return string(d)
}

// dimensionOptions are what an answer can be told apart by.
func dimensionOptions(ctx context.Context) (out []option) {
	for _, d := range funding.Dimension("").Values() {
		out = append(out, option{Code: d, Text: say.Word(ctx, "FundingDimension", d)})
	}
	return out
}

// kindOptions are the kinds of sums, the usual ones first.
func kindOptions(ctx context.Context) []option {
	out := []option{{Text: say.T(ctx, "funding.kind.usual")}}
	for _, k := range term.FundingKind("").Values() {
		out = append(out, option{Code: k, Text: say.Word(ctx, "FundingKind", k)})
	}
	return out
}

// hidden says whether a field is withheld.
func hidden(withheld []string, field string) bool { return slices.Contains(withheld, field) }

// partyOr is who gives or receives, or that nobody knows.
func partyOr(ctx context.Context, a *ActorLink) string {
	if a == nil {
		return say.T(ctx, "record.unknown")
	}
	return ui.Isolated(actorName(a))
}

// byActivities are rows with the most activities first.
func byActivities(rows []*FundingRowLine) []*FundingRowLine {
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b *FundingRowLine) int { return b.ActivityCount - a.ActivityCount })
	return out[:min(len(out), mostFundingColumns)]
}
