package server

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// testConfig is a valid configuration: a proxy at 10.0.0.0/8, one foreign origin, no metrics.
func testConfig() Config {
	return Config{
		Addr: "127.0.0.1:0", BaseURL: "https://adam.example.org", Version: "1.2.3",
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")},
		CORSOrigins:    []string{"https://charts.example.org"},
	}
}

// logBuffer may be written by the server while a test reads it.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// fixture is a server with its handler and its log in JSON.
type fixture struct {
	*Server
	handler http.Handler
	log     *logBuffer
}

func newFixture(t *testing.T, cfg Config, h Handlers) *fixture {
	t.Helper()
	log := &logBuffer{}
	logger, err := NewLogger(log, "json", "debug")
	if err != nil {
		t.Fatal(err)
	}
	s := New(cfg, h, logger)
	handler, err := s.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return &fixture{Server: s, handler: handler, log: log}
}

// ask sends one request; header is pairs of name and value, and "Peer" sets the address of the connection.
func (f *fixture) ask(method, target, body string, header ...string) *httptest.ResponseRecorder {
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, reader)
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Peer" {
			r.RemoteAddr = header[i+1]
			continue
		}
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.handler.ServeHTTP(w, r)
	return w
}

// text answers with s as plain text.
func text(s string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, s)
	})
}

// echo answers with the body it read, or with what reading it failed with.
var echo = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		Answer(w, r, err)
		return
	}
	_, _ = w.Write(body)
})

// running starts the server on a real port and stops it at the end of the test, where stop did not before.
type running struct {
	addr, metrics string
	stop          func() error
}

func run(t *testing.T, cfg Config, h Handlers) running {
	t.Helper()
	return runIn(t, context.Background(), cfg, h)
}

// runIn does so in a context of the test's own.
func runIn(t *testing.T, parent context.Context, cfg Config, h Handlers) running {
	t.Helper()
	s := New(cfg, h, slog.New(slog.DiscardHandler))
	addr, metricsAddr, done := make(chan string, 1), make(chan string, 1), make(chan error, 1)
	s.OnListening = func(a string) { addr <- a }
	s.onMetrics = func(a string) { metricsAddr <- a }
	ctx, cancel := context.WithCancel(parent)
	go func() { done <- s.Run(ctx) }()
	var once sync.Once
	var result error
	r := running{stop: func() error {
		cancel()
		once.Do(func() { result = <-done })
		return result
	}}
	t.Cleanup(func() { _ = r.stop() })
	select {
	case r.addr = <-addr:
	case err := <-done:
		t.Fatalf("the server did not start: %v", err)
	case <-time.After(10 * time.Second):
		t.Fatal("the server did not start")
	}
	select {
	case r.metrics = <-metricsAddr:
	default:
	}
	return r
}

// wantContains fails where s lacks one of the parts.
func wantContains(t *testing.T, s string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(s, part) {
			t.Errorf("%q is missing in:\n%s", part, s)
		}
	}
}

func newRequest(ctx context.Context) *http.Request {
	return httptest.NewRequest("GET", "/", nil).WithContext(ctx)
}

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

// get reads a whole answer on a connection of its own.
func get(url string) (string, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	res, err := client.Get(url)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}
