package site

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"adam/internal/exchange/atom"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

const (
	// mostEntries is how many changes a feed has: the newest.
	mostEntries = 50
	// feedSince is since when the identifiers of changes are given. It never changes.
	feedSince = "2026-01-01"
	feedKind  = "application/atom+xml; charset=utf-8"
)

// asked is what a feed is about: a chapter, a theme, both, an actor, or everything.
type askedFeed struct {
	chapter, theme, actor string
}

// askFeed reads an address.
func askFeed(ctx context.Context, q url.Values) (askedFeed, error) {
	f := askedFeed{strings.TrimSpace(q.Get("chapter")), strings.TrimSpace(q.Get("theme")), strings.TrimSpace(q.Get("actor"))}
	if _, err := themeParam.read(ctx, q); err != nil {
		return f, err
	}
	if f.actor != "" && f.chapter+f.theme != "" {
		return f, fault.New(fault.Invalid, "%s", say.T(ctx, "feed.one")).At("actor")
	}
	return f, nil
}

// query is the feed as an address names it.
func (f askedFeed) query() url.Values {
	q := url.Values{}
	for name, v := range map[string]string{"chapter": f.chapter, "theme": f.theme, "actor": f.actor} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return q
}

// path is the address of the feed.
func (f askedFeed) path() string { return at("/feed.atom", f.query()) }

// page is the address of the page for people.
func (f askedFeed) page() string {
	switch {
	case f.actor != "":
		return recordPath(term.RecordActor, f.actor)
	case f.theme != "":
		return at("/activities", f.query())
	case f.chapter != "":
		return "/chapters/" + f.chapter
	}
	return "/"
}

// variables are what the API is asked. Actors have no themes, and an actor has activities only.
func (f askedFeed) variables() map[string]any {
	filter := func() map[string]any {
		out := map[string]any{}
		if f.chapter != "" {
			out["chapters"] = []string{f.chapter}
		}
		if f.theme != "" {
			out["themes"] = []string{f.theme}
		}
		return out
	}
	vars := map[string]any{"activities": filter(), "laws": filter(), "policies": filter(), "mechanisms": filter(), "actor": f.actor,
		"records": f.actor == "", "withActors": f.actor+f.theme == "", "ofActor": f.actor != ""}
	if f.theme == "" {
		vars["actors"] = filter()
	}
	if f.actor != "" {
		vars["activities"], vars["implemented"] = map[string]any{"donors": []string{f.actor}}, map[string]any{"implementers": []string{f.actor}}
	}
	return vars
}

// feedRecord is the newest change of a record, of whichever type.
type feedRecord struct {
	ID, Key, Title, Name string
	Version              int
	Themes               []term.Theme
	UpdatedAt            term.Instant
	Chapters             []struct{ Code, Title string }
	History              struct {
		Edges []struct {
			Node struct {
				Action  term.HistoryAction
				Reason  string
				By      Who
				Changes []*Changed
			}
		}
	}
	kind term.RecordKind
}

// feedLists are the lists of an answer, by the names that the question gives them.
var feedLists = map[string]term.RecordKind{"activities": term.RecordActivity, "implemented": term.RecordActivity, "laws": term.RecordLaw,
	"policies": term.RecordPolicy, "mechanisms": term.RecordMechanism, "actors": term.RecordActor}

// changed asks for the newest changes: of each record the last.
func (s *Site) changed(ctx context.Context, f askedFeed) ([]*feedRecord, error) {
	type list struct{ Edges []struct{ Node *feedRecord } }
	var data struct {
		Activities, Implemented, Laws, Policies, Mechanisms, Actors list
		Actor                                                       *feedRecord
	}
	if err := s.raw(ctx, "FeedOfChanges", FeedOfChanges_Operation, f.variables(), &data); err != nil {
		return nil, f.named(err)
	}
	var out []*feedRecord
	for name, l := range map[string]list{"activities": data.Activities, "implemented": data.Implemented, "laws": data.Laws, "policies": data.Policies, "mechanisms": data.Mechanisms, "actors": data.Actors} {
		for _, e := range l.Edges {
			e.Node.kind = feedLists[name]
			out = append(out, e.Node)
		}
	}
	if data.Actor != nil {
		data.Actor.kind = term.RecordActor
		out = append(out, data.Actor)
	}
	slices.SortFunc(out, func(a, b *feedRecord) int {
		return cmp.Or(cmp.Compare(b.UpdatedAt, a.UpdatedAt), cmp.Compare(a.ID, b.ID))
	})
	out = slices.CompactFunc(out, func(a, b *feedRecord) bool { return a.ID == b.ID }) // who pays for what it carries out
	return out[:min(len(out), mostEntries)], nil
}

// named says an error of the API with the names that addresses have.
func (f askedFeed) named(err error) error {
	shown := fault.As(err)
	if shown == nil {
		return err
	}
	out := *shown
	out.Fields = nil
	for _, field := range shown.Fields {
		out.Fields = append(out.Fields, cmp.Or(map[string]string{"filter.chapters": "chapter", "filter.donors": "actor", "filter.implementers": "actor"}[field], field))
	}
	return &out
}

// Feed is what has changed, for programs that read feeds: GET /feed.atom. It tells the last change of each record, as whoever
// asks may read it: of an edition, or with a token of the working store.
func (s *Site) Feed(failed func(http.ResponseWriter, *http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(ui.In(r.Context(), s.frame(r)))
		file, err := s.feed(r)
		if err != nil {
			failed(w, r, err)
			return
		}
		w.Header().Set("Content-Type", feedKind)
		_, _ = w.Write(file) // fails only when the client left
	})
}

func (s *Site) feed(r *http.Request) ([]byte, error) {
	ctx := r.Context()
	asked, err := askFeed(ctx, r.URL.Query())
	if err != nil {
		return nil, err
	}
	all, err := s.changed(ctx, asked)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(s.BaseURL)
	if err != nil {
		return nil, err
	}
	tag := func(specific string) string { return atom.Tag(base.Hostname(), feedSince, specific) }
	f := atom.Feed{ID: tag(asked.path()[1:]), Title: asked.title(ctx, all), Language: say.In(ctx).Code, Updated: s.made(ctx), Author: officeName,
		Rights: say.T(ctx, "about.licence.what") + " " + say.T(ctx, "frame.disclaimer"), Self: s.read(ctx, asked.path()), Alternate: s.read(ctx, asked.page())}
	if len(all) > 0 {
		f.Updated = all[0].UpdatedAt.Time()
	}
	for _, x := range all {
		f.Entries = append(f.Entries, s.entry(ctx, x, tag))
	}
	var b bytes.Buffer
	err = atom.Write(&b, f)
	return b.Bytes(), err
}

// read is the address of a page as the reader reads it: of an edition where her address names one, else of what is current.
func (s *Site) read(ctx context.Context, path string) string {
	if e := ui.Of(ctx).Edition; e != nil && e.Asked {
		return s.lasting(ctx, path)
	}
	return s.BaseURL + say.In(ctx).Prefix() + path
}

// title names what the feed is about, as the records call it.
func (f askedFeed) title(ctx context.Context, all []*feedRecord) string {
	var of []string
	if f.chapter != "" {
		of = append(of, f.chapter)
		for _, x := range all {
			for _, c := range x.Chapters {
				if c.Code == f.chapter {
					of[0] = c.Title
				}
			}
		}
	}
	if f.theme != "" {
		of = append(of, say.Word(ctx, "Theme", f.theme))
	}
	if f.actor != "" {
		of = append(of, f.actor)
		for _, x := range all {
			if x.kind == term.RecordActor {
				of[0] = x.Name
			}
		}
	}
	if len(of) == 0 {
		return say.T(ctx, "feed.title")
	}
	return say.T(ctx, "feed.of", strings.Join(of, say.T(ctx, "list.comma")))
}

// entry is one change. Its identifier is of the version: another change of the same record is another entry.
func (s *Site) entry(ctx context.Context, x *feedRecord, tag func(string) string) atom.Entry {
	e := atom.Entry{ID: tag("records/" + x.ID + "/" + strconv.Itoa(x.Version)), Title: cmp.Or(x.Title, x.Name), Updated: x.UpdatedAt.Time(), Link: s.read(ctx, recordPath(x.kind, x.Key))}
	if len(x.History.Edges) > 0 {
		h := x.History.Edges[0].Node
		e.Author, e.Summary = h.By.Name, say.Word(ctx, "HistoryAction", h.Action)
		if fields := fieldNames(ctx, h.Changes); h.Action == term.ActionUpdated && fields != "" {
			e.Summary += ": " + fields
		}
		if h.Reason != "" {
			e.Summary += ". " + h.Reason
		}
	}
	for _, c := range x.Chapters {
		e.Categories = append(e.Categories, atom.Category{Term: c.Code, Scheme: s.BaseURL + "/states", Label: c.Title})
	}
	for _, t := range x.Themes {
		e.Categories = append(e.Categories, atom.Category{Term: string(t), Scheme: s.BaseURL + "/about#adam-themes", Label: say.Word(ctx, "Theme", t)})
	}
	e.Categories = append(e.Categories, atom.Category{Term: string(x.kind), Scheme: s.BaseURL + "/docs/api/types/RecordKind", Label: sectionName(ctx, x.kind)})
	return e
}
