package server

import (
	"io"
	"net/http"
	"strings"
	"time"

	"adam/server/say"
)

// secureFor is how long what security.txt says of a build holds: RFC 9116 recommends less than a year.
const secureFor = 364 * 24 * time.Hour

// wellKnown are the files that programs look for at fixed addresses.
func (c *Catalogue) wellKnown() []Route {
	return []Route{
		{Pattern: "GET /robots.txt", Needs: Open, Handler: plain(c.robots())},
		{Pattern: "GET /.well-known/security.txt", Needs: Open, Handler: plain(c.security())},
	}
}

// robots lets search engines read the catalogue, not what is of accounts or made anew for each question. Of a
// demonstration they read nothing. Earlier editions are left to those who name them: their pages say the same again.
func (c *Catalogue) robots() string {
	if c.Demo {
		return "User-agent: *\nDisallow: /\n"
	}
	lines := []string{"User-agent: *"}
	for _, l := range say.Languages {
		for _, path := range []string{"/account", "/admin", "/invitation/", "/sign-in", "/sign-out", "/graphql"} {
			lines = append(lines, "Disallow: "+l.Prefix()+path)
		}
	}
	lines = append(lines, "Disallow: /*?edition=", "Disallow: /*&edition=", "Disallow: /*?on=", "Disallow: /*&on=")
	return strings.Join(lines, "\n") + "\n"
}

// security tells whoever found a hole where to go (RFC 9116). A build that nobody has renewed for a year says nothing
// for sure any more, and its file has expired. Of a build whose day is not known that holds from the start.
func (c *Catalogue) security() string {
	return strings.Join([]string{
		"Contact: " + c.BaseURL + "/about#contact",
		"Expires: " + c.Built.UTC().Add(secureFor).Format(time.RFC3339),
		"Preferred-Languages: en",
		"Canonical: " + c.BaseURL + "/.well-known/security.txt",
	}, "\n") + "\n"
}

// plain answers with a fixed text.
func plain(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Cache-Control", "public, max-age=86400")
		_, _ = io.WriteString(w, text) // fails only when the client left
	}
}
