// Package cursor writes the places in a list so that they cannot be forged, damaged or carried to another list without
// being noticed. ent reads the same text: what is added stands behind what ent reads.
package cursor

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"strings"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
)

const checkLength = 6

// MarshalCursor writes a cursor with its check.
func MarshalCursor(c ent.Cursor) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(Text(c))) })
}

// Text is a cursor as the outside sees it.
func Text(c ent.Cursor) string {
	var b bytes.Buffer
	c.MarshalGQL(&b)
	raw, err := base64.RawStdEncoding.DecodeString(strings.Trim(b.String(), `"`))
	if err != nil {
		return "" // ent has just written it: only a broken build can get here
	}
	return base64.RawStdEncoding.EncodeToString(append(raw, check(raw)...))
}

func check(raw []byte) []byte {
	sum := sha256.Sum256(append([]byte("adam cursor\x00"), raw...))
	return sum[:checkLength]
}

// UnmarshalCursor reads a cursor and refuses one that was changed.
func UnmarshalCursor(v any) (ent.Cursor, error) {
	var c ent.Cursor
	text, ok := v.(string)
	if !ok {
		return c, bad()
	}
	raw, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) <= checkLength {
		return c, bad()
	}
	body, sum := raw[:len(raw)-checkLength], raw[len(raw)-checkLength:]
	if !bytes.Equal(sum, check(body)) {
		return c, bad()
	}
	if err := c.UnmarshalGQL(base64.RawStdEncoding.EncodeToString(body)); err != nil || c.ID.Kind() == 0 {
		return c, bad()
	}
	return c, nil
}

// At is the place that a cursor names; nil for none. Check has looked at it before.
func At(text *string) *ent.Cursor {
	if text == nil {
		return nil
	}
	c, err := UnmarshalCursor(*text)
	if err != nil {
		return nil
	}
	return &c
}

func bad() error {
	return fault.New(fault.Invalid, "This cursor is damaged. Use `endCursor` or `startCursor` exactly as an earlier page gave it, or start without one.")
}

// Fits refuses a cursor that another list gave: one of another type of record, or of a list sorted by something else.
// connection is the GraphQL type of the list, sorted whether it was sorted by a field.
func Fits(c ent.Cursor, connection string, sorted bool) error {
	name := strings.TrimSuffix(connection, "Connection")
	kind := term.KindNamed(name)
	wrong := kind != 0 && c.ID.Kind() != kind
	// ent sorts by identifier alone where nothing else was asked; such a cursor carries no value.
	if name != "Search" {
		wrong = wrong || sorted != (c.Value != nil)
	}
	if wrong {
		return fault.New(fault.Invalid, "This cursor belongs to another list. Use the cursors that this list gave, sorted the same way.")
	}
	return nil
}
