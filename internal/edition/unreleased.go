package edition

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"adam/ent"
	"adam/ent/edition"
	"adam/ent/historyentry"
	"adam/ent/logentry"
	"adam/ent/predicate"
	"adam/ent/rule"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Unreleased is what the working store says and no edition shows yet: the records that were changed since the last one
// was announced, what becomes public first. One page of them is in Edges.
type Unreleased struct {
	Since    *ent.Edition // nil where there is none yet: then everything is unreleased
	Seen     string       // up to where it was looked: Gate wants it back
	Edges    []*ReleaseEdge
	PageInfo ent.PageInfo

	data *ent.Client
	sql  string
}

// ReleaseEdge is one record of a page.
type ReleaseEdge struct {
	Node   *ReleaseChange
	Cursor ent.Cursor
}

// ReleaseChange is what became of a record since the last edition.
type ReleaseChange struct {
	ID            term.ID
	Kind          term.RecordKind
	Key, Title    string
	What          term.HistoryAction // all that was done to it, as one change
	Becomes       term.Becoming
	Before, After *term.Visibility // nil where nobody sees it: it was not there, or is withdrawn
	Changes       []*term.Change

	first int // the version of the first entry since
}

// ReleaseCount counts the changed records of one kind: by what was done to them, and by who comes to see them.
type ReleaseCount struct {
	Kind                                         term.RecordKind
	Created, Changed, Withdrawn, Restored        int
	BecomesPublic, BecomesMembers, BecomesHidden int
}

// ReleasePage says which page of the list is wanted.
type ReleasePage struct {
	After, Before *ent.Cursor
	First, Last   *int
}

// Find finds what is unreleased. data is what the viewer reads, log the working store, whose log tells the order of what
// happened in one second. For the secretariat only.
func Find(ctx context.Context, data, log *ent.Client, p ReleasePage) (*Unreleased, error) {
	if err := MayRelease(ctx); err != nil {
		return nil, err
	}
	ctx = rule.WithWithdrawn(ctx)
	seen, _, err := audit.Head(ctx, log) // before the list: what is changed while it is read was not seen
	if err != nil {
		return nil, err
	}
	u := &Unreleased{Seen: strconv.FormatInt(seen, 10), data: data}
	u.Since, err = data.Edition.Query().Where(edition.StatusNEQ(term.EditionWithdrawn)).Order(ent.Desc(edition.FieldNumber)).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, err
	}
	late, err := latecomers(ctx, data, log, u.Since)
	if err != nil {
		return nil, err
	}
	u.sql = listed(data.Dialect(), u.at(), late)
	if err := u.page(ctx, p); err != nil {
		return nil, err
	}
	return u, u.explain(ctx)
}

func (u *Unreleased) at() term.Instant {
	if u.Since == nil {
		return ""
	}
	return u.Since.ReleasedAt
}

// latecomers gives the records that were changed after an edition was announced although the times of their history do not say
// so: in the same second, by a slow transaction, or by a clock that was set back. The log has the order of what happened.
// With each stands the version of its first change since.
func latecomers(ctx context.Context, data, log *ent.Client, since *ent.Edition) (map[term.ID]int, error) {
	if since == nil {
		return nil, nil
	}
	program := asProgram(ctx)
	begun, err := log.LogEntry.Query().Where(logentry.KindEQ(term.LogPublished), logentry.Subject(since.ID)).Order(ent.Asc(logentry.FieldSeq)).First(program)
	if err != nil {
		return nil, ent.MaskNotFound(err)
	}
	after := log.LogEntry.Query().Where(logentry.KindEQ(term.LogChanged), logentry.SeqGT(begun.Seq), logentry.SubjectNEQ(0))
	subjects, err := after.Clone().Where(logentry.AtLTE(since.ReleasedAt)).Unique(true).Select(logentry.FieldSubject).Strings(program)
	if err != nil {
		return nil, err
	}
	out := map[term.ID]int{}
	for _, s := range subjects {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, err
		}
		id := term.ID(n)
		changes, err := after.Clone().Where(logentry.Subject(id)).Count(program)
		if err != nil {
			return nil, err
		}
		e, err := data.HistoryEntry.Query().Where(historyentry.RecordID(id)).Order(ent.Desc(historyentry.FieldVersion)).Offset(changes - 1).First(ctx)
		if err != nil {
			return nil, err
		}
		out[id] = e.Version
	}
	return out, nil
}

// ChangedAfter counts the records that were changed after an entry of the log. A load of many counts as one.
func ChangedAfter(ctx context.Context, log *ent.Client, seq int64) (int, error) {
	rows, err := log.QueryContext(asProgram(ctx), fmt.Sprintf("SELECT count(DISTINCT subject) FROM log_entries WHERE seq > %d AND kind = '%s'", seq, term.LogChanged))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	return sql.ScanInt(rows)
}

// TotalCount is how many records are on all pages.
func (u *Unreleased) TotalCount(ctx context.Context) (int, error) {
	rows, err := u.data.QueryContext(rule.WithWithdrawn(ctx), u.sql+"SELECT count(*) FROM changed")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	return sql.ScanInt(rows)
}

// Counts counts all of them, by the kind of record.
func (u *Unreleased) Counts(ctx context.Context) ([]*ReleaseCount, error) {
	rows, err := u.data.QueryContext(rule.WithWithdrawn(ctx), u.sql+"SELECT kind, what, becomes, count(*) FROM ranked GROUP BY kind, what, becomes")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[term.RecordKind]*ReleaseCount{}
	for rows.Next() {
		var kind, what string
		var becomes, n int
		if err := rows.Scan(&kind, &what, &becomes, &n); err != nil {
			return nil, err
		}
		k := term.RecordKind(kind)
		if all[k] == nil {
			all[k] = &ReleaseCount{Kind: k}
		}
		all[k].add(term.HistoryAction(what), becoming(becomes), n)
	}
	out := []*ReleaseCount{}
	for _, k := range term.RecordKind("").Values() {
		if c := all[term.RecordKind(k)]; c != nil {
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

func becoming(rank int) term.Becoming { return term.Becoming(term.Becoming("").Values()[rank]) }

// fewest is how many records a page has where nobody says.
const fewest = 25

// page reads one page, and whether there is more.
func (u *Unreleased) page(ctx context.Context, p ReleasePage) error {
	query, n, back := u.sql+"SELECT id, kind, key, title, what, becomes, stood, stands, first FROM ranked", 0, p.Last != nil
	order, end, beyond := "becomes, id", p.After, ">"
	switch {
	case back:
		order, end, beyond, n = "becomes DESC, id DESC", p.Before, "<", *p.Last
	case p.First != nil:
		n = *p.First
	}
	if end != nil {
		query += fmt.Sprintf(" WHERE (becomes, id) %s (SELECT becomes, id FROM ranked WHERE id = %d)", beyond, end.ID)
	}
	if n == 0 {
		n = fewest
	}
	rows, err := u.data.QueryContext(ctx, fmt.Sprintf("%s ORDER BY %s LIMIT %d", query, order, n+1))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		c, stood, stands, rank := &ReleaseChange{}, "", "", 0
		if err := rows.Scan(&c.ID, &c.Kind, &c.Key, &c.Title, &c.What, &rank, &stood, &stands, &c.first); err != nil {
			return err
		}
		c.Becomes, c.Before, c.After = becoming(rank), seenBy(stood), seenBy(stands)
		u.Edges = append(u.Edges, &ReleaseEdge{Node: c, Cursor: ent.Cursor{ID: c.ID}})
	}
	u.cut(n, back, end != nil)
	if err := rows.Err(); err != nil || end == nil || len(u.Edges) > 0 {
		return err
	}
	return u.lists(ctx, end.ID)
}

// lists refuses a cursor whose record is not in the list.
func (u *Unreleased) lists(ctx context.Context, id term.ID) error {
	rows, err := u.data.QueryContext(ctx, fmt.Sprintf("%sSELECT count(*) FROM changed WHERE id = %d", u.sql, id))
	if err != nil {
		return err
	}
	defer rows.Close()
	if n, err := sql.ScanInt(rows); err != nil || n > 0 {
		return err
	}
	return fault.New(fault.Invalid, "This cursor belongs to another list, or its record is not in this one any more. Start without a cursor.")
}

// cut takes the row off that only tells of more.
func (u *Unreleased) cut(n int, back, from bool) {
	more := len(u.Edges) > n
	if more {
		u.Edges = u.Edges[:n]
	}
	u.PageInfo.HasNextPage, u.PageInfo.HasPreviousPage = more, from
	if back {
		slices.Reverse(u.Edges)
		u.PageInfo.HasNextPage, u.PageInfo.HasPreviousPage = from, more
	}
	if len(u.Edges) > 0 {
		u.PageInfo.StartCursor, u.PageInfo.EndCursor = &u.Edges[0].Cursor, &u.Edges[len(u.Edges)-1].Cursor
	}
}

func seenBy(visibility string) *term.Visibility {
	if visibility == "" {
		return nil
	}
	v := term.Visibility(visibility)
	return &v
}

// explain tells field by field what changed in the records of the page. Of a new one all is new.
func (u *Unreleased) explain(ctx context.Context) error {
	var since []predicate.HistoryEntry
	for _, e := range u.Edges {
		e.Node.Changes = []*term.Change{}
		if e.Node.What != term.ActionCreated {
			since = append(since, historyentry.And(historyentry.RecordID(e.Node.ID), historyentry.VersionGTE(e.Node.first)))
		}
	}
	if len(since) == 0 {
		return nil
	}
	entries, err := entriesOf(ctx, u.data.HistoryEntry.Query().Where(historyentry.Or(since...)))
	if err != nil {
		return err
	}
	for _, e := range u.Edges {
		for _, c := range Net(entries[e.Node.ID]) {
			e.Node.Changes = append(e.Node.Changes, &c)
		}
	}
	return nil
}
