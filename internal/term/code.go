package term

// The closed vocabularies that records are described with. Each is a text of capitals; Values lists it for the
// schema. Where a standard has the word, it is the standard's: IATI for activities and money, UNTOC for treaties.

// Visibility says who may see a record, a contact or a line of money. Rule 3 of the model.
type Visibility string

// The visibilities: everyone; signed-in members; its reporter, the secretariat and whom they share it with.
const (
	Public     Visibility = "PUBLIC"
	Members    Visibility = "MEMBERS"
	Restricted Visibility = "RESTRICTED"
)

// Values lists the visibilities.
func (Visibility) Values() []string { return texts(Public, Members, Restricted) }

// Theme is one of the two subjects of the catalogue. Smuggling of migrants and trafficking in persons are two
// crimes with two Protocols; a record may carry both, never a mixture.
type Theme string

// The themes.
const (
	Smuggling   Theme = "SMUGGLING"
	Trafficking Theme = "TRAFFICKING"
)

// Values lists the themes.
func (Theme) Values() []string { return texts(Smuggling, Trafficking) }

// ThemeGroup is what a record or a sum is about, each in one group, so that groups can be added up.
type ThemeGroup string

// The groups of themes. Other is about neither of the two.
const (
	SmugglingOnly   ThemeGroup = "SMUGGLING"
	TraffickingOnly ThemeGroup = "TRAFFICKING"
	BothThemes      ThemeGroup = "BOTH"
	OtherThemes     ThemeGroup = "OTHER"
)

// Values lists the groups.
func (ThemeGroup) Values() []string {
	return texts(SmugglingOnly, TraffickingOnly, BothThemes, OtherThemes)
}

// GroupOf is the group of what is about smuggling, about trafficking, or both.
func GroupOf(smuggling, trafficking bool) ThemeGroup {
	switch {
	case smuggling && trafficking:
		return BothThemes
	case smuggling:
		return SmugglingOnly
	case trafficking:
		return TraffickingOnly
	}
	return OtherThemes
}

// Significance says how far a theme is the purpose of a record, after the OECD DAC policy markers.
type Significance string

// The significances.
const (
	NotTargeted Significance = "NOT_TARGETED"
	Significant Significance = "SIGNIFICANT"
	Principal   Significance = "PRINCIPAL"
)

// Values lists the significances.
func (Significance) Values() []string { return texts(NotTargeted, Significant, Principal) }

// Topic is a wider subject that the data names beside the two themes.
type Topic string

// The topics, as the shipped data spells them.
const (
	TopicBorderManagement   Topic = "BORDER_MANAGEMENT"
	TopicChildProtection    Topic = "CHILD_PROTECTION"
	TopicImmigration        Topic = "IMMIGRATION"
	TopicIrregularMigration Topic = "IRREGULAR_MIGRATION"
	TopicLabourMigration    Topic = "LABOUR_MIGRATION"
	TopicOrganisedCrime     Topic = "ORGANISED_CRIME"
	TopicRefugeeProtection  Topic = "REFUGEE_PROTECTION"
)

// Values lists the topics.
func (Topic) Values() []string {
	return texts(TopicBorderManagement, TopicChildProtection, TopicImmigration, TopicIrregularMigration,
		TopicLabourMigration, TopicOrganisedCrime, TopicRefugeeProtection)
}

// Confidence is how sure the desk research was of a record.
type Confidence string

// The confidences.
const (
	ConfidenceHigh    Confidence = "HIGH"
	ConfidenceMedium  Confidence = "MEDIUM"
	ConfidenceLow     Confidence = "LOW"
	ConfidenceUnknown Confidence = "UNKNOWN"
)

// Values lists the confidences.
func (Confidence) Values() []string {
	return texts(ConfidenceHigh, ConfidenceMedium, ConfidenceLow, ConfidenceUnknown)
}

// Evidence says how a record was made: read in a source, from the researcher's own knowledge, or both.
type Evidence string

// The kinds of evidence.
const (
	LookedUp        Evidence = "LOOKED_UP"
	MixedEvidence   Evidence = "MIXED"
	OwnKnowledge    Evidence = "OWN_KNOWLEDGE"
	UnknownEvidence Evidence = "UNKNOWN"
)

// Values lists the kinds of evidence.
func (Evidence) Values() []string {
	return texts(LookedUp, MixedEvidence, OwnKnowledge, UnknownEvidence)
}

// VerificationStatus is what an institution that answers for a record has said of it.
type VerificationStatus string

// The verification statuses.
const (
	Unverified VerificationStatus = "UNVERIFIED"
	Verified   VerificationStatus = "VERIFIED"
	Disputed   VerificationStatus = "DISPUTED"
	Lapsed     VerificationStatus = "LAPSED"
)

// Values lists the verification statuses.
func (VerificationStatus) Values() []string { return texts(Unverified, Verified, Disputed, Lapsed) }

// SourceKind says where a fact comes from.
type SourceKind string

// The source kinds of the model.
const (
	StateQuestionnaire SourceKind = "STATE_QUESTIONNAIRE"
	DonorQuestionnaire SourceKind = "DONOR_QUESTIONNAIRE"
	IOConsultation     SourceKind = "IO_CONSULTATION"
	DeskResearch       SourceKind = "DESK_RESEARCH"
	COPResponse        SourceKind = "COP_RESPONSE"
	IATISource         SourceKind = "IATI"
	FocalPointSource   SourceKind = "FOCAL_POINT"
)

// Values lists the source kinds.
func (SourceKind) Values() []string {
	return texts(StateQuestionnaire, DonorQuestionnaire, IOConsultation, DeskResearch, COPResponse, IATISource, FocalPointSource)
}

// Group is a group of States whose membership is dated data, never code.
type Group string

// The groups.
const (
	GroupMekong      Group = "MEKONG"
	GroupASEAN       Group = "ASEAN"
	GroupSAARC       Group = "SAARC"
	GroupBaliProcess Group = "BALI_PROCESS"
	GroupBaliAdHoc   Group = "BALI_PROCESS_AD_HOC_GROUP"
)

// Values lists the groups.
func (Group) Values() []string {
	return texts(GroupMekong, GroupASEAN, GroupSAARC, GroupBaliProcess, GroupBaliAdHoc)
}

// Treaty is an instrument whose signature and ratification the catalogue follows.
type Treaty string

// The treaties.
const (
	UNTOC             Treaty = "UNTOC"
	TIPProtocol       Treaty = "TIP_PROTOCOL"
	SOMProtocol       Treaty = "SOM_PROTOCOL"
	RefugeeConvention Treaty = "REFUGEE_CONVENTION"
	ACTIP             Treaty = "ACTIP"
)

// Values lists the treaties.
func (Treaty) Values() []string {
	return texts(UNTOC, TIPProtocol, SOMProtocol, RefugeeConvention, ACTIP)
}

// TreatyMode is how a State consented to a treaty.
type TreatyMode string

// The modes. SignatureOnly binds nobody; NoAction is a stated absence of any action; ModeUnknown is silence.
const (
	Ratification  TreatyMode = "RATIFICATION"
	Accession     TreatyMode = "ACCESSION"
	Succession    TreatyMode = "SUCCESSION"
	SignatureOnly TreatyMode = "SIGNATURE"
	NoAction      TreatyMode = "NONE"
	ModeUnknown   TreatyMode = "UNKNOWN"
)

// Values lists the modes.
func (TreatyMode) Values() []string {
	return texts(Ratification, Accession, Succession, SignatureOnly, NoAction, ModeUnknown)
}

// ReviewStatus is the stage of a chapter's verification.
type ReviewStatus string

// The stages. NotOpened is a chapter that no cycle was ever opened for.
const (
	NotOpened          ReviewStatus = "NOT_OPENED"
	AwaitingNomination ReviewStatus = "AWAITING_NOMINATION"
	UnderReview        ReviewStatus = "UNDER_REVIEW"
	ReviewVerified     ReviewStatus = "VERIFIED"
	ReviewPublished    ReviewStatus = "PUBLISHED"
	Suspended          ReviewStatus = "SUSPENDED"
	Returned           ReviewStatus = "RETURNED"
	ClosedUnverified   ReviewStatus = "CLOSED_UNVERIFIED"
	Declined           ReviewStatus = "DECLINED"
)

// Values lists the stages.
func (ReviewStatus) Values() []string {
	return texts(NotOpened, AwaitingNomination, UnderReview, ReviewVerified, ReviewPublished, Suspended, Returned,
		ClosedUnverified, Declined)
}
