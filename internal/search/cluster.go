package search

import (
	"unicode"
	"unicode/utf8"
)

// maxCluster bounds the runes of a cluster; real ones have at most eight.
const maxCluster = 16

// spaceless reports whether r is a letter of a script that puts no spaces between words: Thai, Lao, Myanmar, Khmer,
// Han and kana. Their words cannot be told apart without a dictionary, so clusters are indexed in pairs.
func spaceless(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r <= 0x0EFF:
		return unicode.IsLetter(r)
	case 0x1000 <= r && r <= 0x109F, 0xA9E0 <= r && r <= 0xA9FF, 0xAA60 <= r && r <= 0xAA7F:
		return unicode.IsLetter(r)
	case 0x1780 <= r && r <= 0x17FF:
		return unicode.IsLetter(r)
	case r == 0x3007: // the zero of Chinese years, a number to Unicode
		return true
	case r == 0x3005, r == 0x3006, 0x3040 <= r && r <= 0x30FF, 0x31F0 <= r && r <= 0x31FF:
		return unicode.IsLetter(r)
	case 0x3400 <= r && r <= 0x4DBF, 0x4E00 <= r && r <= 0x9FFF, 0xF900 <= r && r <= 0xFAFF:
		return unicode.IsLetter(r)
	}
	return 0x20000 <= r && r <= 0x3FFFF && unicode.IsLetter(r)
}

// stacks reports whether a mark puts the letter after it under the letter before: Khmer coeng, Myanmar virama.
func stacks(r rune) bool { return r == 0x17D2 || r == 0x1039 }

// cluster reads a letter of a script without spaces: it begins a cluster unless it hangs under the one before.
func (s *scanner) cluster(r rune, start, end int) {
	running := s.open && s.now.cluster
	if running && s.stack {
		s.stack = false
		s.add(r)
		s.now.end = end
		return
	}
	if running && s.runes == 1 && (r == 'เ' || r == 'ເ') && lastRune(s.buf) == r {
		// Two Thai or Lao e look like ae and are often typed for it; the letter ae is the next code.
		s.buf = utf8.AppendRune(s.buf[:s.now.from], r+1)
		s.now.end = end
		return
	}
	s.close()
	p := part{start: start, end: end, cluster: true}
	if running {
		p.glue = glueCluster
	}
	s.begin(p)
	s.add(r)
}

// add writes one more rune of the open cluster.
func (s *scanner) add(r rune) {
	if s.runes < maxCluster {
		s.buf = utf8.AppendRune(s.buf, r)
		s.runes++
	}
}

func lastRune(b []byte) rune {
	r, _ := utf8.DecodeLastRune(b)
	return r
}

// sign is a mark of a cluster, with the letter that it stacks if it does.
type sign struct{ mark, under rune }

// arrange brings the marks of the cluster at buf[from:] into one order. The order of typing differs from person to
// person (tone before or after the round part of sara am, vowel before or after a subscript) and cannot be seen.
// What is typed first in most cases stays first, so that a half-typed cluster is a prefix of the whole one.
func arrange(buf []byte, from int) []byte {
	_, base := utf8.DecodeRune(buf[from:])
	if utf8.RuneCount(buf[from:]) <= 2 {
		return buf
	}
	var signs [maxCluster]sign
	n := 0
	for at := from + base; at < len(buf); n++ {
		r, size := utf8.DecodeRune(buf[at:])
		at += size
		signs[n].mark = r
		if stacks(r) && at < len(buf) {
			signs[n].under, size = utf8.DecodeRune(buf[at:])
			at += size
		}
		if signs[n].under == 'ដ' { // the subscripts of Khmer da and ta are one sign
			signs[n].under = 'ត'
		}
		for i := n; i > 0 && signs[i].before(signs[i-1]); i-- {
			signs[i], signs[i-1] = signs[i-1], signs[i]
		}
	}
	return appendSigns(buf[:from+base], signs[:n])
}

func (a sign) before(b sign) bool {
	if a.class() != b.class() {
		return a.class() < b.class()
	}
	if a.mark != b.mark {
		return a.mark < b.mark
	}
	return a.under < b.under
}

// class orders stacked letters, then what changes the consonant, then the vowel that is typed first, then the rest.
func (a sign) class() int {
	switch {
	case stacks(a.mark):
		return 0
	case 0x103B <= a.mark && a.mark <= 0x103E, a.mark == 0x17C9, a.mark == 0x17CA:
		return 1
	case a.mark == 0x1031:
		return 2
	}
	return 3
}

// appendSigns writes ordered marks; Khmer vowels typed in two halves become the one they look like.
func appendSigns(buf []byte, signs []sign) []byte {
	for i := 0; i < len(signs); i++ {
		mark := signs[i].mark
		if i+1 < len(signs) && signs[i+1].mark == 0x17C1 {
			switch mark {
			case 0x17B6:
				mark, i = 0x17C4, i+1
			case 0x17B8:
				mark, i = 0x17BE, i+1
			}
		}
		buf = utf8.AppendRune(buf, mark)
		if signs[i].under != 0 {
			buf = utf8.AppendRune(buf, signs[i].under)
		}
	}
	return buf
}
