// Command diff writes the next migration of both dialects after ent/schema was changed:
//
//	go run ./ent/migrate/diff what-it-does
//
// It needs an empty PostgreSQL database (ADAM_TEST_POSTGRES names a server where it may make one).
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"adam/ent/migrate"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "Say what the migration does: go run ./ent/migrate/diff add-needs")
		os.Exit(2)
	}
	if err := write(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(ctx context.Context, name string) error {
	plans := map[string]string{}
	for _, d := range []string{dialect.Postgres, dialect.SQLite} {
		db, drop, err := testdb.Open(ctx, d)
		if err != nil {
			return err
		}
		defer drop()
		if _, err := migrate.Up(ctx, db, d); err != nil {
			return err
		}
		if plans[d], err = migrate.Plan(ctx, db, d); err != nil {
			return err
		}
	}
	if plans[dialect.Postgres] == "" && plans[dialect.SQLite] == "" {
		fmt.Println("The migrations already give what ent/schema says.")
		return nil
	}
	for d, sql := range plans {
		folder := map[string]string{dialect.Postgres: "postgres", dialect.SQLite: "sqlite"}[d]
		file := filepath.Join("ent", "migrate", folder, fmt.Sprintf("%04d_%s.sql", migrate.Latest()+1, name))
		if sql == "" {
			sql = "-- Nothing to do on this engine.\n"
		}
		if err := os.WriteFile(file, []byte(sql), 0o644); err != nil {
			return err
		}
		fmt.Println("wrote", file)
	}
	return nil
}
