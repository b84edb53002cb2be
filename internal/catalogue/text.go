package catalogue

import (
	"fmt"
	"reflect"
	"strings"
)

// textOf is a value as a person reads it, "" where it is unknown; items of a list are joined as history joins them.
func textOf(v any) string {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Invalid:
		return ""
	case reflect.Pointer:
		if r.IsNil() {
			return ""
		}
		return textOf(r.Elem().Interface())
	case reflect.Slice:
		items := make([]string, r.Len())
		for i := range items {
			items[i] = textOf(r.Index(i).Interface())
		}
		return strings.Join(items, "; ")
	}
	return fmt.Sprint(v)
}

// known is a text for history: nil where it is unknown.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// same says whether two values of a column are equal; unknown and an empty list are.
func same(a, b any) bool {
	return empty(a) && empty(b) || reflect.DeepEqual(a, b)
}

func empty(v any) bool {
	r := reflect.ValueOf(v)
	return !r.IsValid() || r.Kind() == reflect.Slice && r.Len() == 0
}

// plain takes the types of a door off a value, so that it does not matter where an input comes from: texts are string,
// lists []any, inputs map[string]any, and null is nil.
func plain(v any) any {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Pointer, reflect.Interface:
		if r.IsNil() {
			return nil
		}
		return plain(r.Elem().Interface())
	case reflect.String:
		return r.String()
	case reflect.Slice:
		if r.IsNil() {
			return nil
		}
		out := make([]any, r.Len())
		for i := range out {
			out[i] = plain(r.Index(i).Interface())
		}
		return out
	case reflect.Map:
		if r.IsNil() {
			return nil
		}
		out := make(map[string]any, r.Len())
		for _, k := range r.MapKeys() {
			out[k.String()] = plain(r.MapIndex(k).Interface())
		}
		return out
	}
	return v
}
