package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/server/say"
)

// Server answers HTTP until it is told to stop. Make it with [New], start it with [Server.Run], once.
type Server struct {
	// OnListening, where set, is called once requests are accepted, with the address really listened on (its port where
	// the configuration said 0). Set it before Run.
	OnListening func(addr string)

	cfg      Config
	handlers Handlers
	logger   *slog.Logger
	metrics  *metrics
	stopping atomic.Bool
	// onMetrics is called with the address of the metrics.
	onMetrics func(addr string)
}

// New makes a server. What is wrong with cfg is said by [Server.Run], or before by [Config.Validate].
func New(cfg Config, handlers Handlers, logger *slog.Logger) *Server {
	cfg.Timeouts = cfg.Timeouts.filled()
	return &Server{cfg: cfg, handlers: handlers, logger: logger, metrics: newMetrics(cfg.Version)}
}

// Registry is where other parts add their own measurements.
func (s *Server) Registry() prometheus.Registerer { return s.metrics.registry }

// Handler is everything that Run serves, for tests without a network. It fails only for an invalid configuration.
func (s *Server) Handler() (http.Handler, error) {
	if err := s.cfg.Validate(); err != nil {
		return nil, err
	}
	own, trusted := s.cfg.ownOrigin(), proxies(s.cfg.TrustedProxies)
	protected, err := protect(own, s.cfg.CORSOrigins)
	if err != nil {
		return nil, err
	}
	return chain(say.FromPath(newRouter(s.routes(), s.cfg.Timeouts, s.handlers.Doors.Identify)),
		identify(trusted, s.logger), locate(trusted), logAccess, s.metrics.measure, recoverBugs,
		secure(strings.HasPrefix(own, "https:")), protected, share(own, s.cfg.CORSOrigins)), nil
}

// Run listens and serves until ctx ends, then finishes what is under way and returns nil. Its errors are faults: a
// configuration that is wrong, an address that cannot be listened on, requests that had to be cut off at the end.
func (s *Server) Run(ctx context.Context) error {
	handler, err := s.Handler()
	if err != nil {
		return err
	}
	// Requests outlive ctx: they end with the drain. Whoever runs the program is not who asks.
	base, cut := context.WithCancel(access.With(context.WithoutCancel(ctx), access.Anonymous()))
	defer cut()
	failed := make(chan error, 2)
	public, addr, err := s.start(ctx, base, s.cfg.Addr, "--addr", handler, failed)
	if err != nil {
		return err
	}
	defer public.Close()
	if s.cfg.MetricsAddr != "" {
		at := onLoopback(s.cfg.MetricsAddr)
		measured, metricsAddr, err := s.start(ctx, base, at, "--metrics-addr", s.metrics.handler(), failed)
		if err != nil {
			return err
		}
		defer measured.Close() // last of all, so that the drain can be watched
		report(s.onMetrics, metricsAddr)
	}
	report(s.OnListening, addr)
	select {
	case <-ctx.Done():
		return s.drain(public)
	case err := <-failed:
		return fault.New(fault.Internal, "The server stopped because its connection to the network failed. Start it again.").
			Because(err)
	}
}

// start serves handler on addr; an error after that arrives in failed.
func (s *Server) start(ctx, base context.Context, addr, option string, handler http.Handler, failed chan<- error) (
	*http.Server, string, error) {
	listener, err := listen(ctx, addr, option)
	if err != nil {
		return nil, "", err
	}
	t := s.cfg.Timeouts
	srv := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: t.Header,
		ReadTimeout:       t.Read,
		WriteTimeout:      t.Write,
		IdleTimeout:       t.Idle,
		MaxHeaderBytes:    headerLimit,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelDebug), // broken handshakes and the like
		BaseContext:       func(net.Listener) context.Context { return base },
	}
	go func() {
		if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	s.logger.Info("listening", slog.String("option", option), slog.String("addr", listener.Addr().String()))
	return srv, listener.Addr().String(), nil
}

// drain turns /readyz to 503, then refuses connections, then waits for what is under way.
func (s *Server) drain(public *http.Server) error {
	s.stopping.Store(true)
	s.logger.Info("stopping", slog.Duration("patience", s.cfg.Timeouts.Drain))
	ctx, cancel := context.WithTimeout(context.Background(), s.cfg.Timeouts.Drain)
	defer cancel()
	time.Sleep(s.cfg.Timeouts.Announce)
	if err := public.Shutdown(ctx); err != nil {
		return fault.New(fault.Internal, "Some requests did not finish within %s of stopping and were cut off.",
			s.cfg.Timeouts.Drain).Because(err)
	}
	s.logger.Info("stopped")
	return nil
}

// report tells an address to whoever wants it.
func report(to func(string), addr string) {
	if to != nil {
		to(addr)
	}
}
