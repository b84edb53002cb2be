package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"adam/internal/edition"
	"adam/internal/store"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// everything is every row of a database.
func everything(t *testing.T, db string) string {
	t.Helper()
	st, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var all bytes.Buffer
	if err := edition.Canonical(testdb.Context(t), st, &all); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// kill -9 in the middle of an import leaves nothing of it, and the file can be imported after that.
func TestAnImportThatIsKilledHasLeftNothing(t *testing.T) {
	const activities = 1000
	var file strings.Builder
	file.WriteString(`<iati-activities version="2.03">`)
	for i := range activities {
		fmt.Fprintf(&file, `<iati-activity default-currency="USD"><iati-identifier>XM-1-%d</iati-identifier><reporting-org ref="XM-1" type="40"><narrative>One</narrative></reporting-org><title><narrative>Activity %d</narrative></title>
			<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">%d</value></transaction></iati-activity>`, i, i, i+1)
	}
	file.WriteString(`</iati-activities>`)
	path := filepath.Join(t.TempDir(), "many.xml")
	if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) {
			db := testdb.Address(t, d)
			if said, code := adam(t, "migrate", "--db", db); code != 0 {
				t.Fatal(said)
			}
			before := everything(t, db)
			for _, after := range []int{1, activities / 2, activities} { // lines that tell of an activity that was written
				killedAfter(t, after, "import", "iati", "--all", "--db", db, path)
				if everything(t, db) != before {
					t.Fatalf("killed after %d activities, something is left", after)
				}
			}
			said, code := adam(t, "import", "iati", "--all", "--db", db, path)
			if code != 0 || !strings.Contains(said, fmt.Sprintf("%d were added", activities)) {
				t.Errorf("imported after that it says %s", said[max(0, len(said)-600):])
			}
			_, id, _ := strings.Cut(said, "adam import undo ")
			id, _, _ = strings.Cut(id, " ")
			if said, code := adam(t, "import", "undo", "--db", db, id); code != 0 || !strings.HasPrefix(said, fmt.Sprintf("%d records were withdrawn", activities+1)) { // with the organisation
				t.Errorf("undone it says %s", said)
			}
			if said, code := adam(t, "audit", "verify", "--db", db); code != 0 {
				t.Errorf("the log: %s", said)
			}
		})
	}
}

// killedAfter starts the program and kills it as soon as it has said so many lines.
func killedAfter(t *testing.T, lines int, args ...string) {
	t.Helper()
	p := exec.Command("adam", args...)
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for n := 0; n < lines && said.Scan(); {
		if strings.HasPrefix(said.Text(), "created\t") {
			n++
		}
	}
	_ = p.Process.Kill()
	if err := p.Wait(); err == nil {
		t.Errorf("the import was over before it was killed after %d lines", lines)
	}
}
