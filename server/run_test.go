package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"adam/internal/fault"
)

func TestStopFinishesWhatIsUnderWayAndRefusesMore(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	r := run(t, testConfig(), Handlers{Home: http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		close(started)
		<-release
		if err := req.Context().Err(); err != nil {
			t.Errorf("the request's context ended with the server's: %v", err)
		}
		_, _ = w.Write([]byte("finished"))
	})})
	type answer struct {
		body string
		err  error
	}
	underWay, stopped := make(chan answer, 1), make(chan error, 1)
	go func() {
		body, err := get("http://" + r.addr + "/")
		underWay <- answer{body, err}
	}()
	<-started
	go func() { stopped <- r.stop() }()
	for end := time.Now().Add(5 * time.Second); !refused(r.addr); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("connections are still accepted")
		}
	}
	close(release)
	if got := <-underWay; got.err != nil || got.body != "finished" {
		t.Errorf("the request under way got %+v", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("a clean stop answered %v", err)
	}
}

// refused says whether addr accepts no connection.
func refused(addr string) bool {
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err == nil {
		conn.Close()
	}
	return err != nil
}

func TestReadinessEndsBeforeConnectionsAreRefused(t *testing.T) {
	cfg := testConfig()
	cfg.Timeouts.Announce = time.Second
	r := run(t, cfg, Handlers{})
	if body, err := get("http://" + r.addr + "/readyz"); err != nil || !strings.Contains(body, `"ready":true`) {
		t.Fatalf("got %q, %v", body, err)
	}
	go func() { _ = r.stop() }()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		body, err := get("http://" + r.addr + "/readyz")
		if err != nil {
			t.Fatalf("refused before it was announced: %v", err)
		}
		if strings.Contains(body, "This server is stopping") {
			return
		}
	}
	t.Error("the stop was not announced")
}

func TestRequestThatDoesNotEndIsCutOff(t *testing.T) {
	cfg := testConfig()
	cfg.Timeouts.Drain = 50 * time.Millisecond
	started := make(chan struct{})
	r := run(t, cfg, Handlers{Home: http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		close(started)
		<-req.Context().Done()
	})})
	go func() { _, _ = get("http://" + r.addr + "/") }()
	<-started
	f := fault.As(r.stop())
	if f == nil {
		t.Fatal("nothing was said of the request that was cut off")
	}
	wantContains(t, f.Sentence, "did not finish within 50ms")
}

func TestPortInUseIsOneSentence(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	addr := taken.Addr().String()
	for _, option := range []string{"--addr", "--metrics-addr"} {
		cfg := testConfig()
		if option == "--addr" {
			cfg.Addr = addr
		} else {
			cfg.MetricsAddr = addr
		}
		f := fault.As(New(cfg, Handlers{}, slog.New(slog.DiscardHandler)).Run(t.Context()))
		if f == nil || f.Kind != fault.Conflict {
			t.Fatalf("%s: got %+v", option, f)
		}
		wantContains(t, f.Sentence, "The address "+addr+" is in use by another program", option+" 127.0.0.1:")
		if strings.Contains(f.Sentence, "bind") || strings.Count(f.Sentence, ". ") > 0 {
			t.Errorf("not one sentence for a person: %s", f.Sentence)
		}
	}
}

func TestAddressThatCannotBeUsedSaysWhatToDo(t *testing.T) {
	for _, tt := range []struct {
		err      error
		addr     string
		sentence string
	}{
		{syscall.EACCES, ":80", "a port above 1023, for example --addr :8080"},
		{syscall.EADDRNOTAVAIL, "192.0.2.1:8080", "does not belong to this machine"},
		{&net.DNSError{Err: "no such host"}, "nowhere.invalid:8080", `The name "nowhere.invalid" is not known`},
		{errors.New("CANARY"), "x:65535", "--addr localhost:8081"},
		{windowsInUse, "localhost:8080", "--addr localhost:8081"},
	} {
		f := listenFault(tt.addr, "--addr", tt.err)
		wantContains(t, f.Sentence, tt.sentence)
		if strings.Contains(f.Sentence, "CANARY") {
			t.Errorf("the cause is shown: %s", f.Sentence)
		}
	}
	if _, err := listen(t.Context(), "192.0.2.1:0", "--addr"); fault.As(err) == nil {
		t.Errorf("a foreign address gave %v", err)
	}
}

func TestHealthAndReadiness(t *testing.T) {
	var reason error
	f := newFixture(t, testConfig(), Handlers{Ready: func(context.Context) error { return reason }})
	if w := f.ask("GET", "/healthz", ""); w.Code != 200 || w.Body.String() != "ok" {
		t.Errorf("/healthz: %d %q", w.Code, w.Body)
	}
	for _, tt := range []struct {
		err      error
		status   int
		sentence string
	}{
		{nil, 200, `"ready":true`},
		{fault.New(fault.Internal, "The working store does not answer."), 503, "The working store does not answer."},
		{errors.New("dial CANARY"), 503, "A part that ADAM needs does not answer"},
	} {
		reason = tt.err
		w := f.ask("GET", "/readyz", "")
		if w.Code != tt.status || strings.Contains(w.Body.String(), "CANARY") {
			t.Errorf("%v: got %d %s", tt.err, w.Code, w.Body)
		}
		wantContains(t, w.Body.String(), tt.sentence)
		wantContains(t, w.Header().Get("Content-Type"), "application/json")
	}
	wantContains(t, f.log.String(), "dial CANARY")
	if w := f.ask("GET", "/healthz", ""); w.Code != 200 {
		t.Errorf("a process that is not ready is not alive: %d", w.Code)
	}
}

func TestReadinessDoesNotWaitForever(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Ready: func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}})
	start := time.Now()
	if w := f.ask("GET", "/readyz", ""); w.Code != 503 || time.Since(start) > 2*readyPatience {
		t.Errorf("got %d after %s", w.Code, time.Since(start))
	}
}

func TestHelpersWorkOutsideARequest(t *testing.T) {
	ctx := t.Context()
	if RequestID(ctx) != "" || ClientAddr(ctx).IsValid() || Logger(ctx) == nil {
		t.Error("a context without a request has one")
	}
	w := httptest.NewRecorder()
	Answer(w, newRequest(ctx), errors.New("x"))
	if w.Code != 500 {
		t.Errorf("got %d", w.Code)
	}
}
