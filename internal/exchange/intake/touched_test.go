package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/migrate"
	"adam/ent/source"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// Everything that names an organisation is known to the undoing of an import: what people made of it since stays.
func TestNothingThatNamesAnOrganisationIsForgotten(t *testing.T) {
	own := []string{"activities", "actors", "fundings", "participations", // asked for what is not withdrawn
		"chapter_actors", "contacts", "other_names"} // of the organisation itself
	for _, table := range migrate.Tables {
		for _, key := range table.ForeignKeys {
			if key.RefTable.Name != term.KindActor.Table() || slices.Contains(own, table.Name) {
				continue
			}
			if !slices.Contains(holders, [2]string{table.Name, key.Columns[0].Name}) {
				t.Errorf("%s.%s names organisations, and undoing does not look there", table.Name, key.Columns[0].Name)
			}
		}
	}
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		rep := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "One", whole)))
		help := st.Client.Actor.Query().Where(actor.Name("Village Help")).OnlyX(ctx)
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.LeadAuthority.Create().SetStateID(term.HashID(term.KindState, "THA")).SetActorID(help.ID).SetTheme(term.Smuggling).Exec(ctx)
		}))
		if u := undone(t, st, rep.Import); !slices.Equal(u.Stayed, []string{"Village Help"}) || u.Withdrawn != 2 {
			t.Errorf("%+v", u)
		}
	})
}

// A dispute leaves the record's version as it is. While it is open, the record stays, and what the file says is noted; when
// it has ended, the next import brings it.
func TestADisputedRecordWaits(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		first := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "One", "")))
		id := recordID("AU-5-1")
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.Dispute.Create().SetRecordID(id).SetRecordVersion(1).SetVisibility(term.Public).SetAbout("title").SetStatement("It is called otherwise.").SetBy("Somebody").SetPerson(1).SetAt(term.Now()).Exec(ctx)
		}))
		next := file(reported("AU-5", "AU-5-1", "Two", ""))
		if rep := applied(t, st, "b.xml", next); rep.Counts.Differs != 1 || named(t, st, "AU-5-1").Title != "One" {
			t.Errorf("a disputed record: %+v", rep.Counts)
		}
		if u := undone(t, st, first.Import); !slices.Contains(u.Stayed, "One") || named(t, st, "AU-5-1").Withdrawn {
			t.Errorf("a disputed record is undone: %+v", u)
		}
		_, err := st.DB.ExecContext(ctx, "UPDATE disputes SET status = 'RETRACTED'")
		must(t, err)
		if rep := applied(t, st, "b.xml", next); rep.Counts.Changed != 1 || named(t, st, "AU-5-1").Title != "Two" {
			t.Errorf("after the dispute: %+v", rep.Counts)
		}
	})
}

// Undoing goes back to the publisher who had the record, also where the one has said more since.
func TestUndoingGoesBackToWhoHadTheRecord(t *testing.T) {
	second := file(strings.Replace(reported("UG-AIMS", "AU-5-1", "As another says", whole), `type="10"`, `type="10" secondary-reporter="1"`, 1))
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		applied(t, st, "a.xml", second)
		owner := applied(t, st, "b.xml", file(reported("AU-5", "AU-5-1", "As its owner says", whole)))
		applied(t, st, "c.xml", strings.Replace(second, "As another says", "As another says now", 1))
		must(t, st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error { // an organisation of the first file is called otherwise since
			return tx.Actor.UpdateOneID(tx.Actor.Query().Where(actor.Name("Village Help")).OnlyIDX(ctx)).SetName("Help for Villages").Exec(ctx)
		}))
		if u := undone(t, st, owner.Import); u.Restored != 1 || named(t, st, "AU-5-1").Title != "As another says" {
			t.Errorf("undone: %+v, %s", u, named(t, st, "AU-5-1").Title)
		}
	})
}

// Who only begins with the same letters does not own an activity; of two publishers in one file the owner is not refused.
func TestTheOwnerIsWhoseIdentifierItIs(t *testing.T) {
	other := reported("GB-GOV-1", "GB-GOV-13-X", "As another says", "")
	owner := reported("GB-GOV-13", "GB-GOV-13-X", "As its owner says", "")
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		rep := applied(t, st, "both.xml", file(other, owner))
		a := named(t, st, "GB-GOV-13-X")
		if rep.Counts.Refused != 0 || a.Title != "As its owner says" {
			t.Errorf("%+v, %s", rep.Counts, a.Title)
		}
		if n := st.Client.Source.Query().Where(source.RecordID(a.ID)).CountX(testdb.Context(t)); n != 2 {
			t.Errorf("%d sources", n)
		}
	})
}

// An activity that another one names as its own in another system is still one of its own.
func TestANameInAnotherSystemSwallowsNothing(t *testing.T) {
	below := reported("XM-9", "XM-9-1", "Below", `<other-identifier ref="GB-1-203" type="A1"/>
		<transaction><transaction-type code="1"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value><provider-org ref="GB-1" provider-activity-id="GB-1-203"/></transaction>`)
	above := reported("GB-1", "GB-1-203", "Above", `<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value></transaction>`)
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		if rep := applied(t, st, "a.xml", file(below, above)); rep.Counts.Created != 2 {
			t.Errorf("%+v", rep.Counts)
		}
		in := named(t, st, "XM-9-1").QueryFundings().WithUpstream().OnlyX(testdb.Context(t))
		if in.Edges.Upstream == nil {
			t.Error("the money of the two is not linked")
		}
	})
}

// A file that is changed brings its new documents, and the activity that it is a part of now.
func TestAChangedFileBringsItsDocumentsAndItsParent(t *testing.T) {
	child := func(parent, url string) string {
		return reported("AU-5", "AU-5-2", "Two", `<document-link url="`+url+`" format="application/pdf"/><related-activity ref="`+parent+`" type="1"/>`)
	}
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		one := reported("AU-5", "AU-5-1", "One", "")
		applied(t, st, "a.xml", file(one, child("AU-5-1", "https://example.org/a.pdf")))
		if a := named(t, st, "AU-5-2"); a.PartOfID == nil {
			t.Fatal("it is a part of nothing")
		}
		applied(t, st, "b.xml", file(one, child("AU-5-outside", "https://example.org/b.pdf")))
		if a := named(t, st, "AU-5-2"); a.PartOfID != nil {
			t.Error("it is still a part of the one before")
		}
		if n := st.Client.Source.Query().Where(source.RecordID(recordID("AU-5-2")), source.URLContains("example.org")).CountX(ctx); n != 2 {
			t.Errorf("%d documents", n)
		}
	})
}

// What a file has no place for is counted by its name, but not by any number of names.
func TestNamesOfWhatIsNotHeldAreBounded(t *testing.T) {
	r := newReport(Options{})
	for i := range 2 * mostNotHeld {
		r.left(fmt.Sprint("sector of vocabulary ", i), 1)
	}
	if len(r.NotHeld) != mostNotHeld+1 || r.NotHeld["others"] != mostNotHeld {
		t.Errorf("%d names, %d others", len(r.NotHeld), r.NotHeld["others"])
	}
}

// One page that is linked twice is one page.
func TestEqualDocumentsAreOne(t *testing.T) {
	link := `<document-link url="https://example.org/a.pdf" format="application/pdf"><category code="A01"/></document-link>`
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		rep := applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "One", link+link)))
		if n := st.Client.Source.Query().Where(source.RecordID(recordID("AU-5-1"))).CountX(testdb.Context(t)); rep.Counts.Created != 1 || n != 2 {
			t.Errorf("%+v, %d sources", rep.Counts, n)
		}
	})
}
