package people_test

import (
	"bytes"
	"sync"
	"testing"
)

func TestASealIsMadeOnceAndStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var all [8][]byte
		var wait sync.WaitGroup
		for i := range all {
			wait.Go(func() {
				var err error
				if all[i], err = w.Seal(t.Context(), "sheet"); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for _, s := range all {
			if len(s) < 32 || !bytes.Equal(s, all[0]) {
				t.Fatalf("the seals are %q and %q", all[0], s)
			}
		}
		other, err := w.Seal(t.Context(), "something else")
		ok(t, err)
		if bytes.Equal(other, all[0]) {
			t.Error("two purposes have one seal")
		}
	})
}
