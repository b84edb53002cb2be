package term

// ReviewPurpose is what a cycle asks for.
type ReviewPurpose string

// The purposes. A portfolio is what an organisation answers for.
const (
	ChapterReview    ReviewPurpose = "CHAPTER"
	PortfolioReview  ReviewPurpose = "PORTFOLIO"
	PortfolioQuarter ReviewPurpose = "QUARTER"
)

// Values lists the purposes.
func (ReviewPurpose) Values() []string {
	return texts(ChapterReview, PortfolioReview, PortfolioQuarter)
}

// ItemStatus is what was answered about one record of a review.
type ItemStatus string

// The answers, after the model's review cycle.
const (
	ItemPending   ItemStatus = "PENDING"
	ItemConfirmed ItemStatus = "CONFIRMED"
	ItemCorrected ItemStatus = "CORRECTED"
	ItemDisputed  ItemStatus = "DISPUTED"
	ItemNotOurs   ItemStatus = "NOT_OURS"
	ItemWithdrawn ItemStatus = "WITHDRAWN"
)

// Values lists the answers.
func (ItemStatus) Values() []string {
	return texts(ItemPending, ItemConfirmed, ItemCorrected, ItemDisputed, ItemNotOurs, ItemWithdrawn)
}

// ProposalKind is what a proposal will do to the catalogue when it is published.
type ProposalKind string

// The kinds of proposal.
const (
	NoProposal       ProposalKind = "NONE"
	ProposalCreate   ProposalKind = "CREATE"
	ProposalUpdate   ProposalKind = "UPDATE"
	ProposalWithdraw ProposalKind = "WITHDRAW"
)

// Values lists the kinds of proposal.
func (ProposalKind) Values() []string {
	return texts(NoProposal, ProposalCreate, ProposalUpdate, ProposalWithdraw)
}

// ReviewEvent is what happened to a cycle as a whole.
type ReviewEvent string

// The events, after the model's review cycle.
const (
	EventOpened    ReviewEvent = "OPENED"
	EventNominated ReviewEvent = "NOMINATED"
	EventAccepted  ReviewEvent = "ACCEPTED"
	EventDeclined  ReviewEvent = "DECLINED"
	EventExtended  ReviewEvent = "EXTENDED"
	EventSuspended ReviewEvent = "SUSPENDED"
	EventResumed   ReviewEvent = "RESUMED"
	EventCompleted ReviewEvent = "COMPLETED"
	EventReturned  ReviewEvent = "RETURNED"
	EventPublished ReviewEvent = "PUBLISHED"
	EventClosed    ReviewEvent = "CLOSED"
	EventOverdue   ReviewEvent = "OVERDUE"
)

// Values lists the events.
func (ReviewEvent) Values() []string {
	return texts(EventOpened, EventNominated, EventAccepted, EventDeclined, EventExtended, EventSuspended, EventResumed,
		EventCompleted, EventReturned, EventPublished, EventClosed, EventOverdue)
}

// MailStatus is the life of an e-mail in the outbox.
type MailStatus string

// The stages of an e-mail. MailUnsure was handed to a mail server whose answer was never seen, because the program was
// killed: it is not sent again by itself, since nothing is sent twice.
const (
	MailWaiting MailStatus = "WAITING"
	MailSending MailStatus = "SENDING"
	MailSent    MailStatus = "SENT"
	MailUnsure  MailStatus = "UNSURE"
	MailDropped MailStatus = "DROPPED"
)

// Values lists the stages of an e-mail.
func (MailStatus) Values() []string {
	return texts(MailWaiting, MailSending, MailSent, MailUnsure, MailDropped)
}
