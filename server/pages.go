package server

import (
	"net/http"
	"slices"
	"time"

	"adam/internal/term"
	"adam/server/site"
	"adam/server/ui"
)

// site makes the pages, which ask api what they show; sdl is its schema, for the pages about it. doors are nil where nobody
// signs in.
func (c *Catalogue) site(api http.Handler, sdl string, doors *Doors) *site.Site {
	s := site.New(api, sdl)
	s.Demo, s.Accounts, s.BaseURL, s.Reading = c.Demo, c.Accounts, c.BaseURL, c.Reading
	if doors != nil {
		s.Now, s.Seal = doors.Keeper.Now, doors.Keeper.Seal
	}
	return s
}

// Home is the start page, made from what the context reads.
func (c *Catalogue) Home(api http.Handler) http.Handler {
	s := c.site(api, "", nil)
	return s.Show(s.Home, writePage, Answer)
}

// shownPage is a page, its address, and who may open it.
type shownPage struct {
	pattern string
	needs   Needs
	page    func(*http.Request) (*ui.Page, error)
}

// readPages are what anybody reads; of needs, also what their parties say.
func readPages(s *site.Site) []shownPage {
	return []shownPage{
		{"GET /laws/{key}", Anyone, s.Law},
		{"GET /laws/{key}/history", Anyone, s.History(term.RecordLaw)},
		{"GET /policies/{key}", Anyone, s.Policy},
		{"GET /policies/{key}/history", Anyone, s.History(term.RecordPolicy)},
		{"GET /mechanisms/{key}", Anyone, s.Mechanism},
		{"GET /mechanisms/{key}/history", Anyone, s.History(term.RecordMechanism)},
		{"GET /activities/{key}", Anyone, s.Activity},
		{"GET /activities/{key}/history", Anyone, s.History(term.RecordActivity)},
		{"GET /actors/{key}", Anyone, s.Actor},
		{"GET /actors/{key}/history", Anyone, s.History(term.RecordActor)},
		{"GET /search", Anyone, s.Search},
		{"GET /needs", Anyone, s.Needs},
		{"GET /needs/{key}", Anyone, s.Need},
		{"POST /needs/{key}/{step}", SignedIn, s.NeedStep},
		{"GET /needs/{key}/history", Anyone, s.History(term.RecordNeed)},
		{"GET /funding", Anyone, s.Funding},
		{"GET /funding/lines", Anyone, s.FundingLines},
		{"GET /gaps", Anyone, s.Gaps},
		{"GET /overlaps", Anyone, s.Overlaps},
		{"GET /overlaps/{id}", Anyone, s.Overlap},
		{"POST /overlaps/{id}/{step}", SignedIn, s.OverlapStep},
		{"GET /check", SignedIn, s.Check},
		{"POST /check", SignedIn, s.Check},
		{"GET /briefs", Anyone, s.Briefs},
		{"GET /briefs/states/{code}", Anyone, s.BriefOfState},
		{"GET /briefs/donors/{key}", Anyone, s.BriefOfDonor},
		{"GET /briefs/themes/{theme}", Anyone, s.BriefOfTheme},
		{"GET /states", Anyone, s.States},
		{"GET /states/{code}", Anyone, s.State},
		{"GET /states/{code}/history", Anyone, s.History(term.RecordState)},
		{"GET /chapters/{code}", Anyone, s.Chapter},
		{"GET /chapters/{code}/changes", Anyone, s.ChapterChanges},
		{"GET /about", Anyone, s.About},
		{"GET /privacy", Anyone, s.Privacy},
		{"GET /accessibility", Anyone, s.Accessibility},
		{"GET /docs/api", Anyone, s.API},
		{"POST /docs/api", Anyone, s.TryAPI},
		{"GET /docs/api/types/{name}", Anyone, s.APIType},
	}
}

// deskPages are those of who keeps the catalogue: reviews, releases, disputes.
func deskPages(s *site.Site) []shownPage {
	return []shownPage{
		{"GET /review", SignedIn, s.MyReviews},
		{"GET /review/{code}", SignedIn, s.Queue},
		{"POST /review/{code}/answer", SignedIn, s.Answer},
		{"GET /review/{code}/add", SignedIn, s.Add},
		{"POST /review/{code}/add", SignedIn, s.Add},
		{"GET /review/{code}/unchanged", SignedIn, s.Unchanged},
		{"POST /review/{code}/unchanged", SignedIn, s.Unchanged},
		{"GET /review/{code}/sign-off", SignedIn, s.SignOff},
		{"POST /review/{code}/sign-off", SignedIn, s.SignOff},
		{"GET /review/{code}/{what}", SignedIn, s.ItemForm},
		{"POST /review/{code}/{what}", SignedIn, s.ItemForm},
		{"GET /cycles", SignedIn, s.Cycles},
		{"POST /cycles", SignedIn, s.OpenReview},
		{"GET /cycles/{id}", SignedIn, s.Cycle},
		{"POST /cycles/{id}/{step}", SignedIn, s.Cycle},
		{"GET /release", SignedIn, s.Release},
		{"POST /release", SignedIn, s.Release},
		{"POST /release/{step}", SignedIn, s.Release},
		{"GET /release/edition", SignedIn, s.EditionState},
		{"GET /imports", SignedIn, s.Imports},
		{"GET /imports/{id}", SignedIn, s.Import},
		{"GET /imports/{id}/state", SignedIn, s.ImportState},
		{"GET /disputes", SignedIn, s.Disputes},
		{"POST /disputes", SignedIn, s.Disputes},
	}
}

// pages are the routes of all other pages, and of their files.
func (c *Catalogue) pages(api http.Handler, sdl string, doors *Doors) []Route {
	s := c.site(api, sdl, doors)
	var routes []Route
	for _, p := range append(readPages(s), deskPages(s)...) {
		routes = append(routes, Route{Pattern: p.pattern, Needs: p.needs, Handler: c.Reading(s.Show(p.page, writePage, Answer))})
	}
	routes = slices.Concat(routes, c.spreadsheets(s, doors), c.imports(s, doors), c.questionnaires(s, doors))
	for path, page := range s.Lists() {
		routes = append(routes, Route{Pattern: "GET " + path, Needs: Anyone, Handler: c.Reading(s.Show(page, writePage, Answer))})
	}
	for path, page := range s.Edits() {
		for _, method := range []string{"GET ", "POST "} {
			routes = append(routes, Route{Pattern: method + path, Needs: SignedIn, Handler: c.Reading(s.Show(page, writePage, Answer))})
		}
	}
	for path, page := range s.Flags() {
		routes = append(routes, Route{Pattern: "POST " + path, Needs: SignedIn, Handler: c.Reading(s.Show(page, writePage, Answer))})
	}
	for path, file := range s.Downloads(Answer) {
		routes = append(routes, Route{Pattern: "GET " + path, Needs: Anyone, Handler: c.Reading(file), Timeout: downloadTime})
	}
	routes = append(routes, Route{Pattern: "GET /feed.atom", Needs: Anyone, Handler: c.Reading(s.Feed(Answer))})
	for _, f := range ui.Files() {
		routes = append(routes, Route{Pattern: "GET " + f.Path, Needs: Open, Handler: serveFile(f), Raw: true})
	}
	return append(routes, c.wellKnown()...)
}

// downloadTime is how long the longest list may take to be written as a file, on a slow link.
const downloadTime = 5 * time.Minute

// pageStyle is what lets a page carry our style sheet.
var pageStyle = StyleHash(ui.Style)

// writePage answers with a page.
func writePage(w http.ResponseWriter, _ *http.Request, status int, page []byte) {
	AllowStyles(w, pageStyle)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
	_, _ = w.Write(page) // fails only when the client left
}

// serveFile gives a fixed file of the pages, which was compressed once and well.
func serveFile(f *ui.File) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", f.Kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Add("Vary", "Accept-Encoding")
		content := f.Plain
		if acceptsGzip(r.Header.Values("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			content = f.Zipped
		}
		_, _ = w.Write(content) // fails only when the client left
	}
}
