package funding

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/rule"
	"adam/ent/share"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/term"
)

// sighting is what was known of a working store at one moment: enough to say what has changed by the next one, exactly and
// without asking a clock.
type sighting struct {
	marks    marks
	versions map[term.ID]int     // of all activities, whoever sees them; never changed
	actors   []term.ID           // those that the viewer sees
	states   []term.ID           // likewise
	shares   map[term.ID]term.ID // by which something is shared with her, each with what it is
}

// marks are what a look at the store begins with. Versions only grow, and no activity is ever deleted: where neither their
// number nor their sum has changed, no activity has. A line is written with a version of an activity that it pays for.
type marks struct {
	activities, versions, verifications, lines, packages int64
}

func (m *marks) read(ctx context.Context, c *ent.Client) error {
	var n [5]int64
	err := numbers(ctx, c, `SELECT (SELECT count(*) FROM activities), (SELECT CAST(coalesce(sum(version), 0) AS bigint) FROM activities),
		(SELECT count(*) FROM record_verifications), (SELECT count(*) FROM fundings), (SELECT count(*) FROM activity_fundings)`, n[:])
	*m = marks{n[0], n[1], n[2], n[3], n[4]}
	return err
}

// look reads what is known of the store now, and lists the activities whose version has changed since.
func (s sighting) look(ctx context.Context, c *ent.Client) (next sighting, changed []term.ID, err error) {
	next.versions = s.versions
	if err := next.marks.read(asProgram(ctx), c); err != nil {
		return next, nil, err
	}
	if s.versions == nil || next.marks.activities != s.marks.activities || next.marks.versions != s.marks.versions {
		if next.versions, err = versionsOf(asProgram(ctx), c, len(s.versions)); err != nil {
			return next, nil, err
		}
		for id := range differing(s.versions, next.versions) {
			changed = append(changed, id)
		}
	}
	if next.actors, err = c.Actor.Query().Order(actor.ByID()).IDs(ctx); err != nil {
		return next, nil, err
	}
	if next.states, err = c.State.Query().Order(state.ByID()).IDs(ctx); err != nil {
		return next, nil, err
	}
	next.shares, err = sharesWith(asProgram(ctx), c, access.From(ctx))
	return next, changed, err
}

func versionsOf(ctx context.Context, c *ent.Client, about int) (map[term.ID]int, error) {
	rows, err := c.QueryContext(ctx, "SELECT id, version FROM activities")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := make(map[term.ID]int, about)
	for rows.Next() {
		var id term.ID
		var version int
		if err := rows.Scan(&id, &version); err != nil {
			return nil, err
		}
		out[id] = version
	}
	return out, rows.Err()
}

// sharesWith are the shares that let the viewer see more: with an organisation that she reports for, or with a role of
// hers. The secretariat sees everything without.
func sharesWith(ctx context.Context, c *ent.Client, v access.Viewer) (map[term.ID]term.ID, error) {
	out := map[term.ID]term.ID{}
	if v.SeesAll() {
		return out, nil
	}
	roles := make([]access.Role, len(v.Grants))
	for i, g := range v.Grants {
		roles[i] = g.Role
	}
	var rows []struct {
		ID        term.ID `sql:"id"`
		RecordID  term.ID `sql:"record_id"`
		FundingID term.ID `sql:"funding_id"`
	}
	err := c.Share.Query().Where(share.Or(share.ActorIDIn(v.Actors()...), share.RoleIn(roles...))).
		Select(share.FieldID, share.FieldRecordID, share.FieldFundingID).Scan(ctx, &rows)
	for _, r := range rows {
		out[r.ID] = r.RecordID | r.FundingID // one of the two
	}
	return out, err
}

// asProgram is a context that sees rows as they are, withdrawn ones too: only to learn which may have changed.
func asProgram(ctx context.Context) context.Context {
	return rule.WithWithdrawn(access.With(ctx, access.Operator("Ledger of money")))
}

// numbers reads the only row of an answer.
func numbers(ctx context.Context, c *ent.Client, query string, into []int64) error {
	rows, err := c.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	to := make([]any, len(into))
	for i := range into {
		to[i] = &into[i]
	}
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	return rows.Scan(to...)
}

// identifiers are what a query gives that asks for some identifiers in the place of %s, part by part.
func identifiers(ctx context.Context, c *ent.Client, query string, ids []term.ID) (out []term.ID, err error) {
	for part := range slices.Chunk(ids, chunk) {
		texts := make([]string, len(part))
		for i, id := range part {
			texts[i] = strconv.FormatInt(int64(id), 10)
		}
		if err := collect(ctx, c, fmt.Sprintf(query, strings.Join(texts, ", ")), &out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func collect(ctx context.Context, c *ent.Client, query string, out *[]term.ID) error {
	rows, err := c.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id term.ID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		*out = append(*out, id)
	}
	return rows.Err()
}

// differing are the keys that have another value in one of two maps than in the other, or none.
func differing[V comparable](a, b map[term.ID]V) map[term.ID]bool {
	out := map[term.ID]bool{}
	for id, v := range b {
		if was, known := a[id]; !known || was != v {
			out[id] = true
		}
	}
	for id := range a {
		if _, known := b[id]; !known {
			out[id] = true
		}
	}
	return out
}

func setOf(ids []term.ID) map[term.ID]term.ID {
	out := make(map[term.ID]term.ID, len(ids))
	for _, id := range ids {
		out[id] = id
	}
	return out
}
