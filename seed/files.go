package seed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
)

// Files is the whole data set as it stands in its files, every list in the order of its file.
type Files struct {
	States     []State
	Laws       []Law
	Policies   []Policy
	Mechanisms []Mechanism
	Actors     []Actor
	Activities []Activity

	Places      []Place
	Memberships []Membership
	Chapters    []Chapter
	Governments []Government
	Estimates   []Estimate
	Inclusion   []Inclusion
	Rates       []Rate
	RatesSource string // what rates.csv says of its origin
}

// Read decodes the thirteen files of a data set that is laid out like Shipped. A field that is unknown, missing or of
// another type is an error, never skipped or guessed. The error is a Problems, which lists everything that was found;
// it is nil exactly where Files is not. Read does not look at what the values mean: that is Validate.
func Read(fsys fs.FS) (*Files, error) {
	f := &Files{}
	var all Problems
	read := func(problems []Problem) { all = append(all, problems...) }
	read(decode(fsys, StatesFile, &f.States))
	read(decode(fsys, LawsFile, &f.Laws))
	read(decode(fsys, PoliciesFile, &f.Policies))
	read(decode(fsys, MechanismsFile, &f.Mechanisms))
	read(decode(fsys, ActorsFile, &f.Actors))
	read(decode(fsys, ActivitiesFile, &f.Activities))
	read(decode(fsys, PlacesFile, &f.Places))
	read(decode(fsys, GroupsFile, &f.Memberships))
	read(decode(fsys, ChaptersFile, &f.Chapters))
	read(decode(fsys, GovernmentsFile, &f.Governments))
	read(decode(fsys, EstimatesFile, &f.Estimates))
	read(decode(fsys, InclusionFile, &f.Inclusion))
	read(decodeRates(fsys, f))
	if len(all) > 0 {
		return nil, all
	}
	return f, nil
}

// decode fills a slice of records from one file.
func decode[T any](fsys fs.FS, file string, into *[]T) []Problem {
	data, p := load(fsys, file)
	if p != nil {
		return []Problem{*p}
	}
	records, p := parse(file, data)
	if p != nil {
		return []Problem{*p}
	}
	s := &shaper{file: file}
	for i, r := range records {
		s.record = recordName(r, i)
		s.value("", r, reflect.TypeFor[T]())
	}
	if len(s.problems) > 0 {
		return s.problems
	}
	if err := fill(records, into); err != nil {
		return []Problem{{File: file, Sentence: err.Error()}}
	}
	return nil
}

// fill converts records whose shape is known to be right.
func fill(records []any, into any) error {
	data, err := json.Marshal(records)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

func load(fsys fs.FS, file string) ([]byte, *Problem) {
	data, err := fs.ReadFile(fsys, locate(file))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Problem{File: file, Sentence: "the file is missing from the data set"}
	case err != nil:
		return nil, &Problem{File: file, Sentence: "the file cannot be read: " + err.Error()}
	}
	return data, nil
}

// recordName is how a problem calls a record: by its key, by what stands for one in our own files, else by its place.
func recordName(record any, i int) string {
	fields, _ := record.(map[string]any)
	text := func(name string) string { s, _ := fields[name].(string); return s }
	switch {
	case text("key") != "":
		return text("key")
	case text("group") != "" && text("code") != "":
		return text("group") + " " + text("code")
	case text("code") != "":
		return text("code")
	}
	return fmt.Sprintf("record %d", i+1)
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
