package seed

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong in a file, with its place and a sentence that says what was expected instead.
type Problem struct {
	File     string // such as laws.yaml
	Record   string // the record's key; "record 3" where it has none; "" where the whole file is meant
	Field    string // a path such as amended_by[0].key; "" where the whole record is meant
	Sentence string
}

// String puts place and sentence into one line.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Record != "" {
		fmt.Fprintf(&b, ", %s", p.Record)
	}
	if p.Field != "" {
		fmt.Fprintf(&b, ", field %s", p.Field)
	}
	return b.String() + ": " + p.Sentence
}

// Problems is the error of Read: everything that is wrong, in the order of the files.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}
