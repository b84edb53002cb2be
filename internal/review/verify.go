package review

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"adam/ent"
	"adam/ent/recordverification"
	"adam/ent/reviewitem"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// verify keeps, for every record of a cycle that was confirmed, corrected, added or disputed, that this institution said
// so, and writes the headline of the record.
func (d *Desk) verify(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) error {
	ctx = asProgram(ctx)
	items, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.RecordIDNotNil(),
		reviewitem.StatusIn(term.ItemConfirmed, term.ItemCorrected, term.ItemDisputed)).All(ctx)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(items, 500) {
		var rows []*ent.RecordVerificationCreate
		ids := make([]term.ID, len(part))
		for i, it := range part {
			ids[i] = *it.RecordID
		}
		now, err := Versions(ctx, tx.Client(), ids)
		if err != nil {
			return err
		}
		for _, it := range part {
			status := verdict(it, now[*it.RecordID])
			rows = append(rows, tx.RecordVerification.Create().SetRecordID(*it.RecordID).SetNillableChapterID(cycle.ChapterID).
				SetNillableActorID(cycle.ActorID).SetCycleID(cycle.ID).SetRecordVersion(it.RecordVersion).SetStatus(status).
				SetBy(text(cycle.Verifier)).SetVerifiedOn(cycle.CompletedOn).SetVerifiedUntil(cycle.NextReviewDueOn))
		}
		if err := tx.RecordVerification.CreateBulk(rows...).Exec(ctx); err != nil {
			return err
		}
		if err := headlines(ctx, tx, ids, cycle.CompletedOn); err != nil {
			return err
		}
	}
	return nil
}

// verdict is what an answer says of its record. Who confirmed what was changed since has not verified what stands.
func verdict(it *ent.ReviewItem, now int) term.VerificationStatus {
	switch {
	case it.Status == term.ItemDisputed:
		return term.Disputed
	case it.RecordVersion != now:
		return term.Unverified
	}
	return term.Verified
}

// headlines brings the verification that a record shows first in line with those that institutions have given: disputed
// where one that still counts disputes it, else the newest. Of each institution its last word counts.
func headlines(ctx context.Context, tx *ent.Tx, ids []term.ID, day term.Date) error {
	all, err := tx.RecordVerification.Query().Where(recordverification.RecordIDIn(ids...)).
		Order(recordverification.ByVerifiedOn(), recordverification.ByID()).All(ctx)
	if err != nil {
		return err
	}
	first := map[term.ID]*ent.RecordVerification{}
	for _, v := range newest(all) {
		if v.Status == term.Unverified || v.VerifiedUntil < day {
			continue
		}
		if now := first[v.RecordID]; now == nil || now.Status != term.Disputed || v.Status == term.Disputed {
			first[v.RecordID] = v
		}
	}
	for _, id := range ids {
		if v := first[id]; v != nil {
			if err := headline(ctx, tx, id, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// headline writes past the record's hook: that a record was verified is no change of what it says, so it makes no
// version. It is kept in record_verifications.
func headline(ctx context.Context, tx *ent.Tx, id term.ID, v *ent.RecordVerification) error {
	query, args := sql.Dialect(tx.Client().Dialect()).Update(id.Kind().Table()).Set("verified_status", string(v.Status)).
		Set("verified_by", v.By).Set("verified_on", string(v.VerifiedOn)).Set("verified_until", string(v.VerifiedUntil)).
		Where(sql.EQ("id", int64(id))).Query()
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("verification of %s: %w", id, err)
	}
	return nil
}

// VerificationsOf are what institutions have said of records, the newest of each, by date.
func VerificationsOf(ctx context.Context, c *ent.Client, ids []term.ID) (map[term.ID][]*ent.Verification, error) {
	out := make(map[term.ID][]*ent.Verification, len(ids))
	for _, id := range ids {
		out[id] = []*ent.Verification{}
	}
	all, err := c.RecordVerification.Query().Where(recordverification.RecordIDIn(ids...)).WithChapter().
		Order(recordverification.ByVerifiedOn(), recordverification.ByID()).All(ctx)
	for _, v := range newest(all) {
		said := &ent.Verification{Status: v.Status, By: &ent.Institution{Name: v.By}, On: v.VerifiedOn, Until: v.VerifiedUntil}
		if ch := v.Edges.Chapter; ch != nil {
			said.Zone = ch.TimeZone
		}
		out[v.RecordID] = append(out[v.RecordID], said)
	}
	return out, err
}

// Standing is what a verification is worth at a moment: one older than a year has lapsed, with the end of its last day in
// its zone: that of the chapter that verified, or of the region. It is derived, never stored.
func Standing(v *ent.Verification, now time.Time) (term.VerificationStatus, error) {
	today, err := Today(now, cmp.Or(v.Zone, term.RegionZone))
	if err == nil && v.Status == term.Verified && v.Until < today {
		return term.Lapsed, nil
	}
	return v.Status, err
}

// newest keeps of the verifications of a record, which are sorted by date, the last one of each verifier.
func newest(all []*ent.RecordVerification) []*ent.RecordVerification {
	type who struct{ record, chapter, actor term.ID }
	last := map[who]*ent.RecordVerification{}
	key := func(v *ent.RecordVerification) who {
		w := who{record: v.RecordID}
		if v.ChapterID != nil {
			w.chapter = *v.ChapterID
		}
		if v.ActorID != nil {
			w.actor = *v.ActorID
		}
		return w
	}
	for _, v := range all {
		last[key(v)] = v
	}
	return slices.DeleteFunc(all, func(v *ent.RecordVerification) bool { return last[key(v)] != v })
}

// keyOf is the key of a record that the viewer may see.
func keyOf(ctx context.Context, c *ent.Client, id term.ID) (string, error) {
	rows, err := c.QueryContext(ctx, fmt.Sprintf("SELECT key FROM %s WHERE id = %d", id.Kind().Table(), id))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	return sql.ScanString(rows)
}
