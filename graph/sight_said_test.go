package graph_test

import (
	"context"

	"adam/ent/rule"
	"adam/internal/term"
)

// chapters: the public is not told who is late; a chapter bears the name of its State.
func (w *world) chapters(ctx context.Context) {
	for code, status := range map[string]term.ReviewStatus{"LKA": term.Returned, "MDV": term.Declined, "KHM": term.ClosedUnverified,
		"IDN": term.AwaitingNomination, "IND": term.ReviewPublished} {
		w.c.Chapter.UpdateOneID(w.id("chapter " + code)).SetStatus(status).SetReadingsReleased(code == "LKA").ExecX(ctx)
		if code != "IND" {
			w.miss(anonymous, "UPDATE chapters SET status = 'UNDER_REVIEW' WHERE id = %d", w.id("chapter "+code))
		}
	}
	for state, code := range map[string]string{"state-RESTRICTED": "QKR", "state-MEMBERS": "QKM"} {
		label := "chapter-of-" + state
		id := w.part(term.KindChapter, label, state)
		w.c.Chapter.Create().SetID(id).SetCode(code).SetTitle("Chapter "+w.canary(label)).SetTimeZone("UTC").SetStateID(w.id(state)).
			AddActivityIDs(w.id("activity-public-iom"), w.id("activity-restricted-iom")).ExecX(ctx)
		cycle := w.row(term.KindReviewCycle, "cycle-of-"+state, w.on(state))
		w.c.ReviewCycle.Create().SetID(cycle).SetChapterID(id).SetYear(2025).SetStatus(term.ReviewPublished).SetOpenedOn("2025-01-01").
			SetNominationDueOn("2025-01-15").SetReviewDueOn("2025-03-01").ExecX(ctx)
	}
	for label, c := range map[string]struct {
		status term.ReviewStatus
		day    term.Date
		seen   who
	}{
		"cycle-published": {term.ReviewPublished, "2024-01-01", everyone}, "cycle-declined": {term.Declined, "2025-02-01", signedIn},
		"cycle-open": {term.UnderReview, "2026-10-01", signedIn},
	} {
		id := w.row(term.KindReviewCycle, label, c.seen)
		w.c.ReviewCycle.Create().SetID(id).SetChapterID(w.id("chapter MDV")).SetYear(2025).SetStatus(c.status).SetAddressee(w.canary(label)).
			SetReference("Note " + w.canary(label)).SetOpenedOn(c.day).SetNominationDueOn(c.day).SetReviewDueOn(c.day).ExecX(ctx)
	}
	w.miss(anonymous, "UPDATE review_cycles SET addressee = NULL, reference = NULL")
}

// The edition that readers read here, the third.
const theEdition = 3

func (w *world) editions(ctx context.Context) {
	for number, e := range map[int]struct {
		label  string
		status term.EditionStatus
		seen   who
	}{
		1: {"edition-first", term.EditionPublished, everyone}, 2: {"edition-withdrawn", term.EditionWithdrawn, everyone},
		theEdition: {"edition-read", term.EditionPublished, everyone}, 4: {"edition-in-the-making", term.EditionBuilding, everyone &^ readers},
	} {
		id := w.row(term.KindEdition, e.label, e.seen)
		w.c.Edition.Create().SetID(id).SetNumber(number).SetStatus(e.status).SetDate("2026-11-01").SetReleasedAt("2026-11-01T00:00:00Z").
			SetSummary("Edition " + w.canary(e.label)).ExecX(ctx)
	}
}

// said: disputes stand with the record as it stood open when they were raised; its owner and the secretariat see all.
func (w *world) said(ctx context.Context) {
	for _, d := range []struct {
		label, record string
		visibility    term.Visibility
		seen          who
	}{
		{"dispute-public", "activity-public-iom", term.Public, everyone}, {"dispute-members", "activity-public-iom", term.Members, signedIn},
		{"dispute-restricted", "activity-public-iom", term.Restricted, desk | iom},
		{"dispute-of-law", "law-public-THA", term.Restricted, desk | tha}, {"dispute-of-paid", "activity-public-paid", term.Restricted, desk | iom},
		{"dispute-of-joined", "activity-public-joined", term.Restricted, desk},
		{"dispute-of-hidden", "activity-restricted-iom", term.Public, desk | iom},
		{"dispute-of-shared", "activity-shared-unodc-iom", term.Restricted, desk | iom},
		{"dispute-of-withdrawn", "activity-gone", term.Public, nobody},
	} {
		id := w.row(term.KindDispute, d.label, d.seen)
		w.c.Dispute.Create().SetID(id).SetRecordID(w.id(d.record)).SetRecordVersion(1).SetVisibility(d.visibility).SetAbout("title").
			SetStated("Stated " + w.canary(d.label)).SetStatement("Against: " + w.canary(d.label)).SetBy("Institution").SetPerson(term.HashID(term.KindPerson, "sight", "person-tha")).
			SetAt("2026-02-01T00:00:00Z").ExecX(ctx)
	}
}

// changes give records a past that fewer may see than the record.
func (w *world) changes(ctx context.Context) {
	w.withdraw(ctx)
	opened := w.row(term.KindActivity, "activity-opened", everyone)
	w.activity("activity-opened", term.Restricted, opened).SetReporterID(w.id("actor iom")).SetResults("quokka-past-results").ExecX(ctx)
	w.c.Activity.UpdateOneID(opened).SetVisibility(term.Public).SetResults("Open results").ExecX(ctx)
	w.c.Activity.UpdateOneID(opened).SetResults("Newer results").ExecX(ctx)
	w.past[opened] = map[int]who{1: desk | iom, 2: desk | iom}

	back := w.id("activity-back")
	ctx = rule.WithWithdrawn(ctx)
	w.c.Activity.UpdateOneID(back).SetWithdrawn(true).SetResults("quokka-withdrawn-results").ExecX(ctx)
	w.c.Activity.UpdateOneID(back).SetNote("quokka-hidden-note").ExecX(ctx)
	w.c.Activity.UpdateOneID(back).SetWithdrawn(false).SetNote("Note").SetResults("Results").ExecX(ctx)
	w.c.Activity.UpdateOneID(back).SetResults("Last results").ExecX(ctx)
	w.past[back] = map[int]who{2: desk | iom, 3: desk | iom, 4: desk | iom}

	secret := w.id("activity-restricted-iom")
	w.c.Activity.UpdateOneID(secret).SetResults("quokka-secret-results").ExecX(ctx)
	shared := w.id("activity-shared-unodc-iom")
	w.c.Activity.UpdateOneID(shared).SetResults("Shared results").ExecX(ctx)
	w.tellTales(ctx)
}

// tellTales are changes that all may see and whose values some may not.
func (w *world) tellTales(ctx context.Context) {
	safe := w.id("actor-safe")
	w.c.Actor.UpdateOneID(safe).SetSeat("quokka-new-seat-of-the-shelter").ExecX(ctx)
	w.without(everyone&^(desk|unodc), safe, "seat")

	child := w.row(term.KindActivity, "activity-was-part", everyone)
	w.activity("activity-was-part", term.Public, child).SetPartOfID(w.id("activity-restricted-none")).SetFollowsID(w.id("activity-members-none")).ExecX(ctx)
	w.c.Activity.UpdateOneID(child).ClearPartOf().ClearFollows().AddInChapterIDs(w.id("chapter-of-state-RESTRICTED")).ExecX(ctx)
	w.without(everyone&^desk, child, "part_of_id")
	w.without(anonymous, child, "follows_id")
	w.without(everyone&^desk, child, "chapters")

	law := w.id("law-public-THA")
	w.c.Law.UpdateOneID(law).SetCriminalisesTrafficking(term.PartlyCriminalised).ExecX(ctx)
	w.without(anonymous, law, "criminalises_trafficking")
}

// without takes the changes of a column out of a record's history for whoever may not see its values.
func (w *world) without(missed who, record term.ID, column string) {
	w.miss(missed, `UPDATE history_entries SET changes = (SELECT json_group_array(json(c.value)) FROM json_each(history_entries.changes) c
		WHERE json_extract(c.value, '$.field') NOT IN ('%s', '%s')) WHERE record_id = %d`, column, field(column), record)
}
