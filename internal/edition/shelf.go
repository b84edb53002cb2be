package edition

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// Shelf serves editions to readers. It may be used by any number of them at once.
type Shelf struct {
	folder string
	store  *store.Store // nil where a server only reads

	refreshing sync.Mutex // one refresh after the other, so that an older list never replaces a newer one

	mu      sync.Mutex // guards what follows
	list    []Listed
	current map[access.Audience]int
	books   map[volume]*book
	clock   uint64        // counts uses, to find the least recent
	freed   chan struct{} // closed when a book may be closed
	closed  bool
}

// NewShelf gives the shelf of a folder. st is the working store whose table says which editions there are; where it is
// nil, the folder says it (adam serve --readonly). Call Refresh before serving, and Close at the end.
func NewShelf(folder string, st *store.Store) *Shelf {
	return &Shelf{folder: folder, store: st, current: map[access.Audience]int{}, books: map[volume]*book{}, freed: make(chan struct{})}
}

// Refresh reads again which editions there are: call it at start and after a release or a withdrawal. What is being
// read is read to its end. After an error the shelf stays as it was.
func (s *Shelf) Refresh(ctx context.Context) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	var list []Listed
	var err error
	if s.store != nil {
		list, err = readList(ctx, s.store.DB)
	} else {
		list, err = scanFolder(ctx, s.folder)
	}
	if err != nil {
		return err
	}
	current := map[access.Audience]int{}
	for _, a := range audiences {
		current[a] = s.newestOf(list, a)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list, s.current = list, current
	for v, b := range s.books {
		if current[v.audience] != v.number {
			b.memory.clear()
		}
		if i := slices.IndexFunc(list, func(l Listed) bool { return l.Number == v.number }); i >= 0 && list[i].Status == term.EditionWithdrawn {
			s.drop(b)
		}
	}
	s.signal() // what was current may be closed now
	return nil
}

// newestOf finds the newest published edition whose file is there: a mirrored folder may lag behind the table. Where no
// file is there, it is the newest all the same, so that the error can name it; 0 where nothing is published.
func (s *Shelf) newestOf(list []Listed, a access.Audience) int {
	newest := 0
	for _, l := range slices.Backward(list) {
		if l.Status != term.EditionPublished {
			continue
		}
		newest = max(newest, l.Number)
		if _, err := os.Stat(filepath.Join(s.folder, fileName(l.Number, a))); err == nil {
			return l.Number
		}
	}
	return newest
}

// Watch refreshes the shelf until the context ends, since other servers release and withdraw too. It blocks: run it in
// a goroutine of its own.
func (s *Shelf) Watch(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
				slog.WarnContext(ctx, "the list of editions could not be refreshed; the known ones are served on", "error", err, "cause", errors.Unwrap(err))
			}
		}
	}
}

// Editions lists what there is, oldest first.
func (s *Shelf) Editions() []Listed {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.list)
}

// Current opens the newest edition of an audience. The caller releases it when the answer is written.
func (s *Shelf) Current(ctx context.Context, a access.Audience) (*Open, error) {
	return s.again(ctx, a, func(list []Listed, current map[access.Audience]int) (*Open, error) {
		n := current[a]
		if n == 0 {
			return nil, noneYet(list)
		}
		return s.acquire(ctx, volume{n, a})
	})
}

// Number opens the edition of a number.
func (s *Shelf) Number(ctx context.Context, a access.Audience, number int) (*Open, error) {
	return s.again(ctx, a, func(list []Listed, _ map[access.Audience]int) (*Open, error) {
		for _, l := range list {
			if l.Number == number {
				return s.listed(ctx, list, l, a)
			}
		}
		return nil, unknownNumber(list, number)
	})
}

// On opens the edition that was current at the end of a day in UTC. Where that one has been withdrawn since, no other
// takes its place: it would not be what the catalogue said.
func (s *Shelf) On(ctx context.Context, a access.Audience, day term.Date) (*Open, error) {
	if d, err := term.ParseDate(string(day)); err != nil || d == "" {
		return nil, fault.New(fault.Invalid, "%q is not a day. Write it as 2009-05-17.", term.Clip(string(day)))
	}
	return s.again(ctx, a, func(list []Listed, _ map[access.Audience]int) (*Open, error) {
		for _, l := range slices.Backward(list) {
			goneThen := l.Status == term.EditionWithdrawn && l.WithdrawnOn <= day
			if l.Date <= day && l.Status != term.EditionBuilding && !goneThen {
				return s.listed(ctx, list, l, a)
			}
		}
		return nil, beforeFirst(list, day)
	})
}

// listed opens an edition of the list where it can be read.
func (s *Shelf) listed(ctx context.Context, list []Listed, l Listed, a access.Audience) (*Open, error) {
	switch l.Status {
	case term.EditionBuilding:
		return nil, beingMade(l.Number)
	case term.EditionWithdrawn:
		return nil, isWithdrawn(list, l)
	}
	return s.acquire(ctx, volume{l.Number, a})
}

// again tries once more with a fresh list where a file is missing: it may have been withdrawn a moment ago.
func (s *Shelf) again(ctx context.Context, a access.Audience, open func([]Listed, map[access.Audience]int) (*Open, error)) (*Open, error) {
	if !slices.Contains(audiences, a) {
		return nil, fault.New(fault.Invalid, "There are editions for the public and for members, not for %q.", string(a))
	}
	o, err := open(s.known())
	if errors.Is(err, errMissing) && s.Refresh(ctx) == nil {
		return open(s.known())
	}
	return o, err
}

// known is the list and what is current; neither is ever changed, only replaced.
func (s *Shelf) known() ([]Listed, map[access.Audience]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list, s.current
}

func noneYet(list []Listed) *fault.Error {
	for _, l := range list {
		if l.Status == term.EditionBuilding {
			return beingMade(l.Number)
		}
	}
	return fault.New(fault.NotFound, "There is no edition yet. The secretariat can release the first one.")
}

// PublicFile is the path of the public file of an edition, for downloading. There is no such thing for members.
func (s *Shelf) PublicFile(number int) (string, error) {
	list, _ := s.known()
	i := slices.IndexFunc(list, func(l Listed) bool { return l.Number == number })
	switch {
	case i < 0:
		return "", unknownNumber(list, number)
	case list[i].Status == term.EditionBuilding:
		return "", beingMade(number)
	case list[i].Status == term.EditionWithdrawn:
		return "", isWithdrawn(list, list[i])
	}
	path := filepath.Join(s.folder, fileName(number, access.Public))
	_, err := inspect(path, number, access.Public)
	return path, err
}
