package main

import (
	"context"
	"fmt"
	"time"

	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/term"
)

type reviewCmd struct {
	Tick reviewTickCmd `cmd:"" help:"Do what the calendar asks for now: open reviews whose year is over, write reminders. A server does it by itself every minute."`
}

type reviewTickCmd struct {
	working
	linking
	Now string `placeholder:"TIME" help:"The instant that it shall be, such as 2027-01-31T00:00:00Z; the clock's where it is not given."`
}

// Run looks at the calendar once. It prints what it did, which is nothing where it was done before.
func (c *reviewTickCmd) Run(ctx context.Context, con console) error {
	now := time.Now()
	if c.Now != "" {
		var err error
		if now, err = time.Parse(time.RFC3339, c.Now); err != nil {
			return fault.New(fault.Invalid, "--now: %q is not an instant. Write it as 2027-01-31T00:00:00Z.", term.Clip(c.Now)).At("now")
		}
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	clock := func() time.Time { return now }
	desk := &review.Desk{People: people.New(s, clock), BaseURL: c.BaseURL, Now: clock}
	t, err := desk.Tick(ctx, s)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "%s opened, %s written, readings of %s released.\n", counted(int64(t.Opened), "review", "reviews"),
		counted(int64(t.Mails), "letter", "letters"), counted(int64(t.Released), "chapter", "chapters"))
	return nil
}
