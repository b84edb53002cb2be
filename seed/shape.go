package seed

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// shaper compares decoded records with the struct they are to become and notes every difference, each with its path:
// a field that the struct does not know, one that is missing, a value of another type. The decoders of encoding/json
// and go-yaml stop at the first difference, do not say where it is, and turn 5 into "5" where text is expected.
type shaper struct {
	file, record string
	problems     []Problem
}

func (s *shaper) say(path, format string, args ...any) {
	s.problems = append(s.problems, Problem{File: s.file, Record: s.record, Field: path, Sentence: fmt.Sprintf(format, args...)})
}

func (s *shaper) value(path string, v any, t reflect.Type) {
	if t.Kind() == reflect.Pointer {
		if v == nil {
			return
		}
		t = t.Elem()
	}
	if ok, expected := fits(v, t); !ok {
		s.say(path, "is %s; expected %s", describe(v), expected)
		return
	}
	switch t.Kind() {
	case reflect.Slice:
		for i, item := range v.([]any) {
			s.value(fmt.Sprintf("%s[%d]", path, i), item, t.Elem())
		}
	case reflect.Struct:
		if fields, ok := v.(map[string]any); ok {
			s.fields(path, fields, t)
		}
	}
}

// fits says whether a value is of the JSON type that t is written as, and what would be.
func fits(v any, t reflect.Type) (ok bool, expected string) {
	number, isNumber := v.(json.Number)
	_, err := strconv.Atoi(number.String())
	whole := isNumber && err == nil
	switch {
	case t == reflect.TypeFor[json.Number]():
		return isNumber, "a number"
	case t == reflect.TypeFor[MaxPenalty]():
		return whole || v == "life", `a whole number of years, "life" or null`
	}
	switch t.Kind() {
	case reflect.String:
		_, ok = v.(string)
		return ok, "text"
	case reflect.Bool:
		_, ok = v.(bool)
		return ok, "true or false"
	case reflect.Int:
		return whole, "a whole number"
	case reflect.Slice:
		_, ok = v.([]any)
		return ok, "a list"
	}
	_, ok = v.(map[string]any)
	return ok, "a group of named fields"
}

func (s *shaper) fields(path string, got map[string]any, t reflect.Type) {
	known := map[string]bool{}
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		known[name] = true
		s.field(join(path, name), got, name, t.Field(i).Type, option == "omitempty")
	}
	for _, name := range sortedKeys(got) {
		if !known[name] {
			s.say(join(path, name), "is not a field that this file knows; correct its name or take it out")
		}
	}
}

func (s *shaper) field(path string, got map[string]any, name string, t reflect.Type, absentIfUnknown bool) {
	v, there := got[name]
	empty, _ := v.([]any)
	switch {
	case !there && absentIfUnknown:
	case there && absentIfUnknown && (v == nil || empty != nil && len(empty) == 0):
		s.say(path, "is %s; leave the field out where it is unknown", describe(v))
	case !there && t.Kind() == reflect.Pointer:
		s.say(path, "is missing; write null where it is unknown")
	case !there:
		s.say(path, "is missing")
	default:
		s.value(path, v, t)
	}
}

// describe names a decoded value as a person would.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return fmt.Sprintf("the text %q", v)
	case json.Number:
		return "the number " + v.String()
	case bool:
		return strconv.FormatBool(v)
	case []any:
		if len(v) == 0 {
			return "an empty list"
		}
		return "a list"
	}
	return "a group of named fields"
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
