package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxToken bounds a token in runes, so that no index limit can be hit (PostgreSQL: 2,046 bytes for a lexeme).
const maxToken = 40

// A glue says what ties a part to the part before it. Zero: nothing, the part begins a word.
const (
	glueHyphen     = '-' // and dot, ampersand, underscore
	glueDot        = '.'
	glueSlash      = '/'
	glueApostrophe = '\''
	glueName       = ' ' // a name that many write in one word: Viet Nam
	glueCluster    = 'c' // the next cluster of a run in a script without spaces
)

// part is the smallest piece of a word: letters between separators, or one cluster of a script without spaces.
type part struct {
	from, to   int // bytes of analysis.folded
	start, end int // bytes of the text as it was written
	glue       byte
	cluster    bool
}

// analysis is a text taken apart. The parts of folded follow each other without a gap, so that a bigram and a joined
// acronym are slices of it.
type analysis struct {
	folded   string
	parts    []part
	composed bool // some letters were put together again, see scanner.compose
}

// scanner holds what scan knows between two runes.
type scanner struct {
	buf      []byte
	parts    []part
	now      part // being written while open
	open     bool
	runes    int  // letters and digits of now; for a cluster all runes
	glue     byte // seen since the last part
	keep     bool // the last letter is of a script whose marks are vowels
	stack    bool // the last mark puts the next letter under this one
	compose  bool // marks were kept or Korean was written in pieces: tokens are composed, so that equal spellings meet
	initials bool // the last closed part consists of single letters: U.N.
}

// scan folds a text and cuts it into parts.
func scan(text string) analysis {
	s := scanner{buf: make([]byte, 0, len(text)+len(text)/16), parts: make([]part, 0, len(text)/6+1)}
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if lower[c] == 0 {
				s.sign(c)
				i++
				continue
			}
			s.letters(i)
			for ; i < len(text) && text[i] < utf8.RuneSelf && lower[text[i]] != 0; i++ {
				s.buf = append(s.buf, lower[text[i]])
				s.runes++
			}
			s.now.end, s.keep = i, false
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		s.wide(r, text[i:i+n], i)
		i += n
	}
	s.close()
	return analysis{folded: string(s.buf), parts: s.parts, composed: s.compose}
}

// wide takes a rune outside ASCII apart (NFKD) and reads its pieces.
func (s *scanner) wide(r rune, spelled string, start int) {
	end := start + len(spelled)
	if r == '´' { // typed for an apostrophe; its decomposition would be a space and an accent
		s.join(glueApostrophe)
		return
	}
	pieces := norm.NFKD.PropertiesString(spelled).Decomposition()
	if pieces == nil {
		s.rune(r, start, end)
	}
	for len(pieces) > 0 {
		r, n := utf8.DecodeRune(pieces)
		s.rune(r, start, end)
		pieces = pieces[n:]
	}
}

// rune reads one decomposed rune that was written in text[start:end].
func (s *scanner) rune(r rune, start, end int) {
	switch {
	case r < utf8.RuneSelf && lower[r] == 0:
		s.sign(byte(r))
	case r < utf8.RuneSelf:
		s.plain(lower[r], start, end)
	case 0x0300 <= r && r < 0x034F: // the accents of Latin, Greek and Cyrillic, asked first as they are most of all
		s.mark(r, end)
	case r == zeroWidthSpace: // in scripts without spaces an optional hint, and not what a person types
		if !s.open || !s.now.cluster {
			s.gap()
		}
	case ignorable(r):
	case r == 'ฯ', r == 'ຯ': // letters to Unicode, signs of abbreviation to a reader
		s.gap()
	case apostrophe(r):
		s.join(glueApostrophe)
	case hyphen(r):
		s.join(glueHyphen)
	case unicode.IsMark(r):
		s.mark(r, end)
	case spaceless(r):
		s.cluster(r, start, end)
	case unicode.IsLetter(r):
		s.letters(start)
		s.buf = appendFolded(s.buf, r)
		s.runes++
		s.now.end, s.keep = end, !dropsMarks(r)
		s.compose = s.compose || jamo(r)
	case unicode.IsDigit(r):
		s.plain(decimal(r), start, end)
	default:
		s.gap()
	}
}

// sign reads an ASCII character that is neither letter nor digit.
func (s *scanner) sign(c byte) {
	switch c {
	case '-', '_', '&':
		s.join(glueHyphen)
	case '.', '/', '\'':
		s.join(c)
	case '`':
		s.join(glueApostrophe)
	default:
		s.gap()
	}
}

// plain adds a letter or digit of ASCII.
func (s *scanner) plain(c byte, start, end int) {
	s.letters(start)
	s.buf = append(s.buf, c)
	s.runes++
	s.now.end, s.keep = end, false
}

// letters opens a part for letters or digits unless one is open.
func (s *scanner) letters(start int) {
	if s.open && s.now.cluster {
		s.gap()
	}
	if !s.open {
		s.begin(part{start: start, glue: s.glue})
	}
}

func (s *scanner) begin(p part) {
	p.from = len(s.buf)
	s.now, s.open, s.runes, s.glue, s.stack = p, true, 0, 0, false
}

// mark adds a vowel sign or tone to the letter it stands on; accents of scripts that can do without are dropped.
func (s *scanner) mark(r rune, end int) {
	if !s.open {
		return
	}
	s.now.end = end
	switch {
	case s.now.cluster:
		s.add(r)
		s.stack = stacks(r)
	case s.keep:
		s.buf = utf8.AppendRune(s.buf, r)
		s.compose = true
	}
}

// join ends a part that the next one may belong to. After initials a second joiner counts: U.N.-backed.
func (s *scanner) join(glue byte) {
	tied := s.open && !s.now.cluster || s.glue == glueDot && s.initials
	s.close()
	s.glue = 0
	if tied {
		s.glue = glue
	}
}

func (s *scanner) gap() {
	s.close()
	s.glue = 0
}

// close finishes the open part, or adds it to the last one when both are one word to a reader: U.N., people's.
func (s *scanner) close() {
	if !s.open {
		return
	}
	s.open = false
	if s.now.cluster {
		s.buf = arrange(s.buf, s.now.from)
		s.now.to = len(s.buf)
		s.parts = append(s.parts, s.now)
		s.initials = false
		return
	}
	single := s.runes == 1 && (s.buf[s.now.from] < '0' || s.buf[s.now.from] > '9')
	initial := s.now.glue == glueDot && s.initials && single
	if initial || s.now.glue == glueApostrophe && s.runes <= 2 {
		last := &s.parts[len(s.parts)-1]
		s.finish(last.from)
		last.to, last.end = len(s.buf), s.now.end
		s.initials = initial
		return
	}
	s.finish(s.now.from)
	s.now.to = len(s.buf)
	if s.endsName() {
		s.now.glue = glueName
	}
	s.parts = append(s.parts, s.now)
	s.initials = single
}

// endsName reports whether the open part and the one before it are a country's name that is written apart by the United
// Nations and in one word by most.
func (s *scanner) endsName() bool {
	first := ""
	switch string(s.buf[s.now.from:]) {
	case "nam":
		first = "viet"
	case "lanka":
		first = "sri"
	case "kong":
		first = "hong"
	default:
		return false
	}
	if len(s.parts) == 0 {
		return false
	}
	last := s.parts[len(s.parts)-1]
	return string(s.buf[last.from:last.to]) == first
}

// finish composes what was kept in pieces and bounds the token that begins at from.
func (s *scanner) finish(from int) {
	if s.compose && !norm.NFC.IsNormal(s.buf[from:]) {
		s.buf = append(s.buf[:from], norm.NFC.Bytes(s.buf[from:])...)
	}
	at := from
	for n := 0; at < len(s.buf) && n < maxToken; n++ {
		if len(s.buf)-at <= maxToken-n { // as many bytes left as runes allowed
			return
		}
		_, size := utf8.DecodeRune(s.buf[at:])
		at += size
	}
	s.buf = s.buf[:at]
}
