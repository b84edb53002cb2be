package server

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/reviewcycle"
	"adam/internal/access"
	"adam/internal/exchange/ics"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// calendars are the deadlines of reviews as calendars that programs subscribe to: one for each chapter, and all of them.
// Deadlines of named States are for members (rule 3 of the model), and calendars cannot sign in: the secret of an address
// stands in its query, which no log holds.
type calendars struct {
	catalogue *Catalogue
	keeper    *people.Keeper
}

// Calendars are the routes of the calendars; none on a server without accounts, where everybody is a visitor.
func (c *Catalogue) Calendars(k *people.Keeper) []Route {
	if k == nil {
		return nil
	}
	all := calendars{c, k}
	return []Route{{Pattern: "GET /calendar/{file}", Needs: Anyone, Handler: http.HandlerFunc(all.serve)}}
}

// errCalendar is for addresses of no calendar.
var errCalendar = fault.New(fault.NotFound, "There is no such calendar. Each chapter has one, such as /calendar/THA.ics, and /calendar/all.ics holds them all.")

// errMembers is for people who have no role any more.
var errMembers = fault.New(fault.Forbidden, "The deadlines of reviews are for members. Ask the secretariat for an invitation.")

// serve answers with what whoever asks may see: the person of ?key=, of a token, or of the session.
func (c calendars) serve(w http.ResponseWriter, r *http.Request) {
	v, err := c.reader(r)
	if err != nil {
		Answer(w, r, err)
		return
	}
	code, isCalendar := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !isCalendar {
		Answer(w, r, errCalendar)
		return
	}
	c.catalogue.Reading(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calendar, err := readCalendar(r.Context(), code, c.keeper.Now())
		if err != nil {
			Answer(w, r, err)
			return
		}
		var b bytes.Buffer
		if err := ics.Write(&b, calendar); err != nil {
			Answer(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
		_, _ = w.Write(b.Bytes()) // fails only when the client left
	})).ServeHTTP(w, r.WithContext(access.With(r.Context(), v)))
}

// reader is who reads. With a key, that alone counts: a browser that happens to be signed in shows what a calendar will.
func (c calendars) reader(r *http.Request) (access.Viewer, error) {
	if q := r.URL.Query(); q.Has("key") {
		return c.keeper.FeedViewer(r.Context(), q.Get("key"))
	}
	v := access.From(r.Context())
	switch {
	case v.Person == 0:
		return v, errSignIn
	case v.Audience == access.Public:
		return v, errMembers
	}
	return v, nil
}

// readCalendar reads the deadlines of the chapter of a code, or of all.
func readCalendar(ctx context.Context, code string, now time.Time) (ics.Calendar, error) {
	out := ics.Calendar{Name: "ADAM: deadlines of reviews"}
	q := ent.FromContext(ctx).Chapter.Query().Order(ent.Asc(chapter.FieldCode)).WithCycles(func(q *ent.ReviewCycleQuery) {
		q.Where(reviewcycle.PurposeEQ(term.ChapterReview)).Order(ent.Desc(reviewcycle.FieldOpenedOn))
	})
	if code != "all" {
		q.Where(chapter.Code(code))
	}
	chapters, err := q.All(ctx)
	if err != nil {
		return out, err
	}
	if code != "all" {
		if len(chapters) == 0 {
			return out, errCalendar
		}
		out.Name = "ADAM: " + chapters[0].Title
	}
	for _, ch := range chapters {
		if cycles := ch.Edges.Cycles; len(cycles) > 0 { // the newest first
			out.Events = append(out.Events, deadlines(ch, cycles[0], now)...)
		}
	}
	return out, nil
}

// reminders are how many days before a deadline its e-mails go out; a calendar reminds on the same days.
var (
	nominationReminders = []int{7, 3, 0}
	reviewReminders     = []int{14, 7, 1, 0}
)

// deadlines are the days that a review is waiting for now. One that is suspended, declined or closed waits for none.
func deadlines(ch *ent.Chapter, c *ent.ReviewCycle, now time.Time) []ics.Event {
	var all []ics.Event
	add := func(kind, what string, day term.Date, reminders []int) {
		if day == "" {
			return
		}
		all = append(all, ics.Event{
			UID: c.ID.String() + "." + kind + "@adam", Day: day, Stamp: now, Alarms: reminders,
			Summary:     ch.Title + ": " + what + " (time zone " + ch.TimeZone + ")",
			Description: "The day ends at 24:00 in the time zone " + ch.TimeZone + ".",
		})
	}
	switch c.Status {
	case term.AwaitingNomination:
		add("nomination", "nomination of a focal point due", c.NominationDueOn, nominationReminders)
		add("review", "review due", c.ReviewDueOn, reviewReminders)
	case term.UnderReview, term.Returned:
		add("review", "review due", c.ReviewDueOn, reviewReminders)
	case term.ReviewVerified, term.ReviewPublished:
		add("next", "next review", c.NextReviewDueOn, reviewReminders)
	}
	return all
}
