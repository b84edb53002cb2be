package graph

import (
	"context"
	"log/slog"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// denied keeps in the log that somebody who has signed in was refused something. What it was about is not told: a viewer
// learns nothing of it either.
func denied(ctx context.Context, st *store.Store, mutation string, err error) {
	v := access.From(ctx)
	if fault.KindOf(err) != fault.Forbidden || v.Person == 0 || st == nil {
		return
	}
	entry := audit.Entry{Kind: term.LogDenied, Person: v.Person, Summary: "The mutation " + mutation + " was refused."}
	err = st.InTx(access.With(ctx, access.Operator("log")), func(ctx context.Context, tx *ent.Tx) error {
		return audit.Append(ctx, tx, time.Now(), entry)
	})
	if err != nil {
		slog.ErrorContext(ctx, "graphql: a denial could not be logged", "error", err)
	}
}
