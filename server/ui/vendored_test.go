package ui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// What others wrote stands here as they published it, and pages name it by its hash.
func TestVendoredFilesAreAsPublished(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("vendored", "vendored.json"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]struct{ Version, License, Integrity string }{}
	if err := json.Unmarshal(text, &listed); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob("*.min.js")
	if err != nil || len(found) == 0 {
		t.Fatalf("no vendored script was found: %v", err)
	}
	for _, name := range found {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, ok := listed[name]
		if got := fileOf(name, "", content).Integrity; !ok || got != f.Integrity || f.Version == "" || f.License == "" {
			t.Errorf("%s has the hash %s; vendored.json lists %+v. Run go run ./server/ui/vendored -as-listed.", name, got, f)
		}
	}
	if Htmx.Integrity != listed["htmx.min.js"].Integrity {
		t.Error("pages name htmx by another hash")
	}
}
