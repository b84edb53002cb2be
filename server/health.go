package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"adam/internal/fault"
)

// readyPatience is how long a check of readiness may take: a load balancer asks every few seconds.
const readyPatience = 2 * time.Second

// readiness is what /readyz answers.
type readiness struct {
	Ready  bool   `json:"ready"`
	Reason string `json:"reason,omitempty"` // a sentence
}

// alive says that the process runs and no more: an orchestrator that restarts on it must not do so because the database
// is away.
func alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok")) // fails only when the client left
}

// ready says whether to send requests here.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if reason := s.notReady(r.Context()); reason != "" {
		writeJSON(w, http.StatusServiceUnavailable, readiness{Reason: reason})
		return
	}
	writeJSON(w, http.StatusOK, readiness{Ready: true})
}

// notReady is the sentence that says why not; "" when ready.
func (s *Server) notReady(ctx context.Context) string {
	if s.stopping.Load() {
		return "This server is stopping; send requests to another one."
	}
	if s.handlers.Ready == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	err := s.handlers.Ready(ctx)
	if err == nil {
		return ""
	}
	Logger(ctx).Warn("not ready", slog.Any("error", err))
	if f := fault.As(err); f != nil {
		return f.Sentence
	}
	return "A part that ADAM needs does not answer; its log says which."
}
