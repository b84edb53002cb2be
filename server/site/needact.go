package site

import (
	"context"
	"net/http"

	"adam/internal/fault"
	"adam/server/ui"
)

// needSteps are what can be done about a need, by the last part of the address, and how the API is asked for it.
var needSteps = map[string]func(*Site, context.Context, map[string]any) error{
	"offer": func(s *Site, ctx context.Context, in map[string]any) error {
		_, err := OfferForNeed(ctx, s.api, &in)
		return err
	},
	"withdraw-offer": func(s *Site, ctx context.Context, in map[string]any) error {
		_, err := WithdrawOffer(ctx, s.api, &in)
		return err
	},
	"answer-offer": func(s *Site, ctx context.Context, in map[string]any) error {
		_, err := AnswerOffer(ctx, s.api, &in)
		return err
	},
	"meet": func(s *Site, ctx context.Context, in map[string]any) error {
		_, err := MeetNeed(ctx, s.api, &in)
		return err
	},
	"reopen": func(s *Site, ctx context.Context, in map[string]any) error {
		_, err := ReopenNeed(ctx, s.api, &in)
		return err
	},
}

// NeedStep is an offer for a need, an answer to one, or that the need is met: POST /needs/{key}/{step}. The API decides
// who may; what it refuses is told above the page.
func (s *Site) NeedStep(r *http.Request) (*ui.Page, error) {
	ctx, key := r.Context(), r.PathValue("key")
	step, known := needSteps[r.PathValue("step")]
	if !known {
		return nil, nothing(ctx)
	}
	in, err := needInput(r.PathValue("step"), key, r)
	if err != nil {
		return nil, err
	}
	err = step(s, once(ctx, r.PostForm.Get("once")), in)
	if err == nil {
		return nil, ui.Goto("/needs/" + key + "?done=need." + r.PathValue("step"))
	}
	wrong := fault.As(said(err))
	if wrong == nil || wrong.Kind == fault.Unauthenticated || wrong.Kind == fault.NotFound {
		return nil, said(err)
	}
	return s.needPage(r, wrong)
}

// needInput is the input of a step, as its form carries it.
func needInput(step, key string, r *http.Request) (map[string]any, error) {
	in := map[string]any{}
	for _, name := range []string{"offer", "reason", "activity", "statement", "organisation", "visibility"} {
		if v := r.PostForm.Get(name); v != "" {
			in[name] = v
		}
	}
	switch step {
	case "offer":
		in["need"] = key
		in["statement"] = r.PostForm.Get("statement")
		return in, nil
	case "answer-offer":
		in["accept"] = r.PostForm.Get("answer") == "accept"
	case "meet", "reopen":
		in["key"] = key
	}
	in["reason"] = r.PostForm.Get("reason")
	version, err := number(r.PostForm.Get("version"))
	in["version"] = version
	return in, err
}
