package site

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// board is what the secretariat sees of all reviews.
type board struct {
	site     *Site
	Chapters []*BoardChapter
	Reviews  map[string]*Review // by the chapter's code
	Others   []*Review          // of organisations
}

// Cycles is the cycle board: GET /cycles. Every chapter with its stage, the days left, and how much is done.
func (s *Site) Cycles(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := CycleBoard(ctx, s.api)
	if err != nil {
		return nil, said(err)
	}
	b := &board{site: s, Reviews: map[string]*Review{}}
	for _, e := range found.Chapters.Edges {
		b.Chapters = append(b.Chapters, e.Node)
	}
	for _, e := range found.Cycles.Edges {
		if e.Node.Chapter != nil {
			b.Reviews[e.Node.Chapter.Code] = e.Node
		} else {
			b.Others = append(b.Others, e.Node)
		}
	}
	return &ui.Page{Title: say.T(ctx, "cycles.title"), Done: doneSentence(ctx, r), Body: boardPage(b)}, nil
}

// percent is how much of a review is done; it is shown beside the numbers that it comes from.
func (v *Review) percent() int {
	if v.Progress.Total == 0 {
		return 0
	}
	return 100 * v.checked() / v.Progress.Total
}

// cycleForm is one review with what the secretariat can do to it now.
type cycleForm struct {
	site  *Site
	Cycle *CycleView
	Form  *ui.Form
	Step  string // the step whose form was sent
}

// Cycle is one review: GET /cycles/{id}, and POST /cycles/{id}/{step} to move it on.
func (s *Site) Cycle(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	f := &cycleForm{site: s, Form: &ui.Form{}, Step: r.PathValue("step")}
	found, err := CyclePage(ctx, s.api, r.PathValue("id"))
	if err != nil {
		return nil, said(err)
	}
	if f.Cycle = found.Cycle; f.Cycle == nil {
		return nil, fault.New(fault.NotFound, "%s", say.T(ctx, "review.none"))
	}
	if r.Method == http.MethodPost {
		f.Form.Sent = r.PostForm
		err := s.move(once(ctx, r.PostForm.Get("once")), f)
		if err == nil {
			return nil, ui.Goto("/cycles/" + f.Cycle.Id + "?done=" + f.Step)
		}
		if f.Form.Wrong = fault.As(said(err)); f.Form.Wrong == nil {
			return nil, err
		}
	}
	p := &ui.Page{Title: say.T(ctx, "review.of", f.Cycle.title(), itoa(f.Cycle.Year)), Kicker: say.Word(ctx, "ReviewStatus", f.Cycle.Status),
		Crumbs: []ui.Link{{Text: say.T(ctx, "cycles.title"), Path: "/cycles"}}, Wrong: f.Form.Wrong, Done: doneSentence(ctx, r), Body: cyclePage(f)}
	if p.Wrong != nil {
		p.Status = statusOf(p.Wrong)
	}
	return p, nil
}

// OpenReview opens the review of a chapter: POST /cycles.
func (s *Site) OpenReview(r *http.Request) (*ui.Page, error) {
	in := map[string]any{"chapter": r.PostForm.Get("chapter")}
	for _, name := range []string{"addressee", "reference"} {
		if v := strings.TrimSpace(r.PostForm.Get(name)); v != "" {
			in[name] = v
		}
	}
	done, err := OpenCycle(once(r.Context(), r.PostForm.Get("once")), s.api, &in)
	if err != nil {
		return nil, said(err)
	}
	return nil, ui.Goto("/cycles/" + done.OpenCycle.Cycle.Id + "?done=opened")
}

// steps are what moves a review on, each in the stages in which it can come, by the secretariat or by whoever is asked.
// Only these are offered; the API decides.
var steps = []struct {
	name  string
	in    []term.ReviewStatus
	asked bool // whoever is asked does it; the secretariat may, too
}{
	{"accept", []term.ReviewStatus{term.UnderReview}, true},
	{"decline", []term.ReviewStatus{term.UnderReview, term.Returned}, true},
	{"nominate", []term.ReviewStatus{term.AwaitingNomination, term.Declined}, false},
	{"publish", []term.ReviewStatus{term.ReviewVerified}, false},
	{"return", []term.ReviewStatus{term.ReviewVerified}, false},
	{"remind", []term.ReviewStatus{term.UnderReview, term.Returned}, false},
	{"extend", []term.ReviewStatus{term.AwaitingNomination, term.UnderReview, term.Returned}, false},
	{"suspend", []term.ReviewStatus{term.AwaitingNomination, term.UnderReview, term.Returned, term.Declined}, false},
	{"resume", []term.ReviewStatus{term.Suspended}, false},
	{"close", []term.ReviewStatus{term.AwaitingNomination, term.UnderReview, term.Returned, term.Declined}, false},
}

// move does one step.
func (s *Site) move(ctx context.Context, f *cycleForm) (err error) {
	sent := f.Form.Sent
	step := map[string]any{"cycle": f.Cycle.Id, "reason": sent.Get("reason")}
	switch f.Step {
	case "nominate":
		in := map[string]any{"chapter": f.Cycle.code(), "email": sent.Get("email"), "name": sent.Get("name"), "unit": sent.Get("unit")}
		_, err = Nominate(ctx, s.api, &in)
	case "accept":
		_, err = AcceptCycle(ctx, s.api, &map[string]any{"cycle": f.Cycle.Id})
	case "decline":
		_, err = DeclineCycle(ctx, s.api, &step)
	case "publish":
		_, err = Publish(ctx, s.api, &map[string]any{"cycle": f.Cycle.Id})
	case "extend":
		step["until"] = sent.Get("until")
		_, err = Extend(ctx, s.api, &step)
	case "return":
		_, err = ReturnCycle(ctx, s.api, &step)
	case "remind":
		_, err = Remind(ctx, s.api, &step)
	case "suspend":
		_, err = Suspend(ctx, s.api, &step)
	case "resume":
		_, err = Resume(ctx, s.api, &step)
	case "close":
		_, err = CloseCycle(ctx, s.api, &step)
	default:
		err = fault.New(fault.NotFound, "%s", say.T(ctx, "cycles.step.unknown"))
	}
	return err
}

// steps are the names of those that the viewer can do now.
func (f *cycleForm) steps(ctx context.Context) []string {
	var out []string
	v, mine := access.From(ctx), f.Cycle.mine(ctx)
	for _, s := range steps {
		if !slices.Contains(s.in, f.Cycle.Status) {
			continue
		}
		if s.asked && mine && (s.name != "accept" || !f.accepted()) || v.Has(access.Secretariat) && s.name != "accept" {
			out = append(out, s.name)
		}
	}
	return out
}

// accepted says whether whoever is asked has taken the review on since she was nominated.
func (f *cycleForm) accepted() bool {
	for _, s := range slices.Backward(f.Cycle.Steps) {
		switch s.Event {
		case term.EventAccepted:
			return true
		case term.EventNominated:
			return false
		}
	}
	return false
}

// of is what was sent with the form of one step; the other forms of the page are empty.
func (f *cycleForm) of(step string) *ui.Form {
	if f.Step == step {
		return f.Form
	}
	return nil
}

// choices are the chapters, for opening a review.
func (b *board) choices() []ui.Choice {
	var out []ui.Choice
	for _, c := range b.Chapters {
		out = append(out, ui.Choice{Value: c.Code, Text: c.Title})
	}
	return out
}
