package catalogue

import (
	"reflect"
	"slices"
	"testing"
)

func TestContradictionsAreShownBeforeADecisionIsSaved(t *testing.T) {
	standing := []Settled{{"a", "b", true}, {"c", "b", true}, {"d", "e", true}, {"e", "a", false}}
	for _, c := range []struct {
		name string
		next Settled
		want []Contradiction
	}{
		{"apart what is one by others", Settled{"a", "c", false}, []Contradiction{{[]string{"a", "b", "c"}, Settled{"a", "c", false}}}},
		{"one what is apart by others", Settled{"c", "d", true}, []Contradiction{{[]string{"a", "b", "c", "d", "e"}, Settled{"a", "e", false}}}},
		{"one what is one", Settled{"a", "c", true}, nil},
		{"a pair decided anew", Settled{"a", "e", true}, nil},
		{"taking a pair apart", Settled{"b", "a", false}, nil},
		{"strangers", Settled{"x", "y", false}, nil},
		{"one with itself", Settled{"a", "a", true}, nil},
	} {
		if got := Contradictions(standing, c.next); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, not %+v", c.name, got, c.want)
		}
		backwards := slices.Clone(standing)
		slices.Reverse(backwards)
		if !reflect.DeepEqual(Contradictions(backwards, c.next), Contradictions(standing, c.next)) {
			t.Errorf("%s: the order of decisions matters", c.name)
		}
	}
	if got := Clusters(standing); !reflect.DeepEqual(got, [][]string{{"a", "b", "c"}, {"d", "e"}}) {
		t.Errorf("the groups are %v", got)
	}
}
