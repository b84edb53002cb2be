package site

import (
	"context"
	"net/http"
	"strings"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Home is the start page: GET /. It has the search, what each chapter holds for each theme, and how much is verified.
func (s *Site) Home(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Home(ctx, s.api)
	if err != nil {
		return nil, said(err)
	}
	h := &homeView{Edition: found.CurrentEdition}
	for _, e := range found.Chapters.Edges {
		h.Chapters = append(h.Chapters, e.Node)
		if e.Node.Verification.Status == term.Verified {
			h.Verified++
		}
	}
	return &ui.Page{Title: say.T(ctx, "home.title"), Wide: true, Body: homePage(h)}, nil
}

type homeView struct {
	Chapters []*HomeChapter
	Verified int // chapters that their State has verified
	Edition  *EditionLine
}

// all is how many records a chapter has in a theme. A record on both themes counts in each of the two columns' own row
// "both", never twice.
func (h *HoldingLine) all() int { return h.Laws + h.Policies + h.Mechanisms + h.Actors + h.Activities }

// records is how many records a chapter has in all.
func (c *HomeChapter) records() int {
	n := 0
	for _, h := range c.Holdings {
		n += h.all()
	}
	return n
}

// tile is a State's place in the grid: equal squares in geographic order, no borders. It says nothing about any boundary.
type tile struct{ code, at string }

// tiles are the States with a chapter, by column and row of the grid.
var tiles = []tile{
	{"AFG", "1/1"}, {"CHN", "5/1"}, {"PAK", "1/2"}, {"IND", "2/2"}, {"MMR", "4/2"}, {"LAO", "5/2"}, {"VNM", "6/2"}, {"THA", "4/3"}, {"KHM", "5/3"},
	{"MDV", "1/4"}, {"LKA", "2/4"}, {"MYS", "4/4"}, {"SGP", "5/4"}, {"IDN", "6/4"},
}

// class puts a tile into its place by a rule of the style sheet, since styles may not stand in the page.
func (t tile) class() string { return "at-" + strings.ReplaceAll(t.at, "/", "-") }

func (h *homeView) chapter(code string) *HomeChapter {
	for _, c := range h.Chapters {
		if c.Code == code {
			return c
		}
	}
	return nil
}

// verifiedSentence says how many chapters are verified.
func (h *homeView) verifiedSentence(ctx context.Context) string {
	if h.Verified == 0 {
		return say.T(ctx, "home.unverified")
	}
	return say.T(ctx, "home.verified", h.Verified, len(h.Chapters))
}
