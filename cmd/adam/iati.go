package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/term"
)

type iatiCmd struct {
	Check iatiCheckCmd `cmd:"" help:"Say what IATI activity files hold, what is wrong with them, and which of their activities belong to this field."`
}

type iatiCheckCmd struct {
	Files []string `arg:"" name:"file" help:"Activity files, of any version from 1.01 to 2.03."`
	Words bool     `help:"Only what the words of an activity speak of belongs to the field, whatever its sector codes say."`
}

// Run reads the files and stores nothing. A file that cannot be read to its end fails the command, after the others were
// read.
func (c *iatiCheckCmd) Run(ctx context.Context, con console) error {
	rules := iati.StandardRules()
	if c.Words {
		rules.Need = term.WordSign
	}
	field := iati.NewField(rules)
	var broken error
	for _, path := range c.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.check(con, path, field); err != nil {
			fmt.Fprintln(con.err, err)
			broken = fault.New(fault.Invalid, "Not all files could be read. What is above says why.")
		}
	}
	return broken
}

// plainLine keeps what strangers wrote on one line, and between its tabs.
func plainLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (c *iatiCheckCmd) check(con console, path string, field *iati.Field) error {
	f, err := os.Open(path)
	if err != nil {
		return fault.New(fault.NotFound, "The file %s cannot be read. Look at its name and who may read it.", path).Because(err)
	}
	defer f.Close()
	belong := 0
	report, err := iati.Read(f, iati.Options{Name: filepath.Base(path)}, func(a *iati.Activity) error {
		m := field.Match(a)
		if !m.Belongs {
			return nil
		}
		belong++
		_, err := fmt.Fprintf(con.out, "%s\t%s\t%s\n", plainLine(a.Identifier), plainLine(a.Title.In("en")), m.Why())
		return err
	})
	for _, p := range report.Problems {
		fmt.Fprintln(con.err, p)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(con.err, "%s: %d activities, %d transactions, %d budgets; %d activities belong to the field; %d errors, %d warnings.\n",
		report.File, report.Activities, report.Transactions, report.Budgets, belong, report.Errors, report.Warnings)
	for _, sort := range slices.Sorted(maps.Keys(report.Counts)) {
		fmt.Fprintf(con.err, "  %s: %d\n", sort, report.Counts[sort])
	}
	return nil
}
