package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

var (
	consoles = regexp.MustCompile("(?s)```console\n(.*?)```")
	mark     = "@@@ "
)

// What the tutorials print is what happens, on both databases.
func TestTutorialPeople(t *testing.T)       { everywhere(t, "tutorial-people.md") }
func TestTutorialVerification(t *testing.T) { everywhere(t, "tutorial-verification.md") }

// everywhere follows a document of docs once on each database.
func everywhere(t *testing.T, name string) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) {
			follow(t, filepath.Join("..", "..", "docs", name), testdb.Address(t, d))
		})
	}
}

// atMost is how long a tutorial may take: one that waits for what never comes fails by its name.
const atMost = 5 * time.Minute

// follow types the commands of a document into one shell, beside a server of its own, and compares the answers.
func follow(t *testing.T, path, db string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir, addr := t.TempDir(), freeAddress(t)
	env := append(os.Environ(), "ADAM_DB="+db, "ADAM_EDITIONS="+filepath.Join(dir, "editions"), "ADAM_ADDR="+addr, "ADAM_BASE_URL=http://localhost:8080")
	serveBeside(t, dir, addr, env)
	var script strings.Builder
	commands := 0
	for _, block := range consoles.FindAllSubmatch(text, -1) {
		for line := range strings.Lines(string(block[1])) {
			if command, typed := strings.CutPrefix(line, "$ "); typed {
				commands++
				fmt.Fprintf(&script, "echo '%s'\n%s", mark, strings.ReplaceAll(command, "localhost:8080", addr))
			}
		}
	}
	if commands < 10 {
		t.Fatalf("%s has %d commands", path, commands)
	}
	ctx, stop := context.WithTimeout(t.Context(), atMost)
	defer stop()
	shell := exec.CommandContext(ctx, "bash")
	shell.Dir, shell.Env, shell.Stdin = dir, env, strings.NewReader(script.String())
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	compare(t, path, text, strings.Split(string(out), mark+"\n")[1:])
}

// serveBeside starts the server of a tutorial and ends it with the test.
func serveBeside(t *testing.T, dir, addr string, env []string) {
	t.Helper()
	server := exec.Command("adam", "serve")
	var said bytes.Buffer
	server.Dir, server.Env, server.Stdout, server.Stderr = dir, env, &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
		if t.Failed() {
			t.Logf("the server said\n%s", said.String())
		}
	})
	answers(t, addr)
}

// answers waits until a server is ready.
func answers(t *testing.T, addr string) {
	t.Helper()
	for range 1800 { // the machine may be busy
		if r, err := http.Get("http://" + addr + "/readyz"); err == nil {
			_ = r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the server does not answer")
}

// compare puts the answers into the document, with -update, or tells where it says something else.
func compare(t *testing.T, path string, text []byte, answers []string) {
	t.Helper()
	next := 0
	written := consoles.ReplaceAllFunc(text, func(block []byte) []byte {
		var b strings.Builder
		b.WriteString("```console\n")
		for line := range strings.Lines(string(consoles.FindSubmatch(block)[1])) {
			if strings.HasPrefix(line, "$ ") {
				b.WriteString(line)
				b.WriteString(answers[next])
				next++
			}
		}
		return []byte(b.String() + "```")
	})
	if *update {
		if err := os.WriteFile(path, written, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if bytes.Equal(written, text) {
		return
	}
	got, want := strings.Split(string(written), "\n"), strings.Split(string(text), "\n")
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("line %d of %s says\n%s\nand the answer is\n%s", i+1, path, want[i], got[i])
			return
		}
	}
	t.Errorf("%s has %d lines and the answers make %d", path, len(want), len(got))
}
