//go:build !codegen

package rule

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// LongKey is how long a key may be.
const LongKey = 80

// KeyForm is the form of a key: small letters, digits and single hyphens between them.
var KeyForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// plainLetters are Latin letters that no decomposition makes plain.
var plainLetters = strings.NewReplacer("đ", "d", "ð", "d", "ø", "o", "ł", "l", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "'", "", "’", "", "ʼ", "")

// KeyOf makes a key of a title: its words in plain Latin letters; "" where it has none.
func KeyOf(title string) string {
	plain := plainLetters.Replace(norm.NFKD.String(strings.ToLower(title)))
	plain = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, plain)
	var words []string
	n := -1
	for _, w := range strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !KeyForm.MatchString(w) {
			continue // in another script
		}
		if n += len(w) + 1; n > LongKey {
			break
		}
		words = append(words, w)
	}
	key := strings.Join(words, "-")
	if !strings.ContainsFunc(key, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return "" // a number alone says too little
	}
	return key
}
