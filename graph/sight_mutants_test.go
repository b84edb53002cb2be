package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/migrate"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/sight"

	entsql "entgo.io/ent/dialect/sql"
)

// client reads the real database under some rules.
func (s seen) client(rules map[string]rule.Table) *ent.Client {
	return ent.NewClient(ent.Driver(rule.Sighted(entsql.OpenDB(s.Store.Dialect, s.Store.DB), "main", rules)))
}

// unseen are the rules that no question shows broken, each with the reason. They are asked of the tables themselves.
var unseen = map[string]string{
	"concept_dismissals rows": "flags and who dismissed them are told to whoever may correct the record, who alone sees the rows: two doors, one behind the other",
	"provisions rows":         "the elements of a law say WITHHELD by its mark before any provision is read; no identifier leads to one",
}

// editionsOnly are the rules that hold in editions only, which know their number; package edition tests them.
var editionsOnly = map[string]string{
	"editions replace status ": "the working store is no edition: none of its rows is the one that answers",
	"disputes replace person ": "the working store knows by the person who may retract a dispute",
}

func init() {
	for _, table := range []string{"states", "actors", "laws", "policies", "coordination_mechanisms", "activities", "needs"} {
		for _, column := range []string{"created_by", "updated_by"} {
			unseen[table+" replace "+column+" "] = "the schema has no such field"
		}
	}
	for _, name := range []string{"review_cycles replace completed_by ", "review_items replace person ", "review_items replace input ", "need_offers replace person ",
		"overlaps replace person ", "overlaps replace compared ", "overlaps replace merge ", "overlaps replace assigned_to ", "overlaps replace lesson "} {
		unseen[name] = "the schema has no such field"
	}
	unseen["overlaps replace seen "] = "only the working store explains pairs"
	unseen["review_cycles replace nothing_planned "] = "the field is null wherever the signatory is withheld"
	for _, table := range sight.Accounts {
		unseen[table+" private"] = "no field of the schema reads it with the client of the viewer: package people and package audit do, as the program"
	}
}

// A harness that finds nothing proves nothing: with any one of the rules broken, some question must be answered otherwise.
func TestSightEveryBrokenRuleOfReadingIsNoticed(t *testing.T) {
	s := seenBy(t)
	whole := s.client(rule.Tables())
	known := map[string][]byte{}
	questions := s.portraits()
	mutants, killed := s.Mutants(), 0
	for _, m := range mutants {
		if editionsOnly[m.Name] != "" {
			continue
		}
		rules := rule.Tables()
		if strings.HasSuffix(m.Name, " private") { // their rows fall with a person, an entry or an import: two doors, one behind the other
			rules["people"], rules["log_entries"], rules["imports"] = m.Broken, m.Broken, m.Broken
		}
		rules[m.Table] = m.Broken
		var noticed string
		if unseen[m.Name] != "" {
			noticed = s.inTheTable(t, m, whole, s.client(rules))
		} else {
			noticed = s.notice(m, questions, known, whole, s.client(rules))
		}
		if noticed == "" {
			t.Errorf("nobody notices that this rule is broken: %s", m.Name)
			continue
		}
		killed++
		t.Logf("%s: %s", m.Name, noticed)
	}
	t.Logf("%d of %d mutants killed", killed, len(mutants)-len(editionsOnly))
}

// witnesses are the viewers who are asked; the others see what some of these do.
const witnesses = sight.Anonymous | sight.Member | sight.UNODC | sight.IOM | sight.THA | sight.Coordinator | sight.Desk

// notice asks until somebody gets another answer than under the whole rules.
func (s seen) notice(m sight.Mutant, questions []question, known map[string][]byte, whole, broken *ent.Client) string {
	for _, q := range s.nearest(m, questions) {
		for _, v := range witnesses.Each() {
			ask := func(c *ent.Client) []byte {
				side := &sight.Side{Store: s.Store, Data: s.Store, Client: c, Audience: s.World.Viewer(v).Audience}
				return s.graphQL().Send(v, side, q).Body
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
func (s seen) nearest(m sight.Mutant, questions []question) []question {
	ids := map[string]bool{}
	for _, f := range s.World.Rows {
		if f.ID.Kind().Table() == m.Table {
			ids[f.ID.String()] = true
		}
	}
	var near, far []question
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
func (s seen) inTheTable(t *testing.T, m sight.Mutant, whole, broken *ent.Client) string {
	for _, v := range sight.Everyone.Each() {
		ctx := access.With(t.Context(), s.World.Viewer(v))
		if a, b := digest(ctx, t, m.Table, whole), digest(ctx, t, m.Table, broken); a != b {
			return fmt.Sprintf("%s, in the table itself", v)
		}
	}
	return ""
}

// Whoever reads whole tables sees no other rows than whoever looks at each, and no other values.
func TestSightNoTableReadWholeShowsMore(t *testing.T) {
	s := seenBy(t)
	c := s.client(rule.Tables())
	for _, table := range migrate.Tables {
		for _, v := range sight.Everyone.Each() {
			ctx := access.With(t.Context(), s.World.Viewer(v))
			if digest(ctx, t, table.Name, c) != digest(rule.ReadingWhole(ctx), t, table.Name, c) {
				t.Errorf("%s reads another table %s at once than row by row", v, table.Name)
			}
		}
	}
}

// digest is all that the viewer in a context reads of a table, as one text.
func digest(ctx context.Context, t *testing.T, table string, c *ent.Client) string {
	t.Helper()
	rows, err := c.QueryContext(ctx, "SELECT * FROM "+table)
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
