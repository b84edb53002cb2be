package main

import (
	"context"
	"io"
	"time"

	"adam/ent"
	"adam/ent/actor"
	"adam/internal/access"
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
	donor, err := s.Client.Actor.Query().Where(actor.Key(c.Actor)).OnlyID(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	// The form goes to the donor: it has what the donor may see, and no more.
	reads := access.With(ctx, access.SignedIn(0, "Questionnaire", []access.Grant{{Role: access.Reporter, Actor: donor}}))
	form, err := donorform.Of(reads, s.Client, c.Actor, time.Now())
	if err != nil {
		return err
	}
	if c.Output == "" {
		return donorform.Write(con.out, form)
	}
	return intoFile(c.Output, func(w io.Writer) error { return donorform.Write(w, form) })
}
