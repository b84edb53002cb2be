package table

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

// cut cuts a cell at signs that nobody uses within a name.
func cut(s string, more string) (out []string) {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";；\n|•、"+more, r) }) {
		if part = strings.Trim(strings.Join(strings.Fields(part), " "), ",， -–"); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// actors are the names of organisations in a cell. A comma is part of a name, but where only acronyms stand between commas.
func actors(s string) (out []string) {
	for _, part := range cut(s, "") {
		names := strings.FieldsFunc(part, func(r rune) bool { return r == ',' || r == '/' || r == '，' })
		if slices.ContainsFunc(names, func(n string) bool { return strings.ContainsAny(strings.TrimSpace(n), " .") || len([]rune(n)) > 10 }) {
			names = []string{part}
		}
		for _, n := range names {
			if n = strings.TrimSpace(n); n != "" {
				out = append(out, n)
			}
		}
	}
	return out
}

var (
	share = regexp.MustCompile(`^(.*?)[\s(:=–-]*([+-]?\d+(?:\.\d+)?)\s*%\)?$`)
	// official are names of States that have a comma, or “and”, in them.
	official = regexp.MustCompile(`(?i)^(?:the )?(?:islamic |democratic |people's |people’s |plurinational |bolivarian |united |federated )*(?:republic|states|kingdom)(?: of)?$|^province of china$`)
	joined   = regexp.MustCompile(`(?i)\b(?:bosnia|antigua|kitts|vincent|tome|trinidad|wallis|turks|heard|svalbard|jan mayen)\b`)
	decimals = regexp.MustCompile(`(\d),(\d)`)
	and      = regexp.MustCompile(`(?i)\s+(?:and|et|dan|&)\s+`)
)

// places are the States in a cell, each with its share where one is stated: Thailand 60%; Viet Nam 40%.
func places(s string) (out []Place, about *remark) {
	var names []string
	for _, part := range cut(decimals.ReplaceAllString(s, "$1.$2"), "/") {
		for _, name := range strings.FieldsFunc(part, func(r rune) bool { return r == ',' || r == '，' }) {
			name = strings.TrimSpace(name)
			if official.MatchString(name) && len(names) > 0 { // Korea, Republic of
				names[len(names)-1] += ", " + name
				continue
			}
			if joined.MatchString(name) {
				names = append(names, name)
				continue
			}
			names = append(names, and.Split(name, -1)...)
		}
	}
	total, shares := new(big.Rat), 0
	for _, name := range names {
		p := Place{Text: strings.TrimSpace(name)}
		if m := share.FindStringSubmatch(p.Text); m != nil {
			percent, ok := new(big.Rat).SetString(m[2])
			if !ok || percent.Sign() < 0 || percent.Cmp(hundred) > 0 {
				return nil, remarkf(BadPercentage, Error, "A share is from 0 to 100 per cent.")
			}
			total.Add(total, percent)
			shares++
			p.Text, p.Share = strings.TrimSpace(m[1]), term.Decimal(strings.TrimPrefix(m[2], "+"))
		}
		if p.Text != "" {
			out = append(out, p)
		}
	}
	if shares == 0 {
		return out, nil
	}
	if why := sums(total, shares, len(out)); why != nil {
		for i := range out {
			out[i].Share = ""
		}
		return out, why
	}
	return out, nil
}

var hundred = big.NewRat(100, 1)

// sums says what is wrong with shares that do not come to a hundred. A tenth is what rounding takes.
func sums(total *big.Rat, shares, of int) *remark {
	off := new(big.Rat).Sub(total, hundred)
	switch {
	case shares < of:
		return remarkf(BadPercentage, Warning, "Some of the shares are missing, so that none was read. Give every State its share, or none.")
	case off.Abs(off).Cmp(big.NewRat(1, 10)) <= 0:
		return nil
	case total.Cmp(hundred) > 0:
		return remarkf(BadPercentage, Warning, "The shares come to %s per cent, more than 100, so that none was read.", total.FloatString(1))
	}
	return remarkf(BadPercentage, Warning, "The shares come to %s per cent, less than 100, so that none was read. Add what is missing.", total.FloatString(1))
}

// codes are the codes of a list in a cell, by code or by word, and the texts that are neither.
func codes(list, s string) (out, unknown []string) {
	if code := words[list][cell.Fold(s)]; code != "" {
		return strings.Fields(code), nil
	}
	for _, part := range cut(s, ",，/") {
		if code := words[list][cell.Fold(part)]; code != "" {
			out = append(out, strings.Fields(code)...)
			continue
		}
		halves := and.Split(part, -1)
		if !slices.ContainsFunc(halves, func(h string) bool { return words[list][cell.Fold(h)] == "" }) {
			for _, h := range halves {
				out = append(out, strings.Fields(words[list][cell.Fold(h)])...)
			}
			continue
		}
		unknown = append(unknown, part)
	}
	slices.Sort(out)
	return slices.Compact(out), unknown
}
