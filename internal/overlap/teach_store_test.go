package overlap_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	pairs "adam/ent/overlap"
	"adam/internal/overlap"
	"adam/internal/term"
)

// decided writes a pair of activities on which somebody has decided, with what was compared of it.
func (w *watching) decided(n int, v term.Visibility, verdict term.OverlapDecision, seen term.PairSeen, lesson term.PairLesson) {
	w.Helper()
	a, b := w.add(fmt.Sprintf("Quokka checkpoint %d", n), v), w.add(fmt.Sprintf("Training of guards %d", n), term.Public)
	w.do(func(c *ent.Client) error {
		return c.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore("0.5").SetDecision(verdict).SetReason("It was looked at.").
			SetSeen(&seen).SetLesson(&lesson).AddActivityIDs(a, b).Exec(w.ctx)
	})
}

func (w *watching) lessons() overlap.Lessons {
	w.Helper()
	if _, err := w.watch.Keep(w.ctx, w.store, false); err != nil {
		w.Fatal(err)
	}
	l, err := overlap.LessonsOf(w.ctx, w.store.Client)
	if err != nil {
		w.Fatal(err)
	}
	return l
}

// twice adds one activity reported twice.
func (w *watching) twice() {
	w.Helper()
	for _, title := range []string{"Quokka checkpoint training of guards", "Quokka checkpoint: training of guards"} {
		id := w.add(title, term.Public)
		w.do(func(c *ent.Client) error {
			if err := c.ExternalIdentifier.Create().SetActivityID(id).SetValue("XM-DAC-47066-TH1").Exec(w.ctx); err != nil {
				return err
			}
			return c.Activity.UpdateOneID(id).SetStartOn("2014-03-10").SetEndOn("2015-03-09").SetSummary("Six courses at the checkpoint.").Exec(w.ctx)
		})
	}
}

// scoredWith wants a pair that nobody has decided on to be scored and explained with a version of the weights.
func (w *watching) scoredWith(version string) {
	w.Helper()
	explain, err := overlap.Explainer(w.ctx, w.store.Client)
	if err != nil {
		w.Fatal(err)
	}
	all := w.store.Client.Overlap.Query().Where(pairs.DecisionEQ(term.OverlapOpen)).WithActivities().AllX(w.ctx)
	for _, o := range all {
		e, err := explain(overlap.Of(o.Edges.Activities[0]), overlap.Of(o.Edges.Activities[1]), o)
		if err != nil || o.Seen == nil || o.Seen.Weights != version || e.Weights != version {
			w.Errorf("a pair is explained with %s, scored with %+v, and not with %s (%v)", e.Weights, o.Seen, version, err)
		}
	}
	if len(all) == 0 {
		w.Error("no pair is open")
	}
}

// Decisions teach the weights of the server: fifty at a time, so that nobody reads a single one from a score, and none that
// a member could not see (rule 3).
func TestDecisionsTeachTheServer(t *testing.T) {
	for _, d := range []string{"sqlite3", "postgres"} {
		t.Run(d, func(t *testing.T) {
			w := watchOver(t, d)
			one := overlap.Activity{ID: "one", Title: "Quokka checkpoint training", Start: "2014-03", States: []string{"THA"}, Donors: []string{"Australia"}}
			two := overlap.Activity{ID: "two", Title: "Training at a checkpoint", Start: "2014-05", States: []string{"THA"}, Donors: []string{"Norway"}}
			w.twice()
			x, err := w.watch.Index(w.ctx)
			if err != nil {
				t.Fatal(err)
			}
			seen, _ := x.Saw(one, two)
			before := x.Explain(one, two, term.OverlapSameActivity).Score
			lesson := term.PairLesson{{"zorbing"}, {"balonovanie"}}
			for i := range 49 {
				w.decided(i, term.Public, term.DecidedSame, seen, lesson)
			}
			w.decided(49, term.Restricted, term.DecidedSame, seen, lesson)
			if l := w.lessons(); l.Model.Version != overlap.WeightsVersion() || len(l.Words) > 0 {
				t.Fatalf("forty-nine decisions and one that members do not see teach %s", l.Model.Version)
			}
			w.scoredWith(overlap.WeightsVersion())
			w.decided(50, term.Members, term.DecidedSame, seen, lesson)
			l := w.lessons()
			w.scoredWith(l.Model.Version)
			if !strings.HasPrefix(l.Model.Version, overlap.WeightsVersion()+"+") || len(l.Words) != 1 || l.Words[0].A != "balonovanie" || l.Words[0].Times != 50 {
				t.Fatalf("fifty decisions teach %s, %v", l.Model.Version, l.Words)
			}
			if x, err = w.watch.Index(w.ctx); err != nil {
				t.Fatal(err)
			}
			if e := x.Explain(one, two, term.OverlapSameActivity); e.Score <= before || e.Weights != l.Model.Version {
				t.Errorf("the pair scores %v by %s and scored %v", e.Score, e.Weights, before)
			}
			w.decided(51, term.Public, term.OverlapDistinct, seen, lesson)
			if again := w.lessons(); again.Model.Version != l.Model.Version {
				t.Error("one more decision changes the weights")
			}
			w.turnsOff(l.Model.Version)
		})
	}
}

// turnsOff turns learnt weights off and on, as an operator may.
func (w *watching) turnsOff(version string) {
	w.Helper()
	for i, want := range []string{overlap.WeightsVersion(), version} {
		used := i == 1
		if err := overlap.UseWeights(w.ctx, w.store, version, used); err != nil {
			w.Fatal(err)
		}
		if l := w.lessons(); l.Model.Version != want {
			w.Errorf("with them turned on: %v, pairs are scored with %s", used, l.Model.Version)
		}
		w.scoredWith(want)
	}
	if err := overlap.UseWeights(w.ctx, w.store, "nobody's", true); err == nil || !strings.Contains(err.Error(), "adam overlaps weights") {
		w.Errorf("unknown weights are turned on: %v", err)
	}
	w.do(func(c *ent.Client) error {
		return c.OverlapWeights.Create().SetVersion("0+old").SetLearntAt("2099-01-01T00:00:00Z").SetDecisions(400).SetLossBefore("1").SetLossAfter("0").SetUsed(true).
			SetWeights("A\twhat nobody compares any longer\tsame\t1\t1\t1\t1\t1\t1").SetWords([]term.TaughtWords{}).Exec(w.ctx)
	})
	if l := w.lessons(); l.Model.Version != version {
		w.Errorf("what was learnt from the weights of another program is used: %s", l.Model.Version)
	}
	all, err := overlap.Weights(w.ctx, w.store.Client)
	all = slices.DeleteFunc(all, func(o *ent.OverlapWeights) bool { return o.Version == "0+old" })
	if err != nil || len(all) != 1 || all[0].Decisions != 50 || all[0].LossAfter >= all[0].LossBefore {
		w.Errorf("the versions are %v, %v", all, err)
	}
}

// What was compared is kept with a pair that is found, and said when it is explained: how rare the shared words are, too.
func TestAPairIsExplainedByWhatWasCompared(t *testing.T) {
	for _, d := range []string{"sqlite3", "postgres"} {
		t.Run(d, func(t *testing.T) {
			w := watchOver(t, d)
			for i := range 8 {
				w.add(fmt.Sprint("Shelter ", i), term.Public)
			}
			w.twice()
			kept, err := w.watch.Keep(w.ctx, w.store, true)
			if err != nil || kept.Found != 1 {
				t.Fatalf("%+v %v", kept, err)
			}
			o := w.store.Client.Overlap.Query().WithActivities().OnlyX(w.ctx)
			explain, err := overlap.Explainer(w.ctx, w.store.Client)
			if err != nil {
				t.Fatal(err)
			}
			e, err := explain(overlap.Of(o.Edges.Activities[0]), overlap.Of(o.Edges.Activities[1]), o)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(e.Evidence, func(v overlap.Evidence) bool { return v.Field == "rare words" })
			if i < 0 || !strings.Contains(e.Evidence[i].Sentence, " stands in 2 of 10 titles") {
				t.Errorf("rare words are told as %+v", e.Evidence)
			}
			if again, err := w.watch.Keep(w.ctx, w.store, true); err != nil || again.Scored != 0 {
				t.Errorf("nothing has changed, and %d pairs have another score (%v)", again.Scored, err)
			}
		})
	}
}
