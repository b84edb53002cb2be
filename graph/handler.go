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
	srv := transport.New(NewExecutableSchema(Config{Resolvers: &Resolver{Now: now}}))
	limit.Use(srv, limit.Standard)
	srv.Use(cursor.Check{})
	srv.AroundOperations(withLoaders)
	return srv
}

// SDL is the whole schema as text, for programmers and their tools.
func SDL() string {
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(NewExecutableSchema(Config{Resolvers: &Resolver{}}).Schema())
	return b.String()
}
