package edition

import (
	"context"
	"fmt"

	"adam/internal/term"
)

// ReleaseCount counts the changed records of one kind: by what was done to them, and by who comes to see them.
type ReleaseCount struct {
	Kind                                         term.RecordKind
	Created, Changed, Withdrawn, Restored        int
	BecomesPublic, BecomesMembers, BecomesHidden int
}

// TotalCount is how many records are on all pages.
func (u *Unreleased) TotalCount() (n int, err error) {
	counts, err := u.counts()
	for _, c := range counts {
		n += c.Created + c.Changed + c.Withdrawn + c.Restored
	}
	return n, err
}

// Counts counts all of them, by the kind of record.
func (u *Unreleased) Counts() ([]*ReleaseCount, error) { return u.counts() }

func (u *Unreleased) count(ctx context.Context) ([]*ReleaseCount, error) {
	rows, err := u.data.QueryContext(ctx, u.sql+fmt.Sprintf("SELECT %[1]s, what, becomes, count(*) FROM ranked GROUP BY %[1]s, what, becomes", kindOf("id")))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[term.Kind]*ReleaseCount{}
	for rows.Next() {
		var what string
		var kind, becomes, n int
		if err := rows.Scan(&kind, &what, &becomes, &n); err != nil {
			return nil, err
		}
		k := term.Kind(kind)
		if all[k] == nil {
			all[k] = &ReleaseCount{}
		}
		all[k].add(term.HistoryAction(what), becoming(becomes), n)
	}
	out := []*ReleaseCount{}
	for _, k := range term.RecordKind("").Values() {
		if c := all[term.RecordKind(k).Kind()]; c != nil {
			c.Kind = term.RecordKind(k)
			out = append(out, c)
		}
	}
	return out, rows.Err()
}

func (c *ReleaseCount) add(what term.HistoryAction, becomes term.Becoming, n int) {
	*map[term.HistoryAction]*int{term.ActionCreated: &c.Created, term.ActionUpdated: &c.Changed, term.ActionWithdrawn: &c.Withdrawn,
		term.ActionRestored: &c.Restored}[what] += n
	if to := map[term.Becoming]*int{term.BecomesPublic: &c.BecomesPublic, term.BecomesMembers: &c.BecomesMembers, term.BecomesHidden: &c.BecomesHidden}[becomes]; to != nil {
		*to += n
	}
}
