package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/funding"
)

type ratesCmd struct {
	Import ratesImportCmd `cmd:"" help:"Read exchange rates from a CSV file: all of it, or nothing."`
}

type ratesImportCmd struct {
	working
	File   string `arg:"" help:"CSV with the columns currency, year, per_usd and, where they differ, source."`
	Source string `placeholder:"TEXT" help:"Where the rates come from, for lines that do not say so themselves."`
}

// Run reads a table of rates. Readers see it from the next edition on.
func (c *ratesImportCmd) Run(ctx context.Context, con console) error {
	f, err := os.Open(c.File)
	if err != nil {
		return fault.New(fault.NotFound, "The file %s cannot be read. Look at its name and who may read it.", c.File).Because(err)
	}
	defer f.Close()
	rates, err := funding.ReadRates(f, c.File, c.Source)
	if err != nil {
		return err
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var done funding.Imported
	err = s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		done, err = funding.SaveRates(ctx, tx, rates, time.Now())
		return err
	})
	if err != nil {
		return err
	}
	for _, line := range done.Changed {
		fmt.Fprintln(con.out, line)
	}
	fmt.Fprintf(con.out, "%d rates were added and %d changed; %d were unchanged. Readers see them with the next edition.\n", done.Added, len(done.Changed), done.Unchanged)
	return nil
}
