package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"

	"adam/ent"
	"adam/ent/migrate"
	"adam/graph/querygen"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/store"
	"adam/internal/term"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// Side is a database from which one viewer is answered, as the server does it: an edition, or the working store.
type Side struct {
	Store    *store.Store // where accounts are, and where mutations would write
	Data     *store.Store // what the client reads
	Client   *ent.Client
	Audience access.Audience
	Number   int // of the edition; 0 for the working store
}

// Door is a way in: everything that answers somebody. Ask sends one question as a viewer.
type Door struct {
	Name string
	Ask  func(v access.Viewer, s *Side, question any) *http.Response
}

// through puts a viewer and what she reads into a context.
func (s *Side) through(ctx context.Context, v access.Viewer) context.Context {
	return edition.Into(access.With(ctx, v), s.Client, s.Audience, s.Number)
}

// graphQL is the door of programs.
var graphQL = Door{"GraphQL", func(v access.Viewer, s *Side, question any) *http.Response {
	q := question.(querygen.Query)
	body, err := json.Marshal(map[string]any{"query": q.Text, "variables": q.Variables})
	if err != nil {
		panic(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.handler().ServeHTTP(w, r.WithContext(s.through(r.Context(), v)))
	return w.Result()
}}

// handler answers from the side; its documents are parsed once.
func (s *Side) handler() http.Handler {
	handlersMu.Lock()
	defer handlersMu.Unlock()
	h, ok := handlers[s.Store]
	if !ok {
		h = sightHandler(s.Store)
		handlers[s.Store] = h
	}
	return h
}

// plainClient reads a database as it is: what a viewer may see is all that is in it.
func plainClient(s *store.Store) *ent.Client {
	return ent.NewClient(ent.Driver(entsql.OpenDB(s.Dialect, s.DB)))
}

// copied gives a new SQLite file with all that another holds.
func copied(ctx context.Context, from *store.Store, path string) (*store.Store, error) {
	if from.Dialect != dialect.SQLite {
		panic("only files are copied")
	}
	if _, err := from.DB.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return nil, err
	}
	return store.Open(ctx, path)
}

// tables are those whose rows have an identifier.
func (s *sight) tables() map[string]bool {
	out := map[string]bool{}
	for _, t := range migrate.Tables {
		if len(t.PrimaryKey) == 1 {
			out[t.Name] = true
		}
	}
	return out
}

func idText(id int64) string { return term.ID(id).String() }

// ordered puts the errors of an answer in one order: fields are answered at the same time, and whichever is first
// complains first.
func ordered(body []byte) []byte {
	var answer struct {
		Errors []json.RawMessage `json:"errors"`
		Data   json.RawMessage   `json:"data"`
	}
	if json.Unmarshal(body, &answer) != nil || len(answer.Errors) < 2 {
		return body
	}
	slices.SortFunc(answer.Errors, func(a, b json.RawMessage) int { return bytes.Compare(a, b) })
	out, err := json.Marshal(answer)
	if err != nil {
		return body
	}
	return out
}
