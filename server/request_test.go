package server

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// whoami answers with what the middleware learnt.
var whoami = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	for _, name := range append([]string{requestIDHeader}, forwardedHeaders...) {
		if r.Header.Get(name) != "" {
			_, _ = w.Write([]byte("leaked " + name + " "))
		}
	}
	_, _ = w.Write([]byte(RequestID(r.Context()) + " " + ClientAddr(r.Context()).String()))
})

func TestRequestIDIsBelievedFromTrustedProxyOnly(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: whoami})
	long := strings.Repeat("a", 65)
	tests := []struct {
		name, peer, sent string
		kept             bool
	}{
		{"proxy", "10.1.2.3:99", "0123-abc_DEF.x", true},
		{"client", "192.0.2.7:99", "0123-abc_DEF.x", false},
		{"too short", "10.1.2.3:99", "abc", false},
		{"too long", "10.1.2.3:99", long, false},
		{"with line break", "10.1.2.3:99", "0123456789\nfake log line", false},
		{"none", "10.1.2.3:99", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := f.ask("GET", "/", "", "Peer", tt.peer, requestIDHeader, tt.sent)
			id, _, _ := strings.Cut(w.Body.String(), " ")
			if got := w.Header().Get(requestIDHeader); got != id || !wellFormedID.MatchString(got) {
				t.Errorf("header %q, context %q: want the same, well formed", got, id)
			}
			if (id == tt.sent) != tt.kept {
				t.Errorf("sent %q, got %q", tt.sent, id)
			}
		})
	}
}

func TestRequestIDsDiffer(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: whoami})
	one, two := f.ask("GET", "/", ""), f.ask("GET", "/", "")
	if one.Header().Get(requestIDHeader) == two.Header().Get(requestIDHeader) {
		t.Error("two requests have one id")
	}
}

func TestClientAddressIgnoresSpoofedHeaders(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: whoami})
	tests := []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "192.0.2.7:99", nil, "192.0.2.7"},
		{"client claims", "192.0.2.7:99", []string{"198.51.100.1"}, "192.0.2.7"},
		{"proxy tells", "10.0.0.1:99", []string{"198.51.100.1"}, "198.51.100.1"},
		{"client claims through proxy", "10.0.0.1:99", []string{"203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
		{"claim of a proxy's address", "10.0.0.1:99", []string{"203.0.113.9, 10.9.9.9, 198.51.100.1"}, "198.51.100.1"},
		{"two proxies", "10.0.0.1:99", []string{"198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
		{"proxies alone", "10.0.0.1:99", []string{"10.0.0.3,10.0.0.2"}, "10.0.0.3"},
		{"garbage", "10.0.0.1:99", []string{"198.51.100.1, unknown"}, "10.0.0.1"},
		{"empty", "10.0.0.1:99", []string{""}, "10.0.0.1"},
		{"with ports", "10.0.0.1:99", []string{"[2001:db8::1]:443"}, "2001:db8::1"},
		{"mapped peer", "[::ffff:10.0.0.1]:99", []string{"198.51.100.1"}, "198.51.100.1"},
		{"mapped hop", "10.0.0.1:99", []string{"198.51.100.1, ::ffff:10.0.0.2"}, "198.51.100.1"},
		{"version 6 peer", "[fd00::1]:99", []string{"2001:db8::2"}, "2001:db8::2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			header := []string{"Peer", tt.peer, "Forwarded", "for=203.0.113.66", "X-Real-Ip", "203.0.113.66",
				"X-Forwarded-Host", "evil.example"}
			for _, v := range tt.forwarded {
				header = append(header, "X-Forwarded-For", v)
			}
			w := f.ask("GET", "/", "", header...)
			if got := w.Body.String(); !strings.HasSuffix(got, " "+tt.want) || strings.Contains(got, "leaked") {
				t.Errorf("got %q, want %s", got, tt.want)
			}
		})
	}
}

func TestAccessLogHoldsTheRequestAndNoSecret(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Routes: []Route{
		{Pattern: "GET /sign-in/{token}", Needs: Anyone, Handler: text("in")},
		{Pattern: "GET /open", Needs: Open, Handler: text("hello")},
	}})
	f.ask("GET", "/open?token=CANARY1", "", "Authorization", "Bearer CANARY2", "Cookie", "session=CANARY3")
	f.ask("GET", "/sign-in/CANARY4", "")
	f.ask("GET", "/"+strings.Repeat("x", 10_000), "")
	if strings.Contains(f.log.String(), "CANARY") {
		t.Errorf("a secret is in the log:\n%s", f.log)
	}
	lines := strings.Split(strings.TrimSpace(f.log.String()), "\n")
	var first struct {
		Msg, Method, Path, Level string
		Status, Bytes            int
		DurationMS               *float64 `json:"duration_ms"`
		RequestID                string   `json:"request_id"`
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
		t.Fatal(err)
	}
	if first.Method != "GET" || first.Path != "/open" || first.Status != 200 || first.Bytes != 5 || first.Level != "INFO" ||
		first.DurationMS == nil || len(first.RequestID) < 20 {
		t.Errorf("the line lacks something: %s", lines[0])
	}
	wantContains(t, lines[1], `"path":"/sign-in/{token}"`)
	if len(lines[2]) > 1000 {
		t.Errorf("a line of %d bytes for a long path", len(lines[2]))
	}
}

func TestProbesAreLoggedOnlyForDebugging(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{})
	f.ask("GET", "/healthz", "")
	wantContains(t, f.log.String(), `"level":"DEBUG"`)
}
