package overlap

import (
	"fmt"
	"testing"
)

// Rule 3: what is forgotten is counted no longer, and nothing else is, whatever came, changed and was put in order before.
func TestWhatIsForgottenIsCountedNoLonger(t *testing.T) {
	var all []Activity
	for i := range 30 {
		all = append(all, Activity{ID: fmt.Sprint("s", i), Title: fmt.Sprint("Shelter ", i), Start: "2020-01-01", Donors: []string{"IOM"}, States: []string{"THA"}})
	}
	all = append(all, Activity{ID: "q", Title: "Quokka checkpoint", Start: "2020-01-01", Donors: []string{"IOM"}, States: []string{"THA"}})
	x := New(all, Options{})
	often := func(word string, want int) {
		t.Helper()
		if df, is := x.often(word); df != want || !is {
			t.Errorf("%q stands in %d activities, not %d", word, df, want)
		}
	}
	often("quokka", 1)
	x.Add(Activity{ID: "late", Title: "Zebra quokka shelter"}) // of which the index knows one word not
	x.tidy()
	x.Forget("late")
	often("quokka", 1)
	often("shelter", 30)
	x.Add(Activity{ID: "q", Title: "Wombat shelter"})
	x.Add(Activity{ID: "q", Title: "Zebra shelter"})
	x.tidy()
	x.Forget("q")
	often("quokka", 0)
	often("shelter", 30)
	if x.holds("q") || x.corpus.records != 30 || x.Len() != 30 {
		t.Errorf("%d are counted and %d held", x.corpus.records, x.Len())
	}
	x.Forget("q")
	x.Forget("nobody")
	if x.corpus.records != 30 {
		t.Errorf("%d are counted", x.corpus.records)
	}
	for i := range 27 {
		x.Forget(fmt.Sprint("s", i))
	}
	often("shelter", 3)
	r := x.records[x.places["s29"]]
	if x.corpus.batches[batchKey(&r)] != 0 {
		t.Errorf("three still make a batch of %d", x.corpus.batches[batchKey(&r)])
	}
}
