// Package ics writes calendars as RFC 5545 wants them, for programs that subscribe to an address and read it again and
// again. It knows whole days only: deadlines have no hour.
package ics

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"adam/internal/term"
)

// Calendar is a list of days under a name.
type Calendar struct {
	Name   string
	Events []Event
}

// Event is something that takes a whole day, such as a deadline. It makes nobody busy.
type Event struct {
	UID         string    // the same for ever, so that a changed day moves the event and does not add one
	Day         term.Date // required
	Summary     string
	Description string    // "" where there is none
	URL         string    // "" where there is none
	Stamp       time.Time // when this was true
	Alarms      []int     // how many days before the day to remind; 0 is as it begins
}

// Write writes a calendar. It fails for an event without a UID or with a day that is none, which is a mistake of the
// program, and where w does. For everybody: what may be in it is decided before.
func Write(w io.Writer, c Calendar) error {
	out := &writer{to: bufio.NewWriter(w)}
	out.line("BEGIN", "VCALENDAR")
	out.line("VERSION", "2.0")
	out.line("PRODID", "-//ADAM//ADAM//EN")
	out.line("CALSCALE", "GREGORIAN")
	out.line("METHOD", "PUBLISH")
	out.line("X-WR-CALNAME", escape(c.Name))
	out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT12H")
	for _, e := range c.Events {
		if err := out.event(e); err != nil {
			return err
		}
	}
	out.line("END", "VCALENDAR")
	return out.to.Flush()
}

// writer keeps the first error of its buffer until Flush.
type writer struct{ to *bufio.Writer }

func (w *writer) event(e Event) error {
	day, err := time.Parse(time.DateOnly, string(e.Day))
	if err != nil || e.UID == "" {
		return fmt.Errorf("write a calendar: the event %q on %q needs a UID and a whole day", e.UID, e.Day)
	}
	w.line("BEGIN", "VEVENT")
	w.line("UID", escape(e.UID))
	w.line("DTSTAMP", e.Stamp.UTC().Format("20060102T150405Z"))
	w.line("DTSTART;VALUE=DATE", day.Format("20060102"))
	w.line("DTEND;VALUE=DATE", day.AddDate(0, 0, 1).Format("20060102")) // the first day after
	w.line("SUMMARY", escape(e.Summary))
	if e.Description != "" {
		w.line("DESCRIPTION", escape(e.Description))
	}
	if e.URL != "" {
		w.line("URL", plain(e.URL)) // a URI is not escaped
	}
	w.line("TRANSP", "TRANSPARENT")
	for _, days := range e.Alarms {
		w.line("BEGIN", "VALARM")
		w.line("ACTION", "DISPLAY")
		w.line("DESCRIPTION", escape(e.Summary))
		w.line("TRIGGER", trigger(days))
		w.line("END", "VALARM")
	}
	w.line("END", "VEVENT")
	return nil
}

// trigger is a time so many days before the event begins.
func trigger(days int) string {
	if days == 0 {
		return "PT0S"
	}
	return fmt.Sprintf("-P%dD", days)
}

// longest is the most octets of a line, without its end.
const longest = 75

// line writes a property, folded: the line goes on after a break and one space, and no character is cut in two.
func (w *writer) line(name, value string) {
	rest := name + ":" + value
	for room := longest; len(rest) > room; room = longest - 1 { // the space counts
		cut := room
		for cut > room-utf8.UTFMax && !utf8.RuneStart(rest[cut]) {
			cut--
		}
		_, _ = w.to.WriteString(rest[:cut] + "\r\n ")
		rest = rest[cut:]
	}
	_, _ = w.to.WriteString(rest + "\r\n")
}

var special = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\r", `\n`, "\n", `\n`)

// escape makes any text the value of a property. Control characters, which a calendar may not hold, are left out.
func escape(s string) string { return plain(special.Replace(s)) }

// plain leaves out what may not stand in a line.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r // what is no UTF-8 becomes U+FFFD
	}, s)
}
