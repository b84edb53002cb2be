package site

import (
	"context"
	"net/http"

	"adam/internal/fault"
	"adam/server/say"
)

// answer sends what a card's form says.
func (s *Site) answer(ctx context.Context, f answerForm) (*Item, error) {
	version, err := number(f.get("version"))
	if err != nil {
		return nil, err
	}
	in := map[string]any{"item": f.get("item"), "version": version}
	if letter := f.get("letter"); letter != "" {
		in["letter"] = letter
	}
	switch f.get("answer") {
	case "right":
		return s.confirm(ctx, f, version)
	case "notours":
		done, err := NotOurs(ctx, s.api, &in)
		if err != nil {
			return nil, err
		}
		return done.NotOurs.Item, nil
	case "later":
		done, err := AnswerLater(ctx, s.api, &in)
		if err != nil {
			return nil, err
		}
		return done.AnswerLater.Item, nil
	case "reopen":
		done, err := ReopenItem(ctx, s.api, &in)
		if err != nil {
			return nil, err
		}
		return done.ReopenItem.Item, nil
	}
	return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "review.answer.unknown")).At("input.answer")
}

func (s *Site) confirm(ctx context.Context, f answerForm, version int) (*Item, error) {
	in := map[string]any{"items": []any{map[string]any{"id": f.get("item"), "version": version}}}
	if f.get("hold") != "" {
		in["notForPublication"] = true
	}
	if f.PostForm.Has("authority") {
		in["activeHere"] = f.get("activeHere") != ""
		in["authority"] = f.get("authority")
	}
	if letter := f.get("letter"); letter != "" {
		in["letter"] = letter
	}
	done, err := ConfirmItem(ctx, s.api, &in)
	if err != nil {
		return nil, err
	}
	return done.ConfirmItems.Items[0], nil
}

// number reads the version that a form carries.
func number(text string) (int, error) {
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' || n > 1<<30 {
			return 0, fault.New(fault.Invalid, "This form is not whole. Load the page again.").At("input.version")
		}
		n = 10*n + int(c-'0')
	}
	return n, nil
}

// doneSentence says what has just been done, as the address tells.
func doneSentence(ctx context.Context, r *http.Request) string {
	key := "done." + r.URL.Query().Get("done")
	if !say.Has(key) {
		return ""
	}
	return say.T(ctx, key)
}

// statusOf is the HTTP status of a page with a mistake in it.
func statusOf(f *fault.Error) int {
	switch f.Kind {
	case fault.Conflict:
		return http.StatusConflict
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}
