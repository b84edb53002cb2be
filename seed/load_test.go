package seed

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"adam/ent"
	"adam/ent/migrate"
	"adam/internal/store"
	"adam/internal/testdb"
)

const shippedRecords = 527 + 68 // those of the six files and the places

// loaded loads a data set in one transaction.
func loaded(t testing.TB, s *store.Store, f *Files) Report {
	t.Helper()
	var report Report
	err := s.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) (err error) {
		report, err = Load(ctx, tx, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// contents is every row of every table, byte for byte, in an order of its own.
func contents(t *testing.T, s *store.Store) []string {
	t.Helper()
	var out []string
	for _, table := range migrate.Tables {
		rows, err := s.DB.QueryContext(testdb.Context(t), "SELECT * FROM \""+table.Name+"\"")
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			row := make([]any, len(columns))
			for i := range row {
				row[i] = new(any)
			}
			if err := rows.Scan(row...); err != nil {
				t.Fatal(err)
			}
			line := table.Name
			for i := range row {
				v := *row[i].(*any)
				if b, ok := v.([]byte); ok {
					v = string(b)
				}
				line += fmt.Sprintf("|%s=%#v", columns[i], v)
			}
			out = append(out, line)
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
		_ = rows.Close()
	}
	slices.Sort(out)
	return out
}

// sameBytes compares two contents and shows the first line in which they differ.
func sameBytes(t *testing.T, what string, before, after []string) {
	t.Helper()
	if slices.Equal(before, after) {
		return
	}
	for i := range min(len(before), len(after)) {
		if before[i] != after[i] {
			t.Errorf("%s: %d rows became %d; the first that differs was\n\t%s\nand is\n\t%s", what, len(before), len(after), before[i], after[i])
			return
		}
	}
	t.Errorf("%s: %d rows became %d", what, len(before), len(after))
}

func TestLoadingIsCompleteAndIdempotent(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		f := shippedFiles(t)
		if got := loaded(t, s, f); got != (Report{Created: shippedRecords}) {
			t.Errorf("first load: %+v, want %d created", got, shippedRecords)
		}
		before := contents(t, s)
		if got := loaded(t, s, f); got != (Report{Unchanged: shippedRecords}) {
			t.Errorf("second load: %+v, want %d unchanged", got, shippedRecords)
		}
		sameBytes(t, "loading the same again", before, contents(t, s))
	})
}

// The round trip: the six files are written back from the database, and every leaf of them is accounted for.
func TestEveryLeafComesBackFromTheDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		loaded(t, s, shippedFiles(t))
		want, got := leaves(t), rebuiltLeaves(t, s.Client)
		for i, d := range Diff(want, got) {
			if i == 40 {
				t.Fatal("and more")
			}
			t.Error(d)
		}
		if len(want) != 16223 || len(got) != len(want) {
			t.Errorf("%d leaves were rebuilt of %d; there are 16223", len(got), len(want))
		}
		t.Logf("%d leaves of %d accounted for", len(got), len(want))
	})
}
