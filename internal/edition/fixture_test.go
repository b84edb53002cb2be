package edition

import (
	"context"
	"testing"

	"adam/ent"
	"adam/internal/search"
	"adam/internal/store"
	"adam/internal/term"
)

// In the fixture every text that neither audience may see holds the word hushall, every text that is for members only
// the word hushpublic.
type fixture struct {
	stateOpen, stateMembers, stateHidden                                  term.ID
	chapterOpen, chapterRegion, chapterHidden                             term.ID
	open, hidden, members, withdrawn, safe, orphan, past, leaked, located term.ID
	lawUnread, lawRead, lawHalf, lawHidden, lawGone                       term.ID
	policy, mechanism                                                     term.ID
	actOpen, actOther, actMembers, actHidden                              term.ID
	money, moneyHidden, moneyMembers, moneyPackage, moneyOfHidden         term.ID
	pairOpen, pairMembers, pairHidden, pairUnsettled                      term.ID
	need, needHidden                                                      term.ID
}

// hiddenFromAll lists rows that are in neither edition and that rows in them point at.
func (f *fixture) hiddenFromAll() []term.ID {
	return []term.ID{f.stateHidden, f.chapterHidden, f.hidden, f.withdrawn, f.lawHidden, f.actHidden, f.moneyHidden,
		f.moneyOfHidden, f.pairHidden, f.pairUnsettled, f.needHidden}
}

// hiddenFromPublic lists rows that only members have.
func (f *fixture) hiddenFromPublic() []term.ID {
	return []term.ID{f.stateMembers, f.members, f.actMembers, f.moneyMembers, f.pairMembers}
}

func newFixture(t testing.TB, st *store.Store) *fixture {
	t.Helper()
	f := &fixture{}
	write(t, st, func(ctx context.Context, c *ent.Client) {
		f.states(ctx, c)
		f.actors(ctx, c)
		f.texts(ctx, c)
		f.activities(ctx, c)
		f.pairs(ctx, c)
		f.asked(ctx, c)
		c.SeedEntry.Create().SetDigest("hushall-digest").SetVersion(1).SaveX(ctx)
	})
	write(t, st, f.changes)
	return f
}

func state(ctx context.Context, c *ent.Client, code, name string, v term.Visibility) term.ID {
	return c.State.Create().SetKey("state-" + code).SetCode(code).SetAlpha2(code[:2]).SetM49(code).SetName(name).SetVisibility(v).SaveX(ctx).ID
}

func actor(c *ent.Client, key, name string, v term.Visibility) *ent.ActorCreate {
	return c.Actor.Create().SetKey(key).SetName(name).SetKind(term.StateAuthority).SetVisibility(v).SetMandate("Mandate of " + name)
}

func (f *fixture) states(ctx context.Context, c *ent.Client) {
	f.stateOpen = state(ctx, c, "OPN", "Openland", term.Public)
	f.stateMembers = state(ctx, c, "MEM", "Hushpublic-Land", term.Members)
	f.stateHidden = state(ctx, c, "HID", "Hushall Land", term.Restricted)
	chapter := func(code, title string, released bool) *ent.ChapterCreate {
		return c.Chapter.Create().SetCode(code).SetTitle(title).SetTimeZone("UTC").SetReadingsReleased(released)
	}
	f.chapterOpen = chapter("OPN", "Openland", false).SetStateID(f.stateOpen).SetStatus(term.ClosedUnverified).SaveX(ctx).ID
	f.chapterRegion = chapter("REGIONAL", "Region", true).SaveX(ctx).ID
	f.chapterHidden = chapter("HID", "Hushall chapter", true).SetStateID(f.stateHidden).SaveX(ctx).ID
	cycle := func(day term.Date, status term.ReviewStatus, addressee string) {
		c.ReviewCycle.Create().SetChapterID(f.chapterOpen).SetYear(2026).SetStatus(status).SetAddressee(addressee).SetReference(addressee + "/note").
			SetOpenedOn(day).SetNominationDueOn(day).SetReviewDueOn(day).SaveX(ctx)
	}
	cycle("2025-01-02", term.ReviewPublished, "hushpublic-ministry")
	cycle("2026-01-02", term.ClosedUnverified, "hushpublic-embassy")
	c.Membership.Create().SetStateID(f.stateHidden).SetGroup(term.GroupASEAN).SetNote("hushall-membership").SaveX(ctx)
	c.TreatyAction.Create().SetStateID(f.stateHidden).SetTreaty(term.UNTOC).SetParty(true).SetNote("hushall-treaty").SaveX(ctx)
}

func (f *fixture) actors(ctx context.Context, c *ent.Client) {
	f.hidden = actor(c, "hidden", "Hushall Agency", term.Restricted).SetStateID(f.stateOpen).SaveX(ctx).ID
	f.members = actor(c, "members", "Hushpublic Bureau", term.Members).SaveX(ctx).ID
	f.withdrawn = actor(c, "withdrawn", "Hushall Gone", term.Public).SaveX(ctx).ID
	f.open = actor(c, "open", "Open Agency", term.Public).SetParentID(f.hidden).SetGovernmentID(f.stateOpen).
		SetMandate("Police of the coast").AddInChapterIDs(f.chapterOpen, f.chapterHidden).SaveX(ctx).ID
	f.orphan = actor(c, "orphan", "Orphan", term.Public).SetSuccessorID(f.withdrawn).SetParentID(f.members).SaveX(ctx).ID
	f.safe = actor(c, "safe", "Shelter", term.Public).SetSafety(true).SetSeat("hushall-town").SetStateID(f.stateOpen).SaveX(ctx).ID
	f.past = actor(c, "past", "Past", term.Restricted).SetMandate("hushall-past").SaveX(ctx).ID
	f.leaked = actor(c, "leaked", "Leaked", term.Public).SetMandate("hushall-leak").SaveX(ctx).ID
	f.located = actor(c, "located", "Located", term.Public).SetStateID(f.stateMembers).SetMandate("Harbour watch").SaveX(ctx).ID
	contact := func(actor term.ID, v term.Visibility, kind term.ContactKind, value string) {
		c.Contact.Create().SetActorID(actor).SetVisibility(v).SetKind(kind).SetValue(value).SaveX(ctx)
	}
	contact(f.open, term.Public, term.ContactEmail, "desk@open.example")
	contact(f.open, term.Members, term.ContactEmail, "hushpublic@open.example")
	contact(f.open, term.Restricted, term.ContactEmail, "hushall@open.example")
	contact(f.safe, term.Public, term.ContactPhone, "hushpublic-phone")
	contact(f.safe, term.Public, term.ContactAddress, "hushall-street")
	contact(f.hidden, term.Public, term.ContactEmail, "hushall@hidden.example")
	c.OtherName.Create().SetActorID(f.hidden).SetName("Hushall alias").SaveX(ctx)
	c.LeadAuthority.Create().SetStateID(f.stateOpen).SetActorID(f.hidden).SetTheme(term.Smuggling).SaveX(ctx)
	source(ctx, c, f.open, "Yearbook")
	source(ctx, c, f.hidden, "hushall-source")
	source(ctx, c, f.members, "hushpublic-source")
}

func source(ctx context.Context, c *ent.Client, record term.ID, title string) term.ID {
	return c.Source.Create().SetRecordID(record).SetTitle(title).SaveX(ctx).ID
}

func (f *fixture) texts(ctx context.Context, c *ent.Client) {
	law := func(key, title string, state term.ID, chapters ...term.ID) *ent.LawCreate {
		return c.Law.Create().SetKey(key).SetTitle(title).SetStateID(state).SetStatus(term.LawInForce).SetVisibility(term.Public).
			SetCriminalisesTrafficking(term.PartlyCriminalised).AddInChapterIDs(chapters...)
	}
	f.lawHidden = law("hidden-law", "Hushall Act", f.stateHidden, f.chapterRegion).SaveX(ctx).ID
	gone := state(ctx, c, "GON", "Goneland", term.Public)
	f.lawGone = law("gone", "Gone Act", gone, f.chapterRegion).SaveX(ctx).ID
	c.State.UpdateOneID(gone).SetWithdrawn(true).ExecX(ctx)
	f.lawUnread = law("unread", "Unread Act", f.stateOpen, f.chapterOpen).SetReplacedByID(f.lawHidden).SaveX(ctx).ID
	f.lawRead = law("read", "Read Act", f.stateOpen, f.chapterRegion).SetReplacedByID(f.lawGone).SaveX(ctx).ID
	f.lawHalf = law("half", "Half Act", f.stateOpen, f.chapterOpen, f.chapterRegion).SaveX(ctx).ID
	provision := func(law term.ID, article string) {
		c.Provision.Create().SetLawID(law).SetTheme(term.Trafficking).SetElement(term.OffenceElement("ACT")).SetArticle(article).SaveX(ctx)
	}
	provision(f.lawUnread, "hushpublic-article")
	provision(f.lawHalf, "hushpublic-paragraph")
	provision(f.lawRead, "article 7 of the Read Act")
	provision(f.lawHidden, "hushall-article")
	c.Penalty.Create().SetLawID(f.lawHidden).SetTheme(term.Trafficking).SetKind(term.PenaltyYears).SetArticle("hushall-penalty").SaveX(ctx)
	c.Amendment.Create().SetLawID(f.lawRead).SetTitle("Amending Act").SetAmendingLawID(f.lawHidden).SaveX(ctx)
	f.policy = c.PolicyDocument.Create().SetKey("plan").SetTitle("Plan").SetStatus(term.PolicyCurrent).SetVisibility(term.Public).
		SetComprehensiveSmuggling(term.Comprehensive).SetLeadActorID(f.hidden).SetStateID(f.stateOpen).AddInChapterIDs(f.chapterOpen).SaveX(ctx).ID
	f.mechanism = c.CoordinationMechanism.Create().SetKey("committee").SetName("Committee").SetLevel(term.LevelNational).SetForm("COMMITTEE").
		SetStatus(term.MechanismActive).SetVisibility(term.Public).SetSecretariatActorID(f.members).SaveX(ctx).ID
	c.MechanismMember.Create().SetMechanismID(f.mechanism).SetActorID(f.hidden).SetSince("2001").SaveX(ctx)
	c.MechanismMember.Create().SetMechanismID(f.mechanism).SetActorID(f.open).SetPosition(1).SaveX(ctx)
	c.Relation.Create().SetRecordID(f.mechanism).SetRelatedID(f.lawHidden).SaveX(ctx)
	c.Relation.Create().SetRecordID(f.mechanism).SetRelatedID(f.lawRead).SetPosition(1).SaveX(ctx)
}

func (f *fixture) activities(ctx context.Context, c *ent.Client) {
	activity := func(key, title string, v term.Visibility) *ent.ActivityCreate {
		return c.Activity.Create().SetKey(key).SetTitle(title).SetVisibility(v)
	}
	f.actHidden = activity("act-hidden", "Hushall Training", term.Restricted).SetPlaces([]string{"hushall-place"}).SaveX(ctx).ID
	f.actMembers = activity("act-members", "Hushpublic Training", term.Members).SaveX(ctx).ID
	f.actOpen = activity("act-open", "Open Training", term.Public).SetPartOfID(f.actHidden).AddInChapterIDs(f.chapterOpen).SaveX(ctx).ID
	f.actOther = activity("act-other", "Other Training", term.Public).SetFollowsID(f.actOpen).SaveX(ctx).ID
	for i, a := range []term.ID{f.actHidden, f.actOpen} {
		c.ExternalIdentifier.Create().SetActivityID(a).SetValue([]string{"hushall-iati", "XM-1"}[i]).SaveX(ctx)
		c.ActivityState.Create().SetActivityID(a).SetStateID(f.stateOpen).SaveX(ctx)
		c.ActivityState.Create().SetActivityID(a).SetStateID(f.stateHidden).SaveX(ctx)
		c.Participation.Create().SetActivityID(a).SetActorID(f.open).SetRole(term.Funding).SaveX(ctx)
		c.Participation.Create().SetActivityID(a).SetActorID(f.hidden).SetRole(term.Funding).SaveX(ctx)
	}
	money := func(note string, v term.Visibility, of ...term.ID) *ent.FundingCreate {
		return c.Funding.Create().SetVisibility(v).SetNote(note).SetAmount(10_000).SetCurrency("USD").AddActivityIDs(of...)
	}
	f.moneyHidden = money("hushall-money", term.Restricted, f.actOpen).SaveX(ctx).ID
	f.money = money("Grant", term.Public, f.actOpen).SetProviderID(f.hidden).SetReceiverID(f.open).SetUpstreamID(f.moneyHidden).SaveX(ctx).ID
	f.moneyMembers = money("hushpublic-money", term.Members, f.actOpen).SaveX(ctx).ID
	f.moneyPackage = money("Package", term.Public, f.actOpen, f.actHidden).SaveX(ctx).ID
	f.moneyOfHidden = money("hushall-money-of-hidden", term.Public, f.actHidden).SaveX(ctx).ID
	c.Allocation.Create().SetFundingID(f.money).SetStateID(f.stateHidden).SetPercentage("40").SaveX(ctx)
	c.Allocation.Create().SetFundingID(f.money).SetStateID(f.stateOpen).SetPercentage("60").SaveX(ctx)
}

func (f *fixture) pairs(ctx context.Context, c *ent.Client) {
	pair := func(reason string, a, b term.ID) term.ID {
		return c.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore("0.9").SetRank(7).SetDecision(term.DecidedSame).SetPerson(4711).SetAssignedTo(4711).
			SetAssignee("hushall-assignee").SetReason(reason).AddActivityIDs(a, b).SaveX(ctx).ID
	}
	f.pairOpen = pair("Same venue", f.actOpen, f.actOther)
	f.pairMembers = pair("hushpublic-pair", f.actOpen, f.actMembers)
	f.pairHidden = pair("hushall-pair", f.actOpen, f.actHidden)
	f.pairUnsettled = c.Overlap.Create().SetKind(term.OverlapAssistance).SetScore("0.9").SetDecision(term.DecidedOverlapping).SetReason("hushall-overlapping").
		AddActivityIDs(f.actOpen, f.actOther).SaveX(ctx).ID
}

func (f *fixture) asked(ctx context.Context, c *ent.Client) {
	need := func(title string, v term.Visibility) *ent.NeedCreate {
		return c.Need.Create().SetKey(search.Tokens(title)[0]).SetTitle(title).SetVisibility(v).SetStateID(f.stateOpen).SetAssistanceType(term.AssistLegislative)
	}
	f.need = need("Interpreters", term.Public).SetAuthorityID(f.hidden).SaveX(ctx).ID
	f.needHidden = need("hushall-need", term.Restricted).SaveX(ctx).ID
	c.NeedOffer.Create().SetNeedID(f.need).SetOrganisationID(f.open).SetVisibility(term.Public).SetStatement("Two interpreters").SetBy("Open Agency").SetPerson(4711).SetAt(term.Now()).SaveX(ctx)
	c.Dispute.Create().SetRecordID(f.need).SetRecordVersion(1).SetVisibility(term.Public).SetStatement("There are some").SetBy("Open Agency").SetPerson(4711).SetAt(term.Now()).SaveX(ctx)
	q := c.Questionnaire.Create().SetKey("q-2026").SetTitle("Questions of 2026").SetKind("STATE").SaveX(ctx)
	c.Response.Create().SetQuestionnaireID(q.ID).SetChapterID(f.chapterOpen).SetStatus("NOT_ANSWERED").SetNote("hushpublic-silence").SaveX(ctx)
	c.Response.Create().SetQuestionnaireID(q.ID).SetChapterID(f.chapterHidden).SetStatus("ANSWERED").SaveX(ctx)
}

// changes gives some records a past.
func (f *fixture) changes(ctx context.Context, c *ent.Client) {
	c.Actor.UpdateOneID(f.withdrawn).SetWithdrawn(true).ExecX(ctx)
	c.Actor.UpdateOneID(f.past).SetMandate("Open now").SetVisibility(term.Public).ExecX(ctx)
	c.Actor.UpdateOneID(f.past).SetMandate("Open still").ExecX(ctx)
	c.Actor.UpdateOneID(f.leaked).SetWithdrawn(true).ExecX(ctx)
	c.Actor.UpdateOneID(f.leaked).SetMandate("Clean").ExecX(ctx)
	c.Actor.UpdateOneID(f.leaked).SetWithdrawn(false).ExecX(ctx)
	c.Actor.UpdateOneID(f.leaked).SetAcronym("LKD").ExecX(ctx)
	c.Actor.UpdateOneID(f.leaked).SetWithdrawn(true).ExecX(ctx) // a second time
	c.Actor.UpdateOneID(f.leaked).SetSeat("hushall-hideout").ExecX(ctx)
	c.Actor.UpdateOneID(f.leaked).ClearSeat().ExecX(ctx)
	c.Actor.UpdateOneID(f.leaked).SetWithdrawn(false).ExecX(ctx)
	c.Actor.UpdateOneID(f.safe).SetSeat("hushall-village").SetAcronym("SHL").ExecX(ctx)
	c.Actor.UpdateOneID(f.open).SetParentID(f.members).SetAcronym("OA").ExecX(ctx)
	c.Actor.UpdateOneID(f.open).SetParentID(f.hidden).ExecX(ctx)
	c.Actor.UpdateOneID(f.open).SetSeat("Harbour").ExecX(ctx)
	c.Actor.UpdateOneID(f.orphan).AddInChapterIDs(f.chapterOpen).ExecX(ctx)
	c.Actor.UpdateOneID(f.orphan).AddInChapterIDs(f.chapterHidden).ExecX(ctx)
	c.Law.UpdateOneID(f.lawUnread).SetCriminalisesTrafficking(term.Criminalised).SetNumber("12").ExecX(ctx)
}

// addHidden adds rows of a visibility around shipped records, none of which points at them.
func addHidden(t testing.TB, st *store.Store, v term.Visibility) {
	t.Helper()
	write(t, st, func(ctx context.Context, c *ent.Client) {
		key := "added-" + string(v[0]+'a'-'A')
		some := c.Actor.Query().Order(ent.Asc("key")).FirstX(ctx)
		work := c.Activity.Query().Order(ent.Asc("key")).FirstX(ctx)
		chapter := c.Chapter.Query().Order(ent.Asc("code")).FirstX(ctx)
		added := actor(c, key, "Added", v).SetParentID(some.ID).AddInChapterIDs(chapter.ID).SaveX(ctx)
		activity := c.Activity.Create().SetKey(key).SetTitle("Added").SetVisibility(v).SetPartOfID(work.ID).SaveX(ctx)
		c.Participation.Create().SetActivityID(work.ID).SetActorID(added.ID).SetRole(term.Partner).SaveX(ctx)
		c.Participation.Create().SetActivityID(activity.ID).SetActorID(some.ID).SetRole(term.Partner).SaveX(ctx)
		c.Funding.Create().SetVisibility(v).AddActivityIDs(work.ID).SetProviderID(some.ID).SaveX(ctx)
		c.Funding.Create().SetVisibility(term.Public).AddActivityIDs(activity.ID).SetProviderID(some.ID).SaveX(ctx)
		c.Contact.Create().SetActorID(some.ID).SetVisibility(v).SetKind(term.ContactEmail).SetValue("a@b.example").SaveX(ctx)
		c.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore("1").SetDecision(term.DecidedSame).AddActivityIDs(work.ID, activity.ID).SaveX(ctx)
		c.Relation.Create().SetRecordID(work.ID).SetRelatedID(activity.ID).SaveX(ctx)
		source(ctx, c, added.ID, "Added")
	})
}
