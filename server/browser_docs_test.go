package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestPageAPI(t *testing.T) {
	h, c := chapterHouse(t), chromium(t)
	p := h.tab(t, c, true).looker()
	p.lookedAt("/docs/api", 30_000)
	p.lookedAt("/docs/api?example=activities", 30_000)
	for _, name := range []string{"Query", "Law", "ActivityFilter", "Theme"} {
		p.lookedAt("/docs/api/types/"+name, 20_000)
	}
	examples := regexp.MustCompile(`\?example=(\w+)#try`).FindAllStringSubmatch(h.ask("GET", "/docs/api", "", "Accept", "text/html").Body.String(), -1)
	if len(examples) < 5 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, scripts := range []bool{true, false} {
		reader := h.tab(t, c, scripts)
		for _, e := range examples {
			reader.open("/docs/api?example=" + e[1])
			reader.press("Ask the API")
			reader.says("/docs/api#answer", "Answer", `"data": {`)
			reader.lacks(`"errors"`)
		}
		reader.open("/docs/api?edition=1&example=viewer")
		reader.fill("query", "{ currentEdition { number } }")
		reader.press("Ask the API")
		reader.says(`"number": 1`)
		reader.fill("query", `mutation { withdrawLaw(input: {key: "tha-atipa-2008", version: 3, reason: "x"}) { law { key } } }`)
		reader.press("Ask the API")
		reader.says(`"code": "INVALID"`)
		reader.fill("query", "{ nothing <b> }")
		reader.press("Ask the API")
		reader.says(`"errors": [`)
	}
	p.open("/docs/api?example=chapter")
	p.press("Ask the API")
	p.look("answer")
	wellFormed(t, "answer", h.browser().post("/docs/api", "query", "{ <b> }").Body.String())
	wantPage(t, h.ask("GET", "/docs/api/types/Nothing", "", "Accept", "text/html"), http.StatusNotFound)
	wantPage(t, h.ask("GET", "/docs/api/types/__Schema", "", "Accept", "text/html"), http.StatusNotFound)
}

// Whoever is signed in asks with her own rights; another site asks nothing in her name.
func TestTheFormAsksWithTheRightsOfWhoeverSentIt(t *testing.T) {
	h := chapterHouse(t)
	h.person("member@example.org", "MEMBER")
	const query = "{ viewer { email } }"
	if w := h.browser().post("/docs/api", "query", query); w.Code != 200 || !strings.Contains(w.Body.String(), "&#34;viewer&#34;: null") {
		t.Errorf("a visitor gets %d %s", w.Code, problemOf(w))
	}
	b := h.signedIn("member@example.org")
	wantPage(t, b.post("/docs/api", "query", query), 200, `"email": "member@example.org"`)
	w := b.send("POST", "/docs/api", url.Values{"query": {query}}.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	if w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "member@example.org") {
		t.Errorf("another site got %d", w.Code)
	}
	long := h.browser().post("/docs/api", "query", strings.Repeat("a", 2<<20))
	if long.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("two megabytes got %d", long.Code)
	}
}

// Every type and field that the pages about the schema lead to is there.
func TestEveryLinkOfTheSchemaLeadsSomewhere(t *testing.T) {
	h := chapterHouse(t)
	links, pages := regexp.MustCompile(`href="(/docs/api/types/\w+)(?:#(\w+))?"`), map[string]string{}
	get := func(path string) string {
		if pages[path] == "" {
			w := h.ask("GET", path, "", "Accept", "text/html")
			if w.Code != http.StatusOK {
				t.Fatalf("%s: %d", path, w.Code)
			}
			pages[path] = w.Body.String()
		}
		return pages[path]
	}
	todo, seen := []string{"/docs/api"}, map[string]bool{}
	for len(todo) > 0 {
		page := get(todo[0])
		wellFormed(t, todo[0], page)
		todo = todo[1:]
		for _, m := range links.FindAllStringSubmatch(page, -1) {
			if m[2] != "" && !strings.Contains(get(m[1]), `id="`+m[2]+`"`) {
				t.Errorf("%s has no %s", m[1], m[2])
			}
			if !seen[m[1]] {
				seen[m[1]], todo = true, append(todo, m[1])
			}
		}
	}
	if len(seen) < 250 {
		t.Errorf("only %d types are described", len(seen))
	}
}

func TestPageAbout(t *testing.T) {
	h, c := chapterHouse(t), chromium(t)
	p := h.tab(t, c, true).looker()
	for path, says := range map[string][]string{
		"/about":         {"15 chapters, with 63 laws", "No State has verified its chapter", "from 2006 on", "Unknown is not zero", "edition 2 of 26 November 2026, " + h.doors.BaseURL + "/?edition=2", "Apache License 2.0", "The designations employed"},
		"/privacy":       {"No cookie is set", "__Host-adam", "argon2id"},
		"/accessibility": {"WCAG 2.2", "axe-core", "have not tested these pages yet"},
	} {
		p.lookedAt(path, 20_000)
		for _, scripts := range []bool{true, false} {
			reader := h.tab(t, c, scripts)
			reader.open(path)
			reader.says(says...)
		}
	}
	if w := h.ask("GET", "/privacy", "", "Accept", "text/html"); len(w.Result().Cookies()) > 0 {
		t.Error("the page that says that no cookie is set sets one")
	}
}

func TestFilesForPrograms(t *testing.T) {
	h := chapterHouse(t)
	w := h.ask("GET", "/.well-known/security.txt", "")
	lines := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(w.Body.String()), "\n") {
		name, value, _ := strings.Cut(line, ": ")
		lines[name] = value
	}
	if w.Header().Get("Content-Type") != "text/plain; charset=utf-8" || lines["Contact"] != h.doors.BaseURL+"/about#contact" || lines["Canonical"] != h.doors.BaseURL+"/.well-known/security.txt" {
		t.Errorf("%v %v", w.Header(), lines)
	}
	if ends, err := time.Parse(time.RFC3339, lines["Expires"]); err != nil || ends.Format(time.DateOnly) != "2027-11-26" {
		t.Errorf("it expires %q", lines["Expires"])
	}
	if page := h.ask("GET", "/about", "", "Accept", "text/html").Body.String(); !strings.Contains(page, `id="contact"`) {
		t.Error("the contact leads nowhere")
	}
	wantContains(t, h.ask("GET", "/robots.txt", "").Body.String(), "User-agent: *\n", "Disallow: /account\n", "Disallow: /th/admin\n", "Disallow: /*?edition=\n")
	if demo := (&Catalogue{Demo: true}).robots(); demo != "User-agent: *\nDisallow: /\n" {
		t.Errorf("a demonstration says %q", demo)
	}
	var body struct{ Errors []any }
	if err := json.Unmarshal(h.ask("GET", "/chapters/XXX", "", "Accept", "application/json").Body.Bytes(), &body); err != nil || len(body.Errors) != 1 {
		t.Errorf("a program is told of an unknown chapter: %v, %v", err, body)
	}
}
