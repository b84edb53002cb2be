package site

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// sheetView is the page on which a review is worked at in a spreadsheet.
type sheetView struct {
	Code    string
	Review  *Review
	Mine    bool           // whoever looks may send a file
	Merges  []*SheetMerged // that were written before, newest first
	Report  *SheetReport   // of the files that were sent; nil where none were
	Draft   string         // what the form of the preview carries
	Wrong   *fault.Error
	Due     string
	Changed string // the merge that was just written or undone
}

// SheetBody is how much a form with spreadsheets may hold, in bytes.
const SheetBody = 3*xlsx.MostBytes + 64<<10

// Sheet is where a spreadsheet is downloaded, sent, looked through, written and undone: GET and POST /review/{code}/sheet.
func (s *Site) Sheet(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	q, err := s.sheetOf(ctx, r.PathValue("code"), false)
	if err != nil {
		return nil, err
	}
	v := &sheetView{Code: r.PathValue("code"), Review: &q.Review, Mine: q.mine(ctx) && q.answering(), Due: s.due(ctx, &q.Review), Changed: r.URL.Query().Get("merge")}
	if r.Method == http.MethodPost {
		err := s.sheetStep(r, v, q)
		if to := (*ui.Elsewhere)(nil); errors.As(err, &to) {
			return nil, err
		}
		if v.Wrong = fault.As(err); v.Wrong == nil && err != nil || v.Wrong != nil && v.Wrong.Kind == fault.Forbidden {
			return nil, err
		}
	}
	if v.Report == nil {
		if v.Merges, err = s.merges(ctx, v.Code); err != nil {
			return nil, err
		}
	}
	return sheetPageOf(r, v), nil
}

func sheetPageOf(r *http.Request, v *sheetView) *ui.Page {
	ctx := r.Context()
	p := &ui.Page{Title: say.T(ctx, "review.task.sheet"), Kicker: v.Review.title(), Wrong: v.Wrong, Done: doneSentence(ctx, r), Body: sheetPage(v),
		Crumbs: []ui.Link{{Text: say.T(ctx, "review.mine"), Path: "/review"}, {Text: v.Review.title(), Path: "/review/" + v.Code}}}
	if v.Report != nil {
		p.Title, p.Body = say.T(ctx, "sheet.preview"), sheetPreview(v)
		p.Crumbs = append(p.Crumbs, ui.Link{Text: say.T(ctx, "review.task.sheet"), Path: "/review/" + v.Code + "/sheet"})
	}
	if v.Wrong != nil {
		p.Status = statusOf(v.Wrong)
	}
	return p
}

// sheetStep does what a form asks for: look at files, write what was looked at, undo what was written.
func (s *Site) sheetStep(r *http.Request, v *sheetView, q *QueueReview) error {
	ctx := r.Context()
	files, err := sheetFiles(r)
	if err != nil {
		return err
	}
	ctx = once(ctx, r.PostForm.Get("once"))
	switch {
	case !q.mine(ctx):
		_, err := s.sheetOf(ctx, v.Code, true)
		return err
	case r.PostForm.Get("undo") != "":
		in := map[string]any{"merge": r.PostForm.Get("undo")}
		if _, err := UndoSheets(ctx, s.api, &in); err != nil {
			return said(err)
		}
		return ui.Goto("/review/" + v.Code + "/sheet?done=sheetundone&merge=" + r.PostForm.Get("undo"))
	case r.PostForm.Has("draft"):
		return s.writeDraft(ctx, v, r.PostForm.Get("draft"))
	}
	report, err := s.ReadSheets(ctx, v.Code, files, false)
	if err != nil {
		return err
	}
	v.Report = report
	v.Draft, err = s.pack(ctx, q, report)
	return err
}

// writeDraft writes what was looked at.
func (s *Site) writeDraft(ctx context.Context, v *sheetView, text string) error {
	d, err := s.unpack(ctx, v.Review.Id, text)
	if err != nil {
		return err
	}
	done, err := s.mergeSheets(ctx, d.Cycle, d.Sheets, true)
	if err != nil {
		return err
	}
	if done.Merge == nil {
		return ui.Goto("/review/" + v.Code + "/sheet?done=sheetnothing")
	}
	return ui.Goto("/review/" + v.Code + "/sheet?done=sheet&merge=" + done.Merge.Id)
}

// sheetFiles are the files of a form, those that hold something.
func sheetFiles(r *http.Request) ([]SheetFile, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return nil, nil
	}
	if err := r.ParseMultipartForm(SheetBody); err != nil {
		return nil, err
	}
	return FilesOf(r.MultipartForm)
}

// FilesOf reads the spreadsheets of a form, as far as they may be read: one that is too large stops the reading.
func FilesOf(form *multipart.Form) (out []SheetFile, err error) {
	for _, h := range form.File["file"] {
		if h.Filename == "" && h.Size == 0 {
			continue
		}
		in, err := h.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(io.LimitReader(in, xlsx.MostBytes+1))
		if err = errors.Join(err, in.Close()); err != nil {
			return nil, err
		}
		out = append(out, SheetFile{Name: h.Filename, Content: content})
	}
	return out, nil
}

// merges are the spreadsheets that were written into the answers of a review, newest first.
func (s *Site) merges(ctx context.Context, code string) ([]*SheetMerged, error) {
	chapter, actor := asking(code)
	found, err := SheetMerges(ctx, s.api, chapter, actor)
	if err != nil {
		return nil, said(err)
	}
	if len(found.Cycles.Edges) == 0 {
		return nil, nil
	}
	return found.Cycles.Edges[0].Node.SheetMerges, nil
}

// with are the rows of a merge that came out in one of some ways.
func (m *SheetMerged) with(all ...term.SheetOutcome) (out []*SheetLine) {
	for _, row := range m.Rows {
		for _, o := range all {
			if row.Outcome == o {
				out = append(out, row)
			}
		}
	}
	return out
}

// stayed are the rows that an undone merge could not give back.
func (m *SheetMerged) stayed() (out []*SheetLine) {
	for _, row := range m.Rows {
		if row.Stayed {
			out = append(out, row)
		}
	}
	return out
}

// answerWords says an answer of a spreadsheet as the buttons of the queue do.
func answerWords(ctx context.Context, a term.SheetAnswer) string {
	switch a {
	case term.SheetRight:
		return say.T(ctx, "answer.right")
	case term.SheetPartWrong:
		return say.T(ctx, "answer.wrong")
	case term.SheetDisagree:
		return say.T(ctx, "answer.disagree")
	case term.SheetNotOurs:
		return say.T(ctx, "answer.notours")
	case term.SheetNotSure:
		return say.T(ctx, "answer.later")
	case term.SheetWithdraw:
		return say.T(ctx, "answer.withdraw")
	}
	return say.T(ctx, "review.added")
}

// lineTitle is what the record of a row is called.
func lineTitle(ctx context.Context, l *SheetLine) string {
	if l.Item == nil || l.Item.Record == nil {
		return say.T(ctx, "review.added")
	}
	return called(l.Item.Record)
}
