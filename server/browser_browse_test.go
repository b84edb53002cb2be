package server

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/term"
)

// answered asks a server for an address as a program or a browser does.
func (h *house) answered(path, accept, token string) (int, http.Header, string) {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, h.doors.BaseURL+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Accept", accept)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return w.StatusCode, w.Header, string(text)
}

// asked asks the API of the same server.
func (h *house) asked(query, token string, out any) {
	h.t.Helper()
	status, _, body := h.answered("/graphql?query="+url.QueryEscape(query), "application/json", token)
	var all struct {
		Data   json.RawMessage
		Errors []any
	}
	if err := json.Unmarshal([]byte(body), &all); err != nil || len(all.Errors) > 0 {
		h.t.Fatalf("%d %v %s", status, err, body)
	}
	if err := json.Unmarshal(all.Data, out); err != nil {
		h.t.Fatal(err)
	}
}

// keysOf are the keys of a list of the API, all pages of it.
func (h *house) keysOf(field, filter, order, token string) []string {
	h.t.Helper()
	keys, after := []string{}, ""
	for {
		var out struct {
			L struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
				Edges []struct{ Node struct{ Key string } }
			}
		}
		h.asked(fmt.Sprintf(`{ l: %s(first: 100%s, filter: {%s}, orderBy: {%s}) { pageInfo { hasNextPage endCursor } edges { node { key } } } }`, field, after, filter, order), token, &out)
		for _, e := range out.L.Edges {
			keys = append(keys, e.Node.Key)
		}
		if !out.L.PageInfo.HasNextPage {
			return keys
		}
		after = fmt.Sprintf(", after: %q", out.L.PageInfo.EndCursor)
	}
}

// hidden adds what only its owner and the secretariat may see, to the hostile records.
func hidden(w *writer) {
	hostile(w)
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Create(ctx, tx, term.KindActivity, fields{"title": "=Hidden work", "visibility": "RESTRICTED", "states": []any{"THA"}, "donors": []any{"australia-dfat"},
			"themes": []any{"SMUGGLING"}, "sources": []any{document()}})
	})
}

// browsed are lists as addresses filter and sort them, and the same for the API.
var browsed = []struct{ path, query, field, filter, order string }{
	{"/activities", "", "activities", "", "field: TITLE"},
	{"/activities", "state=THA&donorState=AUS", "activities", `states: ["THA"], donorStates: ["AUS"]`, "field: TITLE"},
	{"/activities", "theme=SMUGGLING&state=THA&state=LAO&sort=start", "activities", `themes: [SMUGGLING], states: ["THA", "LAO"]`, "field: START, direction: DESC"},
	{"/activities", "from=2015&to=2016&verified=false&assistance=LEGISLATIVE", "activities", `activeFrom: "2015-01-01", activeTo: "2016-12-31", verified: false, assistanceTypes: [LEGISLATIVE]`, "field: TITLE"},
	{"/activities", "chapter=REGIONAL&group=ASEAN", "activities", `chapters: ["REGIONAL"], stateGroups: [ASEAN]`, "field: TITLE"},
	{"/laws", "state=THA&q=trafficking", "laws", `states: ["THA"], text: "trafficking"`, "field: TITLE"},
	{"/laws", "status=IN_FORCE&sort=adopted", "laws", `status: [IN_FORCE]`, "field: ADOPTED, direction: DESC"},
	{"/policies", "chapter=REGIONAL", "policies", `chapters: ["REGIONAL"]`, "field: TITLE"},
	{"/mechanisms", "state=THA&level=REGIONAL", "mechanisms", `states: ["THA"], levels: [REGIONAL]`, "field: NAME"},
	{"/actors", "", "actors", "", "field: NAME"},
	{"/actors", "role=FUNDING&kind=DONOR&sort=updated", "actors", `roles: [FUNDING], kinds: [DONOR]`, "field: UPDATED_AT, direction: DESC"},
	{"/laws", "state=THA&q=zebra", "laws", `states: ["THA"], text: "zebra"`, "field: TITLE"},
}

var (
	heading = regexp.MustCompile(`<h1>([\d,]+) `)
	counted = regexp.MustCompile(`(?s)<input type="checkbox" id="([a-zA-Z]+)-([^"]+)"[^>]*>\s*<label[^>]*>.*?<span class="soft">\((\d+)\)</span>`)
)

// Pages and files say what the API says of the same filter, for the same viewer: the total, the counts of every value that
// can be chosen, and which records there are, in which order.
func TestPageSearchAndBrowseAgreesWithTheAPI(t *testing.T) {
	h := library(t, hidden)
	desk := h.token(h.person("desk@example.org", access.Secretariat), access.ScopeRead)
	for _, token := range []string{"", desk} {
		for _, b := range browsed {
			address := strings.TrimSuffix(b.path+"?"+b.query, "?")
			keys := h.keysOf(b.field, b.filter, b.order, token)
			_, _, body := h.answered(address, "text/html", token)
			if m := heading.FindStringSubmatch(body); m == nil || m[1] != fmt.Sprint(len(keys)) {
				t.Errorf("%s: the heading is %q, the API has %d", address, m, len(keys))
			}
			h.countsAgree(t, address, body, token, b.field, b.filter)
			file := strings.Replace(address, b.path, b.path+".json", 1)
			var records []struct{ Key string }
			_, header, body := h.answered(file, "*/*", token)
			if err := json.Unmarshal([]byte(body), &records); err != nil || !slices.Equal(keys, pick(records, func(r struct{ Key string }) string { return r.Key })) {
				t.Errorf("%s: %v, %d records, the API has %d", file, err, len(records), len(keys))
			}
			if !strings.Contains(header.Get("Content-Disposition"), "attachment") || !strings.Contains(strings.Join(header.Values("Link"), ","), h.doors.BaseURL+b.path) {
				t.Errorf("%s: %v", file, header)
			}
			file = strings.Replace(address, b.path, b.path+".csv", 1)
			_, _, body = h.answered(file, "*/*", token)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
			if err != nil || len(rows) == 0 || !slices.Equal(keys, pick(rows[1:], func(r []string) string { return r[1] })) {
				t.Errorf("%s: %v, %d rows, the API has %d", file, err, len(rows), len(keys))
			}
			safe(t, file, rows)
		}
	}
	if everybody, secretariat := len(h.keysOf("activities", "", "field: KEY", "")), len(h.keysOf("activities", "", "field: KEY", desk)); secretariat != everybody+1 {
		t.Errorf("everybody sees %d activities, the secretariat %d", everybody, secretariat)
	}
}

func pick[T any](all []T, of func(T) string) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = of(v)
	}
	return out
}

// countsAgree follows counts of a page: the list that the address with this value more gives has as many records.
func (h *house) countsAgree(t *testing.T, address, body, token, field, filter string) {
	t.Helper()
	var out struct {
		L struct {
			Facets []struct {
				Field  string
				Values []struct {
					Code  string
					Count int
				}
			}
		}
	}
	h.asked(fmt.Sprintf(`{ l: %s(first: 1, filter: {%s}) { facets(first: 20) { field values { code count } } } }`, field, filter), token, &out)
	want := map[string]int{}
	for _, f := range out.L.Facets {
		for _, v := range f.Values {
			want[v.Code+fmt.Sprint(" ", v.Count)]++
		}
	}
	got, found := map[string]int{}, counted.FindAllStringSubmatch(body, -1)
	for _, m := range found {
		got[html.UnescapeString(m[2])+" "+m[3]]++
	}
	if len(found) == 0 && len(want) > 0 || !mapsEqual(got, want) {
		t.Errorf("%s: the page counts\n%v, the API\n%v", address, got, want)
	}
}

func mapsEqual(a, b map[string]int) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// safe checks that no cell of a file is run by a spreadsheet, and that the file says of itself what it is.
func safe(t *testing.T, file string, rows [][]string) {
	t.Helper()
	for i, r := range rows {
		for _, cell := range r {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s: a spreadsheet runs %q", file, cell)
			}
		}
		about := r[len(r)-1]
		if i == 1 && (!strings.Contains(about, "designations employed") || !strings.Contains(about, "http")) || i > 1 && about != "" {
			t.Errorf("%s: row %d says of the file %q", file, i, about)
		}
	}
}

func TestPageSearchAndBrowseRefusesWhatItDoesNotKnow(t *testing.T) {
	h := library(t, hidden)
	for address, field := range map[string]string{
		"/activities?theme=FOO": "theme", "/laws?state=XXX": "state", "/activities?from=soon": "from", "/activities?to=20155": "to", "/laws?sort=colour": "sort",
		"/actors?kind=": "", "/mechanisms?chapter=MARS": "chapter", "/activities?donor=nobody": "donor", "/activities.csv?donor=nobody": "donor", "/laws.json?verified=maybe": "verified",
		"/search?q=law&kind=BOOK": "kind", "/search?q=law&state=XXX": "states", "/policies?q=...": "q", "/laws?after=forged": "-", "/activities?unknown=1": "",
		"/funding?theme=FOO": "theme", "/funding?currency=XXX": "currency", "/funding?currency=-1": "currency", "/funding?by=COLOUR": "by", "/funding?by=YEAR&across=YEAR": "across", "/funding?kind=GIFT": "kind",
		"/funding.csv?currency=XXX": "currency", "/gaps.csv?theme=BOTH": "theme", "/needs.csv?status=LOST": "status", "/gaps.json?theme=SMUGGLING": "", "/needs.csv?state=THA": "", "/funding/lines?in-year=soon": "in-year", "/funding/lines?outcome=LOST": "outcome", "/funding/lines?after=forged": "-", "/funding/lines?in-donor=nobody&in-state=XXX": "",
		"/funding/lines.csv?in-year=soon": "in-year", "/funding?text=zebra&q=zebra": "",
	} {
		status, _, body := h.answered(address, "application/json", "")
		var failed struct {
			Errors []struct {
				Message    string
				Extensions struct {
					Code   string
					Fields []string
				}
			}
		}
		_ = json.Unmarshal([]byte(body), &failed)
		switch {
		case field == "" && status != http.StatusOK:
			t.Errorf("%s: %d %.300s", address, status, body)
		case field == "" || field == "-" && status == http.StatusBadRequest:
		case status != http.StatusBadRequest || len(failed.Errors) != 1 || failed.Errors[0].Extensions.Code != "INVALID" || !slices.Equal(failed.Errors[0].Extensions.Fields, []string{field}):
			t.Errorf("%s: %d %.300s", address, status, body)
		}
	}
}

// Links of a list keep what is chosen, always in the same order, and the edition that is read.
func TestPageSearchAndBrowseKeepsItsAddress(t *testing.T) {
	h := library(t, hidden)
	_, _, one := h.answered("/activities?theme=TRAFFICKING&state=THA&state=LAO&edition=1&sort=end", "text/html", "")
	_, _, other := h.answered("/activities?sort=end&state=LAO&edition=1&state=THA&theme=TRAFFICKING&state=", "text/html", "")
	links := regexp.MustCompile(`href="/activities[^"]*"|<input type="hidden"[^>]*>`)
	inMain := func(body string) []string {
		_, main, _ := strings.Cut(body, `<main`)
		main, _, _ = strings.Cut(main, `</main>`)
		return slices.DeleteFunc(links.FindAllString(main, -1), func(l string) bool { return strings.Contains(l, "after=") })
	}
	a, b := inMain(one), inMain(other)
	if len(a) < 10 || !slices.Equal(a, b) {
		t.Errorf("the same list has other links:\n%v\n%v", a, b)
	}
	for _, l := range a {
		if strings.HasPrefix(l, "href") && !strings.Contains(l, "edition=1") {
			t.Errorf("%s leaves the edition", l)
		}
	}
	for _, want := range []string{
		`href="/activities?edition=1&amp;sort=end&amp;state=LAO&amp;theme=TRAFFICKING"`, `href="/activities?edition=1&amp;sort=end&amp;state=LAO&amp;state=THA"`,
		`href="/activities.csv?edition=1&amp;sort=end&amp;state=LAO&amp;state=THA&amp;theme=TRAFFICKING"`, `<input type="hidden" name="edition" value="1">`, `<input type="hidden" name="sort" value="end">`,
	} {
		if !slices.Contains(a, want) {
			t.Errorf("%s is not among\n%s", want, strings.Join(a, "\n"))
		}
	}
}

// browseLeaves are pages of lists and searches and what they must say.
var browseLeaves = []leaf{
	{"/activities?state=THA&donorState=AUS", []string{"activities", "None of these is verified yet.", "Thailand", "Government that pays: ", "Remove all", "Filter the list", "Download this list", "1 chosen"}},
	{"/activities?state=THA&q=zebra", []string{"0 activities", "Nothing fits all that you have chosen", "Show the whole list"}},
	{"/activities?q=teach&from=2025", []string{"Teach " + script}},
	{"/activities?more=donor", []string{"Show"}},
	{"/laws?theme=SMUGGLING", []string{"About: ", "Smuggling of migrants"}},
	{"/policies", []string{"policies", "Next page"}},
	{"/mechanisms?q=bali", []string{"and 44 others"}},
	{"/actors?kind=NGO&q=evil", []string{"1 organisation", "Evil " + script}},
	{"/needs", []string{"1 need", script}},
	{"/overlaps", []string{"Pairs of activities that were found to belong together", "0 pairs"}},
	{"/overlaps?state=XXX", []string{"is no State of this catalogue"}},
	{"/gaps", []string{"What is missing, and what is not known", "Six questions", "Elements of the offence", "Purpose of exploitation", "None recorded", "no gap"}},
	{"/gaps?theme=SMUGGLING", []string{"Procurement of illegal entry", "Party since"}},
	{"/gaps?theme=BOTH", []string{"There are two themes: write SMUGGLING or TRAFFICKING."}},
	{"/search?q=traficking+thailand&state=THA", []string{"records have these words", "All (", "State: ", "Narrow the search"}},
	{"/search?q=law&kind=LAW", []string{"Filter these further in the list: Laws", "Next page"}},
	{"/search?q=...", []string{"Search"}},
	{"/search?q=zebraofmars", []string{"Nothing is found"}},
	{"/search", []string{"a typing error is forgiven"}},
	{"/laws?state=XXX", []string{"is no State of this catalogue"}},
}

func TestPageSearchAndBrowse(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	c := chromium(t)
	h := library(t, hidden)
	p := h.tab(t, c, true).looker()
	for _, l := range browseLeaves {
		name := strings.NewReplacer("/", " ", "?", " ", "=", " ", "&", " ").Replace(l.path)[1:]
		t.Run(name, func(t *testing.T) {
			p.t = t
			for _, language := range []string{"", "/ur"} {
				p.open(language + l.path)
				p.look(name + strings.TrimPrefix(language, "/"))
				if language == "" {
					p.says(l.says...)
				}
			}
		})
	}
	// By a hand without a script: choose, show, turn the page.
	hand := h.tab(t, c, false)
	hand.open("/laws?edition=1")
	hand.tick("state-THA")
	hand.press("Show")
	hand.says("State: ", "Thailand", "You are reading edition 1")
	hand.lacks("Penal Code of Viet Nam")
	hand.open("/search?q=trafficking")
	hand.press("Next page")
	hand.says("Previous page")
}
