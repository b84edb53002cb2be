package graph

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"adam/graph/cursor"
	"adam/graph/limit"
	"adam/graph/transport"
	"adam/internal/funding"
	"adam/internal/overlap"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/search"
	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/formatter"
)

// Handler answers GraphQL requests with what the context's client may see. Mutations write in the store of k;
// where k is nil the server only reads. baseURL is the address that people use, for links in letters. more set what the
// resolvers use besides, such as books that somebody prepares.
func Handler(now func() time.Time, k *people.Keeper, baseURL string, more ...func(*Resolver)) http.Handler {
	root := &Resolver{Now: now, People: k}
	if k != nil {
		root.Store, root.Desk = k.Store, &review.Desk{People: k, BaseURL: baseURL, Now: now}
		root.Overlaps = overlap.NewWatch(k.Store.Client, now)
		root.Books = funding.NewBooks(k.Store.Client, now)
	}
	for _, set := range more {
		set(root)
	}
	for _, set := range more {
		set(root)
	}
	schema := NewExecutableSchema(Config{Resolvers: root})
	srv := transport.New(schema)
	limit.Use(srv, limit.Standard)
	srv.Use(texts{})
	srv.Use(cursor.Check{})
	srv.Use(newCollector(schema.Schema()))
	srv.AroundOperations(root.withLoaders)
	srv.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		if day, err := review.Today(now(), term.RegionZone); err == nil { // else the filters ask the clock themselves
			ctx = search.On(ctx, day)
		}
		return next(ctx)
	})
	srv.AroundOperations(keepFigures)
	srv.AroundRootFields(admission(root))
	return srv
}

// SDL is the whole schema as text, for programmers and their tools.
func SDL() string {
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(NewExecutableSchema(Config{Resolvers: &Resolver{}}).Schema())
	return b.String()
}
