package term

// ReleaseStatus is how far a proposal to release an edition has come.
type ReleaseStatus string

// The stages of a release: one person proposes it, another decides.
const (
	ReleaseProposed  ReleaseStatus = "PROPOSED"
	ReleaseReleased  ReleaseStatus = "RELEASED"
	ReleaseRefused   ReleaseStatus = "REFUSED"
	ReleaseWithdrawn ReleaseStatus = "WITHDRAWN"
)

// Values lists the stages of a release.
func (ReleaseStatus) Values() []string {
	return texts(ReleaseProposed, ReleaseReleased, ReleaseRefused, ReleaseWithdrawn)
}

// Becoming is who will see a record by the next edition, against who sees it by the last one.
type Becoming string

// What becomes of a record, first what nobody can take back once it is out.
const (
	BecomesPublic  Becoming = "PUBLIC"
	BecomesMembers Becoming = "MEMBERS"
	BecomesHidden  Becoming = "HIDDEN"
	StaysSeen      Becoming = "SEEN"
	StaysUnseen    Becoming = "UNSEEN"
)

// Values lists what becomes of records, in the order in which it is read.
func (Becoming) Values() []string {
	return texts(BecomesPublic, BecomesMembers, BecomesHidden, StaysSeen, StaysUnseen)
}
