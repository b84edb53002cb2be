package table_test

import (
	"reflect"
	"strings"
	"testing"

	"adam/internal/exchange/table"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func encoded(t testing.TB, e interface {
	String(string) (string, error)
}, s string) []byte {
	t.Helper()
	out, err := e.String(s)
	must(t, err)
	return []byte(out)
}

func TestTextIsReadInEveryEncodingThatPeopleSend(t *testing.T) {
	const text = "Titre;Pays\r\nFormation à la frontière;Viêt Nam\r\n"
	for name, tt := range map[string]struct {
		file     []byte
		o        table.Options
		encoding string
		warned   string
	}{
		"UTF-8":                {[]byte(text), table.Options{}, "UTF-8", ""},
		"UTF-8 with its mark":  {[]byte("\ufeff" + text), table.Options{}, "UTF-8", ""},
		"UTF-16LE":             {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), text), table.Options{}, "UTF-16LE", ""},
		"UTF-16BE":             {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder(), text), table.Options{}, "UTF-16BE", ""},
		"UTF-16LE, no mark":    {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), text), table.Options{}, "UTF-16LE", "UTF-16 without the mark"},
		"UTF-16BE, no mark":    {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder(), text), table.Options{}, "UTF-16BE", "UTF-16 without the mark"},
		"Windows-1252":         {encoded(t, charmap.Windows1252.NewEncoder(), text), table.Options{}, "windows-1252", "It was read as Windows-1252"},
		"Windows-1252, said":   {encoded(t, charmap.Windows1252.NewEncoder(), text), table.Options{Encoding: "windows-1252"}, "windows-1252", ""},
		"the mark is believed": {[]byte("\ufeff" + text), table.Options{Encoding: "windows-1252"}, "UTF-8", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, tt.file, tt.o)
			want := map[int][]string{1: {"Titre", "Pays"}, 2: {"Formation à la frontière", "Viêt Nam"}}
			if got := grid(t, b, ""); !reflect.DeepEqual(got, want) || b.Report.Encoding != tt.encoding {
				t.Errorf("%v in %s", got, b.Report.Encoding)
			}
			if tt.warned != "" {
				told(t, b.Report, table.BadEncoding, table.Warning, "", tt.warned)
			} else if len(b.Report.Problems) > 0 {
				t.Errorf("%s", list(b.Report))
			}
		})
	}
	thai := encoded(t, charmap.Windows874.NewEncoder(), "ชื่อโครงการ,ประเทศ\nอบรม,ไทย\n")
	if got := grid(t, open(t, thai, table.Options{Encoding: "windows-874"}), ""); got[2][1] != "ไทย" {
		t.Errorf("%v", got)
	}
	b := open(t, []byte("a,b\nf\xe9d,c\n"), table.Options{Encoding: "utf-8"})
	if got := grid(t, b, ""); got[2][0] != "f\ufffdd" {
		t.Errorf("%v", got)
	}
	told(t, b.Report, table.BadEncoding, table.Warning, "A2", "could not be read")
	late := append([]byte(strings.Repeat("a,b\n", 50_000)), "f\xe9,c\n"...)
	if b := open(t, late, table.Options{}); b.Report.Encoding != "windows-1252" {
		t.Errorf("a letter far down is not seen: %s", b.Report.Encoding)
	}
	cut := append([]byte(strings.Repeat("a", 64<<10-1)), "é,b\n"...) // a letter at the end of a piece
	if b := open(t, cut, table.Options{}); b.Report.Encoding != "UTF-8" {
		t.Errorf("a letter in two pieces is not seen: %s", b.Report.Encoding)
	}
}

func TestCellsAreCutWhereTheFileCutsThem(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want map[int][]string
	}{
		"comma":             {"a,b\n1,\"2,5\"\n", map[int][]string{1: {"a", "b"}, 2: {"1", "2,5"}}},
		"semicolon":         {"a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", map[int][]string{1: {"a", "b", "c"}, 2: {"1,5", "2,5", "3,5"}, 3: {"1,5", "2,5", "3,5"}}},
		"tab":               {"a\tb\none, two\tthree; four\n", map[int][]string{1: {"a", "b"}, 2: {"one, two", "three; four"}}},
		"stroke":            {"a|b\n1|2\n", map[int][]string{1: {"a", "b"}, 2: {"1", "2"}}},
		"said for Excel":    {"sep=;\r\na;b,c\r\n", map[int][]string{2: {"a", "b,c"}}},
		"one column":        {"Title\nTraining\n", map[int][]string{1: {"Title"}, 2: {"Training"}}},
		"lines in a cell":   {"a,b\r\n\"one\r\ntwo\",3\r\n\r\n4,5", map[int][]string{1: {"a", "b"}, 2: {"one\ntwo", "3"}, 4: {"4", "5"}}},
		"quotes in a cell":  {"a,b\n\"say \"\"x\"\"\",5\" nails\n\"say \"x\" to\",2\n\"a\" ,2\n", map[int][]string{1: {"a", "b"}, 2: {`say "x"`, `5" nails`}, 3: {`say "x" to`, "2"}, 4: {"a", "2"}}},
		"old Macintosh":     {"a,b\r1,2\r", map[int][]string{1: {"a", "b"}, 2: {"1", "2"}}},
		"empty rows":        {"a,b\n,,\n \t,\n1,2\n", map[int][]string{1: {"a", "b"}, 4: {"1", "2"}}},
		"rows of any width": {"a,b,c\n1\n1,2,3,4\n", map[int][]string{1: {"a", "b", "c"}, 2: {"1"}, 3: {"1", "2", "3", "4"}}},
		"a guarded formula": {"a,b\n'=1+1,it's\n", map[int][]string{1: {"a", "b"}, 2: {"=1+1", "it's"}}},
		"50 KB in a cell":   {"a,b\n" + strings.Repeat("x", 50<<10) + ",2\n", map[int][]string{1: {"a", "b"}, 2: {strings.Repeat("x", 50<<10), "2"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := grid(t, open(t, []byte(tt.text), table.Options{}), ""); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%.300v, want %.300v", got, tt.want)
			}
		})
	}
}
