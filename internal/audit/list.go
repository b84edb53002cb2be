package audit

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/logentry"
	"adam/internal/access"
	"adam/internal/fault"
)

// Newest lists entries with their details, newest first: at most so many, of those with a number below before, or of all
// where before is 0. Details that were erased are not there. For administrators and the program; anybody else gets
// FORBIDDEN.
func Newest(ctx context.Context, c *ent.Client, before int64, most int) ([]*ent.LogEntry, error) {
	if v := access.From(ctx); !v.Program && !v.Has(access.Administrator) {
		return nil, fault.New(fault.Forbidden, "The log is for administrators. If you are one, give your second factor first: sign out and in again.")
	}
	q := c.LogEntry.Query().WithDetail().Order(ent.Desc(logentry.FieldSeq)).Limit(most)
	if before > 0 {
		q.Where(logentry.SeqLT(before))
	}
	all, err := q.All(operator(ctx))
	if err != nil {
		return nil, fmt.Errorf("list the log: %w", err)
	}
	return all, nil
}
