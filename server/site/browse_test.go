package site

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"adam/internal/fault"
	"adam/server/ui"
)

// api is an API that answers with what a test says.
type api func(variables map[string]any) string

func (a api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body struct{ Variables map[string]any }
	_ = json.NewDecoder(r.Body).Decode(&body)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(a(body.Variables)))
}

const refusal = `{"errors": [{"message": "It took too long.", "extensions": {"code": "LIMIT"}}]}`

// shelf is an answer with so many rows of so many, which more follow or not.
func shelf(total int, next bool, keys ...string) string {
	edges := make([]string, len(keys))
	for i, k := range keys {
		edges[i] = fmt.Sprintf(`{"node": {"key": %q, "name": "=cmd()", "kind": "NGO"}}`, k)
	}
	return fmt.Sprintf(`{"data": {"actors": {"totalCount": %d, "pageInfo": {"hasNextPage": %v, "endCursor": "c"}, "edges": [%s]}}}`, total, next, strings.Join(edges, ","))
}

// file asks for a list as a file, and says how it ends.
func file(t *testing.T, a api, address string) (w *httptest.ResponseRecorder, failed error, cut bool) {
	t.Helper()
	s := New(a, "type Query { a: Int }")
	w = httptest.NewRecorder()
	defer func() {
		if v := recover(); v != nil {
			if cut = v == http.ErrAbortHandler; !cut {
				panic(v)
			}
		}
	}()
	path, _, _ := strings.Cut(address, "?")
	s.Downloads(func(_ http.ResponseWriter, _ *http.Request, err error) { failed = err })[path].ServeHTTP(w, httptest.NewRequest("GET", address, nil))
	return w, failed, false
}

func TestAFileIsWholeOrIsNone(t *testing.T) {
	pages := api(func(v map[string]any) string {
		if v["after"] == nil {
			return shelf(3, true, "one", "two")
		}
		return shelf(3, false, "three")
	})
	w, failed, cut := file(t, pages, "/actors.json")
	var all []struct{ Key string }
	if err := json.Unmarshal(w.Body.Bytes(), &all); err != nil || failed != nil || cut || len(all) != 3 || all[2].Key != "three" {
		t.Errorf("%v %v %v %s", err, failed, cut, w.Body)
	}
	w, _, _ = file(t, pages, "/actors.csv")
	if lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n"); len(lines) != 4 || !strings.HasPrefix(lines[0], "\ufeffName,") || !strings.HasPrefix(lines[3], "'=cmd(),three,") {
		t.Errorf("%q", lines)
	}
	if w, _, _ = file(t, func(map[string]any) string { return shelf(0, false) }, "/actors.json"); strings.TrimSpace(w.Body.String()) != "[]" {
		t.Errorf("an empty list is %q", w.Body)
	}
	_, failed, cut = file(t, func(map[string]any) string { return shelf(mostRows+1, true, "one") }, "/actors.csv")
	if cut || fault.KindOf(failed) != fault.Limit || !strings.Contains(failed.Error(), "10,000 rows") {
		t.Errorf("a list that is too long: %v %v", failed, cut)
	}
	_, failed, cut = file(t, func(map[string]any) string { return refusal }, "/actors.csv")
	if cut || fault.KindOf(failed) != fault.Limit {
		t.Errorf("an error before the first row: %v %v", failed, cut)
	}
	broken := func(keys ...string) api {
		return func(v map[string]any) string {
			if v["after"] == nil {
				return shelf(len(keys)+1, true, keys...)
			}
			return refusal
		}
	}
	if w, failed, cut = file(t, broken("one", "two"), "/actors.json"); cut || fault.KindOf(failed) != fault.Limit || w.Body.Len() > 0 {
		t.Errorf("an error before anything was sent: %v %v %s", failed, cut, w.Body)
	}
	if _, _, cut = file(t, broken(strings.Fields(strings.Repeat("long ", 100))...), "/actors.json"); !cut {
		t.Error("a file that broke off looks whole")
	}
}

func TestAListIsShownWhereItCannotBeCounted(t *testing.T) {
	s := New(api(func(v map[string]any) string {
		if v["counts"] == true {
			return refusal
		}
		return shelf(2_000_000, true, "one")
	}), "type Query { a: Int }")
	r := httptest.NewRequest("GET", "/actors?kind=NGO&state=THA", nil)
	r = r.WithContext(ui.In(r.Context(), s.frame(r)))
	p, err := s.Lists()["/actors"](r)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := ui.Render(r.Context(), &b, p); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2,000,000 organisations", "too many to count", `value="NGO" checked`, `value="THA" checked`, "at most 10,000 rows"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	_, body, _ := strings.Cut(b.String(), "<body") // the style before it has numbers of its own
	for _, wrong := range []string{"(0)", "(-1)", "of these"} {
		if strings.Contains(body, wrong) || body == "" {
			t.Errorf("the page says %q", wrong)
		}
	}
}

// What an address chooses is written in one way only, whatever the address was, and asked for in the words of the API.
func TestAChoiceHasOneAddress(t *testing.T) {
	read := func(address string) *chosen {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		c, err := activitiesList.choose(t.Context(), u.Query())
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		return c
	}
	c := read("/activities?to=2016-05&state=THA&state=LAO&state=THA&verified=true&q=+law+&theme=&colour=red&sort=title&after=x&edition=2")
	if got := at(c.path, c.query()); got != "/activities?q=law&state=LAO&state=THA&to=2016-05&verified=true" {
		t.Error(got)
	}
	got, _ := json.Marshal(c.filter())
	if string(got) != `{"activeTo":"2016-05-31","states":["LAO","THA"],"text":"law","verified":true}` {
		t.Errorf("%s", got)
	}
	var texts []string
	for _, x := range c.chips(t.Context(), map[string]string{"states LAO": "Lao"}) {
		texts = append(texts, strings.NewReplacer("\u2068", "", "\u2069", "").Replace(x.Text)+" "+x.Path)
	}
	want := []string{
		"Words: law /activities?state=LAO&state=THA&to=2016-05&verified=true", "Where: Lao /activities?q=law&state=THA&to=2016-05&verified=true",
		"Where: THA /activities?q=law&state=LAO&to=2016-05&verified=true", "Verification: Verified /activities?q=law&state=LAO&state=THA&to=2016-05",
		"To: 2016-05 /activities?q=law&state=LAO&state=THA&verified=true",
	}
	if !slices.Equal(texts, want) {
		t.Errorf("%q", texts)
	}
	if both := read("/activities?verified=true&verified=false"); len(both.filter()) != 0 || len(both.chips(t.Context(), nil)) != 2 {
		t.Errorf("verified and not: %v", both.filter())
	}
}

// Each parameter is a field of the filter in the API, and the form offers all that it takes.
func TestListsTakeWhatTheirFiltersTake(t *testing.T) {
	for _, l := range listings {
		seen := map[string]bool{}
		for _, p := range l.params {
			if seen[p.name] || seen[p.field] {
				t.Errorf("%s: %s stands twice", l.path, p.name)
			}
			seen[p.name] = true
			for _, code := range codesKnown(p) {
				if p.word != nil && (p.word(t.Context(), code) == "" || strings.Contains(p.word(t.Context(), code), "code.")) {
					t.Errorf("%s: %s %s has no word", l.path, p.name, code)
				}
			}
		}
	}
}

func codesKnown(p param) []string {
	if p.codes == nil {
		return nil
	}
	return p.codes()
}
