package server

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// strong is a browser that has shown both factors.
func (h *house) strong(email string, role access.Role) *browser {
	h.t.Helper()
	secret := h.generator(h.person(email, role))
	b := h.browser()
	b.signIn(email)
	b.post("/sign-in/code", "code", h.code(secret))
	return b
}

// filled puts entries into the log until it has so many.
func (h *house) filled(most int64) {
	h.t.Helper()
	err := h.store.InTx(h.program(), func(ctx context.Context, tx *ent.Tx) error {
		for {
			n, err := tx.LogEntry.Query().Count(ctx)
			if err != nil || int64(n) >= most {
				return err
			}
			if err := h.keeper.Log(ctx, tx, people.Event{Kind: term.LogChanged, Summary: fmt.Sprintf("Filling %d.", n+1)}); err != nil {
				return err
			}
		}
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestAdministratorsReadTheLogOnBothEngines(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		h := houseOn(t, st)
		boss := h.strong("boss@example.org", access.Administrator)
		wantPage(t, boss.get("/admin"), 200, `href="/admin/log"`)
		h.filled(120)
		first := boss.get("/admin/log")
		wantPage(t, first, 200, "The log is whole up to entry 120.", "Filling 120.", "Filling 71.", `href="/admin/log?before=71"`)
		if strings.Contains(first.Body.String(), "Filling 70.") || strings.Contains(first.Body.String(), `rel="prev"`) {
			t.Error("the first page has more than its entries, or something before it")
		}
		middle := boss.get("/admin/log?before=71")
		wantPage(t, middle, 200, "Filling 70.", "Filling 21.", `href="/admin/log?before=21"`, `href="/admin/log"`)
		last := boss.get("/admin/log?before=21")
		id := h.personOf("boss@example.org").String()
		wantPage(t, last, 200, "Signed in", `href="/admin/log?before=71"`, `href="/admin/people/`+id+`"`)
		if strings.Contains(last.Body.String(), `rel="next"`) {
			t.Error("there is something after the first entry")
		}
		wantPage(t, boss.get("/admin/log?before=x"), 400, "is not the number of an entry")
	})
}

func TestNobodyElseReadsTheLog(t *testing.T) {
	h := newHouse(t)
	desk := h.strong("desk@example.org", access.Secretariat)
	h.person("boss@example.org", access.Administrator)
	h.person("a@example.org", access.Member)
	for name, b := range map[string]*browser{"the secretariat": desk, "an administrator with one factor": h.signedIn("boss@example.org"), "a member": h.signedIn("a@example.org")} {
		w := b.get("/admin/log")
		wantPage(t, w, 403, "The log is for administrators.")
		if strings.Contains(w.Body.String(), "Refused") {
			t.Errorf("%s reads it", name)
		}
	}
	wantRedirect(t, h.browser().get("/admin/log"), "/sign-in?next=%2Fadmin%2Flog")
}

func TestALogThatWasChangedIsTold(t *testing.T) {
	h := newHouse(t)
	boss := h.strong("boss@example.org", access.Administrator)
	h.filled(20)
	for _, q := range []string{"DROP TRIGGER log_entries_keep", "UPDATE log_entries SET summary = 'Nothing.' WHERE seq = 15"} {
		if _, err := h.store.DB.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	wantPage(t, boss.get("/admin/log"), 200, "The log is whole up to entry 14 only", "Entry 15")
}
