// Package limit keeps every operation within what the program can answer at once (promises.md): words, depth, aliases,
// records per page, their product, and time. What is too much is refused before anything is read, with code LIMIT and
// a sentence that says what was found, what is allowed, and what to do.
//
// It also makes the page of 25 where none is asked for. entgql reads page sizes out of the document itself, so the
// default is written there, once, before the document is shared: see pages.go.
package limit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adam/internal/fault"
)

// The sizes of a page: interface.md, conventions.
const (
	MaxPage     = 100
	DefaultPage = 25
)

// Limits are what one operation may hold. Every operation of interface.md stays below two thirds of each.
type Limits struct {
	Tokens  int           // words and signs of the document
	Repeats int           // times that one name may stand in the document; comparing fields of a name is quadratic
	Depth   int           // fields within fields; introspection is exempt
	Aliases int           // renamed fields, counted in each place where a fragment is used
	Cost    int           // see extent.cost
	Time    time.Duration // from the first field to the last
}

// Standard are the limits of the public interface. The cost lets two levels of 100 records through, not three.
var Standard = Limits{Tokens: 2_000, Repeats: 250, Depth: 12, Aliases: 20, Cost: 50_000, Time: 5 * time.Second}

// Use puts the limits on a handler: the parser's, the cache of parsed documents, and the extension. No other query
// cache may be set afterwards, or default page sizes would not take effect. It panics where the schema has a
// connection whose page size cannot be asked for.
func Use(srv *handler.Server, limits Limits) {
	cache := &pages{documents: lru.New[*ast.QueryDocument](cachedDocuments)}
	srv.SetParserTokenLimit(limits.Tokens)
	srv.SetQueryCache(cache)
	srv.Use(extension{limits: limits, documents: cache, late: fault.New(fault.Limit,
		"The operation took longer than %g seconds and was stopped: ask for fewer records or fewer levels at once, or "+
			"narrow the filter.", limits.Time.Seconds())})
}

// extension is the part of the limits that gqlgen asks once per operation.
type extension struct {
	limits    Limits
	documents *pages
	late      *fault.Error // what is said when the time is over
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
	graphql.ResponseInterceptor
} = extension{}

// ExtensionName names the extension for gqlgen.
func (extension) ExtensionName() string { return "Limit" }

// Validate refuses a schema with a connection that could return everything.
func (extension) Validate(es graphql.ExecutableSchema) error {
	for _, def := range es.Schema().Types {
		for _, field := range def.Fields {
			if !strings.HasSuffix(field.Type.Name(), "Connection") {
				continue
			}
			if field.Arguments.ForName("first") == nil || field.Arguments.ForName("last") == nil {
				return fmt.Errorf("limit: %s.%s is a connection without the arguments first and last", def.Name, field.Name)
			}
		}
	}
	return nil
}

// MutateOperationParameters looks at a document that was not parsed before, while it is still text.
func (e extension) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if _, known := e.documents.Get(ctx, params.Query); known {
		return nil
	}
	return checkText(params.Query, e.limits)
}

// MutateOperationContext measures the operation that was chosen and completes its page sizes.
func (e extension) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if op.Variables == nil {
		op.Variables = map[string]any{}
	}
	w := walker{vars: op.Variables, fragments: map[*ast.FragmentDefinition]*extent{}}
	size := w.selections(op.Operation.SelectionSet)
	w.directives(op.Operation.Directives)
	if w.err != nil {
		return w.err
	}
	return e.limits.check(size, op.Operation.Position)
}

// InterceptResponse stops the operation when its time is over. Who presents the errors finds the sentence as the
// cause of the context.
func (e extension) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	ctx, cancel := context.WithTimeoutCause(ctx, e.limits.Time, e.late)
	defer cancel()
	return next(ctx)
}

// check compares what was measured with what is allowed.
func (l Limits) check(size extent, at *ast.Position) *gqlerror.Error {
	switch {
	case size.depth > l.Depth:
		return refuse(size.deepest, fault.Limit, "The operation asks for %s levels of fields within fields; at most %d are "+
			"allowed. Ask for the deeper ones in a request of their own.", count(size.depth), l.Depth)
	case size.aliases > l.Aliases:
		return refuse(at, fault.Limit, "The operation renames %s fields by aliases; at most %d are allowed. Split it into "+
			"several requests.", count(size.aliases), l.Aliases)
	case size.lists > maxSchemaLists:
		return refuse(at, fault.Limit, "The question about the schema nests lists of types and fields %s deep; at most %d are "+
			"allowed. Ask for one type at a time by __type.", count(size.lists), maxSchemaLists)
	case size.cost > l.Cost:
		return refuse(at, fault.Limit, "The operation could bring %s values, most of them by %q; at most %s are allowed. Ask "+
			"for smaller pages with first, for fewer fields or for fewer levels.", count(size.cost), size.dearest, count(l.Cost))
	}
	return nil
}

// refuse makes an error at a place in the document; its code stands there for whoever doesn't present faults.
func refuse(at *ast.Position, kind fault.Kind, sentence string, args ...any) *gqlerror.Error {
	f := fault.New(kind, sentence, args...)
	err := &gqlerror.Error{Err: f, Message: f.Sentence, Extensions: map[string]any{"code": string(kind)}}
	if at != nil {
		err.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return err
}
