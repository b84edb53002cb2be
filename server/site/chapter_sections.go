package site

import (
	"context"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"

	"github.com/Khan/genqlient/graphql"
)

// mostListed is how many records of one type a chapter's page lists; the API gives them a hundred at a time.
const mostListed = 1000

// chapterSection is the records of one type in a chapter.
type chapterSection struct {
	ID    string // of its heading, and the path of the list of all such records
	Title string // the key of its heading
	Total int    // how many the reader may see
	Lines []*chapterLine
	Gaps  []string // sentences on what is not known of how many
}

// chapterLine is one record in a section.
type chapterLine struct {
	ID, Key, Title string
	Version        int
	Facts          []string // in words, the unknown too
	Donors         []string // of an activity
	Verification   ui.Verification
	Withheld       []string
}

// readSection asks for one section of a chapter.
type readSection func(ctx context.Context, api graphql.Client, code string) (*chapterSection, error)

// chapterSections asks for all records of a chapter, type by type.
func chapterSections(ctx context.Context, api graphql.Client, code string) ([]*chapterSection, error) {
	var out []*chapterSection
	for _, ask := range []readSection{lawSection, policySection, mechanismSection, actorSection, activitySection} {
		s, err := ask(ctx, api, code)
		if err != nil {
			return nil, said(err)
		}
		out = append(out, s)
	}
	return out, nil
}

// allPages asks for page after page until there is no more, or enough.
func allPages[E any](ask func(after string) (edges []E, more *MoreToCome, err error)) ([]E, error) {
	var out []E
	for after := ""; ; {
		edges, more, err := ask(after)
		if err != nil {
			return nil, err
		}
		out = append(out, edges...)
		if !more.HasNextPage || len(out) >= mostListed {
			return out, nil
		}
		after = more.EndCursor
	}
}

// lineOf is what the lines of all types have in common.
func lineOf(r ChapterRecord, title string, facts ...string) *chapterLine {
	return &chapterLine{ID: r.GetId(), Key: r.GetKey(), Title: title, Version: r.GetVersion(), Facts: facts, Verification: verification(r.GetVerification()), Withheld: r.GetWithheld()}
}

// subjects says what a record is about: themes, then topics.
func subjects(ctx context.Context, r ChapterRecord) string {
	both := append(inWords(ctx, "Theme", r.GetThemes()), inWords(ctx, "Topic", r.GetTopics())...)
	if len(both) == 0 {
		return say.T(ctx, "chapter.subject.unknown")
	}
	return joined(ctx, both)
}

func lawSection(ctx context.Context, api graphql.Client, code string) (*chapterSection, error) {
	s, undated := &chapterSection{ID: "laws", Title: "chapter.laws"}, 0
	edges, err := allPages(func(after string) ([]*ChapterLawEdge, *MoreToCome, error) {
		found, err := ChapterLaws(ctx, api, code, after)
		if err != nil {
			return nil, nil, err
		}
		s.Total = found.Chapter.Records.TotalCount
		return found.Chapter.Records.Edges, found.Chapter.Records.PageInfo, nil
	})
	for _, e := range edges {
		l, when := e.Node, say.Date(ctx, e.Node.AdoptedOn)
		switch {
		case when != "":
			when = say.T(ctx, "chapter.adopted", when)
		case l.Year != "":
			when = say.Date(ctx, l.Year)
		default:
			when, undated = say.T(ctx, "chapter.year.unknown"), undated+1
		}
		s.Lines = append(s.Lines, lineOf(l, l.Title, nonEmpty(l.Number, when, say.Word(ctx, "LawStatus", l.Status), subjects(ctx, l))...))
	}
	s.gap(ctx, "chapter.gap.years", undated)
	return s, err
}

func policySection(ctx context.Context, api graphql.Client, code string) (*chapterSection, error) {
	s, undated := &chapterSection{ID: "policies", Title: "chapter.policies"}, 0
	edges, err := allPages(func(after string) ([]*ChapterPolicyEdge, *MoreToCome, error) {
		found, err := ChapterPolicies(ctx, api, code, after)
		if err != nil {
			return nil, nil, err
		}
		s.Total = found.Chapter.Records.TotalCount
		return found.Chapter.Records.Edges, found.Chapter.Records.PageInfo, nil
	})
	for _, e := range edges {
		p := e.Node
		if p.PeriodFrom == "" && p.PeriodTo == "" {
			undated++
		}
		s.Lines = append(s.Lines, lineOf(p, p.Title, say.Period(ctx, p.PeriodFrom, p.PeriodTo), say.Word(ctx, "PolicyStatus", p.Status), subjects(ctx, p)))
	}
	s.gap(ctx, "chapter.gap.dates", undated)
	return s, err
}

func mechanismSection(ctx context.Context, api graphql.Client, code string) (*chapterSection, error) {
	s, undated := &chapterSection{ID: "mechanisms", Title: "chapter.mechanisms"}, 0
	edges, err := allPages(func(after string) ([]*ChapterMechanismEdge, *MoreToCome, error) {
		found, err := ChapterMechanisms(ctx, api, code, after)
		if err != nil {
			return nil, nil, err
		}
		s.Total = found.Chapter.Records.TotalCount
		return found.Chapter.Records.Edges, found.Chapter.Records.PageInfo, nil
	})
	for _, e := range edges {
		m, founded := e.Node, say.T(ctx, "chapter.founded.unknown")
		if m.FoundedOn != "" {
			founded = say.T(ctx, "chapter.founded", say.Date(ctx, m.FoundedOn))
		} else {
			undated++
		}
		s.Lines = append(s.Lines, lineOf(m, withAcronym(ctx, m.Name, m.Acronym), say.Word(ctx, "MechanismLevel", m.Level), founded, say.Word(ctx, "MechanismStatus", m.Status), subjects(ctx, m)))
	}
	s.gap(ctx, "chapter.gap.founded", undated)
	return s, err
}

func actorSection(ctx context.Context, api graphql.Client, code string) (*chapterSection, error) {
	s := &chapterSection{ID: "actors", Title: "chapter.actors"}
	edges, err := allPages(func(after string) ([]*ChapterActorEdge, *MoreToCome, error) {
		found, err := ChapterActors(ctx, api, code, after)
		if err != nil {
			return nil, nil, err
		}
		s.Total = found.Chapter.Records.TotalCount
		return found.Chapter.Records.Edges, found.Chapter.Records.PageInfo, nil
	})
	for _, e := range edges {
		a := e.Node
		s.Lines = append(s.Lines, lineOf(a, withAcronym(ctx, a.Name, a.Acronym), say.Word(ctx, "ActorKind", a.Kind)))
	}
	return s, err
}

func activitySection(ctx context.Context, api graphql.Client, code string) (*chapterSection, error) {
	s, undated, unfunded := &chapterSection{ID: "activities", Title: "chapter.activities"}, 0, 0
	edges, err := allPages(func(after string) ([]*ChapterActivityEdge, *MoreToCome, error) {
		found, err := ChapterActivities(ctx, api, code, after)
		if err != nil {
			return nil, nil, err
		}
		s.Total = found.Chapter.Records.TotalCount
		return found.Chapter.Records.Edges, found.Chapter.Records.PageInfo, nil
	})
	for _, e := range edges {
		a := e.Node
		if a.StartOn == "" && a.EndOn == "" {
			undated++
		}
		if len(a.Donors) == 0 {
			unfunded++
		}
		l := lineOf(a, a.Title, say.Period(ctx, a.StartOn, a.EndOn), say.Word(ctx, "ActivityStatus", a.Status), subjects(ctx, a))
		l.Donors = donorNames(a.Donors)
		s.Lines = append(s.Lines, l)
	}
	s.gap(ctx, "chapter.gap.donors", unfunded)
	s.gap(ctx, "chapter.gap.dates", undated)
	return s, err
}

// gap notes of how many records something is not known.
func (s *chapterSection) gap(ctx context.Context, key string, n int) {
	if n > 0 {
		s.Gaps = append(s.Gaps, say.T(ctx, key, n, len(s.Lines)))
	}
}

// donorNames are the short names of who pays.
func donorNames(all []*DonorName) []string {
	out := make([]string, len(all))
	for i, d := range all {
		if out[i] = d.Acronym; out[i] == "" {
			out[i] = d.Name
		}
	}
	return out
}

// withAcronym is a name with the short one that people know it by.
func withAcronym(ctx context.Context, name, acronym string) string {
	if acronym == "" {
		return name
	}
	return say.T(ctx, "chapter.acronym", name, acronym)
}

// nonEmpty leaves out what is empty.
func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// inWords says each of several codes.
func inWords[C ~string](ctx context.Context, list string, codes []C) []string {
	var out []string
	for _, c := range codes {
		out = append(out, say.Word(ctx, list, c))
	}
	return out
}

// joined writes several words with commas between them.
func joined(ctx context.Context, all []string) string {
	var out string
	for i, s := range all {
		if i > 0 {
			out += say.T(ctx, "list.comma")
		}
		out += s
	}
	return out
}

// marked says whether the line needs a mark: the page says once that all others are unverified.
func (l *chapterLine) marked() bool { return l.Verification.Status != term.Unverified }
