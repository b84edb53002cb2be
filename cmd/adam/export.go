package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/funding"
	"adam/internal/people"
	"adam/internal/store"
	"adam/server/site"
)

type exportCmd struct {
	Canonical exportCanonicalCmd `cmd:"" help:"Every row of every table, sorted, a line each: equal on both engines."`
	IATI      exportIATICmd      `cmd:"" name:"iati" help:"Activities, or actors as organisations, for the International Aid Transparency Initiative."`
	Hxl       exportHXLCmd       `cmd:"" name:"hxl" help:"Who does what where, or the money of funding/lines, with the hashtags of the Humanitarian Exchange Language."`
	Csv       exportCSVCmd       `cmd:"" name:"csv" help:"A list as comma-separated values."`
	Xlsx      exportXlsxCmd      `cmd:"" name:"xlsx" help:"A list as a workbook; with --chapter the open review of a chapter, to be filled in and read again."`
	JSON      exportJSONCmd      `cmd:"" name:"json" help:"A list as an array of the records that the API gives."`
	Jsonl     exportJSONLCmd     `cmd:"" name:"jsonl" help:"The same, one record a line."`
}

// exporting says which list is written, as whoever may read what, and where.
type exporting struct {
	working
	linking
	List    string `default:"activities" placeholder:"LIST" help:"activities, actors, laws, policies, mechanisms, needs, gaps, funding or funding/lines."`
	Filter  string `placeholder:"QUERY" help:"What the address of the list's page says after its question mark, such as 'state=THA&theme=TRAFFICKING'."`
	Output  string `short:"o" placeholder:"FILE" help:"File to write; standard output where it is not given."`
	Edition int    `placeholder:"N" help:"The edition to read, as the public does; the newest where it is not given."`
	Working bool   `help:"Read the database itself instead, with all that is for members or restricted: keep the file as safe as the database."`
}

type (
	exportIATICmd  struct{ exporting }
	exportHXLCmd   struct{ exporting }
	exportCSVCmd   struct{ exporting }
	exportJSONCmd  struct{ exporting }
	exportJSONLCmd struct{ exporting }
)

// Run writes IATI.
func (c *exportIATICmd) Run(ctx context.Context, con console) error {
	return c.write(ctx, con, "iati.xml")
}

// Run writes HXL.
func (c *exportHXLCmd) Run(ctx context.Context, con console) error {
	return c.write(ctx, con, "hxl.csv")
}

// Run writes CSV.
func (c *exportCSVCmd) Run(ctx context.Context, con console) error { return c.write(ctx, con, "csv") }

// Run writes JSON.
func (c *exportJSONCmd) Run(ctx context.Context, con console) error { return c.write(ctx, con, "json") }

// Run writes JSON Lines.
func (c *exportJSONLCmd) Run(ctx context.Context, con console) error {
	return c.write(ctx, con, "jsonl")
}

// write writes the list whole or not at all, and tells what was left out of it.
func (c exporting) write(ctx context.Context, con console, suffix string) error {
	q, err := url.ParseQuery(strings.TrimPrefix(c.Filter, "?"))
	if err != nil {
		return fault.New(fault.Invalid, "The filter cannot be read. Write it as the address of the list's page does, such as 'state=THA&theme=TRAFFICKING'.").At("filter").Because(err)
	}
	if c.Working && c.Edition != 0 {
		return fault.New(fault.Invalid, "The database itself is no edition: give --working or --edition, not both.")
	}
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	ctx, s, done, err := c.reader(ctx, st)
	if err != nil {
		return err
	}
	defer done()
	var told *site.Exported
	to := func(w io.Writer) (err error) {
		told, err = s.Export(ctx, w, c.List, suffix, q)
		return err
	}
	if c.Output == "" {
		err = to(con.out)
	} else {
		err = intoFile(c.Output, to)
	}
	if err == nil {
		tellLeftOut(con.err, told)
	}
	return err
}

// reader gives what reads lists as the public does, or with --working as the program does.
func (c exporting) reader(ctx context.Context, st *store.Store) (context.Context, *site.Site, func(), error) {
	v := access.Anonymous()
	if c.Working {
		v = access.Operator("Export")
	}
	shelf := edition.NewShelf(c.Editions, st)
	if err := shelf.Refresh(ctx); err != nil {
		return nil, nil, nil, err
	}
	ctx, done, err := shelf.Serve(access.With(ctx, v), v, edition.Wanted{Number: c.Edition})
	if err != nil {
		shelf.Close()
		return nil, nil, nil, err
	}
	if !c.Working { // of a large edition this takes seconds, more than a question may
		if err := funding.Prepare(ctx, ent.FromContext(ctx)); err != nil {
			done()
			shelf.Close()
			return nil, nil, nil, err
		}
	}
	s := site.New(graph.Handler(time.Now, people.New(st, time.Now), c.BaseURL), graph.SDL())
	s.BaseURL, s.Reading = c.BaseURL, func(h http.Handler) http.Handler { return h }
	return ctx, s, func() { done(); shelf.Close() }, nil
}

// tellLeftOut says what a standard had no place for.
func tellLeftOut(out io.Writer, told *site.Exported) {
	for _, l := range told.LeftOut {
		fmt.Fprintf(out, "left out: %s\n", l)
	}
	for _, id := range slices.Sorted(maps.Keys(told.Notes)) {
		for _, note := range told.Notes[id] {
			fmt.Fprintf(out, "%s: %s\n", id, plainLine(note))
		}
	}
	if told.Count+len(told.LeftOut) > 0 {
		fmt.Fprintf(out, "%d were written, %d were left out.\n", told.Count, len(told.LeftOut))
	}
}
