package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adam/internal/fault"
)

// internalSentence is all that anybody learns of an error that nobody gave a sentence.
const internalSentence = "Something went wrong on our side. Try again; if it happens again, tell us when it was and the request's number."

// kinds is the closed set of codes that may leave the program.
var kinds = []fault.Kind{fault.Unauthenticated, fault.Forbidden, fault.NotFound, fault.Invalid, fault.Conflict,
	fault.TooMany, fault.Limit, fault.Internal}

type requestIDKey struct{}

// WithRequestID puts the number of a request into the context, for the log and for errors of kind INTERNAL.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID is the number of the request; "" where none was given.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// Present gives any error the shape in which it may leave the program: gqlgen's error presenter. What has a fault in
// its chain shows the fault; what the parser, the validator or the reading of inputs found is INVALID or LIMIT, told
// without words of Go; everything else is logged and shown as INTERNAL.
func Present(ctx context.Context, err error) *gqlerror.Error {
	if err == nil {
		return nil
	}
	given, _ := errors.AsType[*gqlerror.Error](err)
	if given == nil {
		given = &gqlerror.Error{Err: err, Message: err.Error()}
	}
	path, input := splitPath(ctx, given.Path)
	shown := &gqlerror.Error{Path: path, Locations: places(ctx, given.Locations), Err: err}
	f := fault.As(err)
	switch {
	case f != nil && f.Kind != fault.Internal:
		describe(shown, f, input)
	case outOfTime(ctx, err):
		describe(shown, tooLong(ctx), "")
	case f != nil:
		record(ctx, f.Sentence, errors.Unwrap(f), path)
		describe(shown, f, "")
		number(ctx, shown)
	default:
		if f = translate(ctx, given, input); f == nil {
			return unexpected(ctx, err, shown)
		}
		describe(shown, f, input)
	}
	return shown
}

// Recover turns a panic into an error of kind INTERNAL, once it is in the log with its stack: gqlgen's recover func.
func Recover(ctx context.Context, v any) error {
	slog.ErrorContext(ctx, "graphql: panic", "panic", fmt.Sprint(v), "request", RequestID(ctx),
		"stack", string(debug.Stack()))
	return fault.New(fault.Internal, internalSentence)
}

// describe writes a fault into an error of the answer. Its fields are those it names, else the input it was met at.
func describe(shown *gqlerror.Error, f *fault.Error, input string) {
	shown.Message = f.Sentence
	shown.Extensions = map[string]any{}
	maps.Copy(shown.Extensions, f.Details)
	shown.Extensions["code"] = string(f.Kind)
	if len(f.Fields) > 0 {
		shown.Extensions["fields"] = f.Fields
	} else if input != "" {
		shown.Extensions["fields"] = []string{input}
	}
}

// translate gives a fault to an error that gqlparser, gqlgen or entgql made; nil where it is none that a person caused.
func translate(ctx context.Context, given *gqlerror.Error, input string) *fault.Error {
	code, _ := given.Extensions["code"].(string)
	switch {
	case code == errcode.ParseFailed:
		return parseFault(ctx, given)
	case code == errcode.ValidationFailed:
		return validationFault(given)
	case code == "INVALID_PAGINATION":
		return fault.New(fault.Invalid, "%s", clip(given.Message))
	case input != "":
		return inputFault(given, input)
	case slices.Contains(kinds, fault.Kind(code)) && code != string(fault.Internal):
		return fault.New(fault.Kind(code), "%s", clip(given.Message))
	}
	return nil
}

// splitPath tells the path of the answer from what gqlgen appends to it while it reads a field's arguments: the input
// path, "" where there is none. Of an error in a variable, which gqlparser gives a path of its own, nothing is left.
func splitPath(ctx context.Context, path ast.Path) (answer ast.Path, input string) {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil {
		if len(path) > 0 && path[0] == ast.PathName("variable") {
			return nil, path[1:].String()
		}
		return path, ""
	}
	field := fc.Path()
	if len(path) > len(field) && slices.Equal(path[:len(field)], field) {
		return field, path[len(field):].String()
	}
	return path, ""
}

// unexpected logs an error that nobody foresaw and shows nothing of it.
func unexpected(ctx context.Context, err error, shown *gqlerror.Error) *gqlerror.Error {
	if errors.Is(ctx.Err(), context.Canceled) {
		slog.DebugContext(ctx, "graphql: the client went away", "error", err, "request", RequestID(ctx))
	} else {
		record(ctx, "unexpected error", err, shown.Path)
	}
	describe(shown, fault.New(fault.Internal, internalSentence), "")
	number(ctx, shown)
	return shown
}

// internal is an error of kind INTERNAL whose cause is in the log already.
func internal(ctx context.Context) *gqlerror.Error {
	shown := &gqlerror.Error{}
	describe(shown, fault.New(fault.Internal, internalSentence), "")
	number(ctx, shown)
	return shown
}

func record(ctx context.Context, what string, cause error, path ast.Path) {
	if cause == nil {
		return // it was logged where it arose, as a panic is
	}
	slog.ErrorContext(ctx, "graphql: "+what, "error", cause, "path", path.String(), "request", RequestID(ctx))
}

// number adds the number under which the log knows more.
func number(ctx context.Context, shown *gqlerror.Error) {
	if id := RequestID(ctx); id != "" {
		shown.Extensions["requestId"] = id
	}
}

// outOfTime says whether the time of the operation ran out. Drivers often report it in their own words, so the context
// is asked too.
func outOfTime(ctx context.Context, err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded)
}

// tooLong is the fault that whoever limited the time gave as the cause, else one without the number of seconds.
func tooLong(ctx context.Context) *fault.Error {
	if f := fault.As(context.Cause(ctx)); f != nil {
		return f
	}
	return fault.New(fault.Limit, "The operation took too long and was stopped: ask for less at once.")
}

// places are where in the document an error arose. Locations that are none are left out (gqlparser writes -1 where it
// does not know), and an error of a field that says nothing arose at the field.
func places(ctx context.Context, given []gqlerror.Location) []gqlerror.Location {
	all := slices.DeleteFunc(slices.Clone(given), func(at gqlerror.Location) bool { return at.Line < 1 })
	if len(all) > 0 {
		return all
	}
	if fc := graphql.GetFieldContext(ctx); fc != nil && fc.Field.Field != nil && fc.Field.Position != nil {
		return []gqlerror.Location{{Line: fc.Field.Position.Line, Column: fc.Field.Position.Column}}
	}
	return nil
}
