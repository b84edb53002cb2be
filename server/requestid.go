package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
)

// requestIDHeader carries the number of a request in both directions.
const requestIDHeader = "X-Request-Id"

// wellFormedID keeps a number that a proxy sends harmless in logs and headers, and long enough to be one.
var wellFormedID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$`)

// identify opens the exchange and gives the request its number. A number from anyone but a trusted proxy is not
// believed: a client that chooses it could make its requests look like another's in the log.
func identify(trusted proxies, logger *slog.Logger) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ex := &exchange{client: peerOf(r), route: unmatched, logger: logger}
			if sent := r.Header.Get(requestIDHeader); trusted.has(ex.client) && wellFormedID.MatchString(sent) {
				ex.id = sent
			} else {
				ex.id = rand.Text()
			}
			r.Header.Del(requestIDHeader) // RequestID is the one way to it
			w.Header().Set(requestIDHeader, ex.id)
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), exchangeKey{}, ex)))
		})
	}
}
