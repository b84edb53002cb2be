package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"adam/internal/term"

	"github.com/vektah/gqlparser/v2/ast"
)

// inside are words that only whoever built the program knows.
var inside = regexp.MustCompile(`(?i)sqlite|\bsql\b|\bpq\b|postgres|\bent\b|gqlgen|gqlparser|strconv|goroutine|nil pointer|interface \{|map\[|\.go\b|adam/|constraint|encoding "`)

// wrong is a question with something wrong in it.
type wrong struct {
	query  string
	vars   map[string]any
	code   string
	fields []string // the inputs that the refusal names
	data   string   // "" where there is none
}

var refusals = map[string]wrong{
	"unknown chapter":            {`{ x: chapter(code: "XXX") { code } }`, nil, "NOT_FOUND", []string{"code"}, `{"x":null}`},
	"rates of no currency":       {`{ x: rates(currency: "XXX") { totalCount } }`, nil, "INVALID", []string{"currency"}, `null`},
	"chapter in small letters":   {`{ x: chapter(code: "tha") { code } }`, nil, "NOT_FOUND", []string{"code"}, `{"x":null}`},
	"unknown State":              {`{ x: state(code: "ZZZ") { code } }`, nil, "NOT_FOUND", []string{"code"}, `{"x":null}`},
	"unknown activity":           {`{ x: activity(key: "no-such") { key } }`, nil, "NOT_FOUND", []string{"key"}, `{"x":null}`},
	"unknown actor":              {`{ x: actor(key: "") { key } }`, nil, "NOT_FOUND", []string{"key"}, `{"x":null}`},
	"unknown law":                {`{ x: law(key: "' OR 1=1 --") { key } }`, nil, "NOT_FOUND", []string{"key"}, `{"x":null}`},
	"unknown policy":             {`{ x: policy(key: "%") { key } }`, nil, "NOT_FOUND", []string{"key"}, `{"x":null}`},
	"unknown mechanism":          {`query($k: String!) { x: mechanism(key: $k) { key } }`, map[string]any{"k": strings.Repeat("ก", 5000)}, "NOT_FOUND", []string{"key"}, `{"x":null}`},
	"a key of another type":      {`{ x: law(key: "aaptip") { key } }`, nil, "NOT_FOUND", []string{"key"}, `{"x":null}`},
	"unknown edition":            {`{ x: edition(number: 99) { number } }`, nil, "NOT_FOUND", []string{"number"}, `{"x":null}`},
	"no edition at all":          {`{ x: edition(number: -3000000000) { number } }`, nil, "NOT_FOUND", []string{"number"}, `{"x":null}`},
	"a number too large":         {`{ x: edition(number: 99999999999999999999) { number } }`, nil, "INVALID", nil, ""},
	"no key":                     {`query($k: String!) { x: law(key: $k) { key } }`, nil, "INVALID", []string{"k"}, ""},
	"states: codes":              {`{ states(filter: {codes: ["THA", "ZZZ"]}) { totalCount } }`, nil, "INVALID", []string{"filter.codes"}, "null"},
	"actors: states":             {`{ actors(filter: {states: ["tha"]}) { totalCount } }`, nil, "INVALID", []string{"filter.states"}, "null"},
	"actors: chapters":           {`{ actors(filter: {chapters: ["JPN"]}) { totalCount } }`, nil, "INVALID", []string{"filter.chapters"}, "null"},
	"laws: states":               {`{ laws(filter: {states: [""]}) { totalCount } }`, nil, "INVALID", []string{"filter.states"}, "null"},
	"policies: states":           {`{ policies(filter: {states: ["REG"]}) { totalCount } }`, nil, "INVALID", []string{"filter.states"}, "null"},
	"policies: chapters":         {`{ policies(filter: {chapters: ["Regional"]}) { totalCount } }`, nil, "INVALID", []string{"filter.chapters"}, "null"},
	"mechanisms: states":         {`{ mechanisms(filter: {states: ["REGIONAL"]}) { totalCount } }`, nil, "INVALID", []string{"filter.states"}, "null"},
	"mechanisms: chapters":       {`{ mechanisms(filter: {chapters: ["THA", "X"]}) { totalCount } }`, nil, "INVALID", []string{"filter.chapters"}, "null"},
	"activities: states":         {`{ activities(filter: {states: ["Thailand"]}) { totalCount } }`, nil, "INVALID", []string{"filter.states"}, "null"},
	"activities: donorStates":    {`{ activities(filter: {donorStates: ["australia-dfat"]}) { totalCount } }`, nil, "INVALID", []string{"filter.donorStates"}, "null"},
	"activities: donors":         {`{ activities(filter: {donors: ["iom", "no-such"]}) { totalCount } }`, nil, "INVALID", []string{"filter.donors"}, "null"},
	"activities: licences":       {`{ activities(filter: {licences: ["cc by"]}) { totalCount } }`, nil, "INVALID", []string{"filter.licences"}, "null"},
	"activities: implementers":   {`{ activities(filter: {implementers: ["IOM"]}) { totalCount } }`, nil, "INVALID", []string{"filter.implementers"}, "null"},
	"activities: empty text":     {`{ activities(filter: {text: ""}) { totalCount } }`, nil, "INVALID", []string{"filter.text"}, "null"},
	"laws: text of signs":        {`{ laws(filter: {text: "?! &"}) { totalCount } }`, nil, "INVALID", []string{"filter.text"}, "null"},
	"policies: long text":        {`query($t: String) { policies(filter: {text: $t}) { totalCount } }`, map[string]any{"t": strings.Repeat("a", 201)}, "LIMIT", []string{"filter.text"}, "null"},
	"actors: 17 words":           {`query($t: String) { actors(filter: {text: $t}) { totalCount } }`, map[string]any{"t": strings.Repeat("ab ", 17)}, "LIMIT", []string{"filter.text"}, "null"},
	"no filter field":            {`{ laws(filter: {colour: "red"}) { totalCount } }`, nil, "INVALID", nil, ""},
	"unknown order":              {`{ laws(orderBy: {field: COLOUR}) { totalCount } }`, nil, "INVALID", nil, ""},
	"unknown direction":          {`query($o: LawOrder) { laws(orderBy: $o) { totalCount } }`, map[string]any{"o": map[string]any{"field": "KEY", "direction": "UP"}}, "INVALID", []string{"o.direction"}, ""},
	"an order without a field":   {`{ laws(orderBy: {direction: ASC}) { totalCount } }`, nil, "INVALID", nil, ""},
	"no id":                      {`{ node(id: "x") { id } }`, nil, "INVALID", []string{"id"}, `{"node":null}`},
	"an id in capitals":          {`{ node(id: "LAW_0123456789ab") { id } }`, nil, "INVALID", []string{"id"}, `{"node":null}`},
	"an id in another spelling":  {`{ node(id: "law_o123456789ab") { id } }`, nil, "INVALID", []string{"id"}, `{"node":null}`},
	"an id too long":             {`{ node(id: "law_0123456789abc") { id } }`, nil, "INVALID", []string{"id"}, `{"node":null}`},
	"an id too large":            {`{ node(id: "law_zzzzzzzzzzzz") { id } }`, nil, "INVALID", []string{"id"}, `{"node":null}`},
	"an id of no kind":           {`{ node(id: "thing_0123456789ab") { id } }`, nil, "INVALID", []string{"id"}, `{"node":null}`},
	"an id that is a number":     {`{ node(id: 5) { id } }`, nil, "INVALID", []string{"id"}, `{"node":null}`},
	"one wrong id of several":    {`{ nodes(ids: ["law_0123456789ab", "x"]) { id } }`, nil, "INVALID", []string{"ids[1]"}, "null"},
	"an unknown id":              {`{ node(id: "law_000000000001") { id } }`, nil, "NOT_FOUND", []string{"id"}, `{"node":null}`},
	"no search":                  {`{ search(text: "") { totalCount } }`, nil, "INVALID", []string{"text"}, "null"},
	"a search of signs":          {`{ search(text: " ?! \" * ") { totalCount } }`, nil, "INVALID", []string{"text"}, "null"},
	"a long search":              {`query($t: String!) { search(text: $t) { totalCount } }`, map[string]any{"t": strings.Repeat("ก", 201)}, "LIMIT", []string{"text"}, "null"},
	"a search of 17 words":       {`query($t: String!) { search(text: $t) { totalCount } }`, map[string]any{"t": strings.Repeat("ab ", 17)}, "LIMIT", []string{"text"}, "null"},
	"a search for unknown kinds": {`{ search(text: "law", kinds: [THING]) { totalCount } }`, nil, "INVALID", nil, ""},
	"unknown kinds by variable":  {`query($k: [RecordKind!]) { search(text: "law", kinds: $k) { totalCount } }`, map[string]any{"k": []string{"LAW", "THING"}}, "INVALID", []string{"k[1]"}, ""},
}

func TestBadInputIsRefusedAlikeOnBothEnginesWithASentence(t *testing.T) {
	told := map[string]string{}
	each(t, func(t *testing.T, a *api) {
		for name, w := range refusals {
			t.Run(name, func(t *testing.T) {
				body := a.check(t, w)
				if told[name] != "" && told[name] != body {
					t.Errorf("the engines answer differently:\n%s\n%s", told[name], body)
				}
				told[name] = body
			})
		}
	})
}

// check asks and compares the refusal with what is wanted.
func (a *api) check(t *testing.T, w wrong) string {
	t.Helper()
	body := string(a.raw(t, w.query, w.vars))
	var got answer
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	refused(t, w.query, got, w.code)
	if found := inside.FindString(body); found != "" {
		t.Errorf("%q is known to us only: %s", found, body)
	}
	if len(body) > 2000 {
		t.Errorf("%d bytes repeat what was sent: %.300s", len(body), body)
	}
	if string(got.Data) != w.data {
		t.Errorf("data %s, want %s", got.Data, w.data)
	}
	if len(got.Errors) == 1 && !reflect.DeepEqual(got.Errors[0].Extensions.Fields, w.fields) {
		t.Errorf("fields %v, want %v", got.Errors[0].Extensions.Fields, w.fields)
	}
	return body
}

// filters are the inputs that narrow lists, by the list's field.
func filters() map[string]*ast.Definition {
	out := map[string]*ast.Definition{}
	for _, f := range schema.Query.Fields {
		if arg := f.Arguments.ForName("filter"); arg != nil {
			out[f.Name] = schema.Types[arg.Type.Name()]
		}
	}
	return out
}

func TestAnUnknownValueInAFilterIsRefusedWithItsPath(t *testing.T) {
	a := engines[0].get(t)
	tried := 0
	for list, def := range filters() {
		for _, f := range def.Fields {
			wrongs := map[any]string{}
			switch {
			case schema.Types[f.Type.Name()].Kind == ast.Enum:
				wrongs["NO_SUCH"], wrongs[7] = "f."+f.Name+"[0]", "f."+f.Name+"[0]"
			case f.Type.Name() == "Date":
				for _, d := range []any{"2009", "2009-05", "17 May 2009", "2009-02-30", "2009-5-7", "0000-01-01", "", " 2009-05-17", "२००९-०५-१७", 2009} {
					wrongs[d] = "filter." + f.Name
				}
			case f.Type.Name() == "Boolean":
				wrongs["yes"] = "f." + f.Name
			}
			for v, field := range wrongs {
				tried++
				given := v
				if f.Type.Elem != nil {
					given = []any{v}
				}
				q := fmt.Sprintf(`query($f: %s) { %s(filter: $f) { totalCount } }`, def.Name, list)
				if list == "whoFundsWhatWhere" { // which is no list
					q = `query($f: ActivityFilter) { whoFundsWhatWhere(filter: $f, by: []) { activityCount } }`
				}
				data := ""
				if strings.HasPrefix(field, "filter.") {
					data = "null"
				}
				a.check(t, wrong{q, map[string]any{"f": map[string]any{f.Name: given}}, "INVALID", []string{field}, data})
			}
		}
	}
	if tried < 70 {
		t.Errorf("only %d values were tried", tried)
	}
}

func TestWhatIsNoNodeOfTheSchemaIsNotFound(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for _, id := range []term.ID{
			term.HashID(term.KindProvision, "tha-atipa-2008", "TRAFFICKING", "act"), term.HashID(term.KindRelation, "reg-commit", "x"),
			term.HashID(term.KindLaw, "tha-atipa-2008")&^(127<<56) | term.ID(term.KindSeedEntry)<<56, term.NewID(term.KindContact),
		} {
			a.check(t, wrong{fmt.Sprintf(`{ node(id: %q) { id } }`, id), nil, "NOT_FOUND", []string{"id"}, `{"node":null}`})
		}
		law := term.HashID(term.KindLaw, "tha-atipa-2008").String()
		var out struct{ Nodes []*struct{ ID string } }
		ids := []any{law, term.NewID(term.KindLaw).String(), term.NewID(term.KindProvision).String(), law}
		a.want(t, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": ids}, &out)
		if len(out.Nodes) != 4 || out.Nodes[0].ID != law || out.Nodes[1] != nil || out.Nodes[2] != nil || out.Nodes[3].ID != law {
			t.Errorf("got %+v", out.Nodes)
		}
		many := make([]string, 101)
		for i := range many {
			many[i] = law
		}
		const q = `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`
		a.check(t, wrong{q, map[string]any{"ids": many}, "LIMIT", []string{"ids"}, "null"})
		a.want(t, q, map[string]any{"ids": many[:100]}, &out)
		if len(out.Nodes) != 100 {
			t.Errorf("%d nodes for 100 ids", len(out.Nodes))
		}
	})
}

// textPlaces are where a text is asked for, with the path of the variable $t.
var textPlaces = map[string]string{
	`query($t: String!) { x: chapter(code: $t) { code } }`:                        "t",
	`query($t: String!) { x: state(code: $t) { code } }`:                          "t",
	`query($t: String!) { x: activity(key: $t) { key } }`:                         "t",
	`query($t: String!) { rates(currency: $t) { totalCount } }`:                   "t",
	`query($t: String!) { search(text: $t) { totalCount } }`:                      "t",
	`query($t: String!) { actors(filter: {text: $t}) { totalCount } }`:            "t",
	`query($t: String!) { activities(filter: {states: [$t]}) { totalCount } }`:    "t",
	`query($t: String!) { activities(filter: {donors: [$t]}) { totalCount } }`:    "t",
	`query($t: String!) { policies(filter: {chapters: [$t]}) { totalCount } }`:    "t",
	`query($t: String!) { laws(first: 1, after: $t) { totalCount } }`:             "t",
	`query($t: ID!) { x: node(id: $t) { id } }`:                                   "t",
	`query($t: String!) { ...f } fragment f on Query { x: law(key: $t) { key } }`: "t",
}

func TestTextThatCannotBeStoredIsRefusedBeforeAnyDatabaseSeesIt(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for q, field := range textPlaces {
			a.check(t, wrong{q, map[string]any{"t": "a\x00b"}, "INVALID", []string{field}, ""})
			literal := regexp.MustCompile(`query\(.*?\) `).ReplaceAllString(strings.ReplaceAll(q, "$t", `"a\u0000b"`), "")
			refused(t, literal, a.ask(t, literal, nil), "INVALID")
			raw := strings.ReplaceAll(literal, `\u0000`, "\xff")
			refused(t, raw, a.get(t, url.Values{"query": {raw}}), "INVALID")
			// JSON knows no such bytes: what arrives is the sign for an unreadable character, a text like any other.
			got := a.get(t, url.Values{"query": {q}, "variables": {"{\"t\":\"a\xffb\"}"}})
			if len(got.Errors) > 0 && got.Errors[0].Extensions.Code == "INTERNAL" {
				t.Errorf("%s: %+v", q, got.Errors)
			}
		}
		a.check(t, wrong{`query($f: ActivityFilter) { activities(filter: $f) { totalCount } }`,
			map[string]any{"f": map[string]any{"donors": []string{"iom", "a\x00"}}}, "INVALID", []string{"f.donors[1]"}, ""})
		a.check(t, wrong{`{ activities(filter: {donors: ["iom", "a\u0000"]}) { totalCount } }`, nil, "INVALID", []string{"filter.donors[1]"}, ""})
	})
}

// get asks by GET.
func (a *api) get(t *testing.T, values url.Values) answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/graphql?"+values.Encode(), nil)
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r.WithContext(a.into(r.Context())))
	var out answer
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return out
}
