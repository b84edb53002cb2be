//go:build !codegen

package rule

import (
	"context"
	stdsql "database/sql"
	"errors"
	"fmt"
	"strings"

	"adam/internal/access"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// Sighted makes a driver show every viewer only what the rules of this package let her see. It does not add conditions
// to queries, which would have to reach each filter, order, count and search that anybody ever writes. Instead each name
// of a table in a SELECT stands for what the viewer sees of it: the statement begins with a common table expression of
// that name. So a query over the working store answers as if all else were not there (promises.md, non-interference).
// schema is where the tables are: main on SQLite, the current schema on PostgreSQL. rules are those of Tables.
func Sighted(drv dialect.Driver, schema string, rules map[string]Table) dialect.Driver {
	return &sighted{Driver: drv, views: newViews(schema, drv.Dialect(), rules)}
}

type sighted struct {
	dialect.Driver
	views *views
}

// Query answers with what the viewer in the context sees.
func (d *sighted) Query(ctx context.Context, query string, args, v any) error {
	query, err := d.views.seen(ctx, query)
	if err != nil {
		return err
	}
	return d.Driver.Query(ctx, query, args, v)
}

// QueryContext answers SQL of our own likewise.
func (d *sighted) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	query, err := d.views.seen(ctx, query)
	if err != nil {
		return nil, err
	}
	return d.Driver.(sql.ExecQuerier).QueryContext(ctx, query, args...)
}

// ExecContext runs SQL of our own.
func (d *sighted) ExecContext(ctx context.Context, query string, args ...any) (stdsql.Result, error) {
	return d.Driver.(sql.ExecQuerier).ExecContext(ctx, query, args...)
}

// Tx begins a transaction that shows as little.
func (d *sighted) Tx(ctx context.Context) (dialect.Tx, error) { return d.begin(d.Driver.Tx(ctx)) }

// BeginTx begins a transaction of a kind.
func (d *sighted) BeginTx(ctx context.Context, opts *stdsql.TxOptions) (dialect.Tx, error) {
	return d.begin(d.Driver.(interface {
		BeginTx(context.Context, *stdsql.TxOptions) (dialect.Tx, error)
	}).BeginTx(ctx, opts))
}

func (d *sighted) begin(tx dialect.Tx, err error) (dialect.Tx, error) {
	if err != nil {
		return nil, err
	}
	return &sightedTx{Tx: tx, views: d.views}, nil
}

type sightedTx struct {
	dialect.Tx
	views *views
}

func (t *sightedTx) Query(ctx context.Context, query string, args, v any) error {
	query, err := t.views.seen(ctx, query)
	if err != nil {
		return err
	}
	return t.Tx.Query(ctx, query, args, v)
}

func (t *sightedTx) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	query, err := t.views.seen(ctx, query)
	if err != nil {
		return nil, err
	}
	return t.Tx.(sql.ExecQuerier).QueryContext(ctx, query, args...)
}

func (t *sightedTx) ExecContext(ctx context.Context, query string, args ...any) (stdsql.Result, error) {
	return t.Tx.(sql.ExecQuerier).ExecContext(ctx, query, args...)
}

var errUnsighted = errors.New("this statement can't be limited to what its viewer sees")

// seen puts what the viewer in the context sees in the place of the tables that a SELECT names. The program sees them
// as they are. Writing has rules of its own: see policy.go.
func (v *views) seen(ctx context.Context, query string) (string, error) {
	viewer := access.From(ctx)
	if viewer.Program {
		return query, nil
	}
	word, rest := firstWord(query)
	with := func() string {
		return v.with(Seer{Viewer: viewer, Withdrawn: SeesWithdrawn(ctx), Whole: readsWhole(ctx)}, query)
	}
	switch word {
	case "SELECT":
		return with() + query, nil
	case "WITH": // a page of each parent's rows begins so: what it names comes after what the viewer sees
		if next, _ := firstWord(rest); next == "RECURSIVE" {
			return "", errUnsighted
		}
		if seen := with(); seen != "" {
			return strings.TrimSuffix(seen, " ") + ", " + rest, nil
		}
		return query, nil
	case "INSERT", "UPDATE", "DELETE":
		return query, nil
	}
	return "", errUnsighted // what is not understood shows nothing
}

type wholeKey struct{}

// ReadingWhole says that queries made with this context read most rows of their tables. They see the same; but what a row
// points at is looked up in a list that is made once, instead of by a question for each row.
func ReadingWhole(ctx context.Context) context.Context {
	return context.WithValue(ctx, wholeKey{}, true)
}

func readsWhole(ctx context.Context) bool {
	whole, _ := ctx.Value(wholeKey{}).(bool)
	return whole
}

// firstWord is the word that a statement begins with, in capitals, and what follows it.
func firstWord(query string) (word, rest string) {
	query = strings.TrimSpace(query)
	end := strings.IndexFunc(query, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') })
	if end < 0 {
		end = len(query)
	}
	return strings.ToUpper(query[:end]), query[end:]
}

// rawName names tables as they are, in a statement that hides none.
func rawName(sql string) string { return strings.ReplaceAll(sql, "{raw}", "") }

// signature tells seers apart that see differently.
func (s Seer) signature() string {
	return fmt.Sprint(s.Audience, s.SeesAll(), s.Withdrawn, s.Whole, s.Grants)
}
