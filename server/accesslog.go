package server

import (
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// shownPathLimit keeps a line of the log short whatever a client asks for.
const shownPathLimit = 256

// logAccess writes one line for each request. It never holds a query string, a header or a body: links of invitation,
// tokens and searches for persons stand there.
func logAccess(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, rec, aborted := time.Now(), recorderOf(w), true
		defer func() { // also when a panic passes through
			ex := exchangeOf(r.Context())
			attrs := []slog.Attr{
				slog.String("method", r.Method),
				slog.String("path", shownPath(ex.route, r.URL.Path)),
				slog.Int("status", rec.sent()),
				slog.Int64("bytes", rec.bytes),
				slog.Float64("duration_ms", float64(time.Since(start).Microseconds())/1000),
				slog.String("request_id", ex.id),
				slog.String("client", ex.client.String()),
			}
			if aborted {
				attrs = append(attrs, slog.Bool("aborted", true))
			}
			ex.logger.LogAttrs(r.Context(), accessLevel(r.URL.Path, rec.sent()), "request", attrs...)
		}()
		next.ServeHTTP(rec, r)
		aborted = false
	})
}

// accessLevel hides the probes of a healthy server and lifts what an operator must see.
func accessLevel(path string, status int) slog.Level {
	switch {
	case status >= 500:
		return slog.LevelError
	case path == "/healthz" || path == "/readyz":
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}

// shownPath is the path as the log may hold it: of a route that carries a secret in its path, only the pattern.
func shownPath(route, path string) string {
	if strings.Contains(route, "{token}") || strings.Contains(route, "{secret}") {
		return route
	}
	if len(path) > shownPathLimit {
		return strings.ToValidUTF8(path[:shownPathLimit], "") + "…"
	}
	return path
}
