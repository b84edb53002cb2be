package intake

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/source"
	"adam/internal/exchange/table"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// sheet plans or applies a CSV file that an organisation has sent.
func sheet(t testing.TB, st *store.Store, content string, asked term.IntakeAsked, m *table.Mapping) (rep *Report, items []Item, err error) {
	t.Helper()
	if asked.Publisher == "" {
		asked.Publisher = "iom"
	}
	o := Options{Name: "list.csv", Now: noon, Each: func(i Item) { items = append(items, i) }}
	source := func() Source { return Table(strings.NewReader(content), int64(len(content)), asked, m) }
	planned, err := Plan(operator(t), st.Client, source(), o)
	if err != nil {
		return planned, nil, err
	}
	items = nil
	err = st.InTx(operator(t), func(ctx context.Context, tx *ent.Tx) (err error) {
		rep, err = Apply(ctx, tx, source(), o)
		return err
	})
	if err == nil && planned.Counts != rep.Counts {
		t.Errorf("planned %+v, applied %+v", planned.Counts, rep.Counts)
	}
	return rep, items, err
}

func taken(t testing.TB, st *store.Store, content string) (*Report, []Item) {
	t.Helper()
	rep, items, err := sheet(t, st, content, term.IntakeAsked{}, nil)
	must(t, err)
	return rep, items
}

const header = "Title,Country,Start,End,Donor,Implementing agency,Budget (USD),Theme,Type of assistance,Target group,Status,Website,Source,Remarks,Acronym,Description\n"

func TestARowOfASpreadsheetBecomesAnActivity(t *testing.T) {
	content := header + `Training of border police,"Lao PDR; ไทย; Atlantis",2010-05,2011,Australia,IOM,"1,000.50",SOM/TIP,Border management; juggling,Police,Completed,www.example.org/a,Annual report 2010,well done,TBP,They were trained` + "\n"
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		rep, items := taken(t, st, content)
		if len(items) != 1 || items[0].Outcome != term.IntakeCreated || items[0].Line != 2 || items[0].Identifier != "A2" || !slices.Equal(rep.Added, []string{"Australia"}) || rep.Counts.Matched != 1 || rep.Bytes != int64(len(content)) || rep.Format != "CSV" {
			t.Fatalf("%+v %+v", items, rep)
		}
		a := st.Client.Activity.Query().OnlyX(ctx)
		if a.Title != "Training of border police" || a.Key != "training-of-border-police" || a.StartOn != "2010-05" || a.EndOn != "2011" || a.Status != term.Closed || *a.Acronym != "TBP" || *a.Summary != "They were trained" ||
			a.Smuggling != term.Principal || a.Trafficking != term.Principal || !slices.Equal(a.AssistanceTypes, []term.AssistanceType{term.AssistBorderManagement}) || !slices.Equal(a.TargetAudiences, []term.Audience{"POLICE"}) ||
			a.Visibility != term.Restricted || *a.Provenance != "imported: spreadsheet" || !slices.Equal(a.Places, []string{"Atlantis"}) || !strings.Contains(*a.Note, "well done\nType of assistance: “juggling”") {
			t.Errorf("%+v", a)
		}
		var states []string
		for _, s := range a.QueryActivityStates().QueryState().AllX(ctx) {
			states = append(states, s.Code)
		}
		line := a.QueryFundings().OnlyX(ctx)
		sources := st.Client.Source.Query().Where(source.RecordID(a.ID)).Order(source.ByPosition()).AllX(ctx)
		if slices.Sort(states); !slices.Equal(states, []string{"LAO", "THA"}) || a.QueryParticipations().CountX(ctx) != 2 || *line.Kind != term.Budget || *line.Amount != 10_005_000 || line.Visibility != term.Restricted ||
			line.QueryProvider().OnlyX(ctx).Name != "Australia" || line.ReportedBy != term.ReportedByImplementer || len(sources) != 3 || sources[0].Kind != term.DeskResearch || sources[0].Title != "list.csv" {
			t.Errorf("%v, %+v, %v", states, line, sources)
		}
		told := fmt.Sprint(rep.Problems)
		if !strings.Contains(told, "Country") || !strings.Contains(told, "Atlantis") || !strings.Contains(told, "I2, Type of assistance") {
			t.Errorf("%s", told)
		}
		whole := rows(t, st)
		if again, _ := taken(t, st, content); again.Import != 0 || again.Counts.Same != 1 || rows(t, st) != whole {
			t.Errorf("imported again: %+v", again.Counts)
		}
		u := undone(t, st, rep.Import)
		if u.Withdrawn != 2 || st.Client.Activity.Query().ExistX(ctx) || st.Client.Actor.Query().Where(actor.Name("Australia")).ExistX(ctx) {
			t.Errorf("undone: %+v", u)
		}
		if back, _ := taken(t, st, content); back.Counts.Created != 1 || st.Client.Activity.Query().OnlyX(ctx).ID != a.ID {
			t.Errorf("imported after that: %+v", back.Counts)
		}
	})
}

// A cell that was corrected changes its record, and makes no second one: whatever the row is known by.
func TestACorrectedCellChangesItsRecord(t *testing.T) {
	const head = "Project no.,Title,Country,Start,Donor,Budget (USD)\n"
	for name, step := range map[string]struct {
		before, after    string
		created, changed int
	}{
		"a sum":                       {",One,Thailand,2010,Australia,5", ",One,Thailand,2010,Australia,6", 0, 1},
		"the State":                   {",One,Thailand,2010,Australia,5", ",One,Laos,2010,Australia,5", 0, 1},
		"the start":                   {",One,Thailand,2010,Australia,5", ",One,Thailand,2011,Australia,5", 0, 1},
		"the donor":                   {",One,Thailand,2010,Australia,5", ",One,Thailand,2010,Japan,5", 0, 1},
		"the State and the start":     {",One,Thailand,2010,Australia,5", ",One,Laos,2011,Australia,5", 1, 0},
		"the title of one with an id": {"T1,One,Thailand,2010,Australia,5", "T1,Two,Laos,2011,Japan,5", 0, 1},
		"one more of the same title":  {",One,Thailand,2010,Australia,5", ",One,Laos,2010,Australia,5\n,One,Thailand,2010,Australia,5", 1, 0},
		"one of several":              {",One,Thailand,2010,Australia,5\n,One,Laos,2010,Australia,5", ",One,Thailand,2011,Australia,5\n,One,Laos,2010,Australia,5", 0, 1},
		"one that could be several":   {",One,Thailand,2010,Australia,5\n,One,Laos,2010,Australia,5", ",One,Australia,2010,Australia,5", 1, 0},
		"the letters of the title":    {",One,Thailand,2010,Australia,5", ",ONE!,Thailand,2010,Australia,5", 0, 1},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			st := testdb.Store(t, "sqlite3")
			world(t, st)
			before := st.Client.Activity.Query().CountX(testdb.Context(t))
			taken(t, st, head+step.before+"\n")
			rep, _ := taken(t, st, head+step.after+"\n")
			if rep.Counts.Created != step.created || rep.Counts.Changed != step.changed {
				t.Errorf("%+v", rep.Counts)
			}
			n := st.Client.Activity.Query().CountX(testdb.Context(t))
			if want := before + strings.Count(step.before, "\n") + 1 + step.created; n != want {
				t.Errorf("%d activities, want %d", n, want)
			}
			if again, _ := taken(t, st, head+step.after+"\n"); again.Import != 0 {
				t.Errorf("imported once more: %+v", again.Counts)
			}
			if step.changed == 1 && step.created == 0 {
				undone(t, st, rep.Import)
				if back, _ := taken(t, st, head+step.before+"\n"); back.Import != 0 {
					t.Errorf("undone, it is not as it was before: %+v", back.Counts)
				}
			}
		})
	}
}

func TestTheSameActivityTwiceInASheetIsToldByItsRows(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	rep, _ := taken(t, st, "Title,Country,Start,Donor\nOne,Thailand,2010,Australia\nTwo,Laos,,\nOne,THA,2010,Australia\n")
	last := rep.Problems[len(rep.Problems)-1]
	if rep.Counts.Refused != 1 || rep.Counts.Created != 2 || last.Line != 4 || !strings.Contains(last.Sentence, "Row 2 is the same activity") {
		t.Errorf("%+v %+v", rep.Counts, last)
	}
}

// What was corrected here is never overwritten. What the sheet says nothing about is no difference.
func TestASpreadsheetDoesNotOverwriteWhatWasCorrectedHere(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		taken(t, st, "Title,Country,Start\nOne,Thailand,2010\n")
		a := st.Client.Activity.Query().OnlyX(ctx)
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.Activity.UpdateOneID(a.ID).SetSummary("Ours").SetStatus(term.Closed).SetStartOn("2009").Exec(ctx)
		}))
		rep, items := taken(t, st, "Title,Country,Start\nOne,Thailand,2010-05\n")
		if rep.Counts.Differs != 1 || len(items[0].Changes) != 1 || items[0].Changes[0].Field != "startOn" || st.Client.Activity.Query().OnlyX(ctx).StartOn != "2009" {
			t.Errorf("%+v %+v", rep.Counts, items)
		}
	})
}

// The owner's IATI file goes before a spreadsheet, which keeps what IATI has no place for.
func TestIATIOfTheOwnerTakesOverASpreadsheetsRecord(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.Actor.Create().SetKey("au").SetName("Australia").SetKind(term.DonorAgency).SetOrganisationIdentifier("AU-5").SetVisibility(term.Public).Exec(ctx)
		}))
		list := "Project id,Title,Country,Theme\nAU-5-7,One,Thailand,SOM\n"
		taken(t, st, list)
		iati := file(reported("AU-5", "AU-5-7", "As its owner says", ""))
		if rep := applied(t, st, "a.xml", iati); rep.Counts.Changed != 1 {
			t.Errorf("%+v", rep.Counts)
		}
		if a := st.Client.Activity.Query().OnlyX(ctx); a.Title != "As its owner says" || a.Smuggling != term.Principal || a.Visibility != term.Restricted {
			t.Errorf("%+v", a)
		}
		if rep, _ := taken(t, st, list); rep.Counts.Secondary+rep.Counts.Same != 1 {
			t.Errorf("the sheet again: %+v", rep.Counts)
		}
		if rep := applied(t, st, "a.xml", iati); rep.Counts.Same != 1 {
			t.Errorf("IATI again: %+v", rep.Counts)
		}
	})
}

func TestWhatColumnsMeanIsRememberedOnceItWasApplied(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		list := "What,Where\nOne,Thailand\n"
		_, _, err := sheet(t, st, list, term.IntakeAsked{}, nil)
		if f := fault.As(err); f == nil || !strings.Contains(f.Sentence, "No column is known to be the title") {
			t.Fatalf("%v", err)
		}
		book, err := table.Open(strings.NewReader(list), int64(len(list)), table.Options{})
		must(t, err)
		h, err := book.Header("")
		must(t, err)
		m := table.Guess(h)
		m.Columns[0].Field, m.Columns[1].Field = table.Title, table.State
		rep, _, err := sheet(t, st, list, term.IntakeAsked{}, &m)
		must(t, err)
		if rep.Counts.Created != 1 || !reflect.DeepEqual(rep.Mappings, []table.Mapping{m}) {
			t.Errorf("%+v", rep)
		}
		if rep, _ := taken(t, st, "Where,What\nLaos,Two\n"); rep.Counts.Created != 1 || st.Client.Activity.Query().Where(activity.Title("Two")).CountX(testdb.Context(t)) != 1 {
			t.Errorf("%+v", rep)
		}
		if _, _, err = sheet(t, st, header+"One\n", term.IntakeAsked{}, &m); fault.As(err) == nil {
			t.Errorf("a mapping of other headers gives %v", err)
		}
	})
}

func TestWhatIsAskedOfASpreadsheetIsLookedAt(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	for says, asked := range map[string]term.IntakeAsked{
		"Nobody is said to have sent":       {Publisher: " "},
		"The catalogue has no organisation": {Publisher: "Nobody"},
		"no sort of source":                 {Source: "RUMOUR"},
		"does not say who may see":          {Visibility: "ALL"},
		"There is no sheet":                 {Sheet: "Two"},
	} {
		if _, _, err := sheet(t, st, header+"One\n", asked, nil); fault.As(err) == nil || !strings.Contains(fault.As(err).Sentence, says) {
			t.Errorf("%+v gives %v", asked, err)
		}
	}
	if rep, _, err := sheet(t, st, header+"One\n", term.IntakeAsked{Publisher: "IOM", Visibility: term.Members, Source: term.DonorQuestionnaire}, nil); err != nil || rep.Counts.Created != 1 || st.Client.Activity.Query().OnlyX(testdb.Context(t)).Visibility != term.Members {
		t.Errorf("%v", err)
	}
}

func TestStatesAreKnownByTheirNamesInTheLanguagesOfTheRegion(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	shipped(t, st)
	in := &taking{ctx: operator(t), c: st.Client}
	p, err := in.knowPlaces()
	must(t, err)
	for name, want := range map[string]string{"THA": "THA", "th": "THA", "ประเทศไทย": "THA", "Thailand": "THA", "ไทย": "THA", "Kingdom of Thailand": "THA", "Lao PDR": "LAO", "Lao People's Democratic Republic": "LAO", "Viet Nam": "VNM", "Việt Nam": "VNM",
		"Burma": "MMR", "Myanmar (Burma)": "MMR", "پاکستان": "PAK", "中国": "CHN", "Timor-Leste": "TLS", "the Philippines": "PHL", "Atlantis": "", "Regional": "", "": "", "%": ""} {
		if got, _ := p.find(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	if _, is := p.find("South-East Asia"); !is {
		t.Error("South-East Asia is not the region")
	}
}
