// Package gap holds the rules about what the texts of the catalogue say, and fail to say, of the two Protocols.
package gap

import (
	"slices"
	"strings"
	"unicode"

	"adam/internal/term"
)

// Code names what a flag is about.
type Code string

// The codes of flags: of texts that disagree with their tags, and of what laws ask for beyond or beside the Protocols.
const (
	VictimsTaggedSmuggling      Code = "VICTIMS_TAGGED_SMUGGLING"
	ExploitationTaggedSmuggling Code = "EXPLOITATION_TAGGED_SMUGGLING"
	SmugglingTaggedTrafficking  Code = "SMUGGLING_TAGGED_TRAFFICKING"
	EntryTaggedTrafficking      Code = "ILLEGAL_ENTRY_TAGGED_TRAFFICKING"
	FeeTaggedTrafficking        Code = "FEE_TAGGED_TRAFFICKING"
	TraffickingForSmuggling     Code = "TRAFFICKING_COUNTED_FOR_SMUGGLING"
	SmugglingNeedsMeans         Code = "SMUGGLING_NEEDS_MEANS"
	SmugglingWithoutBenefit     Code = "SMUGGLING_WITHOUT_BENEFIT"
	TraffickingNeedsBorder      Code = "TRAFFICKING_NEEDS_BORDER"
	TraffickingOfSomeOnly       Code = "TRAFFICKING_OF_WOMEN_AND_CHILDREN_ONLY"
	TraffickingSexualOnly       Code = "TRAFFICKING_SEXUAL_ONLY"
	MeansForChildren            Code = "MEANS_REQUIRED_FOR_CHILDREN"
	ConsentDefence              Code = "CONSENT_AS_DEFENCE"
	MigrantsPunished            Code = "MIGRANTS_PUNISHED"
	OneProvision                Code = "ONE_PROVISION_FOR_BOTH"
)

// Values lists the codes.
func (Code) Values() []string {
	var out []string
	for _, c := range []Code{VictimsTaggedSmuggling, ExploitationTaggedSmuggling, SmugglingTaggedTrafficking, EntryTaggedTrafficking,
		FeeTaggedTrafficking, TraffickingForSmuggling, SmugglingNeedsMeans, SmugglingWithoutBenefit, TraffickingNeedsBorder,
		TraffickingOfSomeOnly, TraffickingSexualOnly, MeansForChildren, ConsentDefence, MigrantsPunished, OneProvision} {
		out = append(out, string(c))
	}
	return out
}

// Flag is advice to whoever enters a record. It never changes the record by itself.
type Flag struct {
	Code     Code
	Sentence string
	Found    []string // the words or the articles that it rests on, as they stand in the record, in small letters

	Dismissed *Dismissed   // that it is wrong; nil where nobody said so
	Earlier   []*Dismissed // that it was wrong, and is right after all, on the same text; oldest first

	rests []string // the sentences, or the readings, that it rests on: with others it is another flag
}

// Dismissed is why somebody who answers for a record says that a flag is wrong.
type Dismissed struct {
	Reason string
	By     string // the institution, never the official
	At     term.Instant

	TakenBack *TakenBack // nil while it counts
}

// TakenBack is why a dismissal was taken back.
type TakenBack struct {
	Reason string
	By     string // the institution, never the official
	At     term.Instant
}

// Subject is what is checked of a record.
type Subject struct {
	Kind     term.RecordKind
	Title    string
	Texts    []string // what it says besides: its summary, mandate, results, remarks on penalties
	Themes   []term.Theme
	Elements []Provision // of a law
}

// Provision is what a law does about one element of an offence.
type Provision struct {
	Theme    term.Theme
	Element  term.OffenceElement
	Coverage term.Coverage
	Article  string
}

// Check finds where the text of a record and its tags disagree, and where a law takes one concept for the other or asks
// for less or more than the Protocols (model, Offence elements: concept check). A right record may be flagged: whoever
// knows it says why it is right.
func Check(s Subject) []Flag {
	out := []Flag{}
	text := []string{spaced(s.Title)}
	for _, t := range s.Texts {
		text = append(text, sentences(t)...)
	}
	for _, r := range rules {
		if !r.about(s) {
			continue
		}
		if found, rests := r.find(text); len(found) > 0 {
			out = add(out, Flag{Code: r.code, Sentence: r.sentence, Found: found, rests: rests})
		}
	}
	for _, f := range readings(s.Elements) {
		out = add(out, f)
	}
	return out
}

// add joins a flag to one of the same code: text and readings may say the same thing.
func add(all []Flag, f Flag) []Flag {
	i := slices.IndexFunc(all, func(g Flag) bool { return g.Code == f.Code })
	if i < 0 {
		return append(all, f)
	}
	all[i].Found = append(all[i].Found, f.Found...)
	all[i].rests = append(all[i].rests, f.rests...)
	return all
}

// rule is what a text may say that its record's tags, or its being a law, put in question.
type rule struct {
	code     Code
	kinds    []term.RecordKind // of all where empty
	tags     func(smuggling, trafficking bool) bool
	says     []string // one of these phrases; each stands for itself, not for a part of a word
	beside   []string // in the same sentence as one of these, where there are any
	unless   []string // in no sentence of the record one of these
	sentence string
}

func onlySmuggling(smuggling, trafficking bool) bool   { return smuggling && !trafficking }
func onlyTrafficking(smuggling, trafficking bool) bool { return trafficking && !smuggling }
func onSmuggling(smuggling, _ bool) bool               { return smuggling }
func onTrafficking(_, trafficking bool) bool           { return trafficking }

func (r rule) about(s Subject) bool {
	return (len(r.kinds) == 0 || slices.Contains(r.kinds, s.Kind)) &&
		r.tags(slices.Contains(s.Themes, term.Smuggling), slices.Contains(s.Themes, term.Trafficking))
}

// find gives the phrases on which the rule rests, each once, and the sentences that hold them; none where it does not
// apply.
func (r rule) find(text []string) (found, rests []string) {
	for _, sentence := range text {
		if len(phrases(sentence, r.unless)) > 0 {
			return nil, nil
		}
		if len(r.beside) > 0 && len(phrases(sentence, r.beside)) == 0 {
			continue
		}
		said := phrases(sentence, r.says)
		if len(said) > 0 {
			rests = append(rests, sentence)
		}
		for _, p := range said {
			if !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
	}
	return found, rests
}

func phrases(sentence string, all []string) (found []string) {
	for _, p := range all {
		if strings.Contains(sentence, " "+p+" ") {
			found = append(found, p)
		}
	}
	return found
}

// sentences parts a text, so that no phrase reaches over the end of one. A point inside a number or a word ends none.
func sentences(text string) (out []string) {
	const end = "\x00" // a line may end within a sentence
	ends := func(s string) string {
		return strings.NewReplacer(". ", end, "; ", end, "? ", end, "! ", end).Replace(s)
	}
	for _, s := range strings.Split(ends(text), end) {
		out = append(out, spaced(s))
	}
	return out
}

// spaced writes a text as words in small letters with one space around each, so that a phrase is found whole.
func spaced(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}
