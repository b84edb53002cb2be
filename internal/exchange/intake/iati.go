package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"

	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/term"
)

// IATI is a file of activities of the International Aid Transparency Initiative.
func IATI(r io.Reader) Source { return ofIATI{r} }

type ofIATI struct{ r io.Reader }

func (src ofIATI) read(in *taking) (*found, error) {
	digest := sha256.New()
	in.bytes, in.kind = &counter{}, term.FormatIATI
	rep, err := iati.Read(io.TeeReader(src.r, io.MultiWriter(digest, in.bytes)), iati.Options{Name: in.o.Name, Licence: in.o.Licence}, in.eachIATI)
	f := &found{bytes: rep.Bytes, digest: hex.EncodeToString(digest.Sum(nil)), format: strings.TrimSpace("IATI " + term.Clip(rep.Version)), licence: rep.Licence, notHeld: rep.Kept}
	for _, p := range rep.Problems {
		f.problems = append(f.problems, term.IntakeProblem{Error: p.Severity == iati.Error, Sort: string(p.Sort), Line: p.Line, Element: p.Path, Activity: p.Activity, Value: p.Value, Sentence: p.Sentence})
	}
	return f, err
}

// eachIATI takes one activity of the file.
func (in *taking) eachIATI(a *iati.Activity) error {
	if err := in.ctx.Err(); err != nil {
		return err
	}
	in.rep.Counts.Read++
	in.licence = a.Licence
	x := &arrival{line: a.Line, at: "iati-activity/iati-identifier"}
	if in.o.Field != nil {
		m := in.o.Field.Match(a)
		if !m.Belongs {
			in.rep.Counts.Outside++
			return nil
		}
		x.why = m.Why()
	}
	d, err := drafted(a, in.hasState)
	if f := fault.As(err); f != nil {
		in.rep.refuse(a.Line, "iati-activity/"+strings.Join(f.Fields, ""), a.Identifier, f.Sentence)
		return nil
	}
	x.Draft = d
	in.rep.notHeld(a)
	in.rep.Counts.LinesLeft += uncounted(a)
	return in.take(x)
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

// uncounted is how many sums of an activity the catalogue does not count.
func uncounted(a *iati.Activity) (n int) {
	for _, t := range a.Transactions {
		if _, _, ok := iati.KindOf(t.Type); !ok {
			n++
		}
	}
	return n + len(a.Budgets) - len(a.CurrentBudgets()) + len(a.PlannedDisbursement)
}
