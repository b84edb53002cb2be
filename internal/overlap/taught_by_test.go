package overlap

import (
	"testing"

	"adam/internal/term"
	"adam/internal/testdb"
)

// Weights that judge decisions which they have not seen worse than the shipped ones do are kept, but not used.
func TestWeightsThatAreNoBetterAreNotUsed(t *testing.T) {
	x := catalogue(t, base())
	seen, _ := x.Saw(base(), with(func(a *Activity) { a.Donors, a.Start = []string{"Norway"}, "2014-09" }))
	taught := func(verdicts [2]term.OverlapDecision) (out []lesson) {
		for i := range 60 {
			out = append(out, lesson{Decision: Decision{Seen: seen, Verdict: verdicts[i%2]}, half: uint32(i % 2)})
		}
		return out
	}
	c := testdb.Store(t, "sqlite3").Client
	for _, one := range []struct {
		verdicts [2]term.OverlapDecision
		used     bool
	}{
		{[2]term.OverlapDecision{term.DecidedSame, term.DecidedSame}, true},
		{[2]term.OverlapDecision{term.DecidedSame, term.OverlapDistinct}, false}, // each half teaches what the other one denies
	} {
		if used, _ := learnt(c, taught(one.verdicts)).Mutation().Used(); used != one.used {
			t.Errorf("learnt from %v they are used: %v", one.verdicts, used)
		}
	}
}
