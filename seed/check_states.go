package seed

import (
	"regexp"
	"time"
	_ "time/tzdata" // a server without a zone database must still know the chapters' time zones

	"adam/internal/term"
)

var (
	alpha3Code = regexp.MustCompile(`^[A-Z]{3}$`)
	alpha2Code = regexp.MustCompile(`^[A-Z]{2}$`)
	m49Code    = regexp.MustCompile(`^[0-9]{3}$`)
)

func (c *checker) state(s State) {
	c.key(s.Key)
	c.text("name", s.Name)
	c.stateCodes("iso3", s.ISO3, "iso2", s.ISO2, s.M49)
	c.code("region", s.Region, subregions)
	c.text("official_name", s.OfficialName)
	c.text("capital", s.Capital)
	c.treaty("treaties.untoc.", s.Treaties.UNTOC)
	c.treaty("treaties.trafficking_protocol.", s.Treaties.TraffickingProtocol)
	c.treaty("treaties.smuggling_protocol.", s.Treaties.SmugglingProtocol)
	c.together("refugee_convention_1951", s.RefugeeConvention1951, "refugee_convention_accession", s.RefugeeConventionAccession != nil)
	c.date("refugee_convention_accession", s.RefugeeConventionAccession)
	c.together("asean_member", s.ASEANMember, "asean_since", s.ASEANSince != nil)
	c.yearIfKnown("asean_since", s.ASEANSince)
	c.together("saarc_member", s.SAARCMember, "saarc_since", s.SAARCSince != nil)
	c.yearIfKnown("saarc_since", s.SAARCSince)
	c.some("note", s.Note)
	c.provenance("verification", s.Verification, s.Confidence, &s.Evidence)
	c.sources(s.Sources)
}

// stateCodes checks the three codes of a State, which must be its own in states.yaml and places.yaml together.
func (c *checker) stateCodes(field3, alpha3, field2, alpha2, m49 string) {
	if !alpha3Code.MatchString(alpha3) {
		c.bad(field3, "%q is not an ISO 3166-1 alpha-3 code; expected three capitals", alpha3)
	}
	if !alpha2Code.MatchString(alpha2) {
		c.bad(field2, "%q is not an ISO 3166-1 alpha-2 code; expected two capitals", alpha2)
	}
	if !m49Code.MatchString(m49) {
		c.bad("m49", "%q is not an M49 code; expected three digits as text", m49)
	}
	if c.alpha2[alpha2] {
		c.bad(field2, "%q already belongs to another State", alpha2)
	}
	if c.m49[m49] {
		c.bad("m49", "%q already belongs to another State", m49)
	}
	c.alpha2[alpha2], c.m49[m49] = true, true
}

// together refuses a yes without its date and a date without its yes.
func (c *checker) together(field string, yes bool, dateField string, dated bool) {
	switch {
	case yes && !dated:
		c.bad(dateField, "is null although %s is true; expected a date", field)
	case !yes && dated:
		c.bad(dateField, "is given although %s is false; expected null", field)
	}
}

func (c *checker) treaty(at string, t TreatyAction) {
	c.date(at+"signed", t.Signed)
	c.date(at+"bound", t.Bound)
	c.order(at+"signed", t.Signed, at+"bound", t.Bound)
	c.code(at+"mode", t.Mode, treatyModes)
	c.together(at+"party", t.Party, at+"bound", t.Bound != nil)
	consent := t.Mode == "ratification" || t.Mode == "accession"
	switch {
	case t.Party && !consent:
		c.bad(at+"mode", "is %s although %sparty is true; expected ratification or accession", t.Mode, at)
	case !t.Party && consent:
		c.bad(at+"mode", "is %s although %sparty is false; expected signature or none", t.Mode, at)
	case t.Mode == "signature" && t.Signed == nil:
		c.bad(at+"signed", "is null although the State signed; expected a date")
	case t.Mode == "none" && t.Signed != nil:
		c.bad(at+"mode", "is none although the State signed; expected signature")
	}
	c.code(at+"confidence", t.Confidence, confidences)
	c.some(at+"note", t.Note)
}

func (c *checker) place(p Place) {
	c.stateCodes("code", p.Code, "alpha2", p.Alpha2, p.M49)
	if c.states[p.Code] {
		c.bad("code", "%q is a State with a chapter and stands in states.yaml; take it out here", p.Code)
	}
	c.text("name", p.Name)
	c.text("official_name", p.OfficialName)
	c.code("subregion", p.Subregion, subregions)
	c.some("note", p.Note)
}

func (c *checker) membership(m Membership) {
	c.code("group", m.Group, groups)
	c.ref("code", m.Code, c.places, "State with the code")
	statedElsewhere := m.Group == string(term.GroupASEAN) || m.Group == string(term.GroupSAARC) || m.Group == string(term.GroupBaliProcess)
	if statedElsewhere && c.states[m.Code] {
		c.bad("code", "states.yaml already says whether %s belongs to %s; take the line out", m.Code, m.Group)
	}
	c.date("since", m.Since)
	c.some("note", m.Note)
	c.code("evidence", m.Evidence, evidences)
	c.code("confidence", m.Confidence, confidences)
}

func (c *checker) chapter(ch Chapter) {
	if ch.Code != RegionalChapter {
		c.ref("code", ch.Code, c.states, "State with the code")
	}
	for _, s := range c.f.States {
		if s.ISO3 == ch.Code && s.Name != ch.Title {
			c.bad("title", "is %q, but states.yaml calls the State %q", ch.Title, s.Name)
		}
	}
	c.text("title", ch.Title)
	if _, err := time.LoadLocation(ch.TimeZone); err != nil || ch.TimeZone == "" || ch.TimeZone == "Local" {
		c.bad("time_zone", "%q is not a time zone; expected an IANA name such as Asia/Bangkok", ch.TimeZone)
	}
	c.code("starts", ch.Starts, chapterStarts)
}

// chaptersComplete checks that every State of states.yaml and the region have a chapter.
func (c *checker) chaptersComplete() {
	c.file = ChaptersFile
	for _, s := range c.f.States {
		if !c.chapters[s.ISO3] {
			c.record = s.ISO3
			c.bad("", "the State stands in states.yaml and has no chapter; add one")
		}
	}
	if !c.chapters[RegionalChapter] {
		c.record = RegionalChapter
		c.bad("", "the regional chapter is missing; add it")
	}
}

func (c *checker) rate(r Rate) {
	if !alpha3Code.MatchString(r.Currency) {
		c.bad("currency", "%q is not an ISO 4217 code; expected three capitals", r.Currency)
	}
	c.year("year", r.Year)
	if !positive(r.PerUSD) {
		c.bad("per_usd", "%q is not a rate; expected a decimal number above zero", r.PerUSD)
	}
}

func (c *checker) inclusion(i Inclusion) {
	c.code("theme", i.Theme, themeCodes)
	c.date("begins", i.Begins)
	c.text("note", i.Note)
}
