package server

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"adam/internal/fault"
)

// recoverBugs turns a panic into an answer that tells the client nothing of the program, and the log everything. Where
// part of an answer is sent already, the connection is cut: a page that ends early must not look whole.
func recoverBugs(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := recorderOf(w)
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			Logger(r.Context()).Error("a request failed because of a bug",
				slog.String("panic", fmt.Sprint(v)), slog.String("stack", string(debug.Stack())))
			if rec.status != 0 {
				panic(http.ErrAbortHandler)
			}
			refuse(rec, r, http.StatusInternalServerError, internalFault(r))
		}()
		next.ServeHTTP(rec, r)
	})
}

// internalFault is what a person may know about a failure that is ours.
func internalFault(r *http.Request) *fault.Error {
	return fault.New(fault.Internal, "ADAM could not answer because of a fault of its own. Try again in a minute; if it "+
		"happens again, tell those who run this site the number %s.", RequestID(r.Context()))
}
