package server

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

// typed answers with size bytes of text under a Content-Type, in pieces.
func typed(kind string, size int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		for left := size; left > 0; left -= 1000 {
			_, _ = io.WriteString(w, strings.Repeat("a", min(left, 1000)))
		}
	})
}

// compressed says what is sent in gzip to whom.
var compressed = []struct {
	name, accept, kind string
	size               int
	want               bool
}{
	{"html", "gzip, deflate, br", "text/html; charset=utf-8", 5000, true},
	{"JSON", "gzip", "application/json", 5000, true},
	{"GraphQL", "gzip", "application/graphql-response+json", 5000, true},
	{"any encoding", "*", "text/plain", 5000, true},
	{"kind is guessed", "gzip", "", 5000, true},
	{"beyond the buffer", "gzip", "text/html", 3 << 20, true},
	{"small", "gzip", "text/html", 1023, false},
	{"empty", "gzip", "text/html", 0, false},
	{"image", "gzip", "image/png", 5000, false},
	{"not asked", "", "text/html", 5000, false},
	{"refused", "gzip;q=0, *", "text/html", 5000, false},
	{"other encoding", "br", "text/html", 5000, false},
}

func TestTextIsCompressedForThoseWhoTakeIt(t *testing.T) {
	for _, tt := range compressed {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, testConfig(), Handlers{Home: typed(tt.kind, tt.size)})
			w := f.ask("GET", "/", "", "Accept-Encoding", tt.accept)
			wantContains(t, strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding")
			if got := w.Header().Get("Content-Encoding") == "gzip"; got != tt.want {
				t.Fatalf("compressed: %v, want %v", got, tt.want)
			}
			var body io.Reader = w.Body
			if tt.want {
				if w.Body.Len() > tt.size/2 {
					t.Errorf("%d bytes of %d", w.Body.Len(), tt.size)
				}
				var err error
				if body, err = gzip.NewReader(w.Body); err != nil {
					t.Fatal(err)
				}
			}
			if text, err := io.ReadAll(body); err != nil || len(text) != tt.size {
				t.Errorf("%d bytes, %v; want %d", len(text), err, tt.size)
			}
		})
	}
}

func TestDownloadsAreNotCompressed(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Data: typed("text/csv", 5000)})
	if got := f.ask("GET", "/data/x.csv", "", "Accept-Encoding", "gzip").Header().Get("Content-Encoding"); got != "" {
		t.Errorf("got %s", got)
	}
}

func TestAnswerSentBitByBitArrivesSo(t *testing.T) {
	seen := make(chan struct{})
	r := run(t, testConfig(), Handlers{Home: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "first")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		<-seen
		_, _ = io.WriteString(w, "second")
	})})
	res, err := http.Get("http://" + r.addr + "/") // Go's client asks for gzip and unpacks it
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	first := make([]byte, len("first"))
	if _, err := io.ReadFull(res.Body, first); err != nil {
		t.Fatal(err)
	}
	close(seen)
	rest, err := io.ReadAll(res.Body)
	if err != nil || string(first) != "first" || string(rest) != "second" || !res.Uncompressed {
		t.Errorf("got %q and %q, %v", first, rest, err)
	}
}

func TestPanicInACompressedPageIsAWholeErrorPage(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{Home: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<p>half a page")
		panic("bug")
	})})
	w := f.ask("GET", "/", "", "Accept-Encoding", "gzip")
	if w.Code != 500 || strings.Contains(w.Body.String(), "half a page") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

func TestSchemaIsServedWithETag(t *testing.T) {
	sdl := "type Query { states: Int }\n" + strings.Repeat("# words\n", 500)
	f := newFixture(t, testConfig(), Handlers{SchemaSDL: sdl})
	plain := f.ask("GET", "/schema.graphql", "")
	if plain.Body.String() != sdl || plain.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("got %v", plain.Header())
	}
	packed := f.ask("GET", "/schema.graphql", "", "Accept-Encoding", "gzip")
	strong, weak := plain.Header().Get("ETag"), packed.Header().Get("ETag")
	if strong == "" || weak != "W/"+strong || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("ETags %s and %s", strong, weak)
	}
	for _, tag := range []string{strong, weak} {
		w := f.ask("GET", "/schema.graphql", "", "If-None-Match", tag, "Accept-Encoding", "gzip")
		if w.Code != 304 || w.Body.Len() > 0 {
			t.Errorf("%s: got %d", tag, w.Code)
		}
	}
	if w := f.ask("HEAD", "/schema.graphql", "", "Accept-Encoding", "gzip"); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: got %d with %d bytes", w.Code, w.Body.Len())
	}
	other := newFixture(t, testConfig(), Handlers{SchemaSDL: "type Query"}).ask("GET", "/schema.graphql", "")
	if other.Header().Get("ETag") == strong {
		t.Error("another schema has the same ETag")
	}
}

func BenchmarkCompress(b *testing.B) {
	h := compress(typed("text/html", 60_000))
	for b.Loop() {
		r, w := newRequest(b.Context()), newRecorder()
		r.Header.Set("Accept-Encoding", "gzip")
		h.ServeHTTP(w, r)
	}
}
