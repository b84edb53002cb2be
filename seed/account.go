package seed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Leaf is one value of a file that holds no other: text, a number, true, false, null, or an empty list. An empty list
// is a leaf because it says something: that there is nothing to list.
type Leaf struct {
	File   string
	Record string // the record's key
	At     string // the place in the record: donors[1].amount
	Path   string // the same for every record: donors[].amount
	Value  string // as JSON: "AUD", 21000000, true, null, []
}

// Leaves lists every leaf of the six files of the desk research. It decodes them without the structs of this package,
// so that a field which those had forgotten would still be counted. Records and lists keep the order of the file;
// fields come in the order of their names.
func Leaves(fsys fs.FS) ([]Leaf, error) {
	var all []Leaf
	for _, file := range CatalogueFiles() {
		data, p := load(fsys, file)
		if p != nil {
			return nil, Problems{*p}
		}
		records, p := parse(file, data)
		if p != nil {
			return nil, Problems{*p}
		}
		all = append(all, flatten(file, records)...)
	}
	return all, nil
}

// Flatten lists the leaves of records that were rebuilt, to be compared with those of the file: a slice of this
// package's structs ([]Law, []Activity …) or of anything that encoding/json writes as a list of records.
func Flatten(file string, records any) ([]Leaf, error) {
	data, err := json.Marshal(records)
	if err != nil {
		return nil, fmt.Errorf("records for %s cannot be written as JSON: %w", file, err)
	}
	v, _, err := parseJSON(data)
	if err != nil {
		return nil, fmt.Errorf("records for %s cannot be read back: %w", file, err)
	}
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("records for %s are %s; expected a list of records", file, describe(v))
	}
	return flatten(file, list), nil
}

func flatten(file string, records []any) []Leaf {
	var all []Leaf
	for i, r := range records {
		w := walker{file: file, record: recordName(r, i)}
		w.walk("", "", r)
		all = append(all, w.leaves...)
	}
	return all
}

type walker struct {
	file, record string
	leaves       []Leaf
}

func (w *walker) walk(at, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range sortedKeys(v) {
			w.walk(join(at, name), join(path, name), v[name])
		}
		if len(v) == 0 {
			w.leaf(at, path, v)
		}
	case []any:
		for i, item := range v {
			w.walk(fmt.Sprintf("%s[%d]", at, i), path+"[]", item)
		}
		if len(v) == 0 {
			w.leaf(at+"[]", path+"[]", v)
		}
	default:
		w.leaf(at, path, v)
	}
}

func (w *walker) leaf(at, path string, v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // the value is read by people and compared with itself only
	_ = enc.Encode(v)        // v was read from JSON: it can be written as JSON
	w.leaves = append(w.leaves, Leaf{File: w.file, Record: w.record, At: at, Path: path, Value: strings.TrimSpace(b.String())})
}

// PathCount is how many leaves of a file share a path.
type PathCount struct {
	File   string
	Path   string
	Leaves int
}

// Count gives the number of leaves per file and path, in the order in which the paths first appear.
func Count(leaves []Leaf) []PathCount {
	var counts []PathCount
	at := map[[2]string]int{}
	for _, l := range leaves {
		id := [2]string{l.File, l.Path}
		i, met := at[id]
		if !met {
			i = len(counts)
			at[id] = i
			counts = append(counts, PathCount{File: l.File, Path: l.Path})
		}
		counts[i].Leaves++
	}
	return counts
}

// ordered are the lists of plain values whose order says something: articles as the law counts them. Every other list
// of plain values is a set; lists of groups of fields (sources, donors, amendments) keep their order.
var ordered = []string{"key_articles[]"}

// Diff compares two accounts and says in sentences which leaves one of them lacks, in the order of want and then of
// got. The order of records does not matter, nor that of the items of a set, such as countries or themes.
func Diff(want, got []Leaf) []string {
	count := map[Leaf]int{}
	for _, l := range got {
		count[comparableLeaf(l)]++
	}
	var out []string
	for _, l := range want {
		k := comparableLeaf(l)
		if count[k] == 0 {
			out = append(out, fmt.Sprintf("%s, %s: %s is %s in the file and was not rebuilt so", l.File, l.Record, l.At, l.Value))
			continue
		}
		count[k]--
	}
	for _, l := range got {
		k := comparableLeaf(l)
		if count[k] > 0 {
			count[k]--
			out = append(out, fmt.Sprintf("%s, %s: %s was rebuilt as %s, which the file does not say", l.File, l.Record, l.At, l.Value))
		}
	}
	return out
}

// comparableLeaf takes the position out of a leaf that is an item of a set.
func comparableLeaf(l Leaf) Leaf {
	if strings.HasSuffix(l.Path, "[]") && !slices.Contains(ordered, l.Path) {
		l.At = l.Path
	}
	return l
}
