package people_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
)

func TestATokenActsForItsPersonWithinItsScopes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Reporter)
		secret, row, err := w.CreateToken(w.as(p), p.ID, "sync", nil, 0)
		ok(t, err)
		if !strings.HasPrefix(secret, "adam_") || len(secret) != 48 || row.ExpiresAt != "2027-02-22T09:00:00Z" {
			t.Errorf("the token has %d characters and ends %s", len(secret), row.ExpiresAt)
		}
		if strings.Contains(w.dump(), secret[5:]) {
			t.Error("the token itself is in the database")
		}
		v, err := w.Authenticate(t.Context(), secret)
		ok(t, err)
		if v.Person != p.ID || !v.Has(access.Reporter) || v.May(access.ScopeAccounts) || !v.May(access.ScopeWrite) {
			t.Errorf("the token acts as %+v", v)
		}
		ctx := access.With(t.Context(), v)
		_, _, err = w.CreateToken(ctx, p.ID, "child", nil, 1)
		is(t, err, fault.Forbidden)
		_, err = w.Tokens(ctx, p.ID)
		is(t, err, fault.Forbidden)
		is(t, w.End(ctx, w.only(p).ID, "x"), fault.NotFound)
		secret, _, err = w.CreateToken(w.as(p), p.ID, "keeper", []access.Scope{access.ScopeAccounts}, 366)
		ok(t, err)
		v, err = w.Authenticate(t.Context(), secret)
		ok(t, err)
		_, _, err = w.CreateToken(access.With(t.Context(), v), p.ID, "more", []access.Scope{access.ScopeWrite}, 1)
		is(t, err, fault.Forbidden, "scopes")
	})
}

func TestTokensThatDoNotWorkAnswerTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, off := w.person("ann@example.org", access.Member), w.person("off@example.org", access.Member)
		create := func(days int) string {
			secret, _, err := w.CreateToken(w.program(), p.ID, "sync", nil, days)
			ok(t, err)
			return secret
		}
		works, ended := create(2), create(1)
		revoked, row, err := w.CreateToken(w.as(p), p.ID, "sync", nil, 9)
		ok(t, err)
		is(t, w.RevokeToken(w.as(off), p.ID, row.ID), fault.Forbidden)
		is(t, w.RevokeToken(w.as(off), off.ID, row.ID), fault.NotFound)
		ok(t, w.RevokeToken(w.as(p), p.ID, row.ID))
		is(t, w.RevokeToken(w.as(p), p.ID, row.ID), fault.NotFound)
		disabled, _, err := w.CreateToken(w.program(), off.ID, "sync", nil, 9)
		ok(t, err)
		ok(t, w.Disable(w.program(), off.ID))
		w.pass(24 * time.Hour)
		_, want := w.Authenticate(t.Context(), "adam_unknown")
		is(t, want, fault.Unauthenticated)
		for what, token := range map[string]string{"cut short": works[:47], "in capitals": strings.ToUpper(works), "in small letters": strings.ToLower(works),
			"without its prefix": works[5:], "with a space": works + " ", "ended": ended, "revoked": revoked, "of a disabled account": disabled, "empty": ""} {
			if _, err := w.Authenticate(t.Context(), token); err == nil || err.Error() != want.Error() {
				t.Errorf("a token %s answers %v", what, err)
			}
		}
		_, err = w.Authenticate(t.Context(), works)
		ok(t, err)
		ok(t, w.Enable(w.program(), off.ID))
		_, err = w.Authenticate(t.Context(), disabled)
		ok(t, err)
	})
}

func TestATokenNotesItsUseToTheMinute(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		secret, _, err := w.CreateToken(w.as(p), p.ID, "sync", nil, 0)
		ok(t, err)
		var used []string
		for range 4 {
			_, err := w.Authenticate(t.Context(), secret)
			ok(t, err)
			list, err := w.Tokens(w.as(p), p.ID)
			ok(t, err)
			used = append(used, string(list[0].UsedAt))
			w.pass(30 * time.Second)
		}
		if want := []string{"2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z", "2026-11-24T09:01:00Z", "2026-11-24T09:01:00Z"}; !slices.Equal(used, want) {
			t.Errorf("used at %v", used)
		}
	})
}

// Tokens count as strong, so one factor must not be enough to make one that is.
func TestNoTokenIsStrongerThanTheSessionThatMadeIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		early, _, err := w.CreateToken(access.With(t.Context(), w.viewer(p, false)), p.ID, "early", nil, 0)
		ok(t, err)
		w.pass(time.Second)
		_, err = w.Give(w.program(), p.ID, access.Secretariat, "", "", time.Time{})
		ok(t, err)
		_, _, err = w.CreateToken(access.With(t.Context(), w.viewer(p, false)), p.ID, "weak", nil, 0)
		is(t, err, fault.Forbidden)
		late, _, err := w.CreateToken(w.as(p), p.ID, "late", nil, 0)
		ok(t, err)
		if v, err := w.Authenticate(t.Context(), early); err != nil || v.Has(access.Secretariat) {
			t.Errorf("a token from before the role acts as %+v, %v", v, err)
		}
		if v, err := w.Authenticate(t.Context(), late); err != nil || !v.Has(access.Secretariat) {
			t.Errorf("the token acts as %+v, %v", v, err)
		}
	})
}

func TestATokenSaysWhatIsWrongWithIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, admin := w.person("ann@example.org", access.Member), w.person("admin@example.org", access.Administrator)
		_, _, err := w.CreateToken(w.as(p), p.ID, " ", nil, 0)
		is(t, err, fault.Invalid, "name")
		for _, days := range []int{-1, 367} {
			_, _, err = w.CreateToken(w.as(p), p.ID, "sync", nil, days)
			is(t, err, fault.Invalid, "days")
		}
		_, _, err = w.CreateToken(w.as(p), p.ID, "sync", []access.Scope{"ALL"}, 0)
		is(t, err, fault.Invalid, "scopes")
		_, _, err = w.CreateToken(w.as(admin), p.ID, "sync", nil, 0)
		is(t, err, fault.Forbidden)
		_, _, err = w.CreateToken(t.Context(), p.ID, "sync", nil, 0)
		is(t, err, fault.Unauthenticated)
	})
}
