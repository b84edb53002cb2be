package overlap

import (
	"context"

	"adam/ent"
	"adam/ent/activity"
	actors "adam/ent/actor"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"
)

// actorsMark tells whether some actor has changed, whose names an index was made with.
type actorsMark struct {
	last  term.Instant
	count int
}

// look lists the activities that have changed since the last time, whoever sees them, and remembers what it has seen. It
// tells, too, how the actors are now.
func (n *watched) look(ctx context.Context, c *ent.Client) (changed []term.ID, actors actorsMark, err error) {
	all := rule.WithWithdrawn(access.With(ctx, access.Operator("Overlaps")))
	if actors, err = markOf(all, c); err != nil {
		return nil, actors, err
	}
	since := term.Instant("")
	if n.upTo != "" {
		since = term.InstantOf(n.upTo.Time().Add(-margin))
	}
	var rows []struct {
		ID        term.ID      `sql:"id"`
		Version   int          `sql:"version"`
		UpdatedAt term.Instant `sql:"updated_at"`
	}
	err = c.Activity.Query().Where(activity.UpdatedAtGTE(since)).Order(ent.Asc(activity.FieldUpdatedAt, activity.FieldID)).
		Select(activity.FieldID, activity.FieldVersion, activity.FieldUpdatedAt).Scan(all, &rows)
	at := map[term.ID]int{}
	for _, r := range rows {
		if version, known := n.at[r.ID]; !known || version != r.Version {
			changed = append(changed, r.ID)
		}
		n.upTo = max(n.upTo, r.UpdatedAt)
	}
	recent := term.Instant("")
	if n.upTo != "" {
		recent = term.InstantOf(n.upTo.Time().Add(-margin))
	}
	for _, r := range rows {
		if r.UpdatedAt >= recent {
			at[r.ID] = r.Version
		}
	}
	n.at = at
	return changed, actors, err
}

// markOf looks at the last change of an actor, and at how many came shortly before: one may have been kept later than it says.
func markOf(ctx context.Context, c *ent.Client) (m actorsMark, err error) {
	last, err := c.Actor.Query().Order(ent.Desc(actors.FieldUpdatedAt)).Limit(1).Select(actors.FieldUpdatedAt).Strings(ctx)
	if err != nil || len(last) == 0 {
		return m, err
	}
	m.last = term.Instant(last[0])
	before, err := c.Actor.Query().Where(actors.UpdatedAtGTE(term.InstantOf(m.last.Time().Add(-margin)))).Limit(mostMarked).IDs(ctx)
	m.count = len(before)
	return m, err
}

// mostMarked bounds the changes of actors that are counted.
const mostMarked = 1000
