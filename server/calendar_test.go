package server

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// calendarHouse is a house with three chapters under review, a published edition, and the calendars.
func calendarHouse(t *testing.T, st *store.Store) *house {
	t.Helper()
	h := houseOn(t, st)
	ctx := h.program()
	cycle := func(code, title string, status term.ReviewStatus, opened term.Date) *ent.ReviewCycleCreate {
		ch, err := st.Client.Chapter.Query().All(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var id term.ID
		for _, c := range ch {
			if c.Code == code {
				id = c.ID
			}
		}
		if id == 0 {
			id = st.Client.Chapter.Create().SetCode(code).SetTitle(title).SetTimeZone("Asia/Bangkok").SaveX(ctx).ID
		}
		return st.Client.ReviewCycle.Create().SetChapterID(id).SetYear(2026).SetStatus(status).SetOpenedOn(opened)
	}
	cycle("THA", "Thailand", term.ReviewPublished, "2025-10-01").SetReviewDueOn("2025-12-01").SetNextReviewDueOn("2026-11-30").ExecX(ctx)
	cycle("THA", "Thailand", term.UnderReview, "2026-11-30").SetNominationDueOn("2026-12-14").SetReviewDueOn("2027-01-30").ExecX(ctx)
	cycle("VNM", "Viet Nam", term.AwaitingNomination, "2026-12-31").SetNominationDueOn("2027-01-14").SetReviewDueOn("2027-02-28").ExecX(ctx)
	cycle("LAO", "Lao PDR", term.ReviewPublished, "2026-01-01").SetReviewDueOn("2026-03-01").SetNextReviewDueOn("2027-02-28").ExecX(ctx)
	cycle("MMR", "Myanmar", term.Suspended, "2026-01-01").SetReviewDueOn("2026-03-01").ExecX(ctx)
	folder := t.TempDir()
	if _, err := edition.Release(ctx, st, folder, "Test.", time.Now()); err != nil {
		t.Fatal(err)
	}
	shelf := edition.NewShelf(folder, st)
	t.Cleanup(shelf.Close)
	if err := shelf.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	c := &Catalogue{Shelf: shelf, BaseURL: h.doors.BaseURL, Accounts: true}
	h.fixture = newFixture(t, testConfig(), Handlers{Doors: h.doors, Home: asker, Routes: c.Calendars(h.keeper)})
	return h
}

// address makes the secret of a person's calendar.
func (h *house) address(p *ent.Person) string {
	h.t.Helper()
	secret, _, err := h.keeper.CreateFeed(h.program(), p.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return secret
}

// days are the days and titles of a calendar, and the line of its name.
func days(w *httptest.ResponseRecorder) string {
	var all []string
	for _, l := range strings.Split(strings.ReplaceAll(w.Body.String(), "\r\n ", ""), "\r\n") {
		for _, name := range []string{"DTSTART;VALUE=DATE:", "SUMMARY:"} {
			if value, ok := strings.CutPrefix(l, name); ok {
				all = append(all, value)
			}
		}
	}
	return strings.Join(all, " ")
}

const (
	thailand = "20270130 Thailand: review due (time zone Asia/Bangkok)"
	viet     = "20270114 Viet Nam: nomination of a focal point due (time zone Asia/Bangkok) 20270228 Viet Nam: review due (time zone Asia/Bangkok)"
	laos     = "20270228 Lao PDR: next review (time zone Asia/Bangkok)"
)

func TestACalendarShowsWhatReviewsWaitFor(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		h := calendarHouse(t, st)
		member, keeps := h.address(h.person("ann@example.org", access.Member)), h.address(h.person("col@example.org", access.Coordinator))
		for _, key := range []string{member, keeps} { // an edition, and the working store
			for file, want := range map[string]string{"THA": thailand, "VNM": viet, "LAO": laos, "MMR": "", "all": laos + " " + thailand + " " + viet} {
				w := h.ask("GET", "/calendar/"+file+".ics?key="+key, "")
				if w.Code != 200 || days(w) != want || w.Header().Get("Content-Type") != "text/calendar; charset=utf-8" {
					t.Errorf("%s: %d, %s\n%s\nexpected\n%s", file, w.Code, w.Header().Get("Content-Type"), days(w), want)
				}
			}
		}
		// Whoever subscribes to both calendars has one event, which moves when its day does.
		cycle := st.Client.ReviewCycle.Query().Where(reviewcycle.StatusEQ(term.UnderReview)).OnlyIDX(h.program())
		for _, file := range []string{"THA", "all"} {
			wantContains(t, h.ask("GET", "/calendar/"+file+".ics?key="+member, "").Body.String(), "UID:"+cycle.String()+".review@adam\r\n")
		}
	})
}

// Rule 3: deadlines of named States are for members.
func TestACalendarIsForMembersOnly(t *testing.T) {
	h := calendarHouse(t, testdb.Store(t, "sqlite3"))
	p, off, idle := h.person("ann@example.org", access.Member), h.person("off@example.org", access.Member), h.person("idle@example.org", access.Member)
	disabled, key, token := h.address(off), h.address(p), h.token(p)
	if err := h.keeper.Disable(h.program(), off.ID); err != nil {
		t.Fatal(err)
	}
	b, c := h.signedIn("ann@example.org"), h.signedIn("idle@example.org")
	grants, err := h.keeper.Grants(h.program(), idle.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.keeper.End(h.program(), grants[0].ID, "left"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		what string
		got  *httptest.ResponseRecorder
		want int
	}{
		{"a visitor", h.ask("GET", "/calendar/THA.ics", ""), 401},
		{"an unknown key", h.ask("GET", "/calendar/THA.ics?key=x", ""), 404},
		{"an empty key", h.ask("GET", "/calendar/THA.ics?key=", ""), 404},
		{"the key of a disabled account", h.ask("GET", "/calendar/THA.ics?key="+disabled, ""), 404},
		{"a browser that is signed in, with an unknown key", b.get("/calendar/THA.ics?key=x"), 404},
		{"a browser that is signed in", b.get("/calendar/THA.ics"), 200},
		{"somebody without a role", c.get("/calendar/THA.ics"), 403},
		{"a token", h.ask("GET", "/calendar/THA.ics", "", "Authorization", "Bearer "+token), 200},
		{"a key", h.ask("GET", "/calendar/THA.ics?key="+key, ""), 200},
		{"a chapter that is none", h.ask("GET", "/calendar/XXX.ics?key="+key, ""), 404},
		{"another file", h.ask("GET", "/calendar/THA?key="+key, ""), 404},
		{"a visitor who asks for a chapter that is none", h.ask("GET", "/calendar/XXX.ics", ""), 401},
	} {
		if tt.got.Code != tt.want || tt.want != 200 && strings.Contains(tt.got.Body.String(), "Thailand") {
			t.Errorf("%s gets %d; expected %d", tt.what, tt.got.Code, tt.want)
		}
	}
	if got := h.ask("GET", "/calendar/THA.ics?key="+key, "").Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("it may be stored: %q", got)
	}
	list, err := h.keeper.Feeds(h.program(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.keeper.RevokeFeed(h.program(), p.ID, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := h.ask("GET", "/calendar/THA.ics?key="+key, "").Code; got != 404 {
		t.Errorf("a key that was revoked gets %d", got)
	}
	if log := h.log.String(); strings.Contains(log, key) || strings.Contains(log, disabled) || !strings.Contains(log, "/calendar/THA.ics") {
		t.Error("the log holds a key, or no request")
	}
}

func TestAServerWithoutAccountsHasNoCalendars(t *testing.T) {
	if routes := (&Catalogue{}).Calendars(nil); routes != nil {
		t.Errorf("it has %v", routes)
	}
}
