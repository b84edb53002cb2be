package main

import (
	"context"
	"io"
	"time"

	"adam/internal/exchange/donorform"
)

type questionnaireCmd struct {
	Donor questionnaireDonorCmd `cmd:"" help:"Write the form in which a donor puts its activities right and adds new ones, as XLSX. It comes back with adam import xlsx."`
}

type questionnaireDonorCmd struct {
	working
	Actor  string `arg:"" help:"The key of the organisation."`
	Output string `short:"o" placeholder:"FILE" help:"File to write; standard output where it is not given."`
}

// Run writes the questionnaire of a donor.
func (c *questionnaireDonorCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	form, err := donorform.Of(ctx, s.Client, c.Actor, time.Now())
	if err != nil {
		return err
	}
	if c.Output == "" {
		return donorform.Write(con.out, form)
	}
	return intoFile(c.Output, func(w io.Writer) error { return donorform.Write(w, form) })
}
