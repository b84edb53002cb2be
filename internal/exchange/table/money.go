package table

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

// amount is a sum as a cell states it, exactly.
type amount struct {
	digits   string // with a point, without separators
	currency term.Currency
	said     []*remark
}

var (
	plainNumber = regexp.MustCompile(`^\d+(\.\d+)?$`)
	exponent    = regexp.MustCompile(`(?i)^[+-]?[\d.,]+e[+-]?\d+$`)
	notNumber   = regexp.MustCompile(`(?i)^[+-]?(nan|inf|infinity|#.*)$`)
)

// mostSum is how long a sum may be, in bytes.
const mostSum = 1000

const howToPay = "Write digits with an optional point, such as 1250000 or 1250.50."

// amountOf reads a sum. What a comma or a point means is asked where it can mean two things: a factor of a thousand is not guessed.
func amountOf(c Cell, column Column, decimal string) (*amount, *remark) {
	text := strings.TrimSpace(cell.Digits(c.Text))
	if why := noSum(c, text); why != nil {
		return nil, why
	}
	a := &amount{}
	negative := false
	if inner, ok := strings.CutPrefix(text, "("); ok && strings.HasSuffix(inner, ")") {
		text, negative = strings.TrimSuffix(inner, ")"), true // as accountants write
	}
	figures, power, why := a.letters(text)
	if why != nil {
		return nil, why
	}
	if rest := strings.TrimLeft(figures, "-−–"); rest != figures {
		figures, negative = rest, true
	}
	figures = strings.TrimPrefix(figures, "+")
	if c.Kind != Number {
		if figures, why = separated(figures, decimal); why != nil {
			return nil, why
		}
	}
	if !plainNumber.MatchString(figures) {
		return nil, remarkf(BadAmount, Error, "This is not understood as an amount. %s", howToPay)
	}
	if power > 0 {
		figures = shift(figures, power)
		a.said = append(a.said, remarkf(BadAmount, Note, "It was read as %s.", figures))
	}
	if column.Power > 0 && power == 0 {
		digits, _, _ := strings.Cut(figures, ".")
		if figures = shift(figures, column.Power); len(strings.TrimLeft(digits, "0")) > column.Power {
			a.said = append(a.said, remarkf(BadAmount, Warning, "The header says that sums are in a larger unit, so that it was read as %s. Look whether this is meant.", figures))
		}
	}
	if negative {
		figures = "-" + figures
	}
	a.digits = figures
	return a, nil
}

// noSum says what is wrong with what is no sum at all.
func noSum(c Cell, text string) *remark {
	switch {
	case notNumber.MatchString(text) || len(text) > mostSum:
		return remarkf(BadAmount, Error, "This is not an amount. %s", howToPay)
	case exponent.MatchString(text) && c.Kind == Number:
		return tooLarge() // smaller ones are written out by whoever read the cell
	case exponent.MatchString(text):
		return remarkf(BadAmount, Error, "The amount is written with an exponent, so that digits are lost. %s", howToPay)
	case c.Kind == Percent || strings.Contains(text, "%"):
		return remarkf(BadAmount, Error, "This is a percentage, not an amount. %s", howToPay)
	case c.Kind == Day:
		return remarkf(BadAmount, Error, "The cell is shown as a day. Set its format to a number. %s", howToPay)
	}
	return nil
}

func tooLarge() *remark {
	return remarkf(BadAmount, Error, "The sum is larger than can be held exactly. The most is 922,337,203,685,477.")
}

// apart takes the digits of a sum, with their separators, apart from everything else.
func apart(text string) (figures, other string) {
	var digits, rest strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsDigit(r) || strings.ContainsRune(".,'’-−–+", r):
			digits.WriteRune(r)
			rest.WriteByte(' ')
		case unicode.IsSpace(r):
			digits.WriteByte(' ') // 1 250 000
			rest.WriteByte(' ')
		default:
			rest.WriteRune(r)
		}
	}
	return strings.TrimSuffix(strings.Trim(digits.String(), " "), ".-"), rest.String() // in Switzerland .- are whole francs
}

// alsoWords are codes of currencies that, in small letters, are words.
var alsoWords = []string{"all", "cop", "cup", "gel", "mad", "mop", "pen", "top", "try"}

// letters takes the currency and words such as million off a sum.
func (a *amount) letters(text string) (figures string, power int, why *remark) {
	figures, other := apart(text)
	var left []string
	for _, word := range strings.Fields(other) {
		written := strings.Trim(word, ".,:;*~()[]")
		bare := strings.ToLower(written)
		code := words["currency"][bare]
		unit, isUnit := words["unit"][cell.Fold(bare)]
		symbol, glued := strings.CutPrefix(bare, "$")
		switch {
		case bare == "" || bare == "approx" || bare == "about" || bare == "ca":
		case code != "":
			a.currency = term.Currency(code)
		case len(bare) == 3 && known(strings.ToUpper(bare)) && (written != bare || !slices.Contains(alsoWords, bare)):
			a.currency = term.Currency(strings.ToUpper(bare))
		case isUnit:
			power += whole(unit)
		case bare == "$":
			left = append(left, "$")
		case glued && words["unit"][symbol] != "":
			power += whole(words["unit"][symbol])
			left = append(left, "$")
		default:
			return "", 0, remarkf(BadAmount, Error, "“%s” is not understood in an amount. Write digits, and the currency as three capitals such as USD.", term.Clip(word))
		}
	}
	if len(left) > 0 && a.currency == "" {
		a.said = append(a.said, remarkf(BadCurrency, Warning, "$ is the sign of many currencies. Write three capitals, such as USD or AUD."))
	}
	return figures, power, nil
}

var (
	groupedBy = regexp.MustCompile(`^\d{1,3}([,. '’\x{a0}\x{202f}]\d{2,3})*[,. '’\x{a0}\x{202f}]\d{3}$`)
	spaces    = regexp.MustCompile(`[ '’\x{a0}\x{202f}]`)
)

// separated takes the separators of thousands out of a number, and writes its decimals behind a point.
func separated(s, decimal string) (string, *remark) {
	bad := remarkf(BadAmount, Error, "This is not understood as an amount. %s", howToPay)
	if spaces.MatchString(s) {
		whole := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '.' })
		if len(whole) == 0 || len(whole) > 2 || !groupedBy.MatchString(whole[0]) || len(whole) == 2 && len(whole[1]) == 3 && decimal == "" {
			return "", bad // of 1 250,000 nobody knows what the comma is
		}
		s = spaces.ReplaceAllString(s, "")
		if len(whole) == 2 {
			return strings.ReplaceAll(s, ",", "."), nil
		}
		return s, nil
	}
	commas, points := strings.Count(s, ","), strings.Count(s, ".")
	last := strings.LastIndexAny(s, ",.")
	switch {
	case commas+points == 0:
		return s, nil
	case commas > 0 && points > 0: // the last one stands before decimals
		sep, point := ",", "."
		if s[last] == ',' {
			sep, point = ".", ","
		}
		if strings.Count(s, point) > 1 || !groupedBy.MatchString(s[:last]) || strings.Contains(s[:last], point) || decimal != "" && decimal != point {
			return "", bad
		}
		return strings.ReplaceAll(s[:last], sep, "") + "." + s[last+1:], nil
	case commas+points > 1: // several of one kind group
		if !groupedBy.MatchString(s) || decimal != "" && strings.Contains(s, decimal) {
			return "", bad
		}
		return strings.NewReplacer(",", "", ".", "").Replace(s), nil
	}
	sign := s[last : last+1]
	switch {
	case decimal == sign || decimal == "" && !groupedBy.MatchString(s) || s[0] == '0' && last == 1:
		return strings.Replace(s, ",", ".", 1), nil
	case decimal != "" && groupedBy.MatchString(s):
		return strings.Replace(s, sign, "", 1), nil
	case decimal != "":
		return "", bad
	}
	return "", remarkf(BadAmount, Error, "Is this %s or %s? Say which sign stands before decimals, or write the amount without separators.",
		strings.Replace(s, sign, "", 1), strings.Replace(s, sign, ".", 1))
}

// amount is the sum as the catalogue holds it: rounded to 1/10,000 where it has more decimals, halves away from nought.
func (a *amount) amount() (term.Amount, *remark) {
	whole, fraction, _ := strings.Cut(a.digits, ".")
	if len(whole) > 40 || len(fraction) > 400 {
		return 0, tooLarge()
	}
	if fraction = strings.TrimRight(fraction, "0"); len(fraction) <= 4 {
		if fraction != "" {
			whole += "." + fraction
		}
		v, err := term.ParseAmount(whole)
		if err != nil {
			return 0, tooLarge()
		}
		return v, nil
	}
	exact, ok := new(big.Rat).SetString(a.digits)
	if !ok {
		return 0, tooLarge()
	}
	v, err := term.ParseAmount(exact.FloatString(4)) // rounds halves away from nought
	if err != nil {
		return 0, tooLarge()
	}
	return v, remarkf(FineAmount, Warning, "The sum has more than four decimals. It was read as %s.", v)
}
