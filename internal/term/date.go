package term

import (
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"time"

	"adam/internal/fault"
)

// PartialDate is a date as far as it is known: "" (unknown), 2009, 2009-05 or 2009-05-17. It sorts as text.
// Rule 1 of the model: what is not known is never filled in.
type PartialDate string

// Date is a whole day, 2009-05-17, or "" where unknown.
type Date string

var layouts = map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}

// ParsePartialDate reads a partial date; "" is unknown and allowed.
func ParsePartialDate(s string) (PartialDate, error) {
	if s == "" {
		return "", nil
	}
	layout, ok := layouts[len(s)]
	if ok {
		t, err := time.Parse(layout, s)
		ok = err == nil && t.Year() > 0 // a year 0 would read as unknown
	}
	if !ok {
		return "", fault.New(fault.Invalid, "%q is not a date. Write a year, a month or a day, such as 2009, 2009-05 or 2009-05-17.", Clip(s))
	}
	return PartialDate(s), nil
}

// ParseDate reads a whole day; "" is unknown and allowed.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	if t, err := time.Parse(time.DateOnly, s); err != nil || t.Year() < 1 {
		return "", fault.New(fault.Invalid, "%q is not a day. Write it as 2009-05-17.", Clip(s))
	}
	return Date(s), nil
}

// DateOf is the day of an instant in the zone that the instant carries.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// RegionZone is the time zone in which days are counted that are of no single State: that of the Regional Support Office,
// in Bangkok.
const RegionZone = "Asia/Bangkok"

// First is the earliest day that the partial date may mean; "" where unknown.
func (d PartialDate) First() Date {
	switch len(d) {
	case 4:
		return Date(d + "-01-01")
	case 7:
		return Date(d + "-01")
	}
	return Date(d)
}

// Last is the latest day that the partial date may mean; "" where unknown.
func (d PartialDate) Last() Date {
	layout, ok := layouts[len(d)]
	if !ok {
		return ""
	}
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return ""
	}
	switch len(d) {
	case 4:
		t = t.AddDate(1, 0, -1)
	case 7:
		t = t.AddDate(0, 1, -1)
	}
	return DateOf(t)
}

// Plus is the day so many days later, or earlier; an unknown day stays unknown.
func (d Date) Plus(days int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return DateOf(t.AddDate(0, 0, days))
}

// Year is the year as a number; 0 where unknown.
func (d PartialDate) Year() int {
	if len(d) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(string(d[:4]))
	return y
}

// MarshalGQL writes null where the date is unknown.
func (d PartialDate) MarshalGQL(w io.Writer) { writeTextOrNull(w, string(d)) }

// UnmarshalGQL reads a partial date from an input.
func (d *PartialDate) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return fault.New(fault.Invalid, "A date is written as text, such as \"2009\", \"2009-05\" or \"2009-05-17\".")
	}
	*d, err = ParsePartialDate(s)
	return err
}

// MarshalGQL writes null where the day is unknown.
func (d Date) MarshalGQL(w io.Writer) { writeTextOrNull(w, string(d)) }

// UnmarshalGQL reads a day from an input.
func (d *Date) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return fault.New(fault.Invalid, "A day is written as text, such as \"2009-05-17\".")
	}
	*d, err = ParseDate(s)
	return err
}

func writeTextOrNull(w io.Writer, s string) {
	if s == "" {
		_, _ = io.WriteString(w, "null")
		return
	}
	_, _ = io.WriteString(w, strconv.Quote(s))
}

// Value stores the text as it is: one column, not null, sortable.
func (d PartialDate) Value() (driver.Value, error) { return string(d), nil }

// Value stores the text as it is.
func (d Date) Value() (driver.Value, error) { return string(d), nil }

// Scan reads the text as it is.
func (d *PartialDate) Scan(v any) error { return scanText((*string)(d), v) }

// Scan reads the text as it is.
func (d *Date) Scan(v any) error { return scanText((*string)(d), v) }

func scanText(dst *string, v any) error {
	switch v := v.(type) {
	case nil:
		*dst = ""
	case string:
		*dst = v
	case []byte:
		*dst = string(v)
	default:
		return fmt.Errorf("expected text in the database, found %T", v)
	}
	return nil
}

// Instant is a moment in UTC to the second, 2026-11-24T13:30:00Z, kept as text: it sorts, it is the same on every
// engine, and no zone of a server can shift it.
type Instant string

// InstantOf is the instant of a time.
func InstantOf(t time.Time) Instant { return Instant(t.UTC().Format(time.RFC3339)) }

// Now is the present instant.
func Now() Instant { return InstantOf(time.Now()) }

// Time is the instant as a time; the zero time where it is unknown.
func (i Instant) Time() time.Time {
	t, _ := time.Parse(time.RFC3339, string(i))
	return t
}

// MarshalGQL writes null where the instant is unknown.
func (i Instant) MarshalGQL(w io.Writer) { writeTextOrNull(w, string(i)) }

// UnmarshalGQL reads an instant from an input.
func (i *Instant) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339, s)
	if y := t.UTC().Year(); err != nil || y < 1 || y > 9999 { // five digits would not sort
		return fault.New(fault.Invalid, "%q is not a time. Write it as 2026-11-24T13:30:00Z.", Clip(fmt.Sprint(v)))
	}
	*i = InstantOf(t)
	return nil
}

// Value stores the text as it is.
func (i Instant) Value() (driver.Value, error) { return string(i), nil }

// Scan reads the text as it is.
func (i *Instant) Scan(v any) error { return scanText((*string)(i), v) }
