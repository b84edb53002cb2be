package site

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"

	"github.com/Khan/genqlient/graphql"
)

// mostDetailed is of how many changed records the page tells field by field what changed; the others are named.
const mostDetailed = 100

// mostPast is how many changes of a record the question asks for.
const mostPast = 50

// ChapterChanges tells what changed in a chapter between two editions: GET /chapters/{code}/changes?from=N. Both are
// read as whoever asks may read them, so that nothing shows that either hides.
func (s *Site) ChapterChanges(r *http.Request) (*ui.Page, error) {
	ctx, code := r.Context(), r.PathValue("code")
	found, err := ChapterHead(ctx, s.api, code)
	if err != nil {
		return nil, said(err)
	}
	v := &changesView{Code: code, Title: found.Chapter.Title, Zone: found.Chapter.TimeZone, Now: verification(found.Chapter.Verification)}
	v.Number, _ = edition.From(ctx)
	v.Older = older(found.Editions, v.Number)
	if v.From, err = v.chosen(ctx, r.URL.Query().Get("from")); err != nil {
		return nil, err
	}
	if v.From != nil {
		err = s.compare(ctx, v)
	}
	return &ui.Page{
		Title: say.T(ctx, "changes.title", v.Title), Kicker: say.T(ctx, "chapter.kicker"),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.states"), Path: "/states"}, {Text: v.Title, Path: "/chapters/" + code}},
		Body:   changesPage(v),
	}, err
}

// changesView is what the page of changes shows.
type changesView struct {
	Code, Title, Zone string
	Number            int                 // of the edition that is read; 0 for the working store
	Older             []*PublishedEdition // those to compare with, the newest first
	From              *PublishedEdition   // the one that is compared with; nil where there is none
	Was, Now          ui.Verification     // of the chapter as a whole
	Parts             []*changedPart
}

// changedPart is what changed among the records of one type.
type changedPart struct {
	*chapterSection
	Added, Gone []*chapterLine
	Changed     []*changedLine
	Cut         bool // a section is longer than what is read of it, so that records beyond are not compared
}

// changedLine is a record that changed.
type changedLine struct {
	*chapterLine
	Was      *chapterLine
	Past     []*ChangeEntry // what was done since, the newest first
	Detailed bool           // Past was asked for
	Earlier  bool           // more was done than Past has room for
}

// older are the editions that can be compared with: those before the one that is read.
func older(all *EditionLines, number int) []*PublishedEdition {
	var out []*PublishedEdition
	for _, e := range all.Edges {
		if e.Node.readable() && (number == 0 || e.Node.Number < number) {
			out = append(out, e.Node)
		}
	}
	return out
}

// chosen is the edition that the address names, or the newest before the one that is read; nil where there is none.
func (v *changesView) chosen(ctx context.Context, from string) (*PublishedEdition, error) {
	if from == "" && len(v.Older) == 0 {
		return nil, nil
	}
	if from == "" {
		return v.Older[0], nil
	}
	n, err := strconv.Atoi(from)
	if err != nil || n < 1 {
		return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "changes.from.wrong", term.Clip(from))).At("from")
	}
	i := slices.IndexFunc(v.Older, func(e *PublishedEdition) bool { return e.Number == n })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "%s", say.T(ctx, "changes.from.none", strconv.Itoa(n))).At("from")
	}
	return v.Older[i], nil
}

// compare reads the chapter as both editions have it and puts side by side what is not the same.
func (s *Site) compare(ctx context.Context, v *changesView) error {
	then := s.in(v.From.Number)
	was, err := s.asItWas(ctx, then, v)
	if err != nil {
		return err
	}
	is, err := chapterSections(ctx, s.api, v.Code)
	if err != nil {
		return err
	}
	left := mostDetailed
	for i, now := range is {
		p := &changedPart{chapterSection: now, Cut: now.Total > len(now.Lines)}
		before := map[string]*chapterLine{}
		if was != nil {
			p.Cut = p.Cut || was[i].Total > len(was[i].Lines)
			for _, l := range was[i].Lines {
				before[l.ID] = l
			}
		}
		p.sort(before)
		if err := s.detail(ctx, p, &left); err != nil {
			return err
		}
		v.Parts = append(v.Parts, p)
	}
	return nil
}

// asItWas is the chapter in the older edition; nil where that did not have it yet.
func (s *Site) asItWas(ctx context.Context, then graphql.Client, v *changesView) ([]*chapterSection, error) {
	head, err := ChapterHead(ctx, then, v.Code)
	if err = said(err); fault.KindOf(err) == fault.NotFound {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	v.Was = verification(head.Chapter.Verification)
	return chapterSections(ctx, then, v.Code)
}

// sort tells apart what came, what stayed and changed, and what went.
func (p *changedPart) sort(before map[string]*chapterLine) {
	for _, l := range p.Lines {
		was := before[l.ID]
		delete(before, l.ID)
		switch {
		case was == nil:
			p.Added = append(p.Added, l)
		case was.Version != l.Version || was.Verification != l.Verification || !slices.Equal(was.Withheld, l.Withheld):
			p.Changed = append(p.Changed, &changedLine{chapterLine: l, Was: was})
		}
	}
	for _, l := range before {
		p.Gone = append(p.Gone, l)
	}
	slices.SortFunc(p.Gone, func(a, b *chapterLine) int { return strings.Compare(a.Title+a.ID, b.Title+b.ID) })
}

// detail asks what was done to the records that changed, for as many as are left.
func (s *Site) detail(ctx context.Context, p *changedPart, left *int) error {
	for _, l := range p.Changed {
		if *left == 0 || l.Version == l.Was.Version {
			continue
		}
		*left--
		past, err := pastOf[p.ID](ctx, s.api, l.Key)
		if err != nil {
			return said(err)
		}
		l.Detailed = true
		for _, e := range past.Edges {
			if e.Node.Version > l.Was.Version {
				l.Past = append(l.Past, e.Node)
			}
		}
		l.Earlier = len(l.Past) == mostPast && l.Past[mostPast-1].Version > l.Was.Version+1
	}
	return nil
}

// pastOf asks for the history of a record of each type.
var pastOf = map[string]func(ctx context.Context, api graphql.Client, key string) (*Since, error){
	"laws": func(ctx context.Context, api graphql.Client, key string) (*Since, error) {
		found, err := SinceOfLaw(ctx, api, key)
		if err != nil {
			return nil, err
		}
		return found.Record.History, nil
	},
	"policies": func(ctx context.Context, api graphql.Client, key string) (*Since, error) {
		found, err := SinceOfPolicy(ctx, api, key)
		if err != nil {
			return nil, err
		}
		return found.Record.History, nil
	},
	"mechanisms": func(ctx context.Context, api graphql.Client, key string) (*Since, error) {
		found, err := SinceOfMechanism(ctx, api, key)
		if err != nil {
			return nil, err
		}
		return found.Record.History, nil
	},
	"actors": func(ctx context.Context, api graphql.Client, key string) (*Since, error) {
		found, err := SinceOfActor(ctx, api, key)
		if err != nil {
			return nil, err
		}
		return found.Record.History, nil
	},
	"activities": func(ctx context.Context, api graphql.Client, key string) (*Since, error) {
		found, err := SinceOfActivity(ctx, api, key)
		if err != nil {
			return nil, err
		}
		return found.Record.History, nil
	},
}

// same says whether nothing changed in a type of records.
func (p *changedPart) same() bool { return len(p.Added)+len(p.Gone)+len(p.Changed) == 0 }

// counts are how many records came, changed and went, in all.
func (v *changesView) counts() (added, changed, gone int) {
	for _, p := range v.Parts {
		added, changed, gone = added+len(p.Added), changed+len(p.Changed), gone+len(p.Gone)
	}
	return added, changed, gone
}

// shown are the facts that are withheld no more, and hidden those that are since.
func (l *changedLine) shown() []string  { return without(l.Was.Withheld, l.Withheld) }
func (l *changedLine) hidden() []string { return without(l.Withheld, l.Was.Withheld) }

// without are those of a list that another lacks.
func without(all, these []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(these, s) })
}
