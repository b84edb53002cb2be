package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
)

// unmatched is the route of a request that no pattern matches: one label for all, however many paths are probed.
const unmatched = "unmatched"

// exchange is what the middleware learns about one request. One pointer in the context, filled from the outside in and
// only by the goroutine that serves the request, spares a copy of the request for each fact.
type exchange struct {
	id     string
	client netip.Addr
	route  string // a pattern without its method, or unmatched
	logger *slog.Logger
}

type exchangeKey struct{}

// lost stands in where a context never passed the middleware, so that helpers work in any test.
var lost = exchange{route: unmatched, logger: slog.New(slog.DiscardHandler)}

func exchangeOf(ctx context.Context) *exchange {
	if ex, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return ex
	}
	ex := lost
	return &ex
}

// RequestID is the number of the request, as the client sees it in X-Request-Id; "" outside a request.
func RequestID(ctx context.Context) string { return exchangeOf(ctx).id }

// ClientAddr is the address of the client, behind trusted proxies the one they tell; invalid outside a request.
func ClientAddr(ctx context.Context) netip.Addr { return exchangeOf(ctx).client }

// Logger is the server's logger with the number of the request; it discards outside a request.
func Logger(ctx context.Context) *slog.Logger {
	ex := exchangeOf(ctx)
	return ex.logger.With(slog.String("request_id", ex.id))
}

// middleware wraps a handler; chain puts the first of them outermost.
type middleware func(http.Handler) http.Handler

func chain(h http.Handler, outermostFirst ...middleware) http.Handler {
	for i := len(outermostFirst) - 1; i >= 0; i-- {
		h = outermostFirst[i](h)
	}
	return h
}
