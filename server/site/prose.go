package site

import (
	"context"
	"net/http"
	"strconv"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// About says what the catalogue is: GET /about.
func (s *Site) About(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := AboutCatalogue(ctx, s.api)
	if err != nil {
		return nil, said(err)
	}
	return &ui.Page{Title: say.T(ctx, "about.title"), Body: aboutPage(&aboutView{found, s.BaseURL})}, nil
}

// Privacy says what is kept of those who come here: GET /privacy.
func (s *Site) Privacy(r *http.Request) (*ui.Page, error) {
	return &ui.Page{Title: say.T(r.Context(), "privacy.title"), Body: privacyPage()}, nil
}

// Accessibility says how far everybody can use these pages, and whom to tell where not: GET /accessibility.
func (s *Site) Accessibility(r *http.Request) (*ui.Page, error) {
	return &ui.Page{Title: say.T(r.Context(), "access.title"), Body: accessibilityPage()}, nil
}

// aboutView is what the page about the catalogue shows.
type aboutView struct {
	*AboutCatalogueResponse
	base string
}

// verified is how many chapters hold as verified.
func (v *aboutView) verified() int {
	n := 0
	for _, e := range v.Chapters.Edges {
		if e.Node.Verification.Status == term.Verified {
			n++
		}
	}
	return n
}

// citation is how to cite what is being read.
func (v *aboutView) citation(ctx context.Context) string {
	if v.CurrentEdition == nil {
		return say.T(ctx, "about.cite.working", v.base)
	}
	number := strconv.Itoa(v.CurrentEdition.Number)
	return say.T(ctx, "about.cite.edition", number, say.Date(ctx, v.CurrentEdition.Date), v.base+"/?edition="+number)
}

// prosePart is a part of a page of sentences. Title, Text and List are keys.
type prosePart struct {
	ID, Title  string
	Text, List []string
}

// aboutParts are the parts of the page about the catalogue that need no numbers.
var aboutParts = []prosePart{
	{ID: "made", Title: "about.made", Text: []string{"about.made.research", "about.made.sources", "about.made.history"}},
	{ID: "verified", Title: "about.verified", Text: []string{"about.verified.how", "about.verified.unverified", "about.verified.readings"}},
	{ID: "numbers", Title: "about.numbers", Text: []string{"about.numbers.unknown", "about.numbers.totals", "about.numbers.withheld"}},
	{ID: "keepers", Title: "about.keepers", Text: []string{"about.keepers.states", "about.keepers.organisations", "about.keepers.secretariat"}},
	{ID: "names", Title: "about.names", Text: []string{"frame.disclaimer", "about.names.how"}},
}

// contactParts say whom to tell what.
var contactParts = []prosePart{
	{ID: "contact", Title: "about.contact", Text: []string{"about.contact.records", "about.contact.operator", "about.contact.security"}},
}

// privacyParts are what is kept of whom, as the tables of accounts and the log of requests have it.
var privacyParts = []prosePart{
	{ID: "visitors", Title: "privacy.visitors", List: []string{"privacy.visitors.cookies", "privacy.visitors.log", "privacy.visitors.search", "privacy.visitors.signin"}},
	{ID: "cookie", Title: "privacy.cookie", Text: []string{"privacy.cookie.what", "privacy.cookie.end"}},
	{ID: "accounts", Title: "privacy.accounts", Text: []string{"privacy.accounts.why"}, List: []string{
		"privacy.accounts.person", "privacy.accounts.secrets", "privacy.accounts.roles", "privacy.accounts.sessions", "privacy.accounts.programs", "privacy.accounts.mail", "privacy.accounts.log",
	}},
	{ID: "shown", Title: "privacy.shown", List: []string{"privacy.shown.institution", "privacy.shown.review", "privacy.shown.edition"}},
	{ID: "end", Title: "privacy.end", List: []string{"privacy.end.own", "privacy.end.erase", "privacy.end.stays", "privacy.end.backup"}},
	{ID: "others", Title: "privacy.others", Text: []string{"privacy.others.none", "privacy.others.chosen", "privacy.others.operator"}},
}

// accessibilityParts are what was tried, and what was not.
var accessibilityParts = []prosePart{
	{ID: "aim", Title: "access.aim", Text: []string{"access.aim.what"}},
	{ID: "tested", Title: "access.tested", Text: []string{"access.tested.how"}, List: []string{"access.tested.axe", "access.tested.width", "access.tested.script", "access.tested.print"}},
	{ID: "limits", Title: "access.limits", List: []string{"access.limits.people", "access.limits.languages", "access.limits.words", "access.limits.outside"}},
	{ID: "report", Title: "access.report", Text: []string{"access.report.how"}},
}
