package term

// AssistanceType is what an activity gives.
type AssistanceType string

// The assistance types, as the shipped data spells them.
const (
	AssistBorderManagement    AssistanceType = "BORDER_MANAGEMENT"
	AssistLegislative         AssistanceType = "LEGISLATIVE"
	AssistPolicy              AssistanceType = "POLICY"
	AssistCoordination        AssistanceType = "COORDINATION"
	AssistLawEnforcement      AssistanceType = "LAW_ENFORCEMENT_TRAINING"
	AssistDocumentExamination AssistanceType = "DOCUMENT_EXAMINATION"
	AssistProsecution         AssistanceType = "PROSECUTION_JUDICIARY"
	AssistVictimProtection    AssistanceType = "VICTIM_PROTECTION"
	AssistReturnReintegration AssistanceType = "RETURN_REINTEGRATION"
	AssistAwareness           AssistanceType = "AWARENESS"
	AssistDataResearch        AssistanceType = "DATA_RESEARCH"
)

// Values lists the assistance types.
func (AssistanceType) Values() []string {
	return texts(AssistLegislative, AssistPolicy, AssistCoordination, AssistLawEnforcement, AssistBorderManagement,
		AssistDocumentExamination, AssistProsecution, AssistVictimProtection, AssistReturnReintegration, AssistAwareness,
		AssistDataResearch)
}

// Audience is whom an activity is for.
type Audience string

var audiences = []string{
	"BORDER_OFFICIALS", "CONSULAR_OFFICIALS", "EMPLOYERS", "IMMIGRATION", "JUDGES", "LABOUR_INSPECTORS",
	"LABOUR_OFFICIALS", "MIGRANTS", "NGOS", "POLICE", "POLICY_MAKERS", "PROSECUTORS", "PUBLIC", "SOCIAL_WORKERS",
	"TRADE_UNIONS", "VICTIMS", "YOUTH",
}

// Values lists the audiences, as the shipped data spells them.
func (Audience) Values() []string { return audiences }

// DeliveryMode is how assistance reaches its audience.
type DeliveryMode string

var deliveryModes = []string{
	"FACE_TO_FACE", "TRAINING_OF_TRAINERS", "COMPUTER_BASED", "INSTITUTIONALISED", "MENTORING", "STUDY_VISIT",
	"EQUIPMENT", "ADVICE", "GRANT", "OTHER",
}

// Values lists the delivery modes.
func (DeliveryMode) Values() []string { return deliveryModes }

// ActivityStatus follows IATI's codelist ActivityStatus (1 to 6), and says so where nobody knows.
type ActivityStatus string

// The statuses in IATI's order.
const (
	Pipeline        ActivityStatus = "PIPELINE"
	Implementation  ActivityStatus = "IMPLEMENTATION"
	Finalisation    ActivityStatus = "FINALISATION"
	Closed          ActivityStatus = "CLOSED"
	Cancelled       ActivityStatus = "CANCELLED"
	StatusSuspended ActivityStatus = "SUSPENDED"
	StatusUnknown   ActivityStatus = "UNKNOWN"
)

// Values lists the statuses.
func (ActivityStatus) Values() []string {
	return texts(Pipeline, Implementation, Finalisation, Closed, Cancelled, StatusSuspended, StatusUnknown)
}

// ParticipationRole is what an actor does in an activity, after IATI's OrganisationRole.
type ParticipationRole string

// The roles.
const (
	Funding      ParticipationRole = "FUNDING"
	Accountable  ParticipationRole = "ACCOUNTABLE"
	Extending    ParticipationRole = "EXTENDING"
	Implementing ParticipationRole = "IMPLEMENTING"
	Partner      ParticipationRole = "PARTNER"
	Beneficiary  ParticipationRole = "BENEFICIARY"
)

// Values lists the roles.
func (ParticipationRole) Values() []string {
	return texts(Funding, Accountable, Extending, Implementing, Partner, Beneficiary)
}

// FundingKind is what sort of sum a line of money states, after IATI. Sums of two kinds are never added (rule 2).
type FundingKind string

// The funding kinds.
const (
	Budget       FundingKind = "BUDGET"
	Pledge       FundingKind = "PLEDGE"
	Commitment   FundingKind = "COMMITMENT"
	Disbursement FundingKind = "DISBURSEMENT"
	Expenditure  FundingKind = "EXPENDITURE"
)

// Values lists the funding kinds.
func (FundingKind) Values() []string {
	return texts(Budget, Pledge, Commitment, Disbursement, Expenditure)
}

// FundingReporter is who stated a sum. Estimates and third parties stay out of totals.
type FundingReporter string

// The reporters of money.
const (
	ReportedByDonor       FundingReporter = "DONOR"
	ReportedByImplementer FundingReporter = "IMPLEMENTER"
	ReportedByThirdParty  FundingReporter = "THIRD_PARTY"
	ReportedAsEstimate    FundingReporter = "ESTIMATE"
	ReporterUnknown       FundingReporter = "UNKNOWN"
)

// Values lists the reporters of money.
func (FundingReporter) Values() []string {
	return texts(ReportedByDonor, ReportedByImplementer, ReportedByThirdParty, ReportedAsEstimate, ReporterUnknown)
}

// NeedPriority is how urgent an authority says its need is.
type NeedPriority string

// Values lists the priorities.
func (NeedPriority) Values() []string { return []string{"HIGH", "MEDIUM", "LOW", "NOT_STATED"} }

// NeedStatus is how far a need has been answered.
type NeedStatus string

// The need statuses, from the first to the last. Only NeedOpen and NeedMet are said of a need: what is between them follows
// from its offers (decision 026).
const (
	NeedOpen    NeedStatus = "OPEN"
	NeedOffered NeedStatus = "OFFERED"
	NeedMatched NeedStatus = "MATCHED"
	NeedMet     NeedStatus = "MET"
)

// Values lists the need statuses.
func (NeedStatus) Values() []string { return texts(NeedOpen, NeedOffered, NeedMatched, NeedMet) }

// NeedGap is which gap of its State a need answers: those findings of the analysis that are about one State's lack.
type NeedGap string

// Values lists the gaps, under the names that the analysis of gaps has for them.
func (NeedGap) Values() []string {
	return []string{"NO_OFFENCE", "NO_POLICY", "NO_NATIONAL_MECHANISM", "NO_ASSISTANCE"}
}

// OfferStatus is what became of an offer for a need.
type OfferStatus string

// The offer statuses.
const (
	OfferMade      OfferStatus = "MADE"
	OfferAccepted  OfferStatus = "ACCEPTED"
	OfferDeclined  OfferStatus = "DECLINED"
	OfferWithdrawn OfferStatus = "WITHDRAWN"
)

// Values lists the offer statuses.
func (OfferStatus) Values() []string {
	return texts(OfferMade, OfferAccepted, OfferDeclined, OfferWithdrawn)
}

// QuestionnaireKind is whom a questionnaire was made for.
type QuestionnaireKind string

// Values lists the questionnaire kinds.
func (QuestionnaireKind) Values() []string { return []string{"STATE", "DONOR", "ORGANISATION"} }

// ResponseStatus keeps the ways of not knowing apart (rule 1).
type ResponseStatus string

// The response statuses. ResponseWithheld came, but is not for everybody to read.
const (
	NotAsked         ResponseStatus = "NOT_ASKED"
	NotAnswered      ResponseStatus = "NOT_ANSWERED"
	ResponseDeclined ResponseStatus = "DECLINED"
	NothingToReport  ResponseStatus = "NOTHING_TO_REPORT"
	ResponseWithheld ResponseStatus = "WITHHELD"
	Answered         ResponseStatus = "ANSWERED"
)

// Values lists the response statuses.
func (ResponseStatus) Values() []string {
	return texts(NotAsked, NotAnswered, ResponseDeclined, NothingToReport, ResponseWithheld, Answered)
}

// EditionStatus is the life of an edition.
type EditionStatus string

// The edition statuses.
const (
	EditionBuilding  EditionStatus = "BUILDING"
	EditionPublished EditionStatus = "PUBLISHED"
	EditionWithdrawn EditionStatus = "WITHDRAWN"
)

// Values lists the edition statuses.
func (EditionStatus) Values() []string {
	return texts(EditionBuilding, EditionPublished, EditionWithdrawn)
}

// HistoryAction is what was done to a record.
type HistoryAction string

// The actions.
const (
	ActionCreated   HistoryAction = "CREATED"
	ActionUpdated   HistoryAction = "UPDATED"
	ActionWithdrawn HistoryAction = "WITHDRAWN"
	ActionRestored  HistoryAction = "RESTORED"
)

// Values lists the actions.
func (HistoryAction) Values() []string {
	return texts(ActionCreated, ActionUpdated, ActionWithdrawn, ActionRestored)
}

// OfferStep is one thing that was said to an offer: that it is accepted, declined or withdrawn.
type OfferStep struct {
	Status      OfferStatus `json:"status"`
	Reason      string      `json:"reason"`
	By          string      `json:"by"` // the institution, never the official
	At          Instant     `json:"at"`
	OwnInterest bool        `json:"ownInterest"` // who answered also reports for the organisation that offers
}

// Change is one field of one change: what it was and what it became, as text a person reads.
type Change struct {
	Field string  `json:"field"`
	From  *string `json:"from"`
	To    *string `json:"to"`
}
