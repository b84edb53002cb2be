package overlap

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// workers is how many goroutines work at once.
func workers() int { return runtime.GOMAXPROCS(0) }

// crew is goroutines that work for one caller. A panic in one of them becomes a panic of the caller in wait: only there
// can somebody recover from it, and else it would end the whole program.
type crew struct {
	working sync.WaitGroup
	once    sync.Once
	fault   *crash
	broken  atomic.Bool
}

// crash is what a goroutine of a crew panicked with, and where.
type crash struct {
	value any
	stack []byte
}

func (c *crash) Error() string { return fmt.Sprintf("%v\n%s", c.value, c.stack) }

// Unwrap gives the error that was panicked with, where it was one.
func (c *crash) Unwrap() error {
	err, _ := c.value.(error)
	return err
}

// run starts a goroutine.
func (c *crew) run(f func()) {
	c.working.Add(1)
	go func() {
		defer c.working.Done()
		defer func() {
			if p := recover(); p != nil {
				c.once.Do(func() { c.fault = &crash{p, debug.Stack()} })
				c.broken.Store(true)
			}
		}()
		f()
	}()
}

// wait waits for all, and panics with the first crash where there was one.
func (c *crew) wait() {
	c.working.Wait()
	if c.fault != nil {
		panic(c.fault)
	}
}

// inParallel runs f over pieces of 0..n, each on its own goroutine.
func inParallel(n int, f func(from, to int)) {
	inPieces(n, min(workers(), max(1, n/64)), func(_, from, to int) { f(from, to) })
}

// inPieces runs f over so many pieces of 0..n, each on its own goroutine.
func inPieces(n, pieces int, f func(piece, from, to int)) {
	var c crew
	for p := range pieces {
		c.run(func() { f(p, n*p/pieces, n*(p+1)/pieces) })
	}
	c.wait()
}

// inSteps runs f for 0..n, each on whichever goroutine is free, until more says no. setUp is called once on each goroutine
// and gives what its calls of f share.
func inSteps[T any](n int, setUp func() T, more func() bool, f func(T, int)) {
	var c crew
	var next atomic.Int64
	for range min(workers(), n) {
		c.run(func() {
			own := setUp()
			for more() && !c.broken.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(own, i)
			}
		})
	}
	c.wait()
}
