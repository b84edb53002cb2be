// Package fault holds the one shape of an error that may reach a person: a kind for programs and a sentence that
// says what is wrong, where, and what to do. What caused it stays wrapped for us and is never shown.
package fault

import (
	"errors"
	"fmt"
)

// Kind is the code a program acts on. The set is closed: interface.md, extensions.code.
type Kind string

// The kinds, as `extensions.code` spells them.
const (
	Unauthenticated Kind = "UNAUTHENTICATED"
	Forbidden       Kind = "FORBIDDEN"
	NotFound        Kind = "NOT_FOUND"
	Invalid         Kind = "INVALID"
	Conflict        Kind = "CONFLICT"
	TooMany         Kind = "TOO_MANY"
	Limit           Kind = "LIMIT"
	Internal        Kind = "INTERNAL"
)

// Error is a failure that may be shown. Sentence must hold nothing of SQL, Go or paths of the server.
type Error struct {
	Kind     Kind
	Sentence string
	Fields   []string       // input paths, such as "input.startOn"
	Details  map[string]any // both values of a CONFLICT and the like; nil where there is none
	cause    error
}

// Error gives the sentence alone, so that printing a fault by accident reveals nothing.
func (e *Error) Error() string { return e.Sentence }

// Unwrap gives the cause, for logs and errors.Is.
func (e *Error) Unwrap() error { return e.cause }

// At names the input paths that are wrong and returns e.
func (e *Error) At(fields ...string) *Error {
	e.Fields = append(e.Fields, fields...)
	return e
}

// Because keeps the cause for the log and returns e.
func (e *Error) Because(err error) *Error {
	e.cause = err
	return e
}

// New makes a fault of a kind with a sentence.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Sentence: fmt.Sprintf(format, args...)}
}

// As finds the fault in a chain of errors; nil where there is none.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// KindOf is the kind of any error: Internal where nobody gave it one.
func KindOf(err error) Kind {
	if e := As(err); e != nil {
		return e.Kind
	}
	return Internal
}
