// Package cursor writes the places in a list so that they cannot be damaged or carried to another list without being
// noticed. ent reads the same text: what is added stands behind what ent reads.
package cursor

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
)

// A cursor is what ent writes, then what it was sorted by, then a check of both.
const (
	orderLength = 2
	checkLength = 6
)

// MarshalCursor writes a cursor of a list that nobody can sort.
func MarshalCursor(c ent.Cursor) graphql.Marshaler { return marshal(c, "") }

func marshal(c ent.Cursor, order string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(Text(c, order))) })
}

// Text is a cursor as the outside sees it; order is the name of what the list is sorted by, "" where nobody can choose.
func Text(c ent.Cursor, order string) string {
	var b bytes.Buffer
	c.MarshalGQL(&b)
	raw, err := base64.RawStdEncoding.DecodeString(strings.Trim(b.String(), `"`))
	if err != nil {
		return "" // ent has just written it: only a broken build can get here
	}
	if len(raw) > 0 && raw[0] == 0x81 && c.Value != nil {
		// ent leaves an empty value out, and would then go on by identifier alone. Here it is: one entry more, v, "" or 0.
		empty := byte(0xa0)
		if c.Value == 0 {
			empty = 0
		}
		raw[0] = 0x82
		raw = append(raw, 0xa1, 'v', empty)
	}
	raw = append(raw, digest("order", []byte(order))[:orderLength]...)
	return base64.RawStdEncoding.EncodeToString(append(raw, digest("cursor", raw)[:checkLength]...))
}

func digest(of string, raw []byte) []byte {
	sum := sha256.Sum256(append([]byte("adam "+of+"\x00"), raw...))
	return sum[:]
}

// UnmarshalCursor reads a cursor and refuses one that was changed.
func UnmarshalCursor(v any) (ent.Cursor, error) {
	c, _, err := read(v)
	return c, err
}

// read gives a cursor and the digest of what its list was sorted by.
func read(v any) (c ent.Cursor, order []byte, err error) {
	text, ok := v.(string)
	if !ok {
		return c, nil, bad()
	}
	raw, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) <= orderLength+checkLength || strings.ContainsAny(text, "\r\n") {
		return c, nil, bad()
	}
	signed, sum := raw[:len(raw)-checkLength], raw[len(raw)-checkLength:]
	if !bytes.Equal(sum, digest("cursor", signed)[:checkLength]) {
		return c, nil, bad()
	}
	body, order := signed[:len(signed)-orderLength], signed[len(signed)-orderLength:]
	if !shaped(body) {
		return c, nil, bad()
	}
	if err := c.UnmarshalGQL(base64.RawStdEncoding.EncodeToString(body)); err != nil || c.ID.Kind() == 0 || !sortable(c.Value) {
		return ent.Cursor{}, nil, bad()
	}
	return c, order, nil
}

// shaped reports whether bytes are MessagePack as ent writes it: an identifier, i, and where the list is sorted a text or
// a whole number, v. The check keeps nobody from writing others, and ent's decoder panics on some.
func shaped(b []byte) bool {
	const id = 12
	if len(b) < id || !bytes.Equal(b[1:4], []byte{0xa1, 'i', 0xd3}) {
		return false
	}
	if value, sorted := bytes.CutPrefix(b[id:], []byte{0xa1, 'v'}); sorted {
		return b[0] == 0x82 && len(value) > 0 && len(value) == scalar(value)
	}
	return b[0] == 0x81 && len(b) == id
}

// scalar is the length of the text or whole number that bytes begin with; 0 where they begin with something else.
func scalar(b []byte) int {
	switch t := b[0]; {
	case t <= 0x7f, t >= 0xe0:
		return 1
	case 0xa0 <= t && t <= 0xbf:
		return 1 + int(t-0xa0)
	case 0xcc <= t && t <= 0xcf:
		return 1 + 1<<(t-0xcc)
	case 0xd0 <= t && t <= 0xd3:
		return 1 + 1<<(t-0xd0)
	case t == 0xd9 && len(b) > 1:
		return 2 + int(b[1])
	case t == 0xda && len(b) > 2:
		return 3 + int(b[1])<<8 + int(b[2])
	}
	return 0
}

// sortable reports whether a value can be one that a list is sorted by: nothing else may reach the database.
func sortable(v any) bool {
	s, text := v.(string)
	return v == nil || number(v) || text && utf8.ValidString(s) && !strings.Contains(s, "\x00")
}

func number(v any) bool {
	switch v.(type) {
	case int8, int16, int32, int64, uint8, uint16, uint32, uint64:
		return true
	}
	return false
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

// numbers are the orders whose values are numbers; those of all others are text.
var numbers = map[string]bool{"YEAR": true, "NUMBER": true, "RANK": true}

// Fits refuses a cursor that another list gave: one of another type of record, or of a list sorted by something else.
// connection is the GraphQL type of the list, order what it is sorted by, digested what the cursor's list was sorted by.
func Fits(c ent.Cursor, digested []byte, connection, order string) error {
	name := strings.TrimSuffix(connection, "Connection")
	kind := term.KindNamed(name)
	// Changes are always sorted, newest first, and items of a review by their place, though nobody may ask for another
	// order. Without an order ent sorts by identifier alone; such a cursor carries no value.
	fixed := kind == term.KindHistory || kind == term.KindReviewItem
	sorted := order != "" || fixed
	if kind != 0 && c.ID.Kind() != kind || sorted != (c.Value != nil) ||
		sorted && number(c.Value) != (fixed || numbers[order]) ||
		!bytes.Equal(digested, digest("order", []byte(order))[:orderLength]) {
		return fault.New(fault.Invalid, "This cursor belongs to another list. Use the cursors that this list gave, sorted the same way.")
	}
	return nil
}
