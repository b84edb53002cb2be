package edition

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"adam/ent/migrate"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// value writes one column of a row for comparison; "gone" where the row is not there.
func value(row map[string]any, column string) string {
	if row == nil {
		return "gone"
	}
	if row[column] == nil {
		return "null"
	}
	if list, ok := row[column].([]any); ok {
		b, _ := json.Marshal(list)
		return string(b)
	}
	return fmt.Sprint(row[column])
}

func TestEachAudienceGetsWhatItMaySee(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		f := newFixture(t, st)
		files := cutBoth(t, st, t.TempDir(), announced(t, st, "First"))
		for _, c := range []struct {
			says            string
			id              term.ID
			column          string
			public, members string
		}{
			{"a restricted record is in neither", f.hidden, "name", "gone", "gone"},
			{"a members' record is for members", f.members, "name", "gone", "Hushpublic Bureau"},
			{"a withdrawn record is in neither", f.withdrawn, "name", "gone", "gone"},
			{"a record of a hidden State falls with it", f.lawHidden, "title", "gone", "gone"},
			{"a chapter falls with its State", f.chapterHidden, "title", "gone", "gone"},
			{"the regional chapter has no State and stays", f.chapterRegion, "title", "Region", "Region"},

			{"a hidden parent is null", f.open, "parent_id", "null", "null"},
			{"and marked", f.open, "withheld", `["parent"]`, `["parent"]`},
			{"a parent for members is theirs", f.orphan, "parent_id", "null", fmt.Sprint(int64(f.members))},
			{"a withdrawn successor is null without a mark", f.orphan, "successor_id", "null", "null"},
			{"only the hidden parent is marked", f.orphan, "withheld", `["parent"]`, `[]`},
			{"a law that a hidden one replaced", f.lawUnread, "replaced_by_id", "null", "null"},

			{"the seat of a shelter is shown to nobody", f.safe, "seat", "null", "null"},
			{"but that there is one", f.safe, "withheld", `["seat"]`, `["seat"]`},

			{"readings are for members at first", f.lawUnread, "criminalises_trafficking", "WITHHELD", "YES"},
			{"not examined is not told apart from withheld", f.lawUnread, "criminalises_smuggling", "WITHHELD", "NOT_EXAMINED"},
			{"all withheld fields are named", f.lawUnread, "withheld", `["criminalisesSmuggling","criminalisesTrafficking","elements","replacedBy"]`, `["replacedBy"]`},
			{"one chapter's release does not release another's", f.lawHalf, "criminalises_trafficking", "WITHHELD", "PARTLY"},
			{"released readings are public", f.lawRead, "criminalises_trafficking", "PARTLY", "PARTLY"},
			{"a law of a withdrawn State is withdrawn with it", f.lawGone, "title", "gone", "gone"},
			{"and nothing is marked, not even what fell with a withdrawn State", f.lawRead, "withheld", `[]`, `[]`},
			{"so it is with policies", f.policy, "comprehensive_smuggling", "WITHHELD", "COMPREHENSIVE"},
			{"and their marks", f.policy, "withheld", `["comprehensiveSmuggling","comprehensiveTrafficking","leadActor"]`, `["leadActor"]`},

			{"a State's silence is for members", f.chapterOpen, "status", "UNDER_REVIEW", "CLOSED_UNVERIFIED"},
			{"who typed it in is nobody's business", f.open, "created_by", "", ""},
			{"nor who changed it", f.open, "updated_by", "", ""},

			{"a line of money has its own visibility", f.moneyMembers, "note", "gone", "hushpublic-money"},
			{"a restricted line is in neither", f.moneyHidden, "note", "gone", "gone"},
			{"a line only for a hidden activity falls", f.moneyOfHidden, "note", "gone", "gone"},
			{"a package stays with what is visible of it", f.moneyPackage, "note", "Package", "Package"},
			{"hidden ends of money are marked", f.money, "withheld", `["provider","upstream"]`, `["provider","upstream"]`},
			{"visible ends stay", f.money, "receiver_id", fmt.Sprint(int64(f.open)), fmt.Sprint(int64(f.open))},

			{"a pair needs both activities", f.pairHidden, "reason", "gone", "gone"},
			{"which members may have", f.pairMembers, "reason", "gone", "hushpublic-pair"},
			{"a pair of public ones is public", f.pairOpen, "reason", "Same venue", "Same venue"},
			{"how likely it is rests on what members see", f.pairOpen, "score", "", ""},
			{"and so does how much it matters", f.pairOpen, "rank", "0", "0"},
			{"overlapping assistance is between its parties", f.pairUnsettled, "reason", "gone", "gone"},

			{"a need keeps its hidden authority", f.need, "withheld", `["authority"]`, `["authority"]`},
			{"a restricted need is in neither", f.needHidden, "title", "gone", "gone"},
		} {
			for a, want := range map[access.Audience]string{access.Public: c.public, access.Members: c.members} {
				if got := value(row(t, files[a], c.id), c.column); got != want {
					t.Errorf("%s: %s of %s for %s is %s, want %s", c.says, c.column, c.id, a, got, want)
				}
			}
		}
		for _, c := range []struct {
			table           string
			public, members int
		}{
			{"contacts", 1, 3}, {"sources", 1, 2}, {"other_names", 0, 0}, {"lead_authorities", 0, 0}, {"seed_entries", 0, 0},
			{"provisions", 1, 3}, {"penalties", 0, 0}, {"amendments", 1, 1}, {"mechanism_members", 1, 1}, {"relations", 1, 1},
			{"activity_states", 1, 1}, {"participations", 1, 1}, {"external_identifiers", 1, 1}, {"allocations", 1, 1},
			{"activity_fundings", 2, 3}, {"activity_overlaps", 2, 4}, {"chapter_actors", 2, 2}, {"chapter_laws", 4, 4},
			{"memberships", 0, 0}, {"treaty_actions", 0, 0}, {"questionnaires", 1, 1}, {"responses", 0, 2}, {"review_cycles", 1, 2},
			{"records", 15, 18},
		} {
			for a, want := range map[access.Audience]int{access.Public: c.public, access.Members: c.members} {
				if got := strings.Count(canonical(t, files[a]), fmt.Sprintf(`"table":%q}`, c.table)); got != want {
					t.Errorf("%s: %d rows for %s, want %d", c.table, got, a, want)
				}
			}
		}
	})
}

// Institutions speak in an edition; which account of theirs wrote a row is in no file.
func TestNoEditionNamesAnAccount(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		newFixture(t, st)
		for a, file := range cutBoth(t, st, t.TempDir(), announced(t, st, "First")) {
			seen := 0
			for _, table := range migrate.Tables {
				if i := at(table, "person"); i < 0 || !table.Columns[i].Type.Integer() {
					continue
				}
				var rows, named int
				must(t, file.DB.QueryRowContext(testdb.Context(t), "SELECT count(*), count(CASE WHEN person <> 0 THEN 1 END) FROM "+table.Name).Scan(&rows, &named))
				if seen += rows; named > 0 {
					t.Errorf("%d rows of %s in the file for %s name an account", named, table.Name, a)
				}
			}
			if seen < 2 {
				t.Errorf("the file for %s has %d rows that could name an account: the test proves nothing", a, seen)
			}
		}
	})
}

// history reads the entries of a record in an edition: action and the changed fields of each.
func historyOf(t *testing.T, file *store.Store, record term.ID) string {
	t.Helper()
	rows, err := file.DB.QueryContext(testdb.Context(t), "SELECT version, action, changes FROM history_entries WHERE record_id = ? ORDER BY version", record)
	must(t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var version int
		var action, raw string
		must(t, rows.Scan(&version, &action, &raw))
		var changes []term.Change
		must(t, json.Unmarshal([]byte(raw), &changes))
		entry := fmt.Sprint(version, action)
		for _, c := range changes {
			entry += " " + c.Field
		}
		out = append(out, entry)
	}
	must(t, rows.Err())
	return strings.Join(out, ", ")
}

func TestHistoryShowsNothingOfAHiddenPast(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		f := newFixture(t, st)
		files := cutBoth(t, st, t.TempDir(), announced(t, st, "First"))
		for _, c := range []struct {
			says            string
			id              term.ID
			public, members string
		}{
			{"before it was public there was nothing, and publishing shows no old value", f.past, "3UPDATED mandate", "3UPDATED mandate"},
			{"the time of a withdrawal is dark", f.leaked, "1CREATED, 5UPDATED acronym", "1CREATED, 5UPDATED acronym"},
			{"a seat that is withheld is withheld in history too", f.safe, "1CREATED, 2UPDATED acronym", "1CREATED, 2UPDATED acronym"},
			{"so is a reading", f.lawUnread, "1CREATED, 2UPDATED number", "1CREATED, 2UPDATED number criminalisesTrafficking"},
			{"and the identifier of a hidden record", f.open, "1CREATED, 2UPDATED acronym, 3UPDATED, 4UPDATED seat", "1CREATED, 2UPDATED acronym, 3UPDATED, 4UPDATED seat"},
			{"a hidden chapter is not named, others are", f.orphan, "1CREATED, 2UPDATED chapters, 3UPDATED", "1CREATED, 2UPDATED chapters, 3UPDATED"},
		} {
			for a, want := range map[access.Audience]string{access.Public: c.public, access.Members: c.members} {
				if got := historyOf(t, files[a], c.id); got != want {
					t.Errorf("%s: history for %s is %q, want %q", c.says, a, got, want)
				}
			}
		}
	})
}

func TestARecordIsNotFoundByTheNameOfAHiddenState(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		f := newFixture(t, st)
		before := value(row(t, st, f.located), "id")
		files := cutBoth(t, st, t.TempDir(), announced(t, st, "First"))
		if before == "gone" || strings.Contains(canonical(t, st), "harbour watch | hushpublic") {
			t.Fatal("a search document names a State that not everybody may know")
		}
		documents := map[access.Audience][2]string{}
		for a, file := range files {
			var d [2]string
			must(t, file.DB.QueryRowContext(testdb.Context(t), "SELECT body, body_tokens FROM records WHERE id = ?", f.located).Scan(&d[0], &d[1]))
			documents[a] = d
		}
		for a, d := range documents {
			if want := [2]string{"Harbour watch", "harbour watch"}; d != want {
				t.Errorf("for %s the document is %q", a, d)
			}
		}
		for _, file := range files {
			var found int
			must(t, file.DB.QueryRowContext(testdb.Context(t), "SELECT count(*) FROM records_fts WHERE records_fts MATCH 'harbour'").Scan(&found))
			if found != 1 {
				t.Errorf("the index finds %d records of the harbour", found)
			}
		}
	})
}

func TestNamesAreTakenOutOfDocumentsWhereTheyStandAlone(t *testing.T) {
	name := anchorText{"Viet Nam", "viet nam + vietnam"}
	for _, c := range [][4]string{
		{"Police\nViet Nam", "police | viet nam + vietnam", "Police", "police"},
		{"Viet Nam", "viet nam + vietnam", "", ""},
		{"Viet Nam police", "viet nam police + vietnam", "Viet Nam police", "viet nam police + vietnam"},
		{"Police\nViet Nam", "police", "Police", ""},
	} {
		body, tokens := without(c[0], c[1], name)
		if body != c[2] || tokens != c[3] {
			t.Errorf("%q, %q became %q, %q", c[0], c[1], body, tokens)
		}
	}
}

// The strongest form of rule 3: a store without what an audience may not see gives the same file, byte for byte.
func TestWhatIsHiddenChangesNoByteOfAnEdition(t *testing.T) {
	st := shipped(t, "sqlite3")
	number, folder := announced(t, st, "First"), t.TempDir()
	cutBoth(t, st, folder, number)
	public, members := bytesOf(t, folder+"/0001-public.sqlite"), bytesOf(t, folder+"/0001-members.sqlite")
	addHidden(t, st, term.Restricted)
	cutBoth(t, st, folder, number)
	if string(bytesOf(t, folder+"/0001-public.sqlite")) != string(public) || string(bytesOf(t, folder+"/0001-members.sqlite")) != string(members) {
		t.Error("restricted rows changed an edition")
	}
	addHidden(t, st, term.Members)
	cutBoth(t, st, folder, number)
	if string(bytesOf(t, folder+"/0001-public.sqlite")) != string(public) {
		t.Error("members' rows changed the public edition")
	}
	if string(bytesOf(t, folder+"/0001-members.sqlite")) == string(members) {
		t.Error("members' rows did not reach the members' edition")
	}
}
