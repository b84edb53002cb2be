package migrate

import (
	"context"
	"database/sql"
)

// Step is a migration as the tests of this package see it.
type Step struct {
	Version   int
	Name, SQL string
}

// Steps lists the migrations of a dialect.
func Steps(d string) ([]Step, error) {
	all, err := steps(d)
	out := make([]Step, len(all))
	for i, s := range all {
		out[i] = Step{s.version, s.name, s.sql}
	}
	return out, err
}

// Apply takes one step.
func Apply(ctx context.Context, db *sql.DB, d string, s Step) (bool, error) {
	return apply(ctx, db, d, step{s.Version, s.Name, s.SQL})
}
