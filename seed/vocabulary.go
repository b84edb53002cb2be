package seed

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// Verification is what every shipped record says of itself.
const Verification = "unverified: desk research"

// RegionalPolicy stands in policies.yaml where another policy names its State; the chapter is RegionalChapter.
const RegionalPolicy = "REG"

// RegionalChapter is the code of the chapter that belongs to no State.
const RegionalChapter = "REGIONAL"

// words is a closed vocabulary as a file spells it.
type words []string

// spelt gives the spelling in the files of a vocabulary of the program: the same words in small letters.
func spelt(codes []string, except ...string) words {
	var out words
	for _, code := range codes {
		if !slices.Contains(except, code) {
			out = append(out, strings.ToLower(code))
		}
	}
	return out
}

func (w words) String() string { return strings.Join(w, ", ") }

// The vocabularies that the heads of the files state, and those that the program shares with them.
var (
	lawStatuses       = words{"in_force", "amended", "repealed", "replaced"}
	policyStatuses    = words{"current", "ended", "draft"}
	mechanismStatuses = words{"active", "unclear", "historic"}
	activityStatuses  = words{"completed", "ongoing", "unknown"}
	mechanismScopes   = words{"national", "bilateral", "trilateral", "regional"}
	treatyModes       = words{"ratification", "accession", "signature", "none"}
	criminalised      = words{"yes", "partly", "no"}
	comprehensive     = words{"yes", "no"}
	chapterStarts     = words{"suspended", "not_opened"}
	themeCodes        = words{"SMUGGLING", "TRAFFICKING"}

	confidences     = spelt(term.Confidence("").Values(), string(term.ConfidenceUnknown))
	evidences       = spelt(term.Evidence("").Values(), string(term.UnknownEvidence))
	actorKinds      = spelt(term.ActorKind("").Values())
	statedRoles     = words{"donor", "implementer", "recipient", "coordinator"}
	mechanismForms  = spelt(term.MechanismForm("").Values())
	assistanceTypes = spelt(term.AssistanceType("").Values())
	audiences       = spelt(term.Audience("").Values())

	traffickingElements = elementWords(term.Trafficking)
	smugglingElements   = elementWords(term.Smuggling)
)

func elementWords(t term.Theme) words {
	var codes []string
	for _, e := range term.Elements(t) {
		codes = append(codes, string(e))
	}
	return spelt(codes)
}

// groups are those that groups.yaml may speak of.
var groups = words{
	string(term.GroupASEAN), string(term.GroupSAARC), string(term.GroupBaliProcess), string(term.GroupBaliAdHoc),
	string(term.GroupMekong),
}

// subregions are the geographical divisions of M49, the finest where it has two.
var subregions = words{
	"Northern Africa", "Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa",
	"Caribbean", "Central America", "South America", "Northern America",
	"Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia",
	"Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe",
	"Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia",
}

// OrganisationKey gives the key of the actor that mechanisms.yaml names by its acronym: IOM is the actor iom.
func OrganisationKey(acronym string) string { return strings.ToLower(acronym) }
