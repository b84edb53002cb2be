package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"adam/internal/fault"
)

// Handlers is what the server answers with. What is nil or empty is not mounted and answers 404.
type Handlers struct {
	GraphQL   http.Handler // GET and POST /graphql
	SchemaSDL string       // GET /schema.graphql
	Home      http.Handler // GET /, that path alone
	Data      http.Handler // GET /data/…, with the time of a download and without compression, so that ranges work
	Routes    []Route      // everything else: pages, static files, imports
	// Doors say who is asking, and have the pages for it. Where they are nil, as on a server without a database, everybody
	// is a visitor and a token is refused.
	Doors *Doors
	// Ready returns nil when requests can be answered; a fault's sentence is shown at /readyz.
	Ready func(context.Context) error
}

// Route is one address and what it takes.
type Route struct {
	// Pattern is one of http.ServeMux with its method, such as "GET /states/{code}". GET serves HEAD too. A path that
	// carries a secret names it {token} or {secret}, which keeps it out of the log. Without its method, a pattern is the
	// label in the metrics.
	Pattern string
	Needs   Needs // who may come; there is no default
	Handler http.Handler
	MaxBody int64         // bytes; 0 means 1 MB
	Timeout time.Duration // 0 means Timeouts.Request
	Raw     bool          // not compressed: for what is compressed already or served in ranges
}

// routes are all of this server, with their limits filled in.
func (s *Server) routes() []Route {
	all := []Route{
		{Pattern: "GET /healthz", Needs: Open, Handler: http.HandlerFunc(alive), Raw: true},
		{Pattern: "GET /readyz", Needs: Open, Handler: http.HandlerFunc(s.ready), Raw: true},
	}
	if h := s.handlers.GraphQL; h != nil {
		all = append(all, Route{Pattern: "GET /graphql", Needs: Anyone, Handler: h, MaxBody: graphQLBody},
			Route{Pattern: "POST /graphql", Needs: Anyone, Handler: h, MaxBody: graphQLBody})
	}
	if sdl := s.handlers.SchemaSDL; sdl != "" {
		all = append(all, Route{Pattern: "GET /schema.graphql", Needs: Anyone, Handler: serveSDL(sdl)})
	}
	if h := s.handlers.Home; h != nil {
		all = append(all, Route{Pattern: "GET /{$}", Needs: Anyone, Handler: h})
	}
	if h := s.handlers.Data; h != nil {
		all = append(all, Route{Pattern: "GET /data/", Needs: Anyone, Handler: h, Timeout: s.cfg.Timeouts.Download, Raw: true})
	}
	all = append(all, s.handlers.Routes...)
	if d := s.handlers.Doors; d != nil {
		all = append(all, d.Routes()...)
	}
	for i := range all {
		if all[i].MaxBody == 0 {
			all[i].MaxBody = defaultBody
		}
		if all[i].Timeout == 0 {
			all[i].Timeout = s.cfg.Timeouts.Request
		}
	}
	return all
}

// router matches requests and answers those that match nothing in our own words. Two routes with one pattern, and a
// route that does not say whom it is for, are mistakes of the program and panic.
type router struct{ mux *http.ServeMux }

func newRouter(routes []Route, usual Timeouts, identify middleware) *router {
	mux := http.NewServeMux()
	for _, route := range routes {
		if !route.Needs.known() {
			panic(fmt.Sprintf("server: the route %q needs %q, which is nothing known: say whom it is for", route.Pattern, route.Needs))
		}
		h := removeFiles(route.Handler)
		if !route.Raw {
			h = compress(h)
		}
		h = authorise(route.Needs, h)
		if route.Needs != Open {
			h = identify(h)
		}
		mux.Handle(route.Pattern, limitTime(route.Timeout, usual, limitBody(route.MaxBody, h)))
	}
	return &router{mux: mux}
}

func (rt *router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect { // to ServeMux its target is a pattern, which would be a label without bound
		refuseMethod(w, r, "GET, HEAD, POST")
		return
	}
	found, pattern := rt.mux.Handler(r)
	if pattern == "" {
		refuseUnmatched(w, r, found)
		return
	}
	exchangeOf(r.Context()).route = pattern[strings.IndexByte(pattern, ' ')+1:]
	rt.mux.ServeHTTP(w, r) // again from the start: only so are the wildcards of the path set
}

// refuseUnmatched asks the mux's own answer whether the address or only the method is wrong.
func refuseUnmatched(w http.ResponseWriter, r *http.Request, found http.Handler) {
	probe := &headerOnly{header: http.Header{}}
	found.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		refuseMethod(w, r, probe.header.Get("Allow"))
		return
	}
	refuse(w, r, http.StatusNotFound, fault.New(fault.NotFound, "Nothing is found at this address. Check its spelling, or "+
		"begin at the start page and search there."))
}

func refuseMethod(w http.ResponseWriter, r *http.Request, allow string) {
	w.Header().Set("Allow", allow)
	refuse(w, r, http.StatusMethodNotAllowed, fault.New(fault.Invalid, "This address cannot be used with this method. Use "+
		"%s instead.", strings.ReplaceAll(allow, ", ", " or ")))
}

// headerOnly takes an answer's status and header and drops the rest.
type headerOnly struct {
	header http.Header
	status int
}

func (p *headerOnly) Header() http.Header         { return p.header }
func (p *headerOnly) WriteHeader(status int)      { p.status = status }
func (p *headerOnly) Write(b []byte) (int, error) { return len(b), nil }
