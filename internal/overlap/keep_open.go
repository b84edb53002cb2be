package overlap

import (
	"maps"
	"strings"

	"adam/ent"
	"adam/ent/overlap"
	"adam/internal/term"
)

// judged scores a pair that a search among the best of one activity has not met; false where it is not likely any more.
func (k *keeper) judged(o *ent.Overlap) (p Pair, likely bool, err error) {
	var both [2]*Activity
	a, b, _ := strings.Cut(*o.PairKey, " ")
	for i, name := range []string{a, b} {
		id, err := term.ParseID(name)
		if err != nil {
			return p, false, err
		}
		if both[i], err = k.x.activity(k.ctx, k.st.Client, id); err != nil || both[i] == nil {
			return p, false, err
		}
	}
	p = Pair{A: a, B: b}
	for _, kind := range []term.OverlapKind{term.OverlapSameActivity, term.OverlapAssistance} {
		if e := k.x.Explain(*both[0], *both[1], kind); e.Score > p.Score {
			p.Kind, p.Score = kind, e.Score
		}
	}
	return p, p.Score >= Likely, nil
}

// refresh brings the scores of open pairs up to date. One that nothing speaks for any longer goes, unless somebody has
// looked at it.
func (k *keeper) refresh(open map[string]*ent.Overlap) error {
	for key, o := range open {
		p, found := k.pairs[key]
		if !found && !k.all {
			var err error
			if p, found, err = k.judged(o); err != nil {
				return err
			}
		}
		switch {
		case !found && len(o.Steps) == 0:
			n, err := k.st.Client.Overlap.Delete().Where(overlap.ID(o.ID), overlap.Version(o.Version), overlap.AssignedTo(0)).Exec(k.ctx)
			if err != nil {
				return err
			}
			k.did.Gone += n
		case found:
			n, err := k.score(o, p)
			if err != nil {
				return err
			}
			k.did.Scored += n
		}
	}
	return nil
}

// score writes what is found of an open pair now, where that is another thing than what stands there; how many titles have a
// word may have grown without that.
func (k *keeper) score(o *ent.Overlap, p Pair) (int, error) {
	seen, lesson, known := k.x.sawPlaces(p.A, p.B)
	stands := o.Seen != nil && o.Seen.Weights == seen.Weights && maps.Equal(o.Seen.Same, seen.Same) && maps.Equal(o.Seen.Assist, seen.Assist)
	if !known || stands && scoreText(p.Score) == o.Score && p.Kind == o.Kind && k.rank(p) == o.Rank {
		return 0, nil
	}
	return k.st.Client.Overlap.Update().Where(overlap.ID(o.ID), overlap.DecisionEQ(term.OverlapOpen)).SetScore(scoreText(p.Score)).
		SetKind(p.Kind).SetRank(k.rank(p)).SetSeen(&seen).SetLesson(&lesson).Save(k.ctx)
}
