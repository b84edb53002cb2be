package cursor

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"
)

func TestACursorComesBackAsItWasWritten(t *testing.T) {
	law := term.HashID(term.KindLaw, "tha-atipa-2008")
	for _, value := range []any{nil, "", "a title", "ก", term.PartialDate(""), term.PartialDate("2009-05"), term.Instant("2026-11-24T12:00:00Z"), 7, 2026, 1 << 40} {
		text := Text(ent.Cursor{ID: law, Value: value}, "TITLE")
		c, order, err := read(text)
		if err != nil || c.ID != law || (c.Value == nil) != (value == nil) || !bytes.Equal(order, digest("order", []byte("TITLE"))[:orderLength]) {
			t.Errorf("%#v comes back as %+v, %v", value, c, err)
		}
		if _, isNumber := value.(int); isNumber != number(c.Value) {
			t.Errorf("%#v comes back as %T", value, c.Value)
		}
		if again, err := UnmarshalCursor(text); err != nil || again != c || At(&text) == nil || *At(&text) != c {
			t.Errorf("%#v: %+v, %v", value, again, err)
		}
	}
	if At(nil) != nil {
		t.Error("no cursor names a place")
	}
	if damaged := "x"; At(&damaged) != nil {
		t.Error("a damaged cursor names a place")
	}
}

func TestACursorFitsTheListThatGaveItOnly(t *testing.T) {
	id := func(k term.Kind) term.ID { return term.HashID(k, "x") }
	for name, test := range map[string]struct {
		c                 ent.Cursor
		given             string
		connection, order string
		fits              bool
	}{
		"the same":                 {ent.Cursor{ID: id(term.KindLaw), Value: "a"}, "TITLE", "LawConnection", "TITLE", true},
		"another order":            {ent.Cursor{ID: id(term.KindLaw), Value: "a"}, "KEY", "LawConnection", "TITLE", false},
		"another type":             {ent.Cursor{ID: id(term.KindActor), Value: "a"}, "KEY", "LawConnection", "KEY", false},
		"no order":                 {ent.Cursor{ID: id(term.KindLaw)}, "", "LawConnection", "", true},
		"a value without an order": {ent.Cursor{ID: id(term.KindLaw), Value: "a"}, "", "LawConnection", "", false},
		"an order without a value": {ent.Cursor{ID: id(term.KindLaw)}, "TITLE", "LawConnection", "TITLE", false},
		"changes":                  {ent.Cursor{ID: id(term.KindHistory), Value: int8(3)}, "", "HistoryEntryConnection", "", true},
		"changes by text":          {ent.Cursor{ID: id(term.KindHistory), Value: "3"}, "", "HistoryEntryConnection", "", false},
		"hits of any type":         {ent.Cursor{ID: id(term.KindState)}, "", "SearchConnection", "", true},
		"a year":                   {ent.Cursor{ID: id(term.KindReviewCycle), Value: uint16(2026)}, "YEAR", "ReviewCycleConnection", "YEAR", true},
		"a year by text":           {ent.Cursor{ID: id(term.KindReviewCycle), Value: "2026"}, "YEAR", "ReviewCycleConnection", "YEAR", false},
	} {
		err := Fits(test.c, digest("order", []byte(test.given))[:orderLength], test.connection, test.order)
		if (err == nil) != test.fits || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzCursor reads any text, and any bytes behind a right check, as whoever knows the program can write them.
func FuzzCursor(f *testing.F) {
	for _, value := range []any{nil, "", "a title", 7, []int{1}, map[string]any{"a": 1.5}, "a\x00"} {
		text := Text(ent.Cursor{ID: term.HashID(term.KindLaw, "x"), Value: value}, "TITLE")
		raw, _ := base64.RawStdEncoding.DecodeString(text)
		f.Add(text, raw[:len(raw)-checkLength])
	}
	f.Add("", []byte("\xdf\xff\xff\xff\xff"))          // a map of four thousand million entries
	f.Add("gaFp", []byte("\x81\xa1i\xc6\xff\xff\xff")) // more bytes than there are
	f.Fuzz(func(t *testing.T, text string, body []byte) {
		signed := base64.RawStdEncoding.EncodeToString(append(bytes.Clone(body), digest("cursor", body)[:checkLength]...))
		for _, s := range []string{text, signed} {
			start := time.Now()
			c, order, err := read(s)
			if took := time.Since(start); took > time.Second {
				t.Fatalf("%q takes %s", s, took)
			}
			if err != nil {
				if fault.KindOf(err) != fault.Invalid || c != (ent.Cursor{}) {
					t.Fatalf("%q: %v, %+v", s, err, c)
				}
				continue
			}
			v, isText := c.Value.(string)
			if c.ID.Kind() == 0 || len(order) != orderLength || c.Value != nil && !isText && !number(c.Value) ||
				!utf8.ValidString(v) || strings.Contains(v, "\x00") {
				t.Fatalf("%q is read as %+v", s, c)
			}
			if raw, err := base64.RawStdEncoding.DecodeString(s); err != nil || base64.RawStdEncoding.EncodeToString(raw) != s {
				t.Fatalf("%q is one of several spellings", s)
			}
		}
	})
}
