package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"adam/internal/access"
	"adam/server/ui"
)

// authenticator is a passkey in software: ES256, no attestation.
type authenticator struct {
	t         testing.TB
	key       *ecdsa.PrivateKey
	id, user  []byte
	origin    string
	site      string // the RP id
	verified  bool   // it has asked for a finger or a PIN
	signCount uint32
}

func newAuthenticator(t testing.TB) *authenticator {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return &authenticator{t: t, key: key, id: id, origin: own, site: "adam.example.org", verified: true}
}

// options are what the server asks.
type options struct {
	PublicKey struct {
		Challenge, RPID  string
		UserVerification string
		User             struct{ ID string }
		RP               struct{ ID string }
		Authenticator    struct{ UserVerification, ResidentKey string } `json:"authenticatorSelection"`
	}
}

// offered asks the server to begin a ceremony.
func (a *authenticator) offered(b *browser, path string) (o options) {
	a.t.Helper()
	w := b.send("POST", path, "", "Origin", own, "Sec-Fetch-Site", "same-origin", "Accept", "application/json")
	if err := json.Unmarshal(w.Body.Bytes(), &o); err != nil || w.Code != 200 || o.PublicKey.Challenge == "" {
		a.t.Fatalf("%s: %d %s %v", path, w.Code, w.Body, err)
	}
	return o
}

func (a *authenticator) clientData(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	return b
}

// data is the authenticator data; made holds the new credential where there is one.
func (a *authenticator) data(made []byte) []byte {
	flags := byte(0x01)
	if a.verified {
		flags |= 0x04
	}
	if made != nil {
		flags |= 0x40
	}
	hash := sha256.Sum256([]byte(a.site))
	out := append(hash[:], flags)
	return append(binary.BigEndian.AppendUint32(out, a.signCount), made...)
}

var b64url = base64.RawURLEncoding.EncodeToString

// cborBytes is a byte string of CBOR, up to 64 KB.
func cborBytes(b []byte) []byte {
	return append([]byte{0x59, byte(len(b) >> 8), byte(len(b))}, b...)
}

// create makes the credential, as navigator.credentials.create does.
func (a *authenticator) create(o options) string {
	a.user, _ = base64.RawURLEncoding.DecodeString(o.PublicKey.User.ID)
	point, err := a.key.PublicKey.Bytes()
	if err != nil {
		a.t.Fatal(err)
	}
	cose := []byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21}
	cose = append(append(append(cose, cborBytes(point[1:33])...), 0x22), cborBytes(point[33:])...)
	made := binary.BigEndian.AppendUint16(make([]byte, 16), uint16(len(a.id)))
	made = append(append(made, a.id...), cose...)
	object := append([]byte{0xa3, 0x63}, "fmt"...)
	object = append(append(object, 0x64), "none"...)
	object = append(append(object, 0x67), "attStmt"...)
	object = append(append(object, 0xa0, 0x68), "authData"...)
	object = append(object, cborBytes(a.data(made))...)
	return a.answer(map[string]any{
		"clientDataJSON": b64url(a.clientData("webauthn.create", o.PublicKey.Challenge)), "attestationObject": b64url(object),
	})
}

// sign answers a challenge, as navigator.credentials.get does.
func (a *authenticator) sign(o options) string {
	client, data := a.clientData("webauthn.get", o.PublicKey.Challenge), a.data(nil)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(data[:len(data):len(data)], hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]any{
		"clientDataJSON": b64url(client), "authenticatorData": b64url(data), "signature": b64url(signature), "userHandle": b64url(a.user),
	})
}

func (a *authenticator) answer(response map[string]any) string {
	b, err := json.Marshal(map[string]any{
		"id": b64url(a.id), "rawId": b64url(a.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{},
	})
	if err != nil {
		a.t.Fatal(err)
	}
	return string(b)
}

// registered makes an account with a passkey.
func registered(t *testing.T, h *house, email string, role access.Role) (*authenticator, *browser) {
	t.Helper()
	h.person(email, role)
	b, key := h.signedIn(email), newAuthenticator(t)
	o := key.offered(b, "/account/passkeys/options")
	if u := o.PublicKey.Authenticator; u.UserVerification != "required" || u.ResidentKey != "required" || o.PublicKey.RP.ID != "adam.example.org" {
		t.Errorf("the server asks for %+v of %s", u, o.PublicKey.RP.ID)
	}
	wantRedirect(t, b.post("/account/passkeys", "credential", key.create(o), "name", "office laptop"), "/account?done=passkey")
	return key, b
}

func TestPasskeySignsInAsBothFactors(t *testing.T) {
	h := newHouse(t)
	key, b := registered(t, h, "s@example.org", access.Secretariat)
	if got := b.who(); got != "Secretariat working SECRETARIAT" {
		t.Errorf("who has just made a passkey is %q", got)
	}
	wantPage(t, b.get("/account"), 200, "office laptop")
	fresh := h.browser()
	o := key.offered(fresh, "/sign-in/passkey/options")
	before := fresh.cookie
	wantRedirect(t, fresh.post("/sign-in/passkey", "credential", key.sign(o), "next", "/admin"), "/admin")
	if got := fresh.who(); got != "Secretariat working SECRETARIAT" || fresh.cookie == before {
		t.Errorf("with a passkey she is %q", got)
	}
	half := h.browser() // the password first, then the passkey as the second factor
	wantRedirect(t, half.post("/sign-in", "email", "s@example.org", "password", goodPassword, "next", "/account"), "/sign-in/code")
	wantPage(t, half.get("/sign-in/code"), 200, "Use a passkey")
	wantRedirect(t, half.post("/sign-in/passkey", "credential", key.sign(key.offered(half, "/sign-in/passkey/options"))), "/account")
}

func TestPasskeyAnswersThatAreNotRightAreRefused(t *testing.T) {
	h := newHouse(t)
	key, own := registered(t, h, "a@example.org", access.Member)
	try := func(name string, credential func(*browser) string) {
		t.Helper()
		b := h.browser()
		w := b.post("/sign-in/passkey", "credential", credential(b))
		if w.Code != http.StatusUnauthorized || b.who() != "Visitor public" {
			t.Errorf("%s: %d, %q", name, w.Code, b.who())
		}
	}
	offer := func(b *browser) options { return key.offered(b, "/sign-in/passkey/options") }
	with := func(change func(*authenticator)) func(*browser) string {
		return func(b *browser) string {
			other := *key
			change(&other)
			return other.sign(offer(b))
		}
	}
	try("of another site", with(func(a *authenticator) { a.origin = evil }))
	try("of another RP", with(func(a *authenticator) { a.site = "evil.example" }))
	try("without a finger or PIN", with(func(a *authenticator) { a.verified = false }))
	try("of another key", with(func(a *authenticator) { a.key = newAuthenticator(t).key }))
	try("of an unknown key", with(func(a *authenticator) { a.id = []byte("unknown") }))
	try("for another person", with(func(a *authenticator) { a.user = []byte("12345678") }))
	try("without a ceremony", func(*browser) string { return key.sign(options{}) })
	try("that is nothing", func(b *browser) string { offer(b); return "{}" })
	try("of another browser's ceremony", func(b *browser) string {
		offer(b)
		return key.sign(offer(h.browser()))
	})
	b := h.browser()
	o := offer(b)
	if w := b.post("/sign-in/passkey", "credential", "{}"); w.Code != 401 {
		t.Errorf("nothing: %d", w.Code)
	}
	if w := b.post("/sign-in/passkey", "credential", key.sign(o)); w.Code != 401 {
		t.Errorf("a second answer to one question: %d", w.Code)
	}
	answer := key.sign(offer(b))
	wantRedirect(t, b.post("/sign-in/passkey", "credential", answer), "/")
	wantRedirect(t, b.post("/sign-out"), "/sign-in?done=signed-out")
	if w := b.post("/sign-in/passkey", "credential", answer); w.Code != 401 {
		t.Errorf("an answer sent twice: %d", w.Code)
	}
	keys, err := h.keeper.Passkeys(h.program(), h.personOf("a@example.org"))
	if err != nil || len(keys) != 1 || keys[0].UsedAt == "" {
		t.Fatal(len(keys), err)
	}
	wantRedirect(t, own.post("/account/passkeys/"+keys[0].ID.String()+"/remove"), "/account?done=passkey-removed")
	try("that was removed", func(b *browser) string { return key.sign(offer(b)) })
}

func TestPasskeyThatWasCopiedIsRefused(t *testing.T) {
	h := newHouse(t)
	key, _ := registered(t, h, "a@example.org", access.Member)
	key.signCount = 7
	b := h.browser()
	wantRedirect(t, b.post("/sign-in/passkey", "credential", key.sign(key.offered(b, "/sign-in/passkey/options"))), "/")
	key.signCount = 5
	b = h.browser()
	wantPage(t, b.post("/sign-in/passkey", "credential", key.sign(key.offered(b, "/sign-in/passkey/options"))), 401, "may have been copied")
}

func TestWhoHasASecondFactorNeedsItToAddAnother(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	thief, key := h.signedIn("a@example.org"), newAuthenticator(t) // in with the password alone, before there was more
	h.generator(p)
	w := thief.post("/account/passkeys", "credential", key.create(key.offered(thief, "/account/passkeys/options")), "name", "mine")
	wantPage(t, w, 403, "second factor first")
	secret, err := h.keeper.SignInLink(h.program(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	wantRedirect(t, h.browser().post("/invitation/"+secret), "/sign-in/code") // a link is one factor, never a way around the other
}

func TestAddressWithoutANameHasNoPasskeys(t *testing.T) {
	h := newHouse(t, func(d *Doors) { d.BaseURL = "http://127.0.0.1:8080" })
	w := h.browser().get("/sign-in")
	if strings.Contains(w.Body.String(), "passkey") {
		t.Error("passkeys are offered")
	}
	if w := h.browser().send("POST", "/sign-in/passkey/options", "", "Origin", "http://127.0.0.1:8080"); w.Code != 404 {
		t.Errorf("got %d", w.Code)
	}
	if local := newHouse(t, func(d *Doors) { d.BaseURL = "http://localhost:8080" }); local.doors.passkeys == nil {
		t.Error("localhost has none")
	}
}

func TestPasskeyScriptIsSmallAndKeptForEver(t *testing.T) {
	h := newHouse(t)
	w := h.browser().get(ui.Passkey.Path)
	if w.Code != 200 || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Body.Len() > 1500 {
		t.Errorf("got %d, %q, %d bytes", w.Code, w.Header().Get("Cache-Control"), w.Body.Len())
	}
	wantPage(t, h.browser().get("/sign-in"), 200, `<script src="`+ui.Passkey.Path+`" integrity="`+ui.Passkey.Integrity+`" defer>`)
	if w := h.browser().get("/static/0000/passkey.js"); w.Code != 404 {
		t.Errorf("another version got %d", w.Code)
	}
}

func TestCeremonyEndsAfterFiveMinutes(t *testing.T) {
	h := newHouse(t)
	key, _ := registered(t, h, "a@example.org", access.Member)
	b := h.browser()
	o := key.offered(b, "/sign-in/passkey/options")
	h.pass(visitorLifetime + time.Minute)
	if w := b.post("/sign-in/passkey", "credential", key.sign(o)); w.Code != 401 {
		t.Errorf("got %d", w.Code)
	}
}
