package seed

import (
	"context"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/chapter"
	"adam/ent/funding"
	"adam/ent/historyentry"
	"adam/ent/rate"
	"adam/ent/record"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// change makes changes as the secretariat, in one transaction.
func change(t *testing.T, s *store.Store, all ...func(context.Context, *ent.Client) error) {
	t.Helper()
	ctx := access.With(testdb.Context(t), access.Operator("Secretariat"))
	err := s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for _, one := range all {
			if err := one(ctx, tx.Client()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// edits change one record of each type, and withdraw one.
var edits = []func(context.Context, *ent.Client) error{
	func(ctx context.Context, c *ent.Client) error {
		return c.State.UpdateOneID(stateID("VNM")).SetCapital("Hà Nội").Exec(ctx)
	},
	func(ctx context.Context, c *ent.Client) error {
		return c.Actor.UpdateOneID(id(term.KindActor, "cardno")).SetName("Cardno Emerging Markets").Exec(ctx)
	},
	func(ctx context.Context, c *ent.Client) error {
		return c.Law.UpdateOneID(id(term.KindLaw, "khm-law-trafficking-1996")).SetNote("read again").ClearNumber().Exec(ctx)
	},
	func(ctx context.Context, c *ent.Client) error {
		return c.PolicyDocument.UpdateOneID(id(term.KindPolicy, "khm-npa-2014-2018")).SetVisibility(term.Restricted).Exec(ctx)
	},
	func(ctx context.Context, c *ent.Client) error {
		return c.CoordinationMechanism.UpdateOneID(id(term.KindMechanism, "reg-commit")).RemoveInChapterIDs(id(term.KindChapter, "LAO")).Exec(ctx)
	},
	func(ctx context.Context, c *ent.Client) error {
		return c.Activity.UpdateOneID(id(term.KindActivity, "artip")).SetEndOn("2012-08").Exec(ctx)
	},
	func(ctx context.Context, c *ent.Client) error {
		return c.Activity.UpdateOneID(id(term.KindActivity, "aaptip")).SetWithdrawn(true).Exec(ctx)
	},
}

// shippedOtherwise changes the same records in the data that is shipped.
func shippedOtherwise(t *testing.T) *Files {
	t.Helper()
	f := copied(t)
	one(t, f.States, func(s State) string { return s.ISO3 }, "VNM").Note = new("another note")
	one(t, f.Actors, func(a Actor) string { return a.Key }, "cardno").MandateSummary = "Another mandate."
	one(t, f.Laws, func(l Law) string { return l.Key }, "khm-law-trafficking-1996").Summary = "Another summary."
	one(t, f.Policies, func(p Policy) string { return p.Key }, "khm-npa-2014-2018").Summary = "Another summary."
	one(t, f.Mechanisms, func(m Mechanism) string { return m.Key }, "reg-commit").Related = []string{"khm-npa-2014-2018"}
	one(t, f.Activities, func(a Activity) string { return a.Key }, "artip").Donors[0].Amount = amount("1")
	one(t, f.Activities, func(a Activity) string { return a.Key }, "aaptip").Title = "Another title"
	return f
}

// Rule 4: what somebody changed here is never overwritten, whatever is shipped later.
func TestAnEditedRecordIsNeverTouched(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		loaded(t, s, shippedFiles(t))
		change(t, s, edits...)
		change(t, s, func(ctx context.Context, c *ent.Client) error {
			return c.Chapter.Update().Where(chapter.Code("LAO")).SetStatus(term.UnderReview).SetTimeZone("Asia/Bangkok").Exec(ctx)
		}, func(ctx context.Context, c *ent.Client) error {
			return c.Rate.Update().Where(rate.Currency("AUD"), rate.Year(2009)).SetPerUsd("1.5").SetSource("our bank").Exec(ctx)
		})
		before := contents(t, s)
		want := Report{Kept: len(edits), Unchanged: shippedRecords - len(edits)}
		if got := loaded(t, s, shippedFiles(t)); got != want {
			t.Errorf("loading the same: %+v, want %+v", got, want)
		}
		sameBytes(t, "loading the same over edited records", before, contents(t, s))
		if got := loaded(t, s, shippedOtherwise(t)); got != want {
			t.Errorf("loading other data: %+v, want %+v", got, want)
		}
		sameBytes(t, "loading other data over edited records", before, contents(t, s))
		hasCount(t, "activities that were withdrawn", 0, s.Client.Activity.Query().Where(activity.Key("aaptip")))
		hasCount(t, "activities", 174, s.Client.Activity.Query())
	})
}

func TestARestoredRecordCountsAsEdited(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		loaded(t, s, shippedFiles(t))
		artip := id(term.KindActivity, "artip")
		for _, yes := range []bool{true, false} {
			change(t, s, func(ctx context.Context, c *ent.Client) error {
				return c.Activity.UpdateOneID(artip).SetWithdrawn(yes).Exec(rule.WithWithdrawn(ctx))
			})
		}
		if got, want := loaded(t, s, shippedFiles(t)), (Report{Kept: 1, Unchanged: shippedRecords - 1}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}

// newer is a later edition of the shipped data: each type of record changes, loses what was known and gets other parts.
func newer(t *testing.T) *Files {
	t.Helper()
	f := copied(t)
	s := one(t, f.States, func(s State) string { return s.ISO3 }, "VNM")
	s.Capital, s.Treaties.SmugglingProtocol, s.Sources = "Hà Nội", TreatyAction{Signed: ptr("2026-12-01"), Mode: "signature", Confidence: "high"}, s.Sources[:1]
	one(t, f.Places, func(p Place) string { return p.Code }, "PHL").Note = ptr("a note")
	l := one(t, f.Laws, func(l Law) string { return l.Key }, "khm-law-trafficking-1996")
	l.Title, l.Number, l.Adopted, l.Status, l.ReplacedBy = "Law on Kidnapping", nil, nil, "in_force", nil
	l.Elements.Trafficking, l.KeyArticles, l.Penalties.Trafficking = []string{"purpose"}, []string{"3", "1"}, &MaxPenalty{Years: 20}
	l.AmendedBy = []Amendment{{Title: "Law of 2008", Year: 2008, Key: ptr("khm-law-suppression-trafficking-2008")}}
	l.Sources[0].URL = nil
	p := one(t, f.Policies, func(p Policy) string { return p.Key }, "khm-npa-2014-2018")
	p.Country, p.PeriodTo, p.Themes, p.Comprehensive.Trafficking = RegionalPolicy, nil, []string{"smuggling"}, "no"
	m := one(t, f.Mechanisms, func(m Mechanism) string { return m.Key }, "reg-commit")
	m.Date, m.Acronym, m.Secretariat, m.Members = nil, nil, nil, []string{"VNM", "KHM"}
	m.MemberOrganisations, m.Related = []string{"IOM"}, []string{"khm-law-trafficking-1996", "khm-npa-2014-2018"}
	a := one(t, f.Actors, func(a Actor) string { return a.Key }, "mys-immigration-department")
	a.Country, a.Parent, a.Website, a.Acronym, a.Kind, a.Chapters, a.Roles = nil, nil, nil, nil, "ngo", []string{"THA", "REGIONAL"}, []string{"donor"}
	f.Governments = slices.DeleteFunc(f.Governments, func(g Government) bool { return g.Actor == "australia-dfat" })
	x := one(t, f.Activities, func(a Activity) string { return a.Key }, "artip")
	x.Acronym, x.Start, x.End, x.Follows, x.Regional, x.Status = nil, ptr("2006"), nil, nil, false, "unknown"
	x.Countries, x.OtherCountries = []string{"THA"}, []string{"PHL", "VNM"}
	x.Donors = append([]Donor{{Actor: "eu", Currency: ptr("EUR"), DonorInferred: true}}, x.Donors...)
	x.Donors[1].Amount, x.Donors[1].AmountChecked, x.Donors[1].Year = amount("0.0001"), ptr(false), nil
	x.Implementers, x.Partners, x.ExternalIDs = []string{}, []string{"cardno", "iom"}, []string{"XM-DAC-5-1", "XM-DAC-5-0"}
	f.Estimates = nil
	return f
}

// What changes by newer, in the order of the catalogue: its identifier and what history tells of it.
var changedByNewer = []struct {
	id   term.ID
	told string
}{
	{stateID("VNM"), "capital: Hanoi → Hà Nội"},
	{stateID("PHL"), "note: - → a note"},
	{id(term.KindActor, "mys-immigration-department"), "acronym: JIM → -, kind: STATE_AUTHORITY → NGO, statedRoles: IMPLEMENTER; RECIPIENT → DONOR, state: {MYS} → -, " +
		"government: {MYS} → -, parent: {parent} → -, website: {website} → -, chapters: MYS → REGIONAL; THA"},
	{id(term.KindActor, "australia-dfat"), "government: {AUS} → -"},
	{id(term.KindLaw, "khm-law-trafficking-1996"), "title: Law on Suppression of the Kidnapping, Trafficking and Exploitation of Human Persons → Law on Kidnapping, " +
		"number: CS/RKM/0296/01 → -, adoptedOn: 1996-01-16 → -, status: REPLACED → IN_FORCE, replacedBy: {2008} → -, keyArticles: 1; 2; 3 → 3; 1"},
	{id(term.KindPolicy, "khm-npa-2014-2018"), "smuggling: NOT_TARGETED → PRINCIPAL, trafficking: PRINCIPAL → NOT_TARGETED, topics: CHILD_PROTECTION → -, " +
		"state: {KHM} → -, periodTo: 2018 → -, comprehensiveTrafficking: COMPREHENSIVE → NOT_EXAMINED, chapters: KHM → REGIONAL"},
	{id(term.KindMechanism, "reg-commit"), "acronym: COMMIT → -, foundedOn: 2004-10-29 → 2004, secretariat: COMMIT Secretariat (United Nations-supported, Bangkok) → -, " +
		"chapters: CHN; KHM; LAO; MMR; REGIONAL; THA; VNM → KHM; REGIONAL; VNM"},
	{id(term.KindActivity, "artip"), "acronym: ARTIP → -, status: CLOSED → UNKNOWN, regional: true → false, startOn: 2006-08 → 2006, endOn: 2012 → -, " +
		"follows: {arcppt} → -, chapters: IDN; KHM; LAO; MMR; REGIONAL; THA; VNM → THA"},
	{id(term.KindActivity, "aus-idn-rca"), ""},
}

// A shipped record that nobody edited becomes what is shipped now: parts are replaced, what is no longer given becomes
// unknown (rule 1), and history says what it was (rule 4).
func TestAShippedRecordThatNobodyEditedIsUpdated(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		f := newer(t)
		if problems := Validate(f); len(problems) > 0 {
			t.Fatalf("the newer data is wrong:\n%v", Problems(problems))
		}
		loaded(t, s, shippedFiles(t))
		n := len(changedByNewer)
		if got, want := loaded(t, s, f), (Report{Updated: n, Unchanged: shippedRecords - n}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		for _, d := range Diff(flattened(t, filesOf(f)), rebuiltLeaves(t, s.Client)) {
			t.Error(d)
		}
		updatesAreRemembered(t, s.Client)
		hasCount(t, "lines marked as an estimate", 0, s.Client.Funding.Query().Where(funding.ReportedByEQ(term.ReportedAsEstimate)))
		r, err := s.Client.Record.Query().Where(record.Key("khm-law-trafficking-1996")).Only(testdb.Context(t))
		if err != nil || r.Title != "Law on Kidnapping" || strings.Contains(r.TitleTokens, "exploitation") || !strings.Contains(r.BodyTokens, "2008") {
			t.Errorf("the search document is %+v, %v", r, err)
		}
		before := contents(t, s)
		if got := loaded(t, s, f); got != (Report{Unchanged: shippedRecords}) {
			t.Errorf("loading the newer data again: %+v", got)
		}
		sameBytes(t, "loading the newer data again", before, contents(t, s))
		if got, want := loaded(t, s, shippedFiles(t)), (Report{Updated: n, Unchanged: shippedRecords - n}); got != want {
			t.Errorf("going back: %+v, want %+v", got, want)
		}
		for _, d := range Diff(leaves(t), rebuiltLeaves(t, s.Client)) {
			t.Errorf("going back: %s", d)
		}
	})
}

func filesOf(f *Files) map[string]any {
	return map[string]any{StatesFile: f.States, LawsFile: f.Laws, PoliciesFile: f.Policies, MechanismsFile: f.Mechanisms, ActorsFile: f.Actors, ActivitiesFile: f.Activities}
}

func updatesAreRemembered(t *testing.T, c *ent.Client) {
	t.Helper()
	mys, err := c.Actor.Get(testdb.Context(t), id(term.KindActor, "mys-immigration-department"))
	if err != nil || mys.Version != 2 || mys.UpdatedBy != LoadedBy {
		t.Errorf("%+v, %v", mys, err)
	}
	was := one(t, shippedFiles(t).Actors, func(a Actor) string { return a.Key }, "mys-immigration-department")
	names := strings.NewReplacer("{MYS}", stateID("MYS").String(), "{AUS}", stateID("AUS").String(), "{KHM}", stateID("KHM").String(),
		"{parent}", id(term.KindActor, *was.Parent).String(), "{website}", *was.Website,
		"{2008}", id(term.KindLaw, "khm-law-suppression-trafficking-2008").String(), "{arcppt}", id(term.KindActivity, "arcppt").String())
	for _, u := range changedByNewer {
		entries := all(t, c.HistoryEntry.Query().Where(historyentry.RecordID(u.id)).Order(historyentry.ByVersion()))
		if len(entries) != 2 {
			t.Errorf("%s has %d entries; expected 2", u.id, len(entries))
			continue
		}
		h := entries[1]
		if h.Action != term.ActionUpdated || h.Version != 2 || h.By != LoadedBy || h.Reason == nil || told(h.Changes) != names.Replace(u.told) {
			t.Errorf("%s: version %d, %s by %s\n\tis told as %s\n\texpected   %s", u.id, h.Version, h.Action, h.By, told(h.Changes), names.Replace(u.told))
		}
	}
	hasCount(t, "entries in all", shippedRecords+len(changedByNewer), c.HistoryEntry.Query())
}

// told writes changes in one line: field: old → new; a hyphen is unknown.
func told(changes []term.Change) string {
	text := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	var out []string
	for _, c := range changes {
		out = append(out, c.Field+": "+text(c.From)+" → "+text(c.To))
	}
	return strings.Join(out, ", ")
}

// Rule 6: nothing half-written remains.
func TestALoadThatFailsInTheMiddleLeavesNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		broken := newer(t)
		last := &broken.Activities[len(broken.Activities)-1]
		last.Partners = append(last.Partners, "nobody") // Validate would have said so; the database refuses it
		load := func() error {
			return s.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
				_, err := Load(ctx, tx, broken)
				return err
			})
		}
		empty := contents(t, s)
		if err := load(); !ent.IsConstraintError(err) || !strings.Contains(err.Error(), id(term.KindActivity, last.Key).String()) {
			t.Errorf("a partner who is nobody was loaded, or the error does not name the record: %v", err)
		}
		sameBytes(t, "a first load that failed", empty, contents(t, s))
		loaded(t, s, shippedFiles(t))
		before := contents(t, s)
		if err := load(); err == nil {
			t.Error("a partner who is nobody was loaded")
		}
		sameBytes(t, "a later load that failed", before, contents(t, s))
	})
}

// A record that somebody entered here with a key that is shipped too is another record; the load says which.
func TestAKeyThatIsTakenIsNamed(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		change(t, s, func(ctx context.Context, c *ent.Client) error {
			return c.Actor.Create().SetKey("cardno").SetName("Another").SetKind(term.NGO).Exec(ctx)
		})
		before := contents(t, s)
		err := s.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
			_, err := Load(ctx, tx, shippedFiles(t))
			return err
		})
		named := err != nil && strings.Contains(err.Error(), id(term.KindActor, "cardno").String()) && strings.Contains(err.Error(), `"cardno"`)
		if !named || fault.KindOf(err) != fault.Conflict {
			t.Errorf("the error is %v", err)
		}
		sameBytes(t, "a load that failed", before, contents(t, s))
	})
}
