package server

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestBodyThatIsTooLargeIsRefused(t *testing.T) {
	reached := false
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached = true
		echo(w, r)
	})
	f := newFixture(t, testConfig(), Handlers{GraphQL: h, Routes: []Route{
		{Pattern: "POST /form", Needs: Anyone, Handler: h}, {Pattern: "POST /import/iati", Needs: Anyone, Handler: h, MaxBody: 3 << 20},
	}})
	tests := []struct {
		target string
		limit  int
		size   string
	}{{"/graphql", 64 << 10, "64 KB"}, {"/form", 1 << 20, "1 MB"}, {"/import/iati", 3 << 20, "3 MB"}}
	for _, tt := range tests {
		for _, chunked := range []bool{false, true} {
			if w := postBytes(f, tt.target, tt.limit, chunked); w.Code != 200 || w.Body.Len() != tt.limit {
				t.Errorf("%s chunked=%v: a body of just the limit got %d", tt.target, chunked, w.Code)
			}
			reached = false
			w := postBytes(f, tt.target, tt.limit+1, chunked)
			message, code := jsonError(t, w.Body.String())
			if w.Code != 413 || code != "LIMIT" || !strings.Contains(message, tt.size) {
				t.Errorf("%s chunked=%v: got %d %s %s", tt.target, chunked, w.Code, code, message)
			}
			if reached && (!chunked || tt.target == "/graphql") {
				t.Errorf("%s chunked=%v: the handler was asked", tt.target, chunked)
			}
		}
	}
}

// postBytes sends a body of size bytes; chunked does not tell its length.
func postBytes(f *fixture, target string, size int, chunked bool) *httptest.ResponseRecorder {
	r := newRequest(context.Background())
	r.Method, r.URL.Path = "POST", target
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(strings.Repeat("x", size))), int64(size)
	if chunked {
		r.ContentLength = -1
	}
	r.Header.Set("Accept", "application/json")
	w := newRecorder()
	f.handler.ServeHTTP(w, r)
	return w
}

func TestBodyThatBreaksOffIsExplained(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{GraphQL: echo})
	r := newRequest(t.Context())
	r.Method, r.URL.Path, r.ContentLength = "POST", "/graphql", -1
	r.Body = io.NopCloser(iotest.ErrReader(io.ErrUnexpectedEOF))
	w := newRecorder()
	f.handler.ServeHTTP(w, r)
	message, code := jsonError(t, w.Body.String())
	if w.Code != 400 || code != "INVALID" || !strings.Contains(message, "broke off") {
		t.Errorf("got %d %s %s", w.Code, code, message)
	}
}

func TestHandlerWithoutAnswerInTimeGetsOne(t *testing.T) {
	cfg := testConfig()
	cfg.Timeouts.Request = 20 * time.Millisecond
	f := newFixture(t, cfg, Handlers{Home: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
	})})
	w := f.ask("GET", "/", "", "Accept", "application/json")
	if message, code := jsonError(t, w.Body.String()); w.Code != 503 || code != "LIMIT" {
		t.Errorf("got %d %s %s", w.Code, code, message)
	}
}

func TestDownloadMayTakeLongerThanOtherAnswers(t *testing.T) {
	cfg := testConfig()
	cfg.Timeouts = Timeouts{Request: 20 * time.Millisecond, Read: 30 * time.Millisecond, Write: 40 * time.Millisecond,
		Header: 20 * time.Millisecond, Download: 5 * time.Second}
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for range 5 {
			select {
			case <-r.Context().Done():
				return
			case <-time.After(40 * time.Millisecond):
			}
			_, _ = w.Write([]byte("part "))
			_ = http.NewResponseController(w).Flush()
		}
		_, _ = w.Write([]byte("end"))
	})
	r := run(t, cfg, Handlers{Data: slow, Home: slow})
	if body, err := get("http://" + r.addr + "/data/edition-1.sqlite"); err != nil || !strings.HasSuffix(body, "end") {
		t.Errorf("got %q, %v", body, err)
	}
	if body, err := get("http://" + r.addr + "/"); err == nil && strings.HasSuffix(body, "end") {
		t.Error("another answer took as long")
	}
}

func TestHandlerThatIgnoresItsTimeIsCutOff(t *testing.T) {
	cfg := testConfig()
	cfg.Timeouts = Timeouts{Request: 20 * time.Millisecond, Write: 50 * time.Millisecond}
	r := run(t, cfg, Handlers{Home: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(200 * time.Millisecond)
		_, _ = w.Write([]byte("late"))
	})})
	if body, err := get("http://" + r.addr + "/"); err == nil {
		t.Errorf("%q arrived long after the end", body)
	}
}

func TestLargeUploadMayTakeLongerThanOtherRequests(t *testing.T) {
	cfg := testConfig()
	cfg.Timeouts = Timeouts{Request: 20 * time.Millisecond, Read: 50 * time.Millisecond, Header: 20 * time.Millisecond}
	r := run(t, cfg, Handlers{Routes: []Route{
		{Pattern: "POST /form", Needs: Anyone, Handler: echo}, {Pattern: "POST /import/iati", Needs: Anyone, Handler: echo, Timeout: 5 * time.Second},
	}})
	upload := func(path string) string {
		body, feed := io.Pipe()
		go func() {
			for range 5 {
				time.Sleep(40 * time.Millisecond)
				_, _ = feed.Write([]byte("part "))
			}
			_ = feed.Close()
		}()
		res, err := http.Post("http://"+r.addr+path, "application/xml", body)
		if err != nil {
			return ""
		}
		defer res.Body.Close()
		text, _ := io.ReadAll(res.Body)
		return string(text)
	}
	if got := upload("/import/iati"); got != strings.Repeat("part ", 5) {
		t.Errorf("got %q", got)
	}
	if got := upload("/form"); strings.HasPrefix(got, "part part part part part") {
		t.Error("another request took as long")
	}
}

func TestSlowHeaderIsCutOff(t *testing.T) {
	cfg := testConfig()
	cfg.Timeouts.Header = 50 * time.Millisecond
	r := run(t, cfg, Handlers{Home: text("home")})
	conn, err := net.Dial("tcp", r.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n"))
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	if answer, err := io.ReadAll(conn); err != nil || bytes.Contains(answer, []byte("200 OK")) {
		t.Errorf("got %q, %v; want the connection closed", answer, err)
	}
}

func TestHugeHeaderIsRefused(t *testing.T) {
	r := run(t, testConfig(), Handlers{Home: text("home")})
	req, _ := http.NewRequestWithContext(t.Context(), "GET", "http://"+r.addr+"/", nil)
	req.Header.Set("X-Long", strings.Repeat("x", 64<<10))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %d", res.StatusCode)
	}
}

func TestUploadedFilesAreRemoved(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir) // the name on Windows
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("file", "a.xml")
	_, _ = part.Write(bytes.Repeat([]byte("x"), 100_000))
	_ = form.Close()
	kept := -1
	f := newFixture(t, testConfig(), Handlers{Routes: []Route{
		{Pattern: "POST /import/iati", Needs: Anyone, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if err := r.ParseMultipartForm(10); err != nil {
				t.Error(err)
			}
			kept = len(glob(dir))
		})},
	}})
	r := newRequest(context.Background())
	r.Method, r.URL.Path = "POST", "/import/iati"
	r.Body, r.ContentLength = io.NopCloser(&body), int64(body.Len())
	r.Header.Set("Content-Type", form.FormDataContentType())
	f.handler.ServeHTTP(newRecorder(), r)
	if left := glob(dir); kept != 1 || len(left) != 0 {
		t.Errorf("%d files during the request, %v after it", kept, left)
	}
}

func glob(dir string) []string {
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	all, _ := filepath.Glob(filepath.Join(dir, "*"))
	return all
}
