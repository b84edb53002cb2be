package server

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/internal/access"
)

// issuer is an OpenID provider of the test's own, which keeps to the rules unless it is told not to.
type issuer struct {
	*httptest.Server
	t   *testing.T
	key *rsa.PrivateKey

	mu       sync.Mutex
	subject  string
	codes    map[string]url.Values // what a code was given for
	nonce    string                // in place of the right one
	audience string
	signer   *rsa.PrivateKey // in place of the right one
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{t: t, key: key, signer: key, subject: "subject-1", audience: "adam", codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, 200, map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/auth", "token_endpoint": i.URL + "/token",
			"jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		n, e := key.N.Bytes(), big.NewInt(int64(key.E)).Bytes()
		writeJSON(w, 200, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": b64url(n), "e": b64url(e)}}})
	})
	mux.HandleFunc("POST /token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

// visit is what the person does there: she signs in and comes back with a code.
func (i *issuer) visit(to string) (state, code string) {
	i.t.Helper()
	u, err := url.Parse(to)
	if err != nil || !strings.HasPrefix(to, i.URL+"/auth?") {
		i.t.Fatalf("the browser was sent to %q", to)
	}
	q := u.Query()
	if q.Get("redirect_uri") != own+"/sign-in/oidc/callback" || q.Get("code_challenge_method") != "S256" || q.Get("scope") != "openid" || q.Get("nonce") == "" {
		i.t.Errorf("asked for %v", q)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	code = rand.Text()
	i.codes[code] = q
	return q.Get("state"), code
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	q, known := i.codes[r.FormValue("code")]
	delete(i.codes, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !known || b64url(sum[:]) != q.Get("code_challenge") {
		writeJSON(w, 400, map[string]any{"error": "invalid_grant"})
		return
	}
	nonce := q.Get("nonce")
	if i.nonce != "" {
		nonce = i.nonce
	}
	claims, _ := json.Marshal(map[string]any{"iss": i.URL, "sub": i.subject, "aud": i.audience, "nonce": nonce, "email": "a@example.org",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix()})
	head := b64url([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + b64url(claims)
	digest := sha256.Sum256([]byte(head))
	signature, err := rsa.SignPKCS1v15(rand.Reader, i.signer, crypto.SHA256, digest[:])
	if err != nil {
		i.t.Error(err)
	}
	writeJSON(w, 200, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": head + "." + base64.RawURLEncoding.EncodeToString(signature)})
}

func oidcHouse(t *testing.T) (*issuer, *house) {
	i := newIssuer(t)
	return i, newHouse(t, func(d *Doors) {
		d.OIDC = &OIDCConfig{Issuer: i.URL, ClientID: "adam", ClientSecret: "s3cret", Name: "Agency"}
	})
}

// through goes to the provider and back.
func (b *browser) through(i *issuer, next string) *httptest.ResponseRecorder {
	b.t.Helper()
	state, code := i.visit(b.get("/sign-in/oidc?next=" + url.QueryEscape(next)).Header().Get("Location"))
	return b.get(back(state, code))
}

func back(state, code string) string {
	return "/sign-in/oidc/callback?" + url.Values{"state": {state}, "code": {code}}.Encode()
}

// tie links the provider's account to the browser's person.
func (b *browser) tie(i *issuer) *httptest.ResponseRecorder {
	b.t.Helper()
	w := b.post("/account/login")
	to := regexp.MustCompile(`href="(` + regexp.QuoteMeta(i.URL) + `[^"]*)"`).FindStringSubmatch(w.Body.String())
	if to == nil {
		b.t.Fatalf("no way to the provider: %s", problemOf(w))
	}
	state, code := i.visit(strings.ReplaceAll(to[1], "&amp;", "&"))
	return b.get(back(state, code))
}

func TestLoginIsTiedByIssuerAndSubjectNeverByAddress(t *testing.T) {
	i, h := oidcHouse(t)
	h.person("a@example.org", access.Member) // the provider says this address too
	wantPage(t, h.browser().get("/sign-in"), 200, "Sign in with Agency")
	stranger := h.browser()
	wantPage(t, stranger.through(i, "/"), 401, "not tied to an account here", "open your invitation")
	if stranger.who() != "Visitor public" {
		t.Errorf("an unknown login is %q", stranger.who())
	}
	b := h.signedIn("a@example.org")
	wantRedirect(t, b.tie(i), "/account?done=login")
	in := h.browser()
	wantRedirect(t, in.through(i, "/account"), "/account")
	if got := in.who(); got != "Member members MEMBER" {
		t.Errorf("she is %q", got)
	}
	i.subject = "subject-2"
	wantPage(t, h.browser().through(i, "/"), 401, "not tied")
	i.subject = "subject-1"
	h.person("b@example.org", access.Member)
	wantPage(t, h.signedIn("b@example.org").tie(i), 409, "tied to an account here already")
	wantRedirect(t, h.browser().through(i, "https://evil.example/"), "/")
}

func TestInvitedPersonMayComeByLogin(t *testing.T) {
	i, h := oidcHouse(t)
	secret, _ := h.invited("a@example.org", access.Member)
	b := h.browser()
	wantPage(t, b.get("/invitation/"+secret), 200, "Use Agency instead")
	wantRedirect(t, b.post("/invitation/"+secret, "with", "login", "password", ""), "/account#logins")
	wantRedirect(t, b.tie(i), "/account?done=login")
	wantRedirect(t, h.browser().through(i, "/"), "/")
}

// The provider comes back to one address, whatever the language: it is kept meanwhile.
func TestTheLanguageSurvivesTheWayToTheProvider(t *testing.T) {
	i, h := oidcHouse(t)
	h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	b.tie(i)
	in := h.browser()
	state, code := i.visit(in.get("/ur/sign-in/oidc?next=%2Faccount").Header().Get("Location"))
	wantRedirect(t, in.get(back(state, code)), "/ur/account")
	i.subject = "somebody else"
	stranger := h.browser()
	state, code = i.visit(stranger.get("/th/sign-in/oidc?next=%2Faccount").Header().Get("Location"))
	wantPage(t, stranger.get(back(state, code)), 401, `<html lang="th"`, "not tied", `action="/th/sign-in"`, `href="/sign-in?next=%2Faccount"`)
}

func TestLoginIsOneFactor(t *testing.T) {
	i, h := oidcHouse(t)
	h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	b.tie(i)
	secret := h.generator(mustFind(h, "a@example.org"))
	in := h.browser()
	wantRedirect(t, in.through(i, "/account"), "/sign-in/code")
	if in.who() != "Visitor public" {
		t.Errorf("with one factor of two she is %q", in.who())
	}
	wantRedirect(t, in.post("/sign-in/code", "code", h.code(secret)), "/account")
}

func TestAnswersOfTheProviderThatAreNotRightAreRefused(t *testing.T) {
	i, h := oidcHouse(t)
	h.person("a@example.org", access.Member)
	h.signedIn("a@example.org").tie(i)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	start := func(b *browser) (state, code string) { return i.visit(b.get("/sign-in/oidc").Header().Get("Location")) }
	refuse := func(name string, b *browser, target string) {
		t.Helper()
		if w := b.get(target); w.Code != 401 || b.who() != "Visitor public" {
			t.Errorf("%s: %d, %q", name, w.Code, b.who())
		}
	}
	for name, change := range map[string]func(){
		"wrong nonce":    func() { i.nonce = "another" },
		"wrong audience": func() { i.audience = "another" },
		"wrong key":      func() { i.signer = other },
	} {
		b := h.browser()
		state, code := start(b)
		change()
		refuse(name, b, back(state, code))
		i.nonce, i.audience, i.signer = "", "adam", i.key
	}
	b := h.browser()
	_, code := start(b)
	refuse("wrong state", b, back("another", code))
	b = h.browser()
	state, code := start(b)
	refuse("another browser", h.browser(), back(state, code))
	refuse("another provider", b, back(state, code)+"&iss=https%3A%2F%2Fevil.example")
	refuse("after a wrong answer", b, back(state, code))
	b = h.browser()
	state, _ = start(b)
	refuse("cancelled", b, "/sign-in/oidc/callback?error=access_denied&state="+state)
	b = h.browser()
	state, code = start(b)
	wantRedirect(t, b.get(back(state, code)), "/")
	replay := h.browser()
	again, _ := start(replay)
	refuse("a code used twice", replay, back(again, code))
	if w := b.get(back(state, code)); w.Code != 401 {
		t.Errorf("an answer sent twice: %d", w.Code)
	}
	refuse("without a start", h.browser(), back("", ""))
}

func TestProviderThatIsAwayIsExplained(t *testing.T) {
	i, h := oidcHouse(t)
	i.Close()
	wantPage(t, h.browser().get("/sign-in/oidc"), 409, "does not answer")
	none := newHouse(t)
	wantPage(t, none.browser().get("/sign-in/oidc"), 404, "no other provider")
	wantPage(t, none.browser().get("/sign-in/oidc/callback?state=x&code=y"), 401)
}
