package site

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"
)

const (
	// mostRows is how long a list may be to be had as a file: a longer one is refused, never cut. At a hundred rows a
	// question this takes a few seconds. The whole edition is a file of its own.
	mostRows = 10_000
	// downloadPage is how many rows are asked for at once.
	downloadPage = 100
)

// sheet is a file that a list is written into, row by row.
type sheet interface {
	head(columns []string) error
	// row writes a record: as the API gave it, or by the cells that it has for people.
	row(record json.RawMessage, cells func() ([]string, error)) error
	end() error
}

// format is a kind of file. of begins one; about is what must be said of its content where the file has room for it.
type format struct {
	suffix, kind string
	of           func(w io.Writer, about string) sheet
}

// formats are what lists can be had as.
var formats = []format{
	{"csv", "text/csv; charset=utf-8", newCSV},
	{"json", "application/json; charset=utf-8", newJSON},
}

// Downloads are the lists as files, by their addresses: GET /activities.csv and the like. A file has what the page with the
// same query has on all its pages, for the same viewer, by the same questions to the API. failed writes what goes wrong
// before the first row; later the connection is cut, so that half a file never looks whole.
func (s *Site) Downloads(failed func(http.ResponseWriter, *http.Request, error)) map[string]http.Handler {
	out := map[string]http.Handler{}
	sources := map[string]func(*http.Request) (*table, error){
		"/funding": s.fundingTable, "/funding/lines": s.linesTable, "/gaps": s.gapsTable, "/needs": s.needsTable,
	}
	for _, l := range listings {
		sources[l.path] = func(r *http.Request) (*table, error) { return s.listTable(r, l) }
	}
	for path, source := range sources {
		for _, f := range formats {
			out[path+"."+f.suffix] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r = r.WithContext(ui.In(r.Context(), s.frame(r)))
				t, err := source(r)
				if err == nil {
					err = s.download(w, r, t, f)
				}
				if broken := (*brokenOff)(nil); errors.As(err, &broken) {
					panic(http.ErrAbortHandler)
				}
				if err != nil {
					failed(w, r, err)
				}
			})
		}
	}
	return out
}

// brokenOff is an error after the first byte of the answer.
type brokenOff struct{ error }

// table is what a file holds: rows that come part by part, as the API gives them, and how a row is cells for people.
type table struct {
	path  string // of the page that shows it
	query url.Values
	head  []string
	note  string // what must be known of the whole
	rows  []json.RawMessage
	more  func() ([]json.RawMessage, error) // the rows that follow; none at the end
	cells func(json.RawMessage) ([]string, error)
}

// listTable is a list as a file.
func (s *Site) listTable(r *http.Request, l *listing) (*table, error) {
	ctx := r.Context()
	c, err := l.choose(ctx, r.URL.Query())
	if err != nil {
		return nil, err
	}
	page, err := c.ask(ctx, s.api, place{first: downloadPage}, false)
	if err != nil {
		return nil, err
	}
	if page.TotalCount > mostRows {
		return nil, fault.New(fault.Limit, "%s", say.T(ctx, "browse.download.limit", mostRows))
	}
	t := &table{path: c.path, query: c.query(), rows: page.nodes(), cells: func(raw json.RawMessage) ([]string, error) { return s.cellsOf(ctx, c, raw) }}
	for _, key := range c.head {
		t.head = append(t.head, say.T(ctx, key))
	}
	t.head = append(t.head, say.T(ctx, "browse.address"))
	t.more = func() ([]json.RawMessage, error) {
		if !page.PageInfo.HasNextPage {
			return nil, nil
		}
		if page, err = c.ask(ctx, s.api, place{first: downloadPage, after: page.PageInfo.EndCursor}, false); err != nil {
			return nil, err
		}
		return page.nodes(), nil
	}
	return t, nil
}

// nodes are the records of a page of a list.
func (p *listPage) nodes() []json.RawMessage {
	out := make([]json.RawMessage, len(p.Edges))
	for i, e := range p.Edges {
		out[i] = e.Node
	}
	return out
}

// download writes a table.
func (s *Site) download(w http.ResponseWriter, r *http.Request, t *table, f format) error {
	ctx := r.Context()
	s.describe(ctx, w.Header(), t, f)
	if r.Method == http.MethodHead {
		return nil
	}
	buffer := bufio.NewWriter(w)
	if err := t.write(f.of(buffer, strings.TrimSpace(t.note+" "+s.aboutFile(ctx, t)))); err != nil {
		return &brokenOff{fmt.Errorf("download %s: %w", t.path, err)}
	}
	if err := buffer.Flush(); err != nil {
		return &brokenOff{err}
	}
	return nil
}

// write writes the first rows and all that follow them.
func (t *table) write(out sheet) error {
	if err := out.head(t.head); err != nil {
		return err
	}
	for rows := t.rows; len(rows) > 0; {
		for _, row := range rows {
			if err := out.row(row, func() ([]string, error) { return t.cells(row) }); err != nil {
				return err
			}
		}
		var err error
		if rows, err = t.more(); err != nil {
			return err
		}
	}
	return out.end()
}

// cellsOf are the cells of a record, the address of its page last.
func (s *Site) cellsOf(ctx context.Context, c *chosen, record json.RawMessage) ([]string, error) {
	cells, err := c.cells(ctx, record)
	if err != nil {
		return nil, err
	}
	line, err := c.listing.row(ctx, c, record)
	if err != nil {
		return nil, err
	}
	return append(cells, s.lasting(ctx, line.Path)), nil
}

// lasting is the address of a page as the edition that is read has it; in the working store, simply its address.
func (s *Site) lasting(ctx context.Context, path string) string {
	if e := ui.Of(ctx).Edition; e != nil {
		path = permalink(path, e.Number)
	}
	return s.BaseURL + say.In(ctx).Prefix() + path
}

// describe says what the file is: which list, from where, under which conditions. CSV and an array of JSON have no place
// for it that a program would not trip over, so that it stands in the header of the answer for programs.
func (s *Site) describe(ctx context.Context, h http.Header, t *table, f format) {
	name := "adam-" + strings.ReplaceAll(strings.TrimPrefix(t.path, "/"), "/", "-")
	if e := ui.Of(ctx).Edition; e != nil {
		name += "-edition-" + strconv.Itoa(e.Number)
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+"."+f.suffix+`"`)
	h.Add("Link", "<"+s.lasting(ctx, at(t.path, t.query))+`>; rel="canonical"`)
	h.Add("Link", "<"+s.BaseURL+say.In(ctx).Prefix()+`/about>; rel="describedby"`)
}

// aboutFile says for people which edition and which list the file is, and what its names of places do not mean.
func (s *Site) aboutFile(ctx context.Context, t *table) string {
	address, e := s.lasting(ctx, at(t.path, t.query)), ui.Of(ctx).Edition
	if e == nil {
		return say.T(ctx, "browse.about.working", address, say.T(ctx, "frame.disclaimer"))
	}
	return say.T(ctx, "browse.about", strconv.Itoa(e.Number), say.Date(ctx, e.Date), address, say.T(ctx, "frame.disclaimer"))
}

// csvSheet is a file of comma-separated values, in UTF-8 with the mark by which spreadsheets know that it is. What must be
// said of the whole stands in a last column of its own, in the first row: so the file stays a plain table with one line of
// heads, and the words stay with it when it is saved, sorted and sent on.
type csvSheet struct {
	w     *csv.Writer
	about string
}

func newCSV(w io.Writer, about string) sheet {
	_, _ = io.WriteString(w, "\ufeff") // what cannot be written fails at the next write
	return &csvSheet{csv.NewWriter(w), about}
}

func (c *csvSheet) head(columns []string) error { return c.w.Write(append(columns, "ADAM")) }

func (c *csvSheet) row(_ json.RawMessage, cells func() ([]string, error)) error {
	all, err := cells()
	if err != nil {
		return err
	}
	all = append(all, c.about)
	c.about = ""
	for i, text := range all {
		all[i] = cell.Safe(text)
	}
	return c.w.Write(all)
}

func (c *csvSheet) end() error {
	c.w.Flush()
	return c.w.Error()
}

// jsonSheet is an array of the records as the API gives them, one a line.
type jsonSheet struct {
	w     io.Writer
	after string // what stands before the next record
}

func newJSON(w io.Writer, _ string) sheet { return &jsonSheet{w, "[\n"} }

func (j *jsonSheet) head([]string) error { return nil }

func (j *jsonSheet) row(record json.RawMessage, _ func() ([]string, error)) error {
	_, err := io.WriteString(j.w, j.after+string(record))
	j.after = ",\n"
	return err
}

func (j *jsonSheet) end() error {
	if j.after == "[\n" {
		_, err := io.WriteString(j.w, "[]\n")
		return err
	}
	_, err := io.WriteString(j.w, "\n]\n")
	return err
}
