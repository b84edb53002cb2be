package edition

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

func TestNoByteOfWhatIsHiddenIsInAnEdition(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		f := newFixture(t, st)
		if n := strings.Count(strings.ToLower(canonical(t, st)), "hush"); n < 60 {
			t.Fatalf("the working store holds %d canaries: the test has gone stale", n)
		}
		folder := t.TempDir()
		files := cutBoth(t, st, folder, announced(t, st, "First"))

		public := bytesOf(t, filepath.Join(folder, "0001-public.sqlite"))
		members := bytesOf(t, filepath.Join(folder, "0001-members.sqlite"))
		absent(t, "public", public, "hush", append(f.hiddenFromAll(), f.hiddenFromPublic()...))
		absent(t, "members", members, "hushall", f.hiddenFromAll())
		for a, word := range map[access.Audience]string{access.Public: "hush", access.Members: "hushall"} {
			noWord(t, files[a], word) // the index compresses words: bytes alone do not show them
		}
		for _, canary := range []string{"article", "paragraph", "silence", "pair", "money", "phone", "source", "ministry", "embassy", "@open.example"} {
			if !bytes.Contains(members, []byte("hushpublic"+canary)) && !bytes.Contains(members, []byte("hushpublic-"+canary)) {
				t.Errorf("members miss hushpublic-%s", canary)
			}
		}
		for _, shown := range []string{"Open Agency", "desk@open.example", "Yearbook", "article 7 of the Read Act", "Grant", "Package", "Same venue", "Interpreters", "XM-1"} {
			if !bytes.Contains(public, []byte(shown)) {
				t.Errorf("the public misses %q", shown)
			}
		}
	})
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}

// absent looks for a word and for identifiers, as text and as SQLite stores them, in the bytes of a file.
func absent(t *testing.T, name string, file []byte, word string, ids []term.ID) {
	t.Helper()
	if i := bytes.Index(bytes.ToLower(file), []byte(word)); i >= 0 {
		t.Errorf("%s: %q is in the file: …%q…", name, word, file[max(0, i-60):min(len(file), i+60)])
	}
	for _, id := range ids {
		if bytes.Contains(file, binary.BigEndian.AppendUint64(nil, uint64(id))) {
			t.Errorf("%s: the identifier %s is in the file", name, id)
		}
		if bytes.Contains(file, []byte(id.String())) {
			t.Errorf("%s: the identifier %s is in the file as text", name, id)
		}
	}
}

// noWord looks for words that begin with a canary in the index of an edition.
func noWord(t *testing.T, file *store.Store, word string) {
	t.Helper()
	rows, err := file.DB.QueryContext(testdb.Context(t), "SELECT term FROM records_vocabulary")
	must(t, err)
	defer rows.Close()
	n := 0
	for rows.Next() {
		var term string
		must(t, rows.Scan(&term))
		n++
		if strings.Contains(term, word) {
			t.Errorf("the index holds %q", term)
		}
	}
	if n == 0 {
		t.Error("the index is empty")
	}
	must(t, rows.Err())
}
