package intake

import (
	"bytes"
	"context"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/funding"
	"adam/ent/participation"
	"adam/internal/exchange/donorform"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"github.com/xuri/excelize/v2"
)

// form is the questionnaire of a donor, with cells that were filled in.
func form(t testing.TB, st *store.Store, key string, cells map[string]string) []byte {
	t.Helper()
	asked, err := donorform.Of(operator(t), st.Client, key, noon)
	must(t, err)
	var out bytes.Buffer
	must(t, donorform.Write(&out, asked))
	f, err := excelize.OpenReader(&out)
	must(t, err)
	defer f.Close()
	for at, text := range cells {
		must(t, f.SetCellStr(donorform.Activities, at, text))
	}
	filled, err := f.WriteToBuffer()
	must(t, err)
	return filled.Bytes()
}

// answered imports a questionnaire that came back.
func answered(t testing.TB, st *store.Store, file []byte) (rep *Report, items []Item) {
	t.Helper()
	o := Options{Name: "form.xlsx", Now: noon, Each: func(i Item) { items = append(items, i) }}
	must(t, st.InTx(operator(t), func(ctx context.Context, tx *ent.Tx) (err error) {
		rep, err = Apply(ctx, tx, Table(bytes.NewReader(file), int64(len(file)), term.IntakeAsked{}, nil), o)
		return err
	}))
	for _, p := range rep.Problems {
		t.Errorf("told: %+v", p)
	}
	return rep, items
}

// Whichever donor of the shipped catalogue gets its form and sends it back as it is, nothing is written and nothing is told.
func TestAQuestionnaireThatComesBackAsItWentOutChangesNothing(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	shipped(t, st)
	ctx := testdb.Context(t)
	donors := st.Client.Actor.Query().Where(actor.HasParticipationsWith(participation.RoleEQ(term.Funding))).Order(actor.ByKey()).AllX(ctx)
	if len(donors) < 20 {
		t.Fatalf("%d donors", len(donors))
	}
	for _, d := range donors {
		rep, items := answered(t, st, form(t, st, d.Key, nil))
		if c := rep.Counts; c.Read == 0 || c.Same != c.Read || rep.Import != 0 {
			t.Errorf("%s: %+v %+v", d.Key, c, items)
		}
	}
}

// What the catalogue has of somebody else stays and is told; what an import brought follows; new rows are added.
func TestWhatADonorWritesIntoTheFormComesIn(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		sent, _, err := sheet(t, st, "Title,Country,Start,Donor,Implementing agency,Budget (USD),Remarks\nImported,Thailand,2010,IOM,Village Help,5,kept\n", term.IntakeAsked{}, nil)
		must(t, err)
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			iom := tx.Actor.Query().Where(actor.Key("iom")).OnlyX(ctx)
			a, err := tx.Activity.Create().SetKey("entered").SetTitle("Entered").SetVisibility(term.Public).Save(ctx)
			if err == nil {
				err = tx.Participation.Create().SetActivityID(a.ID).SetActorID(iom.ID).SetRole(term.Funding).Exec(ctx)
			}
			return err
		}))
		file := form(t, st, "iom", map[string]string{"F2": "2012", "F3": "2011-05", "I3": "Smuggling", "F4": "2020", "B4": "New", "O4": "1000", "R4": "AUD", "N3": "", "M3": "", "O3": "", "R3": ""})
		rep, items := answered(t, st, file)
		if c := rep.Counts; c.Differs != 1 || c.Changed != 1 || c.Created != 1 || c.Lines != 2 {
			t.Fatalf("%+v %+v", c, items)
		}
		if a := st.Client.Activity.Query().Where(activity.Title("Entered")).OnlyX(ctx); a.StartOn != "" {
			t.Errorf("what was entered here is %+v", a)
		}
		a := st.Client.Activity.Query().Where(activity.Title("Imported")).OnlyX(ctx)
		line := a.QueryFundings().OnlyX(ctx)
		if a.StartOn != "2011-05" || a.Smuggling != term.Principal || *a.Note != "kept" || a.QueryParticipations().CountX(ctx) != 2 || *line.Amount != 50_000 || a.QueryActivityStates().CountX(ctx) != 1 {
			t.Errorf("what was imported is %+v", a)
		}
		fresh := st.Client.Activity.Query().Where(activity.Title("New")).OnlyX(ctx)
		if n := fresh.QueryFundings().Where(funding.Currency("AUD")).CountX(ctx); n != 1 || fresh.Visibility != term.Restricted {
			t.Errorf("the new one has %d lines: %+v", n, fresh)
		}
		if again, _ := answered(t, st, file); again.Import != 0 {
			t.Errorf("once more: %+v", again.Counts)
		}
		undone(t, st, rep.Import)
		if a := st.Client.Activity.Query().Where(activity.Title("Imported")).OnlyX(ctx); a.StartOn != "2010" || a.Smuggling != term.NotTargeted {
			t.Errorf("undone it is %+v", a)
		}
		undone(t, st, sent.Import)
		if st.Client.Activity.Query().Where(activity.Title("Imported")).ExistX(ctx) {
			t.Error("the first import is not undone")
		}
	})
}

func TestAKeyThatNobodyHasIsRefused(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	file := form(t, st, "iom", map[string]string{"A2": "nowhere", "B2": "New"})
	var rep *Report
	rep, err := Plan(operator(t), st.Client, Table(bytes.NewReader(file), int64(len(file)), term.IntakeAsked{}, nil), Options{Now: noon})
	must(t, err)
	if rep.Counts.Refused != 1 || rep.Counts.Created != 0 || rep.Problems[0].Line != 2 {
		t.Errorf("%+v", rep)
	}
}

// Of a workbook with several lists a person says which one is meant, or all; what is no list is told, and what is hidden.
func TestOfSeveralSheetsAPersonSaysWhichOneIsMeant(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range []string{"Old", "New", "Words", "Secret"} {
		_, err := f.NewSheet(name)
		must(t, err)
		must(t, f.SetSheetRow(name, "A1", &[]any{[]any{"Title", "Title", "Colour", "Title"}[i], "Country"}))
		must(t, f.SetSheetRow(name, "A2", &[]any{name, "Thailand"}))
	}
	must(t, f.DeleteSheet("Sheet1"))
	must(t, f.SetSheetVisible("Secret", false))
	file, err := f.WriteToBuffer()
	must(t, err)
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	for _, one := range []struct {
		asked   term.IntakeAsked
		created int
		says    string
	}{
		{term.IntakeAsked{}, 0, "The sheets “Old”, “New” could be lists of activities. Say which one is to be read, or all."},
		{term.IntakeAsked{All: true}, 2, ""}, {term.IntakeAsked{Sheet: "New"}, 1, ""},
	} {
		one.asked.Publisher = "iom"
		rep, err := Plan(operator(t), st.Client, Table(bytes.NewReader(file.Bytes()), int64(file.Len()), one.asked, nil), Options{Now: noon})
		if f := fault.As(err); f != nil && f.Sentence != one.says || f == nil && one.says != "" || rep.Counts.Created != one.created {
			t.Errorf("%+v: %+v, %v", one.asked, rep.Counts, err)
		}
		told := map[string]bool{}
		for _, p := range rep.Problems {
			told[p.Element] = true
		}
		if one.asked.All && (!told["Words"] || !told["Secret"]) {
			t.Errorf("told of %v", told)
		}
	}
}
