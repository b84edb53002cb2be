package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"adam/ent"
	"adam/ent/migrate"
	"adam/internal/audit"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/seed"
)

// working names the working store and its editions; most commands have these flags.
type working struct {
	DB       string `name:"db" default:"adam.db" placeholder:"DB" help:"Path of a SQLite file, or a postgres:// address."`
	Editions string `name:"editions" default:"editions" placeholder:"DIR" help:"Folder of the editions."`
}

// open opens the working store, which must be of this program's version.
func (w working) open(ctx context.Context) (*store.Store, error) {
	s, err := store.Open(ctx, w.DB)
	if err != nil {
		return nil, err
	}
	v, err := migrate.Current(ctx, s.DB, s.Dialect)
	if err == nil && v < migrate.Latest() {
		err = fault.New(fault.Conflict, "The database is of version %d and this program needs version %d. Run adam migrate first.", v, migrate.Latest())
	}
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// prepare opens the working store, making and migrating it where needed.
func (w working) prepare(ctx context.Context) (*store.Store, int, error) {
	s, err := store.Open(ctx, w.DB)
	if err != nil {
		return nil, 0, err
	}
	taken, err := migrate.Up(ctx, s.DB, s.Dialect)
	if err != nil {
		_ = s.Close()
		return nil, 0, err
	}
	return s, taken, nil
}

type migrateCmd struct{ working }

// Run brings the database to the newest version.
func (c *migrateCmd) Run(ctx context.Context, con console) error {
	s, taken, err := c.prepare(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Fprintf(con.out, "The database is of version %d; %d steps were taken.\n", migrate.Latest(), taken)
	return nil
}

type seedCmd struct{ working }

// Run loads the shipped data set.
func (c *seedCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := load(ctx, s)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "%d records were added and %d updated; %d were unchanged and %d were left alone because somebody had edited them.\n",
		report.Created, report.Updated, report.Unchanged, report.Kept)
	return nil
}

// load brings the shipped data set into the database, all of it or nothing.
func load(ctx context.Context, s *store.Store) (seed.Report, error) {
	f, err := seed.Check(seed.Read(seed.Shipped()))
	if err != nil {
		return seed.Report{}, err
	}
	var report seed.Report
	err = s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		report, err = seed.Load(ctx, tx, f)
		if err == nil && report.Created+report.Updated > 0 {
			audit.AtCommit(ctx, tx, time.Now(), audit.Entry{Kind: term.LogChanged,
				Summary: fmt.Sprintf("The shipped data set was loaded: %d records were added and %d updated.", report.Created, report.Updated)})
		}
		return err
	})
	return report, err
}

type releaseCmd struct {
	working
	Summary string `placeholder:"TEXT" default:"" help:"What the edition is, in a sentence."`
}

// Run publishes a new edition.
func (c *releaseCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	e, err := edition.Release(ctx, s, c.Editions, c.Summary, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "Edition %d of %s is published.\n", e.Number, e.Date)
	return nil
}

type editionsCmd struct {
	List     editionsListCmd     `cmd:"" default:"withargs" help:"List all editions."`
	Withdraw editionsWithdrawCmd `cmd:"" help:"Take an edition back; its number and the reason stay."`
}

type editionsListCmd struct{ working }

// Run lists the editions, newest first.
func (c *editionsListCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := s.Client.Edition.Query().Order(ent.Desc("number")).All(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(con.out, "There is no edition yet. Make one with adam release.")
	}
	for _, e := range all {
		fmt.Fprintf(con.out, "%4d  %s  %-9s  %s\n", e.Number, e.Date, e.Status, e.Summary)
		if e.WithdrawnReason != nil {
			fmt.Fprintf(con.out, "      withdrawn on %s: %s\n", e.WithdrawnOn, *e.WithdrawnReason)
		}
	}
	return nil
}

type editionsWithdrawCmd struct {
	working
	Number int    `arg:"" help:"Number of the edition."`
	Reason string `required:"" placeholder:"TEXT" help:"Why; everybody can read it."`
}

// Run withdraws an edition.
func (c *editionsWithdrawCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	rebuilt, err := edition.Withdraw(ctx, s, c.Editions, c.Number, c.Reason, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "Edition %d is withdrawn.\n", c.Number)
	if rebuilt != nil {
		fmt.Fprintf(con.out, "Edition %d takes its place.\n", rebuilt.Number)
	}
	return nil
}

type backupCmd struct {
	working
	File string `arg:"" help:"The file to write; an older one of that name is replaced once the new one is whole."`
}

// Run writes a backup.
func (c *backupCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := edition.Backup(ctx, s, c.Editions, c.File); err != nil {
		return err
	}
	fmt.Fprintf(con.out, "The backup is in %s.\n", c.File)
	return nil
}

type restoreCmd struct {
	working
	File string `arg:"" help:"The backup to read."`
}

// Run makes a database and its editions from a backup.
func (c *restoreCmd) Run(ctx context.Context, con console) error {
	if err := edition.Restore(ctx, c.File, c.DB, c.Editions); err != nil {
		return err
	}
	fmt.Fprintln(con.out, "The backup is restored.")
	return nil
}

type copyCmd struct {
	From string `required:"" placeholder:"DB" help:"Path of a SQLite file, or a postgres:// address."`
	To   string `required:"" placeholder:"DB" help:"An empty database; it is made where it is a SQLite file."`
}

// Run copies a database.
func (c *copyCmd) Run(ctx context.Context, con console) error {
	if _, err := os.Stat(c.From); err != nil && !store.IsPostgres(c.From) {
		return fault.New(fault.NotFound, "There is no database file at --from. Correct the path.")
	}
	from, err := working{DB: c.From}.open(ctx)
	if err != nil {
		return err
	}
	defer from.Close()
	to, _, err := working{DB: c.To}.prepare(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	if err := edition.CopyStore(ctx, from, to); err != nil {
		return err
	}
	fmt.Fprintln(con.out, "The database is copied. Its editions are files: copy their folder too.")
	return nil
}

type exportCanonicalCmd struct {
	working
	Output string `short:"o" placeholder:"FILE" help:"File to write; standard output where it is not given."`
}

// Run writes the canonical export.
func (c *exportCanonicalCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if c.Output == "" {
		return edition.Canonical(ctx, s, con.out)
	}
	return intoFile(c.Output, func(w io.Writer) error { return edition.Canonical(ctx, s, w) })
}

// intoFile writes a file whole or not at all.
func intoFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(dirOf(path), ".adam-*")
	if err != nil {
		return fault.New(fault.Invalid, "The file cannot be written there. Give a path in a folder that exists and can be written.").Because(err)
	}
	defer os.Remove(f.Name()) // of no effect after the rename
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
