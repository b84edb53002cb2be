package edition

import (
	"fmt"
	"strings"
	"testing"

	"adam/ent/law"
	"adam/ent/migrate"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// BenchmarkUnreleased finds a page of what is unreleased, and counts all of it, among a million laws of which some were
// changed since the edition.
func BenchmarkUnreleased(b *testing.B) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		st := shipped(b, d)
		million(b, st)
		announced(b, st, "First")
		ctx := access.With(Into(testdb.Context(b), st.Client, access.Working, 0), second)
		for _, changed := range []int{1_000, 20_000, 1_000_000} {
			_, err := st.DB.Exec(fmt.Sprintf(`UPDATE editions SET released_at = '%s'`, changedAt(1_000_000-changed)))
			must(b, err)
			b.Run(fmt.Sprintf("%s/%d changed", d, changed), func(b *testing.B) {
				for b.Loop() {
					u, err := Find(ctx, st.Client, st.Client, ReleasePage{First: some(25)})
					must(b, err)
					if n, err := u.TotalCount(); n < changed || err != nil || len(u.Edges) != 25 {
						b.Fatal(n, err)
					}
					_, err = u.Counts()
					must(b, err)
				}
			})
		}
	}
}

// changedAt is when the law of a number was changed.
func changedAt(n int) string {
	return fmt.Sprintf("2030-01-%02dT%02d:%02d:%02dZ", 1+n/86400, n/3600%24, n/60%60, n%60)
}

// million copies one law a million times, each with one change, a second after the one before.
func million(b *testing.B, st *store.Store) {
	b.Helper()
	one := st.Client.Law.Query().Order(law.ByID()).FirstX(testdb.Context(b)).ID
	numbers := "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
	columns := func(table string, instead map[string]string) (names, values string) {
		var a, v []string
		for _, t := range migrate.Tables {
			for _, c := range t.Columns {
				if t.Name != table {
					continue
				}
				value := `t."` + c.Name + `"`
				if instead[c.Name] != "" {
					value = instead[c.Name]
				}
				a, v = append(a, `"`+c.Name+`"`), append(v, value)
			}
		}
		return strings.Join(a, ", "), strings.Join(v, ", ")
	}
	if st.Dialect == dialect.SQLite {
		_, err := st.DB.Exec("DROP TRIGGER records_fts_insert") // searching is not measured here
		must(b, err)
	}
	at := "'2030-01-' || substr('0' || (1 + n.i / 86400), -2) || 'T' || substr('0' || (n.i / 3600 % 24), -2) || ':' || substr('0' || (n.i / 60 % 60), -2) || ':' || substr('0' || (n.i % 60), -2) || 'Z'"
	changes := `'[{"field":"title","from":"a","to":"b"},{"field":"visibility","from":"RESTRICTED","to":"PUBLIC"}]'`
	if st.Dialect == dialect.Postgres {
		at = "to_char(timestamp '2030-01-01' + n.i * interval '1 second', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
		changes += "::jsonb"
	}
	for _, c := range []struct {
		table   string
		instead map[string]string
	}{
		{"laws", map[string]string{"id": "t.id + n.i", "key": "'copy-' || n.i"}},
		{"records", map[string]string{"id": "t.id + n.i", "key": "'copy-' || n.i"}},
		{"history_entries", map[string]string{"id": "n.i", "record_id": "t.record_id + n.i", "version": "2", "action": "'UPDATED'", "at": at, "changes": changes, "source_id": "NULL"}},
	} {
		names, values := columns(c.table, c.instead)
		on := map[bool]string{true: "record_id", false: "id"}[c.table == "history_entries"]
		_, err := st.DB.Exec(fmt.Sprintf(`%s INSERT INTO %s (%s) SELECT %s FROM %s t, n WHERE t."%s" = %d`, numbers, c.table, names, values, c.table, on, one))
		must(b, err)
	}
	_, err := st.DB.Exec("ANALYZE")
	must(b, err)
}
