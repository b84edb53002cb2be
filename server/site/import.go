package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	sheets "adam/internal/exchange/table"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// importsView is the page of what was sent to be imported.
type importsView struct {
	All   []*ImportListed
	After string // the address of older ones; "" where there are none
	Form  *ui.Form
}

// importsPageSize is how many imports the list asks for.
const importsPageSize = 25

// Imports is what was sent to be imported: GET /imports.
func (s *Site) Imports(r *http.Request) (*ui.Page, error) { return s.ImportsWith(r, nil) }

// ImportsWith is the same, with what was wrong with the file that was sent.
func (s *Site) ImportsWith(r *http.Request, wrong *fault.Error) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Imports(ctx, s.api, r.URL.Query().Get("before"))
	if err != nil {
		return nil, said(err)
	}
	v := &importsView{All: found.Imports, Form: &ui.Form{Wrong: wrong}}
	if n := len(v.All); n == importsPageSize {
		v.After = "/imports?before=" + v.All[n-1].Id
	}
	p := &ui.Page{Title: say.T(ctx, "import.title"), Wrong: wrong, Done: doneSentence(ctx, r), Body: importsPage(v)}
	if wrong != nil {
		p.Status = statusOf(wrong)
	}
	return p, nil
}

// visibilities and sources are what can be said of a spreadsheet.
func (v *importsView) visibilities(ctx context.Context) []ui.Choice {
	return picked(ctx, "Visibility", term.Visibility("").Values())
}

func (v *importsView) sources(ctx context.Context) []ui.Choice {
	return picked(ctx, "SourceKind", slices.DeleteFunc(term.SourceKind("").Values(), func(k string) bool { return k == string(term.IATISource) }))
}

func picked(ctx context.Context, list string, values []string) (out []ui.Choice) {
	for _, v := range values {
		out = append(out, ui.Choice{Value: v, Text: say.Word(ctx, list, v)})
	}
	return out
}

// importView is the page of one import.
type importView struct {
	*Imported
	Outcome term.IntakeOutcome // which activities are listed; "" for all
	After   string             // the address of more of them; "" where there are none
	Form    *ui.Form           // in which it is said what is taken
	names   map[string]ui.Link
}

// Import is what a file did or would do: GET /imports/{id}.
func (s *Site) Import(r *http.Request) (*ui.Page, error) { return s.importWith(r, nil) }

func (s *Site) importWith(r *http.Request, wrong *fault.Error) (*ui.Page, error) {
	ctx, q, id := r.Context(), r.URL.Query(), r.PathValue("id")
	v := &importView{Outcome: term.IntakeOutcome(q.Get("outcome")), Form: &ui.Form{Wrong: wrong}}
	if r.PathValue("step") == "pick" {
		v.Form.Sent = r.PostForm
	}
	found, err := ImportOf(ctx, s.api, id, v.Outcome, q.Get("after"))
	if err != nil {
		return nil, said(err)
	}
	if v.Imported = found.Import; v.Imported == nil {
		return nil, nothing(ctx)
	}
	if n := len(v.Items); n == 50 {
		v.After = "/imports/" + id + "?" + url.Values{"outcome": {string(v.Outcome)}, "after": {v.Items[n-1].Cursor}}.Encode()
	}
	entry := &PastEntry{}
	for _, i := range v.Items {
		entry.Changes = append(entry.Changes, i.Changes...)
	}
	if v.names, err = s.namesIn(ctx, []*PastEdge{{Node: entry}}); err != nil {
		return nil, err
	}
	p := &ui.Page{Title: v.File, Script: true, Wrong: wrong, Done: doneSentence(ctx, r), Body: importPage(v),
		Crumbs: []ui.Link{{Text: say.T(ctx, "import.title"), Path: "/imports"}}}
	if wrong != nil {
		p.Status = statusOf(wrong)
	}
	return p, nil
}

// ImportState is how far an import is: GET /imports/{id}/state, for the script of its page.
func (s *Site) ImportState(r *http.Request) (*ui.Page, error) {
	found, err := ImportHeadOf(r.Context(), s.api, r.PathValue("id"))
	if err != nil {
		return nil, said(err)
	}
	if found.Import == nil {
		return nil, nothing(r.Context())
	}
	if !found.Import.moving() {
		return nil, ui.Goto("/imports/" + found.Import.Id)
	}
	return &ui.Page{Bare: true, Body: importState(found.Import)}, nil
}

// ImportStep does what is decided on an import: POST /imports/{id}/{step}.
func (s *Site) ImportStep(r *http.Request) (*ui.Page, error) {
	id := r.PathValue("id")
	done, err := s.importStep(once(r.Context(), r.PostFormValue("once")), r.PathValue("step"), map[string]any{"import": id}, r.PostForm)
	if err == nil {
		return nil, ui.Goto("/imports/" + id + done)
	}
	if f := fault.As(said(err)); f != nil && f.Kind != fault.Forbidden {
		return s.importWith(r, f)
	}
	return nil, said(err)
}

func (s *Site) importStep(ctx context.Context, step string, in map[string]any, form url.Values) (to string, err error) {
	switch step {
	case "map":
		meant(in, form)
		_, err = MapImport(ctx, s.api, &in)
	case "pick":
		pickedIn(in, form)
		_, err = PickImport(ctx, s.api, &in)
	case "apply":
		if form.Has("plan") {
			in["plan"] = form.Get("plan")
		}
		_, err = ApplyImport(ctx, s.api, &in)
	case "discard":
		to = "?done=discarded"
		_, err = DiscardImport(ctx, s.api, &in)
	case "undo":
		_, err = UndoImport(ctx, s.api, &in)
	default:
		err = nothing(ctx)
	}
	return to, err
}

// meant puts what a form says of columns into the input of mapImport: the fields "name" and "field" stand in pairs.
func meant(in map[string]any, form url.Values) {
	columns := []map[string]string{}
	for i, field := range form["field"] {
		if i < len(form["name"]) {
			columns = append(columns, map[string]string{"name": form["name"][i], "field": field})
		}
	}
	in["columns"] = columns
	for _, name := range []string{"sheet", "currency", "decimal", "days"} {
		if form.Has(name) {
			in[name] = strings.TrimSpace(form.Get(name))
		}
	}
}

// choices are the meanings that a column can have.
func (v *importView) choices(ctx context.Context) (out []ui.Choice) {
	for _, f := range sheets.Fields() {
		out = append(out, ui.Choice{Value: string(f), Text: say.Word(ctx, "ImportField", f)})
	}
	return out
}

// moving says whether something is being done with the file, so that the page asks again.
func (h *ImportHead) moving() bool {
	return h.Status == term.IntakeReceiving || h.Status == term.IntakeReading || h.Status == term.IntakeWriting || h.Status == term.IntakeUndoing
}

// told says whether what it did, or would do, is known.
func (v *importView) told() bool {
	return v.Status != term.IntakeReceiving && v.Status != term.IntakeReading
}

// tally is one of the numbers of an import.
type tally struct {
	name  string
	count int
}

// numbers are what the page counts, what is of most interest first.
func (v *importView) numbers(ctx context.Context) []tally {
	n := v.Counts
	return []tally{{say.T(ctx, "import.read"), n.Read}, {say.T(ctx, "import.outside"), n.Outside}, {say.T(ctx, "import.created"), n.Created},
		{say.T(ctx, "import.changed"), n.Changed}, {say.T(ctx, "import.same"), n.Same}, {say.T(ctx, "import.differs"), n.Differs},
		{say.T(ctx, "import.secondary"), n.Secondary}, {say.T(ctx, "import.refused"), n.Refused}, {say.T(ctx, "import.lines"), n.Lines},
		{say.T(ctx, "import.linesLeft"), n.LinesLeft}, {say.T(ctx, "import.matched"), n.Matched}, {say.T(ctx, "import.actors"), n.Actors}}
}

// importStanding says how an import stands, in a sentence.
func importStanding(ctx context.Context, status term.IntakeStatus) string {
	switch status {
	case term.IntakeForeseen:
		return say.T(ctx, "import.stands.foreseen")
	case term.IntakeApplied:
		return say.T(ctx, "import.stands.applied")
	case term.IntakeFailed:
		return say.T(ctx, "import.stands.failed")
	case term.IntakeDiscarded:
		return say.T(ctx, "import.stands.discarded")
	}
	return say.T(ctx, "import.stands.undone")
}

// publishersText are the publishers in a line.
func (v *importView) publishersText(ctx context.Context) string {
	return strings.Join(v.Publishers, say.T(ctx, "list.comma"))
}

// history lets changes be written as the history of a record writes them.
func (v *importView) history() *historyView {
	return &historyView{kind: term.RecordActivity, names: v.names}
}
