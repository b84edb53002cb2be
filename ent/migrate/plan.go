package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ariga.io/atlas/sql/migrate"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
)

// Plan compares a database that has had every migration with the schema in Go and gives the SQL that would bring it
// there; "" where they agree. The drift test rests on it, and so does the command that writes a new migration.
func Plan(ctx context.Context, db *sql.DB, d string) (string, error) {
	dir := migrate.OpenMemDir("adam-plan-" + d)
	defer dir.Close()
	dir.Reset()
	a, err := schema.NewMigrate(entsql.OpenDB(d, db), schema.WithDir(dir), schema.WithErrNoPlan(true),
		schema.WithMigrationMode(schema.ModeInspect), schema.WithFormatter(migrate.DefaultFormatter))
	if err != nil {
		return "", err
	}
	err = a.NamedDiff(ctx, "change", Desired(d)...)
	if errors.Is(err, migrate.ErrNoPlan) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("plan for %s: %w", d, err)
	}
	written, err := dir.Files()
	if err != nil || len(written) == 0 {
		return "", err
	}
	return string(written[0].Bytes()), nil
}
