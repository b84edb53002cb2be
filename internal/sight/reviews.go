package sight

import (
	"context"
	"fmt"
	"strings"

	"adam/internal/term"
)

// round is a review with whoever sees that there is one, and whoever is asked in it.
type round struct {
	label, of   string // of a chapter, or of an actor
	purpose     term.ReviewPurpose
	status      term.ReviewStatus
	day         term.Date
	seen, asked Who
}

// rounds are reviews in every stage: until they are published they are for whoever has signed in.
func (w *World) rounds() []round {
	return []round{
		{"review-tha-published", "chapter THA", term.ChapterReview, term.ReviewPublished, "2024-03-01", Everyone, THA},
		{"review-tha-open", "chapter THA", term.ChapterReview, term.UnderReview, "2026-10-05", SignedIn, THA},
		{"review-lao-published", "chapter LAO", term.ChapterReview, term.ReviewPublished, "2023-03-01", Everyone, LAO | Several},
		{"review-lao-verified", "chapter LAO", term.ChapterReview, term.ReviewVerified, "2024-03-01", SignedIn, LAO | Several},
		{"review-lao-returned", "chapter LAO", term.ChapterReview, term.Returned, "2025-03-01", SignedIn, LAO | Several},
		{"review-lao-awaiting", "chapter LAO", term.ChapterReview, term.AwaitingNomination, "2026-11-20", SignedIn, LAO | Several},
		{"review-region-suspended", "chapter REGIONAL", term.ChapterReview, term.Suspended, "2026-10-01", SignedIn, Office},
		{"review-khm-closed", "chapter KHM", term.ChapterReview, term.ClosedUnverified, "2026-01-01", SignedIn, Nobody},
		{"review-hidden-state", "chapter-of-state-RESTRICTED", term.ChapterReview, term.ReviewPublished, "2026-01-01", w.on("state-RESTRICTED"), Nobody},
		{"portfolio-iom-open", "actor iom", term.PortfolioReview, term.UnderReview, "2026-10-01", SignedIn, IOM},
		{"portfolio-iom-published", "actor iom", term.PortfolioReview, term.ReviewPublished, "2025-10-01", Everyone, IOM},
		{"portfolio-unodc-quarter", "actor unodc", term.PortfolioQuarter, term.ReviewPublished, "2026-10-01", Everyone, UNODC},
		{"portfolio-members", "actor-members-org", term.PortfolioReview, term.ReviewPublished, "2026-10-01", w.on("actor-members-org"), UNODC},
		{"portfolio-hidden", "actor-restricted-org", term.PortfolioReview, term.ReviewPublished, "2026-10-01", w.on("actor-restricted-org"), UNODC},
		{"portfolio-of-nobodys", "actor-restricted-none", term.PortfolioReview, term.UnderReview, "2026-10-01", w.on("actor-restricted-none"), Nobody},
		{"portfolio-of-withdrawn", "actor-gone", term.PortfolioReview, term.ReviewPublished, "2026-10-01", Nobody, Nobody},
	}
}

// reviews: answers are between whoever is asked and the secretariat. Of a published review all see which record got
// which answer, as far as they see the record; not the words.
func (w *World) reviews(ctx context.Context) {
	for _, r := range w.rounds() {
		id := w.row(term.KindReviewCycle, r.label, r.seen)
		says := w.canary(r.label)
		q := w.c.ReviewCycle.Create().SetID(id).SetPurpose(r.purpose).SetYear(2026).SetStatus(r.status).SetOpenedOn(r.day).
			SetNominationDueOn(r.day).SetReviewDueOn(r.day).SetAddressee("Ministry " + says).SetReference("Note " + says).SetRemark("Remark " + says).
			SetStatement("Statement " + says).SetVerifier("Institution " + says).SetSignatory("Signed " + says).SetPosition("Position " + says).
			SetCompletedBy(w.ID("person-several")).SetBaseEdition(1).SetBaseAt("2020-01-01T00:00:00Z").SetEdition(map[bool]int{true: Edition}[r.status == term.ReviewPublished])
		if strings.HasPrefix(r.of, "chapter") {
			q.SetChapterID(w.ID(r.of))
		} else {
			q.SetActorID(w.ID(r.of))
		}
		if r.purpose == term.PortfolioQuarter {
			q.SetCompletedOn(r.day).SetNothingPlanned(true)
		}
		q.ExecX(ctx)
		w.steps(ctx, r)
		w.answers(ctx, r)
		w.sheets(ctx, r)
	}
	w.miss(Everyone, "UPDATE review_cycles SET completed_by = 0")
	w.miss(Anonymous, "UPDATE review_cycles SET addressee = NULL, reference = NULL, remark = NULL, signatory = NULL, position = NULL, nothing_planned = FALSE")
	w.verifications(ctx)
	w.letters(ctx)
	w.releases(ctx)
	w.imports(ctx)
}

// concerned are those between whom a review is.
func (r round) concerned() Who { return (r.asked | Desk) & r.seen }

func (w *World) steps(ctx context.Context, r round) {
	for i, e := range []term.ReviewEvent{term.EventOpened, term.EventExtended, term.EventOverdue} {
		label := "step-" + strings.ToLower(string(e)) + "-" + r.label
		id := w.row(term.KindReviewStep, label, r.concerned())
		w.c.ReviewStep.Create().SetID(id).SetCycleID(w.ID(r.label)).SetEvent(e).SetAt(term.Instant("2026-10-0" + string(rune('1'+i)) + "T00:00:00Z")).
			SetBy("Institution " + w.canary(label)).SetPerson(w.ID("person-several")).SetReason("Because " + w.canary(label)).SetWas("2026-10-01").SetUntil("2026-12-01").ExecX(ctx)
	}
}

// askedAbout are the records of the items of every review; of each sort one, in turns with every answer.
var askedAbout = []string{"activity-public-iom", "activity-members-iom", "activity-restricted-iom", "activity-shared-unodc-iom",
	"activity-gone", "activity-opened", "law-public-THA", "law-restricted-THA", "policy-restricted-LAO", "actor-safe", "mechanism-shared-focal-points-regional", ""}

// answers are the items of a review; one is a new record, which is not in the catalogue yet.
func (w *World) answers(ctx context.Context, r round) {
	for i, record := range askedAbout {
		label := "item-" + r.label + "-" + record
		seen := r.concerned()
		if r.status == term.ReviewPublished && record != "" {
			seen = r.seen
		}
		if record != "" {
			seen &= w.on(record)
		}
		id := w.row(term.KindReviewItem, label, seen)
		says := w.canary(label)
		q := w.c.ReviewItem.Create().SetID(id).SetCycleID(w.ID(r.label)).SetPosition(i + 1).SetOwn(i%2 == 0).SetRecordVersion(1).
			SetStatus(term.ItemStatus(term.ItemStatus("").Values()[i%6])).SetLater(true).SetHold(true).SetBulk(i%3 == 0).SetReason("Reason " + says).
			SetActiveHere(true).SetAuthority("Authority " + says).SetBy("Institution").SetPerson(w.ID("person-several")).SetAt("2026-10-09T00:00:00Z").
			SetLetter("Letter " + says).SetProposal(term.ProposalUpdate).SetInput(map[string]any{"title": "Input " + says}).
			SetDifference([]term.Change{{Field: "title", To: &says}})
		if record == "" {
			q.SetKind(term.RecordLaw).SetProposal(term.ProposalCreate)
		} else {
			q.SetKind(recordKind(w.ID(record))).SetRecordID(w.ID(record))
		}
		q.ExecX(ctx)
	}
	w.miss(Everyone&^r.concerned(), `UPDATE review_items SET reason = NULL, active_here = NULL, authority = NULL, letter = NULL, person = 0,
		input = NULL, difference = '[]', hold = FALSE, later = FALSE WHERE cycle_id = %d`, w.ID(r.label))
}

// sheets of agencies were merged in every review; each row names an item that not everybody who is asked sees.
func (w *World) sheets(ctx context.Context, r round) {
	label := "sheets-" + r.label
	id := w.row(term.KindSheetMerge, label, r.concerned())
	says := w.canary(label)
	answer, adds, rows := term.SheetDisagree, term.RecordLaw, []term.SheetRow{}
	for _, record := range askedAbout {
		row := term.SheetRow{Item: w.ID("item-" + r.label + "-" + record), Outcome: term.SheetAnswered, Sentence: "Sentence " + says, Fields: []string{"Field " + says},
			Proposed: []term.Change{{Field: "title", To: &says}}, After: 2, Stayed: true,
			Agencies: []term.SheetVoice{{Agency: "Agency " + says, Place: "Place " + says, Reason: "Reason " + says, Authority: "Authority " + says, Says: []term.Change{{Field: "title", To: &says}}}}}
		if row.Named, row.Answer = &row.Item, &answer; record == "" {
			row.Named, row.Answer, row.Adds = nil, nil, &adds
		}
		rows = append(rows, row)
	}
	w.c.SheetMerge.Create().SetID(id).SetCycleID(w.ID(r.label)).SetAt(at).SetBy("Institution " + says).SetPerson(w.ID("person-several")).
		SetAgencies([]string{"Agency " + says}).SetLetter("Letter " + says).SetUndoneAt(at).SetRows(rows).ExecX(ctx)
}

// releases are the secretariat's alone, whatever became of them.
func (w *World) releases(ctx context.Context) {
	for i, status := range term.ReleaseStatus("").Values() {
		label := "release-" + strings.ToLower(status)
		id := w.row(term.KindRelease, label, Desk)
		says := w.canary(label)
		w.c.Release.Create().SetID(id).SetSummary("Summary " + says).SetNote("Note " + says).SetProposedBy("Office " + says).SetProposer(w.ID("person-several")).
			SetProposedAt(at).SetSeen(0).SetStatus(term.ReleaseStatus(status)).SetDecidedBy("Desk " + says).SetDecider(w.ID("person-several")).SetDecidedAt(at).
			SetReason("Reason " + says).SetEdition(i).ExecX(ctx)
	}
}

// imports are the secretariat's alone, with what each file said of a record, whatever became of them. Their files are read by the
// program.
func (w *World) imports(ctx context.Context) {
	for _, status := range term.IntakeStatus("").Values() {
		w.sent(ctx, term.IntakeStatus(status))
	}
	w.c.IntakeMapping.Create().SetID(w.row(term.KindIntakeMapping, "import-mapping", Nobody)).SetFingerprint(w.canary("import-mapping")).
		SetMapping(`{"columns": []}`).SetAt(at).SetBy("Desk").ExecX(ctx)
	id := w.row(term.KindIntake, "import", Desk)
	says := w.canary("import")
	w.c.Intake.Create().SetID(id).SetFile("File " + says).SetDigest(says).SetBytes(1).SetFormat("IATI 2.03").SetPublisher("Publisher " + says).SetLicence("Licence " + says).
		SetRules("Rules " + says).SetAt(at).SetBy("Desk").SetCounts(term.IntakeCounts{Read: 1}).SetProblems([]term.IntakeProblem{{Sentence: says}}).
		SetNotHeld(map[string]int{says: 1}).SetStayed([]string{says}).SetAsked(term.IntakeAsked{}).SetForeseen([]term.IntakeItem{}).SetAppliedAt(at).ExecX(ctx)
	for _, record := range []string{"activity-public-iom", "activity-restricted-iom"} {
		label := "import-of-" + record
		eid := w.row(term.KindIntakeEntry, label, Desk)
		says := w.canary(label)
		w.c.IntakeEntry.Create().SetID(eid).SetIntakeID(id).SetRecordID(w.ID(record)).SetIdentifier(says).SetPublisher("Publisher " + says).SetRank(2).
			SetOutcome(term.IntakeDiffers).SetDigest(says).SetVersion(1).SetCurrent(true).SetDraft(`{"Title": "` + says + `"}`).SetChanges([]term.Change{{Field: "title", To: &says}}).ExecX(ctx)
	}
}

// sent is a file that was sent and has come so far.
func (w *World) sent(ctx context.Context, status term.IntakeStatus) {
	label := "import-" + strings.ToLower(string(status))
	id := w.row(term.KindIntake, label, Desk)
	says := w.canary(label)
	w.c.Intake.Create().SetID(id).SetFile("File " + says).SetKind(term.FormatXLSX).SetDigest(says).SetBytes(2).SetFormat("XLSX").SetPublisher("Publisher " + says).
		SetRules("Rules " + says).SetAt(at).SetBy("Desk").SetCounts(term.IntakeCounts{Read: 2}).SetProblems([]term.IntakeProblem{}).SetNotHeld(map[string]int{}).
		SetStayed([]string{}).SetAsked(term.IntakeAsked{Publisher: says}).SetStatus(status).SetFailure("Failure " + says).SetMapping(says).SetWorker(says).SetHeldUntil("2999-01-01T00:00:00Z").
		SetForeseen([]term.IntakeItem{{Line: 1, Identifier: says, Title: "Title " + says, Outcome: term.IntakeDiffers, Record: w.ID("activity-restricted-iom"),
			Changes: []term.Change{{Field: "title", To: &says}}}}).ExecX(ctx)
	w.c.IntakePart.Create().SetID(w.row(term.KindIntakePart, label+"-part", Nobody)).SetIntakeID(id).SetNumber(1).SetData([]byte(says)).ExecX(ctx)
}

// verifications are open to all who see the record and whoever verified it.
func (w *World) verifications(ctx context.Context) {
	for i, by := range []string{"chapter THA", "chapter-of-state-RESTRICTED", "chapter-of-state-MEMBERS", "actor iom", "actor-restricted-none", "actor-gone"} {
		for _, record := range []string{"activity-public-iom", "activity-restricted-iom", "activity-members-iom", "activity-gone", "law-restricted-THA"} {
			seen := w.on(record)
			if !strings.Contains(by, " ") { // what is shipped is seen by all
				seen &= w.on(by)
			}
			label := "verification-of-" + record + "-by-" + by
			id := w.row(term.KindVerification, label, seen)
			q := w.c.RecordVerification.Create().SetID(id).SetRecordID(w.ID(record)).SetRecordVersion(1).SetBy("Institution " + w.canary(label)).
				SetStatus([]term.VerificationStatus{term.Verified, term.Disputed}[i%2]).SetCycleID(term.HashID(term.KindReviewCycle, "sight", by)).
				SetVerifiedOn("2026-01-01").SetVerifiedUntil("2027-01-01")
			if strings.HasPrefix(by, "chapter") {
				q.SetChapterID(w.ID(by))
			} else {
				q.SetActorID(w.ID(by))
			}
			q.ExecX(ctx)
		}
	}
	for _, chapter := range []string{"chapter-of-state-RESTRICTED", "chapter-of-state-MEMBERS"} {
		label := "completeness-of-" + chapter
		id := w.part(term.KindCompleteness, label, chapter)
		w.c.Completeness.Create().SetID(id).SetChapterID(w.ID(chapter)).SetTheme(term.Smuggling).SetNote("Note " + w.canary(label)).SetBy("Institution").SetAt(at).ExecX(ctx)
	}
}

// verified marks half of all records and chapters, whoever sees them: the share of a list that is verified must count
// nothing that is hidden.
func (w *World) verified(ctx context.Context) {
	for _, kind := range []term.Kind{term.KindState, term.KindActor, term.KindLaw, term.KindPolicy, term.KindMechanism, term.KindActivity, term.KindNeed, term.KindChapter} {
		_, err := w.c.ExecContext(ctx, fmt.Sprintf(`UPDATE %s SET verified_status = 'VERIFIED', verified_by = 'Institution', verified_on = '2026-01-01',
			verified_until = '2027-01-01' WHERE id %% 2 = 0`, kind.Table()))
		if err != nil {
			panic(err)
		}
	}
}

// letters are the business of the program: no door shows them, nor what it signs with. Addresses of calendars are listed
// for their person.
func (w *World) letters(ctx context.Context) {
	w.c.Seal.Create().SetID(w.row(term.KindSeal, "seal", Nobody)).SetPurpose("sheet").SetSecret(Secret + "sheet").SetCreatedAt(at).ExecX(ctx)
	for _, v := range (THA | IOM | Desk).Each() {
		label, p := "mail-"+v.String(), w.ID("person-"+v.String())
		id := w.row(term.KindMail, label, Nobody)
		w.c.Mail.Create().SetID(id).SetKey(w.canary(label)).SetPerson(p).SetCycleID(w.ID("review-tha-open")).SetSubject("Subject " + w.canary(label)).
			SetBody("Body " + w.canary(label)).SetCreatedAt(at).SetNextAt(at).SetTrouble("Trouble " + w.canary(label)).ExecX(ctx)
		id = w.row(term.KindFeed, "feed-"+v.String(), v|Administrator)
		w.c.Feed.Create().SetID(id).SetPerson(p).SetSecretHash(Secret + v.String()).SetCreatedAt(at).ExecX(ctx)
	}
}
