package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"adam/internal/access"
	"adam/internal/fault"

	"github.com/alecthomas/kong"
)

// Exit codes: what the shell learns.
const (
	exitDone  = 0
	exitFail  = 1 // the command was understood and could not be done
	exitUsage = 2 // the command was not understood
)

// console is where a command speaks.
type console struct{ out, err io.Writer }

// cli is every command. Each flag can also be given in the environment: --base-url as ADAM_BASE_URL.
type cli struct {
	Serve         serveCmd         `cmd:"" help:"Serve the catalogue. Makes, migrates and fills the database where needed."`
	Migrate       migrateCmd       `cmd:"" help:"Bring the database to the version that this program knows."`
	Seed          seedCmd          `cmd:"" help:"Load the shipped data set. Records that somebody has edited are left alone."`
	Release       releaseCmd       `cmd:"" help:"Publish a new edition of what is in the database now."`
	Editions      editionsCmd      `cmd:"" help:"List the editions, or withdraw one."`
	Backup        backupCmd        `cmd:"" help:"Write the database and all editions into one file, while the server runs."`
	Restore       restoreCmd       `cmd:"" help:"Make a database and its editions from a backup."`
	Copy          copyCmd          `cmd:"" help:"Copy a whole database into an empty one, also between SQLite and PostgreSQL."`
	Export        exportCmd        `cmd:"" help:"Write records in another form."`
	Generate      generateCmd      `cmd:"" help:"Make a synthetic catalogue of any size, for load tests."`
	Codes         codesCmd         `cmd:"" name:"codelists" help:"Compare the codes that records use with the lists that this program knows."`
	IATI          iatiCmd          `cmd:"" help:"Look at files of the International Aid Transparency Initiative."`
	Import        importCmd        `cmd:"" help:"Read files into the catalogue."`
	Questionnaire questionnaireCmd `cmd:"" help:"Write forms that are filled in without the web."`
	Review        reviewCmd        `cmd:"" help:"Look at the calendar of reviews."`
	Audit         auditCmd         `cmd:"" help:"Check that the log is whole: that nothing in it was changed or taken out."`
	Mail          mailCmd          `cmd:"" help:"See the outbox, or send an e-mail again."`
	Overlaps      overlapsCmd      `cmd:"" help:"Find activities that may be reported twice, or that give the same assistance."`
	Rates         ratesCmd         `cmd:"" help:"Keep the exchange rates that sums are converted with."`
	User          userCmd          `cmd:"" help:"Keep accounts."`
	Token         tokenCmd         `cmd:"" help:"Keep the tokens of programs."`
	Version       versionCmd       `cmd:"" help:"Tell the version of the program and of the databases that it knows."`
}

const about = `The catalogue of who does what against migrant smuggling and trafficking in persons.

Begin with: adam serve. It needs nothing else. Every flag can also be set in the environment, --db as ADAM_DB.`

// run carries out one command line and gives the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("adam"), kong.Description(about), kong.DefaultEnvars("ADAM"),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.BindTo(access.With(ctx, access.Operator("Operator")), (*context.Context)(nil)),
		kong.Bind(console{stdout, stderr}))
	if err != nil {
		panic(err) // the commands are compiled in: only a broken build can get here
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help has been answered
	}
	if err != nil {
		fmt.Fprintf(stderr, "adam: %v. See adam --help.\n", err)
		return exitUsage
	}
	if err := command.Run(); err != nil {
		return report(stderr, err)
	}
	return exitDone
}

// report tells a person what went wrong: a fault's own sentence, or that it was unexpected, with what we know of it.
func report(stderr io.Writer, err error) int {
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, "adam: stopped before it was done; nothing half-done was kept.")
		return exitFail
	}
	if f := fault.As(err); f != nil {
		fmt.Fprintf(stderr, "adam: %s (%s)\n", f.Sentence, f.Kind)
		return exitFail
	}
	fmt.Fprintf(stderr, "adam: Something unexpected went wrong; nothing half-done was kept. Please report this: %v (%s)\n", err, fault.Internal)
	return exitFail
}
