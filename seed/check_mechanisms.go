package seed

import "fmt"

func (c *checker) mechanism(m Mechanism) {
	c.key(m.Key)
	c.code("scope", m.Scope, mechanismScopes)
	c.scope(m)
	c.code("type", m.Type, mechanismForms)
	c.text("name", m.Name)
	c.some("acronym", m.Acronym)
	c.list("members", m.Members, func(at, code string) { c.ref(at, code, c.places, "State with the code") })
	c.list("member_organisations", m.MemberOrganisations, func(at, acronym string) {
		c.ref(at, OrganisationKey(acronym), c.actors, "actor")
	})
	c.yearIfKnown("year", m.Year)
	c.founded(m)
	c.some("secretariat", m.Secretariat)
	c.code("status", m.Status, mechanismStatuses)
	c.atLeastOne("themes", len(m.Themes))
	c.codes("themes", m.Themes, subjectWords(MechanismsFile))
	c.list("related", m.Related, func(at, key string) { c.related(at, key, m.Key) })
	c.some("subject", m.Subject)
	c.text("mandate", m.Mandate)
	c.some("note", m.Note)
	c.provenance("verification", m.Verification, m.Confidence, &m.Evidence)
	c.sources(m.Sources)
}

// scope checks that members and country agree with the level. A regional mechanism may list few members: the research
// names those it could establish.
func (c *checker) scope(m Mechanism) {
	count := map[string]int{"national": 1, "bilateral": 2, "trilateral": 3}[m.Scope]
	switch {
	case count > 0 && len(m.Members) != count:
		c.bad("members", "has %d States although scope is %s; expected %d", len(m.Members), m.Scope, count)
	case count == 0:
		c.atLeastOne("members", len(m.Members))
	}
	switch {
	case m.Scope == "national" && m.Country == nil:
		c.bad("country", "is null although scope is national; expected the State's code")
	case m.Scope != "national" && m.Country != nil:
		c.bad("country", "is given although scope is %s; expected null", m.Scope)
	}
	c.refIfKnown("country", m.Country, c.states, "State with a chapter and the code")
}

func (c *checker) founded(m Mechanism) {
	c.date("date", m.Date)
	switch {
	case m.Date == nil:
	case m.Year == nil:
		c.bad("year", "is null although date is known; expected its year")
	case len(*m.Date) >= 4 && (*m.Date)[:4] != fmt.Sprint(*m.Year):
		c.bad("year", "is %d, but date is %s", *m.Year, *m.Date)
	}
}

// related may name a law, a policy or another mechanism; the key alone must tell which.
func (c *checker) related(field, key, own string) {
	found := 0
	for _, in := range []set{c.laws, c.policies, c.mechanisms} {
		if in[key] {
			found++
		}
	}
	switch {
	case key == own:
		c.bad(field, "names the mechanism itself; name another record")
	case found == 0:
		c.bad(field, "there is no law, policy or mechanism %q; correct it or add it to the data set", key)
	case found > 1:
		c.bad(field, "%q is the key of more than one of law, policy and mechanism; rename one", key)
	}
}

func (c *checker) actor(a Actor) {
	c.key(a.Key)
	c.text("name", a.Name)
	c.some("acronym", a.Acronym)
	c.code("kind", a.Kind, actorKinds)
	c.atLeastOne("roles", len(a.Roles))
	c.codes("roles", a.Roles, statedRoles)
	c.refIfKnown("country", a.Country, c.places, "State with the code")
	c.list("chapters", a.Chapters, func(at, code string) { c.ref(at, code, c.chapters, "chapter") })
	c.refIfKnown("parent", a.Parent, c.actors, "actor")
	c.text("mandate_summary", a.MandateSummary)
	c.url("website", a.Website)
	c.citations(a.Sources)
	c.some("note", a.Note)
	c.provenance("verification_status", a.VerificationStatus, a.Confidence, nil)
}
