package cell

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What starts a formula, what separates cells somewhere, and what a program passes over at the start of a cell.
const (
	formulas   = "=+-@|＝＋－＠"
	separators = ";,|\t\r\n"
	passed     = " \"\t\r\n\v\f\u00a0"
)

// number is what only looks like a formula. Nothing can be run by it.
var number = regexp.MustCompile(`^[+-]?\d+([.,]\d+)*%?$`)

// Safe keeps a spreadsheet from running a text of a CSV file as a formula (OWASP, CSV injection): an apostrophe is put
// before what would start one, at the beginning and after whatever separates cells somewhere. A program in a country that
// writes commas in numbers cuts at semicolons, in quotes or not, so that “a;=b” becomes a cell with a formula there.
// Plain gives the text back. Numbers stay as they are. In XLSX it is not needed: there a text is a text.
func Safe(s string) string {
	if number.MatchString(s) {
		return s
	}
	return guarded(s, func(own int) int { return own + 1 })
}

// Plain is a text without the apostrophes that Safe, or another program that does the same, has put into it.
func Plain(s string) string { return guarded(s, func(own int) int { return max(own-1, 0) }) }

// guarded changes the number of apostrophes before whatever would start a formula.
func guarded(s string, apostrophes func(own int) int) string {
	var b strings.Builder
	begins := true // a cell may begin here
	for i := 0; i < len(s); {
		own := 0
		if begins {
			own = len(s[i:]) - len(strings.TrimLeft(s[i:], "'"))
		}
		c, size := utf8.DecodeRuneInString(s[i+own:])
		runs := strings.ContainsRune(formulas, c) || i == 0 && strings.ContainsRune("\t\r\n", c)
		switch {
		case size > 0 && begins && runs:
			b.WriteString(strings.Repeat("'", apostrophes(own)))
			begins = strings.ContainsRune(separators, c)
		case own > 0: // they stand before something harmless
			size, begins = 0, false
			b.WriteString(s[i : i+own])
		default:
			begins = strings.ContainsRune(separators, c) || begins && strings.ContainsRune(passed, c)
		}
		b.WriteString(s[i+own : i+own+size])
		i += own + size
	}
	return b.String()
}
