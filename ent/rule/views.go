//go:build !codegen

package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"adam/ent/migrate"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
)

// views writes the common table expressions that stand for tables: see Sighted.
type views struct {
	raw, dialect string
	rules        map[string]Table
	tables       map[string]*schema.Table

	mu    sync.Mutex
	known map[string]*sight // by the signature of a seer
}

// mostSights bounds the memory for what seers see: their expressions are written anew when it is full.
const mostSights = 1000

func newViews(schemaName, d string, rules map[string]Table) *views {
	v := &views{raw: schemaName + ".", dialect: d, rules: rules, tables: map[string]*schema.Table{}, known: map[string]*sight{}}
	for _, t := range migrate.Tables {
		v.tables[t.Name] = t
	}
	return v
}

// sight is how one seer sees each table.
type sight struct {
	bodies map[string]string   // SQL that stands for a table
	needs  map[string][]string // the tables that it names, as the seer sees them
}

// with is the beginning of a statement. Names are quoted: some, as overlaps, are words of SQL. It has an expression for each table that it names, after those that it rests on.
func (v *views) with(s Seer, query string) string {
	known := v.sightOf(s)
	var order []string
	done := map[string]bool{}
	var visit func(string)
	visit = func(table string) {
		if done[table] {
			return
		}
		done[table] = true
		for _, n := range known.needs[table] {
			visit(n)
		}
		order = append(order, table)
	}
	for _, word := range namesIn(query) {
		if v.tables[word] != nil {
			visit(word)
		}
	}
	if len(order) == 0 {
		return ""
	}
	var b strings.Builder
	for i, table := range order {
		b.WriteString([]string{"WITH ", ", "}[min(i, 1)])
		fmt.Fprintf(&b, "%q AS NOT MATERIALIZED (%s)", table, known.bodies[table])
	}
	b.WriteByte(' ')
	return strings.ReplaceAll(b.String(), "{person}", person(s))
}

// person is left open in what is kept for all seers who see alike but for it.
func person(s Seer) string {
	if s.Person == 0 {
		return "NULL"
	}
	return strconv.FormatInt(int64(s.Person), 10)
}

// namesIn lists the words of a statement that can be names, each once.
func namesIn(query string) []string {
	words := strings.FieldsFunc(strings.ToLower(query), func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	slices.Sort(words)
	return slices.Compact(words)
}

func (v *views) sightOf(s Seer) *sight {
	key := s.signature()
	v.mu.Lock()
	defer v.mu.Unlock()
	if known := v.known[key]; known != nil {
		return known
	}
	if len(v.known) >= mostSights {
		clear(v.known)
	}
	known := &sight{bodies: map[string]string{}, needs: map[string][]string{}}
	for name, t := range v.tables {
		r := v.rules[name]
		known.bodies[name], known.needs[name] = v.body(s, t, r)
		if r.Through != nil {
			r.Through = nil
			known.bodies[alone(name)], known.needs[alone(name)] = v.body(s, t, r)
		}
	}
	v.known[key] = known
	return known
}

// alone names what a seer would see of a table if no join table decided over its rows.
func alone(table string) string { return table + " alone" }

// target is what a row of a table must see at an end. The rows of a join table that decides over those at its end need
// not ask it again: where the other end is seen, the row itself is the one that is looked for.
func (v *views) target(table, to string) string {
	if th := v.rules[to].Through; th != nil && !th.Both && th.Table == table {
		return alone(to)
	}
	return to
}

// body is what a seer sees of a table by a rule, and the other tables that it depends on.
func (v *views) body(s Seer, t *schema.Table, r Table) (string, []string) {
	rows := ""
	if r.Rows != nil {
		rows = r.Rows(s)
	}
	if rows == "" {
		rows = "FALSE"
	}
	conditions, needs := []string{"(" + rows + ")"}, []string{}
	for _, fk := range t.ForeignKeys {
		column, to := fk.Columns[0], fk.RefTable.Name
		if to == t.Name || column.Nullable && !slices.Contains(r.Needs, column.Name) {
			continue
		}
		to = v.target(t.Name, to)
		there := fmt.Sprintf("EXISTS (SELECT 1 FROM %q p WHERE p.id = t.%s)", to, column.Name)
		if s.Whole { // the plus keeps the engine from beginning at an index, and from reading the table in its order
			there = fmt.Sprintf("+t.%s IN (SELECT p.id FROM %q p)", column.Name, to)
		}
		if column.Nullable {
			there = fmt.Sprintf("(t.%s IS NULL OR %s)", column.Name, there)
		}
		conditions, needs = append(conditions, there), append(needs, to)
	}
	if r.Anchors {
		var any []string
		for _, o := range owners {
			if name := o.kind.Table(); recordKinds[o.kind] != "" {
				any = append(any, fmt.Sprintf("t.kind = '%s' AND EXISTS (SELECT 1 FROM %q p WHERE p.id = t.id)", recordKinds[o.kind], name))
				needs = append(needs, name)
			}
		}
		conditions = append(conditions, "("+either(any...)+")")
	}
	if th := r.Through; th != nil {
		conditions, needs = append(conditions, th.condition(s.Whole)), append(needs, th.Of)
	}
	sql := fmt.Sprintf("SELECT %s FROM {raw}%q t WHERE %s", v.columns(s, t, r), t.Name, strings.Join(conditions, " AND "))
	return strings.NewReplacer("{raw}", v.raw, "{number}", "0").Replace(sql), needs
}

// condition is what a join table says of the row t.
func (th *Through) condition(whole bool) string {
	if whole && !th.Both {
		joined := fmt.Sprintf("SELECT j.%s FROM {raw}%s j", th.Own, th.Table)
		return fmt.Sprintf("(t.id NOT IN (%s) OR t.id IN (%s WHERE j.%s IN (SELECT p.id FROM %q p)))", joined, joined, th.Other, th.Of)
	}
	joined := fmt.Sprintf("SELECT 1 FROM {raw}%s j WHERE j.%s = t.id", th.Table, th.Own)
	seen := fmt.Sprintf("EXISTS (SELECT 1 FROM %q p WHERE p.id = j.%s)", th.Of, th.Other)
	if th.Both {
		return fmt.Sprintf("(SELECT count(*) FROM {raw}%s j WHERE j.%s = t.id) >= 2 AND NOT EXISTS (%s AND NOT %s)", th.Table, th.Own, joined, seen)
	}
	return fmt.Sprintf("(NOT EXISTS (%s) OR EXISTS (%s AND %s))", joined, joined, seen)
}

// columns lists the columns of a table with what the seer gets in the place of those that are replaced.
func (v *views) columns(s Seer, t *schema.Table, r Table) string {
	instead, marks := map[string]string{}, []string{}
	for _, p := range r.Replace {
		when := p.When(s)
		if when == "" {
			continue
		}
		if p.Column != "" {
			instead[p.Column] = fmt.Sprintf("CASE WHEN %s THEN %s ELSE t.%s END", when, p.As, p.Column)
		}
		if p.Mark != "" {
			if p.Column != "" {
				when = fmt.Sprintf("(%s) AND t.%s IS NOT NULL", when, p.Column)
			}
			marks = append(marks, fmt.Sprintf("CASE WHEN %s THEN ',\"%s\"' ELSE '' END", when, p.Mark))
		}
	}
	if len(marks) > 0 {
		list := "'[' || substr(" + strings.Join(marks, " || ") + ", 2) || ']'"
		if v.dialect == dialect.Postgres {
			list = "(" + list + ")::jsonb"
		}
		instead["withheld"] = list
	}
	if len(instead) == 0 {
		return "t.*"
	}
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = fmt.Sprintf(`t."%s"`, c.Name)
		if sql := instead[c.Name]; sql != "" {
			out[i] = fmt.Sprintf(`%s AS "%s"`, sql, c.Name)
		}
	}
	return strings.Join(out, ", ")
}
