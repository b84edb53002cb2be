package sight

import (
	"context"
	"database/sql"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/store"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// Side is a database from which one viewer is answered, as the server does it: an edition, or the working store.
type Side struct {
	Store    *store.Store // where accounts are, and where mutations would write
	Data     *store.Store // what the client reads
	Client   *ent.Client
	All      *store.Store // the same with withdrawn records, where the viewer comes to know of them; nil otherwise
	Audience access.Audience
	Number   int    // of the edition; 0 for the working store
	Editions string // the folder of the editions that can be asked for
}

// Through puts a viewer and what she reads into a context.
func (s *Side) Through(ctx context.Context, v access.Viewer) context.Context {
	return edition.Into(access.With(ctx, v), s.Client, s.Audience, s.Number)
}

// plainClient reads a database as it is: what a viewer may see is all that is in it.
func plainClient(s *store.Store) *ent.Client {
	return ent.NewClient(ent.Driver(entsql.OpenDB(s.Dialect, s.DB)))
}

// client reads a side. What lists withdrawn records reads them in a database that has them; all else is in one that has not.
func (s *Side) client() *ent.Client {
	if s.All == nil {
		return plainClient(s.Data)
	}
	return ent.NewClient(ent.Driver(&withWithdrawn{entsql.OpenDB(s.Data.Dialect, s.Data.DB), entsql.OpenDB(s.All.Dialect, s.All.DB)}))
}

// withWithdrawn is a driver of two databases.
type withWithdrawn struct {
	*entsql.Driver
	all *entsql.Driver
}

func (d *withWithdrawn) of(ctx context.Context) *entsql.Driver {
	if rule.SeesWithdrawn(ctx) {
		return d.all
	}
	return d.Driver
}

func (d *withWithdrawn) Query(ctx context.Context, query string, args, v any) error {
	return d.of(ctx).Query(ctx, query, args, v)
}

func (d *withWithdrawn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.of(ctx).QueryContext(ctx, query, args...)
}

// Copied gives a new SQLite file with all that another holds.
func Copied(ctx context.Context, from *store.Store, path string) (*store.Store, error) {
	if from.Dialect != dialect.SQLite {
		panic("only files are copied")
	}
	if _, err := from.DB.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return nil, err
	}
	return store.Open(ctx, path)
}
