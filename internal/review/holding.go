package review

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/term"
)

// Holding is how many records of each type a chapter has that are about the same.
type Holding struct {
	Theme term.ThemeGroup
	Holdings
}

// ByTheme counts the records of chapters by what they are about, all chapters at once: four rows for each.
func ByTheme(ctx context.Context, c *ent.Client, chapters []term.ID) (map[term.ID][]*Holding, error) {
	out := make(map[term.ID][]*Holding, len(chapters))
	for _, id := range chapters {
		for _, g := range (term.ThemeGroup("")).Values() {
			out[id] = append(out[id], &Holding{Theme: term.ThemeGroup(g)})
		}
	}
	for _, p := range parts {
		query := fmt.Sprintf("SELECT j.chapter_id, t.smuggling, t.trafficking, count(*) FROM %s j JOIN %s t ON j.%s = t.id WHERE j.chapter_id IN (%s)%s GROUP BY j.chapter_id, t.smuggling, t.trafficking",
			p.join, p.table, p.column, list(chapters), p.countable())
		if err := byTheme(ctx, c, query, func(id term.ID, theme term.ThemeGroup, n int) {
			for _, h := range out[id] {
				if h.Theme == theme {
					*p.count(&h.Holdings) += n
				}
			}
		}); err != nil {
			return nil, fmt.Errorf("count %s by theme: %w", p.table, err)
		}
	}
	return out, nil
}

// countable leaves out what its reporter does not allow to be counted (rule 3). Of what chapters hold, only activities have one who could say so.
func (p part) countable() string {
	if p.table == activity.Table {
		return " AND t." + activity.FieldCountable
	}
	return ""
}

func byTheme(ctx context.Context, c *ent.Client, query string, count func(term.ID, term.ThemeGroup, int)) error {
	rows, err := c.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id term.ID
		var smuggling, trafficking term.Significance
		var n int
		if err := rows.Scan(&id, &smuggling, &trafficking, &n); err != nil {
			return err
		}
		count(id, term.GroupOf(smuggling != term.NotTargeted, trafficking != term.NotTargeted), n)
	}
	return rows.Err()
}
