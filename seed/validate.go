package seed

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"adam/internal/term"
)

// Validate checks the meaning of what Read has decoded: keys, references, codes, dates, amounts, addresses, and that
// nothing follows or contains itself. It returns all problems, file by file and circles last; none where the data is
// right. What is merely not known (an amount without a year, a law amended by nobody named, an activity without a
// State) is no problem: docs/data.md lists those irregularities.
func Validate(f *Files) []Problem {
	c := newChecker(f)
	each(c, StatesFile, "key", f.States, func(s State) string { return s.Key }, c.state)
	each(c, LawsFile, "key", f.Laws, func(l Law) string { return l.Key }, c.law)
	each(c, PoliciesFile, "key", f.Policies, func(p Policy) string { return p.Key }, c.policy)
	each(c, MechanismsFile, "key", f.Mechanisms, func(m Mechanism) string { return m.Key }, c.mechanism)
	each(c, ActorsFile, "key", f.Actors, func(a Actor) string { return a.Key }, c.actor)
	each(c, ActivitiesFile, "key", f.Activities, func(a Activity) string { return a.Key }, c.activity)
	each(c, PlacesFile, "code", f.Places, func(p Place) string { return p.Code }, c.place)
	each(c, GroupsFile, "code", f.Memberships, func(m Membership) string { return m.Group + " " + m.Code }, c.membership)
	each(c, ChaptersFile, "code", f.Chapters, func(ch Chapter) string { return ch.Code }, c.chapter)
	each(c, RatesFile, "year", f.Rates, func(r Rate) string { return fmt.Sprintf("%s %d", r.Currency, r.Year) }, c.rate)
	each(c, GovernmentsFile, "actor", f.Governments, func(g Government) string { return g.Actor }, c.government)
	each(c, EstimatesFile, "line", f.Estimates, func(e Estimate) string { return fmt.Sprintf("%s, line %d", e.Activity, e.Line) }, c.estimate)
	each(c, InclusionFile, "theme", f.Inclusion, func(i Inclusion) string { return i.Theme }, c.inclusion)
	c.chaptersComplete()
	c.circles()
	return c.problems
}

type set map[string]bool

// checker walks the records and notes problems at the place where it stands.
type checker struct {
	f            *Files
	file, record string
	problems     []Problem

	states, places, chapters                       set // codes; places includes the States
	laws, policies, mechanisms, actors, activities set // keys
	currencies                                     set
	alpha2, m49                                    set // met so far
}

func newChecker(f *Files) *checker {
	c := &checker{f: f, alpha2: set{}, m49: set{},
		states:     setOf(f.States, func(s State) string { return s.ISO3 }),
		places:     setOf(f.Places, func(p Place) string { return p.Code }),
		chapters:   setOf(f.Chapters, func(ch Chapter) string { return ch.Code }),
		laws:       setOf(f.Laws, func(l Law) string { return l.Key }),
		policies:   setOf(f.Policies, func(p Policy) string { return p.Key }),
		mechanisms: setOf(f.Mechanisms, func(m Mechanism) string { return m.Key }),
		actors:     setOf(f.Actors, func(a Actor) string { return a.Key }),
		activities: setOf(f.Activities, func(a Activity) string { return a.Key }),
		currencies: setOf(f.Rates, func(r Rate) string { return r.Currency }),
	}
	for code := range c.states {
		c.places[code] = true
	}
	return c
}

func setOf[T any](list []T, name func(T) string) set {
	s := set{}
	for _, item := range list {
		s[name(item)] = true
	}
	return s
}

// each checks the records of a file; field is what must tell them apart.
func each[T any](c *checker, file, field string, list []T, name func(T) string, check func(T)) {
	c.file = file
	seen := set{}
	for _, item := range list {
		c.record = name(item)
		if seen[c.record] {
			c.bad(field, "%s stands twice in this file; every record is named once", c.record)
		}
		seen[c.record] = true
		check(item)
	}
}

func (c *checker) bad(field, format string, args ...any) {
	c.problems = append(c.problems, Problem{File: c.file, Record: c.record, Field: field, Sentence: fmt.Sprintf(format, args...)})
}

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (c *checker) key(key string) {
	if !kebab.MatchString(key) {
		c.bad("key", "%q is not a key; expected small letters and digits joined by single hyphens", key)
	}
}

// text checks what must be there; some checks what may be unknown.
func (c *checker) text(field, s string) {
	switch {
	case s == "":
		c.bad(field, "is empty; expected text")
	case strings.TrimSpace(s) != s || strings.ContainsAny(s, "\n\r\t"):
		c.bad(field, "begins or ends with a space, or holds a tab or a line break; expected plain text")
	}
}

func (c *checker) some(field string, s *string) {
	if s != nil {
		c.text(field, *s)
	}
}

func (c *checker) code(field, code string, w words) {
	if !slices.Contains(w, code) {
		c.bad(field, "%q is not a word of this vocabulary; expected one of %s", code, w)
	}
}

// list checks the items of a list, each by its own check, and that none stands twice.
func (c *checker) list(field string, items []string, check func(field, item string)) {
	seen := set{}
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", field, i)
		check(at, item)
		if seen[item] {
			c.bad(at, "%q stands twice in this list", item)
		}
		seen[item] = true
	}
}

func (c *checker) codes(field string, items []string, w words) {
	c.list(field, items, func(at, item string) { c.code(at, item, w) })
}

func (c *checker) atLeastOne(field string, n int) {
	if n == 0 {
		c.bad(field, "is empty; expected at least one")
	}
}

func (c *checker) ref(field, key string, in set, what string) {
	if !in[key] {
		c.bad(field, "there is no %s %q; correct it or add it to the data set", what, key)
	}
}

func (c *checker) refIfKnown(field string, key *string, in set, what string) {
	if key != nil {
		c.ref(field, *key, in, what)
	}
}

const (
	firstYear = 1800 // the oldest law in force in the region is of 1860
	lastYear  = 2100
)

func (c *checker) year(field string, y int) {
	if y < firstYear || y > lastYear {
		c.bad(field, "%d is not a year of this catalogue; expected %d to %d", y, firstYear, lastYear)
	}
}

func (c *checker) yearIfKnown(field string, y *int) {
	if y != nil {
		c.year(field, *y)
	}
}

func (c *checker) date(field string, s *string) {
	if s == nil {
		return
	}
	d, err := term.ParsePartialDate(*s)
	if err != nil || d == "" {
		c.bad(field, "%q is not a date; expected a year, a month or a day, such as 2009, 2009-05 or 2009-05-17", *s)
		return
	}
	c.year(field, d.Year())
}

func (c *checker) day(field, s string) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		c.bad(field, "%q is not a day; expected one such as 2026-11-23", s)
	}
}

// order refuses an end that lies wholly before its start; 2012 does not lie before 2012-08.
func (c *checker) order(startField string, start *string, endField string, end *string) {
	if start == nil || end == nil {
		return
	}
	s, err := term.ParsePartialDate(*start)
	e, err2 := term.ParsePartialDate(*end)
	if err == nil && err2 == nil && e.Last() < s.First() {
		c.bad(endField, "%s is before %s, which is %s", e, startField, s)
	}
}

func (c *checker) url(field string, s *string) {
	if s == nil {
		return
	}
	u, err := url.Parse(*s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(*s, " \t\n") {
		c.bad(field, "%q is not a web address; expected one that begins with http:// or https://", *s)
	}
}

// provenance checks what every record says of how it came about; the two JSON files do not state the evidence.
func (c *checker) provenance(verificationField, verification, confidence string, evidence *string) {
	c.code(verificationField, verification, words{Verification})
	c.code("confidence", confidence, confidences)
	if evidence != nil {
		c.code("evidence", *evidence, evidences)
	}
}

func (c *checker) sources(sources []Source) {
	c.atLeastOne("sources", len(sources))
	for i, s := range sources {
		at := fmt.Sprintf("sources[%d].", i)
		c.text(at+"title", s.Title)
		c.text(at+"publisher", s.Publisher)
		c.url(at+"url", s.URL)
		c.day(at+"date_accessed", s.DateAccessed)
	}
}

func (c *checker) citations(citations []Citation) {
	c.atLeastOne("sources", len(citations))
	for i, s := range citations {
		at := fmt.Sprintf("sources[%d].", i)
		c.text(at+"title", s.Title)
		c.text(at+"publisher", s.Publisher)
		c.url(at+"url", s.URL)
		c.url(at+"copy_read", s.CopyRead)
		c.some(at+"note", s.Note)
	}
}
