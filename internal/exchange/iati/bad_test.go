package iati

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"adam/internal/fault"

	"golang.org/x/text/encoding/charmap"
)

const head = `<?xml version="1.0"?><iati-activities version="2.03">`

func activity(parts string) string {
	return `<iati-activity default-currency="USD" xml:lang="en"><iati-identifier>XM-A-1</iati-identifier><reporting-org ref="XM-A" type="40"><narrative>A</narrative></reporting-org>` +
		`<title><narrative>T</narrative></title>` + parts + `</iati-activity>`
}

func read(s string, o Options) ([]*Activity, *Report, error) {
	var out []*Activity
	rep, err := Read(strings.NewReader(s), o, func(a *Activity) error { out = append(out, a); return nil })
	return out, rep, err
}

func TestFilesThatCannotBeReadAreRefusedWithTheirLine(t *testing.T) {
	good := activity("")
	for _, c := range []struct {
		name, file string
		kind       fault.Kind
		sentence   string
		before     int // activities that were read until then
	}{
		{"nothing", "", fault.Invalid, "There is no element in the file", 0},
		{"only spaces", " \n ", fault.Invalid, "There is no element in the file", 0},
		{"no XML", "name,amount\nA,1", fault.Invalid, "Text stands outside the first element", 0},
		{"a page of a site", "<html><body/></html>", fault.Invalid, "The file begins with <html>", 0},
		{"an entity that opens a file", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><iati-activities>&a;</iati-activities>`, fault.Invalid, "has a DOCTYPE", 0},
		{"entities in entities", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><iati-activities>&b;</iati-activities>`, fault.Invalid, "has a DOCTYPE", 0},
		{"a document type elsewhere", `<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><iati-activities/>`, fault.Invalid, "has a DOCTYPE", 0},
		{"a document type between activities", head + good + `<!DOCTYPE x>` + good + `</iati-activities>`, fault.Invalid, "has a DOCTYPE", 1},
		{"an entity that nobody declared", head + activity("<sector code=\"15190\"><narrative>A &eacute; B</narrative></sector>"), fault.Invalid, "write & as &amp;", 0},
		{"a bare ampersand", head + activity("<sector code=\"15190\"><narrative>A & B</narrative></sector>"), fault.Invalid, "write & as &amp;", 0},
		{"elements in one another without end", head + strings.Repeat("<a>", 100_000), fault.Limit, "more than 100 deep", 0},
		{"elements in one another within an activity", head + "<iati-activity>" + strings.Repeat("<title>", 100_000), fault.Limit, "more than 100 deep", 0},
		{"a text without end", head + good + "<iati-activity><title>" + strings.Repeat("a", 2<<20), fault.Limit, "larger than 1048576 bytes", 1},
		{"a comment without end", head + "<!--" + strings.Repeat("a", 2<<20), fault.Limit, "larger than 1048576 bytes", 0},
		{"a document type without end", "<!DOCTYPE x [" + strings.Repeat("<!ENTITY a 'b'>", 200_000), fault.Limit, "larger than 1048576 bytes", 0},
		{"an activity without end", head + "<iati-activity>" + strings.Repeat("<title>"+strings.Repeat("a", 1000)+"</title>", 1<<14), fault.Limit, "One activity is larger", 0},
		{"elements without end", head + "<iati-activity>" + strings.Repeat("<a/>", 1<<20), fault.Limit, "more than 250000 elements", 0},
		{"texts without end", head + "<iati-activity>" + strings.Repeat("a<!---->", 1<<20), fault.Limit, "more than 250000 elements", 0},
		{"attributes of many elements without end", head + "<iati-activity>" + strings.Repeat("<a"+attributes(40)+"/>", 10_000), fault.Limit, "more than 250000 elements", 0},
		{"attributes without end", head + "<iati-activity" + attributes(60) + "/>", fault.Limit, "more than 50 attributes", 0},
		{"an attribute twice", head + `<iati-activity a="1" a="2"/>`, fault.Invalid, "has the attribute a twice", 0},
		{"cut off", head + good + "\n<iati-activity>\n<title>", fault.Invalid, "Line 3, in iati-activities/iati-activity/title: The file ends before its elements do: </title> is missing", 1},
		{"an element that is not closed", head + good + "<iati-activity><title></iati-activity>", fault.Invalid, "expected is </title>", 1},
		{"a second first element", head + good + "</iati-activities><iati-activities/>", fault.Invalid, "A second element", 1},
		{"text after the end", head + good + "</iati-activities>x", fault.Invalid, "Text stands outside", 1},
		{"a control character", head + activity("<sector code=\"15190\"><narrative>\x01</narrative></sector>"), fault.Invalid, "A character stands here that XML does not allow", 0},
		{"another version of XML", `<?xml version="1.1"?><iati-activities/>`, fault.Invalid, "another version of XML than 1.0", 0},
		{"letters that are not UTF-8", head + activity("<sector code=\"15190\"><narrative>caf\xe9</narrative></sector>"), fault.Invalid, "A letter is not written in UTF-8", 0},
		{"an encoding that nobody knows", `<?xml version="1.0" encoding="x-klingon"?><iati-activities/>`, fault.Invalid, "“x-klingon”, which is not known here", 0},
		{"UTF-32", "<\x00\x00\x00?\x00\x00\x00", fault.Invalid, "UTF-32", 0},
		{"organisations", `<iati-organisations version="2.03"/>`, fault.Invalid, "This is a file of organisations", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, rep, err := read(c.file, Options{Name: "f.xml"})
			if fault.KindOf(err) != c.kind || !strings.Contains(fmt.Sprint(err), c.sentence) || !strings.HasPrefix(fmt.Sprint(err), "Line ") {
				t.Errorf("%s: %v", fault.KindOf(err), err)
			}
			if len(list) != c.before || rep.Activities != c.before || rep.Counts[Broken] != 1 {
				t.Errorf("%d activities, %+v", len(list), rep)
			}
		})
	}
}

func attributes(n int) (out string) {
	for i := range n {
		out += fmt.Sprintf(` a%d=""`, i)
	}
	return out
}

func TestAnErrorOfTheCallerEndsTheReadingAsItIs(t *testing.T) {
	own := errors.New("no more")
	n := 0
	_, err := Read(strings.NewReader(head+activity("")+activity("")), Options{}, func(*Activity) error { n++; return own })
	if !errors.Is(err, own) || n != 1 {
		t.Errorf("%v after %d", err, n)
	}
}

func TestAFileThatBreaksOffIsToldAsSuch(t *testing.T) {
	r := io.MultiReader(strings.NewReader(head+strings.Repeat(" ", peeked)), failing{})
	_, err := Read(r, Options{}, nil)
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "could not be read further") {
		t.Error(err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk") }

func TestEncodingsAreReadAsTheyAreDeclared(t *testing.T) {
	body := `<iati-activities version="2.03">` + strings.Replace(activity(""), ">T<", ">Café d’été<", 1) + `</iati-activities>`
	declared := func(encoding string) string { return `<?xml version="1.0" encoding="` + encoding + `"?>` + body }
	latin := func(s string) string {
		out, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	wide := func(s, mark string, little bool) string {
		b := bytes.NewBufferString(mark)
		for _, u := range utf16.Encode([]rune(s)) {
			if little {
				b.Write([]byte{byte(u), byte(u >> 8)})
			} else {
				b.Write([]byte{byte(u >> 8), byte(u)})
			}
		}
		return b.String()
	}
	for _, c := range []struct {
		name, file, encoding string
		told                 string
	}{
		{"nothing is said", body, "UTF-8", ""},
		{"UTF-8", declared("UTF-8"), "UTF-8", ""},
		{"UTF-8 with a mark", "\xef\xbb\xbf" + declared("utf-8"), "UTF-8", ""},
		{"windows-1252", latin(declared("windows-1252")), "windows-1252", ""},
		{"ISO-8859-1", latin(declared("ISO-8859-1")), "windows-1252", ""},
		{"UTF-16, little end first", wide(declared("UTF-16"), "\xff\xfe", true), "UTF-16LE", ""},
		{"UTF-16, big end first", wide(declared("UTF-16"), "\xfe\xff", false), "UTF-16BE", ""},
		{"UTF-16 without a mark", wide(declared("UTF-16"), "", true), "UTF-16LE", "without a byte order mark"},
		{"UTF-16 that says UTF-8", wide(declared("UTF-8"), "\xff\xfe", true), "UTF-16LE", "names another encoding"},
		{"UTF-8 that says UTF-16", declared("UTF-16"), "UTF-8", "but it is written in UTF-8"},
		{"a mark of UTF-8 beside another name", "\xef\xbb\xbf" + declared("ISO-8859-1"), "UTF-8", "but it is written in UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, rep, err := read(c.file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := list[0].Title.In("en"); got != "Café d’été" || rep.Encoding != c.encoding {
				t.Errorf("%q in %s", got, rep.Encoding)
			}
			if told := rep.Counts[LostText] == 1; told != (c.told != "") || told && !strings.Contains(rep.Problems[0].Sentence, c.told) {
				t.Errorf("%v", rep.Problems)
			}
		})
	}
	_, rep, err := read(declared("windows-1252"), Options{})
	if err != nil || !strings.Contains(rep.Problems[0].Sentence, "its letters look like UTF-8") {
		t.Errorf("UTF-8 that says windows-1252: %v %v", err, rep.Problems)
	}
}

func TestProblemsAreBoundedAndAllCounted(t *testing.T) {
	_, rep, err := read(head+activity(strings.Repeat(`<transaction><transaction-type code="3"/><value>1,000</value></transaction>`, 500))+"</iati-activities>", Options{MostProblems: 3})
	if err != nil || rep.Counts[BadAmount] != 500 {
		t.Fatalf("%v %v", err, rep.Counts)
	}
	told := 0
	for _, p := range rep.Problems {
		if p.Sort == BadAmount {
			told++
		}
	}
	if told != 3 || rep.Errors != 500 {
		t.Errorf("%d are told, %d errors", told, rep.Errors)
	}
}

func TestNamesWithoutEndStayOutOfTheReport(t *testing.T) {
	long := strings.Repeat("a", 1<<18)
	list, rep, err := read(`<iati-activities version="`+long+`">`+activity("<"+long+" "+long+`="`+long+`"/>`)+"</iati-activities>", Options{Name: "f.xml"})
	if err != nil || len(list) != 1 || len(rep.Kept) != 1 {
		t.Fatalf("%v, %d kept", err, len(rep.Kept))
	}
	if n := len(fmt.Sprintf("%+v", rep)); n > 10_000 {
		t.Errorf("the report has %d letters", n)
	}
	var many strings.Builder
	for i := range 2 * mostNames {
		fmt.Fprintf(&many, "<a%d/>", i)
	}
	if _, rep, _ = read(head+activity(many.String())+"</iati-activities>", Options{}); len(rep.Kept) != mostNames+1 || rep.Kept["…"] != mostNames {
		t.Errorf("%d names are kept, %d more", len(rep.Kept), rep.Kept["…"])
	}
}

// numbered repeats a part, with the number in it where it has a place for it.
func numbered(part string, times int) string {
	if !strings.Contains(part, "%d") {
		return strings.Repeat(part, times)
	}
	var b strings.Builder
	for i := range times {
		fmt.Fprintf(&b, part, i)
	}
	return b.String()
}

func TestHostileActivitiesNeedLittleMemory(t *testing.T) {
	field := NewField(StandardRules())
	for _, c := range []struct {
		name, part string
		parts      int // elements, texts and attributes in it
	}{
		{"elements", "<a/>", 1}, {"texts", "a<!---->", 1}, {"attributes", "<a" + attributes(49) + "/>", 50},
		{"attributes of elements that are known", `<title x=""/>`, 2}, {"sums that are missing", "<budget/>", 1},
		{"vocabularies", `<sector vocabulary="%d" code="1"/><recipient-region vocabulary="%[1]d"/><default-aid-type vocabulary="%[1]d"/><recipient-country/>`, 8},
		{"texts that are read", "<title>a</title>", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			for kind, times := range map[fault.Kind]int{fault.Limit: 300_000 / c.parts, fault.Invalid: 240_000 / c.parts} {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				// The second is within the bounds and ends too early, after the activity.
				rep, err := Read(strings.NewReader(head+"<iati-activity>"+numbered(c.part, times)+"</iati-activity>"), Options{}, func(a *Activity) error {
					Prepare(a, writing)
					field.Match(a)
					return nil
				})
				runtime.ReadMemStats(&after)
				if fault.KindOf(err) != kind || (rep.Activities == 1) != (kind == fault.Invalid) {
					t.Errorf("%d activities, %v", rep.Activities, err)
				}
				// All that was ever taken, most of it let go at once: what is in use at one time is less than half of it.
				if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 400 {
					t.Errorf("%s: %d MB", kind, taken)
				} else {
					t.Logf("%s: %d MB", kind, taken)
				}
			}
		})
	}
}

func TestIdentifiersThatComeTwiceAreNoted(t *testing.T) {
	_, rep, err := read(head+activity("")+"\n"+activity("")+"</iati-activities>", Options{Name: "f.xml"})
	if err != nil || rep.Duplicates != 1 || rep.Counts[Repeated] != 1 {
		t.Fatalf("%v %+v", err, rep)
	}
	for _, p := range rep.Problems {
		if p.Sort == Repeated && (p.Line != 2 || p.Path != "iati-activity[2]/iati-identifier" || p.Value != "XM-A-1" || p.File != "f.xml") {
			t.Errorf("%+v", p)
		}
	}
	_, rep, _ = read(head+activity("")+activity("")+"</iati-activities>", Options{MostCompared: -1})
	if rep.UncheckedFrom != 1 || rep.Duplicates != 0 {
		t.Errorf("%+v", rep)
	}
}

func FuzzRead(f *testing.F) {
	file, _ := write(f, writing, sound())
	f.Add(file)
	f.Add([]byte(old))
	f.Add([]byte("<!DOCTYPE x>"))
	f.Add([]byte("\xff\xfe<\x00"))
	field := NewField(StandardRules())
	f.Fuzz(func(t *testing.T, file []byte) {
		rep, err := Read(bytes.NewReader(file), Options{MostProblems: 5}, func(a *Activity) error {
			r := Prepare(a, writing.filled())
			if len(r.Missing) > 0 {
				return nil
			}
			out, _ := write(t, writing, a)
			back, _ := readAll(t, out)
			if len(back) != 1 {
				t.Fatalf("%d activities in %s", len(back), out)
			}
			again, _ := write(t, writing, back[0])
			if !bytes.Equal(out, again) {
				t.Fatalf("written again it differs:\n%s\n%s", out, again)
			}
			field.Match(a)
			return nil
		})
		if rep == nil || err != nil && fault.As(err) == nil {
			t.Fatalf("%v", err)
		}
	})
}
