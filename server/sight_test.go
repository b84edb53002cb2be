package server

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/graph"
	"adam/graph/limit"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/people"
	"adam/internal/sight"
	"adam/internal/store"
)

func TestMain(m *testing.M) {
	code := m.Run()
	sight.Close()
	os.Exit(code)
}

// passing are the headers that are never twice the same by their nature.
var passing = map[string]string{
	requestIDHeader: "the number of a request is drawn for each",
	"Last-Modified": "when the file of an edition was written: the clock of whoever released it",
}

// sites are whole servers, as `adam serve` puts them together, each in front of one side.
type sites struct {
	mu     sync.Mutex
	open   map[*sight.Side]http.Handler
	change func(*whole) // breaks something; nil where nothing is broken
	routes []Route      // of the last one that was opened: all have the same
	folder string       // for downloads
	files  map[[32]byte][]byte
}

// whole is what a server is made of.
type whole struct {
	Handlers
	catalogue *Catalogue
	api       http.Handler
	keeper    *people.Keeper
	side      *sight.Side
}

func newSites(t *testing.T, change func(*whole)) *sites {
	return &sites{open: map[*sight.Side]http.Handler{}, change: change, folder: t.TempDir(), files: map[[32]byte][]byte{}}
}

// door lets viewers in by what a browser or a program sends.
func (s *sites) door() sight.Door {
	return sight.Door{Name: "pages", Passing: passing, Ask: func(v sight.Who, side *sight.Side, q fmt.Stringer) *http.Response {
		p := q.(page)
		r := httptest.NewRequest(http.MethodGet, p.address, nil)
		r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
		if p.program {
			r.Header.Set("Accept", "application/json")
		}
		switch {
		case v == sight.Anonymous:
		case p.program:
			r.Header.Set("Authorization", "Bearer "+sight.TokenOf(v))
		default:
			r.AddCookie(&http.Cookie{Name: cookieName, Value: sight.SessionOf(v)})
		}
		w := httptest.NewRecorder()
		s.of(side).ServeHTTP(w, r)
		answer := s.unpack(withoutNonces(w.Result()))
		if v == sight.Administrator && r.URL.Path == "/admin/log" {
			return withoutLog(answer)
		}
		return answer
	}}
}

// nonce is what a form carries so that it has one effect: random, and of the same length for everybody.
var nonce = regexp.MustCompile(`name="once" value="[A-Z2-7]{26}"`)

// withoutNonces makes two pages with forms comparable.
func withoutNonces(r *http.Response) *http.Response {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return r
	}
	page, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(nonce.ReplaceAll(page, []byte(`name="once"`))))
	return r
}

// theLog is where a page shows the log. It tells of the refusals that these very questions meet, in whatever order; an
// administrator may read all of it, and nobody else any: what others are answered is compared whole.
var theLog = regexp.MustCompile(`(?s)<div id="log">.*</main>`)

func withoutLog(r *http.Response) *http.Response {
	page, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	r.Header.Del("Content-Length")
	r.Body = io.NopCloser(bytes.NewReader(theLog.ReplaceAll(page, []byte("</main>"))))
	return r
}

// unpack puts the contents of a database in its place: two with the same contents may be laid out otherwise, and be of
// another length. Each file is read once.
func (s *sites) unpack(r *http.Response) *http.Response {
	if kind := r.Header.Get("Content-Type"); kind == sheetKind || kind == "application/zip" {
		return unzipped(r)
	}
	if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "application/vnd.sqlite3" {
		return r
	}
	file, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := sha256.Sum256(file)
	if s.files[sum] == nil {
		path := filepath.Join(s.folder, hex.EncodeToString(sum[:]))
		if err := os.WriteFile(path, file, 0o600); err != nil {
			panic(err)
		}
		rows, err := sight.Contents(context.Background(), path)
		if err != nil {
			panic(err)
		}
		s.files[sum] = []byte(strings.Join(rows, "\n"))
	}
	r.Header.Del("Content-Length")
	r.Body = io.NopCloser(bytes.NewReader(s.files[sum]))
	return r
}

// unzipped puts what is in a spreadsheet in its place, so that a difference can be read.
func unzipped(r *http.Response) *http.Response {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		panic(err)
	}
	var all bytes.Buffer
	for _, f := range z.File {
		part, err := f.Open()
		if err == nil {
			_, err = io.Copy(&all, part)
		}
		if err != nil {
			panic(err)
		}
	}
	r.Header.Del("Content-Length")
	r.Body = io.NopCloser(&all)
	return r
}

// of opens the server of a side once.
func (s *sites) of(side *sight.Side) http.Handler {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[side] == nil {
		s.open[side] = s.serve(side)
	}
	return s.open[side]
}

// patient makes a door that waits longer than others: how long an answer may take has its own test, and what is compared
// here must not depend on how busy the machine is.
func patient(door func() http.Handler) http.Handler {
	defer func(usual time.Duration) { limit.Standard.Time = usual }(limit.Standard.Time)
	limit.Standard.Time = time.Minute
	return door()
}

func (s *sites) serve(side *sight.Side) http.Handler {
	clock := func() time.Time { return sight.Now }
	x := &whole{keeper: people.New(side.Store, clock), side: side}
	x.api = patient(func() http.Handler { return graph.Handler(clock, x.keeper, "http://localhost") })
	shelf := edition.NewShelf(side.Editions, &store.Store{DB: side.Store.DB, Dialect: side.Store.Dialect, Client: side.Client})
	if err := shelf.Refresh(access.With(context.Background(), access.Operator("Test"))); err != nil {
		panic(err)
	}
	x.catalogue = &Catalogue{Shelf: shelf, Accounts: true, BaseURL: testConfig().BaseURL}
	x.Handlers = x.catalogue.Handlers(x.api, graph.SDL(), NewDoors(x.keeper, testConfig().BaseURL, false))
	if s.change != nil {
		s.change(x)
	}
	srv := New(testConfig(), x.Handlers, slog.New(slog.DiscardHandler))
	h, err := srv.Handler()
	if err != nil {
		panic(err)
	}
	s.routes = srv.routes()
	return h
}

// Non-interference (promises.md), for all that the router knows: pages, downloads, errors, and the API by GET.
func TestSightNoPageDependsOnWhatItsViewerMayNotSee(t *testing.T) {
	s, all := sight.Of(t), newSites(t, nil)
	shown := s.CompareAll(t, all.door(), sight.Everyone, all.pages(t, s))
	for status, least := range map[int]int{http.StatusOK: 300, http.StatusSeeOther: 300, http.StatusForbidden: 300, http.StatusNotFound: 300, http.StatusBadRequest: 20} {
		if shown[status] < least {
			t.Errorf("%d answers of status %d: the questions have gone stale", shown[status], status)
		}
	}
}
