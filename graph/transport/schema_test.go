package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"adam/internal/fault"
)

const sdl = `
type Query {
  hello: String
  "Fails in the way that is asked for."
  fail(how: String): String
  take(version: Int, day: Date, theme: Theme, in: TakeInput): String
}
type Mutation { change: String }
scalar Date
enum Theme { SMUGGLING TRAFFICKING }
input TakeInput { day: Date version: Int! items: [ItemInput!] }
input ItemInput { id: ID! theme: Theme }`

var loadSchema = sync.OnceValue(func() *ast.Schema {
	return gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphql", Input: sdl})
})

// tiny is the least executable schema that the audits and the error paths need, written by hand.
type tiny struct{}

func (tiny) Schema() *ast.Schema { return loadSchema() }

func (tiny) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (tiny) Exec(ctx context.Context) graphql.ResponseHandler {
	return func(ctx context.Context) *graphql.Response {
		op := graphql.GetOperationContext(ctx)
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query"})
		var data bytes.Buffer
		separator := "{"
		for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, nil) {
			data.WriteString(separator)
			graphql.MarshalString(field.Alias).MarshalGQL(&data)
			data.WriteByte(':')
			resolveField(ctx, op, field).MarshalGQL(&data)
			separator = ","
		}
		data.WriteByte('}')
		return &graphql.Response{Data: data.Bytes()}
	}
}

// resolveField does for one field what generated code does: arguments first, then gqlgen's own way of resolving.
func resolveField(ctx context.Context, op *graphql.OperationContext, field graphql.CollectedField) graphql.Marshaler {
	args := field.ArgumentMap(op.Variables)
	begin := func(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
		fc := &graphql.FieldContext{Object: "Query", Field: field}
		ctx = graphql.WithFieldContext(ctx, fc)
		if err := readDay(ctx, args); err != nil {
			op.Error(ctx, err)
			return fc, err
		}
		return fc, nil
	}
	resolve := func(ctx context.Context) (any, error) { return resolve(ctx, field.Name, args) }
	marshal := func(_ context.Context, _ ast.SelectionSet, v string) graphql.Marshaler {
		return graphql.MarshalString(v)
	}
	return graphql.ResolveField(ctx, op, field, begin, resolve, nil, marshal, true, false)
}

// readDay reads the argument day as the unmarshaler of a scalar would: "gqlgen" stands for one of gqlgen's own.
func readDay(ctx context.Context, args map[string]any) error {
	_, err := graphql.ProcessArgField(ctx, args, "day", func(ctx context.Context, v any) (string, error) {
		switch v {
		case nil, "2009-05-17":
			return "", nil
		case "gqlgen":
			return "", graphql.ErrorOnPath(ctx, fmt.Errorf("%T is not a string", v))
		}
		return "", graphql.ErrorOnPath(ctx, fault.New(fault.Invalid, "A date is written 2009-05-17."))
	})
	return err
}

func resolve(ctx context.Context, name string, args map[string]any) (any, error) {
	switch name {
	case "__typename":
		return "Query", nil
	case "__type": // no type has the names that the audits ask for
		return nil, nil
	case "hello", "take":
		return "<Sa>wasdee & \u2028", nil
	}
	switch args["how"] {
	case "fault":
		return nil, fmt.Errorf("saving: %w", fault.New(fault.Conflict, "Somebody else changed this record: read it again.").
			At("input.version").Because(errors.New("secret cause")))
	case "details":
		f := fault.New(fault.Conflict, "Somebody else changed it.")
		f.Details = map[string]any{"mine": 3, "theirs": 4, "code": "FORGED"}
		return nil, f
	case "unencodable":
		f := fault.New(fault.Conflict, "Somebody else changed it.")
		f.Details = map[string]any{"mine": make(chan int)}
		return nil, f
	case "panic":
		panic("secret panic")
	case "slow":
		<-ctx.Done()
		return nil, errors.New("interrupted (9)") // SQLite's words for it
	}
	return nil, errors.New(`pq: relation "secret" does not exist`)
}

// serveTiny starts the handler on loopback.
func serveTiny(t testing.TB) *httptest.Server {
	server := httptest.NewServer(New(tiny{}))
	t.Cleanup(server.Close)
	return server
}
