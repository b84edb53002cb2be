package iati

import (
	"adam/internal/term"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed words.tsv
var wordsTSV string

// Rules say what our field is. They can be adjusted: see NewField.
type Rules term.FieldRules

// StandardRules are those of this catalogue: the DAC codes over which assistance against smuggling of migrants and
// trafficking in persons is spread, and words in the languages of donors and of the region.
func StandardRules() Rules {
	r := Rules{Sectors: []string{"15190", "15180", "15160", "15130", "15136", "16070"}, Need: term.AnySign}
	for _, line := range strings.Split(wordsTSV, "\n") {
		if _, phrase, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			r.Words = append(r.Words, phrase)
		}
	}
	return r
}

// Sentence says for people what the rules pick.
func (r Rules) Sentence() string {
	sectors, words := "one of the sectors "+strings.Join(r.Sectors, ", "), fmt.Sprintf("one of %d words", len(r.Words))
	if len(r.Words) == 1 {
		words = "the word “" + r.Words[0] + "”"
	}
	switch {
	case r.Need == term.WordSign || len(r.Sectors) == 0:
		return "Activities with " + words + "."
	case r.Need == term.BothSigns:
		return "Activities with " + sectors + ", and " + words + "."
	case len(r.Words) == 0:
		return "Activities with " + sectors + "."
	}
	return "Activities with " + sectors + ", or " + words + "."
}

// Field picks activities by rules.
type Field struct {
	rules   Rules
	phrases map[string][]*phrase // by the first letters of their first word
	inside  []*phrase            // of scripts that put no space between words
}

type phrase struct {
	text  string
	words []string // folded; a * at the end of one stands for any ending
}

const firstLetters = 3

// NewField prepares rules.
func NewField(r Rules) *Field {
	f := &Field{rules: r, phrases: map[string][]*phrase{}}
	for _, text := range r.Words {
		p := &phrase{text: text, words: split(fold(text), true)}
		switch {
		case len(p.words) == 0:
		case !spaced(p.words[0]):
			p.words = []string{fold(text)}
			f.inside = append(f.inside, p)
		default:
			key := first(strings.TrimSuffix(p.words[0], "*"))
			f.phrases[key] = append(f.phrases[key], p)
		}
	}
	return f
}

// Match is whether an activity is of the field, and why, as people read it: sector 15190; “human trafficking” in the title.
type Match struct {
	Belongs        bool
	BySector       bool
	ByWord         bool
	Reasons        []string
	Sectors, Words []string
}

// Why is the reasons in one line.
func (m Match) Why() string { return strings.Join(m.Reasons, "; ") }

// Match looks at one activity: its sectors and those of its transactions, its title, descriptions, tags, results and the
// descriptions of its transactions.
func (f *Field) Match(a *Activity) Match {
	var m Match
	f.sectors(a, &m)
	f.texts(a, &m)
	m.BySector, m.ByWord = len(m.Sectors) > 0, len(m.Words) > 0
	switch f.rules.Need {
	case term.WordSign:
		m.Belongs = m.ByWord
	case term.BothSigns:
		m.Belongs = m.ByWord && m.BySector
	default:
		m.Belongs = m.ByWord || m.BySector
	}
	return m
}

// mostWords is how many words are named for an activity: the reader has understood by then.
const mostWords = 20

func (f *Field) sectors(a *Activity, m *Match) {
	look := func(list []Sector, where string) {
		for _, s := range list {
			if s.Vocabulary == "1" && slices.Contains(f.rules.Sectors, s.Code) && !slices.Contains(m.Sectors, s.Code) {
				m.Sectors = append(m.Sectors, s.Code)
				m.Reasons = append(m.Reasons, "sector "+s.Code+where)
			}
		}
	}
	look(a.Sectors, "")
	for _, t := range a.Transactions {
		look(t.Sectors, " of a transaction")
	}
}

func (f *Field) texts(a *Activity, m *Match) {
	look := func(t Text, where string) {
		for _, n := range t {
			for _, word := range f.find(n.Text) {
				if len(m.Words) < mostWords && !slices.Contains(m.Words, word) {
					m.Words = append(m.Words, word)
					m.Reasons = append(m.Reasons, "“"+word+"” in "+where)
				}
			}
		}
	}
	look(a.Title, "the title")
	for _, d := range a.Descriptions {
		look(d.Text, "the description")
	}
	for _, s := range a.Sectors {
		look(s.Name, "the name of a sector")
	}
	for _, t := range a.Tags {
		look(t.Name, "a tag")
	}
	for _, r := range a.Results {
		look(r.Title, "the title of a result")
		look(r.Description, "the description of a result")
	}
	for _, t := range a.Transactions {
		look(t.Description, "the description of a transaction")
	}
}

// find names what of a text is in the rules, as the text spells it in small letters.
func (f *Field) find(text string) (out []string) {
	spelled := split(text, false)
	list := make([]string, len(spelled))
	for i, word := range spelled {
		list[i] = fold(word)
	}
	for i := range list {
		for _, p := range f.phrases[first(list[i])] {
			if p.at(list[i:]) {
				out = append(out, strings.ToLower(strings.Join(spelled[i:i+len(p.words)], " ")))
			}
		}
	}
	if !ascii(text) {
		folded := fold(text)
		for _, p := range f.inside {
			if strings.Contains(folded, p.words[0]) {
				out = append(out, p.text)
			}
		}
	}
	return out
}

func (p *phrase) at(list []string) bool {
	if len(list) < len(p.words) {
		return false
	}
	for i, w := range p.words {
		stem, open := strings.CutSuffix(w, "*")
		if open && !strings.HasPrefix(list[i], stem) || !open && list[i] != w {
			return false
		}
	}
	return true
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// fold makes small letters without accents.
func fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'đ' || r == 'Đ': // no accent to Unicode
			return 'd'
		case r < 0x700 && unicode.Is(unicode.Mn, r): // Latin, Cyrillic, Arabic; further marks are vowels
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}

// split gives the words of a folded text, without signs. A star stays where it belongs to a phrase.
func split(s string, star bool) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !(star && r == '*')
	})
}

func first(word string) string {
	n := 0
	for i := range word {
		if n == firstLetters {
			return word[:i]
		}
		n++
	}
	return word
}

// spaced says whether the script of a word puts spaces between words.
func spaced(word string) bool {
	for _, r := range word {
		return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	}
	return true
}
