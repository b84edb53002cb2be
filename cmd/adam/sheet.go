package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
	"adam/server/site"
)

type importCmd struct {
	IATI importIATICmd `cmd:"" name:"iati" help:"Read activity files of the International Aid Transparency Initiative."`
	CSV  importCSVCmd  `cmd:"" name:"csv" help:"Read lists of activities, one a row, as CSV."`
	Xlsx importXlsxCmd `cmd:"" name:"xlsx" help:"Read lists of activities, one a row, as XLSX; or, with --email, spreadsheets of a review that were filled in."`
	List importListCmd `cmd:"" help:"List the imports."`
	Undo importUndoCmd `cmd:"" help:"Take an import back, as far as nobody has touched since what it wrote."`
}

// acting names in whose name a command acts. Her rights are asked each time, so that one that has ended ends here too.
type acting struct {
	working
	linking
	Email string `required:"" placeholder:"E" help:"In whose name: the focal point of the chapter, or a deputy."`
}

// as opens the store and gives what acts for the person, in a context in which nothing is seen but what she may see.
func (c acting) as(ctx context.Context) (context.Context, *site.Site, func(), error) {
	st, err := c.open(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	k := people.New(st, time.Now)
	v, err := c.viewer(ctx, k)
	if err != nil {
		_ = st.Close()
		return nil, nil, nil, err
	}
	shelf := edition.NewShelf(c.Editions, st)
	ctx, done, err := shelf.Serve(access.With(ctx, v), v, edition.Wanted{})
	if err != nil {
		shelf.Close()
		_ = st.Close()
		return nil, nil, nil, err
	}
	s := site.New(graph.Handler(time.Now, k, c.BaseURL), graph.SDL())
	s.Accounts, s.BaseURL, s.Seal = true, c.BaseURL, k.Seal
	s.Reading = func(h http.Handler) http.Handler { return h }
	return ctx, s, func() { done(); shelf.Close(); _ = st.Close() }, nil
}

func (c acting) viewer(ctx context.Context, k *people.Keeper) (access.Viewer, error) {
	p, err := k.Find(ctx, c.Email)
	if err != nil {
		return access.Viewer{}, err
	}
	v, err := k.Viewer(ctx, p.ID, true)
	if err == nil && v.Audience != access.Working {
		err = fault.New(fault.Forbidden, "%s keeps no part of the catalogue now: a role may have ended.", c.Email).At("email")
	}
	return v, err
}

type exportXlsxCmd struct {
	exporting
	Chapter string `placeholder:"CODE" help:"The chapter whose open review is written, in place of a list: the code of its State, or REGIONAL."`
	Email   string `placeholder:"E" help:"In whose name, with --chapter: its focal point, or a deputy."`
}

// Run writes a list, or the spreadsheet of the review of a chapter.
func (c *exportXlsxCmd) Run(ctx context.Context, con console) error {
	switch {
	case c.Chapter == "" && c.Email == "":
		return c.write(ctx, con, "xlsx")
	case c.Chapter == "" || c.Email == "":
		return fault.New(fault.Invalid, "The spreadsheet of a review is of a chapter and for a person: give --chapter and --email.")
	}
	ctx, s, done, err := acting{c.working, c.linking, c.Email}.as(ctx)
	if err != nil {
		return err
	}
	defer done()
	file, err := s.Spreadsheet(ctx, strings.ToUpper(c.Chapter))
	if err != nil {
		return err
	}
	if c.Output == "" {
		_, err = con.out.Write(file)
		return err
	}
	return intoFile(c.Output, func(w io.Writer) error {
		_, err := w.Write(file)
		return err
	})
}

type importXlsxCmd struct {
	sheets
	linking
	Email string `placeholder:"E" help:"The files are those of one review, and are read in the name of its focal point, or of a deputy; those of several agencies are merged."`
}

// Run reads spreadsheets: those of a review in one transaction that can be undone, lists of activities each in its own.
func (c *importXlsxCmd) Run(ctx context.Context, con console) error {
	if c.Email == "" {
		return c.activities(ctx, con)
	}
	files, code, err := c.read()
	if err != nil {
		return err
	}
	ctx, s, done, err := acting{c.working, c.linking, c.Email}.as(ctx)
	if err != nil {
		return err
	}
	defer done()
	report, err := s.ReadSheets(ctx, code, files, !c.DryRun)
	if err != nil {
		return err
	}
	tell(con.out, report)
	return nil
}

// read reads the files, and which review the first says that it is of.
func (c *importXlsxCmd) read() (files []site.SheetFile, code string, err error) {
	for _, name := range c.Files {
		content, err := readFile(name)
		if err != nil {
			return nil, "", err
		}
		files = append(files, site.SheetFile{Name: filepath.Base(name), Content: content})
	}
	first, err := xlsx.Open(files[0].Content)
	if err != nil {
		return nil, "", err
	}
	defer first.Close()
	return files, first.Code, nil
}

// readFile reads a file as far as a spreadsheet may go.
func readFile(name string) ([]byte, error) {
	missing := func(err error) error {
		return fault.New(fault.NotFound, "The file %q cannot be read. Check its path.", term.Clip(name)).Because(err)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, missing(err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, xlsx.MostBytes+1))
	if err != nil {
		return nil, missing(err)
	}
	return content, nil
}

// tell tells what became of each row.
func tell(out io.Writer, r *site.SheetReport) {
	for _, m := range r.Missing {
		fmt.Fprintln(out, m)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(out, "%s  not understood  %s  %s\n", p.Cell, oneLine(p.Title), p.Sentence)
	}
	for _, row := range r.Rows {
		fmt.Fprintf(out, "%s  %s  %s  %s\n", strings.Join(row.Cells, ", "), strings.ToLower(string(row.Outcome)), oneLine(row.Record), row.Sentence)
	}
	answered := counted(int64(r.Count(term.SheetAnswered)), "answer", "answers")
	rest := fmt.Sprintf("%d stood already, %d changed meanwhile, %d not understood or refused, %d not answered.", r.Count(term.SheetSame), r.Count(term.SheetChanged),
		len(r.Problems)+r.Count(term.SheetRefused)+r.Count(term.SheetDisagreement), r.Empty)
	switch {
	case !r.Applied:
		fmt.Fprintf(out, "Nothing is written. %s would be; %s\n", answered, rest)
	case r.Merge != "":
		fmt.Fprintf(out, "%s written as %s, which the page of the review or undoSheets undoes; %s\n", answered, r.Merge, rest)
	default:
		fmt.Fprintf(out, "Nothing was to be written; %s\n", rest)
	}
}

// oneLine is a title in one line.
func oneLine(s string) string { return term.Clip(strings.Join(strings.Fields(s), " ")) }
