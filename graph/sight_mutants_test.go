package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/rule"
	"adam/graph/querygen"
	"adam/internal/access"

	entsql "entgo.io/ent/dialect/sql"
)

// mutant is a set of rules of which one was broken.
type mutant struct {
	name, table string
	broken      rule.Table
}

// mutants breaks every rule of reading in every one of its aspects.
func (s *sight) mutants() []mutant {
	var out []mutant
	all := rule.Tables()
	always := func(rule.Seer) string { return rule.EveryRow }
	for _, table := range slices.Sorted(maps.Keys(all)) {
		add := func(aspect string, change func(*rule.Table)) {
			r := all[table]
			change(&r)
			out = append(out, mutant{table + " " + aspect, table, r})
		}
		if s.limits(all[table].Rows) {
			add("rows", func(r *rule.Table) { r.Rows = always })
		}
		for i, column := range all[table].Needs {
			add("needs "+column, func(r *rule.Table) { r.Needs = slices.Delete(slices.Clone(r.Needs), i, i+1) })
		}
		if all[table].Through != nil {
			add("through", func(r *rule.Table) { r.Through = nil })
		}
		if all[table].Anchors {
			add("anchors", func(r *rule.Table) { r.Anchors = false })
		}
		for i, p := range all[table].Replace {
			add("replace "+p.Column+" "+p.Mark, func(r *rule.Table) { r.Replace = slices.Delete(slices.Clone(r.Replace), i, i+1) })
		}
	}
	for _, table := range slices.Sorted(maps.Keys(rule.Private)) {
		out = append(out, mutant{table + " private", table, rule.Table{Rows: always}})
	}
	return out
}

// limits tells whether a condition hides a row from some viewer.
func (s *sight) limits(c rule.Condition) bool {
	return slices.ContainsFunc(everyone.each(), func(v who) bool { return c(rule.Seer{Viewer: s.world.viewer(v)}) != rule.EveryRow })
}

// client reads the real database under some rules.
func (s *sight) client(rules map[string]rule.Table) *ent.Client {
	return ent.NewClient(ent.Driver(rule.Sighted(entsql.OpenDB(s.store.Dialect, s.store.DB), "main", rules)))
}

// unseen are the rules that no question shows broken, each with the reason. They are asked of the tables themselves.
var unseen = map[string]string{
	"provisions rows": "the elements of a law say WITHHELD by its mark before any provision is read; no identifier leads to one",
}

// editionsOnly are the rules that hold in editions only, which know their number; package edition tests them.
var editionsOnly = map[string]string{
	"editions replace status ": "the working store is no edition: none of its rows is the one that answers",
}

func init() {
	for _, table := range []string{"states", "actors", "laws", "policies", "coordination_mechanisms", "activities", "needs"} {
		for _, column := range []string{"created_by", "updated_by"} {
			unseen[table+" replace "+column+" "] = "the schema has no such field"
		}
	}
	for _, table := range accounts {
		unseen[table+" private"] = "no field of the schema reads it with the client of the viewer: package people and package audit do, as the program"
	}
}

// A harness that finds nothing proves nothing: with any one of the rules broken, some question must be answered otherwise.
func TestSightEveryBrokenRuleOfReadingIsNoticed(t *testing.T) {
	s := seen(t)
	whole := s.client(rule.Tables())
	known := map[string][]byte{}
	questions := s.portraits()
	mutants, killed := s.mutants(), 0
	for _, m := range mutants {
		if editionsOnly[m.name] != "" {
			continue
		}
		rules := rule.Tables()
		if strings.HasSuffix(m.name, " private") { // their rows fall with a person or an entry: two doors, one behind the other
			rules["people"], rules["log_entries"] = m.broken, m.broken
		}
		rules[m.table] = m.broken
		var noticed string
		if unseen[m.name] != "" {
			noticed = s.inTheTable(t, m, whole, s.client(rules))
		} else {
			noticed = s.notice(m, questions, known, whole, s.client(rules))
		}
		if noticed == "" {
			t.Errorf("nobody notices that this rule is broken: %s", m.name)
			continue
		}
		killed++
		t.Logf("%s: %s", m.name, noticed)
	}
	t.Logf("%d of %d mutants killed", killed, len(mutants)-len(editionsOnly))
}

// witnesses are the viewers who are asked; the others see what some of these do.
const witnesses = anonymous | member | unodc | iom | tha | coordinator | desk

// notice asks until somebody gets another answer than under the whole rules.
func (s *sight) notice(m mutant, questions []querygen.Query, known map[string][]byte, whole, broken *ent.Client) string {
	for _, q := range s.nearest(m, questions) {
		for _, v := range witnesses.each() {
			ask := func(c *ent.Client) []byte {
				viewer := s.world.viewer(v)
				return answered(graphQL.Ask(viewer, &Side{Store: s.store, Data: s.store, Client: c, Audience: viewer.Audience}, q)).body
			}
			key := v.String() + q.Text
			if known[key] == nil {
				known[key] = ask(whole)
			}
			if got := ask(broken); string(got) != string(known[key]) {
				return v.String()
			}
		}
	}
	return ""
}

// nearest puts the questions about the rows of a table first, and leaves out those of other tables.
func (s *sight) nearest(m mutant, questions []querygen.Query) []querygen.Query {
	ids := map[string]bool{}
	for _, f := range s.world.rows {
		if f.id.Kind().Table() == m.table {
			ids[f.id.String()] = true
		}
	}
	var near, far []querygen.Query
	for _, q := range questions {
		first, _, nodes := strings.Cut(strings.TrimPrefix(q.Text, `{ nodes(ids: ["`), `"`)
		switch {
		case strings.HasPrefix(q.Text, "{ nodes") && nodes && ids[first]:
			near = append(near, q)
		case !strings.HasPrefix(q.Text, "{ nodes"):
			far = append(far, q)
		}
	}
	return append(near, far...)
}

// inTheTable reads the table itself as the viewers: there are more rows, or other values.
func (s *sight) inTheTable(t *testing.T, m mutant, whole, broken *ent.Client) string {
	for _, v := range everyone.each() {
		if a, b := s.digest(t, v, m.table, whole), s.digest(t, v, m.table, broken); a != b {
			return fmt.Sprintf("%s, in the table itself", v)
		}
	}
	return ""
}

// digest is all that a viewer reads of a table, as one text.
func (s *sight) digest(t *testing.T, v who, table string, c *ent.Client) string {
	t.Helper()
	rows, err := c.QueryContext(access.With(t.Context(), s.world.viewer(v)), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		var line strings.Builder
		for _, v := range values {
			fmt.Fprint(&line, *v.(*any), "\x00")
		}
		lines = append(lines, line.String())
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
