package intake

import (
	"fmt"
	"slices"
	"strings"

	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/term"
)

// Report is what an import did with a file, or would do.
type Report struct {
	File       string
	Digest     string // SHA-256 of its bytes, as far as it was read
	Bytes      int64
	Version    string // of IATI, as the file says it
	Licence    string
	Publishers []string // the first of many
	Counts     term.IntakeCounts
	Problems   []term.IntakeProblem // the first of each sort
	NotHeld    map[string]int       // what the catalogue has no place for, by name
	Rules      string
	Import     term.ID // what was written; 0 of a plan, and where nothing was new

	told map[string]int // problems of this package by their sort
}

// The most that a report holds of what may be many.
const (
	mostPublishers = 20
	mostRefusals   = 100
)

func newReport(o Options) *Report {
	r := &Report{File: o.Name, NotHeld: map[string]int{}, Rules: o.Rules, told: map[string]int{}}
	if r.Rules == "" {
		r.Rules = "All activities of the file."
	}
	return r
}

// took adds what the reader found: its problems stand before those of this package.
func (r *Report) took(found *iati.Report, digest string) {
	r.Digest, r.Bytes, r.Version, r.Licence = digest, found.Bytes, found.Version, found.Licence
	var all []term.IntakeProblem
	for _, p := range found.Problems {
		all = append(all, term.IntakeProblem{Error: p.Severity == iati.Error, Sort: string(p.Sort), Line: p.Line, Element: p.Path, Activity: p.Activity, Value: p.Value, Sentence: p.Sentence})
	}
	r.Problems = append(all, r.Problems...)
	for name, n := range found.Kept {
		r.NotHeld[name] += n
	}
}

// refuse tells of an activity that cannot be taken in.
func (r *Report) refuse(a *iati.Activity, f *fault.Error) {
	r.Counts.Refused++
	r.problem(term.IntakeProblem{Error: true, Sort: "REFUSED", Line: a.Line, Element: "iati-activity/" + strings.Join(f.Fields, ""), Activity: term.Clip(a.Identifier), Sentence: f.Sentence})
}

func (r *Report) repeated(x *arrival) {
	r.Counts.Refused++
	r.problem(term.IntakeProblem{Error: true, Sort: "REFUSED", Line: x.line, Element: "iati-activity/iati-identifier", Activity: term.Clip(x.Identifier),
		Sentence: "An earlier activity of this file has the same identifier and the same reporter. Expected is each once; the first one was taken."})
}

func (r *Report) problem(p term.IntakeProblem) {
	if r.told[p.Sort]++; r.told[p.Sort] <= mostRefusals {
		r.Problems = append(r.Problems, p)
	}
}

// notHeld counts what was read and has no place in the catalogue.
func (r *Report) notHeld(a *iati.Activity) {
	for name, n := range map[string]int{
		"contact-info": len(a.Contacts), "planned-disbursement": len(a.PlannedDisbursement), "policy-marker": len(a.PolicyMarkers), "location": len(a.Locations),
		"default-aid-type": len(a.AidTypes), "tag": len(a.Tags), "document-link beyond the first 20": max(0, len(a.Documents)-mostDocuments),
	} {
		if n > 0 {
			r.left(name, n)
		}
	}
	for _, s := range a.Sectors {
		if s.Vocabulary != "1" {
			r.left("sector of vocabulary "+term.Clip(s.Vocabulary), 1)
		}
	}
	for _, t := range a.Transactions {
		if _, _, ok := iati.KindOf(t.Type); !ok {
			r.left("transaction of type "+term.Clip(t.Type), 1)
		}
	}
	for _, x := range a.Related {
		if x.Type != "1" {
			r.left("related-activity of type "+term.Clip(x.Type), 1)
		}
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

// uncounted is how many sums of an activity the catalogue does not count.
func uncounted(a *iati.Activity) (n int) {
	for _, t := range a.Transactions {
		if _, _, ok := iati.KindOf(t.Type); !ok {
			n++
		}
	}
	return n + len(a.Budgets) - len(a.CurrentBudgets()) + len(a.PlannedDisbursement)
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
