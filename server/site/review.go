package site

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// MyReviews is where whoever answers for a chapter or an organisation begins: GET /review. It lists what she is asked,
// how far she has come, and how long she has.
func (s *Site) MyReviews(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := MyReviews(ctx, s.api)
	if err != nil {
		return nil, said(err)
	}
	var all []*Review
	for _, e := range found.Cycles.Edges {
		all = append(all, e.Node)
	}
	return &ui.Page{Title: say.T(ctx, "review.mine"), Done: doneSentence(ctx, r), Body: myReviews(s, all)}, nil
}

// code is how addresses name what a review is about: the chapter's code, or the organisation's key.
func (v *Review) code() string {
	if v.Chapter != nil {
		return v.Chapter.Code
	}
	if v.Actor != nil {
		return v.Actor.Key
	}
	return ""
}

// title is the name of what a review is about.
func (v *Review) title() string {
	if v.Chapter != nil {
		return v.Chapter.Title
	}
	if v.Actor != nil {
		return v.Actor.Name
	}
	return ""
}

// mine says whether the viewer is asked: as focal point of the chapter, or as reporter of the organisation.
func (v *Review) mine(ctx context.Context) bool {
	is := func(id string) func(term.ID) bool { return func(held term.ID) bool { return held.String() == id } }
	viewer := access.From(ctx)
	return v.Chapter != nil && slices.ContainsFunc(viewer.Chapters(), is(v.Chapter.Id)) || v.Actor != nil && slices.ContainsFunc(viewer.Actors(), is(v.Actor.Id))
}

// runs says whether the viewer runs reviews.
func runs(ctx context.Context) bool { return access.From(ctx).Has(access.Secretariat) }

// zone is the time zone in which the days of the review are counted (rule 5).
func (v *Review) zone() string {
	if v.Chapter != nil {
		return v.Chapter.TimeZone
	}
	return term.RegionZone
}

// answering says whether items can be answered now.
func (v *Review) answering() bool {
	return v.Status == term.UnderReview || v.Status == term.Returned
}

// checked is how many records have been answered.
func (v *Review) checked() int { return v.Progress.Total - v.Progress.Pending }

// due says by when the review is to be finished, with the zone by name, and how many days are left.
func (s *Site) due(ctx context.Context, v *Review) string {
	day := v.ReviewDueOn
	if v.Status == term.AwaitingNomination {
		day = v.NominationDueOn
	}
	left, err := daysTo(s.Now(), day, v.zone())
	if err != nil || day == "" || !v.answering() && v.Status != term.AwaitingNomination {
		return ""
	}
	text := say.T(ctx, "review.due", say.Date(ctx, day), v.zone())
	switch {
	case left < 0:
		return say.T(ctx, "review.over", -left, text)
	case left == 0:
		return say.T(ctx, "review.today", text)
	}
	return say.T(ctx, "review.left", left, text)
}

// daysTo is how many days there are until a day in a time zone; negative where it is over.
func daysTo(now time.Time, day term.Date, zone string) (int, error) {
	where, err := time.LoadLocation(zone)
	if err != nil {
		return 0, err
	}
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return 0, err
	}
	here := now.In(where)
	today := time.Date(here.Year(), here.Month(), here.Day(), 0, 0, 0, 0, time.UTC)
	return int(t.Sub(today).Hours() / 24), nil
}

var chapterCode = regexp.MustCompile(`^([A-Z]{3}|REGIONAL)$`)

// asking names the review of an address: of a chapter by its code, of an organisation by its key.
func asking(code string) (chapter, actor *string) {
	if chapterCode.MatchString(code) {
		return &code, nil
	}
	return nil, &code
}

// queue reads the newest review of an address with some of its items.
func (s *Site) queue(ctx context.Context, code string, t tab, first int, after *string) (*QueueReview, error) {
	chapter, actor := asking(code)
	found, err := Queue(ctx, s.api, chapter, actor, t.status, t.later, t.unchanged, nil, first, after)
	if err != nil {
		return nil, said(err)
	}
	if len(found.Cycles.Edges) == 0 {
		return nil, fault.New(fault.NotFound, "%s", say.T(ctx, "review.none"))
	}
	return found.Cycles.Edges[0].Node, nil
}

// item reads the item about one record.
func (s *Site) item(ctx context.Context, code, record string) (*QueueReview, *Item, error) {
	chapter, actor := asking(code)
	found, err := Queue(ctx, s.api, chapter, actor, nil, nil, nil, &record, 1, nil)
	if err != nil {
		return nil, nil, said(err)
	}
	if len(found.Cycles.Edges) == 0 || len(found.Cycles.Edges[0].Node.Items.Edges) == 0 {
		return nil, nil, fault.New(fault.NotFound, "%s", say.T(ctx, "review.item.none"))
	}
	v := found.Cycles.Edges[0].Node
	return v, v.Items.Edges[0].Node, nil
}

// perPage is how many cards a page of the queue has.
const perPage = 20

// tab is one way to look at the items of a review.
type tab struct {
	name      string // in addresses, and in "review.tab.NAME"
	status    []term.ItemStatus
	later     *bool
	unchanged *bool
	count     func(*Progress) int
}

var yes, no = true, false

// tabs are all, in the order in which they stand.
var tabs = []tab{
	{"check", []term.ItemStatus{term.ItemPending}, &no, nil, func(p *Progress) int { return p.Pending - p.Later }},
	{"later", []term.ItemStatus{term.ItemPending}, &yes, nil, func(p *Progress) int { return p.Later }},
	{"right", []term.ItemStatus{term.ItemConfirmed}, nil, nil, func(p *Progress) int { return p.Confirmed }},
	{"corrected", []term.ItemStatus{term.ItemCorrected}, nil, nil, func(p *Progress) int { return p.Corrected }},
	{"disputed", []term.ItemStatus{term.ItemDisputed}, nil, nil, func(p *Progress) int { return p.Disputed }},
	{"notours", []term.ItemStatus{term.ItemNotOurs}, nil, nil, func(p *Progress) int { return p.NotOurs }},
	{"withdrawn", []term.ItemStatus{term.ItemWithdrawn}, nil, nil, func(p *Progress) int { return p.Withdrawn }},
}

// tabOf is the tab that an address names; the first one where it names none.
func tabOf(name string) tab {
	for _, t := range tabs {
		if t.name == name {
			return t
		}
	}
	return tabs[0]
}

// queueView is what the queue shows.
type queueView struct {
	Review *QueueReview
	Code   string
	Tab    tab
	Due    string
	After  string // the cursor that this page begins after
	Mine   bool   // whoever looks may answer
	Letter string // the secretariat answers for somebody else, with the letter that says so
}

// path is an address of this review.
func (q *queueView) path(rest string) string { return reviewPath(q.Code, rest, q.Letter) }

// reviewPath is an address of a review; the letter with which the secretariat answers goes along.
func reviewPath(code, rest, letter string) string {
	path := "/review/" + code + rest
	if letter != "" {
		path = ui.WithQuery(path, "letter", letter)
	}
	return path
}

// next leads to the following page of the queue.
func (q *queueView) next() string {
	if !q.Review.Items.PageInfo.HasNextPage {
		return ""
	}
	return ui.WithQuery(ui.WithQuery(q.path(""), "tab", q.Tab.name), "after", q.Review.Items.PageInfo.EndCursor)
}

// tabPath leads to a tab.
func (q *queueView) tabPath(t tab) string { return q.path("?tab=" + t.name) }

func itoa(n int) string { return strconv.Itoa(n) }
