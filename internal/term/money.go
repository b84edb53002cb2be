package term

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"adam/internal/fault"
)

// Amount is exact money in 1/10,000 of a currency's unit. Rule 2 of the model: money is decimal; no float comes near it.
type Amount int64

// Currency is an ISO 4217 code in capitals.
type Currency string

const (
	amountScale  = 10_000
	amountDigits = 4
)

// ParseAmount reads a plain decimal such as 21000000 or 1250.5; more than four decimals, an exponent, or a sum
// beyond 922 trillion is refused rather than rounded.
func ParseAmount(s string) (Amount, error) {
	bad := func() (Amount, error) {
		return 0, fault.New(fault.Invalid, "%q is not an amount. Write digits with at most four decimals after a point, such as 1250000 or 1250.50.", Clip(s))
	}
	digits, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || len(fraction) > amountDigits || point && fraction == "" || !onlyDigits(whole) || !onlyDigits(fraction) {
		return bad()
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", amountDigits-len(fraction)), 10, 64)
	if err != nil || n == math.MaxInt64 {
		return 0, fault.New(fault.Invalid, "%q is larger than this catalogue can hold exactly. The most is 922,337,203,685,477.", Clip(s))
	}
	if negative {
		n = -n
	}
	return Amount(n), nil
}

func onlyDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// String writes the amount without needless zeros: 1250.5, 21000000.
func (a Amount) String() string {
	sign, n := "", uint64(a)
	if a < 0 {
		sign, n = "-", -n
	}
	whole, fraction := n/amountScale, n%amountScale
	if fraction == 0 {
		return sign + strconv.FormatUint(whole, 10)
	}
	return sign + strconv.FormatUint(whole, 10) + "." + strings.TrimRight(fmt.Sprintf("%04d", fraction), "0")
}

// MarshalGQL writes the amount as a Decimal: a string, so that no reader turns it into a float.
func (a Amount) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(a.String())) }

// UnmarshalGQL reads a Decimal given as a string or as a number in its own spelling.
func (a *Amount) UnmarshalGQL(v any) (err error) {
	switch v := v.(type) {
	case string:
		*a, err = ParseAmount(v)
	case json.Number:
		*a, err = ParseAmount(v.String())
	case int64:
		*a, err = ParseAmount(strconv.FormatInt(v, 10))
	default:
		err = fault.New(fault.Invalid, "Write an amount as text, such as \"1250.50\", so that no digit is lost.")
	}
	return err
}

// Value stores the amount as a bigint: SQLite's numeric would lose digits.
func (a Amount) Value() (driver.Value, error) { return int64(a), nil }

// Scan reads the amount from a bigint.
func (a *Amount) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("an amount is stored as a whole number, not as %T", v)
	}
	*a = Amount(n)
	return nil
}

// Decimal is an exact figure kept as its own text: a rate, a percentage, a share.
type Decimal string

// ParseDecimal reads digits with an optional point; it keeps them as they are.
func ParseDecimal(s string) (Decimal, error) {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if whole == "" || point && fraction == "" || !onlyDigits(whole) || !onlyDigits(fraction) || len(s) > 40 {
		return "", fault.New(fault.Invalid, "%q is not a decimal number. Write digits with an optional point, such as 12.5.", Clip(s))
	}
	return Decimal(s), nil
}

// MarshalGQL writes the figure as a string.
func (d Decimal) MarshalGQL(w io.Writer) { writeTextOrNull(w, string(d)) }

// UnmarshalGQL reads the figure from a string.
func (d *Decimal) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return fault.New(fault.Invalid, "Write a decimal number as text, such as \"12.5\".")
	}
	*d, err = ParseDecimal(s)
	return err
}

// Value stores the figure as text.
func (d Decimal) Value() (driver.Value, error) { return string(d), nil }

// Scan reads the figure from text.
func (d *Decimal) Scan(v any) error { return scanText((*string)(d), v) }
