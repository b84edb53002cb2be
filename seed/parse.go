package seed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// parse reads a YAML or JSON file, which must be a list of records, into strings, json.Number, bool, nil, []any and
// map[string]any. Both notations end in this one shape, so that everything after has one way to go.
func parse(file string, data []byte) ([]any, *Problem) {
	text := data
	if strings.HasSuffix(file, ".yaml") {
		v, p := parseYAML(file, data)
		if p != nil {
			return nil, p
		}
		var err error
		if text, err = json.Marshal(v); err != nil {
			return nil, &Problem{File: file, Sentence: "a field's name or value is neither text, number, true, false nor null: " + err.Error()}
		}
	}
	v, offset, err := parseJSON(text)
	if err != nil {
		return nil, unreadable(file, data, int(offset), err.Error())
	}
	list, ok := v.([]any)
	if !ok {
		return nil, &Problem{File: file, Sentence: fmt.Sprintf("the file is %s; expected a list of records", describe(v))}
	}
	return list, nil
}

func parseYAML(file string, data []byte) (any, *Problem) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var v, more any
	err := dec.Decode(&v)
	if errors.Is(err, io.EOF) {
		return nil, &Problem{File: file, Sentence: "the file is empty; expected a list of records"}
	}
	if err == nil {
		if err = dec.Decode(&more); errors.Is(err, io.EOF) {
			return v, nil
		}
		if err == nil {
			return nil, &Problem{File: file, Sentence: "the file holds more than one document; expected one list of records"}
		}
	}
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return nil, &Problem{File: file, Sentence: "the file is not YAML: " + err.Error()}
	}
	return nil, unreadable(file, data, offsetOfLine(data, at.GetToken().Position.Line), at.GetMessage())
}

// parseJSON reads one JSON value with its numbers as they are written. Unlike json.Unmarshal it refuses a field that
// stands twice: one of the two would be lost without a word.
func parseJSON(data []byte) (v any, offset int64, err error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if v, err = readValue(dec); err == nil {
		if _, err = dec.Token(); errors.Is(err, io.EOF) {
			return v, 0, nil
		}
		err = errors.New("something follows after the end of the list")
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the file ends before its list does")
	}
	return nil, dec.InputOffset(), err
}

func readValue(dec *json.Decoder) (any, error) {
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return readObject(dec)
	case json.Delim('['):
		return readList(dec)
	}
	return t, nil
}

func readList(dec *json.Decoder) (any, error) {
	list := []any{}
	for dec.More() {
		v, err := readValue(dec)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := dec.Token()
	return list, err
}

func readObject(dec *json.Decoder) (any, error) {
	object := map[string]any{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		field := name.(string) // the decoder has refused everything else
		if _, twice := object[field]; twice {
			return nil, fmt.Errorf("field %q stands twice; keep one", field)
		}
		if object[field], err = readValue(dec); err != nil {
			return nil, err
		}
	}
	_, err := dec.Token()
	return object, err
}

// recordStart finds where a record begins in either notation: its key is always its first field.
var recordStart = regexp.MustCompile(`(?m)^(?:- key:|\s+"key":)\s*"([^"]+)"`)

// unreadable places what the parser says: a file that does not parse has no records yet, so the record is the last
// one that began before the fault.
func unreadable(file string, data []byte, offset int, message string) *Problem {
	before := data[:min(offset, len(data))]
	p := &Problem{File: file}
	if starts := recordStart.FindAllSubmatch(before, -1); len(starts) > 0 {
		p.Record = string(starts[len(starts)-1][1])
	}
	p.Sentence = fmt.Sprintf("line %d cannot be read: %s", bytes.Count(before, []byte("\n"))+1, message)
	return p
}

// offsetOfLine gives the end of a line, without its line break; lines count from 1.
func offsetOfLine(data []byte, line int) int {
	end := 0
	for range line {
		i := bytes.IndexByte(data[end:], '\n')
		if i < 0 {
			return len(data)
		}
		end += i + 1
	}
	return max(end-1, 0)
}
