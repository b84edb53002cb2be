package server

import (
	"net/netip"
	"testing"
	"time"

	"adam/internal/fault"
)

func TestValidConfigIsAccepted(t *testing.T) {
	if err := testConfig().Validate(); err != nil {
		t.Fatal(err)
	}
	minimal := Config{Addr: ":8080", BaseURL: "http://localhost:8080/"}
	if err := minimal.Validate(); err != nil {
		t.Fatal(err)
	}
}

// wrongConfigs are valid but for one change.
var wrongConfigs = []struct {
	name, field, sentence string
	change                func(*Config)
}{
	{"address without port", "addr", "write host:port", func(c *Config) { c.Addr = "localhost" }},
	{"port out of range", "addr", "from 0 to 65535", func(c *Config) { c.Addr = ":70000" }},
	{"metrics address", "metrics-addr", "write host:port", func(c *Config) { c.MetricsAddr = "9464" }},
	{"no base URL", "base-url", "https://adam.example.org", func(c *Config) { c.BaseURL = "" }},
	{"base URL with path", "base-url", "without a path", func(c *Config) { c.BaseURL = "https://example.org/adam" }},
	{"base URL with password", "base-url", "write the scheme", func(c *Config) { c.BaseURL = "https://a:b@example.org" }},
	{"base URL of another scheme", "base-url", "write the scheme", func(c *Config) { c.BaseURL = "ftp://example.org" }},
	{"invalid proxy", "trusted-proxy", "10.0.0.0/8", func(c *Config) { c.TrustedProxies = []netip.Prefix{{}} }},
	{"mapped proxy", "trusted-proxy", "is not a network", func(c *Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("::ffff:10.0.0.0/104")}
	}},
	{"everyone is a proxy", "trusted-proxy", "someone else", func(c *Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}
	}},
	{"CORS for everyone", "cors-origin", "without a path or a star", func(c *Config) { c.CORSOrigins = []string{"*"} }},
	{"CORS wildcard", "cors-origin", "a star", func(c *Config) { c.CORSOrigins = []string{"https://*.example.org"} }},
	{"CORS null", "cors-origin", "is not one site", func(c *Config) { c.CORSOrigins = []string{"null"} }},
	{"CORS with slash", "cors-origin", "without a path", func(c *Config) { c.CORSOrigins = []string{"https://example.org/"} }},
	{"CORS in capitals", "cors-origin", `as "https://example.org"`, func(c *Config) {
		c.CORSOrigins = []string{"https://Example.org:443"}
	}},
	{"negative time", "timeouts", "is negative", func(c *Config) { c.Timeouts.Idle = -time.Second }},
	{"request longer than connection", "timeouts", "at least as long", func(c *Config) { c.Timeouts.Request = time.Hour }},
	{"announcement longer than drain", "timeouts", "does not fit", func(c *Config) { c.Timeouts.Announce = time.Minute }},
}

func TestWrongConfigSaysWhatToDo(t *testing.T) {
	for _, tt := range wrongConfigs {
		t.Run(tt.name, func(t *testing.T) {
			cfg := testConfig()
			tt.change(&cfg)
			f := fault.As(cfg.Validate())
			if f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0] != tt.field {
				t.Fatalf("got %+v, want a fault at %s", f, tt.field)
			}
			wantContains(t, f.Sentence, "--"+tt.field, tt.sentence)
			if err := New(cfg, Handlers{}, nil).Run(t.Context()); fault.KindOf(err) != fault.Invalid {
				t.Errorf("Run answered %v", err)
			}
		})
	}
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	f := fault.As(Config{Addr: "x", BaseURL: "y"}.Validate())
	if f == nil || len(f.Fields) != 2 {
		t.Fatalf("got %+v, want both fields", f)
	}
}

func TestOriginIsWrittenAsBrowsersDo(t *testing.T) {
	for raw, want := range map[string]string{
		"https://Example.ORG:443": "https://example.org",
		"http://example.org:80":   "http://example.org",
		"http://localhost:8080":   "http://localhost:8080",
		"http://[::1]:8080":       "http://[::1]:8080",
		"http://[::1]":            "http://[::1]",
	} {
		if got, ok := originOf(raw); !ok || got != want {
			t.Errorf("%s: got %q, want %q", raw, got, want)
		}
	}
}
