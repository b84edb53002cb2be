package edition

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// memory holds what was computed from an open edition. An edition never changes, so that nothing in it grows old; it goes
// when the edition is closed.
type memory struct {
	mu    sync.Mutex
	known map[string]*computed
	hold  func() (release func()) // keeps the edition open; nil where nobody closes it
}

// computed is settled when ready is closed.
type computed struct {
	ready chan struct{}
	value any
	err   error
}

// Keeps says whether an edition answers, of which Keep remembers what was computed.
func Keeps(ctx context.Context) bool {
	s, ok := ctx.Value(servedKey{}).(served)
	return ok && s.memory != nil
}

// Keep gives what is computed from the edition that answers. It is computed once, whoever asks at the same time waits for
// it, and it is finished also where the one who asked first has given up: the next one finds it. What failed is tried
// again. From the working store, which changes, it is computed each time.
func Keep[T any](ctx context.Context, name string, compute func(context.Context) (T, error)) (T, error) {
	s, _ := ctx.Value(servedKey{}).(served)
	if s.memory == nil {
		return compute(ctx)
	}
	k, first := s.memory.entry(name)
	if first {
		release := func() {}
		if s.memory.hold != nil { // the one who asks may give up and let go
			release = s.memory.hold()
		}
		go func() {
			defer release()
			defer close(k.ready)
			if k.value, k.err = whole(context.WithoutCancel(ctx), name, compute); k.err != nil {
				s.memory.forget(name)
			}
		}()
	}
	var none T
	select {
	case <-k.ready:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if k.err != nil {
		return none, k.err
	}
	return k.value.(T), nil
}

// whole computes, and turns a panic into an error: it runs in nobody's request.
func whole[T any](ctx context.Context, name string, compute func(context.Context) (T, error)) (v any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("compute %s of an edition: %v\n%s", name, p, debug.Stack())
		}
	}()
	return compute(ctx)
}

// entry finds what has a name, or makes room for it.
func (m *memory) entry(name string) (k *computed, first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k = m.known[name]
	if k != nil {
		return k, false
	}
	if m.known == nil {
		m.known = map[string]*computed{}
	}
	k = &computed{ready: make(chan struct{})}
	m.known[name] = k
	return k, true
}

// clear forgets everything: the edition is not the current one any more.
func (m *memory) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known = nil
}

func (m *memory) forget(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.known, name)
}
