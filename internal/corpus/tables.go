package corpus

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/ent"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// sheaf is how many rows one statement writes: the widest table stays below the 32,766 parameters of SQLite.
const sheaf = 400

// tables writes rows by the sheaf. Going through ent's hooks would take an hour for a million activities; the package's
// test holds what is written here against what they write.
type tables struct {
	c    *ent.Client
	list []*table // what a row points at stands in a table before its own
}

// table is one that rows wait for.
type table struct {
	name    string
	columns []string
	rows    [][]any
	full    string // the statement for a whole sheaf
}

const (
	catalogued = "id key visibility smuggling trafficking topics verified_status verified_by verified_on verified_until provenance confidence sort_name withheld created_at updated_at created_by updated_by "
	inActors   = catalogued + "name acronym kind stated_roles state_id parent_id"
	inActivity = catalogued + "title acronym summary assistance_types target_audiences delivery_modes status regional places start_on end_on purpose_codes reporter_id part_of_id follows_id"
)

func newTables(c *ent.Client) *tables {
	t := &tables{c: c}
	for _, x := range [][2]string{
		{term.KindActor.Table(), inActors},
		{term.KindActivity.Table(), inActivity},
		{"records", "id kind key title names body key_tokens title_tokens names_tokens body_tokens"},
		{term.KindSource.Table(), "id record_id kind title publisher accessed_on"},
		{term.KindHistory.Table(), "id record_id version visibility at by action reason changes"},
		{term.KindVerification.Table(), "id record_id chapter_id cycle_id record_version status by verified_on verified_until"},
		{term.KindActivityState.Table(), "id activity_id state_id position percentage"},
		{term.KindParticipation.Table(), "id activity_id actor_id role position"},
		{term.KindExternalIdentifier.Table(), "id activity_id position value"},
		{"chapter_activities", "chapter_id activity_id"},
		{term.KindFunding.Table(), "id visibility position kind amount currency value_on reported_by provider_id receiver_id reporter_id upstream_id withheld"},
		{"activity_fundings", "activity_id funding_id"},
		{term.KindAllocation.Table(), "id funding_id state_id theme percentage"},
	} {
		t.list = append(t.list, &table{name: x[0], columns: strings.Fields(x[1])})
	}
	return t
}

// add puts a row into a table, in the order of its columns.
func (t *tables) add(name string, row ...any) {
	i := slices.IndexFunc(t.list, func(x *table) bool { return x.name == name })
	t.list[i].rows = append(t.list[i].rows, row)
}

// write writes whole sheaves, and with rest what is left too. What a row points at is written before: of each table
// nothing waits while a later one is written.
func (t *tables) write(ctx context.Context) error {
	for _, x := range t.list {
		for rows := range slices.Chunk(x.rows, sheaf) {
			query := x.full
			if query == "" || len(rows) < sheaf {
				query = x.insert(t.c.Dialect(), len(rows))
			}
			if len(rows) == sheaf {
				x.full = query
			}
			if _, err := t.c.ExecContext(ctx, query, slices.Concat(rows...)...); err != nil {
				return fmt.Errorf("write %s: %w", x.name, err)
			}
		}
		x.rows = x.rows[:0]
	}
	return nil
}

// insert is the statement for so many rows.
func (x *table) insert(d string, rows int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `INSERT INTO "%s" ("%s") VALUES `, x.name, strings.Join(x.columns, `", "`))
	for n := range rows * len(x.columns) {
		switch {
		case n == 0:
			b.WriteByte('(')
		case n%len(x.columns) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteByte('?')
		if d == dialect.Postgres {
			b.WriteString(strconv.Itoa(n + 1))
		}
	}
	query := b.String() + ")"
	if d == dialect.Postgres {
		query = strings.ReplaceAll(query, "?", "$")
	}
	return query
}
