package people_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

const good = "seven green umbrellas"

// world is a store with two organisations, two chapters, and a keeper whose clock the test moves.
type world struct {
	*people.Keeper
	t   *testing.T
	mu  sync.Mutex
	now time.Time
}

// each runs a test on each engine.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	testdb.Each(t, func(t *testing.T, s *store.Store) { test(t, newWorld(t, s)) })
}

func newWorld(t *testing.T, s *store.Store) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	w.Keeper = &people.Keeper{Store: s, Now: w.clock, Log: func(ctx context.Context, tx *ent.Tx, e people.Event) error {
		return audit.Append(ctx, tx, w.clock(), audit.Entry{Kind: e.Kind, Person: e.Person, Subject: e.Subject, Summary: e.Summary, Detail: e.Detail})
	}}
	ctx := w.program()
	err := s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		st := tx.State.Create().SetKey("state-lao").SetCode("LAO").SetAlpha2("LA").SetM49("418").SetName("Lao PDR").SetVisibility(term.Public).SaveX(ctx)
		tx.Chapter.Create().SetCode("LAO").SetTitle("Lao PDR").SetTimeZone("Asia/Vientiane").SetStateID(st.ID).SaveX(ctx)
		tx.Chapter.Create().SetCode("REGIONAL").SetTitle("Region").SetTimeZone("Asia/Bangkok").SaveX(ctx)
		for _, key := range []string{"iom", "unodc"} {
			tx.Actor.Create().SetKey(key).SetName(strings.ToUpper(key)).SetKind(term.InternationalOrganization).SetVisibility(term.Public).SaveX(ctx)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) program() context.Context {
	return access.With(w.t.Context(), access.Operator("test"))
}

// as is a context in which a person acts from a strong session.
func (w *world) as(p *ent.Person) context.Context {
	w.t.Helper()
	return access.With(w.t.Context(), w.viewer(p, true))
}

func (w *world) viewer(p *ent.Person, strong bool) access.Viewer {
	w.t.Helper()
	v, err := w.Viewer(w.t.Context(), p.ID, strong)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// person makes an account with a role and the good password.
func (w *world) person(email string, role access.Role) *ent.Person {
	w.t.Helper()
	in := people.Invitation{Email: email, Role: role}
	if role == access.Reporter {
		in.Actor = "iom"
	}
	if role == access.FocalPoint {
		in.Chapter = "LAO"
	}
	secret, _, err := w.Invite(w.program(), in)
	if err != nil {
		w.t.Fatal(err)
	}
	p, err := w.Accept(w.t.Context(), secret, people.Acceptance{Password: good})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// only is the one role that a person holds.
func (w *world) only(p *ent.Person) *ent.Grant {
	w.t.Helper()
	all, err := w.Grants(w.program(), p.ID)
	if err != nil || len(all) != 1 {
		w.t.Fatalf("%d roles, %v; expected one", len(all), err)
	}
	return all[0]
}

func (w *world) reload(p *ent.Person) *ent.Person {
	w.t.Helper()
	p, err := w.Get(w.program(), p.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// is fails unless the error is a fault of the kind with these fields.
func is(t *testing.T, err error, kind fault.Kind, fields ...string) {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Kind != kind || fmt.Sprint(f.Fields) != fmt.Sprint(fields) && len(fields)+len(f.Fields) > 0 {
		t.Errorf("got %#v; expected %s at %v", err, kind, fields)
	}
}

// ok fails where there is an error.
func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%+v)", err, fault.As(err))
	}
}

// dump is the whole database as text.
func (w *world) dump() string {
	w.t.Helper()
	var out strings.Builder
	list := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if w.Store.Dialect == "postgres" {
		list = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
	}
	for _, table := range w.column(list) {
		out.WriteString("\n" + table + "\n")
		rows, err := w.Store.DB.QueryContext(w.t.Context(), `SELECT * FROM "`+table+`"`)
		ok(w.t, err)
		names, err := rows.Columns()
		ok(w.t, err)
		for rows.Next() {
			cells := make([]any, len(names))
			for i := range cells {
				cells[i] = new([]byte)
			}
			ok(w.t, rows.Scan(cells...))
			for _, c := range cells {
				out.Write(*c.(*[]byte))
				out.WriteByte('\t')
			}
			out.WriteByte('\n')
		}
		ok(w.t, rows.Err())
		ok(w.t, rows.Close())
	}
	return out.String()
}

func (w *world) column(query string) (out []string) {
	w.t.Helper()
	rows, err := w.Store.DB.QueryContext(w.t.Context(), query)
	ok(w.t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s string
		ok(w.t, rows.Scan(&s))
		out = append(out, s)
	}
	ok(w.t, rows.Err())
	return out
}
