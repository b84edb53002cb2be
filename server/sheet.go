package server

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"adam/internal/access"
	"adam/internal/exchange/intake"
	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/server/site"
	"adam/server/ui"
)

// uploadTime is how long a spreadsheet may take to arrive and be read: 5 MB at 400 kbit/s are two minutes.
const uploadTime = 3 * time.Minute

const sheetKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// spreadsheets are the routes of the round trip of a review in a spreadsheet; none on a server without accounts.
func (c *Catalogue) spreadsheets(s *site.Site, doors *Doors) []Route {
	if s.Seal == nil {
		return nil
	}
	var desk *intake.Desk
	if doors != nil {
		desk = doors.Imports
	}
	page := func(page func(*http.Request) (*ui.Page, error)) http.Handler {
		return c.Reading(s.Show(page, writePage, Answer))
	}
	return []Route{
		{Pattern: "GET /review/{code}/sheet", Needs: SignedIn, Handler: page(s.Sheet)},
		{Pattern: "POST /review/{code}/sheet", Needs: SignedIn, Handler: page(s.Sheet), MaxBody: site.SheetBody, Timeout: uploadTime},
		{Pattern: "POST /import/xlsx", Needs: NeedsWrite, Handler: c.Reading(takeWorkbook(s, desk)), MaxBody: sendRoom, Timeout: sendTime},
		{Pattern: "GET /review/{code}/sheet.xlsx", Needs: NeedsRead, Handler: c.Reading(giveSheet(s)), Raw: true},
	}
}

// giveSheet answers with the spreadsheet of a review.
func giveSheet(s *site.Site) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		code := r.PathValue("code")
		file, err := s.Spreadsheet(r.Context(), code)
		if err != nil {
			Answer(w, r, err)
			return
		}
		giveWorkbook(w, "adam-review-"+code, file)
	}
}

// giveWorkbook answers with a workbook that is meant for whoever asked.
func giveWorkbook(w http.ResponseWriter, name string, file []byte) {
	h := w.Header()
	h.Set("Content-Type", sheetKind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + ".xlsx"}))
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(file) // fails only when the client left
}

// takeSheet reads the spreadsheet of the review that ?chapter= names, from the body or from the field "file" of a form, and
// answers with what it would do, row by row. With ?apply=1 it is written. What is asked for is what mergeSheets does.
func takeSheet(s *site.Site) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		report, err := takenSheet(s, r)
		if err != nil {
			Answer(w, r, err)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "application/json; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(report) // fails only when the client left
	}
}

func takenSheet(s *site.Site, r *http.Request) (*site.SheetReport, error) {
	if !access.From(r.Context()).May(access.ScopeRead) {
		return nil, fault.New(fault.Forbidden, "This token may not read, and the answer tells what stands. Make one with the scopes READ and WRITE.")
	}
	q := r.URL.Query()
	apply := q.Get("apply")
	switch {
	case q.Get("chapter") == "":
		return nil, fault.New(fault.Invalid, "Name the chapter whose review it is: /import/xlsx?chapter=THA. Without it, a workbook of activities is imported.").At("chapter")
	case apply != "" && apply != "0" && apply != "1":
		return nil, fault.New(fault.Invalid, "Write apply=1 to write the answers, or leave it out to try them.").At("apply")
	}
	files, err := sentSheets(r)
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	if keys := r.Header.Values("Idempotency-Key"); len(keys) > 0 {
		ctx = site.Once(ctx, strings.Join(keys, ", "))
	}
	return s.ReadSheets(ctx, q.Get("chapter"), files, apply == "1")
}

// sentSheets are the files of a request: those of a form, or its body.
func sentSheets(r *http.Request) ([]site.SheetFile, error) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(site.SheetBody); err != nil {
			return nil, bodyFault(err)
		}
		return site.FilesOf(r.MultipartForm)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, xlsx.MostBytes+1))
	if err != nil {
		return nil, bodyFault(err)
	}
	return []site.SheetFile{{Name: "sheet.xlsx", Content: body}}, nil
}
