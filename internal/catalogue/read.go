package catalogue

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"adam/internal/fault"
	"adam/internal/term"
)

// The longest texts, in characters, and the longest lists.
const (
	longTitle = 500
	longLine  = 300
	longText  = 10_000
	longURL   = 2_000
	longList  = 100
)

// line is a text of one line.
func line(name, column string, most int) field {
	return field{name: name, column: column, fact: true, read: func(in *intake, path string, v any) (any, bool) {
		return in.text(path, v, most, false)
	}}
}

// text is a text of several lines.
func text(name, column string) field {
	return field{name: name, column: column, fact: true, read: func(in *intake, path string, v any) (any, bool) {
		return in.text(path, v, longText, true)
	}}
}

// text takes a text without the space around it; nil where nothing is left.
func (in *intake) text(path string, v any, most int, lines bool) (any, bool) {
	s, ok := v.(string)
	if !ok {
		in.fail(path, "Write a text here.")
		return nil, false
	}
	s = strings.TrimSpace(s)
	bad := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && !(lines && (r == '\n' || r == '\r' || r == '\t')) || r == utf8.RuneError || r == '\u2028' || r == '\u2029'
	})
	switch n := utf8.RuneCountInString(s); {
	case bad >= 0 && !lines:
		in.fail(path, "The text holds a line break or another control character: write it in one line without.")
		return nil, false
	case bad >= 0:
		in.fail(path, "The text holds a control character: take it out.")
		return nil, false
	case n > most:
		in.fail(path, "The text has %d characters and %d are the most: shorten it.", n, most)
		return nil, false
	case n == 0:
		return nil, true
	}
	return strings.ReplaceAll(s, "\r\n", "\n"), true
}

// like is a text of one line with a fixed form.
func like(name, column string, form *regexp.Regexp, sentence string) field {
	return field{name: name, column: column, fact: true, read: func(in *intake, path string, v any) (any, bool) {
		value, ok := in.text(path, v, longLine, false)
		if s, isText := value.(string); ok && isText && !form.MatchString(s) {
			in.fail(path, sentence, term.Clip(s))
			return nil, false
		}
		return value, ok
	}}
}

// address is a web address.
func address(name, column string) field {
	return field{name: name, column: column, fact: true, read: func(in *intake, path string, v any) (any, bool) {
		value, ok := in.text(path, v, longURL, false)
		s, isText := value.(string)
		if !ok || !isText {
			return value, ok
		}
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(s, " <>\"\\") {
			in.fail(path, "%q is no web address. Write it in full, such as https://www.example.org/report.", term.Clip(s))
			return nil, false
		}
		return s, true
	}}
}

// The years that a date may have: a slip of the finger is not history.
const firstYear, lastYear = 1900, 2100

// partial is a date as far as it is known.
func partial(name, column string) field {
	return field{name: name, column: column, fact: true, unknown: term.PartialDate(""), read: func(in *intake, path string, v any) (any, bool) {
		s, _ := v.(string)
		d, err := term.ParsePartialDate(s)
		return in.inYears(path, d, d.Year(), err)
	}}
}

// day is a whole day.
func day(name, column string) field {
	return field{name: name, column: column, fact: true, unknown: term.Date(""), read: func(in *intake, path string, v any) (any, bool) {
		s, _ := v.(string)
		d, err := term.ParseDate(s)
		return in.inYears(path, d, term.PartialDate(d).Year(), err)
	}}
}

func (in *intake) inYears(path string, d any, year int, err error) (any, bool) {
	if f := fault.As(err); f != nil {
		in.fail(path, "%s", f.Sentence)
		return nil, false
	}
	if year < firstYear || year > lastYear {
		in.fail(path, "The year %d is not between %d and %d. Correct it.", year, firstYear, lastYear)
		return nil, false
	}
	return d, true
}

// listed is a code list.
type listed interface {
	~string
	Values() []string
}

// code is one value of a code list. What stands only where something is hidden from a reader cannot be written.
func code[T listed](name, column string) field {
	return field{name: name, column: column, fact: true, read: func(in *intake, path string, v any) (any, bool) {
		t, ok := codeOf[T](in, path, v)
		return t, ok
	}}
}

const withheld = "WITHHELD"

func codeOf[T listed](in *intake, path string, v any) (T, bool) {
	s, _ := v.(string)
	if s == withheld || !slices.Contains(T("").Values(), s) {
		in.fail(path, "%q is none of the values that can be written here.", term.Clip(s))
		return "", false
	}
	return T(s), true
}

// codes are several values of a code list, each once.
func codes[T listed](name, column string) field {
	return field{name: name, column: column, fact: true, unknown: []T{}, read: func(in *intake, path string, v any) (any, bool) {
		return each(in, path, v, func(path string, v any) (T, bool) { return codeOf[T](in, path, v) })
	}}
}

// texts are several texts of one line, each once.
func texts(name, column string, most int, form *regexp.Regexp, sentence string) field {
	one := line(name, column, most)
	if form != nil {
		one = like(name, column, form, sentence)
	}
	return field{name: name, column: column, fact: true, unknown: []string{}, read: func(in *intake, path string, v any) (any, bool) {
		return each(in, path, v, func(path string, v any) (string, bool) {
			if s, isText := v.(string); isText && in.now.known() {
				if stands, _ := in.now.get(column).([]string); slices.Contains(stands, s) {
					return s, true // it came with a file, and is nobody's mistake who adds another one
				}
			}
			value, ok := one.read(in, path, v)
			s, isText := value.(string)
			if ok && !isText {
				in.fail(path, "Leave empty texts out of the list.")
			}
			return s, ok && isText
		})
	}}
}

// each reads the items of a list; one that stands twice is refused.
func each[T comparable](in *intake, path string, v any, read func(string, any) (T, bool)) ([]T, bool) {
	items, ok := in.list(path, v)
	out := make([]T, 0, len(items))
	for i, item := range items {
		at := itemPath(path, i)
		t, good := read(at, item)
		if good && slices.Contains(out, t) {
			in.fail(at, "%q stands in the list twice. Name it once.", term.Clip(textOf(t)))
			good = false
		}
		out, ok = append(out, t), ok && good
	}
	return out, ok
}

// list takes a list that is not too long.
func (in *intake) list(path string, v any) ([]any, bool) {
	items, ok := v.([]any)
	if !ok {
		items = []any{v} // GraphQL takes one item for a list of one
	}
	if len(items) > longList {
		in.fail(path, "The list has %d items and %d are the most.", len(items), longList)
		return nil, false
	}
	return items, true
}

// flag is yes or no.
func flag(name, column string) field {
	return field{name: name, column: column, fact: true, unknown: false, read: func(in *intake, path string, v any) (any, bool) {
		b, ok := v.(bool)
		if !ok {
			in.fail(path, "Write true or false here.")
		}
		return b, ok
	}}
}

// number is a whole number between two others.
func number(name, column string, least, most int) field {
	return field{name: name, column: column, fact: true, read: func(in *intake, path string, v any) (any, bool) {
		n, ok := whole(v)
		if !ok || n < least || n > most {
			in.fail(path, "Write a whole number between %d and %d here.", least, most)
			return nil, false
		}
		return n, true
	}}
}

// whole takes the ways in which doors write a whole number.
func whole(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case int64:
		return int(n), true
	case float64:
		return int(n), n == float64(int(n))
	case json.Number:
		i, err := n.Int64()
		return int(i), err == nil
	}
	return 0, false
}
