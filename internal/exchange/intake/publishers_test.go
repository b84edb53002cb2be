package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/funding"
	"adam/ent/source"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// The owner is known by the beginning of the identifier; who says that an activity is another's never overwrites.
func TestOneActivityOfSeveralPublishersIsOneRecordWithAllSources(t *testing.T) {
	owner := file(reported("AU-5", "AU-5-1", "As its owner says", whole))
	second := file(strings.Replace(reported("UG-AIMS", "AU-5-1", "As another says", whole), `type="10"`, `type="10" secondary-reporter="1"`, 1))
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		for i, step := range []struct {
			content, title  string
			outcome         func(term.IntakeCounts) int
			sources, active int
		}{
			{second, "As another says", func(c term.IntakeCounts) int { return c.Created }, 2, 1},
			{owner, "As its owner says", func(c term.IntakeCounts) int { return c.Changed }, 3, 1},
			{second, "As its owner says", func(c term.IntakeCounts) int { return c.Secondary }, 3, 1},
			{second, "As its owner says", func(c term.IntakeCounts) int { return c.Same }, 3, 1},
		} {
			rep := applied(t, st, "x.xml", step.content)
			a := named(t, st, "AU-5-1")
			if step.outcome(rep.Counts) != 1 || a.Title != step.title || st.Client.Activity.Query().CountX(ctx) != step.active {
				t.Errorf("step %d: %+v, %s", i, rep.Counts, a.Title)
			}
			if n := st.Client.Source.Query().Where(source.RecordID(a.ID)).CountX(ctx); n != step.sources {
				t.Errorf("step %d: %d sources", i, n)
			}
		}
		lines := named(t, st, "AU-5-1").QueryFundings().AllX(ctx)
		for _, l := range lines {
			if l.ReportedBy != term.ReportedByDonor {
				t.Errorf("a line is reported by %s: the other publisher's count too", l.ReportedBy)
			}
		}
		if len(lines) != 3 {
			t.Errorf("%d lines", len(lines))
		}
	})
}

func TestWhatWasEnteredHereIsNeverOverwritten(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		var here term.ID
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			a, err := tx.Activity.Create().SetKey("ours").SetTitle("Ours").SetVisibility(term.Public).Save(ctx)
			if err == nil {
				here = a.ID
				err = tx.ExternalIdentifier.Create().SetActivityID(a.ID).SetValue("AU-5-1").Exec(ctx)
			}
			return err
		}))
		rep := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "Theirs", "")))
		if rep.Counts.Differs != 1 || st.Client.Activity.GetX(ctx, here).Title != "Ours" || st.Client.Activity.Query().CountX(ctx) != 1 {
			t.Errorf("%+v", rep.Counts)
		}
		e := st.Client.IntakeEntry.Query().OnlyX(ctx)
		if e.RecordID != here || len(e.Changes) == 0 || *e.Changes[0].From != "Ours" || *e.Changes[0].To != "Theirs" {
			t.Errorf("the difference that is kept is %+v", e.Changes)
		}
		undone(t, st, rep.Import)
		if a := st.Client.Activity.GetX(ctx, here); a.Withdrawn || a.Version != 1 {
			t.Errorf("undone, what was entered here is %v", a)
		}
	})
}

func TestAVerifiedRecordStays(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		first := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "One", "")))
		_, err := st.DB.ExecContext(ctx, "UPDATE activities SET verified_status = 'VERIFIED'") // as review does: no version of it
		must(t, err)
		if rep := applied(t, st, "b.xml", file(reported("AU-5", "AU-5-1", "Another", ""))); rep.Counts.Differs != 1 || named(t, st, "AU-5-1").Title != "One" {
			t.Errorf("%+v", rep.Counts)
		}
		if u := undone(t, st, first.Import); !slices.Contains(u.Stayed, "One") || u.Withdrawn != 0 {
			t.Errorf("%+v", u)
		}
	})
}

// Money that comes in is what its provider reports as going out, also where that stands further down in the file.
func TestMoneyPointsAtWhatPaidForIt(t *testing.T) {
	child := `<related-activity ref="AU-5-1" type="1"/>
		<transaction><transaction-type code="1"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value><provider-org ref="AU-5" provider-activity-id="AU-5-1"><narrative>Publisher AU-5</narrative></provider-org></transaction>
		<transaction><transaction-type code="3"/><transaction-date iso-date="2020-02-01"/><value value-date="2020-02-01">150</value><receiver-org><narrative>Village Help</narrative></receiver-org></transaction>`
	payer := `<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">900</value></transaction>
		<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value></transaction>`
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		applied(t, st, "a.xml", file(reported("XM-DAC-9", "XM-DAC-9-1", "Below", child), reported("AU-5", "AU-5-1", "Above", payer)))
		a := named(t, st, "XM-DAC-9-1")
		if a.PartOfID == nil || *a.PartOfID != recordID("AU-5-1") {
			t.Errorf("it is a part of %v", a.PartOfID)
		}
		in := a.QueryFundings().Where(funding.ReportedByEQ(term.ReportedByImplementer)).WithUpstream().OnlyX(ctx)
		if in.Edges.Upstream == nil || in.Edges.Upstream.Amount.String() != "400" {
			t.Errorf("what came in was paid by %v", in.Edges.Upstream)
		}
		if out := a.QueryFundings().Where(funding.ReportedByEQ(term.ReportedByDonor)).OnlyX(ctx); out.UpstreamID == nil || *out.UpstreamID != in.ID {
			t.Errorf("what went out was paid by %v", out.UpstreamID)
		}
	})
}

func TestBadInputIsRefusedByLineAndElement(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		sum := func(s string) string {
			return `<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">` + s + `</value></transaction>`
		}
		rep := applied(t, st, "bad.xml", file(
			reported("AU-5", "", "No identifier", ""), reported("AU-5", strings.Repeat("x", 301), "Too long", ""), reported("AU-5", "AU-5-2", "", ""),
			reported("AU-5", "AU-5-1", "One", sum("1,000")+sum("NaN")+sum("1e308")+sum("-5")+`<recipient-country code="TH" percentage="90"/><recipient-country code="LA" percentage="20"/>`),
			reported("AU-5", "AU-5-1", "Again", "")))
		if c := rep.Counts; c.Refused != 4 || c.Created != 1 || c.Lines != 4 {
			t.Errorf("%+v", c)
		}
		var refusals []string
		for _, p := range rep.Problems {
			if p.Sort == "REFUSED" {
				refusals = append(refusals, fmt.Sprintf("%d %s", p.Line, p.Element))
			}
		}
		if want := []string{"1 iati-activity/iati-identifier", "4 iati-activity/iati-identifier", "7 iati-activity/title", "13 iati-activity/iati-identifier"}; !slices.Equal(refusals, want) {
			t.Errorf("refused are %q, expected %q", refusals, want)
		}
		a := named(t, st, "AU-5-1")
		if known := a.QueryFundings().Where(funding.AmountNotNil()).OnlyX(ctx); known.Amount.String() != "-5" {
			t.Errorf("the one sum is %v", known.Amount)
		}
		if l := a.QueryFundings().Where(funding.NoteContains("“1,000 USD”")).OnlyX(ctx); l.Amount != nil {
			t.Errorf("a sum was guessed: %v", l.Amount)
		}
		for _, s := range a.QueryActivityStates().AllX(ctx) {
			if s.Percentage != "" {
				t.Errorf("a share of more than the whole was kept: %s", s.Percentage)
			}
		}
		before := rows(t, st)
		for name, content := range map[string]string{
			"cut off": file(reported("AU-5", "AU-5-9", "Nine", ""))[:400], "with a DOCTYPE": `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + file(reported("AU-5", "AU-5-9", "&e;", "")), "empty": "",
			"not closed after many": strings.TrimSuffix(file(many(3*step)...), "</iati-activities>"),
		} {
			if _, err := apply(t, st, "bad.xml", content); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
			if rows(t, st) != before {
				t.Errorf("%s: something was written", name)
			}
		}
	})
}

// many are activities with an organisation each that nobody knows.
func many(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = reported("AU-5", fmt.Sprintf("AU-5-m%d", i), fmt.Sprint("Activity ", i), fmt.Sprintf(`<participating-org role="4"><narrative>Unknown organisation %d</narrative></participating-org>`, i))
	}
	return out
}

func TestOnlyTheSecretariatImports(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	for role, want := range map[access.Role]fault.Kind{access.Reporter: fault.Forbidden, access.Coordinator: fault.Forbidden, access.Administrator: fault.Forbidden, access.Secretariat: ""} {
		ctx := access.With(t.Context(), access.SignedIn(term.NewID(term.KindPerson), "Somebody", []access.Grant{{Role: role}}))
		_, planned := Plan(ctx, st.Client, IATI(strings.NewReader(file(many(1)...))), Options{Now: noon})
		err := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			_, err := Apply(ctx, tx, IATI(strings.NewReader(file(many(1)...))), Options{Now: noon})
			return err
		})
		_, listed := Page(ctx, st.Client, Wanted{})
		for _, err := range []error{planned, err, listed} {
			if (err != nil) != (want != "") || err != nil && fault.KindOf(err) != want {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
}

func TestOrganisationsAreFoundByWhatTheyAreCalled(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	ctx := testdb.Context(t)
	must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.Actor.Create().SetKey("a").SetName("Agency for Help").SetAcronym("AH").SetOrganisationIdentifier("XM-1").SetKind(term.NGO).Exec(ctx); err != nil {
			return err
		}
		b, err := tx.Actor.Create().SetKey("b").SetName("Bureau").SetAcronym("AH").SetKind(term.NGO).Save(ctx)
		if err == nil {
			err = tx.OtherName.Create().SetActorID(b.ID).SetName("Das Büro").SetKind(term.NameTranslation).Exec(ctx)
		}
		return err
	}))
	a, err := knowActors(ctx, st.Client)
	must(t, err)
	for o, want := range map[Org]string{
		{Ref: "xm-1", Name: "Anything"}: "Agency for Help", {Name: "AGENCY FOR HELP"}: "Agency for Help", {Name: "das buro"}: "Bureau", {Name: "IOM"}: "International Organization for Migration",
		{Name: "International Organization for Migration (IOM)"}: "International Organization for Migration", {Name: "OIM (IOM)"}: "International Organization for Migration",
		{Name: "AH"}: "", {Name: "Iom"}: "", {Ref: "0", Name: "Nobody"}: "",
	} {
		if got := a.names[a.find(o)]; got != want {
			t.Errorf("%+v is %q, expected %q", o, got, want)
		}
	}
}
