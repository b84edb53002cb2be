package cell

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text as words are compared: small letters without accents, one space instead of all other signs.
func Fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 'đ' || r == 'Đ': // no accent to Unicode
			return 'd'
		case r < 0x700 && unicode.Is(unicode.Mn, r): // Latin, Cyrillic, Arabic; further marks are vowels
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(s, " ")))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}

// Spaced says whether the script of a folded word puts spaces between words.
func Spaced(word string) bool {
	for _, r := range word {
		return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	}
	return true
}
