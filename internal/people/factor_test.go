package people_test

import (
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"

	"github.com/pquerna/otp/totp"
)

// enrol gives a person a code generator and tells its secret.
func (w *world) enrol(p *ent.Person) string {
	w.t.Helper()
	secret, uri, err := w.EnrolTOTP(w.program(), p.ID, "ADAM", true)
	ok(w.t, err)
	if !strings.HasPrefix(uri, "otpauth://totp/ADAM:") {
		w.t.Errorf("the address is %s", uri)
	}
	ok(w.t, w.ConfirmTOTP(w.program(), p.ID, w.code(secret, 0)))
	w.pass(30 * time.Second)
	return secret
}

func (w *world) code(secret string, ahead time.Duration) string {
	w.t.Helper()
	c, err := totp.GenerateCode(secret, w.clock().Add(ahead))
	ok(w.t, err)
	return c
}

func TestACodeWorksOnceAndOnlyNearItsTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		secret := w.enrol(p)
		w.pass(time.Minute)
		now, next := w.code(secret, 0), w.code(secret, 30*time.Second)
		ok(t, w.CheckTOTP(t.Context(), p.ID, now))
		is(t, w.CheckTOTP(t.Context(), p.ID, now), fault.Unauthenticated, "code")
		ok(t, w.CheckTOTP(t.Context(), p.ID, next))
		is(t, w.CheckTOTP(t.Context(), p.ID, now), fault.Unauthenticated, "code")
		is(t, w.CheckTOTP(t.Context(), p.ID, w.code(secret, time.Minute)), fault.Unauthenticated, "code")
		is(t, w.CheckTOTP(t.Context(), p.ID, ""), fault.Unauthenticated, "code")
		w.pass(time.Hour)
		ok(t, w.CheckTOTP(t.Context(), p.ID, w.code(secret, -30*time.Second)))
	})
}

// Whoever has the password must not win new tries at the code by signing in again and again.
func TestWrongCodesCountOnTheCounterOfThePassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		secret := w.enrol(p)
		for range 4 {
			_, err := w.SignIn(t.Context(), p.Email, good)
			ok(t, err)
			is(t, w.CheckTOTP(t.Context(), p.ID, "000000"), fault.Unauthenticated, "code")
		}
		_, err := w.SignIn(t.Context(), p.Email, good)
		ok(t, err)
		is(t, w.CheckTOTP(t.Context(), p.ID, "000000"), fault.Unauthenticated, "code")
		is(t, w.CheckTOTP(t.Context(), p.ID, w.code(secret, 0)), fault.TooMany)
		_, err = w.SignIn(t.Context(), p.Email, good)
		is(t, err, fault.TooMany)
		w.pass(time.Minute)
		_, err = w.SignIn(t.Context(), p.Email, good)
		ok(t, err)
		ok(t, w.CheckTOTP(t.Context(), p.ID, w.code(secret, 0)))
		if n := w.reload(p).Failures; n != 0 {
			t.Errorf("after both factors %d tries are counted", n)
		}
	})
}

func TestASecondFactorIsNotReplacedWithTheFirstAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		_, _, err := w.EnrolTOTP(w.as(p), p.ID, "ADAM", false) // the first one needs none
		ok(t, err)
		is(t, w.ConfirmTOTP(w.as(p), p.ID, "000000"), fault.Unauthenticated, "code")
		if two, err := w.HasSecondFactor(t.Context(), w.reload(p)); err != nil || two {
			t.Errorf("an unconfirmed generator counts: %v, %v", two, err)
		}
		secret := w.enrol(p)
		_, _, err = w.EnrolTOTP(w.as(p), p.ID, "ADAM", false)
		is(t, err, fault.Forbidden)
		_, _, err = w.EnrolTOTP(w.as(p), p.ID, "ADAM", true)
		is(t, err, fault.Conflict)
		_, err = w.AddPasskey(w.as(p), p.ID, "handle", "{}", "", false)
		is(t, err, fault.Forbidden)
		is(t, w.LinkLogin(w.as(p), p.ID, "https://id.example.org", "1", false), fault.Forbidden)
		is(t, w.RemoveTOTP(w.as(p), p.ID, "000000"), fault.Unauthenticated, "code")
		ok(t, w.RemoveTOTP(w.as(p), p.ID, w.code(secret, 0)))
		if p := w.reload(p); p.TotpConfirmed || p.TotpSecret != "" {
			t.Error("the generator is still there")
		}
	})
}

func TestAPasskeyIsFoundByItsHandleAndCountsAsBothFactors(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, other := w.person("ann@example.org", access.Member), w.person("bob@example.org", access.Member)
		key, err := w.AddPasskey(w.as(p), p.ID, "handle", `{"n":1}`, "Phone", false)
		ok(t, err)
		_, err = w.AddPasskey(w.as(other), other.ID, "handle", `{"n":1}`, "Phone", false)
		is(t, err, fault.Conflict)
		is(t, w.UsePasskey(w.as(p), "handle", "{}"), fault.Forbidden)
		ok(t, w.UsePasskey(w.program(), "handle", `{"n":2}`))
		found, k, err := w.PersonByPasskey(t.Context(), "handle")
		if ok(t, err); found.ID != p.ID || k.Credential != `{"n":2}` || k.UsedAt == "" {
			t.Errorf("found %v with %v", found, k)
		}
		if two, err := w.HasSecondFactor(t.Context(), w.reload(p)); err != nil || !two {
			t.Errorf("a passkey counts as both: %v, %v", two, err)
		}
		_, err = w.Passkeys(w.as(other), p.ID)
		is(t, err, fault.Forbidden)
		is(t, w.RemovePasskey(w.as(other), other.ID, key.ID, true), fault.NotFound)
		is(t, w.RemovePasskey(w.as(p), p.ID, key.ID, false), fault.Forbidden)
		ok(t, w.RemovePasskey(w.as(p), p.ID, key.ID, true))
		_, _, err = w.PersonByPasskey(t.Context(), "handle")
		is(t, err, fault.Unauthenticated)
	})
}

func TestALoginIsFoundByIssuerAndSubjectNeverByAddress(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, other := w.person("ann@example.org", access.Member), w.person("bob@example.org", access.Member)
		ok(t, w.LinkLogin(w.as(p), p.ID, "https://id.example.org", "17", true))
		is(t, w.LinkLogin(w.as(other), other.ID, "https://id.example.org", "17", true), fault.Conflict)
		found, err := w.PersonByLogin(w.program(), "https://id.example.org", "17")
		if ok(t, err); found.ID != p.ID {
			t.Errorf("found %v", found)
		}
		for _, pair := range [][2]string{{"https://id.example.org", "ann@example.org"}, {"https://other.example.org", "17"}, {"", ""}} {
			_, err := w.PersonByLogin(w.program(), pair[0], pair[1])
			is(t, err, fault.Unauthenticated)
		}
		ok(t, w.Disable(w.program(), p.ID))
		_, err = w.PersonByLogin(w.program(), "https://id.example.org", "17")
		is(t, err, fault.Unauthenticated)
	})
}
