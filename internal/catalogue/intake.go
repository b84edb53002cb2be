package catalogue

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"
)

// intake reads one input and collects everything that is wrong with it, so that a person mends it in one go.
type intake struct {
	ctx   context.Context
	c     *ent.Client
	now   row // the record as it stands; none for a new one
	wrong []problem
	names map[term.ID]named // of what rows point at
	fault error             // of the database: then nothing else counts
}

type problem struct{ path, sentence string }

func newIntake(ctx context.Context, c *ent.Client, now row) *intake {
	return &intake{ctx: ctx, c: c, now: now, names: map[term.ID]named{}}
}

// fail notes a problem at a path of the input.
func (in *intake) fail(path, format string, args ...any) {
	in.wrong = append(in.wrong, problem{path, fmt.Sprintf(format, args...)})
}

// broken notes that the database failed.
func (in *intake) broken(err error) {
	if in.fault == nil {
		in.fault = err
	}
}

// told is how many problems a sentence tells; the fields name all of them.
const told = 3

// err is what is wrong, as one error; nil where nothing is.
func (in *intake) err() error {
	if in.fault != nil {
		return in.fault
	}
	if len(in.wrong) == 0 {
		return nil
	}
	var sentences, paths []string
	for _, p := range in.wrong {
		if len(sentences) < told {
			sentences = append(sentences, p.sentence)
		}
		paths = append(paths, p.path)
	}
	if more := len(in.wrong) - told; more > 0 {
		sentences = append(sentences, fmt.Sprintf("And %d more: see the fields.", more))
	}
	return fault.New(fault.Invalid, "%s", strings.Join(sentences, " ")).At(paths...)
}

// normal takes the door's types off an input and refuses names that the table does not know.
func (in *intake) normal(path string, input any, fields []field, more ...string) map[string]any {
	out, ok := plain(input).(map[string]any)
	if !ok {
		in.fail(path, "Write an object with named fields here.")
	}
	for name := range out {
		if !slices.Contains(more, name) && !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			in.fail(path+"."+name, "%q cannot be written here.", term.Clip(name))
		}
	}
	return out
}

// columns reads the given fields of an input as values of columns. In a new row also those that are needed must be there.
func (in *intake) columns(path string, input map[string]any, fields []field, fresh bool) map[string]any {
	out := map[string]any{}
	for i := range fields {
		f := &fields[i]
		if f.part != nil || f.edge {
			continue
		}
		v, given := input[f.name]
		switch {
		case given:
			maps.Copy(out, f.value(in, path+"."+f.name, v))
		case fresh && f.must && f.unknown == nil:
			in.fail(path+"."+f.name, "Give the %s.", f.name)
		}
	}
	return out
}

// at is the path of a field of the input.
func (in *intake) at(name string) string { return below(in.ctx) + "." + name }

// itemPath is the path of an item of a list.
func itemPath(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
