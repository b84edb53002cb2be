package transport

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answer is what came back, read the way a client reads it.
type answer struct {
	status int
	header http.Header
	body   string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Locations  []struct{ Line, Column int }
		Extensions map[string]any
	}
}

// ask sends one request through the whole handler, without a network.
func ask(t testing.TB, r *http.Request) answer {
	t.Helper()
	rec := httptest.NewRecorder()
	New(tiny{}).ServeHTTP(rec, r)
	a := answer{status: rec.Code, header: rec.Header(), body: rec.Body.String()}
	if a.body != "" {
		if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
			t.Fatalf("the answer is not JSON: %v in %s", err, a.body)
		}
	}
	return a
}

func post(body string, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func query(q string, headers ...string) *http.Request {
	body, _ := json.Marshal(map[string]any{"query": q})
	return post(string(body), headers...)
}

func get(params url.Values, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/graphql?"+params.Encode(), nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// goWords are what no sentence for a person may hold.
var goWords = []string{"json:", "strconv", "map[", "interface {", "[]", "struct", "invalid character", "unmarshal",
	"Go value", "float64", "int64", "slice", "nil", "EOF", "0x", "secret", "pq:"}

// refused checks an answer that holds one error and nothing else.
func refused(t *testing.T, a answer, status int, code, sentence string) {
	t.Helper()
	if a.status != status || a.Data != nil || strings.Contains(a.body, `"data"`) || len(a.Errors) != 1 {
		t.Fatalf("status %d, body %s; want %d and one error without data", a.status, a.body, status)
	}
	if a.Errors[0].Extensions["code"] != code || !strings.Contains(a.Errors[0].Message, sentence) {
		t.Errorf("got %v %q; want %s %q", a.Errors[0].Extensions["code"], a.Errors[0].Message, code, sentence)
	}
	for _, word := range goWords {
		if strings.Contains(a.Errors[0].Message, word) {
			t.Errorf("the sentence %q speaks of %q", a.Errors[0].Message, word)
		}
	}
}

func TestBodiesThatAreNoRequestAreRefused(t *testing.T) {
	for name, test := range map[string]struct {
		body, sentence string
		field          string
	}{
		"no JSON":                  {`{ "not a JSON`, "not JSON", ""},
		"text":                     {`hello`, "not JSON", ""},
		"empty":                    {``, "empty", ""},
		"blank":                    {" \n", "empty", ""},
		"only a byte order mark":   {"\ufeff", "empty", ""},
		"a list":                   {`[{"query": "{hello}"}]`, "one JSON object", ""},
		"a number":                 {`7`, "one JSON object", ""},
		"a text":                   {`"{hello}"`, "one JSON object", ""},
		"null":                     {`null`, "operation is missing", "query"},
		"two values":               {`{"query":"{hello}"} {"query":"{hello}"}`, "more than one", ""},
		"rubbish behind":           {`{"query":"{hello}"} x`, "more than one", ""},
		"no query":                 {`{"qeury": "{hello}"}`, "operation is missing", "query"},
		"blank query":              {`{"query": "  "}`, "operation is missing", "query"},
		"query null":               {`{"query": null}`, "operation is missing", "query"},
		"query an object":          {`{"query": {}}`, "query must be a text", "query"},
		"operation name a list":    {`{"query": "{hello}", "operationName": []}`, "operationName must be a text", "operationName"},
		"variables a text":         {`{"query": "{hello}", "variables": "{}"}`, "variables must be a JSON object", "variables"},
		"extensions a number":      {`{"query": "{hello}", "extensions": 1}`, "extensions must be a JSON object", "extensions"},
		"deeper than JSON allowed": {`{"query":"{hello}","variables":{"a":` + strings.Repeat("[", 20000) + `}}`, "not JSON", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for _, accept := range []string{mediaJSON, mediaGraphQL} {
				a := ask(t, post(test.body, "Accept", accept))
				refused(t, a, http.StatusBadRequest, "INVALID", test.sentence)
				fields, _ := a.Errors[0].Extensions["fields"].([]any)
				if test.field != "" && (len(fields) != 1 || fields[0] != test.field) {
					t.Errorf("fields %v, want %s", fields, test.field)
				}
			}
		})
	}
}

func TestAWellFormedRequestIsAnswered(t *testing.T) {
	for name, r := range map[string]*http.Request{
		"POST":                     query("{hello}"),
		"charset in capitals":      query("{hello}", "Content-Type", `application/json; charset="UTF-8"`),
		"media type in capitals":   query("{hello}", "Content-Type", "Application/JSON"),
		"identity coding":          query("{hello}", "Content-Encoding", "identity"),
		"byte order mark":          post("\ufeff" + `{"query":"{hello}"}`),
		"everything null":          post(`{"query":"{hello}","variables":null,"operationName":null,"extensions":null}`),
		"other members":            post(`{"query":"{hello}","id":7}`),
		"GET":                      get(url.Values{"query": {"{hello}"}, "edition": {"3"}}),
		"GET with all parameters":  get(url.Values{"query": {"query A($h:Int){hello take(version:$h)} query B{__typename}"}, "operationName": {"A"}, "variables": {`{"h":1}`}, "extensions": {`{}`}}),
		"GET with null parameters": get(url.Values{"query": {"{hello}"}, "variables": {"null"}, "extensions": {"null"}, "operationName": {""}}),
		"with an upgrade":          get(url.Values{"query": {"{hello}"}}, "Connection", "Upgrade", "Upgrade", "websocket"),
	} {
		t.Run(name, func(t *testing.T) {
			a := ask(t, r)
			if a.status != http.StatusOK || len(a.Errors) > 0 || !strings.Contains(string(a.Data), `"hello":"<Sa>wasdee & `) {
				t.Errorf("status %d, body %s", a.status, a.body)
			}
			if strings.Contains(a.body, "extensions") {
				t.Errorf("empty extensions are written: %s", a.body)
			}
			if a.header.Get("Content-Type") != "application/json; charset=utf-8" || a.header.Get("Vary") != "Accept" {
				t.Errorf("headers %v", a.header)
			}
		})
	}
}

func TestAddressesThatAreNoRequestAreRefused(t *testing.T) {
	for name, test := range map[string]struct{ address, sentence string }{
		"nothing":            {"", "operation is missing"},
		"bad escape":         {"query=%zz", "percent-encoded"},
		"semicolon":          {"query={hello};x=1", "percent-encoded"},
		"query twice":        {"query={hello}&query={hello}", "more than once"},
		"variables a list":   {"query={hello}&variables=[]", "variables must be a JSON object"},
		"variables no JSON":  {"query={hello}&variables={", "variables must be a JSON object"},
		"variables two":      {"query={hello}&variables={}{}", "variables must be a JSON object"},
		"extensions a text":  {`query={hello}&extensions=%22x%22`, "extensions must be a JSON object"},
		"only other members": {"edition=3", "operation is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
			r.URL.RawQuery = test.address
			refused(t, ask(t, r), http.StatusBadRequest, "INVALID", test.sentence)
		})
	}
}

func TestOtherContentIsRefused(t *testing.T) {
	for name, r := range map[string]*http.Request{
		"none":        query("{hello}", "Content-Type", ""),
		"text":        query("{hello}", "Content-Type", "text/plain"),
		"form":        post("query={hello}", "Content-Type", "application/x-www-form-urlencoded"),
		"multipart":   post("--x--", "Content-Type", "multipart/form-data; boundary=x"),
		"graphql":     post("{hello}", "Content-Type", "application/graphql"),
		"charset":     query("{hello}", "Content-Type", "application/json; charset=iso-8859-1"),
		"broken type": query("{hello}", "Content-Type", "application/json; charset"),
		"compressed":  query("{hello}", "Content-Encoding", "gzip"),
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, ask(t, r), http.StatusUnsupportedMediaType, "INVALID", "The body must be")
		})
	}
}

func TestABodyOf64KBIsReadAndALargerOneRefused(t *testing.T) {
	fill := func(size int) string {
		const start, end = `{"query":"{hello}","extensions":{"x":"`, `"}}`
		return start + strings.Repeat("x", size-len(start)-len(end)) + end
	}
	if a := ask(t, post(fill(64<<10))); a.status != http.StatusOK {
		t.Errorf("64 KB: status %d, body %s", a.status, a.body)
	}
	refused(t, ask(t, post(fill(64<<10+1))), http.StatusRequestEntityTooLarge, "LIMIT", "larger than 64 KB")
	unknown := post("")
	unknown.ContentLength = -1
	unknown.Body = io.NopCloser(strings.NewReader(fill(1 << 20)))
	refused(t, ask(t, unknown), http.StatusRequestEntityTooLarge, "LIMIT", "larger than 64 KB")
	long := get(url.Values{"query": {"{hello}"}, "x": {strings.Repeat("x", 64<<10)}})
	refused(t, ask(t, long), http.StatusRequestURITooLong, "LIMIT", "larger than 64 KB")
}

func TestABodyThatBreaksOffIsRefused(t *testing.T) {
	r := post("")
	r.ContentLength = 100
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"query":`), brokenReader{}))
	refused(t, ask(t, r), http.StatusBadRequest, "INVALID", "ended before its body was complete")
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestOnlyQueriesAreRunOverGET(t *testing.T) {
	for _, q := range []string{"mutation {change}", "mutation M($x: Int!) {change @skip(if: $x)}", "mutation M($x: Boolean!) {change @skip(if: $x)}"} {
		a := ask(t, get(url.Values{"query": {q}, "operationName": {}}, "Accept", mediaGraphQL))
		if strings.Contains(q, "Int!") { // not valid at all
			refused(t, a, http.StatusBadRequest, "INVALID", "used in position expecting")
			continue
		}
		refused(t, a, http.StatusMethodNotAllowed, "INVALID", "accepted by POST only")
		if a.header.Get("Allow") != "POST" {
			t.Errorf("Allow: %q", a.header.Get("Allow"))
		}
	}
	head := get(url.Values{"query": {"mutation {change}"}})
	head.Method = http.MethodHead
	if a := ask(t, head); a.status != http.StatusMethodNotAllowed {
		t.Errorf("HEAD with a mutation: %d", a.status)
	}
	if a := ask(t, query("mutation {change}")); a.status != http.StatusOK || a.Data == nil {
		t.Errorf("POST with a mutation: %d %s", a.status, a.body)
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodTrace, "BREW"} {
		a := ask(t, httptest.NewRequest(method, "/graphql", strings.NewReader(`{"query":"{hello}"}`)))
		refused(t, a, http.StatusMethodNotAllowed, "INVALID", "is not for this address")
		if !strings.Contains(a.header.Get("Allow"), "POST") {
			t.Errorf("%s: Allow: %q", method, a.header.Get("Allow"))
		}
	}
	a := ask(t, httptest.NewRequest(http.MethodOptions, "/graphql", nil))
	if a.status != http.StatusNoContent || a.body != "" || !strings.Contains(a.header.Get("Allow"), "GET") {
		t.Errorf("OPTIONS: %d %v", a.status, a.header)
	}
}

func TestAClientThatWentAwayGetsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if a := ask(t, query("{hello}").WithContext(ctx)); a.body != "" {
		t.Errorf("an answer for nobody: %s", a.body)
	}
}

func TestATimeThatRanOutBeforeTheOperationIsSaid(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	refused(t, ask(t, query("{hello}").WithContext(ctx)), http.StatusServiceUnavailable, "LIMIT", "took too long")
}

func TestAPanicOutsideOfFieldsIsAnswered(t *testing.T) {
	rec := httptest.NewRecorder()
	POST{}.Do(rec, query("{hello}"), panickingExecutor{})
	if rec.Code != http.StatusInternalServerError || !strings.Contains(rec.Body.String(), `"code":"INTERNAL"`) ||
		strings.Contains(rec.Body.String(), "secret") {
		t.Errorf("status %d, body %s", rec.Code, rec.Body)
	}
}

type panickingExecutor struct{ graphql.GraphExecutor }

func (panickingExecutor) CreateOperationContext(context.Context, *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	panic("secret")
}
