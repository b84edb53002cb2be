package server

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// ceremonyTime is how long a person may take with her authenticator. The server insists on it.
const ceremonyTime = 5 * time.Minute

func ceremonyTimeouts() webauthn.TimeoutsConfig {
	t := webauthn.TimeoutConfig{Enforce: true, Timeout: ceremonyTime, TimeoutUVD: ceremonyTime}
	return webauthn.TimeoutsConfig{Login: t, Registration: t}
}

var (
	errNoPasskeys = fault.New(fault.NotFound, "Passkeys do not work at this address: they need a site with a name. Sign in another way.")
	errCeremony   = fault.New(fault.Unauthenticated, "The passkey did not work: it may be of another site, or it took too long. Try again, or sign in another way.")
)

// holder is a person as the library wants to see her. Her handle is her id, which says nothing about her.
type holder struct {
	person *ent.Person
	keys   []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return binary.BigEndian.AppendUint64(nil, uint64(h.person.ID)) } //nolint:gosec // a bit pattern
func (h holder) WebAuthnName() string                       { return h.person.Email }
func (h holder) WebAuthnDisplayName() string                { return h.person.Email }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// holderOf reads a person with her credentials.
func (d *Doors) holderOf(ctx context.Context, id term.ID) (holder, error) {
	ctx = asProgram(ctx)
	p, err := d.Keeper.Get(ctx, id)
	if err != nil {
		return holder{}, err
	}
	keys, err := d.Keeper.Passkeys(ctx, id)
	if err != nil {
		return holder{}, err
	}
	h := holder{person: p}
	for _, k := range keys {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(k.Credential), &c); err != nil {
			return holder{}, err
		}
		h.keys = append(h.keys, c)
	}
	return h, nil
}

// offer answers the script with what the authenticator is asked, and keeps what its answer is checked against.
func (d *Doors) offer(w http.ResponseWriter, r *http.Request, options any, session *webauthn.SessionData) {
	kept, err := json.Marshal(session)
	if err != nil {
		Answer(w, r, err)
		return
	}
	d.visit(r.Context())
	d.sessions.Put(r.Context(), ceremonyKey, string(kept))
	if err := d.keep(w, r); err != nil {
		Answer(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, options)
}

// ceremony takes out of the session what an answer is checked against: it counts once, whatever comes of it.
func (d *Doors) ceremony(w http.ResponseWriter, r *http.Request) (session webauthn.SessionData, err error) {
	kept := d.sessions.PopString(r.Context(), ceremonyKey)
	if kept == "" {
		return session, errCeremony
	}
	if err := d.keep(w, r); err != nil {
		return session, err
	}
	return session, json.Unmarshal([]byte(kept), &session)
}

// offerSignIn begins to sign in with a passkey, whoever it may be of.
func (d *Doors) offerSignIn(w http.ResponseWriter, r *http.Request) {
	if d.passkeys == nil {
		Answer(w, r, errNoPasskeys)
		return
	}
	options, session, err := d.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		Answer(w, r, err)
		return
	}
	d.offer(w, r, options, session)
}

// signInWithPasskey takes a passkey as both factors: it is something one has, and the device has asked for something
// one knows or is.
func (d *Doors) signInWithPasskey(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	ctx := r.Context()
	next := r.PostForm.Get("next")
	if d.pending(ctx) != 0 {
		next = d.sessions.GetString(ctx, nextKey)
	}
	id, err := d.passkeyHolder(w, r)
	if err == nil {
		err = d.begin(w, r, id, true)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showSignIn(w, r, next, f) })
		return
	}
	lead(w, r, localPath(next))
}

// passkeyHolder checks the answer of an authenticator and gives whose it is.
func (d *Doors) passkeyHolder(w http.ResponseWriter, r *http.Request) (term.ID, error) {
	if d.passkeys == nil {
		return 0, errNoPasskeys
	}
	ctx := r.Context()
	session, err := d.ceremony(w, r)
	if err != nil {
		return 0, err
	}
	answer, err := protocol.ParseCredentialRequestResponseBody(strings.NewReader(r.PostForm.Get("credential")))
	if err != nil {
		return 0, because(errCeremony, err)
	}
	handle := base64.RawURLEncoding.EncodeToString(answer.RawID)
	p, _, err := d.Keeper.PersonByPasskey(ctx, handle)
	if err != nil {
		return 0, err
	}
	h, err := d.holderOf(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	// The library compares the handle in the answer with the holder's.
	_, credential, err := d.passkeys.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return h, nil }, session, answer)
	if err != nil {
		return 0, because(errCeremony, err)
	}
	if credential.Authenticator.CloneWarning {
		return 0, fault.New(fault.Unauthenticated, "This passkey may have been copied, so it is not taken. Sign in another way and remove it.")
	}
	kept, err := json.Marshal(credential)
	if err != nil {
		return 0, err
	}
	return p.ID, d.Keeper.UsePasskey(asProgram(ctx), handle, string(kept))
}

// because gives a fault that is shared between requests a cause of its own.
func because(f *fault.Error, err error) error {
	own := *f
	return own.Because(err)
}

// offerPasskey begins to register a passkey for whoever is signed in.
func (d *Doors) offerPasskey(w http.ResponseWriter, r *http.Request) {
	if d.passkeys == nil {
		Answer(w, r, errNoPasskeys)
		return
	}
	h, err := d.holderOf(r.Context(), access.From(r.Context()).Person)
	if err != nil {
		Answer(w, r, err)
		return
	}
	options, session, err := d.passkeys.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		Answer(w, r, err)
		return
	}
	d.offer(w, r, options, session)
}

// addPasskey keeps the passkey that an authenticator has made. From then on this session has shown both factors.
func (d *Doors) addPasskey(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	id := access.From(r.Context()).Person
	err := d.register(w, r, id)
	if err == nil {
		err = d.begin(w, r, id, true)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showAccount(w, r, f) })
		return
	}
	lead(w, r, "/account?done=passkey")
}

func (d *Doors) register(w http.ResponseWriter, r *http.Request, id term.ID) error {
	if d.passkeys == nil {
		return errNoPasskeys
	}
	ctx := r.Context()
	session, err := d.ceremony(w, r)
	if err != nil {
		return err
	}
	answer, err := protocol.ParseCredentialCreationResponseBody(strings.NewReader(r.PostForm.Get("credential")))
	if err != nil {
		return because(errCeremony, err)
	}
	h, err := d.holderOf(ctx, id)
	if err != nil {
		return err
	}
	credential, err := d.passkeys.CreateCredential(h, session, answer)
	if err != nil {
		return because(errCeremony, err)
	}
	kept, err := json.Marshal(credential)
	if err != nil {
		return err
	}
	_, err = d.Keeper.AddPasskey(ctx, id, base64.RawURLEncoding.EncodeToString(credential.ID), string(kept), r.PostForm.Get("name"), d.strong(ctx))
	return err
}

// removePasskey removes one of one's own.
func (d *Doors) removePasskey(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r, term.KindPasskey)
	if err == nil {
		err = d.Keeper.RemovePasskey(r.Context(), access.From(r.Context()).Person, id, d.strong(r.Context()))
	}
	d.backToAccount(w, r, err, "passkey-removed")
}
