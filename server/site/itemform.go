package site

import (
	"context"
	"net/http"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// itemForm is a form about one item of a review: a correction, an objection, a withdrawal.
type itemForm struct {
	Code, What string // of the review, and what the form is for: wrong, disagree, withdraw
	Item       *Item
	Form       *ui.Form
	Fields     []ui.Field
	Letter     string
}

// ItemForm asks for what an answer needs: GET and POST /review/{code}/{what} with record.
func (s *Site) ItemForm(r *http.Request) (*ui.Page, error) {
	f, stands, err := s.itemForm(r)
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodPost {
		err := s.sendItem(once(r.Context(), r.PostForm.Get("once")), f, stands)
		if err == nil {
			return nil, ui.Goto(reviewPath(f.Code, "?done=answered#cards", f.Letter))
		}
		wrong := fault.As(said(err))
		if wrong == nil || wrong.Kind == fault.Unauthenticated {
			return nil, said(err)
		}
		f.Form.Wrong = wrong
	}
	return s.itemPage(r.Context(), f), nil
}

// itemForm reads what a form is about, and fills it in with what stands or what was sent.
func (s *Site) itemForm(r *http.Request) (*itemForm, map[string]any, error) {
	ctx := r.Context()
	f := &itemForm{Code: r.PathValue("code"), What: r.PathValue("what"), Form: &ui.Form{}, Letter: r.Form.Get("letter")}
	if f.What != "wrong" && f.What != "disagree" && f.What != "withdraw" {
		return nil, nil, fault.New(fault.NotFound, "%s", say.T(ctx, "review.item.none"))
	}
	_, it, err := s.item(ctx, f.Code, r.Form.Get("record"))
	if err != nil {
		return nil, nil, err
	}
	f.Item = it
	if r.Method == http.MethodPost {
		f.Form.Sent = r.PostForm
	}
	if f.What != "wrong" {
		return f, nil, nil
	}
	stands, err := s.stands(ctx, it.Kind, it.Record.GetKey())
	if err == nil {
		f.Fields = fields(ctx, it.Kind, stands, f.Form, inputs[it.Kind]+".")
	}
	return f, stands, err
}

func (s *Site) itemPage(ctx context.Context, f *itemForm) *ui.Page {
	p := &ui.Page{
		Title: say.T(ctx, "review.form."+f.What), Kicker: titleOf(f.Item.Record), Script: true, Wrong: f.Form.Wrong, Body: itemFormPage(f),
		Crumbs: []ui.Link{{Text: say.T(ctx, "review.mine"), Path: "/review"}, {Text: f.Code, Path: reviewPath(f.Code, "", f.Letter)}},
	}
	if p.Wrong != nil {
		p.Status = statusOf(p.Wrong)
	}
	return p
}

// sendItem sends what a form about an item says.
func (s *Site) sendItem(ctx context.Context, f *itemForm, stands map[string]any) error {
	version, err := number(f.Form.Sent.Get("version"))
	if err != nil {
		return err
	}
	in := map[string]any{"item": f.Item.Id, "version": version, "reason": f.Form.Sent.Get("reason")}
	if f.Letter != "" {
		in["letter"] = f.Letter
	}
	switch f.What {
	case "disagree":
		_, err = DisputeItem(ctx, s.api, &in)
	case "withdraw":
		_, err = WithdrawItem(ctx, s.api, &in)
	default:
		kind := f.Item.Kind
		doc := source(f.Form.Sent)
		if doc == nil {
			return noSource(ctx)
		}
		in["source"] = doc
		change := changedIn(kind, stands, f.Form.Sent, inputs[kind]+".")
		in[inputs[kind]] = with(change, map[string]any{"key": stands["key"], "version": stands["version"]})
		_, err = CorrectItem(ctx, s.api, &in)
	}
	return err
}

// addForm proposes a record that the catalogue lacks.
type addForm struct {
	Code   string
	Cycle  string
	Kind   term.RecordKind // "" until it was chosen
	State  string          // of the chapter
	Form   *ui.Form
	Fields []ui.Field
	Letter string
}

// Add proposes a new record: GET and POST /review/{code}/add.
func (s *Site) Add(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	v, err := s.queue(ctx, r.PathValue("code"), tabs[0], 1, nil)
	if err != nil {
		return nil, err
	}
	f := &addForm{Code: r.PathValue("code"), Cycle: v.Id, Kind: term.RecordKind(r.Form.Get("kind")), Form: &ui.Form{}, Letter: r.Form.Get("letter")}
	f.State = v.state()
	if entries[f.Kind] == nil {
		f.Kind = ""
	}
	if r.Method == http.MethodPost && f.Kind != "" {
		f.Form.Sent = r.PostForm
		err := s.sendNew(once(ctx, r.PostForm.Get("once")), f)
		if err == nil {
			return nil, ui.Goto(reviewPath(f.Code, "?tab=corrected&done=added#cards", f.Letter))
		}
		if f.Form.Wrong = fault.As(said(err)); f.Form.Wrong == nil {
			return nil, err
		}
	}
	if f.Kind != "" {
		f.Fields = fields(ctx, f.Kind, map[string]any{}, f.Form, inputs[f.Kind]+".")
	}
	p := &ui.Page{Title: say.T(ctx, "review.task.add"), Kicker: v.title(), Script: true, Wrong: f.Form.Wrong, Body: addPage(f),
		Crumbs: []ui.Link{{Text: say.T(ctx, "review.mine"), Path: "/review"}, {Text: v.title(), Path: reviewPath(f.Code, "", f.Letter)}}}
	if p.Wrong != nil {
		p.Status = statusOf(p.Wrong)
	}
	return p, nil
}

func (s *Site) sendNew(ctx context.Context, f *addForm) error {
	doc := source(f.Form.Sent)
	if doc == nil {
		return noSource(ctx)
	}
	record := changedIn(f.Kind, map[string]any{}, f.Form.Sent, inputs[f.Kind]+".")
	record["sources"] = []any{doc}
	record = inState(f.State, f.Kind, record)
	in := map[string]any{"cycle": f.Cycle, inputs[f.Kind]: record}
	if f.Letter != "" {
		in["letter"] = f.Letter
	}
	_, err := AddToCycle(ctx, s.api, &in)
	return err
}
