package overlap

import (
	"strings"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/term"
)

// Of is what is compared of an activity that was read with its States and participations.
func Of(a *ent.Activity) Activity {
	out := Activity{Title: strings.Fields(rule.SortName(a.Title)), Themes: a.Themes(), Start: a.StartOn, End: a.EndOn}
	for _, s := range a.Edges.ActivityStates {
		if s.Edges.State != nil {
			out.States = append(out.States, s.Edges.State.Code)
		}
	}
	for _, p := range a.Edges.Participations {
		switch {
		case p.Edges.Actor == nil:
		case p.Role == term.Funding:
			out.Donors = append(out.Donors, p.Edges.Actor.Key)
		case p.Role == term.Implementing:
			out.Implementers = append(out.Implementers, p.Edges.Actor.Key)
		}
	}
	return out
}
