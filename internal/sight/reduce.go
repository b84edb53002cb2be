package sight

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"adam/ent/migrate"
	"adam/internal/search"
	"adam/internal/store"
	"adam/internal/term"

	tables "entgo.io/ent/dialect/sql/schema"
)

// reducer takes out of a copy of the working store, a SQLite file, all that one viewer may not see. It knows the rows of
// the fixture and the foreign keys of the tables, and nothing of the rules under test.
type reducer struct {
	ctx context.Context
	db  *sql.Conn // one connection: its foreign keys are off
	w   *World
	v   Who
	all bool // withdrawn records stay
}

// Accounts are the tables that no client reads for a viewer. Package people shows some of their rows, to their person and
// to administrators, from the working store; package intake shows imports, and package overlap uses what decisions taught.
var Accounts = []string{"people", "grants", "passkeys", "logins", "invitations", "sessions", "tokens", "once_keys", "log_entries", "log_details", "seed_entries", "mails", "feeds", "seals", "import_entries", "import_parts", "imports", "import_mappings", "overlap_weights"}

// withoutAccounts takes out what the program keeps for itself.
func withoutAccounts(ctx context.Context, s *store.Store) error {
	for _, t := range Accounts {
		if _, err := s.DB.ExecContext(ctx, "PRAGMA foreign_keys = OFF; DELETE FROM "+t); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	_, err := s.DB.ExecContext(ctx, "DELETE FROM editions WHERE summary = ''")
	return err
}

// reduce leaves in a database what a viewer may see; with all, withdrawn records too.
func (w *World) reduce(ctx context.Context, s *store.Store, v Who, all bool) error {
	conn, err := s.DB.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	r := &reducer{ctx, conn, w, v, all}
	for _, step := range []func() error{r.free, r.rows, r.joins, r.values, r.references, r.check, r.keep} {
		if err := step(); err != nil {
			return fmt.Errorf("reduce for %s: %w", v, err)
		}
	}
	_, err = conn.ExecContext(ctx, "PRAGMA foreign_keys = ON")
	return err
}

func (r *reducer) keep() error { return r.do("COMMIT") }

func (r *reducer) do(query string, args ...any) error {
	if _, err := r.db.ExecContext(r.ctx, query, args...); err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	return nil
}

// texts reads a column of text.
func (r *reducer) texts(query string, args ...any) ([]string, error) {
	rows, err := r.db.QueryContext(r.ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// free takes away what keeps rows in the database.
func (r *reducer) free() error {
	triggers, err := r.texts("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'records_fts%'")
	if err != nil {
		return err
	}
	for _, t := range triggers {
		if err := r.do("DROP TRIGGER " + t); err != nil {
			return err
		}
	}
	if err := r.do("PRAGMA foreign_keys = OFF"); err != nil {
		return err
	}
	return r.do("BEGIN IMMEDIATE") // one change, kept once: thousands would each wait for the disk
}

// rows deletes the rows that the viewer may not see.
func (r *reducer) rows() error {
	for _, f := range r.w.Rows {
		if f.Seen.Has(r.v) || f.ID.Kind() == term.KindSeal { // a file is marked with the same secret on both sides; Secret shows where it gets out
			continue
		}
		if r.all && (r.w.gone[f.ID] || r.w.gone[f.Of]) {
			continue
		}
		if f.ID.Kind() == term.KindEdition { // whoever names its number is told that it is being made, and no more
			if err := r.do(fmt.Sprintf("UPDATE editions SET summary = '' WHERE id = %d", f.ID)); err != nil {
				return err
			}
			continue
		}
		if err := r.do(fmt.Sprintf(`DELETE FROM "%s" WHERE id = %d`, f.ID.Kind().Table(), f.ID)); err != nil {
			return err
		}
		if err := r.do(fmt.Sprintf(`DELETE FROM records WHERE id = %d`, f.ID)); err != nil {
			return err
		}
	}
	return nil
}

// joins deletes the rows of join tables that have lost an end.
func (r *reducer) joins() error {
	for _, t := range migrate.Tables {
		if len(t.PrimaryKey) < 2 {
			continue
		}
		for _, fk := range t.ForeignKeys {
			if err := r.do(fmt.Sprintf(`DELETE FROM "%s" WHERE "%s" NOT IN (SELECT id FROM "%s")`, t.Name, fk.Columns[0].Name, fk.RefTable.Name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reducer) values() error {
	for _, v := range r.w.values {
		if v.missed.Has(r.v) {
			if err := r.do(v.sql); err != nil {
				return err
			}
		}
	}
	return nil
}

// references empties optional references to what is gone. An edition says so by a mark, the working store does not.
func (r *reducer) references() error {
	for _, t := range migrate.Tables {
		for _, fk := range t.ForeignKeys {
			if !fk.Columns[0].Nullable || len(t.PrimaryKey) > 1 {
				continue
			}
			if err := r.reference(t, fk.Columns[0].Name, fk.RefTable.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// dangling is a reference to what is gone.
type dangling struct {
	row, target term.ID
	withheld    string
}

func (r *reducer) reference(t *tables.Table, column, to string) error {
	marks := slices.ContainsFunc(t.Columns, func(c *tables.Column) bool { return c.Name == "withheld" })
	list := `'[]'`
	if marks {
		list = "withheld"
	}
	rows, err := r.db.QueryContext(r.ctx, fmt.Sprintf(`SELECT id, "%[1]s", %[2]s FROM "%[3]s" WHERE "%[1]s" IS NOT NULL AND "%[1]s" NOT IN (SELECT id FROM "%[4]s")`, column, list, t.Name, to))
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []dangling
	for rows.Next() {
		var d dangling
		if err := rows.Scan(&d.row, &d.target, &d.withheld); err != nil {
			return err
		}
		all = append(all, d)
	}
	for _, d := range all {
		if err := r.empty(t.Name, column, marks, d); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *reducer) empty(table, column string, marks bool, d dangling) error {
	if err := r.do(fmt.Sprintf(`UPDATE "%s" SET "%s" = NULL WHERE id = %d`, table, column, d.row)); err != nil {
		return err
	}
	if column == "state_id" && d.target.Kind() == term.KindState {
		if err := r.unnamed(d); err != nil {
			return err
		}
	}
	if !marks || !Readers.Has(r.v) || r.w.gone[d.target] {
		return nil
	}
	var list []string
	if err := json.Unmarshal([]byte(d.withheld), &list); err != nil {
		return err
	}
	list = append(list, field(column))
	slices.Sort(list)
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return r.do(fmt.Sprintf(`UPDATE "%s" SET withheld = ? WHERE id = %d`, table, d.row), string(text))
}

// field is what the API calls the field of a reference.
func field(column string) string {
	words := strings.Split(strings.TrimSuffix(column, "_id"), "_")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

// unnamed takes the name of a State that is gone out of the search document of a record: it is found by that name.
func (r *reducer) unnamed(d dangling) error {
	name := ""
	for _, f := range r.w.Rows {
		if f.ID == d.target {
			name = "Land of " + f.Canary
		}
	}
	var key, title, names, body string
	err := r.db.QueryRowContext(r.ctx, fmt.Sprintf("SELECT key, title, names, body FROM records WHERE id = %d", d.row)).Scan(&key, &title, &names, &body)
	if err == sql.ErrNoRows {
		return nil // a chapter, which search does not read
	}
	if err != nil {
		return err
	}
	lines := slices.DeleteFunc(strings.Split(body, "\n"), func(l string) bool { return l == name })
	doc := search.NewDocument(key, title, strings.Split(names, "\n"), lines...)
	return r.do(fmt.Sprintf("UPDATE records SET body = ?, body_tokens = ? WHERE id = %d", d.row), strings.Join(lines, "\n"), doc[search.Body])
}

// check makes sure that nothing points at what is gone: the reduced database is one that could be.
func (r *reducer) check() error {
	broken, err := r.texts(`SELECT "table" || ' ' || rowid || ' points at a missing row of ' || parent FROM pragma_foreign_key_check`)
	if err == nil && len(broken) > 0 {
		err = fmt.Errorf("%d rows are broken: %s", len(broken), strings.Join(broken[:min(5, len(broken))], "; "))
	}
	return err
}
