package search

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Matches is a page of activities that may answer a need.
type Matches struct {
	*ent.ActivityConnection
	Edges []*Match
}

// Match is an activity that may answer a need, and why.
type Match struct {
	Node     *ent.Activity
	Cursor   ent.Cursor
	Sentence string
}

// Explained says of each activity of a page why it may answer the need, as of a day.
func Explained(n *ent.Need, found *ent.ActivityConnection, day term.Date) *Matches {
	out := &Matches{ActivityConnection: found, Edges: make([]*Match, len(found.Edges))}
	for i, e := range found.Edges {
		out.Edges[i] = &Match{Node: e.Node, Cursor: e.Cursor, Sentence: because(n, e.Node, day)}
	}
	return out
}

// unfinished are the statuses of activities that can still answer a need.
var unfinished = []term.ActivityStatus{term.StatusUnknown, term.Pipeline, term.Implementation, term.Finalisation}

// Answering are the activities that may answer a need: in its State, of its type of assistance, about one of its themes
// where it names any, and not over on a day.
func Answering(ctx context.Context, c *ent.Client, n *ent.Need, day term.Date) (*ent.ActivityQuery, error) {
	q, err := Activities(ctx, c, &ActivityFilter{Themes: n.Themes(), AssistanceTypes: []term.AssistanceType{n.AssistanceType}, Status: unfinished, ActiveFrom: &day})
	if err != nil {
		return nil, err
	}
	return q.Where(func(s *sql.Selector) {
		t := sql.Table("activity_states")
		s.Where(sql.In(s.C("id"), sql.Dialect(s.Dialect()).Select(t.C("activity_id")).From(t).Where(sql.EQ(t.C("state_id"), n.StateID))))
	}), nil
}

// because says in a sentence why an activity may answer a need, as of a day.
func because(n *ent.Need, a *ent.Activity, day term.Date) string {
	when := "Nobody knows yet when it begins"
	switch {
	case a.StartOn == "":
	case a.StartOn.First() <= day && a.Status == term.Pipeline:
		when = fmt.Sprintf("It was to begin in %s and is not known to have begun", a.StartOn)
	case a.StartOn.First() > day:
		when = fmt.Sprintf("It is to begin in %s", a.StartOn)
	default:
		when = fmt.Sprintf("It began in %s and is not known to be over", a.StartOn)
	}
	about := "The need names no theme to compare."
	if shared := sharedThemes(n, a); shared != "" {
		about = "Both are about " + shared + "."
	}
	return fmt.Sprintf("%s: in the same State, with the same type of assistance. %s", when, about)
}

// sharedThemes names the themes that both are about; "" where the need has none.
func sharedThemes(n *ent.Need, a *ent.Activity) string {
	words := map[term.Theme]string{term.Smuggling: "the smuggling of migrants", term.Trafficking: "trafficking in persons"}
	out := ""
	for _, t := range n.Themes() {
		for _, other := range a.Themes() {
			switch {
			case t != other:
			case out == "":
				out = words[t]
			default:
				out += " and " + words[t]
			}
		}
	}
	return out
}
