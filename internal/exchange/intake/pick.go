package intake

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"adam/ent"
	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/term"
)

// What the rules of a field may hold.
const (
	mostSectors = 200
	mostWords   = 2000
	longSector  = 10  // letters of a code
	longPhrase  = 100 // letters
)

// Picked is what a person says of which activities of a file are taken. What is nil stays.
type Picked struct {
	All            *bool // take every activity
	Sectors, Words []string
	Need           *term.FieldNeed
}

// Picks are the rules by which activities of a file of IATI are taken, where not all are.
func Picks(f *ent.Intake) (rules term.FieldRules, all bool) {
	return term.FieldRules(picking(f.Asked)), f.Asked.All
}

// Repick says otherwise which activities are taken of a file that waits for a decision, in the caller's transaction: it is read
// again. For the secretariat.
func Repick(ctx context.Context, tx *ent.Tx, id term.ID, said Picked, now time.Time) error {
	f, err := Get(ctx, tx.Client(), id)
	if err != nil {
		return err
	}
	if f.Kind != term.FormatIATI {
		return fault.New(fault.Invalid, "All rows of a spreadsheet are taken: who sends one to this catalogue has picked them.")
	}
	asked := f.Asked
	asked.All = unless(said.All, asked.All)
	rules, err := said.in(picking(asked), asked.All)
	if err != nil {
		return err
	}
	asked.Rules = &rules
	return decide(ctx, tx, id, now, "said what is taken of", func(u *ent.IntakeUpdateOne) {
		u.SetAsked(asked).SetRules(rulesOf(f.Kind, asked)).SetStatus(term.IntakeReading).SetFailure("").SetHeldUntil("").SetWorker("")
	})
}

// in puts what is said into rules. Where all activities are taken, they may find none.
func (said Picked) in(was iati.Rules, all bool) (term.FieldRules, error) {
	r := term.FieldRules(was)
	if said.Sectors != nil {
		r.Sectors = cleaned(said.Sectors)
	}
	if said.Words != nil {
		r.Words = cleaned(said.Words)
	}
	r.Need = unless(said.Need, r.Need)
	long := func(most int) func(string) bool {
		return func(s string) bool {
			return utf8.RuneCountInString(s) > most || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl)
		}
	}
	switch {
	case len(r.Sectors) > mostSectors || slices.ContainsFunc(r.Sectors, long(longSector)):
		return r, fault.New(fault.Invalid, "At most %d sectors can be named, each a code of at most %d letters.", mostSectors, longSector).At("sectors")
	case len(r.Words) > mostWords || slices.ContainsFunc(r.Words, long(longPhrase)):
		return r, fault.New(fault.Invalid, "At most %d words can be named, each of at most %d letters.", mostWords, longPhrase).At("words")
	case !slices.Contains(r.Need.Values(), string(r.Need)):
		return r, fault.New(fault.Invalid, "What is needed is one of %s.", strings.Join(r.Need.Values(), ", ")).At("need")
	case all:
	case len(r.Words) == 0 && (r.Need != term.AnySign || len(r.Sectors) == 0):
		return r, fault.New(fault.Invalid, "Nothing could belong to the field then. Name words, or a sector where any sign is enough.").At("words")
	case len(r.Sectors) == 0 && r.Need == term.BothSigns:
		return r, fault.New(fault.Invalid, "Nothing could belong to the field then. Name a sector.").At("sectors")
	}
	return r, nil
}

// cleaned leaves out what is empty or stands twice.
func cleaned(list []string) []string {
	out := []string{}
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
