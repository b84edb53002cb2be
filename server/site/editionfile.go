package site

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/url"
	"strconv"
	"strings"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// EditionFile is a kind of file in which a whole edition can be had.
type EditionFile struct {
	Suffix, Kind string
	words        string // the key of what it is called
	write        func(s *Site, ctx context.Context, w io.Writer) error
}

// EditionFiles are the kinds beside SQLite.
var EditionFiles = []EditionFile{
	{"csv.zip", "application/zip", "home.edition.csv", func(s *Site, ctx context.Context, w io.Writer) error { return s.zipped(ctx, w, "csv") }},
	{"xlsx.zip", "application/zip", "home.edition.xlsx", func(s *Site, ctx context.Context, w io.Writer) error { return s.zipped(ctx, w, "xlsx") }},
	{"iati.xml", "application/xml; charset=utf-8", "home.edition.iati", (*Site).editionIATI},
	{"json", "application/json; charset=utf-8", "home.edition.json", (*Site).editionJSON},
	{"jsonl", "application/jsonl; charset=utf-8", "home.edition.jsonl", (*Site).editionJSONL},
}

// editionFile is the address of an edition as a file.
func editionFile(number int, suffix string) string {
	return "/data/edition-" + strconv.Itoa(number) + "." + suffix
}

// fileList is one list of an edition's files.
type fileList struct {
	name, path string
	query      url.Values
}

// fileLists are the lists of an edition. Sums of different kinds are never added, so that each kind is a list.
func fileLists() []fileList {
	out := []fileList{}
	for _, l := range listings {
		out = append(out, fileList{l.path[1:], l.path, nil})
	}
	out = append(out, fileList{"needs", "/needs", nil}, fileList{"funding-commitment", "/funding/lines", nil})
	for _, kind := range term.FundingKind("").Values() {
		if kind != string(term.Commitment) { // which is what lines are of where no kind is named
			out = append(out, fileList{"funding-" + strings.ToLower(kind), "/funding/lines", url.Values{"kind": {kind}}})
		}
	}
	return out
}

// Edition writes the edition of the context as a file, all of it, as everybody may read it.
func (s *Site) Edition(ctx context.Context, w io.Writer, f EditionFile) error {
	r, err := s.asking(ctx, "/", nil)
	if err != nil {
		return err
	}
	return f.write(s, r.Context(), w)
}

// zipped writes each list as a file of its own.
func (s *Site) zipped(ctx context.Context, w io.Writer, suffix string) error {
	out := zip.NewWriter(w)
	for _, l := range fileLists() {
		file, err := out.CreateHeader(&zip.FileHeader{Name: l.name + "." + suffix, Method: zip.Deflate, Modified: s.made(ctx)})
		if err == nil {
			_, err = s.Export(ctx, file, l.path, suffix, l.query)
		}
		if err != nil {
			return err
		}
	}
	return out.Close()
}

// editionIATI writes all activities. An edition of which nothing can be written has no such file.
func (s *Site) editionIATI(ctx context.Context, w io.Writer) error {
	_, err := s.Export(ctx, w, "/activities", "iati.xml", nil)
	return err
}

// listedRecord is a record of a list, in a file of all lists.
type listedRecord struct {
	List   string          `json:"list"`
	Record json.RawMessage `json:"record"`
}

// editionJSONL writes all records, one a line, each with the name of its list.
func (s *Site) editionJSONL(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, l := range fileLists() {
		err := s.records(ctx, l, func(record json.RawMessage) error { return lines.Encode(listedRecord{l.name, record}) })
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// editionJSON writes one object: what the file is, and each list under its name, with a record a line.
func (s *Site) editionJSON(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	head := map[string]any{"address": s.lasting(ctx, "/"), "licence": say.T(ctx, "about.licence.what"), "designations": say.T(ctx, "frame.disclaimer")}
	if e := ui.Of(ctx).Edition; e != nil {
		head["edition"], head["date"] = e.Number, e.Date
	}
	about, err := json.Marshal(head)
	if err != nil {
		return err
	}
	_, _ = out.WriteString("{\"about\": " + string(about)) // Flush gives the error
	for _, l := range fileLists() {
		_, _ = out.WriteString(",\n\"" + l.name + "\": [")
		before := "\n"
		err := s.records(ctx, l, func(record json.RawMessage) error {
			_, err := out.WriteString(before + string(record))
			before = ",\n"
			return err
		})
		if err != nil {
			return err
		}
		_, _ = out.WriteString("]")
	}
	_, _ = out.WriteString("}\n")
	return out.Flush()
}

// records gives the records of a list one by one.
func (s *Site) records(ctx context.Context, l fileList, each func(json.RawMessage) error) error {
	r, err := s.asking(ctx, l.path, l.query)
	if err != nil {
		return err
	}
	t, err := s.sources()[l.path](r, format{})
	if err != nil {
		return err
	}
	for record, err := range t.all() {
		if err == nil {
			err = each(record)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
