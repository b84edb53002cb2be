// Package site is the pages. Each asks the API what it shows and tells the API what a form says, in the name of whoever
// looks at it: so a page can do what the API can do, under the same rules, and nothing else (rule 7). A page is a
// question in query/*.graphql, a function here, and a template beside it.
package site

//go:generate go tool genqlient genqlient.yaml
//go:generate go tool templ generate

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Site makes the pages of one server.
type Site struct {
	Demo     bool   // a demonstration, marked as such on every page
	Accounts bool   // people can sign in here
	BaseURL  string // as people type it; never taken from a request
	Now      func() time.Time

	// Seal is the secret with which what is given out for a purpose is signed; nil on a server without accounts.
	Seal func(ctx context.Context, purpose string) ([]byte, error)

	// Reading is in front of the API at /graphql, where an address says which edition is read.
	Reading func(http.Handler) http.Handler

	handler http.Handler
	api     graphql.Client
	schema  func() *ast.Schema
	days    sync.Map // when it was published by the number of an edition
}

// New makes pages that ask an API, whose schema is sdl. The API is called in this process, with the viewer and the edition
// of the page's context.
func New(api http.Handler, sdl string) *Site {
	return &Site{Now: time.Now, handler: api, api: graphql.NewClient("/graphql", inside{api}), schema: sync.OnceValue(func() *ast.Schema {
		return gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphql", Input: sdl}) // the program's own
	})}
}

// in asks the API for an edition, as whoever looks at the page may read it.
func (s *Site) in(number int) graphql.Client {
	return graphql.NewClient("/graphql?edition="+strconv.Itoa(number), inside{s.Reading(s.handler)})
}

// Show answers with a page, or with what is wrong with the request; failed writes the errors that are no page's own.
// Who is asking and what she reads are in the context by then.
func (s *Site) Show(page func(*http.Request) (*ui.Page, error), write func(http.ResponseWriter, *http.Request, int, []byte), failed func(http.ResponseWriter, *http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(ui.In(r.Context(), s.frame(r)))
		if err := r.ParseForm(); err != nil {
			failed(w, r, err)
			return
		}
		p, err := page(r)
		if to := (*ui.Elsewhere)(nil); errors.As(err, &to) {
			ui.Lead(w, r, string(ui.Href(r.Context(), to.Path)))
			return
		}
		if err != nil {
			failed(w, r, err)
			return
		}
		var b bytes.Buffer
		if err := ui.Render(r.Context(), &b, p); err != nil {
			failed(w, r, err)
			return
		}
		write(w, r, p.Status, b.Bytes())
	})
}

// frame is what is around the pages of a request.
func (s *Site) frame(r *http.Request) *ui.Frame {
	f := &ui.Frame{Path: r.URL.Path, Query: r.URL.Query(), Viewer: access.From(r.Context()), Demo: s.Demo, Accounts: s.Accounts, BaseURL: s.BaseURL}
	number, _ := edition.From(r.Context())
	if f.Working = number == 0; !f.Working {
		at := s.editionDate(r.Context(), number)
		f.Edition = &ui.Edition{Number: number, Date: at.Date, ReleasedAt: at.ReleasedAt.Time(), Asked: f.Query.Has("edition") || f.Query.Has("on")}
	}
	return f
}

// nothing is the answer where there is no record with a key, or none that the viewer may see: the two look the same.
func nothing(ctx context.Context) error {
	return fault.New(fault.NotFound, "%s", say.T(ctx, "error.record"))
}
