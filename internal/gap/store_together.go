package gap

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"adam/ent"
	"adam/ent/coordinationmechanism"
	"adam/ent/mechanismmember"
	"adam/ent/predicate"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// aboutTheme narrows mechanisms to those about the theme.
func (a *analysis) aboutTheme() predicate.CoordinationMechanism {
	return predicate.CoordinationMechanism(sql.FieldNEQ(a.column(), string(term.NotTargeted)))
}

func (a *analysis) mechanisms(ctx context.Context) error {
	found, err := a.c.CoordinationMechanism.Query().Where(coordinationmechanism.StateIDIn(a.states...),
		coordinationmechanism.LevelEQ(term.LevelNational), a.aboutTheme()).All(ctx)
	for _, m := range found {
		a.rows[*m.StateID].Mechanism.add(m)
	}
	return err
}

// memberships counts the mechanisms of several States under each State that is a member of them today, once.
func (a *analysis) memberships(ctx context.Context) error {
	found, err := a.c.MechanismMember.Query().Where(mechanismmember.StateIDIn(a.states...),
		mechanismmember.HasMechanismWith(coordinationmechanism.LevelNEQ(term.LevelNational), a.aboutTheme())).WithMechanism().All(ctx)
	counted := map[[2]term.ID]bool{}
	for _, m := range found {
		at := [2]term.ID{*m.StateID, m.MechanismID}
		since, until := m.Since == "" || m.Since.First() <= a.day, m.Until == "" || m.Until.Last() >= a.day
		if since && until && !counted[at] {
			counted[at] = true
			a.rows[*m.StateID].Mechanism.add(m.Edges.Mechanism)
		}
	}
	return err
}

func (m *Mechanisms) add(one *ent.CoordinationMechanism) {
	switch {
	case one.Status == term.MechanismUnclear && one.Level == term.LevelNational:
		m.UnclearNational++
	case one.Status == term.MechanismUnclear:
		m.UnclearRegional++
	case one.Status != term.MechanismActive:
	case one.Level == term.LevelNational:
		m.National++
	default:
		m.Regional++
	}
}

// activities counts what activities on the theme give in each State. A cancelled one gives nothing. They are counted by
// the database: there may be many.
func (a *analysis) activities(ctx context.Context) error {
	ids := make([]string, len(a.states))
	for i, id := range a.states {
		ids[i] = strconv.FormatInt(int64(id), 10)
	}
	rows, err := a.c.QueryContext(ctx, fmt.Sprintf(`SELECT s.state_id, t.assistance_types, count(*),
		sum(CASE WHEN t.verified_status = 'VERIFIED' AND t.verified_until >= $1 THEN 1 ELSE 0 END)
		FROM activity_states s JOIN activities t ON t.id = s.activity_id
		WHERE s.state_id IN (%s) AND t.%s <> 'NOT_TARGETED' AND t.status <> 'CANCELLED' AND t.countable AND NOT t.withdrawn
		GROUP BY s.state_id, t.assistance_types`, strings.Join(ids, ", "), a.column()), string(a.day))
	if err != nil {
		return err
	}
	defer rows.Close()
	given := map[term.ID]map[term.AssistanceType]int{}
	for rows.Next() {
		if err := a.activity(rows, given); err != nil {
			return err
		}
	}
	for id, r := range a.rows {
		for _, t := range term.AssistanceType("").Values() {
			r.Assistance = append(r.Assistance, &Assistance{term.AssistanceType(t), given[id][term.AssistanceType(t)]})
		}
	}
	return rows.Err()
}

// activity takes in how many activities of one State give the same types.
func (a *analysis) activity(row interface{ Scan(...any) error }, given map[term.ID]map[term.AssistanceType]int) error {
	var id term.ID
	var stored []byte
	var n, verified int
	if err := row.Scan(&id, &stored, &n, &verified); err != nil {
		return err
	}
	var types []term.AssistanceType
	if err := json.Unmarshal(stored, &types); err != nil {
		return fmt.Errorf("the assistance types of an activity: %w", err)
	}
	of := &a.rows[id].Activities
	of.Total, of.Verified = of.Total+n, of.Verified+verified
	if len(types) == 0 {
		of.WithoutType += n
	}
	if given[id] == nil {
		given[id] = map[term.AssistanceType]int{}
	}
	for _, t := range types {
		given[id][t] += n
	}
	return nil
}
