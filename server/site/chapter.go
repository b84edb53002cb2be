package site

import (
	"context"
	"net/http"
	"strconv"

	"adam/internal/edition"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Chapter is the whole chapter of a State or of the region on one page, to be read or printed: GET /chapters/{code}.
func (s *Site) Chapter(r *http.Request) (*ui.Page, error) {
	ctx, code := r.Context(), r.PathValue("code")
	found, err := ChapterHead(ctx, s.api, code)
	if err != nil {
		return nil, said(err)
	}
	all, err := chapterSections(ctx, s.api, code)
	if err != nil {
		return nil, err
	}
	v := &chapterView{ChapterHeadLine: found.Chapter, Sections: all, Rules: found.InclusionRules, Editions: found.Editions, base: s.BaseURL}
	v.Number, _ = edition.From(ctx)
	return &ui.Page{Feed: askedFeed{chapter: code}.path(),
		Title: v.Title, Kicker: say.T(ctx, "chapter.kicker"),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.states"), Path: "/states"}},
		Body:   chapterPage(v),
	}, nil
}

// chapterView is what the page of a chapter shows.
type chapterView struct {
	*ChapterHeadLine
	Sections []*chapterSection
	Rules    []*InclusionLine
	Editions *EditionLines
	Number   int // of the edition that is read; 0 for the working store
	base     string
}

// records is how many records the reader may see in all.
func (v *chapterView) records() int {
	n := 0
	for _, s := range v.Sections {
		n += s.Total
	}
	return n
}

// withheld is how many of the listed records have facts that the reader may not see.
func (v *chapterView) withheld() int {
	n := 0
	for _, s := range v.Sections {
		for _, l := range s.Lines {
			if len(l.Withheld) > 0 {
				n++
			}
		}
	}
	return n
}

// verified is how many of the listed records hold as verified.
func (v *chapterView) verified() int {
	n := 0
	for _, s := range v.Sections {
		for _, l := range s.Lines {
			if l.Verification.Status == term.Verified {
				n++
			}
		}
	}
	return n
}

// chapterFigure is a number with what it counts.
type chapterFigure struct {
	N    int
	Text string
}

// answers are how many records stand where in the review.
func (v *chapterView) answers(ctx context.Context) []chapterFigure {
	p := v.Progress
	return []chapterFigure{
		{p.Confirmed, say.T(ctx, "chapter.confirmed", p.Confirmed)}, {p.Corrected, say.T(ctx, "chapter.corrected", p.Corrected)},
		{p.Disputed, say.T(ctx, "chapter.disputed", p.Disputed)}, {p.NotOurs, say.T(ctx, "chapter.notOurs", p.NotOurs)},
		{p.Withdrawn, say.T(ctx, "chapter.withdrawn", p.Withdrawn)}, {p.Pending, say.T(ctx, "chapter.pending", p.Pending)},
	}
}

// reviewDay is a day of a review with its name.
type reviewDay struct {
	Name string
	On   term.Date
}

// days are those of the review that are known, in their order.
func (v *chapterView) days(ctx context.Context) []reviewDay {
	c := v.CurrentCycle
	all := []reviewDay{
		{say.T(ctx, "chapter.day.opened"), c.OpenedOn}, {say.T(ctx, "chapter.day.nomination"), c.NominationDueOn},
		{say.T(ctx, "chapter.day.review"), c.ReviewDueOn}, {say.T(ctx, "chapter.day.completed"), c.CompletedOn},
		{say.T(ctx, "chapter.day.published"), c.PublishedOn}, {say.T(ctx, "chapter.day.next"), c.NextReviewDueOn},
	}
	var out []reviewDay
	for _, d := range all {
		if d.On != "" {
			out = append(out, d)
		}
	}
	return out
}

// permalink is the address at which this page stays as it is; empty where the working store is read.
func (v *chapterView) permalink(ctx context.Context) string {
	if v.Number == 0 {
		return ""
	}
	return v.base + say.In(ctx).Prefix() + v.path() + "?edition=" + strconv.Itoa(v.Number)
}

func (v *chapterView) path() string { return "/chapters/" + v.Code }

// all leads to the whole list of a section that is cut short here.
func (v *chapterView) all(s *chapterSection) string {
	if v.State == nil {
		return "/" + s.ID + "?chapter=" + v.Code
	}
	return "/" + s.ID + "?state=" + v.Code
}

// about is what the records of a row are about. Most organisations name no theme, which is not to say that they have a
// wider subject.
func (h *ChapterHolding) about(ctx context.Context) string {
	if h.Theme == term.OtherThemes {
		return say.T(ctx, "chapter.group.other")
	}
	return say.Word(ctx, "ThemeGroup", h.Theme)
}

// total is how many records are about one thing.
func (h *ChapterHolding) total() int {
	return h.Laws + h.Policies + h.Mechanisms + h.Actors + h.Activities
}

// readable says whether an edition can be opened.
func (e *PublishedEdition) readable() bool { return e.Status == term.EditionPublished }

// inEdition is the address of a path as an edition has it, in the language that is read.
func inEdition(ctx context.Context, path string, number int) string {
	return say.In(ctx).Prefix() + ui.WithQuery(path, "edition", strconv.Itoa(number))
}
