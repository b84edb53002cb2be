package iati

import (
	"regexp"
	"strings"
	"time"

	"adam/internal/term"

	"golang.org/x/text/currency"
)

// mostDigits is what term.Decimal holds, with a sign and a point.
const mostDigits = 40

var number = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)$`) // xsd:decimal: no exponent, no separators

// exact is a number without a needless sign or zeros; false where it is none. It never guesses what a comma means.
func exact(s string) (term.Decimal, bool) {
	if len(s) > mostDigits || !number.MatchString(s) {
		return "", false
	}
	negative := strings.HasPrefix(s, "-")
	whole, fraction, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	out := whole
	if out == "" {
		out = "0"
	}
	if fraction != "" {
		out += "." + fraction
	}
	if negative && out != "0" {
		out = "-" + out
	}
	return term.Decimal(out), true
}

// Amount is the sum as the catalogue holds it. Where it has more than four decimals it is rounded to the nearest, halves away
// from zero, and same is false; ok is false where there is no sum, or one too large.
func (m Money) Amount() (amount term.Amount, same, ok bool) {
	if m.Exact == "" {
		return 0, false, false
	}
	whole, fraction, _ := strings.Cut(string(m.Exact), ".")
	if len(fraction) <= 4 {
		a, err := term.ParseAmount(string(m.Exact))
		return a, err == nil, err == nil
	}
	a, err := term.ParseAmount(strings.TrimPrefix(whole, "-") + "." + fraction[:4])
	if err != nil {
		return 0, false, false
	}
	if fraction[4] >= '5' {
		a++
	}
	if strings.HasPrefix(whole, "-") {
		a = -a
	}
	return a, false, true
}

// money reads a sum: <value currency="USD" value-date="2009-05-17">1250.50</value>. n may be nil.
func (p *parser) money(in, n *node) Money {
	if n == nil {
		p.problem(in, "", Error, BadAmount, "", "There is no sum. Expected is <value currency=\"USD\" value-date=\"2009-05-17\">1250.50</value>.")
		return Money{}
	}
	m := Money{On: p.date(n, "value-date", "")}
	text := n.own()
	var ok bool
	if m.Exact, ok = exact(text); !ok {
		m.Raw = text
		p.problem(n, "", Error, BadAmount, text, "This is not an amount. Expected are digits with an optional point, such as 1250000 or 1250.50: no spaces, commas, letters or exponent, at most 40 characters.")
	} else {
		p.fits(n, m)
	}
	p.currency(n, &m)
	return m
}

// fits tells of sums that the catalogue cannot hold as they are, and of those below zero.
func (p *parser) fits(n *node, m Money) {
	_, same, ok := m.Amount()
	switch {
	case !ok:
		p.problem(n, "", Error, LargeAmount, string(m.Exact), "The sum is larger than can be held exactly. The most is 922,337,203,685,477.")
	case !same:
		p.problem(n, "", Warning, FineAmount, string(m.Exact), "The sum has more than four decimals. All are kept in the import; the catalogue holds it to the nearest 1/10,000.")
	}
	if strings.HasPrefix(string(m.Exact), "-") {
		p.problem(n, "", Warning, Negative, string(m.Exact), "The sum is below zero. IATI uses this to correct an earlier one; look whether it is meant so.")
	}
}

func (p *parser) currency(n *node, m *Money) {
	written := n.attr("currency")
	if m.Currency = strings.ToUpper(written); m.Currency == "" {
		m.Currency, m.Defaulted = p.a.Currency, p.a.Currency != ""
	}
	switch {
	case m.Currency == "":
		p.problem(n, "currency", Error, BadCurrency, "", "The sum has no currency. Expected is currency=\"USD\" here, or default-currency=\"USD\" on the activity.")
	case !m.Defaulted && !knownCurrency(m.Currency):
		p.problem(n, "currency", Warning, BadCurrency, written, "This is no currency of ISO 4217. Expected are three capitals, such as USD. It is kept as it is.")
	case written != "" && written != m.Currency:
		p.problem(n, "currency", Warning, BadCurrency, written, "The currency is written in small letters. It was read as %s.", m.Currency)
	}
}

func knownCurrency(code string) bool {
	_, err := currency.ParseISO(code)
	return err == nil
}

var (
	dayAndZone = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)$`) // xsd:date allows a zone; the day counts
	dayAndTime = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d`)
)

// date reads an attribute that holds a day; otherwise is what to read where the attribute is missing.
func (p *parser) date(n *node, attr, otherwise string) term.PartialDate {
	if n == nil {
		return ""
	}
	value, there := n.attribute(attr)
	if !there || value == "" && otherwise != "" {
		value = otherwise
	}
	if value == "" {
		if there {
			p.problem(n, attr, Error, BadDate, "", "The date is empty. Expected is a day, such as 2009-05-17; leave it out where it is not known.")
		}
		return ""
	}
	day, vague := value, false
	if m := dayAndZone.FindStringSubmatch(value); m != nil {
		day = m[1]
	} else if m := dayAndTime.FindStringSubmatch(value); m != nil {
		day, vague = m[1], true
	}
	d, err := term.ParsePartialDate(day)
	switch {
	case err != nil:
		p.problem(n, attr, Error, BadDate, value, "This is not a date that can be read with certainty. Expected is year-month-day, such as 2009-05-17.")
	case vague:
		p.problem(n, attr, Warning, VagueDate, value, "The date has a time. Only its day was read: %s.", day)
	case len(d) < len(time.DateOnly):
		p.problem(n, attr, Warning, VagueDate, value, "The date is not a whole day. It was read as far as it is known; IATI expects a day, such as 2009-05-17.")
	case d.Year() < 1900 || d.Year() > 2100:
		p.problem(n, attr, Warning, BadDate, value, "The year is unlikely. Expected is a day between 1900 and 2100.")
	}
	return d
}

// percentage reads the share of a country, region or sector; "" where it is not stated or not readable.
func (p *parser) percentage(n *node) term.Decimal {
	value, there := n.attribute("percentage")
	if !there {
		return ""
	}
	d, ok := exact(value)
	switch {
	case !ok:
		p.problem(n, "percentage", Error, BadPercentage, value, "This is not a percentage. Expected are digits with an optional point, such as 12.5, without the sign %%.")
	case strings.HasPrefix(string(d), "-") || hundredth(d).Cmp(hundred) > 0:
		p.problem(n, "percentage", Error, BadPercentage, value, "A share is from 0 to 100 per cent.")
	}
	return d
}
