package say

import (
	"context"
	"math/big"
	"strconv"
	"strings"
	"time"

	"adam/internal/term"
)

// Date writes what is known of a day, in the Gregorian calendar: "3 March 2026", "March 2026", "2026"; "" where nothing is
// known.
func Date[D ~string](ctx context.Context, day D) string {
	parts := strings.Split(string(day), "-")
	if parts[0] == "" {
		return ""
	}
	if len(parts) == 1 {
		return T(ctx, "date.year", parts[0])
	}
	month := T(ctx, "month."+strings.TrimLeft(parts[1], "0"))
	if len(parts) == 2 {
		return T(ctx, "date.month", month, parts[0])
	}
	return T(ctx, "date.day", strings.TrimLeft(parts[2], "0"), month, parts[0])
}

// Period writes a time from one date to another, of which either may be unknown.
func Period(ctx context.Context, from, to term.PartialDate) string {
	switch {
	case from == "" && to == "":
		return T(ctx, "date.unknown")
	case to == "":
		return T(ctx, "date.from", Date(ctx, from))
	case from == "":
		return T(ctx, "date.until", Date(ctx, to))
	case from == to:
		return Date(ctx, from)
	}
	return T(ctx, "date.span", Date(ctx, from), Date(ctx, to))
}

// Time writes an instant in a time zone, which it names; UTC where zone is empty or unknown.
func Time(ctx context.Context, at term.Instant, zone string) string {
	if at == "" {
		return ""
	}
	where, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		where, zone = time.UTC, "UTC"
	}
	t := at.Time().In(where)
	return T(ctx, "date.time", Date(ctx, term.DateOf(t)), t.Format("15:04"), zone)
}

// Amount writes a sum of money with its currency, or without one where that is ""; digits are grouped, cents only where
// there are some.
func Amount(ctx context.Context, amount term.Decimal, currency string) string {
	if amount == "" {
		return T(ctx, "money.unknown")
	}
	text := grouped(ctx, string(amount))
	if currency == "" {
		return text
	}
	return T(ctx, "money.amount", currency, text)
}

// Whole writes a sum rounded to units, half up: for tables, whose figures lead to the exact ones.
func Whole(ctx context.Context, amount term.Decimal) string {
	x, ok := new(big.Rat).SetString(string(amount))
	if !ok {
		return string(amount)
	}
	return grouped(ctx, x.FloatString(0))
}

// grouped writes a number with its digits grouped.
func grouped(ctx context.Context, number string) string {
	whole, part, _ := strings.Cut(number, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return number
	}
	text := of(ctx).Sprintf("%d", n)
	if part = strings.TrimRight(part, "0"); part != "" {
		text += "." + (part + "0")[:max(2, len(part))]
	}
	return text
}

// Word says a code of the catalogue, such as Theme and SMUGGLING, in words.
func Word[C ~string](ctx context.Context, list string, code C) string {
	if code == "" {
		return ""
	}
	return T(ctx, "code."+list+"."+string(code))
}

// Words says several codes, with commas between them.
func Words[C ~string](ctx context.Context, list string, codes []C) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = Word(ctx, list, c)
	}
	return strings.Join(out, T(ctx, "list.comma"))
}
