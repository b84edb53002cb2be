package server

import (
	"net/http"
	"strings"
	"testing"
)

const (
	own    = "https://adam.example.org"
	shared = "https://charts.example.org" // configured
	evil   = "https://evil.example"
)

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: text("hello"), SchemaSDL: "type Query", Routes: []Route{
		{Pattern: "GET /panic", Needs: Anyone, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("bug") })},
	}})
	want := map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security":    "max-age=31536000; includeSubDomains",
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
			"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	}
	for _, target := range []string{"/", "/schema.graphql", "/healthz", "/readyz", "/nowhere", "/panic"} {
		w := f.ask("GET", target, "")
		for name, value := range want {
			if name == "Content-Security-Policy" && strings.Contains(w.Body.String(), "<style>") { // the page of an error has its own
				value = policyWith(pageStyle)
			}
			if got := w.Header().Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", target, name, got, value)
			}
		}
		wantContains(t, w.Header().Get("Permissions-Policy"), "camera=()", "geolocation=()", "microphone=()", "payment=()")
		if w.Header().Get("Cache-Control") == "" {
			t.Errorf("%s: nothing is said on caching", target)
		}
	}
}

func TestHSTSIsForHTTPSOnly(t *testing.T) {
	cfg := testConfig()
	cfg.BaseURL = "http://localhost:8080"
	w := newFixture(t, cfg, Handlers{Home: text("hello")}).ask("GET", "/", "")
	if got := w.Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("got %q on plain http", got)
	}
}

func TestPageAllowsItsStyleByHash(t *testing.T) {
	hash := StyleHash("body{margin:0}")
	f := newFixture(t, testConfig(), Handlers{Home: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		AllowStyles(w, hash)
	})})
	got := f.ask("GET", "/", "").Header().Get("Content-Security-Policy")
	// The hash as openssl gives it for the same text.
	wantContains(t, got, "style-src 'self' 'sha256-IAdwN3biDCQ3brrgp1m8kBEsPQYyqfREKOEfeoREopc=';", "default-src 'none'")
}

// posts come from pages, as browsers describe them.
var posts = []struct {
	name, target, origin, site string
	want                       int
}{
	{"program without a browser", "/account", "", "", 200},
	{"own page", "/account", own, "same-origin", 200},
	{"own page, old browser", "/account", own, "", 200},
	{"foreign page", "/account", evil, "cross-site", 403},
	{"foreign page, old browser", "/account", evil, "", 403},
	{"sandboxed page", "/account", "null", "cross-site", 403},
	{"sibling site", "/account", "https://x.example.org", "same-site", 403},
	{"configured origin posts a form", "/account", shared, "cross-site", 403},
	{"configured origin asks GraphQL", "/graphql", shared, "cross-site", 200},
	{"configured origin asks GraphQL, old browser", "/graphql", shared, "", 200},
	{"foreign page asks GraphQL", "/graphql", evil, "cross-site", 403},
	{"foreign page, path spelt oddly", "/graphql/../account", shared, "cross-site", 403},
}

func TestForeignPagesMayNotPost(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{GraphQL: echo, Routes: []Route{{Pattern: "POST /account", Needs: Anyone, Handler: echo}}})
	for _, tt := range posts {
		t.Run(tt.name, func(t *testing.T) {
			header := []string{"Content-Type", "application/json", "Accept", "application/json"}
			if tt.origin != "" {
				header = append(header, "Origin", tt.origin)
			}
			if tt.site != "" {
				header = append(header, "Sec-Fetch-Site", tt.site)
			}
			w := f.ask("POST", tt.target, "{}", header...)
			if w.Code != tt.want {
				t.Fatalf("got %d, want %d", w.Code, tt.want)
			}
			if w.Code == 403 {
				wantContains(t, w.Body.String(), "sent by a page of another site", "nothing was changed", `"code":"FORBIDDEN"`)
				if strings.Contains(w.Body.String(), "evil") {
					t.Error("the origin is reflected")
				}
			}
		})
	}
}

func preflight(f *fixture, target, origin, method string) http.Header {
	return f.ask("OPTIONS", target, "", "Origin", origin, "Access-Control-Request-Method", method,
		"Access-Control-Request-Headers", "authorization,content-type").Header()
}

func TestCORSIsForConfiguredOriginsAndSharedPathsOnly(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{GraphQL: echo, SchemaSDL: "type Query", Data: text("1"), Home: text("home"),
		Routes: []Route{{Pattern: "POST /account", Needs: Anyone, Handler: echo}}})
	for _, target := range []string{"/graphql", "/schema.graphql", "/data/edition-1.csv"} {
		if got := preflight(f, target, shared, "GET").Get("Access-Control-Allow-Origin"); got != shared {
			t.Errorf("%s: %q allowed, want %s", target, got, shared)
		}
		if got := preflight(f, target, "https://evil.example", "GET").Get("Access-Control-Allow-Origin"); got != "" {
			t.Errorf("%s: %q allowed for a foreign origin", target, got)
		}
		if got := f.ask("GET", target, "", "Origin", shared).Header(); got.Get("Access-Control-Allow-Origin") != shared {
			t.Errorf("%s: the answer itself is not shared", target)
		} else if got.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: sessions are shared", target)
		}
	}
	if got := preflight(f, "/graphql", shared, "DELETE").Get("Access-Control-Allow-Methods"); got != "" {
		t.Errorf("DELETE is allowed: %q", got)
	}
	for _, target := range []string{"/", "/account", "/graphqlx", "/database"} {
		if got := preflight(f, target, shared, "POST").Get("Access-Control-Allow-Origin"); got != "" {
			t.Errorf("%s is shared with %q", target, got)
		}
	}
}

func TestNoConfiguredOriginMeansNoCORS(t *testing.T) {
	cfg := testConfig()
	cfg.CORSOrigins = nil
	f := newFixture(t, cfg, Handlers{GraphQL: echo})
	if got := preflight(f, "/graphql", "https://evil.example", "POST").Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("%q allowed", got)
	}
}

func TestConfiguredOriginDoesNotSpeakAsWhoIsSignedIn(t *testing.T) {
	cookies := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.Header.Get("Cookie") + "|" + r.Header.Get("Authorization")))
	})
	// The own origin among the configured ones is needless, but no harm.
	f := &fixture{handler: share(own, []string{shared, own})(cookies)}
	for origin, want := range map[string]string{
		"https://charts.example.org": "|Bearer t", "https://adam.example.org": "s=1|Bearer t", "": "s=1|Bearer t",
	} {
		w := f.ask("GET", "/graphql", "", "Origin", origin, "Cookie", "s=1", "Authorization", "Bearer t")
		if got := w.Body.String(); got != want {
			t.Errorf("origin %q: got %q, want %q", origin, got, want)
		}
	}
}
