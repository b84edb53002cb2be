package site

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	sheets "adam/internal/exchange/table"
	"adam/server/say"
	"adam/server/ui"
)

// writeCSV writes a table as comma-separated values. What must be said of the whole stands in a last column of its own, in
// the first row: so the file stays a plain table with one line of heads, and the words stay with it when it is saved, sorted
// and sent on (decision 022).
func (s *Site) writeCSV(ctx context.Context, w io.Writer, t *table) error {
	about := strings.TrimSpace(t.note + " " + s.aboutFile(ctx, t))
	return sheets.Write(w, sheets.CSV, sheets.About{}, append(t.headings(), sheets.Heading{Name: "ADAM"}), t.lines(about))
}

// writeXLSX writes a table as a workbook, with a sheet of its own that says what it is.
func (s *Site) writeXLSX(ctx context.Context, w io.Writer, t *table) error {
	fact := func(key, text string) sheets.Fact { return sheets.Fact{Name: say.T(ctx, key), Text: text} }
	edition := say.T(ctx, "file.working")
	if e := ui.Of(ctx).Edition; e != nil {
		edition = say.T(ctx, "file.edition.of", strconv.Itoa(e.Number), say.Date(ctx, e.Date))
	}
	facts := []sheets.Fact{fact("file.address", s.lasting(ctx, at(t.path, t.query))), fact("file.edition", edition)}
	if t.note != "" {
		facts = append(facts, fact("file.counted", strings.TrimSpace(t.note)))
	}
	facts = append(facts, fact("file.names", say.T(ctx, "frame.disclaimer")), fact("about.licence", say.T(ctx, "about.licence.what")))
	about := sheets.About{List: t.title, Sheet: say.T(ctx, "file.about"), Title: t.title, Facts: facts, Made: s.made(ctx).Truncate(time.Second)}
	return sheets.Write(w, sheets.XLSX, about, t.headings(), t.lines())
}

// made is when what a file holds was published, else now: the same list of the same edition is to have the same bytes.
func (s *Site) made(ctx context.Context) time.Time {
	if e := ui.Of(ctx).Edition; e != nil && !e.ReleasedAt.IsZero() {
		return e.ReleasedAt
	}
	return s.Now()
}

// headings are the columns of a table.
func (t *table) headings() []sheets.Heading {
	out := make([]sheets.Heading, len(t.head))
	for i, name := range t.head {
		out[i] = sheets.Heading{Name: name, Number: slices.Contains(t.sums, i)}
	}
	return out
}

// aboutFile says for people which edition and which list the file is, and what its names of places do not mean.
func (s *Site) aboutFile(ctx context.Context, t *table) string {
	address, e := s.lasting(ctx, at(t.path, t.query)), ui.Of(ctx).Edition
	if e == nil {
		return say.T(ctx, "browse.about.working", address, say.T(ctx, "frame.disclaimer"))
	}
	return say.T(ctx, "browse.about", strconv.Itoa(e.Number), say.Date(ctx, e.Date), address, say.T(ctx, "frame.disclaimer"))
}

// writeJSON writes the records as the API gives them, as an array with one a line.
func (s *Site) writeJSON(_ context.Context, w io.Writer, t *table) error {
	before, end := "[\n", "[]\n"
	for record, err := range t.all() {
		if err == nil {
			_, err = io.WriteString(w, before+string(record))
		}
		if err != nil {
			return err
		}
		before, end = ",\n", "\n]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// writeJSONL writes the records as the API gives them, one a line: a program reads them one by one.
func (s *Site) writeJSONL(_ context.Context, w io.Writer, t *table) error {
	for record, err := range t.all() {
		if err == nil {
			_, err = w.Write(append(slices.Clone(record), '\n'))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
