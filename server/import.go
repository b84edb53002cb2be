package server

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/internal/exchange/intake"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/site"
	"adam/server/ui"
)

// sendTime is how long a file may take to come: half a gigabyte on a slow link.
const sendTime = time.Hour

// sendRoom is how large a request with a file may be, in bytes.
const sendRoom = intake.MostBytes + longField

// What may stand in a form before its file: so many fields, of so many bytes together. The longest says what columns mean.
const (
	mostFields = 20
	longField  = 256 << 10
)

// imports are the routes by which files come in; none on a server that only reads.
func (c *Catalogue) imports(s *site.Site, doors *Doors) []Route {
	if doors == nil || doors.Imports == nil {
		return nil
	}
	sent := c.Reading(s.Show(c.sendPage(s, doors.Imports), writePage, Answer))
	return []Route{
		{Pattern: "POST /import/{format}", Needs: NeedsWrite, Handler: c.Reading(take(doors.Imports)), MaxBody: sendRoom, Timeout: sendTime},
		{Pattern: "POST /imports/{id}/{step}", Needs: SignedIn, Handler: c.Reading(s.Show(s.ImportStep, writePage, Answer))},
		{Pattern: "POST /imports", Needs: SignedIn, Handler: sent, MaxBody: sendRoom, Timeout: sendTime},
	}
}

// takeWorkbook takes a workbook: with ?chapter= the spreadsheet of a review, else one to be imported.
func takeWorkbook(s *site.Site, desk *intake.Desk) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if desk != nil && !r.URL.Query().Has("chapter") {
			r.SetPathValue("format", "xlsx")
			take(desk)(w, r)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, site.SheetBody)
		takeSheet(s)(w, r)
	}
}

// take keeps a file that is sent to be imported, and answers with the import that it becomes.
func take(desk *intake.Desk) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		got, err := takeFile(r, desk, strings.ToUpper(r.PathValue("format")))
		if err != nil {
			Answer(w, r, err)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "application/json; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		h.Set("Location", "/imports/"+got.ID.String())
		w.WriteHeader(http.StatusAccepted)
		_ = json.NewEncoder(w).Encode(map[string]string{"import": got.ID.String()}) // fails only when the client left
	}
}

// sendPage takes the file of the form on the page of imports.
func (c *Catalogue) sendPage(s *site.Site, desk *intake.Desk) func(*http.Request) (*ui.Page, error) {
	return func(r *http.Request) (*ui.Page, error) {
		got, err := takeFile(r, desk, "")
		if err == nil {
			return nil, ui.Goto("/imports/" + got.ID.String())
		}
		f := fault.As(err)
		if f == nil || f.Kind == fault.Forbidden {
			return nil, err
		}
		return s.ImportsWith(r, f)
	}
}

// takeFile keeps the file of a request: its body, or the field "file" of a form, before which the other fields stand. Nothing of it is
// held in memory.
func takeFile(r *http.Request, desk *intake.Desk, format string) (*ent.Intake, error) {
	if err := intake.MaySend(r.Context()); err != nil {
		return nil, err
	}
	said, name, body := r.URL.Query(), r.URL.Query().Get("file"), io.Reader(r.Body)
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		parts, err := r.MultipartReader()
		if err != nil {
			return nil, bodyFault(err)
		}
		part, err := fieldsBefore(parts, said)
		if err != nil {
			return nil, err
		}
		name, body = part.FileName(), part
	}
	in := intake.Sent{File: name, Format: term.IntakeFormat(format), Mapping: said.Get("mapping"), Asked: term.IntakeAsked{All: slices.Contains([]string{"1", "yes", "true"}, said.Get("all")),
		Licence: said.Get("licence"), Publisher: said.Get("publisher"), Source: term.SourceKind(said.Get("source")), Sheet: said.Get("sheet"), Visibility: term.Visibility(said.Get("visibility"))}}
	if format == "" {
		in.Format = intake.FormatOf(name)
	}
	return desk.Receive(r.Context(), in, broken{body})
}

// fieldsBefore reads the fields of a form up to its file.
func fieldsBefore(parts *multipart.Reader, said url.Values) (*multipart.Part, error) {
	room := int64(longField)
	for range mostFields {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil, fault.New(fault.Invalid, "Choose a file to send.").At("file")
		}
		if err != nil {
			return nil, bodyFault(err)
		}
		if part.FormName() == "file" {
			return part, nil
		}
		text, err := io.ReadAll(io.LimitReader(part, room+1))
		if err != nil {
			return nil, bodyFault(err)
		}
		if room -= int64(len(text)); room < 0 {
			break
		}
		said.Set(part.FormName(), strings.TrimSpace(string(text)))
	}
	return nil, fault.New(fault.Limit, "The form has too much before its file. At most %d fields of %d KB together may stand there.", mostFields, longField>>10)
}

// broken explains a body that breaks off.
type broken struct{ io.Reader }

// Read implements io.Reader.
func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = bodyFault(err)
	}
	return n, err
}
