package iati

import (
	"regexp"
	"strings"

	"adam/internal/term"
)

// known is what this catalogue writes beside a day that it does not know whole: see Writer.
var known = regexp.MustCompile(`Only the (?:year|month) is known: (\d{4}(?:-\d\d)?)\.`)

func (p *parser) activityDate(n *node) Date {
	d := Date{Type: p.coded(n, "type", "ActivityDateType", n.attr("type"), true), On: p.dateOrText(n), Note: p.textIfAny(n)}
	if _, there := n.attribute("iso-date"); !there || n.attr("iso-date") == "" {
		d.Note = nil // it was the date
	}
	if d.On == "" {
		if d.Raw = n.attr("iso-date"); d.Raw == "" {
			d.Raw = n.own()
		}
		return d
	}
	if len(d.Note) == 1 {
		if m := known.FindStringSubmatch(d.Note[0].Text); m != nil && m[0] == d.Note[0].Text && strings.HasPrefix(string(d.On), m[1]) {
			d.On, d.Note = term.PartialDate(m[1]), nil
		}
	}
	return d
}

// dateOrText reads the day of an element, which version 1 may have as text.
func (p *parser) dateOrText(n *node) term.PartialDate {
	if n == nil {
		return ""
	}
	if v := n.attr("iso-date"); v == "" {
		text := n.own()
		if text == "" {
			p.problem(n, "iso-date", Error, BadDate, "", "There is no date. Expected is iso-date=\"2009-05-17\".")
			return ""
		}
		return p.date(&node{name: n.name, parent: n.parent, line: n.line, nth: n.nth, kids: n.kids, attrs: append(n.attrs[:len(n.attrs):len(n.attrs)], isoDate(text))}, "iso-date", text)
	}
	return p.date(n, "iso-date", "")
}
