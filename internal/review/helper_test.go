package review_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/internal/testdb"
)

// dump is everything that the store holds, a row a line.
func (w *world) dump() []string {
	w.t.Helper()
	var out bytes.Buffer
	ok(w.t, edition.Canonical(testdb.Context(w.t), w.st, &out))
	return strings.Split(out.String(), "\n")
}

// dumpBut is everything but the rows of some tables.
func (w *world) dumpBut(tables ...string) []string {
	w.t.Helper()
	return slices.DeleteFunc(w.dump(), func(line string) bool {
		return slices.ContainsFunc(tables, func(t string) bool { return strings.Contains(line, `"table":"`+t+`"`) })
	})
}

// differing are lines of one dump that the other does not have.
func differing(a, b []string) (out []string) {
	has := map[string]bool{}
	for _, line := range b {
		has[line] = true
	}
	for _, line := range a {
		if !has[line] {
			out = append(out, line)
		}
	}
	return out
}

// refused wants an error of a kind with a sentence that says something, and fields where some are given.
func refused(t testing.TB, err error, kind fault.Kind, words string, fields ...string) *fault.Error {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Kind != kind {
		t.Fatalf("the answer is %v; expected %s", err, kind)
	}
	if !strings.Contains(f.Sentence, words) {
		t.Errorf("the sentence does not say %q: %s", words, f.Sentence)
	}
	for _, field := range fields {
		if !slices.Contains(f.Fields, field) {
			t.Errorf("the fields are %v; expected %s among them: %s", f.Fields, field, f.Sentence)
		}
	}
	return f
}

// ok fails where there is an error.
func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%+v)", err, fault.As(err))
	}
}

// plain is a value as text, so that what pointers lead to is compared.
func plain(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	ok(t, err)
	return string(b)
}

// number is an identifier as the database writes it.
func number(id term.ID) string { return strconv.FormatInt(int64(id), 10) }

// program is a context in which the program acts.
func (w *world) program() context.Context { return testdb.Context(w.t) }
