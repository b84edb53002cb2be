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
	recordForm
	Code   string // of the review
	Item   *Item
	Stands map[string]any // what the record says now, where it is to be corrected
	Letter string
}

// ItemForm asks for what an answer needs: GET and POST /review/{code}/{what} with record.
func (s *Site) ItemForm(r *http.Request) (*ui.Page, error) {
	f, err := s.itemForm(r)
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodPost {
		err := s.sendItem(once(r.Context(), r.PostForm.Get("once")), f)
		if err == nil {
			return nil, ui.Goto(reviewPath(f.Code, "?done=answered#cards", f.Letter))
		}
		if err := f.refused(err); err != nil {
			return nil, err
		}
	}
	if err := s.fillItem(r.Context(), f); err != nil {
		return nil, err
	}
	return f.page(say.T(r.Context(), "review.form."+f.What), titleOf(f.Item.Record),
		ui.Link{Text: say.T(r.Context(), "review.mine"), Path: "/review"}, ui.Link{Text: f.Code, Path: reviewPath(f.Code, "", f.Letter)}), nil
}

// itemForm reads what a form is about.
func (s *Site) itemForm(r *http.Request) (*itemForm, error) {
	ctx := r.Context()
	f := &itemForm{Code: r.PathValue("code"), recordForm: recordForm{What: r.PathValue("what"), Form: sentForm(r)}, Letter: r.Form.Get("letter")}
	if f.What != "wrong" && f.What != "disagree" && f.What != "withdraw" {
		return nil, fault.New(fault.NotFound, "%s", say.T(ctx, "review.item.none"))
	}
	_, it, err := s.item(ctx, f.Code, r.Form.Get("record"))
	if err != nil {
		return nil, err
	}
	if f.Item = it; f.What == "wrong" {
		f.Stands, err = s.stands(ctx, it.Kind, it.Record.GetKey())
	}
	return f, err
}

// fill makes the questions, with what stands or what was sent. Where somebody else was quicker, what stands now is in all
// fields but those that were changed here, and the form is one about that.
func (s *Site) fillItem(ctx context.Context, f *itemForm) (err error) {
	kind, version, then := f.Item.Kind, itoa(f.Item.Version), f.Stands
	switch wrong := f.Form.Wrong; {
	case wrong == nil:
	case wrong.Kind == fault.Conflict:
		if f.What == "wrong" {
			freshen(kind, f.Stands, f.Form)
		}
	default:
		version, then = f.Form.Sent.Get("version"), was(kind, f.Form.Sent)
	}
	f.Back = reviewPath(f.Code, "#"+f.Item.Id, f.Letter)
	f.Along = []along{{"record", f.Item.Record.GetId()}, {"version", version}, {"letter", f.Letter}}
	if f.What == "wrong" {
		f.Along = append(f.Along, stood(kind, then)...)
		f.Fields, err = s.fields(ctx, kind, f.Stands, f.Form, inputs[kind]+".")
	}
	return err
}

// sendItem sends what a form about an item says.
func (s *Site) sendItem(ctx context.Context, f *itemForm) error {
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
		below := inputs[kind] + "."
		change, err := s.keyed(ctx, kind, changedIn(kind, was(kind, f.Form.Sent), f.Form.Sent, below), below)
		if err != nil {
			return err
		}
		in[inputs[kind]] = with(change, map[string]any{"key": f.Stands["key"], "version": f.Stands["version"]})
		_, err = CorrectItem(ctx, s.api, &in)
		return err
	}
	return err
}

// addForm proposes a record that the catalogue lacks.
type addForm struct {
	recordForm
	Code   string
	Cycle  string
	Kind   term.RecordKind // "" until it was chosen
	State  string          // of the chapter
	Letter string
}

// Add proposes a new record: GET and POST /review/{code}/add.
func (s *Site) Add(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	v, err := s.queue(ctx, r.PathValue("code"), tabs[0], 1, nil)
	if err != nil {
		return nil, err
	}
	f := &addForm{Code: r.PathValue("code"), Cycle: v.Id, Kind: wantedKind(r, kinds), recordForm: recordForm{What: "add", Form: sentForm(r)}, Letter: r.Form.Get("letter")}
	f.State, f.Back = v.state(), reviewPath(f.Code, "", f.Letter)
	if r.Method == http.MethodPost && f.Kind != "" {
		err := s.sendNew(once(ctx, r.PostForm.Get("once")), f)
		if err == nil {
			return nil, ui.Goto(reviewPath(f.Code, "?tab=corrected&done=added#cards", f.Letter))
		}
		if err := f.refused(err); err != nil {
			return nil, err
		}
	}
	crumbs := []ui.Link{{Text: say.T(ctx, "review.mine"), Path: "/review"}, {Text: v.title(), Path: f.Back}}
	if f.Kind == "" {
		return &ui.Page{Title: say.T(ctx, "review.task.add"), Kicker: v.title(), Body: kindsPage(reviewPath(f.Code, "/add", f.Letter), kinds), Crumbs: crumbs}, nil
	}
	there := map[string]any{}
	if f.State != "" { // the chapter's, until its focal point says others
		there["states"] = f.State
	}
	if f.Fields, err = s.fields(ctx, f.Kind, there, f.Form, inputs[f.Kind]+"."); err != nil {
		return nil, err
	}
	f.Along = []along{{"kind", string(f.Kind)}, {"letter", f.Letter}}
	return f.page(say.T(ctx, "review.task.add"), v.title(), crumbs...), nil
}

func (s *Site) sendNew(ctx context.Context, f *addForm) error {
	doc := source(f.Form.Sent)
	if doc == nil {
		return noSource(ctx)
	}
	below := inputs[f.Kind] + "."
	record, err := s.keyed(ctx, f.Kind, changedIn(f.Kind, map[string]any{}, f.Form.Sent, below), below)
	if err != nil {
		return err
	}
	record["sources"] = []any{doc}
	record = inState(f.State, f.Kind, record)
	in := map[string]any{"cycle": f.Cycle, inputs[f.Kind]: record}
	if f.Letter != "" {
		in["letter"] = f.Letter
	}
	_, err = AddToCycle(ctx, s.api, &in)
	return err
}
