// Package ui is the design of the pages: the frame around each, the style sheet, and the parts that pages are made of.
// Its rules: words and not colours alone; the unknown is said and never looks like zero; everything works without a
// script, by keyboard, on paper and from right to left.
package ui

//go:generate go tool templ generate

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"

	"github.com/a-h/templ"
)

// Frame is what is around every page of a request.
type Frame struct {
	Path     string // of the request, without the language
	Query    url.Values
	Viewer   access.Viewer
	Demo     bool     // a demonstration, marked as such
	Accounts bool     // people can sign in here
	Edition  *Edition // what is read; nil where it is no edition
	Working  bool     // what is read is the working store
	Noindex  bool     // nothing for search engines
	BaseURL  string   // what addresses of ours begin with where people write them down
}

// Edition is the edition that a page is made from.
type Edition struct {
	Number     int
	Date       term.Date
	ReleasedAt time.Time
	Asked      bool // the address names it, so the links of the page do too
}

// Page is one page, to be put into its frame.
type Page struct {
	Title    string
	Kicker   string // what sort of page, above the title
	Crumbs   []Link // the way here, the start page left out
	Wide     bool   // no title is written: the page does it itself
	Named    bool   // the title is the name of a record, in the language of its source
	Feed     string // the address of its changes as a feed; "" where there is none
	Bare     bool   // nothing is around it: a part that the script puts into a page
	Script   bool   // the page is quicker with our script
	Passkeys bool   // the page is where passkeys are used, by a script
	Status   int    // 200 where 0
	Done     string // what has just been done, and how to undo it
	Wrong    *fault.Error
	At       []string // the ids of the fields that are wrong, to which the summary leads
	Body     templ.Component
}

// Link is a place to go.
type Link struct{ Text, Path string }

type frameKey struct{}

// In puts a frame around the pages of a request.
func In(ctx context.Context, f *Frame) context.Context { return context.WithValue(ctx, frameKey{}, f) }

// Of is the frame of a request; an empty one where none was given.
func Of(ctx context.Context) *Frame {
	if f, ok := ctx.Value(frameKey{}).(*Frame); ok {
		return f
	}
	return &Frame{Path: "/"}
}

// Href is the address of a page of ours, in the language and the edition that are being read.
func Href(ctx context.Context, path string) templ.SafeURL {
	f := Of(ctx)
	if f.asked() {
		path = WithQuery(path, "edition", strconv.Itoa(f.Edition.Number))
	}
	return templ.SafeURL(say.In(ctx).Prefix() + path)
}

// HrefIn is the address of this page in another language.
func HrefIn(ctx context.Context, l say.Language) templ.SafeURL {
	f := Of(ctx)
	path := l.Prefix() + f.Path
	if q := f.Query.Encode(); q != "" {
		path += "?" + q
	}
	return templ.SafeURL(path)
}

// WithQuery sets one value of an address's query.
func WithQuery(path, name, value string) string {
	at, fragment, _ := strings.Cut(path, "#")
	base, raw, _ := strings.Cut(at, "?")
	q, _ := url.ParseQuery(raw)
	q.Set(name, value)
	base += "?" + q.Encode()
	if fragment != "" {
		base += "#" + fragment
	}
	return base
}

// Safe lets an address of the catalogue be a link where it leads to the web, and nowhere else.
func Safe(address string) (templ.SafeURL, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", false
	}
	return templ.SafeURL(address), true
}

// Straight is a text of the catalogue without the signs that turn the direction of what follows, out of a bdi too.
func Straight(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' {
			return -1
		}
		return c
	}, text)
}

// Isolated is a text of the catalogue for the middle of a sentence: its direction stays its own.
func Isolated(text string) string { return "\u2068" + Straight(text) + "\u2069" }

// section is an entry of the bar below the top.
type section struct{ key, path string }

// sections are where the bar leads.
var sections = []section{
	{"nav.states", "/states"}, {"nav.activities", "/activities"}, {"nav.actors", "/actors"}, {"nav.laws", "/laws"},
	{"nav.policies", "/policies"}, {"nav.mechanisms", "/mechanisms"}, {"nav.funding", "/funding"}, {"nav.gaps", "/gaps"},
}

// here says whether an entry of the bar is where the reader is.
func (f *Frame) here(path string) bool {
	return f.Path == path || strings.HasPrefix(f.Path, path+"/")
}

// mine are the entries for what a person has to do.
func (f *Frame) mine() []section {
	var out []section
	v := f.Viewer
	if len(v.Chapters())+len(v.Actors()) > 0 {
		out = append(out, section{"nav.review", "/review"})
	}
	if v.Has(access.Coordinator) || v.Has(access.Secretariat) {
		out = append(out, section{"nav.overlaps", "/overlaps"})
	}
	if v.Has(access.Secretariat) {
		out = append(out, section{"nav.cycles", "/cycles"}, section{"nav.disputes", "/disputes"}, section{"nav.imports", "/imports"}, section{"nav.release", "/release"})
	}
	if v.Has(access.Administrator) || v.Has(access.Secretariat) {
		out = append(out, section{"nav.admin", "/admin"})
	}
	return out
}

// asked says whether the address names the edition.
func (f *Frame) asked() bool { return f.Edition != nil && f.Edition.Asked }

// Elsewhere is no page but the address of another one, to which whoever sent a form is led.
type Elsewhere struct{ Path string }

// Error says where to; it is never shown.
func (e *Elsewhere) Error() string { return "go to " + e.Path }

// Lead answers with the way to another page. The script of a page, which would put that page into a part of its own, is told
// to let the browser go there.
func Lead(w http.ResponseWriter, r *http.Request, path string) {
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", path)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
}

// Goto leads to another page of ours once a form is done, so that loading it again sends nothing again.
func Goto(path string) error { return &Elsewhere{path} }
