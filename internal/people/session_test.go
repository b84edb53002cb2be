package people_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"

	"github.com/alexedwards/scs/v2"
)

var (
	_ scs.CtxStore         = (*people.Sessions)(nil)
	_ scs.IterableCtxStore = (*people.Sessions)(nil)
	_ scs.Codec            = people.Codec{}
)

func (w *world) sessions() *people.Sessions {
	return &people.Sessions{Store: w.Store, Now: w.clock}
}

// session keeps a session of a person under a cookie for a day.
func (w *world) session(p *ent.Person, cookie string) {
	w.t.Helper()
	ok(w.t, w.commit(p, cookie))
}

func (w *world) commit(p *ent.Person, cookie string) error {
	data, err := people.Codec{}.Encode(w.clock(), map[string]any{people.PersonKey: p.ID, people.ClientKey: "Firefox"})
	if err != nil {
		return err
	}
	return w.sessions().CommitCtx(w.t.Context(), cookie, data, w.clock().Add(24*time.Hour))
}

// request runs a request with a cookie through the manager and gives the cookie of the answer.
func request(m *scs.SessionManager, cookie string, do func(ctx context.Context)) string {
	r := httptest.NewRequest("GET", "/", nil)
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: m.Cookie.Name, Value: cookie})
	}
	rec := httptest.NewRecorder()
	m.LoadAndSave(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { do(r.Context()) })).ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		return c.Value
	}
	return ""
}

func TestASessionGoesThroughTheManagerAndBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		w.now = time.Now() // the manager has no other clock
		m := scs.New()
		m.Store, m.Codec = w.sessions(), people.Codec{}
		step := func(cookie string, do func(ctx context.Context)) string { return request(m, cookie, do) }
		first := step("", func(ctx context.Context) { m.Put(ctx, "step", 2) })
		cookie := step(first, func(ctx context.Context) {
			ok(t, m.RenewToken(ctx))
			m.Put(ctx, people.PersonKey, p.ID.String())
			m.Put(ctx, people.ClientKey, "Firefox")
			m.Put(ctx, "strong", true)
		})
		step(cookie, func(ctx context.Context) {
			if m.GetInt(ctx, "step") != 2 || !m.GetBool(ctx, "strong") || m.GetString(ctx, people.PersonKey) != p.ID.String() {
				t.Errorf("the session came back with %v", m.Keys(ctx))
			}
		})
		step(first, func(ctx context.Context) {
			if len(m.Keys(ctx)) != 0 {
				t.Error("the cookie from before signing in still works")
			}
		})
		list, err := w.SessionsOf(w.as(p), p.ID)
		if ok(t, err); len(list) != 1 || list[0].Client != "Firefox" || list[0].TokenHash != people.TokenHash(cookie) {
			t.Errorf("the sessions are %v", list)
		}
		if all, err := w.sessions().AllCtx(t.Context()); err != nil || len(all) != 1 {
			t.Errorf("%d sessions in all, %v", len(all), err)
		}
		if strings.Contains(w.dump(), cookie) {
			t.Error("the cookie itself is in the database")
		}
		step(cookie, func(ctx context.Context) { ok(t, m.Destroy(ctx)) })
		if list, err := w.SessionsOf(w.as(p), p.ID); err != nil || len(list) != 0 {
			t.Errorf("%d sessions after signing out, %v", len(list), err)
		}
	})
}

func TestASessionThatEndedIsNotFoundAndIsSwept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		w.session(p, "cookie")
		w.pass(24*time.Hour - time.Second)
		if _, found, err := w.sessions().FindCtx(t.Context(), "cookie"); err != nil || !found {
			t.Errorf("the session ended early: %v", err)
		}
		w.pass(time.Second)
		if _, found, err := w.sessions().FindCtx(t.Context(), "cookie"); err != nil || found {
			t.Errorf("the session is found after its end: %v", err)
		}
		w.pass(time.Hour)
		if n, err := w.sessions().Sweep(t.Context()); err != nil || n != 1 {
			t.Errorf("%d rows were swept, %v", n, err)
		}
	})
}

// A request that was on its way when its session was ended saves the session when it is done.
func TestASessionThatWasEndedDoesNotComeBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, other := w.person("ann@example.org", access.Member), w.person("bob@example.org", access.Member)
		for _, end := range []func() error{
			func() error { return w.EndSessions(w.as(p), p.ID, "") },
			func() error {
				list, err := w.SessionsOf(w.as(p), p.ID)
				ok(t, err)
				is(t, w.EndSession(w.as(other), other.ID, list[0].ID), fault.NotFound)
				is(t, w.EndSession(w.as(other), p.ID, list[0].ID), fault.Forbidden)
				return w.EndSession(w.as(p), p.ID, list[0].ID)
			},
			func() error { return w.Disable(w.program(), p.ID) },
		} {
			cookie := term.NewID(term.KindSession).String()
			w.session(p, cookie)
			ok(t, end())
			w.session(p, cookie)
			if _, found, err := w.sessions().FindCtx(t.Context(), cookie); err != nil || found {
				t.Errorf("the session came back: %v", err)
			}
		}
	})
}

func TestRequestsWithOneNewCookieSaveOneSession(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		var wg sync.WaitGroup
		for range 40 {
			wg.Go(func() {
				if err := w.commit(p, "cookie"); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if list, err := w.SessionsOf(w.as(p), p.ID); err != nil || len(list) != 1 {
			t.Errorf("%d sessions, %v", len(list), err)
		}
	})
}

func TestSigningOutIsLogged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		w.session(p, "cookie")
		for range 2 {
			ok(t, w.SignOut(t.Context(), "cookie"))
		}
		if n := strings.Count(w.dump(), "The person signed out."); n != 1 {
			t.Errorf("signing out was logged %d times", n)
		}
	})
}

func TestASessionKeepsOnlyWhatComesBackAsItWas(t *testing.T) {
	_, err := people.Codec{}.Encode(time.Now(), map[string]any{"when": time.Now()})
	if err == nil {
		t.Error("a time was kept, which would come back as text")
	}
	if _, _, err := (people.Codec{}).Decode([]byte("{")); err == nil {
		t.Error("half a session was read")
	}
}
