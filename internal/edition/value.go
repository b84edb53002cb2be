package edition

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"entgo.io/ent/schema/field"
)

// convert brings a value from a driver into the one form that both engines take and Canonical writes: nil, int64,
// float64, bool, string or []byte. The engines differ in truth (SQLite: 0 and 1) and in JSON (PostgreSQL sorts keys its
// own way and adds spaces).
func convert(v any, kind field.Type) (any, error) {
	if v == nil {
		return nil, nil
	}
	switch {
	case kind == field.TypeBool:
		return truth(v)
	case kind.Float():
		return number(v)
	case kind.Integer():
		if n, ok := v.(int64); ok {
			return n, nil
		}
	case kind == field.TypeBytes:
		if b, ok := v.([]byte); ok {
			return b, nil
		}
	case kind == field.TypeString, kind == field.TypeEnum:
		if s, ok := text(v); ok {
			return s, nil
		}
	case kind == field.TypeJSON:
		if s, ok := text(v); ok {
			return compact(s)
		}
	}
	return nil, fmt.Errorf("a value of Go type %T can't be copied as %s", v, kind)
}

func truth(v any) (any, error) {
	switch v := v.(type) {
	case bool:
		return v, nil
	case int64:
		return v != 0, nil
	}
	return nil, fmt.Errorf("a value of Go type %T is neither true nor false", v)
}

func number(v any) (any, error) {
	switch v := v.(type) {
	case float64:
		return v, nil
	case int64: // SQLite gives a whole number back as one
		return float64(v), nil
	}
	return nil, fmt.Errorf("a value of Go type %T is no number", v)
}

func text(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case []byte:
		return string(v), true
	}
	return "", false
}

// compact writes JSON in the one way in which it is stored and compared: no spaces, sorted keys, the fewest escapes.
func compact(raw string) (string, error) {
	if raw == "[]" || raw == "{}" {
		return raw, nil
	}
	if plain(raw) {
		var b bytes.Buffer
		err := json.Compact(&b, []byte(raw))
		return b.String(), err
	}
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return "", fmt.Errorf("JSON in the database: %w", err)
	}
	return encode(v)
}

// plain tells whether JSON has neither keys to sort nor escapes that could be written otherwise: most of ours.
func plain(raw string) bool {
	for i := range len(raw) {
		if c := raw[i]; c == '{' || c == '\\' || c >= 0x80 {
			return false
		}
	}
	return true
}

// encode writes a value as JSON with sorted keys and without the escapes that only HTML needs.
func encode(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}
