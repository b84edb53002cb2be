package main

import (
	"context"
	"fmt"
	"time"

	"adam/internal/corpus"
)

type generateCmd struct {
	Activities int    `required:"" placeholder:"N" help:"How many activities; there are about three lines of money for each, and an actor for twenty."`
	Seed       uint64 `default:"1" placeholder:"S" help:"The same number of activities and the same seed give the same records."`
	// The environment does not name it: a server's own database must not be filled by mistake.
	DB string `name:"db" required:"" env:"-" placeholder:"DB" help:"A new SQLite file or an empty PostgreSQL database, or one with the shipped data and at most one account."`
}

// Run makes a synthetic corpus, after the shipped data where those are not there.
func (c *generateCmd) Run(ctx context.Context, con console) error {
	s, _, err := working{DB: c.DB}.prepare(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := load(ctx, s); err != nil {
		return err
	}
	began := time.Now()
	made, err := corpus.Generate(ctx, s, corpus.Plan{Activities: c.Activities, Seed: c.Seed}, began, func(done int) {
		fmt.Fprintf(con.err, "\r%d of %d activities", done, c.Activities)
	})
	fmt.Fprintln(con.err)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "%d synthetic activities, %d actors and %d lines of money were made in %.0f s. None of it is true; each key begins with %s.\n",
		made.Activities, made.Actors, made.Lines, time.Since(began).Seconds(), corpus.Prefix)
	return nil
}
