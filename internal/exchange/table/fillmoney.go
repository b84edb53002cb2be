package table

import (
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

// money reads a sum with the currency and the day that its row names.
func (a *applier) money(c Cell, column Column) {
	if origin, _, merged := strings.Cut(c.Merged, ":"); merged && origin != cell.Name(c.Row-1, c.Col) {
		a.tell(c, column, remarkf(Merged, Warning, "The cell is a part of the merged cells %s, whose sum is read once, from the first. Split it where each has money of its own.", c.Merged))
		return
	}
	read, about := amountOf(c, column, a.mapping.Decimal)
	var sum Sum
	if about == nil {
		for _, r := range read.said {
			a.tell(c, column, r)
		}
		sum.Amount, about = read.amount()
	}
	if about != nil {
		if about.severity == Error {
			a.keep(c, column, c.Text, about)
			return
		}
		a.tell(c, column, about)
	}
	sum.Cell, sum.Kind = cell.Name(c.Row-1, c.Col), column.Kind
	if sum.Amount < 0 {
		a.tell(c, column, remarkf(Negative, Warning, "The sum is below nought. Look whether it is meant so: it takes something off."))
	}
	if !a.currency(&sum, read.currency, c, column) {
		return
	}
	if a.valueDate(&sum); sum.On == "" {
		sum.On = column.On
	}
	a.d.Sums = append(a.d.Sums, sum)
}

// currency finds the currency of a sum: of its cell, of its row, of its header, of the mapping. Without one there is no sum.
func (a *applier) currency(sum *Sum, own term.Currency, c Cell, column Column) bool {
	found := own
	for i, other := range a.columns {
		at := a.row.at(i)
		if other.Field != Currency || at.Text == "" || saysUnknown(at.Text) {
			continue
		}
		code := currencyOf(at.Text)
		switch {
		case code == "":
			a.keep(at, other, at.Text, remarkf(BadCurrency, Error, "This is no currency of ISO 4217. Write three capitals, such as USD."))
			a.keep(c, column, c.Text, remarkf(BadCurrency, Error, "The currency of the sum is not understood, so that the sum was not read."))
			return false
		case found != "" && found != code:
			a.keep(c, column, c.Text, remarkf(BadCurrency, Error, "The sum says %s, and the column “%s” says %s. Which is right? Neither was read.", found, term.Clip(other.Name), code))
			return false
		}
		found = code
	}
	switch {
	case found != "":
	case column.Currency != "":
		found = column.Currency
	case a.mapping.Currency != "":
		found, sum.Defaulted = a.mapping.Currency, true
		a.tell(c, column, remarkf(BadCurrency, Note, "The file names no currency for the sum. It was read as %s, as was said for files like this.", found))
	default:
		a.keep(c, column, c.Text, remarkf(BadCurrency, Error, "The sum has no currency, so that it was not read. Name it in a column, in the header such as “Amount (USD)”, or for the whole file."))
		return false
	}
	sum.Currency = found
	return true
}

// currencyOf is the currency that a cell names; "" where it is none.
func currencyOf(s string) term.Currency {
	s = strings.Trim(s, " .()")
	if upper := strings.ToUpper(s); len(s) == 3 && known(upper) {
		return term.Currency(upper)
	}
	if code := words["currency"][strings.ToLower(s)]; code != "" {
		return term.Currency(code)
	}
	return currencyIn(s)
}

func (a *applier) valueDate(sum *Sum) {
	for i, other := range a.columns {
		at := a.row.at(i)
		if other.Field != ValueDate || at.Text == "" || saysUnknown(at.Text) {
			continue
		}
		d, about := dateOf(at.Text, a.mapping.Days)
		switch {
		case d == "":
			a.keep(at, other, at.Text, about)
		case about != nil:
			a.tell(at, other, about)
		}
		if sum.On == "" {
			sum.On = d
		}
	}
}
