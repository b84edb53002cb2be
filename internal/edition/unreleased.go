package edition

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"adam/ent"
	"adam/ent/edition"
	"adam/ent/historyentry"
	"adam/ent/logentry"
	"adam/ent/predicate"
	"adam/ent/rule"
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

	data   *ent.Client
	sql    string
	counts func() ([]*ReleaseCount, error) // once, however often it is asked for
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

// ReleasePage says which page of the list is wanted.
type ReleasePage struct {
	After, Before *ent.Cursor
	First, Last   *int
}

// Find finds what is unreleased. data is what the viewer reads, log the working store, whose log tells the order of what
// happened in one second. For the secretariat only: since she sees everything, all of it is read as the program reads,
// without the conditions that would be asked of each of very many rows and hide none.
func Find(ctx context.Context, data, log *ent.Client, p ReleasePage) (*Unreleased, error) {
	if err := MayRelease(ctx); err != nil {
		return nil, err
	}
	ctx = rule.WithWithdrawn(asProgram(ctx)) // what is withdrawn since is one of the things that an edition would show
	seen, err := newestChange(ctx, log)      // before the list: what is changed while it is read was not seen
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
	u.counts = sync.OnceValues(func() ([]*ReleaseCount, error) { return u.count(ctx) })
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
	begun, err := log.LogEntry.Query().Where(logentry.KindEQ(term.LogPublished), logentry.Subject(since.ID)).Order(ent.Asc(logentry.FieldSeq)).First(ctx)
	if err != nil {
		return nil, ent.MaskNotFound(err)
	}
	after := log.LogEntry.Query().Where(logentry.KindEQ(term.LogChanged), logentry.SeqGT(begun.Seq), logentry.SubjectNEQ(0))
	subjects, err := after.Clone().Where(logentry.AtLTE(since.ReleasedAt)).Unique(true).Select(logentry.FieldSubject).Strings(ctx)
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
		changes, err := after.Clone().Where(logentry.Subject(id)).Count(ctx)
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

// newestChange is the number in the log of the newest change of a record; 0 where there is none.
func newestChange(ctx context.Context, log *ent.Client) (int64, error) {
	e, err := log.LogEntry.Query().Where(logentry.KindEQ(term.LogChanged)).Order(ent.Desc(logentry.FieldSeq)).First(asProgram(ctx))
	if err != nil {
		return 0, ent.MaskNotFound(err)
	}
	return e.Seq, nil
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

func becoming(rank int) term.Becoming { return term.Becoming(term.Becoming("").Values()[rank]) }

// fewest is how many records a page has where nobody says.
const fewest = 25

// page reads one page, and whether there is more.
func (u *Unreleased) page(ctx context.Context, p ReleasePage) error {
	query, n, back := "SELECT * FROM ranked p", 0, p.Last != nil
	order, end, beyond := "p.becomes, p.id", p.After, ">"
	switch {
	case back:
		order, end, beyond, n = "p.becomes DESC, p.id DESC", p.Before, "<", *p.Last
	case p.First != nil:
		n = *p.First
	}
	if end != nil {
		query += fmt.Sprintf(" WHERE (p.becomes, p.id) %s (SELECT becomes, id FROM ranked WHERE id = %d)", beyond, end.ID)
	}
	if n == 0 {
		n = fewest
	}
	rows, err := u.data.QueryContext(ctx, fmt.Sprintf(`%s SELECT p.id, r.kind, r.key, r.title, p.what, p.becomes, p.stood, p.stands, p.first
		FROM (%s ORDER BY %s LIMIT %d) p JOIN records r ON r.id = p.id ORDER BY %s`, u.sql, query, order, n+1, order))
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
