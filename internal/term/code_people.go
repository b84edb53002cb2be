package term

// InvitationKind says what a link is for. It is sent to one person, works once and not for long.
type InvitationKind string

// The kinds of links.
const (
	LinkInvitation InvitationKind = "INVITATION" // opens an account
	LinkNomination InvitationKind = "NOMINATION" // opens an account for a focal point, who has longer
	LinkReset      InvitationKind = "RESET"      // sets the password and the second factor anew
	LinkSignIn     InvitationKind = "SIGN_IN"    // signs in once
)

// Values lists the kinds of links.
func (InvitationKind) Values() []string {
	return texts(LinkInvitation, LinkNomination, LinkReset, LinkSignIn)
}

// DisputeStatus is how far a dispute has come. While it is open both statements stand side by side.
type DisputeStatus string

// The statuses of disputes.
const (
	DisputeOpen      DisputeStatus = "OPEN"
	DisputeUpheld    DisputeStatus = "UPHELD"
	DisputeDismissed DisputeStatus = "DISMISSED"
	DisputeRetracted DisputeStatus = "RETRACTED"
)

// Values lists the statuses of disputes.
func (DisputeStatus) Values() []string {
	return texts(DisputeOpen, DisputeUpheld, DisputeDismissed, DisputeRetracted)
}

// LogKind is what an entry of the log tells of.
type LogKind string

// The kinds of log entries.
const (
	LogReview       LogKind = "REVIEW"         // a review moved on
	LogChanged      LogKind = "CHANGED"        // a record was written
	LogDenied       LogKind = "DENIED"         // somebody signed in was refused
	LogSignedIn     LogKind = "SIGNED_IN"      // a session began
	LogSignInFailed LogKind = "SIGN_IN_FAILED" // a known account, a wrong secret
	LogSignedOut    LogKind = "SIGNED_OUT"     // a session ended, by its person or by another
	LogAccount      LogKind = "ACCOUNT"        // a person, a secret or a token came, changed or went
	LogRole         LogKind = "ROLE"           // a role was given, passed on or ended
	LogPublished    LogKind = "PUBLISHED"      // an edition was released or withdrawn
	LogRelease      LogKind = "RELEASE"        // a release was proposed, approved, refused or taken back
)

// Values lists the kinds of log entries.
func (LogKind) Values() []string {
	return texts(LogReview, LogChanged, LogDenied, LogSignedIn, LogSignInFailed, LogSignedOut, LogAccount, LogRole, LogPublished, LogRelease)
}
