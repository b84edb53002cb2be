package term

import (
	"bytes"
	"database/sql/driver"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/internal/fault"
)

// Rule 1: unknown is not zero. What is known of a date is kept to its precision, and its limits are reckoned, never
// stored.
func TestPartialDatesKeepTheirPrecision(t *testing.T) {
	for _, test := range []struct {
		written, first, last string
		year                 int
	}{
		{"", "", "", 0},
		{"2009", "2009-01-01", "2009-12-31", 2009},
		{"2009-05", "2009-05-01", "2009-05-31", 2009},
		{"2009-05-17", "2009-05-17", "2009-05-17", 2009},
		{"2008-02", "2008-02-01", "2008-02-29", 2008},
		{"2009-02", "2009-02-01", "2009-02-28", 2009},
		{"2000-02", "2000-02-01", "2000-02-29", 2000}, // a century that is a leap year
		{"1900-02", "1900-02-01", "1900-02-28", 1900}, // one that is not
		{"2008-02-29", "2008-02-29", "2008-02-29", 2008},
		{"2009-04", "2009-04-01", "2009-04-30", 2009},
		{"2009-12", "2009-12-01", "2009-12-31", 2009},
		{"1860", "1860-01-01", "1860-12-31", 1860},
		{"0001", "0001-01-01", "0001-12-31", 1},
		{"9999", "9999-01-01", "9999-12-31", 9999},
		{"9999-12", "9999-12-01", "9999-12-31", 9999},
	} {
		d, err := ParsePartialDate(test.written)
		if err != nil || string(d) != test.written {
			t.Errorf("%q was read as %q, %v", test.written, d, err)
		}
		if d.First() != Date(test.first) || d.Last() != Date(test.last) || d.Year() != test.year {
			t.Errorf("%q is from %s to %s in %d; expected %s to %s in %d", d, d.First(), d.Last(), d.Year(), test.first, test.last, test.year)
		}
	}
}

func TestWhatIsNoPartialDateIsRefused(t *testing.T) {
	for _, s := range []string{
		"0000", "0000-01", "0000-01-01", // no such year; it would read as unknown
		"209", "20090", "2009-5", "2009-13", "2009-00", "2009-5-7", "2009-02-29", "1900-02-29", "2009-04-31", "2009-01-00",
		"2009/05", "2009-05-17T00:00:00Z", "17-05-2009", "MMIX", "2009 ", " 2009", "2009-", "-2009", "+200", "2009-05-", "2009-05-1 ",
		"20０9", "٢٠٠٩", "2009\n", "about 2009", "200x", "unknown", "null", "0",
	} {
		d, err := ParsePartialDate(s)
		if err == nil || d != "" {
			t.Errorf("%q was read as %q", s, d)
			continue
		}
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "such as 2009, 2009-05 or 2009-05-17") {
			t.Errorf("%q: the error is %q", s, err)
		}
	}
}

// A year sorts before its months and they before their days, as text on every engine.
func TestPartialDatesSortAsText(t *testing.T) {
	sorted := []PartialDate{"", "1999-12-31", "2009", "2009-01", "2009-01-01", "2009-05", "2009-05-17", "2009-12-31", "2010"}
	if !slices.IsSorted(sorted) {
		t.Errorf("%v is not in the order of text", sorted)
	}
	for i := 1; i < len(sorted); i++ {
		if sorted[i].First() < sorted[i-1].First() {
			t.Errorf("%s begins before %s", sorted[i], sorted[i-1])
		}
	}
}

func TestTheLimitsOfWhatIsNoDateAreUnknown(t *testing.T) {
	for _, d := range []PartialDate{"20", "2009-5", "2009-13", "nonsense!!", "xxxx"} {
		if d.Last() != "" {
			t.Errorf("%q ends on %s", d, d.Last())
		}
	}
	if y := PartialDate("xxxx").Year(); y != 0 {
		t.Errorf("the year is %d", y)
	}
}

func TestDatesAreWholeDays(t *testing.T) {
	for _, s := range []string{"", "2009-05-17", "2008-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := ParseDate(s); err != nil || string(d) != s {
			t.Errorf("%q was read as %q, %v", s, d, err)
		}
	}
	for _, s := range []string{"0000-01-01", "2009", "2009-05", "2009-02-29", "2009-5-17", "2009-05-32", "2009-05-17 ", "17.5.2009", "2009-05-17T00:00:00Z"} {
		d, err := ParseDate(s)
		if err == nil || d != "" || fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "2009-05-17") {
			t.Errorf("%q was read as %q, %v", s, d, err)
		}
	}
}

// Rule 5: a day belongs to a place. The same instant is another day in Kabul and in Jakarta.
func TestTheDayOfAnInstantIsThatOfItsZone(t *testing.T) {
	at := time.Date(2026, 12, 31, 18, 30, 0, 0, time.UTC)
	for zone, want := range map[string]Date{"UTC": "2026-12-31", "Asia/Kabul": "2026-12-31", "Asia/Jakarta": "2027-01-01"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(at.In(loc)); got != want {
			t.Errorf("%s: %s; expected %s", zone, got, want)
		}
	}
}

func TestInstantsAreSecondsInUTC(t *testing.T) {
	zone := time.FixedZone("", 4*3600+1800)
	i := InstantOf(time.Date(2026, 11, 24, 18, 0, 0, 999_999_999, zone))
	if i != "2026-11-24T13:30:00Z" {
		t.Errorf("the instant is %s", i)
	}
	if !i.Time().Equal(time.Date(2026, 11, 24, 13, 30, 0, 0, time.UTC)) {
		t.Errorf("the instant is the time %s", i.Time())
	}
	if !Instant("").Time().IsZero() || !Instant("soon").Time().IsZero() {
		t.Error("an unknown instant has a time")
	}
	if d := time.Since(Now().Time()); d < 0 || d > time.Minute {
		t.Errorf("now is %s ago", d)
	}
}

func TestInstantsAreReadInAnyZone(t *testing.T) {
	for s, want := range map[string]Instant{
		"2026-11-24T13:30:00Z":      "2026-11-24T13:30:00Z",
		"2026-11-24T20:30:00+07:00": "2026-11-24T13:30:00Z",
		"2026-11-24T13:30:00.75Z":   "2026-11-24T13:30:00Z",
		"2024-02-29T23:59:59-01:00": "2024-03-01T00:59:59Z",
	} {
		var i Instant
		if err := i.UnmarshalGQL(s); err != nil || i != want {
			t.Errorf("%s was read as %s, %v", s, i, err)
		}
	}
	for _, v := range []any{
		"", "2026-11-24", "2026-11-24T13:30:00", "2026-02-29T00:00:00Z", "2026-11-24 13:30:00Z", "now", 1795527000, nil, true,
		"9999-12-31T23:59:59-01:00", // a year of five digits would not sort
		"0000-01-01T00:00:00+01:00",
	} {
		i := Instant("untouched")
		if err := i.UnmarshalGQL(v); err == nil || i != "untouched" || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v was read as %s, %v", v, i, err)
		}
	}
}

// Rule 1 outside: what is unknown is null, never an empty text.
func TestUnknownDatesAreNull(t *testing.T) {
	written := func(v interface{ MarshalGQL(io.Writer) }) string {
		var b bytes.Buffer
		v.MarshalGQL(&b)
		return b.String()
	}
	for got, want := range map[string]string{
		written(PartialDate("")): "null", written(PartialDate("2009-05")): `"2009-05"`, written(Date("2009-05-17")): `"2009-05-17"`,
		written(Instant("2026-11-24T13:30:00Z")): `"2026-11-24T13:30:00Z"`,
	} {
		if got != want {
			t.Errorf("GraphQL gets %s; expected %s", got, want)
		}
	}
	if written(Date("")) != "null" || written(Instant("")) != "null" || written(Decimal("")) != "null" {
		t.Error("an unknown day, instant or figure is not null")
	}
}

func TestDatesOfAnInputMustBeText(t *testing.T) {
	for _, v := range []any{2009, int64(2009), nil, true, []string{"2009"}} {
		var p PartialDate
		var d Date
		if p.UnmarshalGQL(v) == nil || d.UnmarshalGQL(v) == nil {
			t.Errorf("%v (%T) was read as %q and %q", v, v, p, d)
		}
	}
	var p PartialDate
	var d Date
	if p.UnmarshalGQL("2009-05") != nil || p != "2009-05" || d.UnmarshalGQL("2009-05-17") != nil || d != "2009-05-17" {
		t.Errorf("text was read as %q and %q", p, d)
	}
	if p.UnmarshalGQL("May") == nil || d.UnmarshalGQL("May") == nil {
		t.Error("May is a date")
	}
}

func TestDatesAreStoredAsTheirText(t *testing.T) {
	var p PartialDate
	var d Date
	var i Instant
	for _, v := range []any{"2009-05-17", []byte("2009-05-17")} {
		if p.Scan(v) != nil || d.Scan(v) != nil || i.Scan(v) != nil || p != "2009-05-17" || d != "2009-05-17" || i != "2009-05-17" {
			t.Errorf("%T came back as %q, %q, %q", v, p, d, i)
		}
	}
	for _, v := range []driver.Valuer{p, d, i} {
		if stored, err := v.Value(); err != nil || stored != "2009-05-17" {
			t.Errorf("the database gets %v, %v", stored, err)
		}
	}
	if p.Scan(nil) != nil || p != "" || p.Scan(5) == nil {
		t.Error("null is not unknown, or a number is a date")
	}
}

func FuzzParsePartialDate(f *testing.F) {
	for _, s := range []string{"", "2009", "2009-05", "2009-05-17", "2008-02-29", "0000", "9999-12", "2009-13", "-1", "２００９"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParsePartialDate(s)
		if err != nil {
			if d != "" || fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q was refused and read as %q: %v", s, d, err)
			}
			return
		}
		if string(d) != s {
			t.Fatalf("%q was read as %q", s, d)
		}
		if s == "" {
			return
		}
		first, last := d.First(), d.Last()
		for _, day := range []Date{first, last} {
			if back, err := ParseDate(string(day)); err != nil || back != day || !strings.HasPrefix(string(day), s) {
				t.Errorf("%q lies from %s to %s", d, first, last)
			}
		}
		if first > last || d.Year() < 1 || d.Year() > 9999 {
			t.Errorf("%q lies from %s to %s in the year %d", d, first, last, d.Year())
		}
	})
}
