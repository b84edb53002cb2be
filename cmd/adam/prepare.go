package main

import (
	"context"
	"log/slog"
	"time"

	"adam/ent/grant"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/funding"
	"adam/internal/people"
	"adam/internal/term"
)

// prepare reads what the public edition says of money before somebody asks: of a large one that takes seconds. Of editions
// that come later the first question does it.
func prepare(ctx context.Context, shelf *edition.Shelf, logger *slog.Logger) {
	open, err := shelf.Current(ctx, access.Public)
	if err != nil {
		return // there is none yet
	}
	defer open.Release()
	if err := funding.Prepare(edition.With(ctx, open), open.Client); err != nil && ctx.Err() == nil {
		logger.WarnContext(ctx, "what the edition says of money could not be read; the first question reads it", "error", err)
	}
}

// kept keeps books of the money in the working store, and begins to read those of a large one; nothing on a server that
// only reads.
func kept(ctx context.Context, k *people.Keeper, logger *slog.Logger) func(*graph.Resolver) {
	if k == nil {
		return func(*graph.Resolver) {}
	}
	books := funding.NewBooks(k.Store.Client, time.Now)
	go prepareBooks(ctx, k, books, logger)
	return func(r *graph.Resolver) { r.Books = books }
}

// prepareBooks reads the money of a large working store, which takes its time, as coordinators and the secretariat see it
// where there are any: they ask about everything.
func prepareBooks(ctx context.Context, k *people.Keeper, books *funding.Books, logger *slog.Logger) {
	for _, role := range []access.Role{access.Coordinator, access.Secretariat} {
		there, err := k.Store.Client.Grant.Query().Where(people.Holds(term.InstantOf(time.Now())), grant.RoleEQ(role)).
			Exist(access.With(ctx, access.Operator("Serve")))
		if err == nil && there {
			err = books.Prepare(access.With(ctx, access.SignedIn(0, "Serve", []access.Grant{{Role: role}})))
		}
		if err != nil && ctx.Err() == nil {
			logger.WarnContext(ctx, "what the catalogue says of money could not be read; the first question reads it", "role", role, "error", err)
		}
	}
}
