package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"adam/internal/edition"
	"adam/internal/testdb"
	"adam/server"

	"entgo.io/ent/dialect"
)

var update = flag.Bool("update", false, "write the answers in README.md anew")

// A query of the README with the answer that follows it.
var shown = regexp.MustCompile("(?s)```sh\ncurl -sG http://localhost:8080/graphql (.*?)\n```\n\n(?:<!-- answer: \\w+ -->\n|```json\n(.*?)\n```\n)")

var argument = regexp.MustCompile(`(?s)--data-urlencode '(\w+)=(.*?)'`)

// What the README says the API answers is what it answers.
func TestTheReadmeShowsRealAnswers(t *testing.T) {
	h := publicServer(t)
	path := filepath.Join("..", "..", "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	written := shown.ReplaceAllFunc(text, func(block []byte) []byte {
		found++
		m := shown.FindSubmatch(block)
		got := answerTo(t, h, m[1])
		if !*update && string(m[2]) != got {
			t.Errorf("README.md shows\n%s\nand the answer is\n%s", m[2], got)
		}
		head, _, _ := bytes.Cut(block, []byte("\n```\n\n"))
		return []byte(string(head) + "\n```\n\n```json\n" + got + "\n```\n")
	})
	if found < 4 {
		t.Errorf("README.md has %d queries with answers; four were expected", found)
	}
	if *update {
		if err := os.WriteFile(path, written, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// publicServer serves the first edition of the shipped data, as adam serve does.
func publicServer(t testing.TB) *httptest.Server {
	t.Helper()
	c := serveCmd{working: working{DB: testdb.Address(t, dialect.SQLite), Editions: t.TempDir()}, Addr: "localhost:0"}
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	st, err := c.ready(testdb.Context(t), logger)
	if err != nil {
		t.Fatal(err)
	}
	shelf := edition.NewShelf(c.Editions, st)
	if err := shelf.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	h, err := server.New(server.Config{Addr: "localhost:0", BaseURL: "http://localhost:8080"}, handlers(shelf, nil, nil, false, "http://localhost:8080"), logger).Handler()
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(func() { s.Close(); shelf.Close(); _ = st.Close() })
	return s
}

// answerTo sends what a curl command of the README sends.
func answerTo(t testing.TB, s *httptest.Server, command []byte) string {
	t.Helper()
	q := url.Values{}
	for _, a := range argument.FindAllSubmatch(command, -1) {
		q.Set(string(a[1]), string(a[2]))
	}
	r, err := s.Client().Get(s.URL + "/graphql?" + q.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", "  "); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return strings.TrimSpace(pretty.String())
}
