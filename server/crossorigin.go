package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/rs/cors"

	"adam/internal/fault"
)

// foreignPage is for a person whose browser was sent here by a page of another site.
var foreignPage = fault.New(fault.Forbidden, "This request was sent by a page of another site, so it was refused and "+
	"nothing was changed. Open this site in your browser and repeat the step there; a program should use a token and "+
	"send no Origin header.")

// isShared says whether pages of configured origins may reach a path.
func isShared(path string) bool {
	return path == "/graphql" || path == "/schema.graphql" || path == "/data" || strings.HasPrefix(path, "/data/")
}

// protect refuses what a browser sends for a page of another site. Configured origins are trusted on the shared paths
// alone: trusted everywhere, they could post the forms of whoever is signed in.
func protect(own string, origins []string) (middleware, error) {
	strict, err := protection(own)
	if err != nil {
		return nil, err
	}
	shared, err := protection(append([]string{own}, origins...)...)
	if err != nil {
		return nil, err
	}
	return func(next http.Handler) http.Handler {
		strictly, widely := strict.Handler(next), shared.Handler(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if isShared(r.URL.Path) {
				widely.ServeHTTP(w, r)
				return
			}
			strictly.ServeHTTP(w, r)
		})
	}, nil
}

// protection trusts our own origin by name too: behind a proxy the Host header may differ from it.
func protection(trusted ...string) (*http.CrossOriginProtection, error) {
	p := http.NewCrossOriginProtection()
	for _, origin := range trusted {
		if err := p.AddTrustedOrigin(origin); err != nil {
			return nil, fault.New(fault.Invalid, "%q is not the origin of a site: write it as https://adam.example.org.",
				origin).Because(err)
		}
	}
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, r, http.StatusForbidden, foreignPage)
	}))
	return p, nil
}

// share answers CORS on the shared paths for the configured origins. With none it does nothing: rs/cors would take an
// empty list for "everyone".
func share(own string, origins []string) middleware {
	if len(origins) == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	c := cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Range"},
		ExposedHeaders: []string{"Content-Disposition", "Content-Range", "ETag", "Retry-After", requestIDHeader},
		MaxAge:         600,
	})
	return func(next http.Handler) http.Handler {
		answering := c.Handler(withoutSession(own, origins, next))
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if isShared(r.URL.Path) {
				answering.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// withoutSession drops the cookies of a request from a configured origin: its page speaks for itself or with a token,
// never as whoever is signed in here.
func withoutSession(own string, origins []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if origin := r.Header.Get("Origin"); origin != own && slices.Contains(origins, origin) {
			r.Header.Del("Cookie")
		}
		next.ServeHTTP(w, r)
	})
}
