package overlap

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed dictionary.tsv
var dictionaryTSV string

// class is what a word of the dictionary speaks of.
type class uint8

const (
	plainWord  class = iota
	topicWord        // what the assistance is about
	peopleWord       // whom it reaches
	formWord         // how it is given: a workshop, equipment
)

var classes = map[string]class{"topic": topicWord, "people": peopleWord, "form": formWord}

// lexicon is the dictionary of the field: phrases of several languages that mean one concept.
type lexicon struct {
	concept map[string]int32 // words of a phrase, joined by a space
	most    map[string]int   // the longest phrase that begins with a word, in words
	names   []string
	keys    []string // "§" and the name: no word is written so
	classes []class
	runs    map[rune][]string // phrases of scripts without spaces, by their first letter
}

var dictionary = sync.OnceValue(func() *lexicon { return readLexicon(dictionaryTSV) })

// readLexicon reads lines of concept, class and phrases; what stands after # is a remark.
func readLexicon(tsv string) *lexicon {
	l := &lexicon{concept: map[string]int32{}, most: map[string]int{}, runs: map[rune][]string{}}
	for line := range strings.Lines(tsv) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		id := int32(len(l.names))
		l.names, l.keys, l.classes = append(l.names, cells[0]), append(l.keys, "§"+cells[0]), append(l.classes, classes[cells[1]])
		for phrase := range strings.SplitSeq(cells[2], "|") {
			l.add(phrase, id)
		}
	}
	return l
}

func (l *lexicon) add(phrase string, id int32) {
	folded := fold(phrase)
	var words []string
	for _, w := range split(folded) {
		if stopWords[w] || len(w) == 1 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		if unspaced(r) {
			l.runs[r] = append(l.runs[r], w)
			words = append(words, w)
			continue
		}
		words = append(words, spell(stem(w)))
	}
	if len(words) == 0 {
		return
	}
	key := strings.Join(words, " ")
	if _, taken := l.concept[key]; !taken {
		l.concept[key] = id
	}
	l.most[words[0]] = max(l.most[words[0]], len(words))
}

// longest is how many letters the longest phrase has with which a run begins.
func (l *lexicon) longest(run []rune) int {
	best, s := 0, ""
	for _, phrase := range l.runs[run[0]] {
		if s == "" {
			s = string(run)
		}
		if strings.HasPrefix(s, phrase) {
			best = max(best, utf8.RuneCountInString(phrase))
		}
	}
	return best
}

// sense is one thing that a text speaks of: a concept of the dictionary, or a word that it does not know.
type sense struct {
	key   string
	text  string // as it stands in the text, folded
	class class
}

// senses reads words as concepts, the longest phrase first.
func (l *lexicon) senses(words []token) []sense {
	out := make([]sense, 0, len(words))
	for i := 0; i < len(words); {
		n, id := l.match(words[i:])
		if n == 0 {
			out = append(out, sense{words[i].key, words[i].text, plainWord})
			i++
			continue
		}
		text := words[i].text
		for _, w := range words[i+1 : i+n] {
			text += " " + w.text
		}
		out = append(out, sense{l.keys[id], text, l.classes[id]})
		i += n
	}
	return out
}

func (l *lexicon) match(words []token) (int, int32) {
	for n := min(l.most[words[0].key], len(words)); n > 0; n-- {
		key := words[0].key
		for _, w := range words[1:n] {
			key += " " + w.key
		}
		if id, ok := l.concept[key]; ok {
			return n, id
		}
	}
	return 0, 0
}
