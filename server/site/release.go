package site

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// releaseView is the page on which the secretariat releases what was edited: one person proposes, another decides.
type releaseView struct {
	*ReleaseGateResponse
	Form          *ui.Form
	Step          string // whose form was sent
	Seen          string // up to where whoever decides has looked: since the first page of the list
	Made          int    // the edition that this person has just released; 0 where she has not
	names         map[string]ui.Link
	before, after string
}

// Release is the release gate: GET /release, POST /release to propose, and POST /release/{step} to decide.
func (s *Site) Release(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	v := &releaseView{Form: &ui.Form{}, Step: r.PathValue("step")}
	if r.Method == http.MethodPost {
		v.Form.Sent = r.PostForm
		to, err := s.releaseStep(once(ctx, r.PostForm.Get("once")), v)
		if err == nil {
			return nil, ui.Goto(to)
		}
		if v.Form.Wrong = fault.As(said(err)); v.Form.Wrong == nil {
			return nil, err
		}
	}
	if err := s.gate(r, v); err != nil {
		return nil, err
	}
	p := &ui.Page{Title: say.T(ctx, "release.title"), Script: true, Wrong: v.Form.Wrong, Done: doneSentence(ctx, r), Body: releasePage(v)}
	if p.Wrong != nil {
		p.Status = statusOf(p.Wrong)
	}
	return p, nil
}

// gate asks what the page shows.
func (s *Site) gate(r *http.Request, v *releaseView) (err error) {
	ctx, q, p := r.Context(), r.URL.Query(), paged(r, entriesPage)
	if v.ReleaseGateResponse, err = ReleaseGate(ctx, s.api, p.first, p.after, p.last, p.before); err != nil {
		return said(err)
	}
	v.Made, _ = strconv.Atoi(q.Get("made"))
	v.Seen = earlier(q.Get("seen"), v.Unreleased.Seen)
	q.Del("done")
	q.Del("made")
	q.Set("seen", v.Seen)
	of := r.Clone(ctx)
	of.URL.Path, of.URL.RawQuery = "/release", q.Encode()
	v.before, v.after = p.around(of, v.Unreleased.PageInfo)
	entry := &PastEntry{}
	for _, e := range v.Unreleased.Edges {
		entry.Changes = append(entry.Changes, e.Node.Changes...)
	}
	v.names, err = s.namesIn(ctx, []*PastEdge{{Node: entry}})
	return err
}

// earlier is the smaller of two numbers: a page that was turned has not shown what has changed on those before it.
func earlier(a, b string) string {
	x, err := strconv.ParseInt(a, 10, 64)
	if y, _ := strconv.ParseInt(b, 10, 64); err == nil && x < y {
		return a
	}
	return b
}

// releaseStep does what a form asks for, and says where to go then.
func (s *Site) releaseStep(ctx context.Context, v *releaseView) (string, error) {
	in := map[string]any{}
	for _, name := range []string{"release", "summary", "note", "reason", "seen"} {
		if text := strings.TrimSpace(v.Form.Sent.Get(name)); text != "" {
			in[name] = text
		}
	}
	switch v.Step {
	case "approve", "refuse":
		in["approve"] = v.Step == "approve"
		done, err := DecideRelease(ctx, s.api, &in)
		if err != nil {
			return "", err
		}
		if e := done.DecideRelease.Release.Edition; e != nil {
			return "/release?made=" + itoa(e.Number), nil
		}
		return "/release?done=refused", nil
	case "withdraw":
		_, err := WithdrawRelease(ctx, s.api, &in)
		return "/release?done=takenback", err
	}
	if in["summary"] == nil {
		in["summary"] = ""
	}
	_, err := ProposeRelease(ctx, s.api, &in)
	return "/release?done=proposed", err
}

// EditionState is how far the newest edition is: GET /release/edition, for the script of the page.
func (s *Site) EditionState(r *http.Request) (*ui.Page, error) {
	found, err := NewestEdition(r.Context(), s.api)
	if err != nil {
		return nil, said(err)
	}
	e := newest(&found.Newest)
	if e == nil {
		return nil, nothing(r.Context())
	}
	return &ui.Page{Bare: true, Body: editionState(e)}, nil
}

// newest is the newest edition; nil where there is none.
func newest(n *Newest) *EditionState {
	if len(n.Editions.Edges) == 0 {
		return nil
	}
	return n.Editions.Edges[0].Node
}

// making is the newest edition where the page tells how far it is: as long as it is being made, and to whoever has
// released it also when it is ready.
func (v *releaseView) making() *EditionState {
	e := newest(&v.Newest)
	if e != nil && (e.Status == term.EditionBuilding || e.Number == v.Made) {
		return e
	}
	return nil
}

// last is what became of the last proposal, where none waits.
func (v *releaseView) last() *Proposed {
	if v.PendingRelease != nil || len(v.Releases) == 0 || v.Releases[0].Status == term.ReleaseReleased {
		return nil
	}
	return v.Releases[0]
}

// groups are the records of the page by who comes to see them.
func (v *releaseView) groups() (out [][]*UnreleasedRecord) {
	for _, e := range v.Unreleased.Edges {
		if n := len(out); n == 0 || out[n-1][0].Becomes != e.Node.Becomes {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], e.Node)
	}
	return out
}

// historyOf lets the changes of a record be written as its history writes them.
func (v *releaseView) historyOf(kind term.RecordKind) *historyView {
	return &historyView{kind: kind, names: v.names}
}

// path is where the page of a record is; "" of one that is withdrawn, and of States, whose pages go by their code.
func (c *UnreleasedRecord) path() string {
	if c.After == "" || c.Kind == term.RecordState {
		return ""
	}
	return recordPath(c.Kind, c.Key)
}

// seenBy says who sees a record: nobody, where there is no visibility.
func seenBy(ctx context.Context, v term.Visibility) string {
	if v == "" {
		return say.T(ctx, "release.nobody")
	}
	return say.Word(ctx, "Visibility", v)
}

// of is the form of a step: as it was sent where it was that one.
func (v *releaseView) of(step string) *ui.Form {
	if v.Step == step {
		return v.Form
	}
	return &ui.Form{}
}
