package seed

import (
	"fmt"
	"strconv"
)

const longestTerm = 100 // years of imprisonment; a longer one is a slip of the pen

func (c *checker) law(l Law) {
	c.key(l.Key)
	c.ref("country", l.Country, c.states, "State with a chapter and the code")
	c.text("title", l.Title)
	c.some("title_local", l.TitleLocal)
	c.some("number", l.Number)
	c.year("year", l.Year)
	c.date("adopted", l.Adopted)
	c.date("in_force", l.InForce)
	c.order("adopted", l.Adopted, "in_force", l.InForce)
	c.lawStatus(l)
	c.amendments(l)
	c.atLeastOne("themes", len(l.Themes))
	c.codes("themes", l.Themes, subjectWords(LawsFile))
	c.code("criminalises_trafficking", l.CriminalisesTrafficking, criminalised)
	c.code("criminalises_smuggling", l.CriminalisesSmuggling, criminalised)
	c.codes("elements.trafficking", l.Elements.Trafficking, traffickingElements)
	c.codes("elements.smuggling", l.Elements.Smuggling, smugglingElements)
	c.penalty("penalties.trafficking_max_years", l.Penalties.Trafficking)
	c.penalty("penalties.smuggling_max_years", l.Penalties.Smuggling)
	c.some("penalties.note", l.Penalties.Note)
	c.list("key_articles", l.KeyArticles, c.text)
	c.text("summary", l.Summary)
	c.some("note", l.Note)
	c.provenance("verification", l.Verification, l.Confidence, &l.Evidence)
	c.sources(l.Sources)
}

func (c *checker) lawStatus(l Law) {
	c.code("status", l.Status, lawStatuses)
	replaced := l.Status == "replaced"
	switch {
	case replaced && l.ReplacedBy == nil:
		c.bad("replaced_by", "is missing although status is replaced; name the law that took its place")
	case !replaced && l.ReplacedBy != nil:
		c.bad("replaced_by", "is given although status is %s; expected status replaced", l.Status)
	}
	c.refIfKnown("replaced_by", l.ReplacedBy, c.laws, "law")
}

// amendments does not ask an amended law to say by what: for seven of them nobody knows.
func (c *checker) amendments(l Law) {
	for i, a := range l.AmendedBy {
		at := fmt.Sprintf("amended_by[%d].", i)
		c.text(at+"title", a.Title)
		c.some(at+"number", a.Number)
		c.year(at+"year", a.Year)
		if a.Year < l.Year {
			c.bad(at+"year", "%d is before the law's own year %d", a.Year, l.Year)
		}
		c.refIfKnown(at+"key", a.Key, c.laws, "law")
	}
}

func (c *checker) penalty(field string, p *MaxPenalty) {
	if p != nil && !p.Life && (p.Years < 1 || p.Years > longestTerm) {
		c.bad(field, `%d is not a term of imprisonment; expected 1 to %d years, "life" or null`, p.Years, longestTerm)
	}
}

func (c *checker) policy(p Policy) {
	c.key(p.Key)
	if p.Country != RegionalPolicy {
		c.ref("country", p.Country, c.states, "State with a chapter and the code")
	}
	c.text("title", p.Title)
	c.some("number", p.Number)
	c.yearIfKnown("period_from", p.PeriodFrom)
	c.yearIfKnown("period_to", p.PeriodTo)
	c.order("period_from", yearText(p.PeriodFrom), "period_to", yearText(p.PeriodTo))
	c.code("status", p.Status, policyStatuses)
	c.text("lead_authority", p.LeadAuthority)
	c.atLeastOne("themes", len(p.Themes))
	c.codes("themes", p.Themes, subjectWords(PoliciesFile))
	c.code("comprehensive.trafficking", p.Comprehensive.Trafficking, comprehensive)
	c.code("comprehensive.smuggling", p.Comprehensive.Smuggling, comprehensive)
	c.text("summary", p.Summary)
	c.some("note", p.Note)
	c.provenance("verification", p.Verification, p.Confidence, &p.Evidence)
	c.sources(p.Sources)
}

func yearText(y *int) *string {
	if y == nil {
		return nil
	}
	s := strconv.Itoa(*y)
	return &s
}
