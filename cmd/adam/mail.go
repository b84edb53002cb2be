package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"adam/internal/fault"
	"adam/internal/mail"
	"adam/internal/store"
	"adam/internal/term"
)

type mailCmd struct {
	List  mailListCmd  `cmd:"" help:"List the outbox, the newest first."`
	Retry mailRetryCmd `cmd:"" help:"Send an e-mail again that is UNSURE or was DROPPED."`
}

type mailListCmd struct {
	working
	Status string `placeholder:"S" help:"waiting, sending, sent, unsure or dropped; all where none is given."`
	Limit  int    `default:"50" help:"How many, at most 1000."`
}

// Run lists the outbox without the texts, which are for the people they go to.
func (c *mailListCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	list, err := mail.List(ctx, s, term.MailStatus(strings.ToUpper(c.Status)), c.Limit)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(con.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tWRITTEN\tSTATUS\tTRIES\tTO\tSUBJECT\tTROUBLE")
	for _, e := range list {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", e.ID, e.At, e.Status, e.Attempts, e.To, e.Subject, e.Trouble)
	}
	return table.Flush()
}

type mailRetryCmd struct {
	working
	ID string `arg:"" help:"The e-mail, as the list names it."`
}

// Run puts an e-mail back into the outbox.
func (c *mailRetryCmd) Run(ctx context.Context, con console) error {
	id, err := term.ParseID(c.ID)
	if err != nil {
		return err
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := mail.Retry(ctx, s, id, time.Now()); err != nil {
		return err
	}
	fmt.Fprintf(con.out, "%s waits in the outbox. A server with --smtp sends it.\n", id)
	return nil
}

// sender sends what is in the outbox; nil, with a word in the log, where there is no mail server. A demonstration writes
// to nobody.
func (c *serveCmd) sender(st *store.Store, logger *slog.Logger) (*mail.Sender, error) {
	switch {
	case c.Demo:
		logger.Info("this is a demonstration: e-mails stay in the outbox and nothing is sent")
		return nil, nil
	case c.SMTP == "":
		logger.Info("no mail server is given with --smtp: e-mails stay in the outbox and nothing is sent")
		return nil, nil
	}
	to, err := mail.ParseURL(c.SMTP)
	if err != nil {
		return nil, err
	}
	return &mail.Sender{Store: st, SMTP: to, Now: time.Now, Logger: logger}, nil
}

// checkMail finds out whether --smtp can be used before a database is made.
func (c *serveCmd) checkMail() error {
	if c.SMTP == "" {
		return nil
	}
	if c.Readonly {
		return fault.New(fault.Invalid, "--smtp: a server with --readonly has no outbox. Leave one of the two out.")
	}
	_, err := mail.ParseURL(c.SMTP)
	return err
}
