package overlap

import (
	"context"
	"fmt"
	"hash/fnv"
	"strconv"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/overlap"
	"adam/ent/overlapweights"
	"adam/ent/predicate"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// leastNew is how many decisions must have come, since weights were last learnt, before they are learnt again: from so many
// at once nobody reads a single one.
const leastNew = 50

// Lessons is what decisions have taught: the weights that pairs are scored with, and words that mean the same.
type Lessons struct {
	Model *Model
	Words []term.TaughtWords
}

// LessonsOf gives what decisions have taught a working store; the shipped weights where they have taught nothing yet.
func LessonsOf(ctx context.Context, c *ent.Client) (Lessons, error) {
	row, err := c.OverlapWeights.Query().Where(overlapweights.Used(true), ofThisProgram()).Order(newest()...).First(asProgram(ctx))
	if ent.IsNotFound(err) {
		return Lessons{Model: Shipped()}, nil
	}
	if err != nil {
		return Lessons{}, err
	}
	m, err := readModel(row.Weights)
	return Lessons{m, row.Words}, err
}

// Weights lists the versions of the weights that were learnt in a store, the newest first. For operators.
func Weights(ctx context.Context, c *ent.Client) ([]*ent.OverlapWeights, error) {
	return c.OverlapWeights.Query().Order(newest()...).All(asProgram(ctx))
}

// UseWeights turns a version of learnt weights on or off. The newest one that is on counts, from the next look of a server
// on. For operators.
func UseWeights(ctx context.Context, st *store.Store, version string, used bool) error {
	return st.InTx(asProgram(ctx), func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.OverlapWeights.Update().Where(overlapweights.Version(version)).SetUsed(used).Save(ctx)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "No weights with the version %q were learnt here. adam overlaps weights lists those that were.", version)
		}
		return err
	})
}

// ofThisProgram are versions that were learnt from the weights that this program ships: of other ones it may not know the
// levels, and learns anew.
func ofThisProgram() predicate.OverlapWeights {
	return overlapweights.VersionHasPrefix(WeightsVersion() + "+")
}

func newest() []overlapweights.OrderOption {
	return []overlapweights.OrderOption{ent.Desc(overlapweights.FieldLearntAt), ent.Desc(overlapweights.FieldID)}
}

func asProgram(ctx context.Context) context.Context {
	return access.With(ctx, access.Operator("Overlaps"))
}

// lesson is one decision with what it teaches, in a half of them that does not depend on the others.
type lesson struct {
	Decision
	words term.PairLesson
	half  uint32
}

// learn learns weights from decisions, where enough are new. Only decisions on two activities that every member sees, or
// saw until the two became one, teach. Weights that are learnt from one half of them must judge the other half better than
// the shipped ones do, both ways, or they are kept without being used.
func (w *Watch) learn(ctx context.Context, st *store.Store) error {
	ctx = asProgram(ctx)
	n, err := w.c.Overlap.Query().Where(teaching()...).Count(rule.WithWithdrawn(ctx))
	if err != nil {
		return err
	}
	last, err := w.c.OverlapWeights.Query().Where(ofThisProgram()).Order(newest()...).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	if n < leastNew || last != nil && n-last.Decisions < leastNew {
		return nil
	}
	taught, err := w.lessons(ctx)
	if err != nil {
		return err
	}
	err = learnt(st.Client, taught).SetLearntAt(term.InstantOf(w.now())).SetDecisions(n).Exec(ctx)
	if ent.IsConstraintError(err) {
		return nil // another server was faster
	}
	return err
}

// otherWeights gives the version of the weights that count now, and says whether pairs were scored with another one.
func (w *Watch) otherWeights(ctx context.Context) (version string, other bool, err error) {
	taught, err := LessonsOf(ctx, w.c)
	if err != nil {
		return "", false, err
	}
	if version = taught.Model.Version; w.scored != "" {
		return version, w.scored != version, nil
	}
	first, err := w.c.Overlap.Query().Where(overlap.DecisionEQ(term.OverlapOpen), overlap.PairKeyNotNil()).Order(ent.Desc(overlap.FieldRank)).First(ctx)
	if ent.IsNotFound(err) {
		return version, false, nil
	}
	return version, err == nil && (first.Seen == nil || first.Seen.Weights != version), err
}

// teaching are the pairs that somebody has decided on and of which is known what was compared.
func teaching() []predicate.Overlap {
	return []predicate.Overlap{overlap.DecisionNEQ(term.OverlapOpen), overlap.SeenNotNil(),
		overlap.Not(overlap.HasActivitiesWith(activity.VisibilityEQ(term.Restricted)))}
}

// lessons reads what decisions teach. What an older version of the program compared otherwise is left out.
func (w *Watch) lessons(ctx context.Context) ([]lesson, error) {
	all, err := w.c.Overlap.Query().Where(teaching()...).Order(overlap.ByID()).All(rule.WithWithdrawn(ctx))
	out := make([]lesson, 0, len(all))
	for _, o := range all {
		h := fnv.New32a()
		fmt.Fprint(h, o.ID)
		l := lesson{Decision: Decision{Seen: *o.Seen, Verdict: o.Decision}, half: h.Sum32() % 2}
		if o.Relation != nil {
			l.Relation = *o.Relation
		}
		if o.Lesson != nil && o.Decision == term.DecidedSame {
			l.words = *o.Lesson
		}
		out = append(out, l)
	}
	return out, err
}

// learnt makes a version of the weights from lessons.
func learnt(c *ent.Client, taught []lesson) *ent.OverlapWeightsCreate {
	var halves [2][]Decision
	var all []Decision
	var words []term.PairLesson
	for _, l := range taught {
		halves[l.half] = append(halves[l.half], l.Decision)
		all = append(all, l.Decision)
		words = append(words, l.words)
	}
	before, after := 0.0, 0.0
	for i, half := range halves {
		share := float64(len(half)) / float64(len(all))
		before += share * Shipped().loss(half)
		after += share * Shipped().Learn(halves[1-i]).loss(half)
	}
	m := Shipped().Learn(all)
	return c.OverlapWeights.Create().SetVersion(m.Version).SetLossBefore(lossText(before)).SetLossAfter(lossText(after)).
		SetUsed(after < before).SetWeights(m.String()).SetWords(taughtBy(words))
}

func lossText(x float64) term.Decimal { return term.Decimal(strconv.FormatFloat(x, 'f', 3, 64)) }
