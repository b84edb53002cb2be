package site

import (
	"net/http"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// signOff is the end of a review: what was answered, in numbers, and the statement.
type signOff struct {
	Review *QueueReview
	Code   string
	Form   *ui.Form
	Open   []*Item // what is not answered yet
	Mine   bool    // whoever looks may sign
	Letter string  // with which letter the secretariat signs for somebody else
}

// SignOff lets whoever is asked check her answers and sign: GET and POST /review/{code}/sign-off.
func (s *Site) SignOff(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	v, err := s.queue(ctx, r.PathValue("code"), tab{status: []term.ItemStatus{term.ItemPending}}, perPage, nil)
	if err != nil {
		return nil, err
	}
	f := &signOff{Review: v, Code: r.PathValue("code"), Form: &ui.Form{}, Letter: r.FormValue("letter")}
	f.Mine = mayAnswer(ctx, &v.Review, f.Letter)
	for _, e := range v.Items.Edges {
		f.Open = append(f.Open, e.Node)
	}
	if r.Method == http.MethodPost {
		f.Form.Sent = r.PostForm
		in := map[string]any{"cycle": v.Id, "statement": r.PostForm.Get("statement")}
		for _, name := range []string{"signatory", "position", "letter"} {
			if value := r.PostForm.Get(name); value != "" {
				in[name] = value
			}
		}
		_, err := CompleteCycle(once(ctx, r.PostForm.Get("once")), s.api, &in)
		if err == nil {
			return nil, ui.Goto("/review?done=signed")
		}
		if f.Form.Wrong = fault.As(said(err)); f.Form.Wrong == nil {
			return nil, err
		}
	}
	p := &ui.Page{Title: say.T(ctx, "review.task.sign"), Kicker: v.title(), Wrong: f.Form.Wrong, Script: true, Body: signOffPage(f),
		Crumbs: []ui.Link{{Text: say.T(ctx, "review.mine"), Path: "/review"}, {Text: v.title(), Path: reviewPath(f.Code, "", f.Letter)}}}
	if p.Wrong != nil {
		p.Status = statusOf(p.Wrong)
	}
	return p, nil
}

// Unchanged confirms in bulk what has not changed since the last edition, listing it first: GET and POST
// /review/{code}/unchanged.
func (s *Site) Unchanged(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	t := tab{status: []term.ItemStatus{term.ItemPending}, later: &no, unchanged: &yes}
	v, err := s.queue(ctx, r.PathValue("code"), t, 100, nil)
	if err != nil {
		return nil, err
	}
	q := &queueView{Review: v, Code: r.PathValue("code"), Tab: tabs[0]}
	var wrong *fault.Error
	if r.Method == http.MethodPost {
		_, err := ConfirmItem(once(ctx, r.PostForm.Get("once")), s.api, &map[string]any{"unchangedIn": v.Id})
		if err == nil {
			return nil, ui.Goto("/review/" + q.Code + "?tab=right&done=bulk#cards")
		}
		if wrong = fault.As(said(err)); wrong == nil {
			return nil, err
		}
	}
	p := &ui.Page{Title: say.T(ctx, "review.unchanged"), Kicker: v.title(), Wrong: wrong, Body: unchangedPage(q),
		Crumbs: []ui.Link{{Text: say.T(ctx, "review.mine"), Path: "/review"}, {Text: v.title(), Path: "/review/" + q.Code}}}
	if wrong != nil {
		p.Status = statusOf(wrong)
	}
	return p, nil
}
