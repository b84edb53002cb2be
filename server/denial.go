package server

import (
	"log/slog"
	"net/http"

	"adam/internal/access"
)

// watched keeps in the log that somebody whose account is known was refused: by the authoriser or by what is behind it.
// The log tells the route, never the address, which may hold what nobody else should know. GraphQL logs its own refusals.
func (d *Doors) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := recorderOf(w)
		next.ServeHTTP(rec, r)
		if rec.sent() != http.StatusForbidden || access.From(r.Context()).Person == 0 {
			return
		}
		if err := d.Keeper.Denied(r.Context(), r.Method+" "+exchangeOf(r.Context()).route); err != nil {
			Logger(r.Context()).Error("a refusal could not be logged", slog.Any("error", err))
		}
	})
}
