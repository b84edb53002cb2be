package site

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"
)

const (
	// mostRows is how long a list may be to be had as a file: a longer one is refused, never cut. At a hundred rows a
	// question this takes a few seconds. The whole edition is a file of its own, and so is what the command line writes.
	mostRows = 10_000
	// downloadPage is how many rows are asked for at once.
	downloadPage = 100
)

// format is a kind of file, and how a table is written as one.
type format struct {
	suffix, kind string
	write        func(s *Site, ctx context.Context, w io.Writer, t *table) error
	op, query    string // what is asked in place of the list's own question; "" where that is enough
	rows         int    // how many are asked for at once; downloadPage where 0
	words        string // the key of what it is called where not every list says that itself
}

// tables are what every list can be had as.
var tables = []format{
	{suffix: "csv", kind: "text/csv; charset=utf-8", write: (*Site).writeCSV},
	{suffix: "xlsx", kind: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write: (*Site).writeXLSX},
	{suffix: "json", kind: "application/json; charset=utf-8", write: (*Site).writeJSON},
	{suffix: "jsonl", kind: "application/jsonl; charset=utf-8", write: (*Site).writeJSONL, words: "download.jsonl"},
}

// formatsOf are what the list of a page can be had as: as a table, and in the standards for what it lists.
func formatsOf(path string) []format {
	return append(slices.Clone(tables), map[string][]format{
		"/activities": {{suffix: "hxl.csv", kind: "text/csv; charset=utf-8", write: (*Site).write3W, words: "download.hxl"},
			{suffix: "iati.xml", kind: "application/xml; charset=utf-8", write: (*Site).writeActivities, op: "ActivityExport", query: ActivityExport_Operation, rows: 25, words: "download.iati.activities"}},
		"/actors":        {{suffix: "iati.xml", kind: "application/xml; charset=utf-8", write: (*Site).writeActors, op: "ActorExport", query: ActorExport_Operation, words: "download.iati.organisations"}},
		"/funding/lines": {{suffix: "hxl.csv", kind: "text/csv; charset=utf-8", write: (*Site).writeMoney, words: "download.hxl"}},
	}[path]...)
}

// sources are the lists that can be had as files, by the addresses of their pages.
func (s *Site) sources() map[string]func(*http.Request, format) (*table, error) {
	out := map[string]func(*http.Request, format) (*table, error){}
	for path, source := range map[string]func(*http.Request) (*table, error){
		"/funding": s.fundingTable, "/funding/lines": s.linesTable, "/gaps": s.gapsTable, "/needs": s.needsTable,
	} {
		out[path] = func(r *http.Request, _ format) (*table, error) { return source(r) }
	}
	for _, l := range listings {
		out[l.path] = func(r *http.Request, f format) (*table, error) { return s.listTable(r, l, f) }
	}
	return out
}

// Downloads are the lists as files, by their addresses: GET /activities.csv and the like. A file has what the page with the
// same query has on all its pages, for the same viewer, by the same questions to the API. failed writes what goes wrong
// before the first byte; later the connection is cut, so that half a file never looks whole.
func (s *Site) Downloads(failed func(http.ResponseWriter, *http.Request, error)) map[string]http.Handler {
	out := map[string]http.Handler{}
	for path, source := range s.sources() {
		for _, f := range formatsOf(path) {
			out[path+"."+f.suffix] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r = r.WithContext(ui.In(r.Context(), s.frame(r)))
				t, err := source(r, f)
				if err == nil {
					err = s.download(w, r, t, f)
				}
				if err != nil {
					failed(w, r, err)
				}
			})
		}
	}
	return out
}

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
	list  *chosen       // of the lists that people browse
	left  *iati.Written // what a standard had no place for, once it is written
}

// listTable is a list as a file.
func (s *Site) listTable(r *http.Request, l *listing, f format) (*table, error) {
	ctx, rows := r.Context(), cmp.Or(f.rows, downloadPage)
	c, err := l.choose(ctx, r.URL.Query())
	if err != nil {
		return nil, err
	}
	if f.op != "" {
		as := *l
		as.op, as.query, c.listing = f.op, f.query, &as
	}
	page, err := c.ask(ctx, s.api, place{first: rows}, false)
	if err == nil {
		err = fits(ctx, page.TotalCount)
	}
	if err != nil {
		return nil, err
	}
	t := &table{path: c.path, list: c, title: say.T(ctx, c.title), query: c.query(), rows: page.nodes(), cells: func(raw json.RawMessage) ([]string, error) { return s.cellsOf(ctx, c, raw) }}
	for _, key := range c.head {
		t.head = append(t.head, say.T(ctx, key))
	}
	t.head = append(t.head, say.T(ctx, "browse.address"))
	t.more = func() ([]json.RawMessage, error) {
		if !page.PageInfo.HasNextPage {
			return nil, nil
		}
		if page, err = c.ask(ctx, s.api, place{first: rows, after: page.PageInfo.EndCursor}, false); err != nil {
			return nil, err
		}
		return page.nodes(), nil
	}
	return t, nil
}

// fits refuses a list that is too long for a file, unless the whole is asked for.
func fits(ctx context.Context, rows int) error {
	if rows > mostRows && ctx.Value(wholeKey{}) == nil {
		return fault.New(fault.Limit, "%s", say.T(ctx, "browse.download.limit", mostRows))
	}
	return nil
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
	err := Stream(w, func(to io.Writer) error { return f.write(s, ctx, to, t) })
	if err != nil {
		w.Header().Del("Link")
	}
	return err
}

// Stream writes an answer while it is made. What fails before the first byte comes back as an error; what fails later cuts the
// connection, so that half a file never looks whole.
func Stream(w http.ResponseWriter, write func(io.Writer) error) error {
	to := &watched{Writer: w}
	buffer := bufio.NewWriter(to)
	err := write(buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err != nil && to.begun {
		panic(http.ErrAbortHandler)
	}
	return err
}

// watched knows whether anything was written.
type watched struct {
	io.Writer
	begun bool
}

func (w *watched) Write(b []byte) (int, error) {
	w.begun = true
	return w.Writer.Write(b)
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
