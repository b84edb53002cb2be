package server

import (
	"strings"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func TestLoginsAreListedAndRemoved(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	if strings.Contains(b.get("/account").Body.String(), "other providers") {
		t.Error("logins are offered where there is no provider")
	}
	if err := h.keeper.LinkLogin(h.program(), p.ID, "https://id.example.net/x", "17", true); err != nil {
		t.Fatal(err)
	}
	wantPage(t, b.get("/account"), 200, "Logins at other providers", "id.example.net", "since")
	all, err := h.keeper.Logins(h.program(), p.ID)
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	address := "/account/logins/" + all[0].ID.String() + "/remove"
	h.person("b@example.org", access.Member)
	wantPage(t, h.signedIn("b@example.org").post(address), 404, "no such login")
	wantRedirect(t, b.post(address), "/account?done=login-removed")
	wantPage(t, b.get("/account?done=login-removed"), 200, "untied")
	wantPage(t, b.post(address), 404, "no such login")
}

func TestWhatOnePassedOnIsEndedOnItsPage(t *testing.T) {
	h := newHouse(t)
	p := h.focalPoint("fp@example.org")
	own, err := h.keeper.Grants(h.program(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("fp@example.org")
	day := time.Now().AddDate(0, 0, 7).UTC()
	wantPage(t, b.post("/account/roles/"+own[0].ID.String()+"/delegate", "email", "deputy@example.org", "until", day.Format(time.DateOnly)), 200, "/invitation/")
	until := day.AddDate(0, 0, 1).Format("2 January 2006")
	wantPage(t, b.get("/account"), 200, "Passed on", "until "+until, "to deputy@example.org")
	theirs, err := h.keeper.Grants(h.program(), h.personOf("deputy@example.org"))
	if err != nil {
		t.Fatal(err)
	}
	page := "/account/roles/" + theirs[0].ID.String()
	wantPage(t, b.get(page), 200, "A role that you passed on", "to deputy@example.org", "End it")
	for _, step := range []string{"/delegate", "/hand-over"} { // it is not hers to give
		wantPage(t, b.post(page+step, "email", "third@example.org", "until", day.Format(time.DateOnly), "reason", "x"), 404, "not yours")
	}
	wantPage(t, b.post(page+"/end"), 400, "Say why")
	if _, err := h.keeper.Give(h.program(), h.person("m@example.org", access.Member).ID, access.FocalPoint, "", "REGIONAL", time.Time{}); err != nil {
		t.Fatal(err)
	}
	wantPage(t, h.signedIn("m@example.org").get(page), 404, "no such role")
	wantRedirect(t, b.post(page+"/end", "reason", "back from leave"), "/account?done=role-ended")
	if strings.Contains(b.get("/account").Body.String(), "Passed on") {
		t.Error("it is listed after its end")
	}
}

func TestTheLastAdministratorIsTold(t *testing.T) {
	h := newHouse(t)
	secret := h.generator(h.person("boss@example.org", access.Administrator))
	b := h.browser()
	b.signIn("boss@example.org")
	b.post("/sign-in/code", "code", h.code(secret))
	page := "/admin/people/" + h.personOf("boss@example.org").String()
	const sentence = "Make another administrator first."
	wantPage(t, b.post(page+"/disable"), 409, sentence, "There is a problem")
	wantPage(t, b.post(page+"/erase", "email", "boss@example.org", "reason", "x"), 409, sentence)
	held, err := h.keeper.Grants(h.program(), h.personOf("boss@example.org"))
	if err != nil {
		t.Fatal(err)
	}
	id := held[0].ID.String()
	of := h.personOf("boss@example.org").String()
	wantPage(t, b.post("/admin/roles/"+id+"/end", "reason", "x", "person", of), 409, sentence, "Account of boss@example.org")
	wantPage(t, b.post("/admin/roles/"+id+"/end", "reason", " ", "person", of), 400, "Say why", `href="#end-`+id+`-reason"`, `id="end-`+id+`-reason-error"`)
	wantPage(t, b.post("/account/roles/"+id+"/end", "reason", "x"), 409, sentence)
	if _, _, err := h.keeper.Invite(h.program(), people.Invitation{Email: "x@example.org", Role: access.Administrator}); err != nil {
		t.Fatal(err)
	}
	wantPage(t, b.post("/account/roles/"+id+"/hand-over", "email", "x@example.org", "reason", "x"), 409, sentence)
}

func TestACalendarAddressIsMadeShownOnceAndRevoked(t *testing.T) {
	h := calendarHouse(t, testdb.Store(t, dialect.SQLite))
	p := h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	wantPage(t, b.get("/account"), 200, "You have no calendar address.", "Make a calendar address")
	made := b.post("/account/calendars")
	address := secretIn(t, made)
	key, ok := strings.CutPrefix(address, "https://adam.example.org/calendar/all.ics?key=")
	wantPage(t, made, 200, "It is shown this once", "https://adam.example.org/calendar/{code}.ics?key="+key)
	if got := h.ask("GET", "/calendar/THA.ics?key="+key, ""); !ok || got.Code != 200 || days(got) != thailand {
		t.Errorf("%s reads %d, %s", address, got.Code, days(got))
	}
	list, err := h.keeper.Feeds(h.program(), p.ID)
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	since := list[0].CreatedAt.Time().UTC().Format("2 January 2006, 15:04 (UTC)")
	page := b.get("/account")
	wantPage(t, page, 200, "Made "+since, "Revoke the calendar address made "+since)
	if strings.Contains(page.Body.String(), key) {
		t.Error("it is shown again")
	}
	revoke := "/account/calendars/" + list[0].ID.String() + "/revoke"
	h.person("b@example.org", access.Member)
	wantPage(t, h.signedIn("b@example.org").post(revoke), 404, "no such calendar address")
	wantRedirect(t, b.post(revoke), "/account?done=calendar-revoked")
	page = b.get("/account?done=calendar-revoked")
	wantPage(t, page, 200, "The calendar address was revoked.", "revoked</strong>")
	if strings.Contains(page.Body.String(), revoke) {
		t.Error("it can be revoked once more")
	}
	wantPage(t, b.post(revoke), 404, "no such calendar address")
	if got := h.ask("GET", "/calendar/THA.ics?key="+key, "").Code; got != 404 {
		t.Errorf("once revoked it reads %d", got)
	}
}

func TestACalendarAddressOfTheMightyWantsTheirSecondFactor(t *testing.T) {
	h := newHouse(t)
	p := h.person("desk@example.org", access.Secretariat)
	wantPage(t, h.signedIn("desk@example.org").post("/account/calendars"), 403, "There is a problem", "second factor")
	if list, err := h.keeper.Feeds(h.program(), p.ID); len(list) != 0 || err != nil {
		t.Errorf("%d addresses were made, %v", len(list), err)
	}
}
