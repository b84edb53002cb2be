package overlap

import (
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

func TestExplanationsTellValuesRareWordsAndReasons(t *testing.T) {
	x := catalogue(t, base())
	e := x.Explain(base(), with(func(a *Activity) { a.Start = "2014-03" }), term.OverlapSameActivity)
	if e.Weights != WeightsVersion() || e.Score < 0.9 || !strings.HasPrefix(e.Sentence, "The two are very likely the same activity.") {
		t.Errorf("told as %+v", e)
	}
	if !slices.Contains(e.Reasons, "Their titles share a rare word.") {
		t.Errorf("the reasons are %q", e.Reasons)
	}
	for _, v := range e.Evidence {
		if v.Sentence == "" || v.Agreement == "" || strings.Contains(v.Sentence, "%!") {
			t.Errorf("%s says nothing plain: %+v", v.Field, v)
		}
		if v.Field == "start" && (v.Left != "2014-03-10" || v.Right != "2014-03" || v.Agreement != "same month") {
			t.Errorf("the start is told as %+v", v)
		}
		if v.Field == "rare words" && !strings.Contains(v.Sentence, "“quokka” stands in 1 of 601 titles") {
			t.Errorf("rare words are told as %q", v.Sentence)
		}
	}
	for f := range fields {
		for _, level := range levels[f][1:] {
			p := &explainer{x: x, a: &Activity{}, b: &Activity{}, ra: &record{}, rb: &record{}, v: &verdict{}, seen: &term.PairSeen{}}
			if level != "none" && p.sentence(fieldNames[f], level) == "" {
				t.Errorf("%s, %s has no sentence", fieldNames[f], level)
			}
		}
	}
	for f := range assists {
		for _, level := range assistLevels[f][1:] {
			p := &explainer{x: x, a: &Activity{}, b: &Activity{}, ra: &record{}, rb: &record{}, v: &verdict{}, seen: &term.PairSeen{}}
			if p.sentence(assistNames[f], level) == "" {
				t.Errorf("%s, %s has no sentence", assistNames[f], level)
			}
		}
	}
}
