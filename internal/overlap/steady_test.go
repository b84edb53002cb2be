package overlap

import (
	"context"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"adam/internal/term"
)

func TestAnswersDoNotDependOnOrderOrGoroutines(t *testing.T) {
	all := corpusOf(900)
	scan := func(x *Index) (out []Pair) {
		if err := x.Scan(context.Background(), 0.2, func(p Pair) error { out = append(out, p); return nil }); err != nil {
			t.Fatal(err)
		}
		return out
	}
	want := scan(New(all, Options{}))
	if len(want) < 20 {
		t.Fatalf("only %d pairs", len(want))
	}
	mixedUp := slices.Clone(all)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(mixedUp), func(i, j int) { mixedUp[i], mixedUp[j] = mixedUp[j], mixedUp[i] })
	before := runtime.GOMAXPROCS(1)
	got := scan(New(mixedUp, Options{}))
	runtime.GOMAXPROCS(before)
	if !reflect.DeepEqual(got, want) {
		t.Error("another order and one goroutine give other pairs")
	}
	first, second := New(all[:600], Options{}), New(all[:600], Options{})
	for i := range 300 {
		first.Add(all[600+i])
		second.Add(all[899-i])
	}
	if !reflect.DeepEqual(scan(first), scan(second)) {
		t.Error("activities added in another order give other pairs")
	}
}

func TestScoresAreSymmetric(t *testing.T) {
	all := corpusOf(300)
	x := New(all, Options{})
	rng := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		a, b := harsh(all[rng.IntN(300)], rng), all[rng.IntN(300)]
		for _, kind := range []term.OverlapKind{term.OverlapSameActivity, term.OverlapAssistance} {
			if p, q := x.Explain(a, b, kind), x.Explain(b, a, kind); p.Score != q.Score || p.LookAlike != q.LookAlike {
				t.Fatalf("%q and %q score %v one way, %v the other", a.Title, b.Title, p.Score, q.Score)
			}
		}
	}
	if Score(all[0], all[1]) != Score(all[1], all[0]) {
		t.Error("Score depends on the order")
	}
}

func TestAddedActivitiesAreFoundAndRemovedOnesAreNot(t *testing.T) {
	x := catalogue(t)
	a := base()
	x.Add(a)
	if got := x.Find(with(func(*Activity) {}), 3); len(got) == 0 || got[0].ID != "a" {
		t.Fatalf("what was added is not found: %+v", got)
	}
	a.Title, a.States, a.Start, a.Summary = "Poultry vaccination", []string{"BRA"}, "1999", ""
	x.Add(a)
	if got := x.Find(with(func(*Activity) {}), 3); len(got) != 0 {
		t.Errorf("what was replaced is still found: %+v", got)
	}
	n := x.Len()
	x.Remove("a")
	x.Remove("nobody")
	if x.Len() != n-1 {
		t.Errorf("%d are left of %d", x.Len(), n)
	}
	if got := x.Find(base(), 3); len(got) != 0 {
		t.Errorf("what was removed is still found: %+v", got)
	}
}
