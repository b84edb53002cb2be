package search

import (
	"unicode"
	"unicode/utf8"
)

const zeroWidthSpace = '\u200b'

// lower gives the folded form of an ASCII letter or digit, zero for every other character.
var lower = func() (t [utf8.RuneSelf]byte) {
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	return t
}()

// folds holds what neither decomposition nor lower case brings together. Latin: letters that a keyboard elsewhere
// lacks. Arabic script: letters that Arabic, Dari, Pashto and Urdu encode apart and readers take for the same.
var folds = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ħ': "h", 'ŧ': "t", 'ŋ': "n",
	'ə': "e", 'ĸ': "k", 'ƀ': "b", 'ɓ': "b", 'ɗ': "d", 'ɨ': "i", 'ƴ': "y", 'ƙ': "k", 'ɛ': "e", 'ɔ': "o",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ې': "ي", 'ک': "ك", 'ګ': "گ", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ە': "ه", 'ۃ': "ه",
}

// appendFolded writes a decomposed letter without case.
func appendFolded(b []byte, r rune) []byte {
	r = unicode.ToLower(unicode.ToUpper(r)) // by way of upper case, where ς meets σ and ı meets i
	if s, ok := folds[r]; ok {
		return append(b, s...)
	}
	return utf8.AppendRune(b, r)
}

// decimal gives the ASCII form of a decimal digit of any script (๒๕๕๑ is 2551). Unicode encodes them in rows of ten.
func decimal(r rune) byte {
	for _, row := range unicode.Digit.R16 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return '0' + byte((r-rune(row.Lo))%10)
		}
	}
	for _, row := range unicode.Digit.R32 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return '0' + byte((r-rune(row.Lo))%10)
		}
	}
	return '0'
}

// dropsMarks reports whether the marks on a letter are accents and vowel points that people leave out. Elsewhere
// (Devanagari, Bengali, Sinhala, Tamil, Thaana …) they are vowels, and a word without them is another word.
func dropsMarks(r rune) bool {
	return r < 0x0780 || unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic)
}

// jamo reports whether r is a piece of a Korean syllable.
func jamo(r rune) bool {
	return 0x1100 <= r && r <= 0x11FF || 0xA960 <= r && r <= 0xA97F || 0xD7B0 <= r && r <= 0xD7FF
}

// ignorable reports whether r shows nothing of its own: soft hyphen, joiners, variation selectors, the Arabic
// stretching letter, Khmer inherent vowels.
func ignorable(r rune) bool {
	switch {
	case r == 0x0640, r == 0x034F, r == 0x17B4, r == 0x17B5:
		return true
	case 0xFE00 <= r && r <= 0xFE0F, 0xE0100 <= r && r <= 0xE01EF:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// apostrophe covers the signs typed for one in English, French, Arabic and Polynesian transliteration.
func apostrophe(r rune) bool {
	switch r {
	case '\u2018', '\u2019', '\u201B', '\u2032', '\u02B9', '\u02BB', '\u02BC', '\u02BE', '\u02BF':
		return true
	}
	return false
}

// hyphen covers those that tie a word together, not the dashes between words.
func hyphen(r rune) bool { return r == '\u2010' || r == '\u2011' || r == '\u00B7' }
