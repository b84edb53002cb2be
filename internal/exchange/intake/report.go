package intake

import (
	"fmt"
	"slices"
	"strings"

	"adam/internal/exchange/table"
	"adam/internal/term"
)

// Report is what an import did with a file, or would do.
type Report struct {
	File       string
	Digest     string // SHA-256 of its bytes, as far as it was read
	Bytes      int64
	Format     string // such as IATI 2.03, as the file says it
	Licence    string
	Publishers []string // the first of many
	Counts     term.IntakeCounts
	Problems   []term.IntakeProblem // the first of each sort
	NotHeld    map[string]int       // what the catalogue has no place for, by name
	Rules      string
	Mappings   []table.Mapping // of a spreadsheet: what its columns were taken for, sheet by sheet
	Added      []string        // the first of the organisations that are new
	Import     term.ID         // what was written; 0 of a plan, and where nothing was new

	told map[string]int // problems of this package by their sort
}

// The most that a report holds of what may be many.
const (
	mostPublishers = 20
	mostRefusals   = 100
	mostAdded      = 100
)

func newReport(o Options) *Report {
	r := &Report{File: o.Name, NotHeld: map[string]int{}, Rules: o.Rules, told: map[string]int{}}
	if r.Rules == "" {
		r.Rules = Whole
	}
	return r
}

// took adds what the reader found: its problems stand before those of this package.
func (r *Report) took(f *found) {
	r.Digest, r.Bytes, r.Format, r.Licence = f.digest, f.bytes, f.format, f.licence
	r.Mappings, r.Problems = f.mappings, append(f.problems, r.Problems...)
	for name, n := range f.notHeld {
		r.NotHeld[name] += n
	}
}

// refuse tells of an activity that cannot be taken in, at the element or cell where it fails.
func (r *Report) refuse(line int, element, identifier, sentence string) {
	r.Counts.Refused++
	r.problem(term.IntakeProblem{Error: true, Sort: "REFUSED", Line: line, Element: element, Activity: term.Clip(identifier), Sentence: sentence})
}

func (r *Report) problem(p term.IntakeProblem) {
	if r.told[p.Sort]++; r.told[p.Sort] <= mostRefusals {
		r.Problems = append(r.Problems, p)
	}
}

// mostNotHeld is how many names of what has no place are told apart: strangers may make up any number.
const mostNotHeld = 500

// left counts what has no place under its name, or under one for all others.
func (r *Report) left(name string, n int) {
	if _, known := r.NotHeld[name]; !known && len(r.NotHeld) >= mostNotHeld {
		name = "others"
	}
	r.NotHeld[name] += n
}

func (r *Report) publisher(o Org) {
	name := strings.TrimSpace(o.Name + " " + o.Ref)
	if len(r.Publishers) < mostPublishers && !slices.Contains(r.Publishers, name) {
		r.Publishers = append(r.Publishers, name)
	}
}

// count counts what became of an activity.
func (r *Report) count(x *arrival) {
	c := &r.Counts
	switch x.outcome {
	case term.IntakeCreated:
		c.Created++
	case term.IntakeChanged:
		c.Changed++
	case term.IntakeDiffers:
		c.Differs++
	case term.IntakeSecondary:
		c.Secondary++
	default:
		c.Same++
	}
	if x.outcome == term.IntakeCreated || x.outcome == term.IntakeChanged {
		c.Lines += len(x.Lines)
	}
}

// logged is the sentence of the log.
func (r *Report) logged() string {
	return fmt.Sprintf("The file %s was imported: %d activities were added, %d changed, %d left as they are here; %d organisations were added.",
		term.Clip(r.File), r.Counts.Created, r.Counts.Changed, r.Counts.Differs, r.Counts.Actors)
}
