package audit

import (
	"context"
	"fmt"
	"math"

	"adam/ent"
	"adam/ent/logdetail"
	"adam/ent/logentry"
	"adam/internal/term"
)

// page is how many entries are looked at together.
const page = 1000

// Report is what Verify found. Where the log is broken it tells of the entries before the break only.
type Report struct {
	Entries int64  // that follow each other from the first and are as they were written
	Head    string // the hash of the last of them; 64 zeros where there is none
	Erased  int64  // those of them whose detail is gone
	Broken  *Break // nil where the log is whole
}

// Break is the first place where the log is not as it was written.
type Break struct {
	Seq      int64  // the number of the entry that was changed, that is missing, or that does not follow the one before
	Sentence string // what is wrong with it, for a person
}

// Verify reads the whole log from the first entry, in memory that does not grow with it, and names the first that is
// missing, that was changed, that does not follow the one before, or whose detail is not the one written with it. A
// detail that is gone counts as erased. Entries may be appended meanwhile. For the operator: it asks nobody's rights.
//
// The chain alone cannot show that its last entries were taken away, or that somebody who knows this program wrote all
// entries from some point on anew with new hashes. Both take away a head that the log had: compare the daily printed
// heads (Daily), kept where nobody can write who can write to the database, with Holds. The report gives the present head.
func Verify(ctx context.Context, c *ent.Client) (*Report, error) {
	ctx = operator(ctx)
	r := &Report{Head: origin}
	var last term.ID
	for {
		links, err := nextLinks(ctx, c, r.Entries, last)
		if err != nil {
			return nil, fmt.Errorf("verify the log: %w", err)
		}
		if len(links) == 0 {
			return r, nil
		}
		details, err := detailsOf(ctx, c, links)
		if err != nil {
			return nil, fmt.Errorf("verify the log: %w", err)
		}
		for _, l := range links {
			if r.add(l, details[l.ID]); r.Broken != nil {
				return r, nil
			}
		}
		last = links[len(links)-1].ID
	}
}

// add follows the chain to its next entry.
func (r *Report) add(l link, details []detail) {
	seq := r.Entries + 1
	if s := l.broken(seq, r.Head, details); s != "" {
		r.Broken = &Break{Seq: seq, Sentence: s}
		return
	}
	r.Entries, r.Head = seq, l.Hash
	if l.DetailHash != "" && len(details) == 0 {
		r.Erased++
	}
}

// nextLinks loads the entries that stand after one of a number and an id. Before the first, where seq is 0, it takes
// numbers below 1 too: nobody shall hide an entry there. Ids are compared for the same reason: without the index that
// forbids it, a second entry of a number could stand where one page ends.
func nextLinks(ctx context.Context, c *ent.Client, seq int64, id term.ID) ([]link, error) {
	if seq == 0 {
		seq, id = math.MinInt64, math.MinInt64
	}
	var links []link
	err := c.LogEntry.Query().
		Where(logentry.SeqGTE(seq), logentry.Or(logentry.SeqGT(seq), logentry.IDGT(id))).
		Order(logentry.BySeq(), logentry.ByID()).Limit(page).
		Select(logentry.FieldID, logentry.FieldSeq, logentry.FieldAt, logentry.FieldKind, logentry.FieldPerson, logentry.FieldSubject,
			logentry.FieldSummary, logentry.FieldDetailHash, logentry.FieldPrevious, logentry.FieldHash).Scan(ctx, &links)
	return links, err
}

// detailsOf loads what hangs on the entries, by their ids.
func detailsOf(ctx context.Context, c *ent.Client, links []link) (map[term.ID][]detail, error) {
	ids := make([]term.ID, len(links))
	for i, l := range links {
		ids[i] = l.ID
	}
	var details []detail
	err := c.LogDetail.Query().Where(logdetail.EntryIDIn(ids...)).
		Select(logdetail.FieldEntryID, logdetail.FieldPerson, logdetail.FieldSalt, logdetail.FieldText).Scan(ctx, &details)
	if err != nil {
		return nil, err
	}
	of := make(map[term.ID][]detail, len(details))
	for _, d := range details {
		of[d.EntryID] = append(of[d.EntryID], d)
	}
	return of, nil
}
