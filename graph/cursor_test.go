package graph_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/term"
)

// placesOfLaws are questions for laws after a cursor: at the top, below a record, below a list of records.
var placesOfLaws = map[string]string{
	"top":          `query($c: String) { l: laws(first: 3, after: $c) { totalCount } }`,
	"below one":    `query($c: String) { chapter(code: "THA") { l: laws(first: 3, after: $c) { totalCount } } }`,
	"below a list": `query($c: String) { chapters(first: 3) { edges { node { l: laws(first: 3, after: $c) { edges { node { key } } } } } } }`,
	"backward":     `query($c: String) { laws(last: 3, before: $c) { edges { node { key } } } }`,
	"in a fragment": `query($c: String) { chapter(code: "THA") { ...f } }
		fragment f on Chapter { ... on Chapter { laws(first: 3, after: $c) { totalCount } } }`,
}

// cursors asks for the cursors of a list.
func cursors(t *testing.T, a *api, selection string) []string {
	t.Helper()
	var out struct {
		L struct{ Edges []struct{ Cursor string } }
	}
	a.want(t, "{ l: "+selection+" { edges { cursor } } }", nil, &out)
	var all []string
	for _, e := range out.L.Edges {
		all = append(all, e.Cursor)
	}
	return all
}

// refusedCursor wants one clear refusal that names the argument, and nothing of the data.
func refusedCursor(t *testing.T, a *api, q, c string) {
	t.Helper()
	got := a.ask(t, q, map[string]any{"c": c})
	refused(t, fmt.Sprintf("%s with %.80q", q, c), got, "INVALID")
	if len(got.Data) > 0 && string(got.Data) != "null" {
		t.Errorf("%.80q: data beside the refusal: %s", c, got.Data)
	}
	if len(got.Errors) == 1 && len(got.Errors[0].Extensions.Fields) != 1 {
		t.Errorf("%.80q: fields %v", c, got.Errors[0].Extensions.Fields)
	}
}

func TestACursorOfAnotherListIsRefused(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for name, selection := range map[string]string{
			"another type":             "policies(first: 2)",
			"another type of chapter":  "chapters(first: 2)",
			"rates":                    "rates(first: 2)",
			"search":                   `search(text: "law", first: 2, kinds: [LAW])`,
			"no order":                 "laws(first: 2, orderBy: null)",
			"another order":            "laws(first: 2, orderBy: {field: ADOPTED})",
			"another order, downward":  "laws(last: 2, orderBy: {field: KEY, direction: DESC})",
			"the order of other times": "laws(first: 2, orderBy: {field: UPDATED_AT})",
		} {
			t.Run(name, func(t *testing.T) {
				for _, c := range cursors(t, a, selection) {
					for _, q := range placesOfLaws {
						refusedCursor(t, a, q, c)
					}
				}
			})
		}
		for _, c := range cursors(t, a, "laws(first: 2)") {
			refusedCursor(t, a, `query($c: String) { laws(first: 1, after: $c, orderBy: {field: KEY}) { totalCount } }`, c)
			refusedCursor(t, a, `query($c: String) { laws(first: 1, after: $c, orderBy: null) { totalCount } }`, c)
			refusedCursor(t, a, `query($c: String) { search(text: "law", after: $c) { totalCount } }`, c)
			refusedCursor(t, a, `query($c: String) { law(key: "tha-atipa-2008") { history(after: $c) { totalCount } } }`, c)
		}
	})
}

func TestACursorIsTakenInEveryListThatIsSortedTheSameWay(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for _, c := range cursors(t, a, "laws(first: 100)") {
			for name, q := range placesOfLaws {
				if got := a.ask(t, q, map[string]any{"c": c}); len(got.Errors) > 0 {
					t.Errorf("%s: %+v", name, got.Errors)
				}
			}
		}
	})
}

func TestAnOrderGivenAsAVariableBindsTheCursorToo(t *testing.T) {
	a := engines[0].get(t)
	const q = `query($c: String, $o: LawOrder) { l: laws(first: 2, after: $c, orderBy: $o) { edges { cursor } } }`
	byKey := map[string]any{"field": "KEY", "direction": "DESC"}
	var out struct {
		L struct{ Edges []struct{ Cursor string } }
	}
	a.want(t, q, map[string]any{"o": byKey}, &out)
	c := out.L.Edges[1].Cursor
	a.want(t, q, map[string]any{"o": byKey, "c": c}, &out)
	for _, order := range []any{nil, map[string]any{"field": "TITLE"}} {
		refused(t, "another order", a.ask(t, q, map[string]any{"o": order, "c": c}), "INVALID")
	}
	refused(t, "the default order", a.ask(t, q, map[string]any{"c": c}), "INVALID")
}

func TestADamagedCursorIsRefusedWhereverItIsDamaged(t *testing.T) {
	a := engines[0].get(t)
	c := cursors(t, a, "laws(first: 2)")[1]
	flips := 0
	for at := range len(c) {
		for bit := range 8 {
			damaged := []byte(c)
			damaged[at] ^= 1 << bit
			text, _ := json.Marshal(string(damaged))
			var sent string
			_ = json.Unmarshal(text, &sent) // as it arrives: what is no UTF-8 is replaced
			if sent == c {
				continue
			}
			flips++
			refusedCursor(t, a, placesOfLaws["top"], sent)
			refusedCursor(t, a, placesOfLaws["below a list"], sent)
		}
	}
	if flips < 300 {
		t.Errorf("only %d flips were tried", flips)
	}
}

func TestWhatIsNoCursorIsRefused(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		c := cursors(t, a, "laws(first: 2)")[1]
		raw, err := base64.RawStdEncoding.DecodeString(c)
		if err != nil {
			t.Fatal(err)
		}
		for name, wrong := range map[string]string{
			"empty": "", "a blank": " ", "truncated": c[:len(c)-1], "only its start": c[:8], "without a start": c[1:],
			"padded": c + "==", "doubled": c + c, "with a line break": c[:20] + "\n" + c[20:], "with a blank": c + " ",
			"no base64": "this is no cursor!", "a number": "17", "an id": "law_0123456789ab", "a key": "tha-atipa-2008",
			"very long": strings.Repeat(c, 200), "long zeros": strings.Repeat("A", 50_000),
			"web base64": base64.URLEncoding.EncodeToString(raw), "in another alphabet": "курсор", "ent's own": base64.RawStdEncoding.EncodeToString(raw[:len(raw)-8]),
			"JSON": `{"i":1}`, "an injection": "' OR 1=1 --",
		} {
			for _, q := range placesOfLaws {
				t.Run(name, func(t *testing.T) { refusedCursor(t, a, q, wrong) })
			}
		}
		for _, q := range []string{`{ laws(first: 1, after: 5) { totalCount } }`, `{ laws(first: 1, after: [1]) { totalCount } }`} {
			refused(t, q, a.ask(t, q, nil), "INVALID")
		}
		refused(t, "a number as a variable", a.ask(t, placesOfLaws["top"], map[string]any{"c": 5}), "INVALID")
	})
}

// Whoever reads this program can make the check himself. What he writes must do no more harm than a wrong page.
func TestAForgedCursorReachesNoDatabaseWithAValueThatIsNone(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		law := term.HashID(term.KindLaw, "tha-atipa-2008")
		for name, value := range map[string]any{
			"a number": 5, "a fraction": 1.5, "a truth": true, "a list": []int{1}, "a map": map[string]int{"a": 1}, "bytes": []byte("x"),
			"the null character": "a\x00b", "no UTF-8": "a\xff", "nothing": nil,
		} {
			c := cursor.Text(ent.Cursor{ID: law, Value: value}, "TITLE")
			for where, q := range placesOfLaws {
				t.Run(name+", "+where, func(t *testing.T) { refusedCursor(t, a, q, c) })
			}
		}
		const years = `query($c: String) { chapter(code: "THA") { cycles(first: 3, after: $c) { totalCount edges { node { id } } } } }`
		refusedCursor(t, a, years, cursor.Text(ent.Cursor{ID: term.NewID(term.KindReviewCycle), Value: "x"}, "YEAR"))
		c := cursor.Text(ent.Cursor{ID: term.NewID(term.KindReviewCycle), Value: 2026}, "YEAR")
		if got := a.ask(t, years, map[string]any{"c": c}); len(got.Errors) > 0 {
			t.Errorf("a year is refused: %+v", got.Errors)
		}
	})
}
