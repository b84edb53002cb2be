package gap

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"adam/ent"
	"adam/ent/response"
	"adam/internal/access"
	"adam/internal/term"
)

// Findings answers the six questions of the analysis of 2011 over what the catalogue holds today, as far as the client's
// viewer sees it: each about one theme, or about both where none is given.
func Findings(ctx context.Context, c *ent.Client, which *ent.StateQuery, theme *term.Theme, day term.Date) ([]*Finding, error) {
	themes := []term.Theme{term.Smuggling, term.Trafficking}
	if theme != nil {
		themes = []term.Theme{*theme}
	}
	rows := map[term.Theme][]*Row{}
	for _, t := range themes {
		var err error
		if rows[t], err = Analyse(ctx, c, which.Clone(), t, day); err != nil {
			return nil, err
		}
	}
	var out []*Finding
	for _, q := range questions {
		for _, t := range themes {
			out = append(out, q.ask(t, rows[t]))
		}
	}
	any := rows[themes[0]]
	replies, err := noReply(ctx, c, any)
	return append(out, confusion.ask(themes[0], any), replies), err
}

// noReply counts the questions that nobody answered. The numbers are those of the questionnaires themselves, which are
// public; who did not answer is for members (rule 3).
func noReply(ctx context.Context, c *ent.Client, rows []*Row) (*Finding, error) {
	f := &Finding{Code: NoReply, States: []*ent.State{}, UnknownStates: []*ent.State{}, Organisations: []*ent.Actor{}, Withheld: []string{}}
	sent, err := c.Questionnaire.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	declined := 0
	for _, q := range sent {
		for status, n := range q.Tally {
			f.Denominator += n
			switch term.ResponseStatus(status) {
			case term.NotAnswered:
				f.Count += n
			case term.ResponseDeclined:
				declined += n
			case term.NotAsked:
				f.Unknown += n
			}
		}
	}
	f.Sentence = fmt.Sprintf("Of %s in the ledger of who was asked what, the number of those that were asked and did not answer is %d; the number not asked is %d.",
		several(f.Denominator, "entry", "entries"), f.Count, f.Unknown)
	f.Caveat = fmt.Sprintf("States, donors and organisations, each once for each questionnaire (%d), whatever States you ask for. Declining (%d) and having nothing to report are answers. "+
		"Whoever stands in no questionnaire was not asked. Who did not answer is for members to see.", len(sent), declined)
	if access.From(ctx).Audience == access.Public {
		f.Withheld = []string{"states", "unknownStates", "organisations"}
		return f, nil
	}
	return f, f.name(ctx, c, rows)
}

// name adds who did not answer what, and which of the States was never asked.
func (f *Finding) name(ctx context.Context, c *ent.Client, rows []*Row) error {
	silent, err := c.Response.Query().Where(response.StatusEQ(term.NotAnswered)).WithActor().Order(response.ByID()).All(ctx)
	if err != nil {
		return err
	}
	chapters, actors := map[term.ID]bool{}, map[term.ID]bool{}
	for _, s := range silent {
		if s.ChapterID != nil {
			chapters[*s.ChapterID] = true
		}
		if a := s.Edges.Actor; a != nil && !actors[a.ID] {
			actors[a.ID] = true
			f.Organisations = append(f.Organisations, a)
		}
	}
	slices.SortFunc(f.Organisations, func(a, b *ent.Actor) int { return cmp.Or(cmp.Compare(a.SortName, b.SortName), cmp.Compare(a.ID, b.ID)) })
	for _, r := range rows {
		ch := r.State.Edges.Chapter
		if ch != nil && chapters[ch.ID] {
			f.States = append(f.States, r.State)
		}
		if r.Response == nil || *r.Response == term.NotAsked {
			f.UnknownStates = append(f.UnknownStates, r.State)
		}
	}
	return nil
}
