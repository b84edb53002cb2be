package atom_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"adam/internal/exchange/atom"
)

var at = time.Date(2026, 11, 27, 16, 30, 0, 0, time.FixedZone("Bangkok", 7*3600))

func sample() atom.Feed {
	return atom.Feed{ID: atom.Tag("ADAM.example", "2026-01-01", "feed/chapters/THA"), Title: "Changes in Thailand", Language: "en", Updated: at, Author: "Regional Support Office", Rights: "CC BY 4.0. The designations employed …",
		Self: "https://adam.example/feed.atom?chapter=THA&page=2", Alternate: "https://adam.example/chapters/THA/changes", First: "https://adam.example/feed.atom?chapter=THA", Next: "https://adam.example/feed.atom?chapter=THA&page=3",
		Entries: []atom.Entry{
			{ID: atom.Tag("adam.example", "2026-01-01", "history/entry_1"), Title: "Act <B.E. 2551> & \"others\"", Updated: at, Author: "Ministry of Justice", Link: "https://adam.example/laws/act", Summary: "Changed:\x00 number\x08\u0001, ไทย\xff <b>",
				Categories: []atom.Category{{Term: "THA", Scheme: "https://adam.example/states", Label: "Thailand"}, {Term: "TRAFFICKING"}}},
			{ID: atom.Tag("adam.example", "2026-01-01", "history/entry_2"), Title: "Training", Updated: at.Add(-time.Hour), Link: "https://adam.example/activities/training"},
		}}
}

func written(t *testing.T, f atom.Feed) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := atom.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read is a feed as a reader of feeds sees it, by the names of RFC 4287.
type read struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      []string `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
	Author  []struct {
		Name []string `xml:"http://www.w3.org/2005/Atom name"`
	} `xml:"http://www.w3.org/2005/Atom author"`
	Link []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Entry []struct {
		ID       []string `xml:"http://www.w3.org/2005/Atom id"`
		Title    []string `xml:"http://www.w3.org/2005/Atom title"`
		Updated  []string `xml:"http://www.w3.org/2005/Atom updated"`
		Summary  string   `xml:"http://www.w3.org/2005/Atom summary"`
		Category []struct {
			Term string `xml:"term,attr"`
		} `xml:"http://www.w3.org/2005/Atom category"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func TestAFeedHasWhatTheFormatWants(t *testing.T) {
	file := written(t, sample())
	var f read
	if err := xml.Unmarshal(file, &f); err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	if len(f.ID) != 1 || f.ID[0] != "tag:adam.example,2026-01-01:feed/chapters/THA" || len(f.Title) != 1 || len(f.Updated) != 1 || f.Updated[0] != "2026-11-27T09:30:00Z" || len(f.Author) != 1 || f.Author[0].Name[0] != "Regional Support Office" {
		t.Errorf("%+v", f)
	}
	links := map[string]string{}
	for _, l := range f.Link {
		if links[l.Rel] != "" {
			t.Errorf("two links are %s", l.Rel)
		}
		links[l.Rel] = l.Href
	}
	if len(links) != 4 || links["self"] != sample().Self || links["next"] != sample().Next || links["first"] != sample().First || links["alternate"] != sample().Alternate {
		t.Errorf("%v", links)
	}
	if len(f.Entry) != 2 {
		t.Fatalf("%d entries", len(f.Entry))
	}
	for i, e := range f.Entry {
		if len(e.ID) != 1 || len(e.Title) != 1 || len(e.Updated) != 1 {
			t.Errorf("entry %d: %+v", i, e)
		}
	}
	if e := f.Entry[0]; e.Title[0] != "Act <B.E. 2551> & \"others\"" || e.Summary != "Changed: number, ไทย <b>" || len(e.Category) != 2 || e.Category[0].Term != "THA" {
		t.Errorf("%+v", e)
	}
	if !bytes.Contains(file, []byte(`xml:lang="en"`)) {
		t.Errorf("%s", file)
	}
	if !bytes.Equal(file, written(t, sample())) {
		t.Error("the same feed has other bytes the second time")
	}
}

func TestAFeedIsWellFormedToOthers(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not found: install libxml2 to try feeds with it")
	}
	cmd := exec.CommandContext(t.Context(), lint, "--noout", "--nonet", "-")
	cmd.Stdin = bytes.NewReader(written(t, sample()))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestAFeedThatLacksSomethingIsNotWritten(t *testing.T) {
	for want, change := range map[string]func(*atom.Feed){
		"there is no id":                          func(f *atom.Feed) { f.ID = "" },
		"there is no title":                       func(f *atom.Feed) { f.Title = " " },
		"there is no author":                      func(f *atom.Feed) { f.Author = "" },
		"there is no address":                     func(f *atom.Feed) { f.Self = "" },
		"needs the time of its last change":       func(f *atom.Feed) { f.Updated = time.Time{} },
		"\"/feed.atom\" (next) is not absolute":   func(f *atom.Feed) { f.Next = "/feed.atom" },
		"there is no link":                        func(f *atom.Feed) { f.Entries[0].Link = "" },
		"needs the time of the change":            func(f *atom.Feed) { f.Entries[0].Updated = time.Time{} },
		"an absolute identifier and":              func(f *atom.Feed) { f.Entries[0].ID = "entry 1" },
		"needs a term":                            func(f *atom.Feed) { f.Entries[0].Categories[0].Term = "" },
		"two entries have the identifier":         func(f *atom.Feed) { f.Entries[1].ID = f.Entries[0].ID },
		"\"https://a b\" (first) is not absolute": func(f *atom.Feed) { f.First = "https://a b" },
	} {
		f := sample()
		f.Entries[0].Categories = append([]atom.Category{}, f.Entries[0].Categories...)
		change(&f)
		var b bytes.Buffer
		if err := atom.Write(&b, f); err == nil || !strings.Contains(err.Error(), want) || b.Len() > 0 {
			t.Errorf("got %v and %d bytes, want %q", err, b.Len(), want)
		}
	}
}

func TestTagsAreIdentifiersForEver(t *testing.T) {
	for specific, want := range map[string]string{"activities/training/5": "tag:adam.example,2026-01-01:activities/training/5", "a b?ไ": "tag:adam.example,2026-01-01:a%20b%3F%E0%B9%84"} {
		if got := atom.Tag("Adam.Example", "2026-01-01", specific); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Whatever texts hold, the feed is well-formed.
func FuzzWrite(f *testing.F) {
	f.Add("a", "<b>\x00]]>")
	f.Fuzz(func(t *testing.T, title, summary string) {
		feed := sample()
		feed.Title, feed.Entries[0].Summary, feed.Entries[0].Categories[0].Label = "x"+title, summary, title
		d := xml.NewDecoder(bytes.NewReader(written(t, feed)))
		for {
			if _, err := d.Token(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("%v", err)
			}
		}
	})
}
