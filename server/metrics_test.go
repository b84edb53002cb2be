package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// scrape reads the metrics of a fixture.
func scrape(f *fixture) string {
	w := httptest.NewRecorder()
	f.metrics.handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestRequestsAreCountedByPattern(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{GraphQL: echo, Routes: []Route{
		{Pattern: "GET /states/{code}", Needs: Anyone, Handler: text("state")},
		{Pattern: "GET /panic", Needs: Anyone, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("bug") })},
	}})
	f.ask("GET", "/states/TH", "")
	f.ask("GET", "/states/VN", "")
	f.ask("POST", "/graphql", "{}")
	f.ask("GET", "/panic", "")
	wantContains(t, scrape(f),
		`adam_http_requests_total{method="GET",route="/states/{code}",status="2xx"} 2`,
		`adam_http_requests_total{method="POST",route="/graphql",status="2xx"} 1`,
		`adam_http_requests_total{method="GET",route="/panic",status="5xx"} 1`,
		`adam_http_request_duration_seconds_count{method="GET",route="/states/{code}",status="2xx"} 2`,
		`adam_http_requests_in_flight 0`,
		`adam_build_info{go="go`, `version="1.2.3"`, "go_goroutines", "process_")
}

func TestProbingMakesNoNewLabels(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: text("home"), Data: text("data"), Routes: []Route{
		{Pattern: "/any/{id}/", Needs: Anyone, Handler: text("any method")},
	}})
	series := func() int { return strings.Count(scrape(f), "adam_http_requests_total{") }
	for _, method := range []string{"GET", "BREW", "CONNECT"} {
		f.ask(method, "/first", "")
	}
	before := series()
	for i := range 50 {
		f.ask("GET", fmt.Sprintf("/probe-%d", i), "")
		f.ask("GET", fmt.Sprintf("//x/../probe-%d", i), "")
		f.ask(fmt.Sprintf("BREW%d", i), "/", "")
		f.ask("CONNECT", fmt.Sprintf("/any/%d", i), "")
	}
	if after := series(); after > before || strings.Contains(scrape(f), "probe") {
		t.Errorf("%d series before, %d after", before, after)
	}
	wantContains(t, scrape(f), `route="unmatched"`, `method="other"`)
}

func TestOtherPartsAddTheirMeasurements(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{})
	jobs := prometheus.NewCounter(prometheus.CounterOpts{Name: "adam_jobs_total", Help: "Jobs done."})
	f.Registry().MustRegister(jobs)
	wantContains(t, scrape(f), "adam_jobs_total 0")
}

func TestMetricsAreOnTheirOwnListener(t *testing.T) {
	cfg := testConfig()
	cfg.MetricsAddr = ":0"
	r := run(t, cfg, Handlers{Home: text("home")})
	if !strings.HasPrefix(r.metrics, "127.0.0.1:") {
		t.Errorf("metrics are at %s, want loopback where no host is given", r.metrics)
	}
	if body, err := get("http://" + r.metrics + "/metrics"); err != nil || !strings.Contains(body, "adam_build_info") {
		t.Errorf("got %q, %v", body, err)
	}
	if body, err := get("http://" + r.addr + "/metrics"); err != nil || strings.Contains(body, "adam_build_info") {
		t.Errorf("the public listener answers %q, %v", body, err)
	}
	if body, err := get("http://" + r.metrics + "/"); err != nil || strings.Contains(body, "home") {
		t.Errorf("the metrics' listener answers %q, %v", body, err)
	}
}

func TestNoMetricsAddressMeansNoListener(t *testing.T) {
	if r := run(t, testConfig(), Handlers{}); r.metrics != "" {
		t.Errorf("metrics are at %s", r.metrics)
	}
}

func TestTwoServersHaveTheirOwnRegistries(t *testing.T) {
	one, two := newFixture(t, testConfig(), Handlers{}), newFixture(t, testConfig(), Handlers{})
	one.ask("GET", "/healthz", "")
	if strings.Contains(scrape(two), `route="/healthz"`) {
		t.Error("one server counts for the other")
	}
}
