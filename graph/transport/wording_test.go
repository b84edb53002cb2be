package transport

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adam/internal/fault"
)

// refusing is an extension that refuses every operation.
type refusing struct{ kind fault.Kind }

func (refusing) ExtensionName() string                   { return "Refusing" }
func (refusing) Validate(graphql.ExecutableSchema) error { return nil }
func (r refusing) MutateOperationContext(context.Context, *graphql.OperationContext) *gqlerror.Error {
	return gqlerror.Wrap(fault.New(r.kind, "No."))
}

func newRecorder(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func TestWhatIsWrongWithADocumentIsSaidInWords(t *testing.T) {
	for name, test := range map[string]struct{ query, sentence string }{
		"parse":               {"{", "The operation cannot be read: expected Name, found the end of the document."},
		"parse a string":      {`{hello(a: "x`, "The operation cannot be read: unterminated string."},
		"parse a character":   {`{hello ?}`, `The operation cannot be read: cannot parse the unexpected character "?".`},
		"nothing":             {"# nothing", "The document holds no operation"},
		"only a fragment":     {"fragment f on Query {hello}", "The document holds no operation"},
		"unknown field":       {"{helo}", `Cannot query field "helo" on type "Query".`},
		"unknown argument":    {"{hello(a: 1)}", `Unknown argument "a" on field "Query.hello".`},
		"unknown type":        {"{... on Quer {hello}}", `Unknown type "Quer".`},
		"unknown enum value":  {"{take(theme: SMUGLING)}", `Value "SMUGLING" does not exist in "Theme" enum.`},
		"unknown input field": {"{take(in: {version: 1, vers: 2})}", `Field "vers" is not defined by type "TakeInput".`},
		"leaf with fields":    {"{hello {__typename}}", `Field "hello" must not have a selection since type "String" has no subfields.`},
		"no such operation":   {"subscription {x}", `subscription`},
	} {
		t.Run(name, func(t *testing.T) {
			a := ask(t, query(test.query, "Accept", mediaGraphQL))
			refused(t, a, http.StatusBadRequest, "INVALID", test.sentence)
			if strings.Contains(a.Errors[0].Message, "Did you mean") {
				t.Errorf("a suggestion: %s", a.Errors[0].Message)
			}
			if strings.HasPrefix(name, "unknown") && (len(a.Errors[0].Locations) == 0 || a.Errors[0].Path != nil) {
				t.Errorf("locations %v, path %v", a.Errors[0].Locations, a.Errors[0].Path)
			}
			if ok := ask(t, query(test.query)); ok.status != http.StatusOK || strings.Contains(ok.body, `"data"`) {
				t.Errorf("as application/json: %d %s", ok.status, ok.body)
			}
		})
	}
}

func TestTheChoiceOfAnOperationIsSaidInWords(t *testing.T) {
	refused(t, ask(t, query("query A{hello} query B{hello}")), 200, "INVALID", "several operations: name the one to run")
	refused(t, ask(t, post(`{"query":"query A{hello}","operationName":"B"}`)), 200, "INVALID", `no operation named "B"`)
}

func TestWhatIsWrongWithAVariableIsSaidInWords(t *testing.T) {
	const q = `query Q($n: Int $d: Date $t: Theme $i: TakeInput $s: String $r: Int!) {
		take(version: $n day: $d theme: $t in: $i) fail(how: $s) x: take(version: $r) }`
	for name, test := range map[string]struct{ variables, sentence, field string }{
		"missing":         {`{}`, "The variable $r is required: give it a value.", "r"},
		"null":            {`{"r":null}`, "The variable $r must not be null: give it a value.", "r"},
		"a list":          {`{"r":[1]}`, "The variable $r must be of type Int.", "r"},
		"an object":       {`{"r":{}}`, "The variable $r must be of type Int.", "r"},
		"a fraction":      {`{"r":1.5}`, "The variable $r must be of type Int.", "r"},
		"a truth":         {`{"r":1,"s":true}`, "The variable $s must be of type String.", "s"},
		"unknown enum":    {`{"r":1,"t":"X Y"}`, "The variable $t: there is no value X Y in Theme.", "t"},
		"enum an object":  {`{"r":1,"t":{}}`, "The variable $t does not fit its type.", "t"},
		"input a text":    {`{"r":1,"i":"x"}`, "The variable $i must be of type TakeInput.", "i"},
		"field missing":   {`{"r":1,"i":{}}`, "The variable $i.version is required", "i.version"},
		"field unknown":   {`{"r":1,"i":{"version":1,"x":1}}`, "The variable $i.x is not a field of its input type", "i.x"},
		"field of a list": {`{"r":1,"i":{"version":1,"items":[{"id":"a"},{"id":[]}]}}`, "The variable $i.items[1].id must be of type ID.", "i.items[1].id"},
	} {
		t.Run(name, func(t *testing.T) {
			body, _ := json.Marshal(map[string]any{"query": q, "variables": json.RawMessage(test.variables)})
			a := ask(t, post(string(body), "Accept", mediaGraphQL))
			refused(t, a, http.StatusBadRequest, "INVALID", test.sentence)
			if !reflect.DeepEqual(a.Errors[0].Extensions["fields"], []any{test.field}) || a.Errors[0].Path != nil {
				t.Errorf("fields %v, path %v; want %s", a.Errors[0].Extensions["fields"], a.Errors[0].Path, test.field)
			}
		})
	}
}

func TestAnArgumentThatItsTypeRefusesNamesTheInput(t *testing.T) {
	for value, sentence := range map[string]string{
		"17 May":  "A date is written 2009-05-17.",
		"gqlgen":  "The value of day does not fit its type: see the schema for how it is written.",
		"2009-05": "A date is written 2009-05-17.",
	} {
		a := ask(t, query(`{ hello t: take(day: "`+value+`") }`))
		e := a.Errors[0]
		if a.status != http.StatusOK || e.Message != sentence || e.Extensions["code"] != "INVALID" ||
			!reflect.DeepEqual(e.Extensions["fields"], []any{"day"}) || !reflect.DeepEqual(e.Path, []any{"t"}) || len(e.Locations) != 1 || e.Locations[0].Column != 9 {
			t.Errorf("%s: %s", value, a.body)
		}
	}
}

func TestGqlgensWordsOnInputsAreReplaced(t *testing.T) {
	for message, want := range map[string]string{
		"GREEN is not a valid Theme":                       "The value of a.b: there is no value GREEN in Theme.",
		"map[string]interface {} is not an int":            "does not fit its type",
		`strconv.ParseInt: parsing "x": invalid syntax`:    "does not fit its type",
		"time should be RFC3339Nano formatted string":      "does not fit its type",
		"cannot decode cursor: illegal base64 data at 4":   "does not fit its type",
		strings.Repeat("é", 300) + " is not a valid Theme": "…",
	} {
		f := inputFault(&gqlerror.Error{Message: message}, "a.b")
		if f.Kind != fault.Invalid || !strings.Contains(f.Sentence, want) || len(f.Sentence) > 2*maxSentence {
			t.Errorf("%s: %s", message, f.Sentence)
		}
	}
}

func TestWhatAClientSentIsNotRepeatedAtLength(t *testing.T) {
	long := strings.Repeat("x", 60_000)
	for _, q := range []string{`{take(theme: "` + long + `")}`, `{hello "` + long + `"}`, `{` + long + `}`, `{hello(a: "\q` + long + `")}`} {
		a := ask(t, query(q))
		if len(a.Errors) != 1 || len(a.body) > 1000 {
			t.Errorf("%d bytes: %.300s", len(a.body), a.body)
		}
	}
}

func TestOnlyTheFirstErrorsOfADocumentAreTold(t *testing.T) {
	a := ask(t, query("{"+strings.Repeat("x ", 100)+"}"))
	if len(a.Errors) != maxErrors+1 || !strings.Contains(a.Errors[maxErrors].Message, "80 more errors") {
		t.Errorf("%d errors: %s", len(a.Errors), a.body)
	}
}

func TestLimitsOfTheParserAreLimits(t *testing.T) {
	srv := New(tiny{})
	srv.SetParserTokenLimit(100)
	for _, q := range []string{"{" + strings.Repeat("hello ", 200) + "}", "{hello(a: " + strings.Repeat("[", 2000)} {
		srv := srv
		if strings.Contains(q, "[") {
			srv = New(tiny{})
		}
		rec := newRecorder(srv, query(q))
		if !strings.Contains(rec.Body.String(), `"code":"LIMIT"`) {
			t.Errorf("%s", rec.Body)
		}
	}
	a := ask(t, query("{__schema{types{fields{type{fields{type{fields{name}}}}}}}}"))
	refused(t, a, http.StatusOK, "LIMIT", "more than twice")
}

func FuzzNothingThatArrivesBreaksTheDoor(f *testing.F) {
	f.Add(`{"query":"{hello}"}`)
	f.Add("\ufeff{\"query\":\"query($t:Theme){take(theme:$t)}\",\"variables\":{\"t\":\"x\"}}")
	f.Add(`{"query":"{take(in:{version:1,items:[{id:1}]})}"}`)
	srv := New(tiny{})
	f.Fuzz(func(t *testing.T, body string) {
		rec := newRecorder(srv, post(body))
		if !json.Valid(rec.Body.Bytes()) || rec.Code >= 500 {
			t.Errorf("%d %s", rec.Code, rec.Body)
		}
	})
}
