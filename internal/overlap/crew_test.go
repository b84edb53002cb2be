package overlap

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// crashOf gives what f panics with, in the goroutine that calls it.
func crashOf(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

func TestAPanicOfAWorkerIsOneOfWhoeverAsked(t *testing.T) {
	bug := errors.New("a bug")
	for name, f := range map[string]func(){
		"pieces": func() {
			inPieces(100, 4, func(p, _, _ int) {
				if p == 2 {
					panic(bug)
				}
			})
		},
		"steps": func() {
			inSteps(100, func() int { return 0 }, func() bool { return true }, func(_, i int) {
				if i == 3 {
					panic(bug)
				}
			})
		},
	} {
		err := crashOf(f)
		if !errors.Is(err, bug) || !strings.Contains(err.Error(), "crew.go") {
			t.Errorf("%s: the caller gets %v, without what and where", name, err)
		}
	}
	if err := crashOf(func() { inPieces(100, 4, func(int, int, int) {}) }); err != nil {
		t.Errorf("nothing is wrong, but the caller gets %v", err)
	}
}

func TestAScanThatPanicsLeavesTheIndexToOthers(t *testing.T) {
	x := New(corpusOf(600), Options{})
	broken := x.records[300].v
	x.records[300].v = nil
	if err := crashOf(func() { _ = x.Scan(context.Background(), 0.5, func(Pair) error { return nil }) }); err == nil {
		t.Fatal("a broken record goes unnoticed")
	}
	x.records[300].v = broken
	x.Add(base())
	if got := x.Find(with(func(*Activity) {}), 3); len(got) == 0 || got[0].ID != "a" {
		t.Errorf("after a scan that failed, what was added is not found: %+v", got)
	}
}
