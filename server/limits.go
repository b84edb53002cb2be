package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"adam/internal/fault"
)

const (
	// graphQLBody is promised: no operation of the interface needs more.
	graphQLBody = 64 << 10
	// defaultBody is for forms and small files; a route that takes larger ones says so.
	defaultBody = 1 << 20
	// headerLimit bounds the header of a request, a long GET query and a session cookie included.
	headerLimit = 32 << 10
)

// limitBody refuses a body above limit: at once where its length is told, else while it is read. A small body of
// unknown length is read before the handler, so that GraphQL too answers with our sentence.
func limitBody(limit int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > limit {
			Answer(w, r, &http.MaxBytesError{Limit: limit})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		if r.ContentLength < 0 && limit <= graphQLBody {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				Answer(w, r, bodyFault(err))
				return
			}
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		}
		next.ServeHTTP(w, r)
	})
}

// bodyFault keeps the error of a body that is too large, which [Answer] knows, and explains any other.
func bodyFault(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return tooLarge
	}
	return fault.New(fault.Invalid, "The request broke off before its end, so nothing was done. Send it again.").
		Because(err)
}

// tooLargeFault names the limit in the unit that people use.
func tooLargeFault(limit int64) *fault.Error {
	size := fmt.Sprintf("%d KB", limit>>10)
	switch {
	case limit >= 1<<20:
		size = fmt.Sprintf("%d MB", limit>>20)
	case limit < 1<<10:
		size = fmt.Sprintf("%d bytes", limit)
	}
	return fault.New(fault.Limit, "The request is larger than the %s accepted here, so nothing was done. Send less at "+
		"once, in several requests if need be.", size)
}

// tooSlowFault is for an answer that its time limit ended.
func tooSlowFault() *fault.Error {
	return fault.New(fault.Limit, "The answer took too long and was given up. Ask for less at once, for example fewer "+
		"records or a narrower filter, or try again later.")
}

// limitTime ends the context of a request after limit. A handler that returns without an answer then gets one; one that
// ignores its context meets the write deadline of the connection. A limit above the usual one moves that deadline.
func limitTime(limit time.Duration, usual Timeouts, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if limit > usual.Request {
			end := time.Now().Add(limit)
			conn := http.NewResponseController(w)
			_ = conn.SetReadDeadline(end) // not every writer of a test has deadlines; without one the default stands
			_ = conn.SetWriteDeadline(end.Add(usual.Write - usual.Request))
		}
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		rec := recorderOf(w)
		r = r.WithContext(ctx)
		next.ServeHTTP(rec, r)
		if rec.status == 0 && errors.Is(ctx.Err(), context.DeadlineExceeded) {
			Answer(rec, r, ctx.Err())
		}
	})
}

// removeFiles takes away what a form with files left on the disk. It stands next to the handler: net/http removes the
// files of its own copy of the request only.
func removeFiles(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if r.MultipartForm != nil {
				_ = r.MultipartForm.RemoveAll()
			}
		}()
		next.ServeHTTP(w, r)
	})
}
