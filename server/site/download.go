package site

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

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

// format is a kind of file, and how a table is written as one.
type format struct {
	suffix, kind string
	write        func(s *Site, ctx context.Context, w io.Writer, t *table) error
}

// formats are what lists can be had as.
var formats = []format{
	{"csv", "text/csv; charset=utf-8", (*Site).writeCSV},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (*Site).writeXLSX},
	{"json", "application/json; charset=utf-8", (*Site).writeJSON},
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
	title string // of that page
	query url.Values
	head  []string
	sums  []int  // the columns whose cells are numbers
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
	t := &table{path: c.path, title: say.T(ctx, c.title), query: c.query(), rows: page.nodes(), cells: func(raw json.RawMessage) ([]string, error) { return s.cellsOf(ctx, c, raw) }}
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
	if err := f.write(s, ctx, buffer, t); err != nil {
		return &brokenOff{fmt.Errorf("download %s: %w", t.path, err)}
	}
	if err := buffer.Flush(); err != nil {
		return &brokenOff{err}
	}
	return nil
}

// all are the first rows and all that follow them.
func (t *table) all() iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		for rows := t.rows; len(rows) > 0; {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			var err error
			if rows, err = t.more(); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// lines are the rows for people; more are cells that are added to the first.
func (t *table) lines(more ...string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for row, err := range t.all() {
			var cells []string
			if err == nil {
				cells, err = t.cells(row)
			}
			if !yield(append(cells, more...), err) || err != nil {
				return
			}
			more = make([]string, len(more))
		}
	}
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
