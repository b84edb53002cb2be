package server

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"
	"net/http"

	"adam/ent"
	"adam/ent/chapter"
	entedition "adam/ent/edition"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/review"
	"adam/internal/term"
)

//go:embed templates/home.css
var homeCSS string

//go:embed templates/home.html
var homeHTML string

var homePage = template.Must(template.New("home").Parse(homeHTML))

// home is what the start page shows.
type home struct {
	Style    template.CSS
	Demo     bool
	Accounts bool // people can sign in here
	Viewer   access.Viewer
	BaseURL  string
	Edition  *ent.Edition
	Chapters []homeChapter
	Total    int
	Verified int // chapters that their State has verified
}

type homeChapter struct {
	Code, Title string
	review.Holdings
}

// Home is the start page: what this is, the chapters with their counts, and where the API is.
func (c *Catalogue) Home(w http.ResponseWriter, r *http.Request) {
	page, err := readHome(r.Context())
	if err != nil {
		Answer(w, r, err)
		return
	}
	page.BaseURL, page.Demo, page.Accounts, page.Viewer = c.BaseURL, c.Demo, c.Accounts, access.From(r.Context())
	var b bytes.Buffer
	if err := homePage.Execute(&b, page); err != nil {
		Answer(w, r, err)
		return
	}
	AllowStyles(w, StyleHash(homeCSS))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}

func readHome(ctx context.Context) (*home, error) {
	c := ent.FromContext(ctx)
	chapters, err := c.Chapter.Query().Order(chapter.ByTitle()).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]term.ID, len(chapters))
	for i, ch := range chapters {
		ids[i] = ch.ID
	}
	held, err := review.HoldingsOf(ctx, c, ids)
	if err != nil {
		return nil, err
	}
	page := &home{Style: template.CSS(homeCSS)} //nolint:gosec // our own style sheet, compiled in
	for _, ch := range chapters {
		if ch.VerifiedStatus == term.Verified {
			page.Verified++
		}
		page.Chapters = append(page.Chapters, homeChapter{ch.Code, ch.Title, *held[ch.ID]})
	}
	if page.Total, err = c.Record.Query().Count(ctx); err != nil {
		return nil, err
	}
	number, _ := edition.From(ctx)
	if number == 0 { // whoever keeps the catalogue reads what is in it now
		return page, nil
	}
	page.Edition, err = c.Edition.Query().Where(entedition.Number(number)).Only(ctx)
	return page, err
}
