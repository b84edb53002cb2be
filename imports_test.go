// Package adam_test checks what holds for the program as a whole: who may import whom, and a few promises of its files.
package adam_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pkg is a package of the module as `go list` tells it, with paths below the module: internal/term; "" is the root.
type pkg struct {
	path    string
	imports []string // of its own files, tests apart
	tests   []string // of its tests
	deps    []string // all that it is built of
}

const module = "adam"

// packages lists the packages of the module under the given build tags.
func packages(t *testing.T, flags ...string) []pkg {
	t.Helper()
	args := append([]string{"list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports,Deps"}, flags...)
	cmd := exec.Command("go", append(args, "./...")...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath                               string
			Imports, TestImports, XTestImports, Deps []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, pkg{below(p.ImportPath), p.Imports, slices.Concat(p.TestImports, p.XTestImports), p.Deps})
	}
	if len(all) < 20 {
		t.Fatalf("go list found %d packages", len(all))
	}
	return all
}

// below takes the module off an import path.
func below(path string) string {
	if path == module {
		return ""
	}
	return strings.TrimPrefix(path, module+"/")
}

func ours(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// standard tells a package of the standard library: its first element has no dot, and it is none of ours.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && !ours(path)
}

// in says whether a path is one of the folders or lies in one.
func in(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return path == f || strings.HasPrefix(path, f+"/") })
}

// named finds a package that must be there.
func named(t *testing.T, all []pkg, path string) pkg {
	t.Helper()
	i := slices.IndexFunc(all, func(p pkg) bool { return p.path == path })
	if i < 0 {
		t.Fatalf("there is no package %s: the test has gone stale", path)
	}
	return all[i]
}

func TestTheImportRulesHold(t *testing.T) {
	all := packages(t)
	t.Run("term, fault and access rest on the standard library", func(t *testing.T) {
		for path, may := range map[string][]string{"internal/fault": nil, "internal/term": {"internal/fault"}, "internal/access": {"internal/term"}} {
			for _, i := range named(t, all, path).imports {
				if !standard(i) && !slices.Contains(may, below(i)) {
					t.Errorf("%s imports %s; beside the standard library it may import %q only", path, i, may)
				}
			}
		}
	})
	t.Run("ent/schema does not need what is generated from it", func(t *testing.T) {
		for _, i := range named(t, all, "ent/schema").imports {
			if ours(i) && !slices.Contains([]string{"ent/rule", "internal/term", "internal/access"}, below(i)) {
				t.Errorf("ent/schema imports %s; of ours it may import ent/rule, internal/term and internal/access only", i)
			}
		}
		for _, d := range named(t, packages(t, "-tags", "codegen"), "ent/schema").deps {
			if below(d) == "ent" {
				t.Error("while code is generated (tag codegen) ent/schema needs package ent: generation could not start from nothing")
			}
		}
	})
	t.Run("ent, internal and seed stand below graph, server and cmd", func(t *testing.T) {
		for _, p := range all {
			for _, d := range p.deps {
				if in(p.path, "ent", "internal", "seed") && ours(d) && in(below(d), "graph", "server", "cmd") {
					t.Errorf("%s needs %s, which stands above it", p.path, d)
				}
			}
		}
	})
	t.Run("graph does not know server", func(t *testing.T) {
		for _, p := range all {
			for _, d := range p.deps {
				if in(p.path, "graph") && ours(d) && in(below(d), "server") {
					t.Errorf("%s needs %s; the server serves the graph, not the other way round", p.path, d)
				}
			}
		}
	})
	t.Run("nobody imports cmd", func(t *testing.T) {
		for _, p := range all {
			for _, d := range slices.Concat(p.deps, p.tests) {
				if !in(p.path, "cmd") && ours(d) && in(below(d), "cmd") {
					t.Errorf("%s needs %s; what others need belongs into a package of the domain", p.path, d)
				}
			}
		}
	})
	t.Run("domain packages do not import each other", func(t *testing.T) {
		for _, p := range all {
			for _, i := range p.imports {
				if ours(i) && !mayImport(p.path, below(i)) {
					t.Errorf("%s imports %s; the packages of the domain stand side by side", p.path, i)
				}
			}
		}
	})
	t.Run("databases for tests are for tests", func(t *testing.T) {
		for _, p := range all {
			if slices.Contains(p.imports, module+"/internal/testdb") && p.path != "ent/migrate/diff" && p.path != "internal/sight" {
				t.Errorf("%s imports internal/testdb; only tests, internal/sight and ent/migrate/diff may", p.path)
			}
			if slices.Contains(p.imports, module+"/internal/sight") {
				t.Errorf("%s imports internal/sight; only tests may", p.path)
			}
		}
	})
}

// everyone may import these; beside them, the few exceptions between packages of the domain.
var (
	everyone   = []string{"term", "fault", "access", "store", "audit"}
	exceptions = map[string][]string{"exchange": {"overlap"}, "funding": {"edition"}, "review": {"catalogue", "edition", "mail", "people"}, "mail": {"people"}, "catalogue": {"mail"},
		"corpus": {"search"}, "sight": {"edition", "people", "search", "testdb"}} // for tests: it puts a whole database together
)

// mayImport says whether one package below internal may import another; of other packages it says nothing.
func mayImport(from, to string) bool {
	from, isInternal := strings.CutPrefix(from, "internal/")
	to, ofInternal := strings.CutPrefix(to, "internal/")
	if !isInternal || !ofInternal {
		return true
	}
	from, _, _ = strings.Cut(from, "/")
	to, _, _ = strings.Cut(to, "/")
	return from == to || slices.Contains(everyone, to) || slices.Contains(exceptions[from], to)
}

func TestTheRuleForDomainPackagesSeesWhatItShould(t *testing.T) {
	for _, test := range []struct {
		from, to string
		may      bool
	}{
		{"internal/review", "internal/term", true}, {"internal/review", "internal/edition", true}, {"internal/edition", "internal/store", true},
		{"internal/edition", "internal/review", false}, {"internal/exchange/iati", "internal/overlap", true}, {"internal/exchange/iati", "internal/exchange", true},
		{"internal/overlap", "internal/exchange", false}, {"internal/search", "internal/gap", false}, {"internal/gap", "ent", true}, {"internal/mail", "internal/people", true}, {"internal/people", "internal/mail", false}, {"graph", "internal/gap", true},
	} {
		if mayImport(test.from, test.to) != test.may {
			t.Errorf("%s may import %s: %v", test.from, test.to, !test.may)
		}
	}
}

// source is a Go file of the module.
type source struct {
	path      string // with slashes, from the root
	text      []byte
	generated bool
}

// generated marks files that no hand writes. gqlgen's resolvers say "Code generated" too, but are written by hand.
var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || len(d.Name()) > 1 && d.Name()[0] == '.'):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		text, err := os.ReadFile(path)
		head, _, _ := bytes.Cut(text, []byte("\npackage "))
		all = append(all, source{filepath.ToSlash(path), text, generated.Match(head)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var unfinished = regexp.MustCompile(`panic\((fmt\.Errorf\()?"not implemented`)

const longest = 400 // lines of a file; architecture.md aims below 300

func TestThePromisesOfTheFilesHold(t *testing.T) {
	all := sources(t)
	t.Run("one place sets the client of a context", func(t *testing.T) {
		for _, f := range all {
			if f.generated || f.path == "internal/edition/context.go" {
				continue
			}
			for _, at := range newContexts(t, f) {
				t.Errorf("%s calls ent.NewContext; only internal/edition/context.go may, which sets the audience with it", at)
			}
		}
	})
	t.Run("everything is implemented", func(t *testing.T) {
		for _, f := range all {
			for i, line := range bytes.Split(f.text, []byte("\n")) {
				if !f.generated && unfinished.Match(line) {
					t.Errorf("%s:%d panics: not implemented", f.path, i+1)
				}
			}
		}
	})
	t.Run("a file fits on a few screens", func(t *testing.T) {
		for _, f := range all {
			if n := bytes.Count(f.text, []byte("\n")); n > longest && !f.generated && !strings.HasSuffix(f.path, "_test.go") {
				t.Errorf("%s has %d lines; the most is %d: a file is about one thing", f.path, n, longest)
			}
		}
	})
}

// newContexts finds the calls of NewContext of package ent, under whatever name the file imports it.
func newContexts(t *testing.T, f source) (at []string) {
	t.Helper()
	if !bytes.Contains(f.text, []byte("NewContext")) {
		return nil
	}
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, f.path, f.text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	name := ""
	for _, i := range tree.Imports {
		if i.Path.Value == fmt.Sprintf("%q", module+"/ent") {
			if name = "ent"; i.Name != nil {
				name = i.Name.Name
			}
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "NewContext" {
			if x, ok := s.X.(*ast.Ident); ok && name != "" && x.Name == name {
				at = append(at, files.Position(s.Pos()).String())
			}
		}
		return true
	})
	return at
}

func TestACallOfNewContextIsSeen(t *testing.T) {
	for text, want := range map[string]int{
		"package x\nimport \"adam/ent\"\nvar _ = ent.NewContext(nil, nil)\n":                        1,
		"package x\nimport db \"adam/ent\"\nvar f = db.NewContext\n":                                1,
		"package x\nimport \"adam/ent\"\nvar _ = ent.NewTxContext(nil, nil)\n":                      0,
		"package x\nimport ent \"elsewhere/ent\"\nvar _ = ent.NewContext(nil, nil)\n":               0,
		"package x\nimport \"adam/ent\"\n// ent.NewContext is not called here.\nvar _ ent.Client\n": 0,
	} {
		if at := newContexts(t, source{path: "x.go", text: []byte(text)}); len(at) != want {
			t.Errorf("%d calls are seen in\n%s", len(at), text)
		}
	}
}
