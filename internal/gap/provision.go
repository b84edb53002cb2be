package gap

import (
	"slices"

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
	articles := map[term.Theme][]string{}
	for _, r := range all {
		if u, ok := uncovered[r.Element]; ok && u.theme == r.Theme && r.Coverage == term.NotCovered {
			out = append(out, Flag{u.code, u.sentence, found(r.Article)})
		}
		if r.Article != "" && !slices.Contains(shared, r.Element) && (r.Coverage == term.Covered || r.Coverage == term.PartlyCovered) {
			articles[r.Theme] = append(articles[r.Theme], r.Article)
		}
	}
	var both []string
	for _, a := range articles[term.Smuggling] {
		if slices.Contains(articles[term.Trafficking], a) && !slices.Contains(both, a) {
			both = append(both, a)
		}
	}
	if len(both) > 0 {
		out = append(out, Flag{OneProvision, oneProvision, both})
	}
	return out
}

func found(article string) []string {
	if article == "" {
		return nil
	}
	return []string{article}
}
