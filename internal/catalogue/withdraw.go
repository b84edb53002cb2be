package catalogue

import (
	"context"
	"strings"
	"unicode/utf8"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/overlap"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Withdraw takes a record out of sight, with a reason. Nothing of it is lost: Restore brings it back.
func Withdraw(ctx context.Context, tx *ent.Tx, kind term.Kind, key string, version int, reason string) (term.ID, error) {
	return setWithdrawn(ctx, tx, kind, key, version, reason, true)
}

// Restore brings a withdrawn record back, with a reason.
func Restore(ctx context.Context, tx *ent.Tx, kind term.Kind, key string, version int, reason string) (term.ID, error) {
	return setWithdrawn(rule.WithWithdrawn(ctx), tx, kind, key, version, reason, false)
}

func setWithdrawn(ctx context.Context, tx *ent.Tx, kind term.Kind, key string, version int, reason string, yes bool) (term.ID, error) {
	s, now, err := toChange(ctx, tx, kind, key, version, reason)
	if err != nil {
		return 0, err
	}
	if s.by != "key" {
		return 0, fault.New(fault.Invalid, "A State cannot be withdrawn or restored: the catalogue has all of them.")
	}
	if now.get("withdrawn") == yes {
		return now.id(), nil
	}
	if !yes {
		if err := notMerged(ctx, tx, now); err != nil {
			return 0, err
		}
	}
	return now.id(), s.touch(rule.WithReason(ctx, strings.TrimSpace(reason)), tx.Client(), now, map[string]any{"withdrawn": yes})
}

// notMerged refuses to bring back a record that was made one with another: its key leads there.
func notMerged(ctx context.Context, tx *ent.Tx, now row) error {
	all, err := tx.Overlap.Query().Where(overlap.DecisionEQ(term.DecidedSame), overlap.HasActivitiesWith(activity.ID(now.id()))).All(operator(ctx))
	for _, o := range all {
		if o.Merge != nil && o.Merge.Other == now.id() {
			return fault.New(fault.Invalid, "This record was made one with another. A coordinator can take that decision back.").At(below(ctx) + ".key")
		}
	}
	return err
}

// toChange finds a record that the viewer may correct, at the version that she read, and wants a reason.
func toChange(ctx context.Context, tx *ent.Tx, kind term.Kind, key string, version int, reason string) (*subject, row, error) {
	s, err := subjectOf(kind)
	if err != nil {
		return nil, row{}, err
	}
	now, err := s.named(ctx, tx.Client(), key)
	if err != nil {
		return nil, row{}, err
	}
	if err := rule.MayCorrect(ctx, tx.Client(), now.id()); err != nil {
		return nil, row{}, err
	}
	if err := reasonable(ctx, reason); err != nil {
		return nil, row{}, err
	}
	if version != now.version() {
		return nil, row{}, conflict(newIntake(ctx, tx.Client(), now), s, nil, now.version())
	}
	return s, now, nil
}

// reasonable wants a reason that history can keep.
func reasonable(ctx context.Context, reason string) error {
	in := newIntake(ctx, nil, row{})
	if v, ok := in.text(in.at("reason"), reason, longText, true); ok && (v == nil || utf8.RuneCountInString(v.(string)) < 3) {
		in.fail(in.at("reason"), "Say why: history keeps the reason.")
	}
	return in.err()
}

// touch changes columns of a record at the version that was read.
func (s *subject) touch(ctx context.Context, c *ent.Client, now row, values map[string]any) error {
	m, builder := s.update(c, now.id())
	if err := set(m, values); err != nil {
		return err
	}
	atVersion(m, now.version())
	return builder.Exec(rule.WithWithdrawn(ctx)) // ent reads the row again, which may be withdrawn now
}

// idIs narrows a query of any type to one row.
func idIs(id term.ID) func(*sql.Selector) { return sql.FieldEQ("id", id) }
