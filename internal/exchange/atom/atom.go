// Package atom writes feeds of changes as RFC 4287 (The Atom Syndication Format) wants them, with the pages of RFC 5005. It
// knows no rights: what may be in a feed is decided before. Its authors are institutions, never officials (rule 3 of the model).
package atom

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

// Feed is a page of a list of changes, the newest first.
type Feed struct {
	ID        string // the same for all pages, for ever: see Tag
	Title     string
	Subtitle  string
	Language  string // such as en
	Updated   time.Time
	Author    string // the institution that answers for the feed
	Rights    string // the licence and the disclaimer
	Self      string // the address of this page
	Alternate string // the address of the page for people
	First     string // the addresses of other pages; "" where there is none
	Previous  string
	Next      string
	Entries   []Entry
}

// Entry is one change.
type Entry struct {
	ID         string // of the change, the same for ever: another change of the same record is another entry
	Title      string
	Updated    time.Time
	Author     string // the institution; that of the feed where it is ""
	Link       string // the address of the record
	Summary    string // plain text
	Categories []Category
}

// Category is what a change is about: a chapter, an actor, a theme.
type Category struct {
	Term   string
	Scheme string // the address of the list that the term is of; "" where there is none
	Label  string
}

// Tag is an identifier for ever (RFC 4151): it says who has given it and since when the name is theirs, so that it stays when
// addresses change. host is of the base address; what follows is in the hand of the caller, and only letters, digits and -._~/:
// stay as they are in it.
func Tag(host string, since term.Date, specific string) string {
	var b strings.Builder
	for _, c := range []byte(specific) {
		if c < 0x80 && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/:", c) >= 0) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return "tag:" + strings.ToLower(host) + "," + string(since) + ":" + b.String()
}

// Write writes a page of a feed. It fails where something is missing that the format wants, or where an address is none: a mistake
// of the program. Signs that XML does not allow are left out.
func Write(w io.Writer, f Feed) error {
	out, err := f.xml()
	if err != nil {
		return fmt.Errorf("write a feed: %w", err)
	}
	var b bytes.Buffer // a feed is a page long: where it fails, nothing was written
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("write a feed: %w", err)
	}
	b.WriteByte('\n')
	_, err = b.WriteTo(w)
	return err
}

type feedXML struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language  string      `xml:"xml:lang,attr,omitempty"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle,omitempty"`
	Updated   string      `xml:"updated"`
	Author    *authorXML  `xml:"author"`
	Generator string      `xml:"generator"`
	Rights    string      `xml:"rights,omitempty"`
	Links     []linkXML   `xml:"link"`
	Entries   []*entryXML `xml:"entry"`
}

type entryXML struct {
	ID         string        `xml:"id"`
	Title      string        `xml:"title"`
	Updated    string        `xml:"updated"`
	Author     *authorXML    `xml:"author,omitempty"`
	Links      []linkXML     `xml:"link"`
	Categories []categoryXML `xml:"category"`
	Summary    string        `xml:"summary,omitempty"`
}

type authorXML struct {
	Name string `xml:"name"`
}

type linkXML struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type categoryXML struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

const feedType = "application/atom+xml"

func (f Feed) xml() (*feedXML, error) {
	if err := needed(map[string]string{"id": f.ID, "title": f.Title, "author": f.Author, "address": f.Self}); err != nil {
		return nil, err
	}
	if f.Updated.IsZero() || !absolute(f.ID) {
		return nil, fmt.Errorf("the feed %q needs the time of its last change, and an absolute identifier", f.ID)
	}
	out := &feedXML{Language: f.Language, ID: f.ID, Title: text(f.Title), Subtitle: text(f.Subtitle), Updated: stamp(f.Updated), Author: &authorXML{text(f.Author)}, Generator: "ADAM", Rights: text(f.Rights)}
	for _, l := range []linkXML{{"self", feedType, f.Self}, {"alternate", "text/html", f.Alternate}, {"first", feedType, f.First}, {"previous", feedType, f.Previous}, {"next", feedType, f.Next}} {
		if l.Href == "" {
			continue
		}
		if !absolute(l.Href) {
			return nil, fmt.Errorf("the address %q (%s) is not absolute", l.Href, l.Rel)
		}
		out.Links = append(out.Links, l)
	}
	seen := map[string]bool{}
	for _, e := range f.Entries {
		entry, err := e.xml()
		if err != nil {
			return nil, err
		}
		if seen[e.ID] {
			return nil, fmt.Errorf("two entries have the identifier %q", e.ID)
		}
		seen[e.ID] = true
		out.Entries = append(out.Entries, entry)
	}
	return out, nil
}

func (e Entry) xml() (*entryXML, error) {
	if err := needed(map[string]string{"id": e.ID, "title": e.Title, "link": e.Link}); err != nil {
		return nil, err
	}
	if e.Updated.IsZero() || !absolute(e.ID) || !absolute(e.Link) {
		return nil, fmt.Errorf("the entry %q needs the time of the change, an absolute identifier and an absolute address", e.ID)
	}
	out := &entryXML{ID: e.ID, Title: text(e.Title), Updated: stamp(e.Updated), Links: []linkXML{{"alternate", "text/html", e.Link}}, Summary: text(e.Summary)}
	if e.Author != "" {
		out.Author = &authorXML{text(e.Author)}
	}
	for _, c := range e.Categories {
		if c.Term == "" || c.Scheme != "" && !absolute(c.Scheme) {
			return nil, fmt.Errorf("the category %q of the entry %q needs a term, and an absolute address of its list", c.Term, e.ID)
		}
		out.Categories = append(out.Categories, categoryXML{text(c.Term), c.Scheme, text(c.Label)})
	}
	return out, nil
}

// needed says what is missing.
func needed(values map[string]string) error {
	for name, value := range values {
		if strings.TrimSpace(value) == "" {
			return fmt.Errorf("there is no %s", name)
		}
	}
	return nil
}

// absolute says whether an address, or an identifier, says itself of which sort it is.
func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.IsAbs() && !strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

// text is a text without what XML does not allow.
func text(s string) string { return strings.TrimSpace(cell.Readable(s)) }

// stamp is a time as the format wants it, in UTC.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
