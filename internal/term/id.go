// Package term is the vocabulary of the field as Go types: identifiers, codes, partial dates and exact money.
// It imports the standard library and fault only, so that everyone may import it.
package term

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"

	"adam/internal/fault"
)

// ID identifies one row of the whole catalogue: 7 bits of kind and 56 random bits, so nothing counts, nothing probes,
// and the kind of a record is known without asking the database. It is a bigint without a sequence.
type ID int64

const (
	randomBits = 56
	randomMask = 1<<randomBits - 1
	idLetters  = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's base32: no i, l, o, u to misread
	idLength   = 12
)

// KindShift is by how many bits an identifier is shifted to the right to give the number of its kind, also in SQL.
const KindShift = randomBits

// NewID gives a fresh random identifier of a kind.
func NewID(k Kind) ID {
	var b [8]byte
	// crypto/rand.Read never fails on the platforms Go supports; it ends the program instead.
	_, _ = rand.Read(b[1:])
	return compose(k, binary.BigEndian.Uint64(b[:]))
}

// HashID gives the identifier that a shipped row always has: made of its kind and its key, so that every
// installation agrees on it and links between installations hold.
func HashID(k Kind, parts ...string) ID {
	sum := sha256.Sum256([]byte(string(k.Prefix()) + "\x00" + strings.Join(parts, "\x00")))
	return compose(k, binary.BigEndian.Uint64(sum[:8]))
}

func compose(k Kind, bits uint64) ID {
	return ID(int64(k)<<randomBits | int64(bits&randomMask))
}

// Kind tells the table of an identifier; 0 where the identifier is none of ours.
func (id ID) Kind() Kind {
	k := Kind(id >> randomBits)
	if k.Prefix() == "" {
		return 0
	}
	return k
}

// String spells an identifier for the outside, such as law_0123456789ab; there is one spelling only.
func (id ID) String() string {
	if id.Kind() == 0 {
		return "unknown_" + strconv.FormatInt(int64(id), 10)
	}
	b := make([]byte, idLength)
	bits := uint64(id) & randomMask
	for i := idLength - 1; i >= 0; i-- {
		b[i] = idLetters[bits&31]
		bits >>= 5
	}
	return id.Kind().Prefix() + "_" + string(b)
}

// ParseID reads what String wrote and refuses every other spelling.
func ParseID(s string) (ID, error) {
	prefix, body, ok := strings.Cut(s, "_")
	k := kindOfPrefix(prefix)
	if !ok || k == 0 || len(body) != idLength {
		return 0, badID(s)
	}
	var bits uint64
	for i := range len(body) {
		v := strings.IndexByte(idLetters, body[i])
		if v < 0 {
			return 0, badID(s)
		}
		bits = bits<<5 | uint64(v)
	}
	if bits > randomMask {
		return 0, badID(s)
	}
	return compose(k, bits), nil
}

func badID(s string) error {
	return fault.New(fault.Invalid, "%q is not an id of this catalogue. Use an id as an earlier answer gave it, such as law_0123456789ab.", Clip(s))
}

// MarshalGQL writes the identifier as a GraphQL ID.
func (id ID) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(id.String())) }

// UnmarshalGQL reads a GraphQL ID. It also takes an ID as it is: gqlgen hands one over inside the program.
func (id *ID) UnmarshalGQL(v any) error {
	switch v := v.(type) {
	case ID:
		*id = v
		return nil
	case string:
		p, err := ParseID(v)
		*id = p
		return err
	}
	return badID(fmt.Sprint(v))
}

// Value stores the identifier as a bigint.
func (id ID) Value() (driver.Value, error) { return int64(id), nil }

// Scan reads the identifier from a bigint.
func (id *ID) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*id = 0
	case int64:
		*id = ID(v)
	case *ID: // ent hands an identifier back that it was given
		*id = *v
	default:
		return fmt.Errorf("an id is stored as a whole number, not as %T", v)
	}
	return nil
}

// Clip shortens text that a caller sent, so that an error can repeat it without becoming a carrier of it.
func Clip(s string) string {
	const most = 60
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
