package server

import (
	"fmt"
	"net/http"
	"testing"

	"adam/ent/record"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/sight"
	"adam/internal/term"
)

// asProgramDo lets a handler read as the program: the mistake of a page that means well.
func asProgramDo(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r.WithContext(asProgram(r.Context()))) })
}

// mutants are servers in each of which one thing is wrong.
var mutants = map[string]func(*whole){
	"the start page reads as the program": func(s *whole) {
		s.Home = s.catalogue.Reading(asProgramDo(s.catalogue.Home(s.api)))
	},
	"the API reads as the program": func(s *whole) { s.GraphQL = s.catalogue.Reading(asProgramDo(s.api)) },
	"visitors read the members' edition": func(s *whole) {
		s.Home = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, done, err := s.catalogue.Shelf.Serve(r.Context(), access.Viewer{Audience: access.Members}, edition.Wanted{})
			if err != nil {
				Answer(w, r, err)
				return
			}
			defer done()
			s.catalogue.Home(s.api).ServeHTTP(w, r.WithContext(ctx))
		})
	},
	"the members' edition is downloaded": func(s *whole) {
		s.Data = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/vnd.sqlite3")
			http.ServeFile(w, r, sight.EditionFile(s.side.Editions, sight.Edition, access.Members))
		})
	},
	"a new page shows an account to everybody": func(s *whole) {
		s.Routes = append(s.Routes, Route{Pattern: "GET /who/{id}", Needs: Anyone, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			id, err := pathID(r, term.KindPerson)
			if err == nil {
				_, err = s.keeper.Get(asProgram(r.Context()), id)
			}
			if err != nil {
				Answer(w, r, err)
			}
		})})
	},
	"a new page tells what is hidden from what is not there": func(s *whole) {
		s.Routes = append(s.Routes, Route{Pattern: "GET /bills/{key}", Needs: Anyone, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n, err := s.side.Data.Client.Record.Query().Where(record.Key(r.PathValue("key"))).Count(asProgram(r.Context()))
			if err == nil && n > 0 {
				w.WriteHeader(http.StatusForbidden)
			}
		})})
	},
	"a header counts what there is": func(s *whole) {
		home := s.Home
		s.Home = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n, _ := s.side.Data.Client.Record.Query().Count(asProgram(r.Context()))
			w.Header().Set("ETag", fmt.Sprintf(`"%d"`, n))
			home.ServeHTTP(w, r)
		})
	},
}

// A harness that finds nothing proves nothing.
func TestSightEveryBrokenServerIsNoticed(t *testing.T) {
	s, killed := sight.Of(t), 0
	for name, change := range mutants {
		all := newSites(t, change)
		noticed := firstWrong(s, all.door(), scattered(all.pages(t, s)))
		if noticed == "" {
			t.Errorf("nobody notices: %s", name)
			continue
		}
		killed++
		t.Logf("%s: %.120s", name, noticed)
	}
	t.Logf("%d of %d mutants killed", killed, len(mutants))
}

// scattered puts questions of all routes first, then more of each: a page that is broken is soon met.
func scattered(questions []fmt.Stringer) []fmt.Stringer {
	const step = 29
	out := make([]fmt.Stringer, 0, len(questions))
	for first := range step {
		for i := first; i < len(questions); i += step {
			out = append(out, questions[i])
		}
	}
	return out
}

// firstWrong asks until an answer is wrong. One viewer of each kind of sight is enough.
func firstWrong(s *sight.Sight, d sight.Door, questions []fmt.Stringer) string {
	for _, q := range questions {
		for _, v := range (sight.Anonymous | sight.IOM).Each() {
			if _, wrong := s.Compare(d, v, q); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}
