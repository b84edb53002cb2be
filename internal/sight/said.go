package sight

import (
	"context"

	"adam/ent/rule"
	"adam/internal/term"
)

// chapters: the public is not told who is late; a chapter bears the name of its State.
func (w *World) chapters(ctx context.Context) {
	for code, status := range map[string]term.ReviewStatus{"LKA": term.Returned, "MDV": term.Declined, "KHM": term.ClosedUnverified,
		"IDN": term.AwaitingNomination, "IND": term.ReviewPublished} {
		w.c.Chapter.UpdateOneID(w.ID("chapter " + code)).SetStatus(status).SetReadingsReleased(code == "LKA").ExecX(ctx)
		if code != "IND" {
			w.miss(Anonymous, "UPDATE chapters SET status = 'UNDER_REVIEW' WHERE id = %d", w.ID("chapter "+code))
		}
	}
	for state, code := range map[string]string{"state-RESTRICTED": "QKR", "state-MEMBERS": "QKM"} {
		label := "chapter-of-" + state
		id := w.part(term.KindChapter, label, state)
		w.Codes[id] = code
		w.c.Chapter.Create().SetID(id).SetCode(code).SetTitle("Chapter "+w.canary(label)).SetTimeZone("UTC").SetStateID(w.ID(state)).
			AddActivityIDs(w.ID("activity-public-iom"), w.ID("activity-restricted-iom")).ExecX(ctx)
		cycle := w.row(term.KindReviewCycle, "cycle-of-"+state, w.on(state))
		w.c.ReviewCycle.Create().SetID(cycle).SetChapterID(id).SetYear(2025).SetStatus(term.ReviewPublished).SetOpenedOn("2025-01-01").
			SetNominationDueOn("2025-01-15").SetReviewDueOn("2025-03-01").ExecX(ctx)
	}
	for label, c := range map[string]struct {
		status term.ReviewStatus
		day    term.Date
		seen   Who
	}{
		"cycle-published": {term.ReviewPublished, "2024-01-01", Everyone}, "cycle-declined": {term.Declined, "2025-02-01", SignedIn},
		"cycle-open": {term.UnderReview, "2026-10-01", SignedIn},
	} {
		id := w.row(term.KindReviewCycle, label, c.seen)
		w.c.ReviewCycle.Create().SetID(id).SetChapterID(w.ID("chapter MDV")).SetYear(2025).SetStatus(c.status).SetAddressee(w.canary(label)).
			SetReference("Note " + w.canary(label)).SetOpenedOn(c.day).SetNominationDueOn(c.day).SetReviewDueOn(c.day).ExecX(ctx)
	}
}

// The edition that readers read here, the third.
const Edition = 3

func (w *World) editions(ctx context.Context) {
	for number, e := range map[int]struct {
		label  string
		status term.EditionStatus
		seen   Who
	}{
		1: {"edition-first", term.EditionPublished, Everyone}, 2: {"edition-withdrawn", term.EditionWithdrawn, Everyone},
		Edition: {"edition-read", term.EditionPublished, Everyone}, 4: {"edition-in-the-making", term.EditionBuilding, Everyone &^ Readers},
	} {
		id := w.row(term.KindEdition, e.label, e.seen)
		w.c.Edition.Create().SetID(id).SetNumber(number).SetStatus(e.status).SetDate("2026-11-01").SetReleasedAt("2026-11-01T00:00:00Z").
			SetSummary("Edition " + w.canary(e.label)).ExecX(ctx)
	}
}

// said: disputes stand with the record as it stood open when they were raised; its owner, the secretariat and whoever
// raised it see it as long as they see the record.
func (w *World) said(ctx context.Context) {
	for _, d := range []struct {
		label, record string
		visibility    term.Visibility
		by, seen      Who
	}{
		{"dispute-public", "activity-public-iom", term.Public, THA, Everyone}, {"dispute-members", "activity-public-iom", term.Members, THA, SignedIn},
		{"dispute-restricted", "activity-public-iom", term.Restricted, THA, Desk | IOM | THA},
		{"dispute-of-law", "law-public-THA", term.Restricted, LAO, Desk | THA | LAO}, {"dispute-of-paid", "activity-public-paid", term.Restricted, UNODC, Desk | IOM | UNODC},
		{"dispute-of-joined", "activity-public-joined", term.Restricted, Office, Desk | Office},
		{"dispute-of-hidden", "activity-restricted-iom", term.Public, THA, Desk | IOM},
		{"dispute-of-shared", "activity-shared-unodc-iom", term.Restricted, THA, Desk | IOM},
		{"dispute-of-shared-by-her", "activity-shared-unodc-iom", term.Restricted, UNODC, Desk | IOM | UNODC},
		{"dispute-of-shared-once", "activity-restricted-iom", term.Restricted, UNODC, Desk | IOM},
		{"dispute-by-nobody", "activity-public-iom", term.Restricted, Nobody, Desk | IOM},
		{"dispute-of-withdrawn", "activity-gone", term.Public, THA, Nobody},
		{"dispute-of-need", "need-public-THA", term.Restricted, LAO, Desk | THA | LAO}, {"dispute-of-hidden-need", "need-restricted-THA", term.Public, LAO, Desk | THA},
		{"dispute-of-shared-need", "need-shared-unodc-THA", term.Restricted, UNODC, Desk | THA | UNODC},
	} {
		id := w.row(term.KindDispute, d.label, d.seen)
		q := w.c.Dispute.Create().SetID(id).SetRecordID(w.ID(d.record)).SetRecordVersion(1).SetVisibility(d.visibility).SetAbout("title").
			SetStated("Stated " + w.canary(d.label)).SetStatement("Against: " + w.canary(d.label)).SetBy("Institution").SetPerson(0).SetAt("2026-02-01T00:00:00Z")
		if d.by != Nobody {
			q.SetPerson(term.HashID(term.KindPerson, "sight", "person-"+d.by.String()))
		}
		q.ExecX(ctx)
	}
	w.miss(Anonymous|Member, "UPDATE disputes SET person = 0") // who read editions
}

// changes give records a past that fewer may see than the record.
func (w *World) changes(ctx context.Context) {
	w.withdraw(ctx)
	opened := w.row(term.KindActivity, "activity-opened", Everyone)
	w.activity("activity-opened", term.Restricted, opened).SetReporterID(w.ID("actor iom")).SetResults("quokka-past-results").ExecX(ctx)
	w.c.Activity.UpdateOneID(opened).SetVisibility(term.Public).SetResults("Open results").ExecX(ctx)
	w.c.Activity.UpdateOneID(opened).SetResults("Newer results").ExecX(ctx)
	w.past[opened] = map[int]Who{1: Desk | IOM, 2: Desk | IOM}

	back := w.ID("activity-back")
	ctx = rule.WithWithdrawn(ctx)
	w.c.Activity.UpdateOneID(back).SetWithdrawn(true).SetResults("quokka-withdrawn-results").ExecX(ctx)
	w.c.Activity.UpdateOneID(back).SetNote("quokka-hidden-note").ExecX(ctx)
	w.c.Activity.UpdateOneID(back).SetWithdrawn(false).SetNote("Note").SetResults("Results").ExecX(ctx)
	w.c.Activity.UpdateOneID(back).SetResults("Last results").ExecX(ctx)
	w.past[back] = map[int]Who{2: Desk | IOM, 3: Desk | IOM, 4: Desk | IOM}

	secret := w.ID("activity-restricted-iom")
	w.c.Activity.UpdateOneID(secret).SetResults("quokka-secret-results").ExecX(ctx)
	shared := w.ID("activity-shared-unodc-iom")
	w.c.Activity.UpdateOneID(shared).SetResults("Shared results").ExecX(ctx)
	w.c.Need.UpdateOneID(w.ID("need-restricted-THA")).SetGap("quokka-secret-gap").ExecX(ctx)
	need := w.ID("need-public-THA")
	w.c.Need.UpdateOneID(need).SetVisibility(term.Restricted).SetGap("quokka-past-gap").ExecX(ctx)
	w.c.Need.UpdateOneID(need).SetVisibility(term.Public).SetGap("Open gap").ExecX(ctx)
	w.past[need] = map[int]Who{2: Desk | THA, 3: Desk | THA}
	w.tellTales(ctx)
}

// tellTales are changes that all may see and whose values some may not.
func (w *World) tellTales(ctx context.Context) {
	safe := w.ID("actor-safe")
	w.c.Actor.UpdateOneID(safe).SetSeat("quokka-new-seat-of-the-shelter").ExecX(ctx)
	w.without(Everyone&^(Desk|UNODC), safe, "seat")

	child := w.row(term.KindActivity, "activity-was-part", Everyone)
	w.activity("activity-was-part", term.Public, child).SetPartOfID(w.ID("activity-restricted-none")).SetFollowsID(w.ID("activity-members-none")).ExecX(ctx)
	w.c.Activity.UpdateOneID(child).ClearPartOf().ClearFollows().AddInChapterIDs(w.ID("chapter-of-state-RESTRICTED")).ExecX(ctx)
	w.without(Everyone&^Desk, child, "part_of_id")
	w.without(Anonymous, child, "follows_id")
	w.without(Everyone&^Desk, child, "chapters")

	law := w.ID("law-public-THA")
	w.c.Law.UpdateOneID(law).SetCriminalisesTrafficking(term.PartlyCriminalised).ExecX(ctx)
	w.without(Anonymous, law, "criminalises_trafficking")
	w.keptBack(ctx)
}

// keptBack is an amount that all may know to be there, and that its reporter and the secretariat alone may read; history has
// told it before.
func (w *World) keptBack(ctx context.Context) {
	id, told, others := w.row(term.KindActivity, "activity-kept-back", Everyone), "quokka-kept-amount", Everyone&^(Desk|IOM)
	w.activity("activity-kept-back", term.Public, id).ExecX(ctx)
	w.c.Activity.UpdateOneID(id).SetResults("Results").ExecX(rule.WithChanges(ctx, []term.Change{{Field: "fundings", To: &told}}))
	w.line("line-kept-back", term.Public, Everyone, "activity-kept-back").SetReporterID(w.ID("actor iom")).SetAmountWithheld(true).ExecX(ctx)
	w.miss(others, `UPDATE fundings SET amount = NULL, note = NULL, withheld = '["amount","note"]' WHERE id = %d`, w.ID("line-kept-back"))
	w.miss(others, `UPDATE history_entries SET changes = '[]' WHERE record_id = %d AND CAST(changes AS TEXT) LIKE '%%"fundings"%%'`, id)
}

// without takes the changes of a column out of a record's history for whoever may not see its values.
func (w *World) without(missed Who, record term.ID, column string) {
	w.miss(missed, `UPDATE history_entries SET changes = (SELECT json_group_array(json(c.value)) FROM json_each(history_entries.changes) c
		WHERE json_extract(c.value, '$.field') NOT IN ('%s', '%s')) WHERE record_id = %d`, column, field(column), record)
}
