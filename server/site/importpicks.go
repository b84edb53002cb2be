package site

import (
	"context"
	"net/url"
	"strings"

	"adam/internal/term"
	"adam/server/ui"
)

// pickedIn puts what a form says of the activities that are taken into the input of pickImport. Sectors stand on one line, words one
// on each.
func pickedIn(in map[string]any, form url.Values) {
	in["all"] = form.Get("all") == "yes"
	in["sectors"] = strings.FieldsFunc(form.Get("sectors"), func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\r' })
	in["words"] = strings.Split(form.Get("words"), "\n")
	if need := form.Get("need"); need != "" {
		in["need"] = need
	}
}

// picks says whether a person can say otherwise which activities are taken.
func (v *importView) picks() bool { return v.Picks != nil && v.Status == term.IntakeForeseen }

// allTicked is the value of the tick that takes all.
func (v *importView) allTicked() string {
	if v.Picks.All {
		return "yes"
	}
	return ""
}

func (v *importView) needs(ctx context.Context) []ui.Choice {
	return picked(ctx, "FieldNeed", term.FieldNeed("").Values())
}
