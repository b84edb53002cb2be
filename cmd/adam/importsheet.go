package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"adam/internal/exchange/intake"
	"adam/internal/exchange/table"
	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/internal/term"
)

// sheets is what imports of lists of activities are told.
type sheets struct {
	importing
	Files      []string `arg:"" name:"file" help:"Spreadsheets with a row for each activity."`
	Publisher  string   `placeholder:"NAME-OR-KEY" help:"The organisation that sent the files and answers for what they say, by its key or its name."`
	Source     string   `placeholder:"SORT" help:"What sort of source the files are: desk-research, which holds where nothing is said, donor-questionnaire, state-questionnaire, io-consultation, cop-response or focal-point."`
	Visibility string   `default:"restricted" enum:"restricted,members,public" help:"Who may see what is new: ${enum}."`
	Mapping    string   `placeholder:"FILE" help:"JSON with what the columns mean, as the command prints it. Once it was applied it is remembered for files with the same headers."`
	Sheet      string   `placeholder:"NAME" help:"Of a workbook with several lists of activities, the sheet that is read."`
	All        bool     `help:"Read every sheet that is a list of activities and not hidden."`
	Licence    string   `help:"The licence of what the files say, in the words of who gives it."`
}

type importCSVCmd struct{ sheets }

// Run imports lists of activities, each file in a transaction of its own.
func (c *importCSVCmd) Run(ctx context.Context, con console) error { return c.activities(ctx, con) }

// activities imports lists of activities.
func (c *sheets) activities(ctx context.Context, con console) error {
	mapping, err := c.mapping()
	if err != nil {
		return err
	}
	code := func(word string) string { return strings.ToUpper(strings.ReplaceAll(word, "-", "_")) }
	asked := term.IntakeAsked{All: c.All, Publisher: c.Publisher, Source: term.SourceKind(code(c.Source)), Sheet: c.Sheet, Visibility: term.Visibility(code(c.Visibility))}
	o := intake.Options{Now: time.Now(), Rules: "All activities of the file.", Licence: c.Licence}
	return c.files(ctx, con, c.Files, o, func(f *os.File) (intake.Source, error) {
		info, err := f.Stat()
		if err != nil {
			return nil, fault.New(fault.NotFound, "The file cannot be read. Look at its name and who may read it.").Because(err)
		}
		if whole, err := readFile(f.Name()); err == nil {
			if review, err := xlsx.Open(whole); err == nil {
				review.Close()
				return nil, fault.New(fault.Invalid, "The file is the spreadsheet of a review. Say with --email in whose name it is read.").At("email")
			}
		}
		return intake.Table(f, info.Size(), asked, mapping), nil
	})
}

// mapping is what a file says of the columns; nil without one.
func (c *sheets) mapping() (*table.Mapping, error) {
	if c.Mapping == "" {
		return nil, nil
	}
	bad := func(err error) error {
		return fault.New(fault.Invalid, "What the columns mean cannot be read. Expected is JSON as adam import prints it with --dry-run.").At("mapping").Because(err)
	}
	f, err := os.Open(c.Mapping)
	if err != nil {
		return nil, bad(err)
	}
	defer f.Close()
	m, d := &table.Mapping{}, json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, bad(err)
	}
	return m, nil
}

// tellMappings tells what the columns of spreadsheets were taken for, so that a person can put it right.
func tellMappings(out io.Writer, r *intake.Report) {
	for _, m := range r.Mappings {
		text, err := json.MarshalIndent(m, "", " ")
		if err != nil {
			panic(err) // texts and numbers can be written
		}
		fmt.Fprintf(out, "The columns of %s were taken for this. Put it right, and give it with --mapping:\n%s\n", r.File, text)
	}
}
