package transport

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// ADAM_TEST_REQUIRE=node turns the absence of Node.js or of the audits into a failure.
func TestAudits(t *testing.T) {
	absent := t.Skip
	if strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "node") {
		absent = t.Fatal
	}
	node, err := exec.LookPath("node")
	if err != nil {
		absent("Node.js was not found: install version 18 or later to run the GraphQL-over-HTTP audits.")
	}
	if _, err := os.Stat("audit/node_modules/graphql-http"); err != nil {
		absent("graphql-http is not installed: run `npm ci` in graph/transport/audit to run the GraphQL-over-HTTP audits.")
	}
	cmd := exec.CommandContext(t.Context(), node, "audit.mjs", serveTiny(t).URL)
	cmd.Dir = "audit"
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.HasSuffix(strings.TrimSpace(string(out)), "61 passed, 0 failed") {
		t.Errorf("not all of the 61 audits passed: %v", err)
	}
}
