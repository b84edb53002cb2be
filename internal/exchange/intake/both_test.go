package intake

import (
	"strings"
	"testing"

	"adam/internal/store"
	"adam/internal/testdb"
)

// Of two publishers in one file the owner decides, wherever it stands: what the other one said is no trace in the links, the
// plan says what the import does, and undoing takes both back.
func TestTwoPublishersInOneFile(t *testing.T) {
	other := reported("GB-GOV-1", "GB-GOV-13-X", "As another says", `<related-activity ref="GB-GOV-13-P" type="1"/>`)
	owner := reported("GB-GOV-13", "GB-GOV-13-X", "As its owner says", "")
	parent := reported("GB-GOV-13", "GB-GOV-13-P", "Above", "")
	for name, content := range map[string]string{"the owner last": file(parent, other, owner), "the owner first": file(parent, owner, other)} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			testdb.Each(t, func(t *testing.T, st *store.Store) {
				world(t, st)
				plan, rep := planned(t, st, "both.xml", content), applied(t, st, "both.xml", content)
				if plan.Counts != rep.Counts {
					t.Errorf("planned %+v, applied %+v", plan.Counts, rep.Counts)
				}
				if a := named(t, st, "GB-GOV-13-X"); a.PartOfID != nil || a.Title != "As its owner says" {
					t.Errorf("%s is a part of %v", a.Title, a.PartOfID)
				}
				u := undone(t, st, rep.Import)
				if n := st.Client.Activity.Query().CountX(testdb.Context(t)); n != 0 || len(u.Stayed) != 0 {
					t.Errorf("undone, %d activities are there, and %v stayed", n, u.Stayed)
				}
				if again := applied(t, st, "both.xml", content); again.Counts.Refused != 0 || named(t, st, "GB-GOV-13-X").Title != "As its owner says" {
					t.Errorf("imported again: %+v", again.Counts)
				}
			})
		})
	}
}

// Two publishers that state no identifier are two by their names.
func TestPublishersWithoutAnIdentifierAreTwo(t *testing.T) {
	one := strings.Replace(reported("A", "X-1", "One", ""), `ref="A" `, "", 1)
	st := testdb.Store(t, "sqlite3")
	world(t, st)
	if rep := applied(t, st, "a.xml", file(one, strings.Replace(one, "Publisher A", "Publisher B", 1))); rep.Counts.Refused != 0 || rep.Counts.Secondary != 1 {
		t.Errorf("%+v", rep.Counts)
	}
}
