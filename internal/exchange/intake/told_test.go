package intake

import (
	"fmt"
	"strings"
	"testing"

	"adam/internal/term"
	"adam/internal/testdb"
)

// A person is told of all that an import changes.
func TestDocumentsIdentifiersAndTheParentAreToldAsDifferences(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "One", "")))
	link := `<document-link url="https://example.org/a.pdf" format="application/pdf"><category code="A01"/></document-link>`
	applied(t, st, "b.xml", file(reported("AU-5", "AU-5-1", "One", link+`<other-identifier ref="OTHER-1" type="A1"/><related-activity ref="AU-5-9" type="1"/>`)))
	told := map[string]string{}
	for _, e := range st.Client.IntakeEntry.Query().AllX(testdb.Context(t)) {
		for _, c := range e.Changes {
			told[c.Field] = text(c.To)
		}
	}
	for field, want := range map[string]string{"sources": "https://example.org/a.pdf", "externalIdentifiers": "AU-5-1; OTHER-1", "partOf": "AU-5-9"} {
		if told[field] != want {
			t.Errorf("%s is told as %q among %v", field, told[field], told)
		}
	}
}

// Of a record that stays, a document that it lacks is told; its own sources and a parent outside the catalogue are no difference.
func TestARecordThatStaysIsComparedWithWhatTheFileCouldBring(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	ctx, id := testdb.Context(t), recordID("AU-5-1")
	outside := `<related-activity ref="AU-5-9" type="1"/>`
	applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "One", outside)))
	must(t, st.Client.Source.Create().SetRecordID(id).SetKind(term.DeskResearch).SetTitle("Our own").SetURL("https://example.org/own").Exec(ctx))
	_, err := st.DB.ExecContext(ctx, "UPDATE activities SET verified_status = 'VERIFIED'")
	must(t, err)
	if rep := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "One", outside))); rep.Counts.Same != 1 {
		t.Errorf("the same file: %+v", rep.Counts)
	}
	for content, want := range map[string]string{report: "sources", `<related-activity ref="AU-5-2" type="1"/>`: "partOf"} {
		var items []Item
		applied(t, st, "b.xml", file(reported("AU-5", "AU-5-2", "Two", "")))
		_, err := Plan(operator(t), st.Client, IATI(strings.NewReader(file(reported("AU-5", "AU-5-1", "One", content)))), Options{Now: noon, Each: func(i Item) { items = append(items, i) }})
		must(t, err)
		if len(items[0].Changes) != 1 || items[0].Changes[0].Field != want {
			t.Errorf("%s is told as %+v", want, items[0].Changes)
		}
	}
}

const report = `<document-link url="https://example.org/a.pdf" format="application/pdf"><title><narrative>A</narrative></title><category code="A01"/></document-link>`

// While a large file is read it is told how much of it was read, up to its end.
func TestItIsToldHowFarTheReadingIs(t *testing.T) {
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	var all []string
	for i := range 2*step + 1 {
		all = append(all, reported("AU-5", fmt.Sprint("AU-5-", i), "One", ""))
	}
	content := file(all...)
	var told []Progress
	_, err := Plan(operator(t), st.Client, IATI(strings.NewReader(content)), Options{Now: noon, Tell: func(p Progress) { told = append(told, p) }})
	must(t, err)
	if len(told) != 3 || told[0].Read != step || told[0].Bytes <= 0 || told[0].Bytes > told[1].Bytes || told[2] != (Progress{len(all), int64(len(content))}) {
		t.Errorf("%+v of %d bytes", told, len(content))
	}
}
