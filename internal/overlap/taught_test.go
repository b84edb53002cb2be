package overlap

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"adam/internal/term"
)

// toldTwice is a list in which each activity is reported twice: what one report calls zorbing another calls balonovanie, and
// how it is held is called as it comes.
func toldTwice() (all []Activity) {
	rng := rand.New(rand.NewPCG(9, 9))
	topics := [][2]string{{"zorbing", "balonovanie"}, {"kelp", "ascophyllum"}, {"checkmate", "gambit"}, {"quilting", "patchwork"}, {"falconry", "hawking"}}
	ways := []string{"gathering", "jamboree", "palaver", "symposion", "colloquy"}
	for i := range 400 {
		a := base()
		a.ID, a.Summary, a.Themes = fmt.Sprintf("%03d", i), "", nil
		a.States = []string{[]string{"THA", "LAO", "KHM", "VNM"}[i/2%4]}
		a.Start, a.End = term.PartialDate(fmt.Sprintf("%d-%02d-%02d", 2000+i/2%20, 1+i/2%12, 1+i/2%27)), term.PartialDate(fmt.Sprintf("%d-%02d", 2021+i/2%3, 1+i/2%9))
		a.Money[0].Amount = term.Amount(1_000_0000 + i/2*77_0000)
		a.Title = fmt.Sprintf("%s %s club%d", ways[rng.IntN(5)], topics[i/2%5][i%2], i/2%40)
		all = append(all, a)
	}
	return all
}

func TestLikelyDoubleReportsTeachWhichWordsMeanTheSameAndWhichTellLittle(t *testing.T) {
	c := New(append(corpusOf(600), toldTwice()...), Options{}).corpus
	id := func(w string) int32 { return c.id(tokens(w)[0].key) }
	if near, far := c.alike(id("zorbing"), id("balonovanie")), c.alike(id("zorbing"), id("gambit")); near < 0.8 || far > 0.3 {
		t.Errorf("two words of one thing are alike by %v, of two by %v", near, far)
	}
	for _, w := range []string{"gathering", "palaver"} {
		if way, topic := c.weightOf(id(w)), c.weightOf(id("kelp")); way > topic/2 {
			t.Errorf("%s, which comes and goes, weighs %v; kelp weighs %v", w, way, topic)
		}
	}
}

func TestTheMostPromisingAreThoseOfTheHighestRank(t *testing.T) {
	x := New(corpusOf(300), Options{})
	rng := rand.New(rand.NewPCG(4, 4))
	for range 300 {
		all := make([]found, 1+rng.IntN(300))
		for i, doc := range rng.Perm(300)[:len(all)] {
			all[i] = found{doc: int32(doc), rank: float32(rng.IntN(40)) / 16}
		}
		k := 1 + rng.IntN(60)
		want := slices.Clone(all)
		slices.SortFunc(want, func(a, b found) int {
			if x.ahead(&a, &b) {
				return -1
			}
			return 1
		})
		n := x.top(all, k)
		if n != min(k, len(all)) {
			t.Fatalf("%d are chosen of %d where %d are wanted", n, len(all), k)
		}
		got := slices.Clone(all[:n])
		slices.SortFunc(got, func(a, b found) int {
			if x.ahead(&a, &b) {
				return -1
			}
			return 1
		})
		if !slices.Equal(got, want[:n]) {
			t.Fatalf("of %d the first %d are not chosen", len(all), k)
		}
	}
}
