package gap

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// Standing is what is known of something that a State may lack.
type Standing int

// The standings. Unknown is the default: that the catalogue holds nothing is not yet a lack (rule 1).
const (
	Unknown Standing = iota
	Has
	Lacks
)

// core are the elements without which there is no offence: Smuggling Protocol, article 6 (1) (a); Trafficking Protocol,
// article 3 (a).
var core = map[term.Theme][]term.OffenceElement{
	term.Smuggling:   {term.ElementProcuringIllegalEntry},
	term.Trafficking: {term.ElementAct, term.ElementPurpose},
}

// MakesAnOffence is whether a State makes a theme's conduct an offence, by the readings of its laws in force and by its
// elements. It lacks one only where an article shows that an element is not covered without which there is none.
func MakesAnOffence(theme term.Theme, offence term.Criminalisation, elements []Reading) Standing {
	if isOffence(offence) {
		return Has
	}
	covered, lacking := 0, false
	for _, e := range elements {
		if !slices.Contains(core[theme], e.Element) {
			continue
		}
		if e.Coverage == term.Covered || e.Coverage == term.PartlyCovered {
			covered++
		}
		lacking = lacking || e.Coverage == term.NotCovered
	}
	switch {
	case covered == len(core[theme]):
		return Has
	case lacking:
		return Lacks
	}
	return Unknown
}

func isOffence(c term.Criminalisation) bool {
	return c == term.Criminalised || c == term.PartlyCriminalised
}

// Recorded is whether a State has something that the catalogue lists. Where it lists none, that is a lack only if the
// State has spoken: its chapter stands verified, or it answered what it was asked. What is listed without being
// established (doubtful) leaves the question open.
func Recorded(listed, doubtful int, spoken bool) Standing {
	switch {
	case listed > 0:
		return Has
	case doubtful == 0 && spoken:
		return Lacks
	}
	return Unknown
}

// secondary are the elements that one general provision may carry for every crime.
var secondary = []term.OffenceElement{term.ElementAttempt, term.ElementAccomplice, term.ElementOrganising}

// KeepsApart is whether the laws in force of a State have provisions of their own for each of the two crimes. It lacks
// them where one article of one law is given for both; it is unknown as long as articles are named for one crime only,
// or for none, or readings are withheld from whoever asks.
func KeepsApart(smuggling, trafficking []Reading, withheld bool) Standing {
	type place struct {
		law     term.ID
		article string
	}
	places := func(readings []Reading) map[place]bool {
		out := map[place]bool{}
		for _, r := range readings {
			carries := r.Coverage == term.Covered || r.Coverage == term.PartlyCovered
			if article := strings.ToLower(strings.Join(strings.Fields(r.Article), " ")); article != "" && carries && !slices.Contains(secondary, r.Element) {
				out[place{r.Law, article}] = true
			}
		}
		return out
	}
	one, other := places(smuggling), places(trafficking)
	for p := range one {
		if other[p] {
			return Lacks
		}
	}
	if withheld || len(one) == 0 || len(other) == 0 {
		return Unknown
	}
	return Has
}

// Replied is whether whoever was asked sent something back; nil where nobody was asked, or nobody noted it. Declining is
// no reply.
func Replied(s term.ResponseStatus) *bool {
	switch s {
	case term.Answered, term.NothingToReport, term.ResponseWithheld:
		return new(true)
	case term.NotAnswered, term.ResponseDeclined:
		return new(false)
	}
	return nil
}
