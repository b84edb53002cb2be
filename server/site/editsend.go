package site

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"adam/internal/access"
	"adam/internal/term"
	"adam/server/ui"

	"github.com/Khan/genqlient/graphql"
	"github.com/a-h/templ"
)

// mutations are what the API calls each change of a record of each type.
var mutations = map[term.RecordKind]map[string]struct{ name, query string }{
	term.RecordLaw:       {"add": {"CreateLaw", CreateLaw_Operation}, "wrong": {"UpdateLaw", UpdateLaw_Operation}, "withdraw": {"WithdrawLaw", WithdrawLaw_Operation}, "restore": {"RestoreLaw", RestoreLaw_Operation}},
	term.RecordPolicy:    {"add": {"CreatePolicy", CreatePolicy_Operation}, "wrong": {"UpdatePolicy", UpdatePolicy_Operation}, "withdraw": {"WithdrawPolicy", WithdrawPolicy_Operation}, "restore": {"RestorePolicy", RestorePolicy_Operation}},
	term.RecordMechanism: {"add": {"CreateMechanism", CreateMechanism_Operation}, "wrong": {"UpdateMechanism", UpdateMechanism_Operation}, "withdraw": {"WithdrawMechanism", WithdrawMechanism_Operation}, "restore": {"RestoreMechanism", RestoreMechanism_Operation}},
	term.RecordActor:     {"add": {"CreateActor", CreateActor_Operation}, "wrong": {"UpdateActor", UpdateActor_Operation}, "withdraw": {"WithdrawActor", WithdrawActor_Operation}, "restore": {"RestoreActor", RestoreActor_Operation}},
	term.RecordActivity:  {"add": {"CreateActivity", CreateActivity_Operation}, "wrong": {"UpdateActivity", UpdateActivity_Operation}, "withdraw": {"WithdrawActivity", WithdrawActivity_Operation}, "restore": {"RestoreActivity", RestoreActivity_Operation}},
	term.RecordNeed:      {"add": {"CreateNeed", CreateNeed_Operation}, "wrong": {"UpdateNeed", UpdateNeed_Operation}, "withdraw": {"WithdrawNeed", WithdrawNeed_Operation}, "restore": {"RestoreNeed", RestoreNeed_Operation}},
}

// recordNow is a record after a change of it.
type recordNow struct {
	Key     string
	Version int
}

// change asks the API for a change of a record.
func (s *Site) change(ctx context.Context, kind term.RecordKind, what string, in map[string]any) (*recordNow, error) {
	m := mutations[kind][what]
	var data map[string]map[string]*recordNow
	err := s.api.MakeRequest(ctx, &graphql.Request{OpName: m.name, Query: m.query, Variables: map[string]any{"in": in}}, &graphql.Response{Data: &data})
	if err != nil {
		return nil, said(err)
	}
	return data[strings.ToLower(m.name[:1])+m.name[1:]][inputs[kind]], nil
}

// sendEdit sends what a form about a record says, and tells where to go then.
func (s *Site) sendEdit(ctx context.Context, f *editForm) (string, error) {
	version, err := number(f.Form.Sent.Get("version"))
	if err != nil {
		return "", err
	}
	in := map[string]any{"reason": f.Form.Sent.Get("reason")}
	if f.What == "retract" {
		in["dispute"] = f.Dispute
		_, err := RetractDispute(ctx, s.api, &in)
		return f.Path + "?done=retracted#disputes", err
	}
	in["version"] = version
	if f.What == "disagree" {
		in["record"] = f.Stands["id"]
		_, err := DisputeRecord(ctx, s.api, &in)
		return f.Path + "?done=disputed#disputes", err
	}
	in["key"] = f.Stands["key"]
	if f.What == "wrong" {
		docs, err := documents(ctx, f.Kind, f.Form.Sent)
		if err != nil {
			return "", err
		}
		below := inputs[f.Kind] + "."
		change, err := s.keyed(ctx, f.Kind, changedIn(f.Kind, was(f.Kind, f.Form.Sent), f.Form.Sent, below), below)
		if err != nil {
			return "", err
		}
		in = with(in, change)
		in["sources"] = docs
	}
	done, err := s.change(ctx, f.Kind, f.What, in)
	if err != nil {
		return "", err
	}
	switch f.What {
	case "withdraw":
		return fmt.Sprintf("%s/restore?version=%d&done=withdrawn", f.Path, done.Version), nil
	case "restore":
		return recordPath(f.Kind, done.Key) + "?done=restored", nil
	}
	return f.Path + "?done=corrected", nil
}

// sendRecord sends a new record, and tells where it is then.
func (s *Site) sendRecord(ctx context.Context, f *editForm) (string, error) {
	below := inputs[f.Kind] + "."
	docs, err := documents(ctx, f.Kind, f.Form.Sent)
	if err != nil {
		return "", err
	}
	in, err := s.keyed(ctx, f.Kind, changedIn(f.Kind, map[string]any{}, f.Form.Sent, below), below)
	if err != nil {
		return "", err
	}
	in["sources"] = docs
	if of := f.Form.Sent.Get(below + "state"); of != "" {
		in["state"] = of
	}
	done, err := s.change(ctx, f.Kind, "add", in)
	if err != nil {
		return "", err
	}
	return recordPath(f.Kind, done.Key) + "?done=made", nil
}

var firstSource = regexp.MustCompile(`^input\.sources\[0\]`)

// below names the fields that are wrong as the form does, which has those of the record below its type.
func (f *editForm) below() {
	for i, name := range f.Form.Wrong.Fields {
		field, _, _ := strings.Cut(strings.TrimPrefix(name, "input."), "[")
		asked := field == "state"
		for _, e := range entries[f.Kind] {
			asked = asked || e.name == field
		}
		if asked {
			name = "input." + inputs[f.Kind] + "." + field
		}
		f.Form.Wrong.Fields[i] = firstSource.ReplaceAllString(name, "input.source")
	}
}

// versionOf is a version as a form carries it.
func versionOf(v any) string {
	if n, ok := v.(float64); ok { // of JSON
		return itoa(int(n))
	}
	return text(v)
}

// retractPath is where the viewer takes her own dispute back; "" where that is none of hers. Who raised one is told by the
// institution, so that a colleague's is offered too, and refused by the API.
func retractPath(ctx context.Context, d *Objection, path string) string {
	if d.Status != term.DisputeOpen || d.By.Name != access.From(ctx).Name {
		return ""
	}
	for kind := range inputs {
		if edits(ctx, kind) && strings.HasPrefix(path, "/"+recordSections[kind]+"/") {
			return ui.WithQuery(path+"/retract", "dispute", d.Id)
		}
	}
	return ""
}

// editable puts what the viewer may do with a record above its page, and says what has just been done.
func (s *Site) editable(r *http.Request, kind term.RecordKind, a About, p *ui.Page) (*ui.Page, error) {
	ctx := r.Context()
	p.Done = doneSentence(ctx, r)
	if !edits(ctx, kind) {
		return p, nil
	}
	links, err := s.editLinks(ctx, kind, a)
	if err != nil {
		return nil, err
	}
	if c, ok := a.(checked); ok && len(c.GetConceptFlags()) > 0 {
		p.Body = templ.Join(adviceNote(c, recordPath(kind, a.GetKey())), p.Body)
	}
	if kind == term.RecordActor && reportsFor(ctx, a) {
		links = append(links, editLink{"actor.questionnaire", recordPath(kind, a.GetKey()) + "/questionnaire.xlsx"})
	}
	if len(links) > 0 {
		p.Body = templ.Join(editActs(links), p.Body)
	}
	return p, nil
}

// code is how addresses name what the review is about.
func (v *AskingReview) code() string {
	if v.Chapter != nil {
		return v.Chapter.Code
	}
	return v.Actor.Key
}

// reportsFor tells that a questionnaire for an organisation is for the viewer.
func reportsFor(ctx context.Context, a About) bool {
	return runs(ctx) || slices.ContainsFunc(access.From(ctx).Actors(), func(id term.ID) bool { return id.String() == a.GetId() })
}

// editLink leads to a form about a record.
type editLink struct{ key, path string }

// editLinks are the forms about a record. Where a review asks the viewer about it, they are those of the review, so that
// the answer counts there too.
func (s *Site) editLinks(ctx context.Context, kind term.RecordKind, a About) ([]editLink, error) {
	path := recordPath(kind, a.GetKey())
	correct, dispute, withdraw := editLink{"edit.correct", path + "/correct"}, editLink{"edit.dispute", path + "/dispute"}, editLink{"edit.withdraw", path + "/withdraw"}
	if runs(ctx) {
		return []editLink{correct, withdraw}, nil
	}
	if asked, err := s.askedLinks(ctx, a.GetId()); err != nil || asked != nil {
		return asked, err
	}
	switch {
	case a.GetMayCorrect():
		return []editLink{correct, withdraw}, nil
	case objects(ctx, kind):
		return []editLink{dispute}, nil
	}
	return nil, nil
}

// askedLinks are the forms of the open review that asks the viewer about a record; nil where none does.
func (s *Site) askedLinks(ctx context.Context, record string) ([]editLink, error) {
	found, err := AskedAbout(ctx, s.api, record)
	if err != nil {
		return nil, said(err)
	}
	for _, e := range found.Cycles.Edges {
		v := e.Node
		if v.Status != term.UnderReview && v.Status != term.Returned || len(v.Items.Edges) == 0 {
			continue
		}
		form := func(what string) string {
			return ui.WithQuery(reviewPath(v.code(), "/"+what, ""), "record", record)
		}
		if v.Items.Edges[0].Node.Own {
			return []editLink{{"edit.correct", form("wrong")}, {"edit.withdraw", form("withdraw")}}, nil
		}
		return []editLink{{"edit.dispute", form("disagree")}}, nil
	}
	return nil, nil
}
