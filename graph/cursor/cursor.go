// Package cursor writes the places in a list so that they cannot be forged, damaged or carried to another list without
// being noticed. ent reads the same text: what is added stands behind what ent reads.
package cursor

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"
)

const checkLength = 6

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

// TextOf is a cursor as the outside sees it; nil where there is none.
func TextOf(c *ent.Cursor) *string {
	if c == nil {
		return nil
	}
	text := Text(*c)
	return &text
}

func check(raw []byte) []byte {
	sum := sha256.Sum256(append([]byte("adam cursor\x00"), raw...))
	return sum[:checkLength]
}

// Parse reads a cursor and refuses one that was changed.
func Parse(text string) (ent.Cursor, error) {
	var c ent.Cursor
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
	c, err := Parse(*text)
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
