package migrate_test

import (
	"database/sql"
	"strings"
	"testing"

	"adam/ent/migrate"

	"entgo.io/ent/dialect"
)

// A need that was written down before needs were records becomes one, and keeps what it said.
func TestNeedsOfAnOlderDatabaseBecomeRecords(t *testing.T) {
	const added = 5
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		steps, err := migrate.Steps(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if s.Version == added {
				exec(t, db, oldState(t, db, d), `INSERT INTO needs (id, visibility, title, theme, assistance_type, priority, status, withheld, created_at, state_id)
					VALUES (77, 'RESTRICTED', 'Training for Prosecutors', 'SMUGGLING', 'TRAINING', 'HIGH', 'OPEN', '[]', '2026-01-01T00:00:00Z', 1)`)
			}
			if _, err := migrate.Apply(t.Context(), db, d, s); err != nil {
				t.Fatal(err)
			}
		}
		got := lines(t, db, `SELECT n.key || ' ' || n.version || ' ' || n.visibility || ' ' || n.smuggling || ' ' || n.trafficking || ' ' || n.title || ' ' || n.updated_at
			|| ' ' || r.kind || ' ' || r.key || ' ' || r.title_tokens FROM needs n JOIN records r ON r.id = n.id`)
		const want = "need-77 1 RESTRICTED PRINCIPAL NOT_TARGETED Training for Prosecutors 2026-01-01T00:00:00Z NEED need-77 training for prosecutors"
		if strings.Join(got, "\n") != want {
			t.Errorf("the need became %q, not %q", got, want)
		}
	})
}

// oldState writes a State with whatever columns the table has, for the need to point at.
func oldState(t *testing.T, db *sql.DB, d string) string {
	t.Helper()
	query := "SELECT name || ' ' || type FROM pragma_table_info('states') WHERE \"notnull\" = 1 AND dflt_value IS NULL ORDER BY name"
	if d == dialect.Postgres {
		query = "SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = 'states' AND is_nullable = 'NO' AND column_default IS NULL AND table_schema = current_schema() ORDER BY 1"
	}
	var columns, values []string
	for _, l := range lines(t, db, query) {
		name, kind, _ := strings.Cut(strings.ToLower(l), " ")
		value := "'x'"
		switch {
		case kind == "bigint" || kind == "integer":
			value = "1"
		case strings.HasPrefix(kind, "bool"):
			value = "false"
		case strings.HasPrefix(kind, "json"):
			value = "'[]'"
		}
		columns, values = append(columns, name), append(values, value)
	}
	return "INSERT INTO states (" + strings.Join(columns, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
}
