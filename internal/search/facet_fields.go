package search

import (
	"context"
	"encoding/json"
	"strings"

	"adam/ent"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// ActorFacets counts the actors that a filter asks for.
func ActorFacets(ctx context.Context, c *ent.Client, f *ActorFilter, want Facets) ([]*Facet, error) {
	return facetsOf(ctx, c, f, Actors, []dimension{
		byColumn("kinds", "kind"), byRow("states", stateNames, own("state_id")),
		byRow("chapters", chapterNames, link("chapter_actors", "actor_id", "chapter_id")), byRole, byVerified,
	}, want)
}

// LawFacets counts the laws that a filter asks for.
func LawFacets(ctx context.Context, c *ent.Client, f *LawFilter, want Facets) ([]*Facet, error) {
	return facetsOf(ctx, c, f, Laws, []dimension{
		byRow("states", stateNames, own("state_id")), byRow("chapters", chapterNames, link("chapter_laws", "law_id", "chapter_id")),
		byTheme, byList("topics", "topics"), byColumn("status", "status"), byVerified,
	}, want)
}

// PolicyFacets counts the policies that a filter asks for.
func PolicyFacets(ctx context.Context, c *ent.Client, f *PolicyFilter, want Facets) ([]*Facet, error) {
	return facetsOf(ctx, c, f, Policies, []dimension{
		byRow("states", stateNames, own("state_id")), byRow("chapters", chapterNames, link("chapter_policies", "policy_document_id", "chapter_id")),
		byTheme, byList("topics", "topics"), byColumn("status", "status"), byVerified,
	}, want)
}

// MechanismFacets counts the coordination mechanisms that a filter asks for.
func MechanismFacets(ctx context.Context, c *ent.Client, f *CoordinationMechanismFilter, want Facets) ([]*Facet, error) {
	return facetsOf(ctx, c, f, Mechanisms, []dimension{
		byColumn("levels", "level"), byColumn("forms", "form"), byRows("states", stateNames, link("mechanism_members", "mechanism_id", "state_id")),
		byRow("chapters", chapterNames, link("chapter_mechanisms", "coordination_mechanism_id", "chapter_id")),
		byColumn("status", "status"), byTheme, byList("topics", "topics"), byVerified,
	}, want)
}

// ActivityFacets counts the activities that a filter asks for.
func ActivityFacets(ctx context.Context, c *ent.Client, f *ActivityFilter, want Facets) ([]*Facet, error) {
	return facetsOf(ctx, c, f, Activities, []dimension{
		byRow("states", stateNames, link("activity_states", "activity_id", "state_id")), byGroup,
		byRow("chapters", chapterNames, link("chapter_activities", "activity_id", "chapter_id")),
		byRows("donorStates", stateNames, governments), byTheme, byList("topics", "topics"),
		byList("assistanceTypes", "assistance_types"), byList("audiences", "target_audiences"),
		byRow("donors", actorNames, taking(term.Funding)), byRow("implementers", actorNames, taking(term.Implementing)),
		byColumn("status", "status"), byVerified,
	}, want)
}

// by makes a query give what it groups by, and how many rows there are: each once, where a join may double them.
func by(s *sql.Selector, count string, columns ...string) {
	selected := []string{sql.As(columns[0], "code")}
	if len(columns) > 1 {
		selected = append(selected, sql.As(columns[1], "name"))
	}
	s.Select(append(selected, sql.As(count, "count"), "COUNT(*) OVER () AS total")...).GroupBy(columns...)
}

func byColumn(field, column string) dimension {
	return dimension{field: field, group: func(s *sql.Selector, _ term.Date) { by(s, sql.Count("*"), s.C(column)) }}
}

// byList counts by the lists as they stand in the rows, which are few, and then takes them apart.
func byList(field, column string) dimension {
	return dimension{field: field, group: func(s *sql.Selector, _ term.Date) { by(s, sql.Count("*"), s.C(column)) },
		split: func(value string) (codes []string) {
			_ = json.Unmarshal([]byte(value), &codes) // what is no list has no values; the program wrote it
			return codes
		}}
}

// byTheme counts what is about each theme: a record may be about both.
var byTheme = dimension{field: "themes",
	group: func(s *sql.Selector, _ term.Date) { by(s, sql.Count("*"), pair(s, "smuggling", "trafficking")) },
	split: func(value string) (codes []string) {
		smuggling, trafficking, _ := strings.Cut(value, " ")
		for theme, how := range map[term.Theme]string{term.Smuggling: smuggling, term.Trafficking: trafficking} {
			if how != string(term.NotTargeted) {
				codes = append(codes, string(theme))
			}
		}
		return codes
	}}

func pair(s *sql.Selector, a, b string) string { return "(" + s.C(a) + " || ' ' || " + s.C(b) + ")" }

// byVerified counts what is verified on the day and what is not.
var byVerified = dimension{field: "verified", group: func(s *sql.Selector, day term.Date) {
	verified := sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("CASE WHEN ").Join(ent.VerifiedOn(s.C, day)).WriteString(" THEN 'true' ELSE 'false' END")
	})
	s.Select().AppendSelectExprAs(verified, "code").AppendSelect(sql.As(sql.Count("*"), "count"), "COUNT(*) OVER () AS total").GroupBy("code")
}}

// byRow counts by rows of another table that the rows of the list lead to, once to each: so there are no
// doubles to be looked for, which takes long.
func byRow(field string, n *naming, join func(s *sql.Selector, to *sql.SelectTable)) dimension {
	return dimension{field: field, names: n, group: func(s *sql.Selector, _ term.Date) {
		t := sql.Table(n.table).As("named")
		join(s, t)
		by(s, sql.Count("*"), t.C(n.code), t.C(n.name))
	}}
}

// byRows does so where a row of the list can lead to another one in several ways.
func byRows(field string, n *naming, join func(s *sql.Selector, to *sql.SelectTable)) dimension {
	return dimension{field: field, names: n, group: func(s *sql.Selector, _ term.Date) {
		t := sql.Table(n.table).As("named")
		join(s, t)
		by(s, sql.Count(sql.Distinct(s.C("id"))), t.C(n.code), t.C(n.name))
	}}
}

// own joins by a column of the list.
func own(column string) func(*sql.Selector, *sql.SelectTable) {
	return func(s *sql.Selector, to *sql.SelectTable) { s.Join(to).On(s.C(column), to.C("id")) }
}

// link joins by a table in between.
func link(table, from, there string) func(*sql.Selector, *sql.SelectTable) {
	return func(s *sql.Selector, to *sql.SelectTable) {
		j := sql.Table(table).As("between")
		s.Join(j).On(s.C("id"), j.C(from)).Join(to).On(j.C(there), to.C("id"))
	}
}

// taking joins the actors that have a role in the activities.
func taking(role term.ParticipationRole) func(*sql.Selector, *sql.SelectTable) {
	return func(s *sql.Selector, to *sql.SelectTable) {
		link("participations", "activity_id", "actor_id")(s, to)
		s.Where(sql.EQ(sql.Table("participations").As("between").C("role"), role))
	}
}

// governments joins the States whose money pays: that of their agencies is theirs.
func governments(s *sql.Selector, to *sql.SelectTable) {
	agency := sql.Table("actors").As("agency")
	taking(term.Funding)(s, agency)
	s.Join(to).On(agency.C("government_id"), to.C("id"))
}

// byRole counts actors by what they do in activities.
var byRole = dimension{field: "roles", group: func(s *sql.Selector, _ term.Date) {
	j := sql.Table("participations").As("between")
	s.Join(j).On(s.C("id"), j.C("actor_id"))
	by(s, sql.Count(sql.Distinct(s.C("id"))), j.C("role"))
}}

// byGroup counts activities by the groups whose members today they take place in.
var byGroup = dimension{field: "stateGroups", group: func(s *sql.Selector, _ term.Date) {
	j, m := sql.Table("activity_states").As("between"), sql.Table("memberships").As("membership")
	s.Join(j).On(s.C("id"), j.C("activity_id")).Join(m).On(j.C("state_id"), m.C("state_id"))
	s.Where(sql.And(sql.EQ(m.C("member"), true), sql.EQ(m.C("until"), "")))
	by(s, sql.Count(sql.Distinct(s.C("id"))), m.C("group"))
}}
