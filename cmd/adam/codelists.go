package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"adam/internal/exchange/codelist"
	"adam/internal/fault"
)

type codesCmd struct {
	Check codesCheckCmd `cmd:"" help:"List the codes that are on no list, with how often and where they are used. Nothing is changed."`
}

type codesCheckCmd struct{ working }

// Run lists unknown and withdrawn codes. It fails where a code is unknown, or where the lists do not agree with each other.
func (c *codesCheckCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := codelist.Check(ctx, s.Client)
	if err != nil {
		return err
	}
	tellCodes(con.out, "unknown", r.Unknown)
	tellCodes(con.out, "withdrawn", r.Old)
	for _, sentence := range r.Tables {
		fmt.Fprintln(con.out, sentence)
	}
	fmt.Fprintf(con.err, "%d uses of codes were checked: %d codes are on no list, %d are withdrawn from theirs; the lists disagree in %d places.\n", r.Checked, len(r.Unknown), len(r.Old), len(r.Tables))
	if len(r.Unknown)+len(r.Tables) > 0 {
		return fault.New(fault.Invalid, "Not all codes are known. What is listed above is kept as it is: correct the records where a code is a mistake, or take a version of this program that knows it.")
	}
	return nil
}

// tellCodes writes a line for each code: what it is, its list, how often it is used, where, and by which records first.
func tellCodes(out io.Writer, what string, all []codelist.Use) {
	for _, u := range all {
		fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%s\t%s\n", what, u.List, plainLine(u.Code), u.Count, u.Where, strings.Join(u.Examples, ", "))
	}
}
