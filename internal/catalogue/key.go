package catalogue

import (
	"context"
	"fmt"
	"strings"

	"adam/ent"
	"adam/ent/oldkey"
	"adam/ent/record"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/term"
)

// tries is how many records of one title get a number before one gets letters.
const tries = 100

// freshKey is the key of a new record: no record of its type has it or had it.
func (s *subject) freshKey(ctx context.Context, c *ent.Client, title string, id term.ID) (string, error) {
	stem := rule.KeyOf(title)
	if stem == "" {
		return strings.Replace(id.String(), "_", "-", 1), nil
	}
	for n := 1; n <= tries; n++ {
		key := stem
		if n > 1 {
			number := fmt.Sprintf("-%d", n)
			key = strings.TrimRight(stem[:min(len(stem), rule.LongKey-len(number))], "-") + number
		}
		free, err := s.free(ctx, c, key, 0)
		if err != nil || free {
			return key, err
		}
	}
	return strings.Replace(id.String(), "_", "-", 1), nil
}

// free says whether a key may be given to a record: whether no other one has it or had it, seen by the viewer or not.
func (s *subject) free(ctx context.Context, c *ent.Client, key string, but term.ID) (bool, error) {
	ctx = operator(ctx)
	taken, err := c.Record.Query().Where(record.KindEQ(s.record), record.Key(key), record.IDNEQ(but)).Exist(ctx)
	if err != nil || taken {
		return false, err
	}
	had, err := c.OldKey.Query().Where(oldkey.KindEQ(s.record), oldkey.Key(key), oldkey.RecordIDNEQ(but)).Exist(ctx)
	return !had, err
}

// KeyNow is the present key of the record that once had a key; "" where there is none that the viewer may see.
func KeyNow(ctx context.Context, c *ent.Client, kind term.Kind, key string) (string, error) {
	s, err := subjectOf(kind)
	if err != nil {
		return "", err
	}
	old, err := c.OldKey.Query().Where(oldkey.KindEQ(s.record), oldkey.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	found, err := references[kind].find(ctx, c, idIs(old.RecordID))
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].name, nil
}

// Rename gives a record another key. The old one leads to it for ever, and no other record takes it.
func Rename(ctx context.Context, tx *ent.Tx, kind term.Kind, key string, version int, newKey, reason string) (term.ID, error) {
	s, now, err := toChange(ctx, tx, kind, key, version, reason)
	if err != nil {
		return 0, err
	}
	if s.by != "key" {
		return 0, fault.New(fault.Invalid, "A State is named by its code, which nobody here changes.")
	}
	if !rule.KeyForm.MatchString(newKey) || len(newKey) > rule.LongKey {
		return 0, fault.New(fault.Invalid, "%q cannot be a key. Write small letters, digits and single hyphens between them, at most %d, such as un-act-2014.", term.Clip(newKey), rule.LongKey).At(below(ctx) + ".newKey")
	}
	c, old := tx.Client(), now.get("key").(string)
	if newKey == old {
		return now.id(), nil
	}
	free, err := s.free(ctx, c, newKey, now.id())
	if err != nil {
		return 0, err
	}
	if !free {
		return 0, fault.New(fault.Invalid, "The key %q is taken, or was another record's and still leads there. Choose another.", newKey).At(below(ctx) + ".newKey")
	}
	if err := s.touch(rule.WithReason(ctx, strings.TrimSpace(reason)), c, now, map[string]any{"key": newKey}); err != nil {
		return 0, err
	}
	if _, err := c.OldKey.Delete().Where(oldkey.KindEQ(s.record), oldkey.Key(newKey)).Exec(ctx); err != nil {
		return 0, err
	}
	return now.id(), c.OldKey.Create().SetRecordID(now.id()).SetKind(s.record).SetKey(old).Exec(ctx)
}
