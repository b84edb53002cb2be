package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed" // the list of passwords that are tried first
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"adam/internal/fault"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of argon2id, as OWASP asks for: 19 MiB, two passes, one thread.
const (
	argonMemory  = 19456 // KiB
	argonTime    = 2
	argonThreads = 1
	argonKey     = 32 // bytes
	argonSalt    = 16 // bytes

	shortestPassword = 12 // characters
	longestPassword  = 128
	shortestPart     = 4 // a shorter part of an address stands in too many good passwords: eve in seven
)

//go:embed common.txt
var commonText string

var common = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(commonText) {
		m[strings.TrimSpace(line)] = true
	}
	return m
}()

// idKey is argon2id. Tests count how many run at once.
var idKey = argon2.IDKey

// hashing lets two hashes run at once, so that a flood of sign-ins takes time but no memory: 38 MiB at most.
var hashing = make(chan struct{}, 2)

// turn waits until a hash may run, or the context ends. The caller gives the turn back with done.
func turn(ctx context.Context) (done func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case hashing <- struct{}{}:
		return func() { <-hashing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// derive hashes a password. Call it within a turn. Spellings of Unicode that look the same are the same password.
func derive(password string, salt []byte) []byte {
	return idKey([]byte(norm.NFKC.String(password)), salt, argonTime, argonMemory, argonThreads, argonKey)
}

// hashPassword gives the PHC form of a password, when its turn has come.
func hashPassword(ctx context.Context, password string) (string, error) {
	done, err := turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails on the platforms Go supports
	return fmt.Sprintf("%s%s$%s", phcHead, b64(salt), b64(derive(password, salt))), nil
}

var phcHead = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonTime, argonThreads)

func b64(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

// matches says whether a password is the one of a PHC text. Where there is none it works as long and says no. Call it
// within a turn.
func matches(phc, password string) bool {
	salt, key, ok := splitPHC(phc)
	if !ok {
		salt, key = make([]byte, argonSalt), make([]byte, argonKey)
	}
	same := subtle.ConstantTimeCompare(derive(password, salt), key) == 1
	return ok && same
}

// splitPHC reads what hashPassword wrote; anything else is no password.
func splitPHC(phc string) (salt, key []byte, ok bool) {
	rest, ok := strings.CutPrefix(phc, phcHead)
	if !ok {
		return nil, nil, false
	}
	saltText, keyText, _ := strings.Cut(rest, "$")
	salt, saltErr := base64.RawStdEncoding.DecodeString(saltText)
	key, keyErr := base64.RawStdEncoding.DecodeString(keyText)
	return salt, key, saltErr == nil && keyErr == nil && len(salt) == argonSalt && len(key) == argonKey
}

// CheckPassword says whether a password is good enough for the account of an address: 12 to 128 characters, none of
// the commonest, and without the part of the address before the @. Otherwise it gives INVALID with the field password.
// Anybody may ask.
func CheckPassword(password, email string) error {
	local, _, _ := strings.Cut(Fold(email), "@")
	plain := norm.NFKC.String(password)
	folded := strings.ToLower(plain)
	n := utf8.RuneCountInString(plain)
	switch {
	case !utf8.ValidString(password):
		return fault.New(fault.Invalid, "The password holds bytes that are no text. Type another one.").At("password")
	case n < shortestPassword:
		return fault.New(fault.Invalid, "The password is too short. Take %d characters or more: a few words that only you put together.", shortestPassword).At("password")
	case n > longestPassword:
		return fault.New(fault.Invalid, "The password is too long. Take %d characters at most.", longestPassword).At("password")
	case common[folded]:
		return fault.New(fault.Invalid, "This password is one of the first that are tried. Take another one: a few words that only you put together.").At("password")
	case len(local) >= shortestPart && strings.Contains(folded, local):
		return fault.New(fault.Invalid, "The password holds a part of your e-mail address. Take another one: a few words that only you put together.").At("password")
	}
	return nil
}
