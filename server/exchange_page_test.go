package server

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/term"
)

// hxlRows are the rows of a file of HXL below its hashtags, each by hashtag.
func hxlRows(t *testing.T, file string) (out []map[string]string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%v %.300s", err, file)
	}
	for _, row := range rows[2:] {
		of := map[string]string{}
		for i, tag := range rows[1] {
			of[tag] = row[i]
		}
		out = append(out, of)
	}
	return out
}

// Each activity of the list is in its 3W, in a row for each State and implementer; each line of money is in one row, and those
// that count add up to what the page says; and JSON Lines are the records of JSON, one a line.
func TestPageListsAsHXLAndJSONLines(t *testing.T) {
	h := library(t, paid)
	desk := h.token(h.person("desk@example.org", access.Secretariat), access.ScopeRead)
	for _, token := range []string{"", desk} {
		keys := h.keysOf("activities", `states: ["THA"]`, "field: TITLE", token)
		_, _, file := h.answered("/activities.hxl.csv?state=THA", "*/*", token)
		var found []string
		rows := 0
		for _, row := range hxlRows(t, file) {
			if found = append(found, row["#activity+id"]); row["#activity+id"] == "training" {
				rows++
			}
		}
		if found = slices.Compact(found); !slices.Equal(found, keys) || rows != 2 {
			t.Errorf("the 3W has %d activities, the API %d; training has %d rows", len(found), len(keys), rows)
		}
		_, _, lines := h.answered("/activities.jsonl?state=THA", "*/*", token)
		found = nil
		for line := range strings.Lines(lines) {
			var r struct{ Key string }
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			found = append(found, r.Key)
		}
		if !slices.Equal(found, keys) {
			t.Errorf("%d lines, the API has %d", len(found), len(keys))
		}
		_, _, file = h.answered("/funding/lines.hxl.csv?q=training+advice&kind=DISBURSEMENT&currency=USD", "*/*", token)
		if got := hxlRows(t, file); len(got) != 0 {
			t.Errorf("%v", got)
		}
		_, _, file = h.answered("/funding/lines.hxl.csv?donor=eu&kind=DISBURSEMENT", "*/*", token)
		got := sums{}
		for _, row := range hxlRows(t, file) {
			if row["#meta+outcome"] == "Counted" || strings.Contains(row["#meta+outcome"], "rate") {
				got.add("DISBURSEMENT", row["#currency+code"], row["#value+funding"])
			}
		}
		if got.String() != "DISBURSEMENT THB 60001.00\nDISBURSEMENT USD 5000.00" {
			t.Errorf("%s", got)
		}
	}
}

// told is a feed as a reader of feeds sees it.
type told struct {
	ID      string `xml:"http://www.w3.org/2005/Atom id"`
	Title   string `xml:"http://www.w3.org/2005/Atom title"`
	Updated string `xml:"http://www.w3.org/2005/Atom updated"`
	Entry   []struct {
		ID      string `xml:"http://www.w3.org/2005/Atom id"`
		Title   string `xml:"http://www.w3.org/2005/Atom title"`
		Updated string `xml:"http://www.w3.org/2005/Atom updated"`
		Summary string `xml:"http://www.w3.org/2005/Atom summary"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
		Category []struct {
			Term string `xml:"term,attr"`
		} `xml:"http://www.w3.org/2005/Atom category"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func (h *house) fed(path, token string) (out told) {
	h.t.Helper()
	status, header, body := h.answered(path, "*/*", token)
	if err := xml.Unmarshal([]byte(body), &out); err != nil || status != 200 || header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		h.t.Fatalf("%s: %d %v %.300s", path, status, err, body)
	}
	return out
}

// A feed has the newest changes of what it is about, of what its reader may see: a restricted record is told of to the
// secretariat only, and a change after the edition too.
func TestPageFeedOfChanges(t *testing.T) {
	h := library(t, func(w *writer) { // what was shipped is older, also where all of it comes within a second
		if _, err := w.st.DB.ExecContext(t.Context(), "UPDATE activities SET updated_at = $1", string(term.InstantOf(time.Now().Add(-time.Hour)))); err != nil {
			t.Fatal(err)
		}
		paid(w)
	})
	desk := h.token(h.person("desk@example.org", access.Secretariat), access.ScopeRead)
	titles := func(f told) (out []string) {
		for _, e := range f.Entry {
			out = append(out, e.Title)
		}
		return out
	}
	for path, want := range map[string]string{"/feed.atom": "", "/feed.atom?chapter=THA": "Thailand", "/feed.atom?theme=SMUGGLING": "Smuggling of migrants", "/feed.atom?actor=eu": "European Union"} {
		f := h.fed(path, "")
		if len(f.Entry) == 0 || len(f.Entry) > 50 || !strings.Contains(f.Title, want) || f.Updated != f.Entry[0].Updated || !strings.HasPrefix(f.ID, "tag:localhost,2026-01-01:feed.atom") {
			t.Errorf("%s: %d entries, %+v", path, len(f.Entry), f)
		}
		for i, e := range f.Entry {
			if i > 0 && e.Updated > f.Entry[i-1].Updated || !strings.HasPrefix(e.Link.Href, h.doors.BaseURL+"/") || e.Summary == "" {
				t.Errorf("%s: %+v", path, e)
			}
		}
		all := strings.Join(titles(f), "\n")
		if !strings.Contains(all, "Training") && path != "/feed.atom" || strings.Contains(all, "Hidden work") {
			t.Errorf("%s: %s", path, all)
		}
		if again := h.fed(path, ""); fmt.Sprint(again) != fmt.Sprint(f) {
			t.Errorf("%s: the same changes are told otherwise", path)
		}
	}
	if all := strings.Join(titles(h.fed("/feed.atom?theme=SMUGGLING&chapter=THA", desk)), "\n"); !strings.Contains(all, "Hidden work") {
		t.Errorf("the secretariat is not told: %s", all)
	}
	if f := h.fed("/feed.atom?actor=iom&edition=1", ""); !strings.HasSuffix(f.Entry[0].Link.Href, "?edition=1") {
		t.Errorf("%+v", f.Entry[0])
	}
	for path, field := range map[string]string{"?chapter=XXX": "chapter", "?actor=nobody": "actor", "?theme=NONE": "theme", "?actor=eu&theme=SMUGGLING": "actor"} {
		if status, _, body := h.answered("/feed.atom"+path, "application/json", ""); status != 400 || !strings.Contains(body, `"fields":["`+field+`"]`) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	for path, feed := range map[string]string{"/chapters/THA": "/feed.atom?chapter=THA", "/actors/eu": "/feed.atom?actor=eu", "/activities?theme=SMUGGLING": "/feed.atom?theme=SMUGGLING", "/laws?chapter=LAO&theme=TRAFFICKING": "/feed.atom?chapter=LAO&amp;theme=TRAFFICKING"} {
		if _, _, body := h.answered(path, "text/html", ""); !strings.Contains(body, `<link rel="alternate" type="application/atom+xml" title="Changes of the catalogue" href="`+feed+`">`) {
			t.Errorf("%s names no feed %s", path, feed)
		}
	}
}

// An edition as files has what everybody may read, whoever asks, and all of it.
func TestPageEditionAsFiles(t *testing.T) {
	h := library(t, paid)
	desk := h.token(h.person("desk@example.org", access.Secretariat), access.ScopeRead)
	activities := len(h.keysOf("activities", "", "field: KEY", ""))
	for _, suffix := range []string{"csv.zip", "xlsx.zip", "iati.xml", "json", "jsonl"} {
		status, header, file := h.answered("/data/edition-1."+suffix, "*/*", "")
		if _, _, theirs := h.answered("/data/edition-1."+suffix, "*/*", desk); theirs != file || status != 200 {
			t.Errorf("%s: %d, and the secretariat gets another file", suffix, status)
		}
		if header.Get("Cache-Control") != "public, max-age=86400" || header.Get("Content-Disposition") != `attachment; filename="adam-edition-1.`+suffix+`"` {
			t.Errorf("%s: %v", suffix, header)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.doors.BaseURL+"/data/edition-1."+suffix, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("If-None-Match", header.Get("ETag"))
		if w, err := http.DefaultClient.Do(r); err != nil || w.StatusCode != http.StatusNotModified || w.Body.Close() != nil {
			t.Errorf("%s is sent again to whoever has it: %v", suffix, err)
		}
		switch suffix {
		case "csv.zip":
			if rows := rowsIn(t, file, "activities.csv"); rows != activities+1 {
				t.Errorf("%d rows, %d activities", rows, activities)
			}
			if rows := rowsIn(t, file, "funding-disbursement.csv"); rows != 3 {
				t.Errorf("%d rows of disbursements", rows)
			}
		case "json":
			var all map[string]json.RawMessage
			var list []any
			if err := json.Unmarshal([]byte(file), &all); err != nil || json.Unmarshal(all["activities"], &list) != nil || len(list) != activities || !strings.Contains(string(all["about"]), `"edition":1`) {
				t.Errorf("%v, %d activities, %s", err, len(list), all["about"])
			}
		case "jsonl":
			if n := strings.Count(file, `{"list":"activities","record":{`); n != activities {
				t.Errorf("%d activities of %d", n, activities)
			}
			for s := bufio.NewScanner(strings.NewReader(file)); s.Scan(); {
				if !json.Valid(s.Bytes()) {
					t.Fatalf("%.200s", s.Text())
				}
			}
		case "iati.xml":
			if _, found := readBack(t, file); found.String() != h.countedIn("", "").String() {
				t.Errorf("%s", found)
			}
		}
		if _, _, home := h.answered("/", "text/html", ""); !strings.Contains(home, `href="/data/edition-1.`+suffix+`"`) {
			t.Errorf("the start page does not lead to %s", suffix)
		}
	}
	for path, status := range map[string]int{"/data/edition-1.csv": 200, "/data/edition-1.xlsx": 200, "/data/edition-1.pdf": 404, "/data/edition-2.json": 404, "/data/edition-01.json": 404, "/data/": 404} {
		if got, _, _ := h.answered(path, "*/*", ""); got != status {
			t.Errorf("%s: %d", path, got)
		}
	}
}

// rowsIn counts the rows of a file in a zip.
func rowsIn(t *testing.T, file, name string) int {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(all))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return len(rows)
}
