package term

// ActorKind says what an actor is. What it does (donor, implementer, partner, beneficiary) is a role in an activity.
type ActorKind string

// The actor kinds.
const (
	StateAuthority            ActorKind = "STATE_AUTHORITY"
	InternationalOrganization ActorKind = "INTERNATIONAL_ORGANIZATION"
	RegionalOrganization      ActorKind = "REGIONAL_ORGANIZATION"
	NGO                       ActorKind = "NGO"
	DonorAgency               ActorKind = "DONOR"
	Academic                  ActorKind = "ACADEMIC"
	PrivateSector             ActorKind = "PRIVATE_SECTOR"
)

// Values lists the actor kinds.
func (ActorKind) Values() []string {
	return texts(StateAuthority, InternationalOrganization, RegionalOrganization, NGO, DonorAgency, Academic, PrivateSector)
}

// StatedRole is what the desk research said an actor mostly does.
type StatedRole string

// The stated roles.
const (
	RoleDonor       StatedRole = "DONOR"
	RoleImplementer StatedRole = "IMPLEMENTER"
	RoleRecipient   StatedRole = "RECIPIENT"
	RoleCoordinator StatedRole = "COORDINATOR"
)

// NameKind says what sort of other name an actor has.
type NameKind string

// The kinds of other names.
const (
	NameAcronym     NameKind = "ACRONYM"
	NameFormer      NameKind = "FORMER_NAME"
	NameTranslation NameKind = "TRANSLATION"
	NameOther       NameKind = "OTHER"
)

// Values lists the kinds of other names.
func (NameKind) Values() []string {
	return texts(NameAcronym, NameFormer, NameTranslation, NameOther)
}

// ContactKind is the sort of a contact of a unit.
type ContactKind string

// The contact kinds.
const (
	ContactEmail   ContactKind = "EMAIL"
	ContactPhone   ContactKind = "PHONE"
	ContactAddress ContactKind = "ADDRESS"
)

// Values lists the contact kinds.
func (ContactKind) Values() []string { return texts(ContactEmail, ContactPhone, ContactAddress) }

// LawStatus is the standing of a law.
type LawStatus string

// The law statuses. Amended is in force as amended.
const (
	LawBill     LawStatus = "BILL"
	LawInForce  LawStatus = "IN_FORCE"
	LawAmended  LawStatus = "AMENDED"
	LawReplaced LawStatus = "REPLACED"
	LawRepealed LawStatus = "REPEALED"
)

// Values lists the law statuses.
func (LawStatus) Values() []string {
	return texts(LawBill, LawInForce, LawAmended, LawReplaced, LawRepealed)
}

// Criminalisation is a reading of whether a law makes a theme's conduct an offence. A desk-research "no" is
// NOT_EXAMINED: the text is about something else (model, Offence elements).
type Criminalisation string

// The readings. CriminalisationWithheld stands in an edition whose audience may not see readings yet.
const (
	Criminalised            Criminalisation = "YES"
	PartlyCriminalised      Criminalisation = "PARTLY"
	CriminalisationUnread   Criminalisation = "NOT_EXAMINED"
	CriminalisationWithheld Criminalisation = "WITHHELD"
)

// Values lists the readings of criminalisation.
func (Criminalisation) Values() []string {
	return texts(Criminalised, PartlyCriminalised, CriminalisationUnread, CriminalisationWithheld)
}

// Coverage is what a law does about one offence element. Not examined is the default and never counted as a gap.
type Coverage string

// The coverages.
const (
	Covered          Coverage = "COVERED"
	PartlyCovered    Coverage = "PARTLY_COVERED"
	NotCovered       Coverage = "NOT_COVERED"
	UnclearCoverage  Coverage = "UNCLEAR"
	NotExamined      Coverage = "NOT_EXAMINED"
	CoverageWithheld Coverage = "WITHHELD"
)

// Values lists the coverages.
func (Coverage) Values() []string {
	return texts(Covered, PartlyCovered, NotCovered, UnclearCoverage, NotExamined, CoverageWithheld)
}

// PenaltyKind is the sort of the highest penalty.
type PenaltyKind string

// The penalty kinds.
const (
	PenaltyYears PenaltyKind = "YEARS"
	PenaltyLife  PenaltyKind = "LIFE"
	PenaltyDeath PenaltyKind = "DEATH"
)

// Values lists the penalty kinds.
func (PenaltyKind) Values() []string { return texts(PenaltyYears, PenaltyLife, PenaltyDeath) }

// PolicyStatus is the standing of a policy.
type PolicyStatus string

// The policy statuses.
const (
	PolicyDraft   PolicyStatus = "DRAFT"
	PolicyCurrent PolicyStatus = "CURRENT"
	PolicyEnded   PolicyStatus = "ENDED"
)

// Values lists the policy statuses.
func (PolicyStatus) Values() []string { return texts(PolicyDraft, PolicyCurrent, PolicyEnded) }

// Comprehensiveness is a reading of whether a policy covers prevention, protection, prosecution and cooperation.
type Comprehensiveness string

// The readings.
const (
	Comprehensive             Comprehensiveness = "COMPREHENSIVE"
	PartialPolicy             Comprehensiveness = "PARTIAL"
	ComprehensivenessUnread   Comprehensiveness = "NOT_EXAMINED"
	ComprehensivenessWithheld Comprehensiveness = "WITHHELD"
)

// Values lists the readings of comprehensiveness.
func (Comprehensiveness) Values() []string {
	return texts(Comprehensive, PartialPolicy, ComprehensivenessUnread, ComprehensivenessWithheld)
}

// MechanismLevel is how many States a coordination mechanism binds.
type MechanismLevel string

// The levels.
const (
	LevelNational    MechanismLevel = "NATIONAL"
	LevelBilateral   MechanismLevel = "BILATERAL"
	LevelTrilateral  MechanismLevel = "TRILATERAL"
	LevelSubregional MechanismLevel = "SUBREGIONAL"
	LevelRegional    MechanismLevel = "REGIONAL"
)

// Values lists the levels.
func (MechanismLevel) Values() []string {
	return texts(LevelNational, LevelBilateral, LevelTrilateral, LevelSubregional, LevelRegional)
}

// MechanismForm is the form that a coordination mechanism takes.
type MechanismForm string

// The forms, as the shipped data spells them.
var mechanismForms = []string{
	"COMMITTEE", "COMMISSION", "WORKING_GROUP", "BODY", "OFFICE", "LIAISON_OFFICE", "MOU", "AGREEMENT", "TREATY",
	"PROCESS", "MEETING", "CONFERENCE", "ORGANISATION", "NETWORK", "PROGRAMME", "INFORMATION_SYSTEM", "TRAINING_CENTRE",
}

// Values lists the forms.
func (MechanismForm) Values() []string { return mechanismForms }

// MechanismStatus is whether a mechanism works today.
type MechanismStatus string

// The mechanism statuses.
const (
	MechanismActive   MechanismStatus = "ACTIVE"
	MechanismUnclear  MechanismStatus = "UNCLEAR"
	MechanismHistoric MechanismStatus = "HISTORIC"
)

// Values lists the mechanism statuses.
func (MechanismStatus) Values() []string {
	return texts(MechanismActive, MechanismUnclear, MechanismHistoric)
}
