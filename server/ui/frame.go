package ui

import (
	"context"
	"io"
	"maps"

	"adam/internal/fault"
	"adam/server/say"

	"github.com/a-h/templ"
)

// Fault is what is wrong with a request, in a sentence.
type Fault = fault.Error

// footLinks are where the foot of a page leads.
var footLinks = []section{
	{"foot.about", "/about"}, {"foot.api", "/docs/api"}, {"foot.accessibility", "/accessibility"}, {"foot.privacy", "/privacy"},
}

// titleOf is the title of the window: what is wrong first, the page, then whose it is.
func titleOf(ctx context.Context, p Page) string {
	t := p.Title
	if p.Named {
		t = Isolated(t)
	}
	t += " – ADAM"
	if p.Wrong != nil {
		t = say.T(ctx, "form.error.title", t)
	}
	return t
}

// searched is what was searched for, so that the field keeps it.
func (f *Frame) searched() string {
	if f.Path != "/search" {
		return ""
	}
	return f.Query.Get("q")
}

// newest is this page as the newest edition has it.
func (f *Frame) newest(ctx context.Context) templ.SafeURL {
	q := maps.Clone(f.Query)
	q.Del("edition")
	q.Del("on")
	path := say.In(ctx).Prefix() + f.Path
	if e := q.Encode(); e != "" {
		path += "?" + e
	}
	return templ.SafeURL(path)
}

// styles is the style sheet as the page carries it: its hash is in the content security policy.
func styles() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<style>"+Style+"</style>")
		return err
	})
}

// Render writes a page, in its frame unless it is bare.
func Render(ctx context.Context, w io.Writer, p *Page) error {
	if p.Bare {
		return p.Body.Render(ctx, w)
	}
	return Layout(*p).Render(ctx, w)
}
