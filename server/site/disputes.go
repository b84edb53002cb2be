package site

import (
	"net/http"

	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"
)

// Disputes is the room where the secretariat decides what institutions say against records: GET /disputes, and POST to
// decide one.
func (s *Site) Disputes(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	var wrong *fault.Error
	if r.Method == http.MethodPost {
		in := map[string]any{"dispute": r.PostForm.Get("dispute"), "uphold": r.PostForm.Get("decision") == "uphold", "reason": r.PostForm.Get("reason")}
		_, err := Decide(once(ctx, r.PostForm.Get("once")), s.api, &in)
		if err == nil {
			return nil, ui.Goto("/disputes?done=decided")
		}
		if wrong = fault.As(said(err)); wrong == nil {
			return nil, err
		}
	}
	found, err := DisputeRoom(ctx, s.api, nil)
	if err != nil {
		return nil, said(err)
	}
	p := &ui.Page{Title: say.T(ctx, "disputes.title"), Wrong: wrong, Done: doneSentence(ctx, r), Body: disputesPage(found.Disputes)}
	if wrong != nil {
		p.Status = statusOf(wrong)
	}
	return p, nil
}
