package seed

import (
	"encoding/json"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

var readOnce = sync.OnceValues(func() (*Files, error) { return Read(Shipped()) })

// shippedFiles gives the shipped data, which no test may change.
func shippedFiles(t *testing.T) *Files {
	t.Helper()
	f, err := readOnce()
	if err != nil {
		t.Fatalf("the shipped data cannot be read:\n%v", err)
	}
	return f
}

// copied gives the shipped data for a test to change.
func copied(t *testing.T) *Files {
	t.Helper()
	data, err := json.Marshal(shippedFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &Files{}
	if err := json.Unmarshal(data, f); err != nil {
		t.Fatal(err)
	}
	return f
}

// edited gives a data set with one of the shipped files, in which a text is replaced once, and the others empty.
func edited(t *testing.T, file, old, with string) fs.FS {
	t.Helper()
	all := fstest.MapFS{locate(RatesFile): {Data: []byte("# nowhere\ncurrency,year,per_usd\n")}}
	for _, name := range append(CatalogueFiles(), PlacesFile, GroupsFile, ChaptersFile, GovernmentsFile, EstimatesFile, InclusionFile) {
		all[locate(name)] = &fstest.MapFile{Data: []byte("[]\n")}
	}
	data, err := fs.ReadFile(Shipped(), locate(file))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s does not hold %q: the test has gone stale", file, old)
	}
	all[locate(file)] = &fstest.MapFile{Data: []byte(strings.Replace(string(data), old, with, 1))}
	return all
}

// one finds a record by its key, or by its code in our own files.
func one[T any](t *testing.T, list []T, name func(T) string, want string) *T {
	t.Helper()
	for i := range list {
		if name(list[i]) == want {
			return &list[i]
		}
	}
	t.Fatalf("the shipped data has no %q: the test has gone stale", want)
	return nil
}

func ptr[T any](v T) *T { return &v }
