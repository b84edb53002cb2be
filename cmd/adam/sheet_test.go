package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

// typed runs a command line in a folder and gives what it says.
func typed(t *testing.T, folder string, want int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	args = append(args, "--db", filepath.Join(folder, "adam.db"), "--editions", filepath.Join(folder, "editions"))
	if got := run(t.Context(), args, &out, &out); got != want {
		t.Fatalf("adam %s: exit %d, want %d: %s", strings.Join(args, " "), got, want, &out)
	}
	return out.String()
}

// underReview puts the chapter of Thailand of a database under review.
func underReview(t *testing.T, path string) {
	t.Helper()
	ctx := access.With(t.Context(), access.Operator("Test"))
	st, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	desk := &review.Desk{People: people.New(st, time.Now), BaseURL: "http://localhost", Now: time.Now}
	err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		id, err := desk.Open(ctx, tx, review.Opening{Chapter: "THA"})
		if err != nil {
			return err
		}
		return tx.ReviewCycle.UpdateOneID(id).SetStatus(term.UnderReview).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// decide writes decisions into rows of a spreadsheet.
func decide(t *testing.T, path string, rows map[int]string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for row, words := range rows {
		cell, _ := excelize.CoordinatesToCellName(11, row)
		if err := f.SetCellStr("Records", cell, words); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

func TestASpreadsheetIsExportedAndImported(t *testing.T) {
	dir := t.TempDir()
	for _, command := range []string{"migrate", "seed", "release"} {
		typed(t, dir, exitDone, command)
	}
	typed(t, dir, exitDone, "user", "add", "--email", "focal@example.org", "--role", "focal-point", "--chapter", "THA")
	typed(t, dir, exitDone, "user", "add", "--email", "other@example.org", "--role", "focal-point", "--chapter", "VNM")
	typed(t, dir, exitDone, "user", "add", "--email", "member@example.org", "--role", "member")
	underReview(t, filepath.Join(dir, "adam.db"))
	file := filepath.Join(dir, "tha.xlsx")
	typed(t, dir, exitDone, "export", "xlsx", "--chapter", "tha", "--email", "focal@example.org", "-o", file)
	decide(t, file, map[int]string{2: "Right", 3: "Not sure, later", 4: "Perhaps"})
	says := func(want int, words string, args ...string) {
		t.Helper()
		if out := typed(t, dir, want, args...); !strings.Contains(out, words) {
			t.Errorf("adam %s: %q is missing in %s", strings.Join(args, " "), words, out)
		}
	}
	for _, who := range []string{"other@example.org", "member@example.org"} {
		says(exitFail, "FORBIDDEN", "import", "xlsx", file, "--email", who)
		says(exitFail, "FORBIDDEN", "export", "xlsx", "--chapter", "THA", "--email", who, "-o", filepath.Join(dir, "no.xlsx"))
	}
	says(exitDone, "Nothing is written. 2 answers would be; 0 stood already, 0 changed meanwhile, 1 not understood", "import", "xlsx", file, "--email", "focal@example.org", "--dry-run")
	says(exitDone, "Records!K4  not understood", "import", "xlsx", file, "--email", "focal@example.org", "--dry-run")
	says(exitDone, "2 answers written as sheets_", "import", "xlsx", file, "--email", "focal@example.org")
	says(exitDone, "Nothing was to be written; 2 stood already", "import", "xlsx", file, "--email", "focal@example.org")
	says(exitFail, "NOT_FOUND", "import", "xlsx", filepath.Join(dir, "none.xlsx"), "--email", "focal@example.org")
	if err := os.WriteFile(file, []byte("no spreadsheet"), 0o600); err != nil {
		t.Fatal(err)
	}
	says(exitFail, "not a spreadsheet", "import", "xlsx", file, "--email", "focal@example.org")
}
