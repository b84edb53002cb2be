package server

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/term"
)

// Catalogue serves what is published: each request reads one edition, whole and unchanged, until it is answered.
type Catalogue struct {
	Shelf    *edition.Shelf
	Demo     bool      // a demonstration, marked as such on every page
	Accounts bool      // people can sign in here
	BaseURL  string    // as people type it; never taken from a request
	Built    time.Time // when this program was made
}

// Reading answers with what the viewer may read: the newest edition, or the one that `?edition=N` or `?on=DATE` names.
func (c *Catalogue) Reading(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wanted, err := wantedEdition(r.URL.Query())
		if err != nil {
			Answer(w, r, err)
			return
		}
		ctx, done, err := c.Shelf.Serve(r.Context(), access.From(r.Context()), wanted)
		if err != nil {
			Answer(w, r, err)
			return
		}
		defer done()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// wantedEdition reads which edition an address asks for.
func wantedEdition(q url.Values) (edition.Wanted, error) {
	var want edition.Wanted
	if number := q.Get("edition"); number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return want, fault.New(fault.Invalid, "%q is not the number of an edition. Write a whole number from 1, such as ?edition=1.", term.Clip(number)).At("edition")
		}
		want.Number = n
	}
	on, err := term.ParseDate(q.Get("on"))
	if err != nil {
		return want, fault.As(err).At("on")
	}
	want.On = on
	return want, nil
}

// Handlers are the whole of a server with a catalogue: api answers GraphQL, whose schema is sdl, and doors are nil where
// nobody can sign in. Pages are mounted here and nowhere else, so that the tests of who sees what find them.
func (c *Catalogue) Handlers(api http.Handler, sdl string, doors *Doors) Handlers {
	h := Handlers{
		Doors:     doors,
		GraphQL:   c.Reading(api),
		SchemaSDL: sdl,
		Home:      c.Reading(c.Home(api)),
		Data:      c.Data(c.site(api, sdl, doors)),
		Ready:     c.Ready,
	}
	h.Routes = c.pages(api, sdl, doors)
	if doors != nil {
		h.Routes = append(h.Routes, c.Calendars(doors.Keeper)...)
	}
	return h
}

// Ready reports whether an edition can be read.
func (c *Catalogue) Ready(ctx context.Context) error {
	open, err := c.Shelf.Current(ctx, access.Public)
	if err != nil {
		return err
	}
	open.Release()
	return nil
}
