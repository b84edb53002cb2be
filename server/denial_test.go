package server

import (
	"net/http"
	"strings"
	"testing"

	"adam/ent/logentry"
	"adam/internal/access"
	"adam/internal/term"
)

// Every refusal of somebody known is in the log; what visitors try is not, or they could fill it.
func TestARefusalIsLoggedAndAVisitorsIsNot(t *testing.T) {
	h := newHouse(t)
	h.person("member@example.org", access.Member)
	refusals := func() []string {
		return h.keeper.Store.Client.LogEntry.Query().Where(logentry.KindEQ(term.LogDenied)).Select(logentry.FieldSummary).StringsX(h.program())
	}
	if w := h.browser().get("/admin"); w.Code == http.StatusForbidden {
		t.Errorf("a visitor gets %d", w.Code)
	}
	if got := refusals(); len(got) != 0 {
		t.Errorf("a visitor's tries are in the log: %q", got)
	}
	if w := h.signedIn("member@example.org").get("/admin"); w.Code != http.StatusForbidden {
		t.Errorf("a member gets %d", w.Code)
	}
	if got := refusals(); len(got) != 1 || !strings.Contains(got[0], "GET /admin") {
		t.Errorf("the log tells %q", got)
	}
}
