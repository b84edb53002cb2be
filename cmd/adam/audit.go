package main

import (
	"context"
	"fmt"
	"os"
	"regexp"

	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Follow the log from its first entry and name the first that is not as it was written."`
}

type auditVerifyCmd struct {
	working
	Head *string `placeholder:"HASH" help:"A head that was printed earlier: fail too where the log does not hold it any more."`
}

// headForm is how heads are printed. An empty one, such as a shell gives for a variable that is not set, is none: whoever
// asks for the comparison shall get it.
var headForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Run verifies the log.
func (c *auditVerifyCmd) Run(ctx context.Context, con console) error {
	if c.Head != nil && !headForm.MatchString(*c.Head) {
		return fault.New(fault.Invalid, "%q is not a head of the log. Give the 64 digits and letters as they were printed.", term.Clip(*c.Head)).At("head")
	}
	if _, err := os.Stat(c.DB); err != nil && !store.IsPostgres(c.DB) {
		return fault.New(fault.NotFound, "There is no database file at --db. Correct the path.")
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := audit.Verify(ctx, s.Client)
	if err != nil {
		return err
	}
	if r.Broken != nil {
		return fault.New(fault.Conflict, "%s Compare it with a backup of that time, and find out who could write to the database.", r.Broken.Sentence)
	}
	if c.Head != nil {
		if err := holds(ctx, s, *c.Head); err != nil {
			return err
		}
	}
	fmt.Fprintf(con.out, "%s, head %s: the log is whole.\n", counted(r.Entries, "entry", "entries"), r.Head)
	if r.Erased > 0 {
		fmt.Fprintf(con.out, "The details of %s were erased.\n", counted(r.Erased, "entry", "entries"))
	}
	return nil
}

// holds fails where a head that was printed earlier is not in the log any more.
func holds(ctx context.Context, s *store.Store, head string) error {
	found, err := audit.Holds(ctx, s.Client, head)
	if err != nil || found {
		return err
	}
	return fault.New(fault.Conflict, "The log is whole and does not hold the head %s: entries at its end were taken away, or all from some entry on were written anew. Compare it with a backup of that time, and find out who could write to the database.", head)
}

func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
