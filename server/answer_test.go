package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"adam/internal/fault"
)

func failing(err error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { Answer(w, r, err) })
}

// jsonError reads the one error of a JSON answer.
func jsonError(t *testing.T, body string) (message, code string) {
	t.Helper()
	var got struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got.Errors) != 1 {
		t.Fatalf("not one error in JSON: %s", body)
	}
	return got.Errors[0].Message, got.Errors[0].Extensions.Code
}

func TestFaultBecomesStatusCodeAndSentence(t *testing.T) {
	tests := []struct {
		err    error
		status int
		code   string
	}{
		{fault.New(fault.Unauthenticated, "Sign in."), 401, "UNAUTHENTICATED"},
		{fault.New(fault.Forbidden, "Not yours."), 403, "FORBIDDEN"},
		{fault.New(fault.NotFound, "Not there."), 404, "NOT_FOUND"},
		{fault.New(fault.Invalid, "Wrong."), 400, "INVALID"},
		{fault.New(fault.Conflict, "Changed."), 409, "CONFLICT"},
		{fault.New(fault.TooMany, "Wait."), 429, "TOO_MANY"},
		{fault.New(fault.Limit, "Less."), 400, "LIMIT"},
		{fault.New(fault.Internal, "Broken."), 500, "INTERNAL"},
		{fmt.Errorf("wrapped: %w", fault.New(fault.NotFound, "Not there.")), 404, "NOT_FOUND"},
		{errors.New("pq: relation CANARY does not exist"), 500, "INTERNAL"},
		{fmt.Errorf("query: %w", context.DeadlineExceeded), 503, "LIMIT"},
	}
	for _, tt := range tests {
		f := newFixture(t, testConfig(), Handlers{Home: failing(tt.err)})
		w := f.ask("GET", "/", "", "Accept", "application/json")
		message, code := jsonError(t, w.Body.String())
		if w.Code != tt.status || code != tt.code || !strings.HasSuffix(message, ".") || strings.Contains(message, "CANARY") {
			t.Errorf("%v: got %d %s %q", tt.err, w.Code, code, message)
		}
		page := f.ask("GET", "/", "", "Accept", "text/html")
		wantContains(t, page.Body.String(), "<!doctype html>", `<a href="/">`)
		if strings.Contains(page.Body.String(), "CANARY") {
			t.Errorf("%v: the page shows the cause", tt.err)
		}
	}
}

func TestFaultShowsItsFieldsAndDetails(t *testing.T) {
	err := fault.New(fault.Conflict, "Someone else changed this.").At("input.title")
	err.Details = map[string]any{"yours": "a", "theirs": "b", "code": "OVERWRITTEN"}
	w := newFixture(t, testConfig(), Handlers{Home: failing(err)}).ask("GET", "/", "", "Accept", "application/json")
	wantContains(t, w.Body.String(), `"fields":["input.title"]`, `"theirs":"b"`, `"yours":"a"`, `"code":"CONFLICT"`)
}

func TestWhoMustSignInIsToldHow(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: failing(fault.New(fault.Unauthenticated, "Sign in."))})
	if got := f.ask("GET", "/", "").Header().Get("WWW-Authenticate"); got != "Bearer" {
		t.Errorf("got %q", got)
	}
}

func TestCauseIsLoggedWithTheRequestID(t *testing.T) {
	cause := errors.New("disk CANARY full")
	f := newFixture(t, testConfig(), Handlers{Home: failing(fault.New(fault.Internal, "Not saved.").Because(cause))})
	w := f.ask("GET", "/", "")
	wantContains(t, f.log.String(), "disk CANARY full", `"request_id":"`+w.Header().Get(requestIDHeader)+`"`)
	wantContains(t, w.Body.String(), "Not saved.")
}

func TestClientThatLeftIsNoFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := newFixture(t, testConfig(), Handlers{Home: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
		Answer(w, r, fmt.Errorf("query: %w", r.Context().Err()))
	})})
	r, w := newRequest(ctx), newRecorder()
	f.handler.ServeHTTP(w, r)
	if w.Code != clientLeft || strings.Contains(f.log.String(), `"level":"ERROR"`) {
		t.Errorf("got %d and the log\n%s", w.Code, f.log)
	}
}

func TestUnknownAddressAndMethodSayWhatToDo(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{GraphQL: echo, Home: text("home"), Data: text("data")})
	tests := []struct {
		method, target string
		want           int
		sentence       string
	}{
		{"GET", "/nowhere", 404, "begin at the start page"},
		{"GET", "//nowhere/../x", 404, "begin at the start page"},
		{"POST", "/", 405, "Use GET or HEAD instead."},
		{"DELETE", "/graphql", 405, "Use GET or HEAD or POST instead."},
		{"OPTIONS", "/", 405, "Use GET"},
		{"TRACE", "/", 405, "Use GET"},
		{"CONNECT", "/data", 405, "Use GET"},
		{"POST", "/healthz", 405, "Use GET"},
	}
	for _, tt := range tests {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			w := f.ask(tt.method, tt.target, "", "Accept", "application/json")
			if w.Code != tt.want || (w.Code == 405) != (w.Header().Get("Allow") != "") {
				t.Fatalf("got %d, Allow %q", w.Code, w.Header().Get("Allow"))
			}
			message, _ := jsonError(t, w.Body.String())
			wantContains(t, message, tt.sentence)
			page := f.ask(tt.method, tt.target, "", "Accept", "text/html,*/*;q=0.8")
			wantContains(t, page.Body.String(), "<h1>", tt.sentence)
			wantContains(t, page.Header().Get("Content-Type"), "text/html")
		})
	}
}

func TestHostIsNeverReflected(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: text("home"), Data: text("data")})
	for _, target := range []string{"/data", "//data/", "/nowhere", "/"} {
		r := newRequest(t.Context())
		r.Host, r.URL.Path = "evil.example", target
		w := newRecorder()
		f.handler.ServeHTTP(w, r)
		if out := fmt.Sprint(w.Header(), w.Body); strings.Contains(out, "evil") {
			t.Errorf("%s: %s", target, out)
		}
	}
}

func TestAnswerFollowsAccept(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{})
	for accept, want := range map[string]string{
		"":                  "text/html",
		"*/*":               "text/html",
		"text/html":         "text/html",
		"application/json":  "application/json",
		"text/html, x/json": "text/html",
		"application/graphql-response+json, application/json;q=0.9": "application/json",
	} {
		got := f.ask("GET", "/nowhere", "", "Accept", accept).Header().Get("Content-Type")
		if !strings.HasPrefix(got, want) {
			t.Errorf("Accept %q: got %s", accept, got)
		}
	}
	got := f.ask("GET", "/graphql", "", "Accept", "*/*").Header().Get("Content-Type")
	if got != "application/json; charset=utf-8" {
		t.Errorf("/graphql answers %s", got)
	}
}

func TestPanicIsAnsweredWithoutGo(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		w.Header().Set("Content-Disposition", "attachment")
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Cache-Control", "public, max-age=3600")
		panic("CANARY bug")
	})})
	for _, accept := range []string{"text/html", "application/json"} {
		w := f.ask("GET", "/", "", "Accept", accept, "Accept-Encoding", "gzip")
		body := w.Body.String()
		if w.Code != 500 || strings.Contains(body, "CANARY") || strings.Contains(body, "goroutine") ||
			strings.Contains(body, ".go") || w.Header().Get("ETag")+w.Header().Get("Content-Disposition") != "" ||
			w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("got %d %v %s", w.Code, w.Header(), body)
		}
		id := w.Header().Get(requestIDHeader)
		wantContains(t, body, "number "+id)
		wantContains(t, f.log.String(), "CANARY bug", "goroutine", `"request_id":"`+id+`"`, `"status":500`)
	}
}

func TestHandlerMayCutTheConnectionOnPurpose(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	})})
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("net/http sees %v", v)
		}
		wantContains(t, f.log.String(), `"aborted":true`)
		if strings.Contains(f.log.String(), "bug") {
			t.Errorf("it is logged as a bug: %s", f.log)
		}
	}()
	f.ask("GET", "/", "")
}

func TestPanicAfterHalfAnAnswerCutsTheConnection(t *testing.T) {
	r := run(t, testConfig(), Handlers{Data: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("half"))
		_ = http.NewResponseController(w).Flush()
		panic("bug")
	})})
	if body, err := get("http://" + r.addr + "/data/x"); err == nil {
		t.Errorf("the half answer %q looks whole", body)
	}
}
