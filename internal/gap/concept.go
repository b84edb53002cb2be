// Package gap holds the rules about what the texts of the catalogue say, and fail to say, of the two Protocols.
package gap

import (
	"strings"
	"unicode"

	"adam/internal/term"
)

// Code names what a flag is about.
type Code string

// The codes of flags.
const (
	VictimsTaggedSmuggling      Code = "VICTIMS_TAGGED_SMUGGLING"
	ExploitationTaggedSmuggling Code = "EXPLOITATION_TAGGED_SMUGGLING"
	SmugglingTaggedTrafficking  Code = "SMUGGLING_TAGGED_TRAFFICKING"
	EntryTaggedTrafficking      Code = "ILLEGAL_ENTRY_TAGGED_TRAFFICKING"
	FeeTaggedTrafficking        Code = "FEE_TAGGED_TRAFFICKING"
)

// Values lists the codes.
func (Code) Values() []string {
	return []string{string(VictimsTaggedSmuggling), string(ExploitationTaggedSmuggling), string(SmugglingTaggedTrafficking),
		string(EntryTaggedTrafficking), string(FeeTaggedTrafficking)}
}

// Flag is advice to whoever enters a record. It never changes the record by itself.
type Flag struct {
	Code     Code
	Sentence string
}

// rule is a word of the one Protocol in a text that is tagged with the other alone.
type rule struct {
	tagged   term.Theme
	words    []string // phrases; each stands for itself, not for a part of a word
	code     Code
	sentence string
}

var rules = []rule{
	{term.Smuggling, []string{"victim", "victims"}, VictimsTaggedSmuggling,
		"The text speaks of victims, but the record is tagged smuggling of migrants only. Victims are of trafficking in persons; a smuggled migrant is the object of the offence (Smuggling Protocol, articles 3 and 5). Is it about trafficking too?"},
	{term.Smuggling, []string{"exploitation", "exploited"}, ExploitationTaggedSmuggling,
		"The text speaks of exploitation, but the record is tagged smuggling of migrants only. Exploitation is the purpose of trafficking in persons (Trafficking Protocol, article 3); of smuggling it only aggravates the offence (Smuggling Protocol, article 6(3)(b)). Is it about trafficking too?"},
	{term.Trafficking, []string{"people smuggling", "migrant smuggling", "smuggling of migrants", "smuggled migrants", "human smuggling"}, SmugglingTaggedTrafficking,
		"The text speaks of smuggling, but the record is tagged trafficking in persons only. Smuggling of migrants is another offence (Smuggling Protocol, article 3). Is it about smuggling too?"},
	{term.Trafficking, []string{"illegal entry", "irregular entry", "unlawful entry"}, EntryTaggedTrafficking,
		"The text speaks of illegal entry, but the record is tagged trafficking in persons only. Procuring illegal entry is smuggling of migrants (Smuggling Protocol, article 3); trafficking needs no border crossing. Is it about smuggling too?"},
	{term.Trafficking, []string{"fee", "fees", "smuggling fee"}, FeeTaggedTrafficking,
		"The text speaks of a fee, but the record is tagged trafficking in persons only. A financial or other material benefit is an element of the smuggling of migrants (Smuggling Protocol, article 3); the purpose of trafficking is exploitation. Is it about smuggling too?"},
}

// Texts finds where the text of a record and its tags disagree (model, Offence elements: concept check). A record on both
// themes, or on none, disagrees with nothing.
func Texts(title, summary string, themes []term.Theme) []Flag {
	out := []Flag{}
	if len(themes) != 1 {
		return out
	}
	text := spaced(title + " . " + summary)
	for _, r := range rules {
		if r.tagged == themes[0] && says(text, r.words) {
			out = append(out, Flag{r.code, r.sentence})
		}
	}
	return out
}

func says(text string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(text, " "+p+" ") {
			return true
		}
	}
	return false
}

// spaced writes a text as words in small letters with one space around each, so that a phrase is found whole.
func spaced(text string) string {
	text = strings.ReplaceAll(strings.ToLower(text), ".", " . ") // no phrase reaches over the end of a sentence
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' })
	return " " + strings.Join(words, " ") + " "
}
