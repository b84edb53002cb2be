package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"

	"adam/graph"
	"adam/graph/transport"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/server"
)

type serveCmd struct {
	working
	Addr         string    `default:"localhost:8080" placeholder:"HOST:PORT" help:"Where to listen."`
	BaseURL      string    `name:"base-url" placeholder:"URL" help:"The address that people use, such as https://adam.example.org. Where it is not given: http:// and --addr."`
	MetricsAddr  string    `name:"metrics-addr" placeholder:"HOST:PORT" help:"Where to listen for Prometheus, apart from the public; off where it is not given."`
	TrustedProxy []string  `name:"trusted-proxy" placeholder:"NETWORK" help:"Networks of proxies that may say who the client is, such as 10.0.0.0/8."`
	CORSOrigin   []string  `name:"cors-origin" placeholder:"URL" help:"Sites whose pages may read the API, such as https://example.org."`
	Readonly     bool      `help:"Serve the editions in --editions only; no database is needed."`
	SMTP         string    `name:"smtp" placeholder:"URL" help:"The mail server, such as smtp://user:password@host:587?from=adam@example.org; without it nothing is sent. Better given as ADAM_SMTP."`
	OIDC         oidcFlags `embed:"" prefix:"oidc-"`
	Demo         bool      `help:"Serve a throw-away copy of the shipped data with one account for each role, to try everything."`
	LogFormat    string    `name:"log-format" default:"text" enum:"text,json" help:"text or json."`
	LogLevel     string    `name:"log-level" default:"info" enum:"debug,info,warn,error" help:"debug, info, warn or error."`
}

// poll is how often a server looks for editions that another one has published.
const poll = 5 * time.Second

// Run serves until the program is told to stop.
func (c *serveCmd) Run(ctx context.Context, con console) error {
	logger, err := server.NewLogger(con.err, c.LogFormat, c.LogLevel)
	if err != nil {
		return err
	}
	server.GoRuntime(os.Getenv, logger)
	cfg, err := c.config()
	if err != nil {
		return err
	}
	if err := c.checkMail(); err != nil {
		return err
	}
	if c.Demo {
		remove, err := c.throwaway()
		if err != nil {
			return err
		}
		defer remove()
	}
	if c.Readonly {
		return c.serve(ctx, con, cfg, logger, nil, nil)
	}
	st, err := c.ready(ctx, logger)
	if err != nil {
		return err
	}
	defer st.Close()
	k := people.New(st, time.Now)
	welcome, err := c.welcome(ctx, st, k, cfg.BaseURL)
	if err != nil {
		return err
	}
	return c.serve(ctx, con, cfg, logger, k, welcome)
}

// serve answers requests until the context ends, and prints the welcome once it does. k keeps the accounts and names the
// working store; it is nil on a server that only reads.
func (c *serveCmd) serve(ctx context.Context, con console, cfg server.Config, logger *slog.Logger, k *people.Keeper, welcome []string) error {
	var st *store.Store
	if k != nil {
		st = k.Store
	}
	shelf, err := c.shelf(ctx, st)
	if err != nil {
		return err
	}
	defer shelf.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go shelf.Watch(ctx, poll)
	go prepare(ctx, shelf, logger)
	wait, err := c.background(ctx, &review.Desk{People: k, BaseURL: cfg.BaseURL, Now: time.Now}, shelf, logger)
	if err != nil {
		return err
	}
	defer func() { stop(); wait() }()
	doors := c.doors(k, cfg.BaseURL)
	s := server.New(cfg, handlers(shelf, doors, k, c.Demo, cfg.BaseURL, overlaps(ctx, st, logger), imports(ctx, st, doors, logger), kept(ctx, k, logger)), logger)
	s.OnListening = func(string) {
		fmt.Fprintf(con.out, "ADAM is at %s\n", cfg.BaseURL)
		for _, line := range welcome {
			fmt.Fprintln(con.out, line)
		}
	}
	return s.Run(access.With(ctx, access.Anonymous())) // no request acts as the program
}

// welcome tells how to come in for the first time: by the link of the first person, or by those of a demonstration.
func (c *serveCmd) welcome(ctx context.Context, st *store.Store, k *people.Keeper, baseURL string) ([]string, error) {
	if c.Demo {
		return c.stage(ctx, st, k, baseURL)
	}
	secret, needed, err := k.FirstLink(ctx)
	if err != nil || !needed {
		return nil, err
	}
	return []string{"Nobody can sign in yet. This link makes the first administrator and secretariat; it works once, within 72 hours:", linking{baseURL}.link(secret)}, nil
}

// shelf opens what is published. A server without a database that can read no edition has nothing to serve.
func (c *serveCmd) shelf(ctx context.Context, st *store.Store) (*edition.Shelf, error) {
	shelf := edition.NewShelf(c.Editions, st)
	if err := shelf.Refresh(ctx); err != nil {
		return nil, err
	}
	if c.Readonly {
		open, err := shelf.Current(ctx, access.Public)
		if err != nil {
			shelf.Close()
			return nil, err
		}
		open.Release()
	}
	return shelf, nil
}

// ready makes the database and the first edition where they are not there yet.
func (c *serveCmd) ready(ctx context.Context, logger *slog.Logger) (*store.Store, error) {
	st, taken, err := c.prepare(ctx)
	if err != nil {
		return nil, err
	}
	if taken > 0 {
		logger.Info("the database was migrated", "steps", taken)
	}
	if err := c.fill(ctx, st, logger); err != nil {
		_ = st.Close()
		return nil, err
	}
	return st, nil
}

// fill loads the shipped data, finishes what was interrupted, and publishes the first edition.
func (c *serveCmd) fill(ctx context.Context, st *store.Store, logger *slog.Logger) error {
	report, err := load(ctx, st)
	if err != nil {
		return err
	}
	if report.Created+report.Updated > 0 {
		logger.Info("the shipped data set was loaded", "created", report.Created, "updated", report.Updated, "kept", report.Kept)
	}
	if finished, err := edition.Resume(ctx, st, c.Editions); err != nil {
		return err
	} else if finished > 0 {
		logger.Info("editions were finished that had been interrupted", "editions", finished)
	}
	published, err := st.Client.Edition.Query().Exist(ctx)
	if err != nil || published {
		return err
	}
	e, err := edition.Release(ctx, st, c.Editions, "The shipped data set: desk research, unverified.", time.Now())
	if err != nil {
		return err
	}
	logger.Info("an edition was published", "number", e.Number)
	return nil
}

// config puts the flags into the server's terms; the server checks them.
func (c *serveCmd) config() (server.Config, error) {
	cfg := server.Config{Addr: c.Addr, MetricsAddr: c.MetricsAddr, BaseURL: c.BaseURL, CORSOrigins: c.CORSOrigin, Version: release()}
	if cfg.BaseURL == "" {
		cfg.BaseURL = "http://" + c.Addr
		if strings.HasPrefix(c.Addr, ":") {
			cfg.BaseURL = "http://localhost" + c.Addr
		}
	}
	for _, p := range c.TrustedProxy {
		network, err := netip.ParsePrefix(p)
		if addr, alone := netip.ParseAddr(p); err != nil && alone == nil {
			network, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return cfg, fault.New(fault.Invalid, "--trusted-proxy: %q is not a network. Write an address or a network, such as 10.0.0.0/8.", p)
		}
		cfg.TrustedProxies = append(cfg.TrustedProxies, network)
	}
	return cfg, cfg.Validate()
}

// oidcFlags name an OpenID provider at which people may sign in beside their passkey or password.
type oidcFlags struct {
	Issuer       string `placeholder:"URL" help:"Address of an OpenID provider where people may sign in; none where it is not given."`
	ClientID     string `name:"client-id" help:"What the provider calls this program."`
	ClientSecret string `name:"client-secret" help:"The secret for the provider; better given as ADAM_OIDC_CLIENT_SECRET."`
	Name         string `default:"your organisation" help:"What the button calls the provider."`
}

// doors are how people come in; nil on a server without accounts.
func (c *serveCmd) doors(k *people.Keeper, baseURL string) *server.Doors {
	if k == nil {
		return nil
	}
	d := server.NewDoors(k, baseURL, c.Demo)
	if c.OIDC.Issuer != "" {
		d.OIDC = &server.OIDCConfig{Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, ClientSecret: c.OIDC.ClientSecret, Name: c.OIDC.Name}
	}
	return d
}

// handlers puts the doors together: readers get an edition, whoever keeps the catalogue the working store.
func handlers(shelf *edition.Shelf, doors *server.Doors, k *people.Keeper, demo bool, baseURL string, more ...func(*graph.Resolver)) server.Handlers {
	c := &server.Catalogue{Shelf: shelf, BaseURL: baseURL, Demo: demo, Accounts: k != nil, Built: built()}
	api := graph.Handler(time.Now, k, baseURL, more...)
	return c.Handlers(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := transport.WithRequestID(r.Context(), server.RequestID(r.Context()))
		if keys := r.Header.Values("Idempotency-Key"); len(keys) > 0 {
			ctx = graph.WithIdempotencyKey(ctx, strings.Join(keys, ", "))
		}
		api.ServeHTTP(w, r.WithContext(ctx))
	}), graph.SDL(), doors)
}
