package term

// Kind is the type of a row, carried inside its identifier. Numbers are stored for ever: append, never reorder.
type Kind uint8

// The kinds. Their order is part of every identifier given out.
const (
	KindState Kind = iota + 1
	KindActor
	KindLaw
	KindPolicy
	KindMechanism
	KindActivity
	KindChapter
	KindSource
	KindHistory
	KindMembership
	KindTreatyAction
	KindLeadAuthority
	KindOtherName
	KindContact
	KindProvision
	KindPenalty
	KindAmendment
	KindMechanismMember
	KindActivityState
	KindParticipation
	KindExternalIdentifier
	KindFunding
	KindAllocation
	KindNeed
	KindQuestionnaire
	KindResponse
	KindEdition
	KindReviewCycle
	KindOverlap
	KindRelation
	KindRate
	KindSeedEntry
	KindPerson
	KindGrant
	KindPasskey
	KindLogin
	KindInvitation
	KindSession
	KindToken
	KindShare
	KindDispute
	KindLogEntry
	KindLogDetail
	KindOnce
	KindOldKey
	KindReviewItem
	KindReviewStep
	KindVerification
	KindMail
	KindFeed
	KindCompleteness
	KindInclusion
	KindSheetMerge
	KindSeal
	KindRelease
	KindNeedOffer
	KindDismissal
	KindOverlapWeights
	KindIntake
	KindIntakeEntry
	KindIntakePart
	KindIntakeMapping
)

var kinds = [...]struct{ prefix, table, name string }{
	KindState:              {"state", "states", "State"},
	KindActor:              {"actor", "actors", "Actor"},
	KindLaw:                {"law", "laws", "Law"},
	KindPolicy:             {"policy", "policies", "Policy"},
	KindMechanism:          {"mechanism", "coordination_mechanisms", "CoordinationMechanism"},
	KindActivity:           {"activity", "activities", "Activity"},
	KindChapter:            {"chapter", "chapters", "Chapter"},
	KindSource:             {"source", "sources", "Source"},
	KindHistory:            {"history", "history_entries", "HistoryEntry"},
	KindMembership:         {"membership", "memberships", "Membership"},
	KindTreatyAction:       {"treaty", "treaty_actions", "TreatyAction"},
	KindLeadAuthority:      {"lead", "lead_authorities", "LeadAuthority"},
	KindOtherName:          {"name", "other_names", "OtherName"},
	KindContact:            {"contact", "contacts", "Contact"},
	KindProvision:          {"provision", "provisions", "Provision"},
	KindPenalty:            {"penalty", "penalties", "Penalty"},
	KindAmendment:          {"amendment", "amendments", "Amendment"},
	KindMechanismMember:    {"member", "mechanism_members", "MechanismMember"},
	KindActivityState:      {"place", "activity_states", "ActivityState"},
	KindParticipation:      {"participation", "participations", "Participation"},
	KindExternalIdentifier: {"identifier", "external_identifiers", "ExternalIdentifier"},
	KindFunding:            {"funding", "fundings", "Funding"},
	KindAllocation:         {"allocation", "allocations", "Allocation"},
	KindNeed:               {"need", "needs", "Need"},
	KindQuestionnaire:      {"questionnaire", "questionnaires", "Questionnaire"},
	KindResponse:           {"response", "responses", "Response"},
	KindEdition:            {"edition", "editions", "Edition"},
	KindReviewCycle:        {"cycle", "review_cycles", "ReviewCycle"},
	KindOverlap:            {"overlap", "overlaps", "Overlap"},
	KindRelation:           {"relation", "relations", "Relation"},
	KindRate:               {"rate", "rates", "Rate"},
	KindSeedEntry:          {"shipped", "seed_entries", "SeedEntry"},
	KindPerson:             {"person", "people", "Person"},
	KindGrant:              {"role", "grants", "Grant"},
	KindPasskey:            {"passkey", "passkeys", "Passkey"},
	KindLogin:              {"login", "logins", "Login"},
	KindInvitation:         {"invitation", "invitations", "Invitation"},
	KindSession:            {"session", "sessions", "Session"},
	KindToken:              {"token", "tokens", "Token"},
	KindShare:              {"share", "shares", "Share"},
	KindDispute:            {"dispute", "disputes", "Dispute"},
	KindLogEntry:           {"log", "log_entries", "LogEntry"},
	KindLogDetail:          {"detail", "log_details", "LogDetail"},
	KindOnce:               {"once", "once_keys", "OnceKey"},
	KindOldKey:             {"oldkey", "old_keys", "OldKey"},
	KindReviewItem:         {"item", "review_items", "ReviewItem"},
	KindReviewStep:         {"step", "review_steps", "ReviewStep"},
	KindVerification:       {"verification", "record_verifications", "RecordVerification"},
	KindMail:               {"mail", "mails", "Mail"},
	KindFeed:               {"feed", "feeds", "Feed"},
	KindCompleteness:       {"completeness", "completeness_notes", "Completeness"},
	KindInclusion:          {"inclusion", "inclusion_rules", "InclusionRule"},
	KindSheetMerge:         {"sheets", "sheet_merges", "SheetMerge"},
	KindSeal:               {"seal", "seals", "Seal"},
	KindRelease:            {"release", "releases", "Release"},
	KindNeedOffer:          {"offer", "need_offers", "NeedOffer"},
	KindDismissal:          {"dismissal", "concept_dismissals", "ConceptDismissal"},
	KindOverlapWeights:     {"weights", "overlap_weights", "OverlapWeights"},
	KindIntake:             {"import", "imports", "Import"},
	KindIntakeEntry:        {"entry", "import_entries", "ImportEntry"},
	KindIntakePart:         {"part", "import_parts", "ImportPart"},
	KindIntakeMapping:      {"mapping", "import_mappings", "ImportMapping"},
}

var prefixes = func() map[string]Kind {
	m := make(map[string]Kind, len(kinds))
	for k, d := range kinds {
		if d.prefix != "" {
			m[d.prefix] = Kind(k)
		}
	}
	return m
}()

// Prefix is the word before the underscore of an identifier; "" for a number that is no kind.
func (k Kind) Prefix() string {
	if int(k) >= len(kinds) {
		return ""
	}
	return kinds[k].prefix
}

// Table is the database table of the kind, which ent's Noder asks for.
func (k Kind) Table() string {
	if int(k) >= len(kinds) {
		return ""
	}
	return kinds[k].table
}

// Name is the type's name in GraphQL.
func (k Kind) Name() string {
	if int(k) >= len(kinds) {
		return ""
	}
	return kinds[k].name
}

// KindNamed finds the kind of a GraphQL type; 0 where it is none of a row.
func KindNamed(name string) Kind {
	for k, d := range kinds {
		if d.name == name && name != "" {
			return Kind(k)
		}
	}
	return 0
}

func kindOfPrefix(p string) Kind { return prefixes[p] }

// RecordKind names a type of catalogue record where a person chooses among them: in search and in the anchor.
type RecordKind string

// The record kinds, in the order of a chapter.
const (
	RecordState     RecordKind = "STATE"
	RecordActor     RecordKind = "ACTOR"
	RecordLaw       RecordKind = "LAW"
	RecordPolicy    RecordKind = "POLICY"
	RecordMechanism RecordKind = "COORDINATION_MECHANISM"
	RecordActivity  RecordKind = "ACTIVITY"
	RecordNeed      RecordKind = "NEED"
)

// Values lists the record kinds for the schema.
func (RecordKind) Values() []string {
	return texts(RecordState, RecordActor, RecordLaw, RecordPolicy, RecordMechanism, RecordActivity, RecordNeed)
}

// Kind gives the identifier kind of a record kind.
func (k RecordKind) Kind() Kind {
	switch k {
	case RecordState:
		return KindState
	case RecordActor:
		return KindActor
	case RecordLaw:
		return KindLaw
	case RecordPolicy:
		return KindPolicy
	case RecordMechanism:
		return KindMechanism
	case RecordActivity:
		return KindActivity
	case RecordNeed:
		return KindNeed
	}
	return 0
}

func texts[T ~string](values ...T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
