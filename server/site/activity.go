package site

import (
	"context"
	"net/http"

	"adam/internal/exchange/iati"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Activity is the page of an activity: GET /activities/{key}.
func (s *Site) Activity(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Activity(ctx, s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	a := found.Activity
	if a == nil {
		return nil, nothing(ctx)
	}
	if err := kept(r, a.Key); err != nil {
		return nil, err
	}
	return s.editable(r, term.RecordActivity, a, &ui.Page{
		Title: a.Title, Named: true, Kicker: say.T(ctx, "activity.kicker"),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.activities"), Path: "/activities"}}, Body: activityPage(a),
	})
}

// chainLink is one step of the way that assistance takes.
type chainLink struct {
	name string
	role term.ParticipationRole
	must bool // it is shown where nobody is named too
}

// chain is the way that assistance takes, from who pays to whom it is for.
func chain(ctx context.Context) []chainLink {
	return []chainLink{
		{say.T(ctx, "chain.funding"), term.Funding, true},
		{say.T(ctx, "chain.accountable"), term.Accountable, false},
		{say.T(ctx, "chain.extending"), term.Extending, false},
		{say.T(ctx, "chain.implementing"), term.Implementing, true},
		{say.T(ctx, "chain.partner"), term.Partner, true},
		{say.T(ctx, "chain.beneficiary"), term.Beneficiary, true},
	}
}

// inRole are those who have a role in the activity.
func (a *ActivityPage) inRole(role term.ParticipationRole) []*RoleLine {
	var out []*RoleLine
	for _, p := range a.Participations {
		if p.Role == role {
			out = append(out, p)
		}
	}
	return out
}

// shared says whether a share is stated for any State.
func (a *ActivityPage) shared() bool {
	for _, s := range a.Allocations {
		if s.Percentage != "" {
			return true
		}
	}
	return false
}

// beside are the other activities that a line of money pays for.
func (a *ActivityPage) beside(f *FundingLine) []*ActivityLink {
	var out []*ActivityLink
	for _, e := range f.Activities.Edges {
		if e.Node.Key != a.Key {
			out = append(out, e.Node)
		}
	}
	return out
}

// others are the activities of a pair besides this one.
func (a *ActivityPage) others(o *OverlapLine) []*ActivityLink {
	var out []*ActivityLink
	for _, other := range o.Activities {
		if other.Key != a.Key {
			out = append(out, other)
		}
	}
	return out
}

// endpoint is what is known of one end of an activity.
type endpoint struct {
	field                  string
	known, planned, actual term.PartialDate
}

// ends are the start and the end.
func (a *ActivityPage) ends() []endpoint {
	return []endpoint{
		{"startOn", a.StartOn, a.PlannedStartOn, a.ActualStartOn},
		{"endOn", a.EndOn, a.PlannedEndOn, a.ActualEndOn},
	}
}

// kindWords says what sort of sum a line of money is.
func kindWords(ctx context.Context, kind term.FundingKind) string {
	if kind == "" {
		return say.T(ctx, "money.kind.unknown")
	}
	return say.Word(ctx, "FundingKind", kind)
}

// share says what part of a line of money was reported for a State or a theme.
func share(ctx context.Context, l *AllocationLine) string {
	whose := say.Word(ctx, "Theme", l.Theme)
	if l.State != nil {
		whose = l.State.Name
	}
	return say.T(ctx, "money.share", whose, string(l.Percentage))
}

// wordsOf are codes in words.
func wordsOf[C ~string](ctx context.Context, list string, codes []C) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = say.Word(ctx, list, c)
	}
	return out
}

// purposeWords are DAC purpose codes, and of those that their list does not have, or has no more, that this is so.
func purposeWords(ctx context.Context, codes []string) []string {
	out := make([]string, len(codes))
	for i, code := range codes {
		list := "Sector"
		if len(code) == 3 {
			list = "SectorCategory"
		}
		switch known := iati.Lookup(list, code); {
		case known == nil:
			out[i] = say.T(ctx, "purpose.unlisted", code)
		case known.Withdrawn:
			out[i] = say.T(ctx, "purpose.withdrawn", code)
		default:
			out[i] = code
		}
	}
	return out
}
