// Package sight shows that nobody sees what is not theirs (promises.md, non-interference): whatever a viewer asks at any
// door, the answer is the same, byte for byte, as from a database from which all that she may not see was removed. Here
// are the real database with a row of every kind that somebody may not see, the reduced ones, and the comparison; each
// door brings its questions. For tests only.
package sight

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"adam/ent"
	"adam/ent/migrate"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/store"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

// Sight is the real database, and for each viewer one that holds what she may see.
type Sight struct {
	World   *World
	Store   *store.Store
	Real    map[Who]*Side
	Reduced map[Who]*Side

	folder string
}

// ErrNoServer says that there is no PostgreSQL here.
var ErrNoServer = errors.New("skipped. Set ADAM_TEST_POSTGRES to a server where databases may be made")

var (
	closers   []func()
	closersMu sync.Mutex
)

// closing adds to what Close does, in the opposite order.
func closing(f func()) {
	closersMu.Lock()
	defer closersMu.Unlock()
	closers = append([]func(){f}, closers...)
}

// Close removes what the tests of a package have shared: call it after the last of them.
func Close() {
	for _, f := range closers {
		f()
	}
}

// Of gives what all tests of a package share. It is built once, in files.
func Of(t testing.TB) *Sight {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var shared = sync.OnceValues(func() (*Sight, error) {
	ctx := access.With(context.Background(), access.Operator("Test"))
	folder, err := os.MkdirTemp("", "adam-sight-")
	if err != nil {
		return nil, err
	}
	closing(func() { _ = os.RemoveAll(folder) })
	s := &Sight{World: newWorld(), Real: map[Who]*Side{}, Reduced: map[Who]*Side{}, folder: folder}
	if s.Store, err = opened(ctx, filepath.Join(folder, "real.db")); err != nil {
		return nil, err
	}
	if err := s.World.load(ctx, s.Store); err != nil {
		return nil, err
	}
	if err := s.publish(ctx); err != nil {
		return nil, err
	}
	for _, v := range Everyone.Each() {
		if err := s.side(ctx, v); err != nil {
			return nil, err
		}
	}
	return s, s.reducedEditions(ctx)
})

// opened opens a working store until the end.
func opened(ctx context.Context, address string) (*store.Store, error) {
	st, err := store.Open(ctx, address)
	if err == nil {
		closing(func() { _ = st.Close() })
	}
	return st, err
}

// load fills an empty store with the shipped data and the fixture.
func (w *World) load(ctx context.Context, st *store.Store) error {
	if _, err := migrate.Up(ctx, st.DB, st.Dialect); err != nil {
		return err
	}
	shipped, err := seed.Check(seed.Read(seed.Shipped()))
	if err != nil {
		return err
	}
	err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := seed.Load(ctx, tx, shipped); err != nil {
			return err
		}
		return w.fill(ctx, tx)
	})
	if err != nil {
		return err
	}
	return indexed(ctx, st)
}

// indexed brings the text index into one piece. In many it answers as well, but the forgiving of typing errors, which
// looks up hundreds of words, takes several times as long: most of the time of these tests.
func indexed(ctx context.Context, st *store.Store) error {
	_, err := st.DB.ExecContext(ctx, "INSERT INTO records_fts (records_fts) VALUES ('optimize')")
	return err
}

// publish cuts the editions and opens the one that readers read.
func (s *Sight) publish(ctx context.Context) error {
	folder, err := s.editions(ctx, "real", s.Store, false)
	if err != nil {
		return err
	}
	shelf := edition.NewShelf(folder, nil)
	if err := shelf.Refresh(ctx); err != nil {
		return err
	}
	closing(shelf.Close)
	for _, v := range Everyone.Each() {
		s.Real[v] = &Side{Store: s.Store, Data: s.Store, Client: s.Store.Client, Audience: access.Working, Editions: folder}
	}
	for _, v := range Readers.Each() {
		open, err := shelf.Number(ctx, s.World.Viewer(v).Audience, Edition)
		if err != nil {
			return err
		}
		closing(open.Release)
		s.Real[v].Client, s.Real[v].Audience, s.Real[v].Number = open.Client, open.Audience, open.Number
	}
	return nil
}

// side makes the database that holds what a viewer may see, and nothing else. The server has a second one for accounts.
func (s *Sight) side(ctx context.Context, v Who) error {
	kept, err := Copied(ctx, s.Store, filepath.Join(s.folder, v.String()+"-accounts.db"))
	if err != nil {
		return err
	}
	closing(func() { _ = kept.Close() })
	if err := s.World.reduce(ctx, kept, v, false); err != nil {
		return err
	}
	st, err := Copied(ctx, kept, filepath.Join(s.folder, v.String()+".db"))
	if err != nil {
		return err
	}
	closing(func() { _ = st.Close() })
	kept.Client = plainClient(kept) // what accounts lead to is read from here
	side := &Side{Store: kept, Data: st, Audience: s.Real[v].Audience, Number: s.Real[v].Number}
	if v == Desk {
		if side.All, err = s.withWithdrawn(ctx, v); err != nil {
			return err
		}
	}
	s.Reduced[v], side.Client = side, side.client()
	if err := withoutAccounts(ctx, st); err != nil {
		return err
	}
	return indexed(ctx, st)
}

// withWithdrawn makes the database that holds what a viewer may see, and withdrawn records.
func (s *Sight) withWithdrawn(ctx context.Context, v Who) (*store.Store, error) {
	st, err := Copied(ctx, s.Store, filepath.Join(s.folder, v.String()+"-withdrawn.db"))
	if err != nil {
		return nil, err
	}
	closing(func() { _ = st.Close() })
	if err := s.World.reduce(ctx, st, v, true); err != nil {
		return nil, err
	}
	return st, withoutAccounts(ctx, st)
}

// OnPostgres copies the databases of some viewers of the working store over.
func (s *Sight) OnPostgres(ctx context.Context, viewers Who) (*Sight, error) {
	out := &Sight{World: s.World, Real: map[Who]*Side{}, Reduced: map[Who]*Side{}}
	var err error
	if out.Store, err = onPostgres(ctx, s.Store); err != nil {
		return nil, err
	}
	for _, v := range viewers.Each() {
		st, err := onPostgres(ctx, s.Reduced[v].Data)
		if err != nil {
			return nil, err
		}
		out.Real[v] = &Side{Store: out.Store, Data: out.Store, Client: out.Store.Client, Audience: access.Working}
		side := &Side{Store: s.Reduced[v].Store, Data: st, Audience: access.Working}
		if all := s.Reduced[v].All; all != nil {
			if side.All, err = onPostgres(ctx, all); err != nil {
				return nil, err
			}
		}
		out.Reduced[v], side.Client = side, side.client()
	}
	return out, nil
}

func onPostgres(ctx context.Context, from *store.Store) (*store.Store, error) {
	address, drop, err := testdb.Fresh(ctx, dialect.Postgres)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrNoServer)
	}
	closing(drop)
	to, err := opened(ctx, address)
	if err != nil {
		return nil, err
	}
	to.DB.SetMaxOpenConns(6) // a server for tests has few to give, and others test at the same time
	return to, edition.CopyStore(ctx, from, to)
}
