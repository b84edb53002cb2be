package term

// OffenceElement is a part of the offence that a Protocol describes, or of what stands beside it.
type OffenceElement string

// The elements. ElementAttempt, ElementAccomplice and ElementOrganising belong to both Protocols.
const (
	ElementAct               OffenceElement = "ACT"
	ElementMeans             OffenceElement = "MEANS"
	ElementPurpose           OffenceElement = "PURPOSE"
	ElementChildWithoutMeans OffenceElement = "CHILD_WITHOUT_MEANS"
	ElementConsentIrrelevant OffenceElement = "CONSENT_IRRELEVANT"
	ElementExtraterritorial  OffenceElement = "EXTRATERRITORIAL"
	ElementLegalPersons      OffenceElement = "LEGAL_PERSONS"
	ElementNonPunishment     OffenceElement = "NON_PUNISHMENT_OF_VICTIMS"

	ElementProcuringIllegalEntry OffenceElement = "PROCURING_ILLEGAL_ENTRY"
	ElementNotNational           OffenceElement = "NEITHER_NATIONAL_NOR_RESIDENT"
	ElementFinancialBenefit      OffenceElement = "FINANCIAL_BENEFIT_ELEMENT"
	ElementDocumentFraud         OffenceElement = "DOCUMENT_FRAUD"
	ElementEnablingStay          OffenceElement = "ENABLING_STAY"
	ElementAggravatedDanger      OffenceElement = "AGGRAVATED_DANGER"
	ElementAggravatedDegrading   OffenceElement = "AGGRAVATED_DEGRADING"
	ElementNonCriminalisation    OffenceElement = "NON_CRIMINALISATION_OF_MIGRANTS"

	ElementAttempt    OffenceElement = "ATTEMPT"
	ElementAccomplice OffenceElement = "ACCOMPLICE"
	ElementOrganising OffenceElement = "ORGANISING"
)

// Elements lists the elements of a theme in the order of its Protocol: Smuggling of Migrants Protocol, articles 3, 5
// and 6; Trafficking in Persons Protocol, articles 3 and 5, and what States add to it.
func Elements(t Theme) []OffenceElement {
	if t == Smuggling {
		return []OffenceElement{ElementProcuringIllegalEntry, ElementNotNational, ElementFinancialBenefit,
			ElementDocumentFraud, ElementEnablingStay, ElementAttempt, ElementAccomplice, ElementOrganising,
			ElementAggravatedDanger, ElementAggravatedDegrading, ElementNonCriminalisation}
	}
	return []OffenceElement{ElementAct, ElementMeans, ElementPurpose, ElementChildWithoutMeans, ElementConsentIrrelevant,
		ElementAttempt, ElementAccomplice, ElementOrganising, ElementExtraterritorial, ElementLegalPersons,
		ElementNonPunishment}
}

// Values lists every element once.
func (OffenceElement) Values() []string {
	seen := map[OffenceElement]bool{}
	var out []string
	for _, t := range []Theme{Trafficking, Smuggling} {
		for _, e := range Elements(t) {
			if !seen[e] {
				seen[e] = true
				out = append(out, string(e))
			}
		}
	}
	return out
}
