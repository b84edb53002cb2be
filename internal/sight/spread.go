package sight

import (
	"runtime"
	"sync"
)

// Spread does something with each item, on all cores.
func Spread[T any](items []T, do func(T)) {
	next := make(chan T)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for item := range next {
				do(item)
			}
		})
	}
	for _, item := range items {
		next <- item
	}
	close(next)
	all.Wait()
}
