package xlsx

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"adam/internal/exchange/cell"
)

// signature marks a row: what was asked about what, at which version. Whoever may see the record sees the same values, so
// that colleagues can pass a file on. seal is the server's secret.
func signature(seal []byte, code, cycle string, it Item) string {
	return sign(seal, "row", code, cycle, it.ID, strconv.Itoa(it.Version), string(it.Kind), plain(it.Key), plain(it.Title), strconv.Itoa(it.RecordVersion), strconv.FormatBool(it.Own))
}

// sign marks a list of texts.
func sign(seal []byte, texts ...string) string {
	h := hmac.New(sha256.New, seal)
	for _, t := range texts {
		h.Write([]byte(strconv.Itoa(len(t)) + ":" + t))
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

func same(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }

// escaped is how spreadsheets write signs that XML does not hold. Programs differ in how often they read it.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// plain is a text as it survives every spreadsheet program: signs that cannot be seen and the sorts of white space differ.
func plain(s string) string {
	s = escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, cell.Clipped(s))
	return strings.Join(strings.Fields(s), " ")
}
