package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"adam/ent"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// sight is what the tests of these files share: the real database, and for each viewer one that holds what she may see.
type sight struct {
	world   *world
	store   *store.Store
	real    map[who]*Side
	reduced map[who]*Side
}

var (
	handlers   = map[*store.Store]http.Handler{}
	handlersMu sync.Mutex
)

func sightHandler(s *store.Store) http.Handler {
	clock := func() time.Time { return now }
	return graph.Handler(clock, &people.Keeper{Store: s, Now: clock, Log: func(context.Context, *ent.Tx, people.Event) error { return nil }})
}

// sightOf builds it once, in files.
var sightOf = sync.OnceValues(func() (*sight, error) {
	ctx := access.With(context.Background(), access.Operator("Test"))
	folder, err := os.MkdirTemp("", "adam-sight-")
	if err != nil {
		return nil, err
	}
	s := &sight{world: newWorld(), real: map[who]*Side{}, reduced: map[who]*Side{}}
	closing(func() { _ = os.RemoveAll(folder) })
	if s.store, err = store.Open(ctx, filepath.Join(folder, "real.db")); err != nil {
		return nil, err
	}
	closing(func() { _ = s.store.Close() })
	if err := fill(ctx, s.store, s.world.fill); err != nil {
		return nil, err
	}
	if err := s.publish(ctx, folder); err != nil {
		return nil, err
	}
	for _, v := range everyone.each() {
		if err := s.side(ctx, folder, v); err != nil {
			return nil, err
		}
	}
	return s, nil
})

// closing adds to what is done after the last test, in the opposite order.
func closing(f func()) {
	closersMu.Lock()
	defer closersMu.Unlock()
	closers = append([]func(){f}, closers...)
}

// publish cuts the edition that readers read.
func (s *sight) publish(ctx context.Context, folder string) error {
	for _, a := range []access.Audience{access.Public, access.Members} {
		if err := edition.Cut(ctx, s.store, folder, theEdition, a); err != nil {
			return err
		}
	}
	shelf := edition.NewShelf(folder, nil)
	if err := shelf.Refresh(ctx); err != nil {
		return err
	}
	closing(shelf.Close)
	for _, v := range readers.each() {
		open, err := shelf.Number(ctx, s.world.viewer(v).Audience, theEdition)
		if err != nil {
			return err
		}
		closing(open.Release)
		s.real[v] = &Side{Store: s.store, Data: s.store, Client: open.Client, Audience: open.Audience, Number: open.Number}
	}
	return nil
}

// side makes the database that holds what a viewer may see, and nothing else. The server has a second one for accounts.
func (s *sight) side(ctx context.Context, folder string, v who) error {
	kept, err := copied(ctx, s.store, filepath.Join(folder, v.String()+"-accounts.db"))
	if err != nil {
		return err
	}
	closing(func() { _ = kept.Close() })
	if err := s.world.reduce(ctx, kept, v); err != nil {
		return err
	}
	st, err := copied(ctx, kept, filepath.Join(folder, v.String()+".db"))
	if err != nil {
		return err
	}
	closing(func() { _ = st.Close() })
	if s.real[v] == nil {
		s.real[v] = &Side{Store: s.store, Data: s.store, Client: s.store.Client, Audience: access.Working}
	}
	s.reduced[v] = &Side{Store: kept, Data: st, Client: plainClient(st), Audience: s.real[v].Audience, Number: s.real[v].Number}
	return withoutAccounts(ctx, st)
}

// onPostgres copies the databases of some viewers of the working store over.
func (s *sight) onPostgres(ctx context.Context, viewers who) (*sight, error) {
	out := &sight{world: s.world, real: map[who]*Side{}, reduced: map[who]*Side{}}
	over := func(from *store.Store) (*store.Store, error) {
		address, drop, err := testdb.Fresh(ctx, dialect.Postgres)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", err, errNoServer)
		}
		closing(drop)
		to, err := store.Open(ctx, address)
		if err != nil {
			return nil, err
		}
		closing(func() { _ = to.Close() })
		to.DB.SetMaxOpenConns(6) // a server for tests has few to give, and others test at the same time
		return to, edition.CopyStore(ctx, from, to)
	}
	var err error
	if out.store, err = over(s.store); err != nil {
		return nil, err
	}
	for _, v := range viewers.each() {
		st, err := over(s.reduced[v].Data)
		if err != nil {
			return nil, err
		}
		out.real[v] = &Side{Store: out.store, Data: out.store, Client: out.store.Client, Audience: access.Working}
		out.reduced[v] = &Side{Store: s.reduced[v].Store, Data: st, Client: plainClient(st), Audience: access.Working}
	}
	return out, nil
}
