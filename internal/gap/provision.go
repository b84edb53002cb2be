package gap

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// uncovered are the elements whose lack puts the whole offence in question.
var uncovered = map[term.OffenceElement]struct {
	theme    term.Theme
	code     Code
	sentence string
}{
	term.ElementFinancialBenefit: {term.Smuggling, SmugglingWithoutBenefit, noBenefit},
	term.ElementChildWithoutMeans: {term.Trafficking, MeansForChildren,
		"The law asks for force, deception or other means where the victim is a child. Of a person under eighteen none is needed (Trafficking Protocol, article 3(c)). Is it so read?"},
	term.ElementConsentIrrelevant: {term.Trafficking, ConsentDefence,
		"The law does not set the victim's consent aside, so it may serve as a defence. Where means were used consent is irrelevant (Trafficking Protocol, article 3(b)). Is it so read?"},
	term.ElementNonCriminalisation: {term.Smuggling, MigrantsPunished,
		"The law is read as not keeping migrants free from punishment for having been smuggled (Smuggling Protocol, article 5). Punishing illegal entry as such is another thing (article 6(4)). Is it so read?"},
}

// shared are the elements that a law may well have in one provision for all its offences.
var shared = []term.OffenceElement{term.ElementAttempt, term.ElementAccomplice, term.ElementOrganising, term.ElementLegalPersons, term.ElementExtraterritorial}

// readings flags what the readings of a law's articles say themselves.
func readings(all []Provision) (out []Flag) {
	articles, rests := map[term.Theme][]string{}, map[string][]string{}
	for _, r := range all {
		if u, ok := uncovered[r.Element]; ok && u.theme == r.Theme && r.Coverage == term.NotCovered {
			out = append(out, Flag{Code: u.code, Sentence: u.sentence, Found: found(r.Article), rests: []string{r.basis()}})
		}
		if r.Article != "" && !slices.Contains(shared, r.Element) && (r.Coverage == term.Covered || r.Coverage == term.PartlyCovered) {
			articles[r.Theme] = append(articles[r.Theme], r.Article)
			rests[r.Article] = append(rests[r.Article], r.basis())
		}
	}
	var both, bases []string
	for _, a := range articles[term.Smuggling] {
		if slices.Contains(articles[term.Trafficking], a) && !slices.Contains(both, a) {
			both, bases = append(both, a), append(bases, rests[a]...)
		}
	}
	if len(both) > 0 {
		out = append(out, Flag{Code: OneProvision, Sentence: oneProvision, Found: both, rests: bases})
	}
	return out
}

// basis is a reading as a flag rests on it.
func (r Provision) basis() string {
	return strings.Join([]string{string(r.Theme), string(r.Element), string(r.Coverage), r.Article}, " ")
}

func found(article string) []string {
	if article == "" {
		return nil
	}
	return []string{article}
}
