package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// editForms are the forms about a record outside reviews, by their addresses, and what each is for.
var editForms = map[string]string{"correct": "wrong", "dispute": "disagree", "retract": "retract", "withdraw": "withdraw", "restore": "restore"}

// Edits are the pages on which records are changed outside reviews, by their addresses: GET and POST /laws/{key}/correct
// and the like, and /add. For whoever answers for records; the API decides about each.
func (s *Site) Edits() map[string]func(*http.Request) (*ui.Page, error) {
	out := map[string]func(*http.Request) (*ui.Page, error){"/add": s.AddRecord}
	for kind := range inputs {
		for address, what := range editForms {
			if kind == term.RecordNeed && (what == "disagree" || what == "retract") {
				continue // nobody disputes what an authority asks for
			}
			out["/"+recordSections[kind]+"/{key}/"+address] = s.edit(kind, what)
		}
	}
	return out
}

// edits says whether the viewer answers for any records of a type, or of any where none is named, and reads the working
// store, where alone they change. Needs are kept by coordinators too.
func edits(ctx context.Context, kind term.RecordKind) bool {
	v := access.From(ctx)
	keeps := runs(ctx) || (kind == "" || kind == term.RecordNeed) && v.Has(access.Coordinator)
	return ui.Of(ctx).Working && (keeps || len(v.Chapters())+len(v.Actors()) > 0)
}

// kinds are the types of records that a review asks about, in the order in which they are offered.
var kinds = []term.RecordKind{term.RecordLaw, term.RecordPolicy, term.RecordMechanism, term.RecordActor, term.RecordActivity}

// answersFor says whether the viewer can answer for records of a type at all: laws and policies are a State's, through its
// focal point; activities are an organisation's, through its reporter; others are either's. So nobody is offered a form
// that the API would always refuse.
func answersFor(ctx context.Context, kind term.RecordKind) bool {
	v := access.From(ctx)
	switch {
	case !edits(ctx, kind):
		return false
	case runs(ctx):
		return true
	case kind == term.RecordLaw || kind == term.RecordPolicy:
		return len(v.Chapters()) > 0
	case kind == term.RecordActivity:
		return len(v.Actors()) > 0
	}
	return true
}

// mine are the types of records that the viewer can answer for.
func mine(ctx context.Context) []term.RecordKind {
	return slices.DeleteFunc(slices.Clone(kinds), func(k term.RecordKind) bool { return !answersFor(ctx, k) })
}

// posts says whether the viewer can post needs: for her State, for a State's authority that she reports for, or for all as
// a coordinator or the secretariat.
func (s *Site) posts(ctx context.Context) (bool, error) {
	v := access.From(ctx)
	switch {
	case !edits(ctx, term.RecordNeed):
		return false, nil
	case runs(ctx), v.Has(access.Coordinator), len(v.States()) > 0:
		return true, nil
	}
	found, err := ReportsFor(ctx, s.api)
	if err != nil {
		return false, said(err)
	}
	return slices.ContainsFunc(found.Viewer.Actors, func(a *ReportedFor) bool { return a.Kind == term.StateAuthority }), nil
}

// objects says whether the viewer can dispute records of a type at all: a focal point what stands in her chapter, a
// reporter what her organisation takes part in. Nobody disputes a need.
func objects(ctx context.Context, kind term.RecordKind) bool {
	v := access.From(ctx)
	return len(v.Chapters()) > 0 && kind != term.RecordNeed || len(v.Actors()) > 0 && (kind == term.RecordActivity || kind == term.RecordMechanism)
}

func onlyEditors(ctx context.Context, kind term.RecordKind) error {
	if edits(ctx, kind) {
		return nil
	}
	return fault.New(fault.Forbidden, "%s", say.T(ctx, "edit.nobody"))
}

// editForm is a form about a record as it stands.
type editForm struct {
	recordForm
	Kind   term.RecordKind
	Path   string // of the record
	Stands map[string]any

	Dispute string // that is taken back
}

func (s *Site) edit(kind term.RecordKind, what string) func(*http.Request) (*ui.Page, error) {
	return func(r *http.Request) (*ui.Page, error) {
		ctx := r.Context()
		f, err := s.editForm(r, kind, what)
		if err != nil {
			return nil, err
		}
		if r.Method == http.MethodPost {
			to, err := s.sendEdit(once(ctx, r.PostForm.Get("once")), f)
			if err == nil {
				return nil, ui.Goto(to)
			}
			if err := f.refused(err); err != nil {
				return nil, err
			}
			f.below()
		}
		if err := s.fillEdit(ctx, f); err != nil {
			return nil, err
		}
		title := text(f.Stands["title"]) + text(f.Stands["name"]) // a record has one of the two
		p := f.page(say.T(ctx, "review.form."+what), title, ui.Link{Text: sectionName(ctx, kind), Path: "/" + recordSections[kind]})
		if what != "restore" { // what is withdrawn has no page
			p.Crumbs = append(p.Crumbs, ui.Link{Text: title, Path: f.Path})
		}
		p.Done = doneSentence(ctx, r)
		return p, nil
	}
}

// editForm reads what a form is about. Nobody reads what is withdrawn: its form knows the version from the address.
func (s *Site) editForm(r *http.Request, kind term.RecordKind, what string) (*editForm, error) {
	ctx, key := r.Context(), r.PathValue("key")
	if err := onlyEditors(ctx, kind); err != nil {
		return nil, err
	}
	f := &editForm{recordForm: recordForm{What: what, Form: sentForm(r)}, Kind: kind, Dispute: r.Form.Get("dispute")}
	if what == "restore" {
		f.Stands, f.Back = map[string]any{"key": key, "version": r.Form.Get("version")}, "/"+recordSections[kind]
		f.Path = recordPath(kind, url.PathEscape(key))
		return f, nil
	}
	stands, err := s.stands(ctx, kind, key)
	if err != nil {
		return nil, err
	}
	f.Stands, f.Path = stands, recordPath(kind, text(stands["key"]))
	f.Back, f.Lead = f.Path, f.lead(ctx)
	if r.Method == http.MethodGet {
		return f, kept(r, text(stands["key"]))
	}
	return f, nil
}

// fill makes the questions, with what stands or what was sent. Where somebody else was quicker, what stands now is in all
// fields but those that were changed here.
func (s *Site) fillEdit(ctx context.Context, f *editForm) (err error) {
	version, then := versionOf(f.Stands["version"]), f.Stands
	switch wrong := f.Form.Wrong; {
	case wrong == nil:
	case wrong.Kind == fault.Conflict && f.What == "restore":
		version = versionOf(wrong.Details["version"])
	case wrong.Kind == fault.Conflict:
		freshen(f.Kind, f.Stands, f.Form)
	default:
		version, then = f.Form.Sent.Get("version"), was(f.Kind, f.Form.Sent)
	}
	f.Along = []along{{"version", version}}
	if f.What == "retract" {
		f.Along = append(f.Along, along{"dispute", f.Dispute})
	}
	if f.What != "wrong" {
		return nil
	}
	if !runs(ctx) && objects(ctx, f.Kind) {
		f.Else = ui.Link{Text: say.T(ctx, "edit.else"), Path: f.Path + "/dispute"}
	}
	f.Along = append(f.Along, stood(f.Kind, then)...)
	f.Fields, err = s.fields(ctx, f.Kind, f.Stands, f.Form, inputs[f.Kind]+".")
	return err
}

// lead says what becomes of what is sent, and what need not be.
func (f *editForm) lead(ctx context.Context) string {
	out := say.T(ctx, "edit.next")
	if f.Kind == term.RecordNeed && f.What != "withdraw" {
		out += " " + say.T(ctx, "need.unsourced")
	}
	return out
}

// AddRecord makes a record outside reviews: GET and POST /add?kind=LAW. Without a kind it asks for one.
func (s *Site) AddRecord(r *http.Request) (*ui.Page, error) {
	ctx, kind := r.Context(), wantedKind(r, append(slices.Clone(kinds), term.RecordNeed))
	if err := onlyEditors(ctx, kind); err != nil {
		return nil, err
	}
	if kind == "" {
		return s.addWhich(ctx)
	}
	f := &editForm{recordForm: recordForm{What: "add", Form: sentForm(r), Back: "/" + recordSections[kind]}, Kind: kind}
	f.Lead = f.lead(ctx)
	if r.Method == http.MethodPost {
		to, err := s.sendRecord(once(ctx, r.PostForm.Get("once")), f)
		if err == nil {
			return nil, ui.Goto(to)
		}
		if err := f.refused(err); err != nil {
			return nil, err
		}
		f.below()
	}
	all, err := s.fields(ctx, kind, map[string]any{}, f.Form, inputs[kind]+".")
	if err != nil {
		return nil, err
	}
	if f.Fields = all; kind != term.RecordActivity {
		state, err := s.stateField(ctx, f)
		if err != nil {
			return nil, err
		}
		f.Fields = slices.Insert(all, 1, state)
	}
	title := say.T(ctx, "edit.add")
	if kind == term.RecordNeed {
		title = say.T(ctx, "needs.post")
	}
	f.Along = []along{{"kind", string(kind)}}
	return f.page(title, say.Word(ctx, "RecordKind", kind), ui.Link{Text: sectionName(ctx, kind), Path: f.Back}), nil
}

// addWhich asks which type of record is to be made, of those that the viewer can answer for.
func (s *Site) addWhich(ctx context.Context) (*ui.Page, error) {
	all := mine(ctx)
	posts, err := s.posts(ctx)
	if err != nil {
		return nil, err
	}
	if posts {
		all = append(all, term.RecordNeed)
	}
	return &ui.Page{Title: say.T(ctx, "edit.add"), Body: kindsPage("/add", all)}, nil
}

// stateField asks of which State a new record is. An activity has a field of its own for where it takes place.
func (s *Site) stateField(ctx context.Context, f *editForm) (ui.Field, error) {
	q := ui.Field{Form: f.Form, Name: inputs[f.Kind] + ".state", ID: "state", Label: say.T(ctx, "field.state")}
	if f.Kind != term.RecordLaw && f.Kind != term.RecordNeed {
		q.Hint = say.T(ctx, "edit.state.hint")
	}
	all, err := s.statesToChoose(ctx, nil)
	q.Pick = append([]ui.Choice{{Text: say.T(ctx, "form.choose")}}, all...)
	return q, err
}
