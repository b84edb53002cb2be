//go:build !codegen

package rule

import (
	"context"
	"fmt"
	"time"

	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/term"

	entgo "entgo.io/ent"
)

// logged adds the change of a record to the chained log when its transaction commits, so that both are kept or neither.
// Not before: transactions that add to the log follow each other from then on. A loader logs once for all that it loads.
func logged(ctx context.Context, m mutation, id term.ID) error {
	if _, loading := ctx.Value(pendingKey{}).(*pending); loading || ctx.Value(trialKey{}) != nil {
		return nil
	}
	tx, err := m.Tx()
	if err != nil {
		return err
	}
	did := "changed"
	if m.Op().Is(entgo.OpCreate) {
		did = "created"
	}
	audit.AtCommit(ctx, tx, time.Now(), audit.Entry{Kind: term.LogChanged, Person: access.From(ctx).Person, Subject: id, Summary: fmt.Sprintf("%s was %s.", id, did)})
	return nil
}

type trialKey struct{}

// Trial is a context for a change that is taken back before its transaction commits: the log does not hear of it.
func Trial(ctx context.Context) context.Context { return context.WithValue(ctx, trialKey{}, true) }

type suggestionKey struct{}

// Suggestion is a Trial of a record that somebody else will answer for: whoever suggests it need not be the one. What she
// may not see stays unknown to her.
func Suggestion(ctx context.Context) context.Context {
	return context.WithValue(Trial(ctx), suggestionKey{}, true)
}

// suggests says whether a change is taken back and only suggests.
func suggests(ctx context.Context) bool { return ctx.Value(suggestionKey{}) != nil }
