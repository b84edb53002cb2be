package ics_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"adam/internal/exchange/ics"
)

var update = flag.Bool("update", false, "write the golden file anew")

var stamp = time.Date(2026, 11, 24, 16, 30, 5, 0, time.FixedZone("Bangkok", 7*3600))

func write(t testing.TB, c ics.Calendar) string {
	t.Helper()
	var b bytes.Buffer
	if err := ics.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestACalendarIsWrittenAsTheStandardWants(t *testing.T) {
	got := write(t, ics.Calendar{Name: "ADAM: deadlines; all", Events: []ics.Event{
		{UID: "cycle_1.review@adam", Day: "2027-02-28", Summary: "Thailand: review due (time zone Asia/Bangkok)", Stamp: stamp, Alarms: []int{14, 0},
			Description: "Until 24:00, in the time zone of the chapter.\nA path \\ and a list: a, b; c.", URL: "https://adam.example.org/?a=1,2;3"},
		{UID: "cycle_2.next@adam", Day: "2026-12-31", Summary: "ສປປ ລາວ ສປປ ລາວ ສປປ ລາວ ສປປ ລາວ ສປປ ລາວ: next review", Stamp: stamp},
	}})
	const path = "testdata/calendar.ics"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the calendar is\n%s\nexpected\n%s", got, want)
	}
}

func TestAnEmptyCalendarIsOne(t *testing.T) {
	if got := write(t, ics.Calendar{}); !strings.HasPrefix(got, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") || !strings.HasSuffix(got, "\r\nEND:VCALENDAR\r\n") {
		t.Errorf("it is %q", got)
	}
}

func TestAnEventThatCannotBeWrittenIsAnError(t *testing.T) {
	for _, e := range []ics.Event{{Day: "2026-12-31"}, {UID: "x"}, {UID: "x", Day: "2026-13-01"}, {UID: "x", Day: "2026"}} {
		if err := ics.Write(&bytes.Buffer{}, ics.Calendar{Events: []ics.Event{e}}); err == nil {
			t.Errorf("%+v was written", e)
		}
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAWriterThatFailsIsNoticed(t *testing.T) {
	if err := ics.Write(full{}, ics.Calendar{Name: "x"}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

// lines reads a calendar back: checks its lines, and undoes folding.
func lines(t testing.TB, text string) []string {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Fatalf("a line does not end in CRLF: %q", text)
	}
	for _, l := range strings.Split(text, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Fatalf("a line has %d octets or half a character: %q", len(l), l)
		}
	}
	return strings.Split(strings.ReplaceAll(strings.TrimSuffix(text, "\r\n"), "\r\n ", ""), "\r\n")
}

// unescape is what a program that reads calendars does.
func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";").Replace(s)
}

// kept is what of a text may be in a calendar.
func kept(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

func FuzzTextComesBackAsItWas(f *testing.F) {
	for _, s := range []string{"", "a", `\n`, `\\n`, "a,b;c\\d\ne\r\nf\rg", strings.Repeat("ລ", 100), strings.Repeat("x", 74) + "é", "\x00\x7f\t", "\xff\xfe", "END:VEVENT\r\nBEGIN:VALARM", strings.Repeat("🛂", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\uFFFD") // runs of bad bytes may become one sign or several
		}
		all := lines(t, write(t, ics.Calendar{Name: s, Events: []ics.Event{{UID: "u", Day: "2026-12-31", Summary: s, Description: s, Stamp: stamp}}}))
		found := 0
		for _, l := range all {
			name, value, _ := strings.Cut(l, ":")
			if name == "X-WR-CALNAME" || name == "SUMMARY" || name == "DESCRIPTION" {
				found++
				if got := unescape(value); got != kept(s) {
					t.Fatalf("%s %q came back as %q", name, s, got)
				}
			}
		}
		if want := 3; found != want && (s != "" || found != 2) || len(all) != 14+found {
			t.Fatalf("%q made %d lines:\n%q", s, len(all), all)
		}
	})
}
