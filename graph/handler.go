package graph

import (
	"bytes"
	"net/http"
	"time"

	"adam/graph/cursor"
	"adam/graph/limit"
	"adam/graph/transport"

	"github.com/vektah/gqlparser/v2/formatter"
)

// Handler answers GraphQL requests with what the context's client may see.
func Handler(now func() time.Time) http.Handler {
	schema := NewExecutableSchema(Config{Resolvers: &Resolver{Now: now}})
	srv := transport.New(schema)
	limit.Use(srv, limit.Standard)
	srv.Use(texts{})
	srv.Use(cursor.Check{})
	srv.Use(newCollector(schema.Schema()))
	srv.AroundOperations(withLoaders)
	return srv
}

// SDL is the whole schema as text, for programmers and their tools.
func SDL() string {
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(NewExecutableSchema(Config{Resolvers: &Resolver{}}).Schema())
	return b.String()
}
