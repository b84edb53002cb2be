package seed

import "testing"

// Whatever stands in a JSON file, parse gives records or one problem of that file, and never both or neither. YAML is
// left out: its parser is not ours, and the files that it reads are those inside the program.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "[]", `[{"key": "a", "n": [1.50, null]}]`, `[{"a":1,"a":2}]`, "[1", `[{"a":}]`, "[] []"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		records, p := parse(ActorsFile, []byte(text))
		if (records == nil) == (p == nil) {
			t.Errorf("%q gave the records %v and the problem %v", text, records, p)
		}
		if p != nil && (p.File != ActorsFile || p.Sentence == "") {
			t.Errorf("the problem %+v does not say what is wrong with which file", *p)
		}
	})
}
