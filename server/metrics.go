package server

import (
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are the measurements of one server, on a registry of its own: two servers in one test do not collide, and
// no library adds to it unseen.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

func newMetrics(version string) *metrics {
	labels := []string{"route", "method", "status"}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "adam_http_requests_total", Help: "Requests answered, by route pattern, method and status class.",
		}, labels),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "adam_http_request_duration_seconds",
			Help:    "Time from a request's arrival to the end of its answer, in seconds.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}, // 0.25 s is the promised p99
		}, labels),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "adam_http_requests_in_flight", Help: "Requests being answered now.",
		}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "adam_build_info", Help: "Always 1; its labels say what runs.",
	}, []string{"version", "revision", "go"})
	build.WithLabelValues(version, revision(), runtime.Version()).Set(1)
	m.registry.MustRegister(m.requests, m.duration, m.inFlight, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// measure counts every request under its route's pattern, never its path: a scanner must not fill the memory with
// labels.
func (m *metrics) measure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, rec := time.Now(), recorderOf(w)
		m.inFlight.Inc()
		defer func() {
			m.inFlight.Dec()
			route := exchangeOf(r.Context()).route
			method, class := methodLabel(r.Method), strconv.Itoa(rec.sent()/100)+"xx"
			m.requests.WithLabelValues(route, method, class).Inc()
			m.duration.WithLabelValues(route, method, class).Observe(time.Since(start).Seconds())
		}()
		next.ServeHTTP(rec, r)
	})
}

// methodLabel bounds the label: a client may invent any method.
func methodLabel(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return method
	default:
		return "other"
	}
}

// handler answers /metrics and nothing else, for the separate listener.
func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		Registry: m.registry, MaxRequestsInFlight: 3, Timeout: 10 * time.Second,
	}))
	return mux
}

// revision is the commit that the binary was built from, where Go recorded it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}
