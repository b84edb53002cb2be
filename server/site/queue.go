package site

import (
	"context"
	"net/http"
	"slices"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Queue is the review queue: GET /review/{code}. Own records come first, each with its one question.
func (s *Site) Queue(r *http.Request) (*ui.Page, error) {
	q, err := s.queueOf(r)
	if err != nil {
		return nil, err
	}
	return s.queuePage(r, q), nil
}

func (s *Site) queueOf(r *http.Request) (*queueView, error) {
	ctx, form := r.Context(), r.URL.Query()
	if r.Method == http.MethodPost {
		form = r.PostForm
	}
	q := &queueView{Code: r.PathValue("code"), Tab: tabOf(form.Get("tab")), After: form.Get("after"), Letter: form.Get("letter")}
	var after *string
	if q.After != "" {
		after = &q.After
	}
	var err error
	if q.Review, err = s.queue(ctx, q.Code, q.Tab, perPage, after); err != nil {
		return nil, err
	}
	q.Due, q.Mine = s.due(ctx, &q.Review.Review), mayAnswer(ctx, &q.Review.Review, q.Letter)
	return q, nil
}

func (s *Site) queuePage(r *http.Request, q *queueView) *ui.Page {
	ctx := r.Context()
	return &ui.Page{
		Title: say.T(ctx, "review.of", q.Review.title(), itoa(q.Review.Year)), Kicker: say.Word(ctx, "ReviewStatus", q.Review.Status),
		Crumbs: []ui.Link{{Text: say.T(ctx, "review.mine"), Path: "/review"}},
		Done:   doneSentence(ctx, r), Script: q.Mine, Body: queuePage(q),
	}
}

// mayAnswer says whether answers are asked for here: by a focal point or reporter, or by the secretariat with a letter.
// It only decides what is shown; the API decides what is done.
func mayAnswer(ctx context.Context, of *Review, letter string) bool {
	v := access.From(ctx)
	return v.Has(access.Secretariat) && letter != "" || of.mine(ctx)
}

// Answer takes the answer to one item: POST /review/{code}/answer. What needs words has a page of its own.
func (s *Site) Answer(r *http.Request) (*ui.Page, error) {
	ctx := once(r.Context(), r.PostForm.Get("once"))
	f := answerForm{r}
	switch f.get("answer") {
	case "wrong", "disagree", "withdraw":
		return nil, ui.Goto(reviewPath(r.PathValue("code"), "/"+f.get("answer")+"?record="+f.get("record"), f.get("letter")))
	}
	it, err := s.answer(ctx, f)
	if err != nil {
		return s.refused(r, said(err))
	}
	if r.Header.Get("HX-Request") != "" {
		return s.swapped(r, it)
	}
	return nil, ui.Goto(f.back(it))
}

// swapped is a page that holds only the card which the script puts into the place of the old one.
func (s *Site) swapped(r *http.Request, it *Item) (*ui.Page, error) {
	q, err := s.queueOf(r)
	if err != nil {
		return nil, err
	}
	return &ui.Page{Bare: true, Body: answered(q, it)}, nil
}

// refused shows the queue again with what is wrong, and the card as it stands now on top.
func (s *Site) refused(r *http.Request, err error) (*ui.Page, error) {
	wrong := fault.As(err)
	if wrong == nil || wrong.Kind != fault.Conflict && wrong.Kind != fault.Invalid {
		return nil, err
	}
	q, err := s.queueOf(r)
	if err != nil {
		return nil, err
	}
	if _, it, err := s.item(r.Context(), q.Code, r.PostForm.Get("record")); err == nil {
		edges := slices.DeleteFunc(q.Review.Items.Edges, func(e *QueueItemEdge) bool { return e.Node.Id == it.Id })
		q.Review.Items.Edges = append([]*QueueItemEdge{{Node: it}}, edges...)
	}
	p := s.queuePage(r, q)
	p.Wrong, p.Status = wrong, statusOf(wrong)
	return p, nil
}

// answerForm is the form of a card.
type answerForm struct{ *http.Request }

func (f answerForm) get(name string) string { return f.PostForm.Get(name) }

// back is the page of the queue that the form came from, with what was done and the way to undo it.
func (f answerForm) back(it *Item) string {
	path := reviewPath(f.PathValue("code"), "?tab="+f.get("tab"), f.get("letter"))
	if after := f.get("after"); after != "" {
		path = ui.WithQuery(path, "after", after)
	}
	done := "answered"
	if it == nil || it.Status == term.ItemPending && !it.Later {
		done = "reopened"
	}
	return ui.WithQuery(path, "done", done) + "#cards"
}
