package edition

import (
	"strings"
	"testing"

	"adam/ent/migrate"
	"adam/ent/rule"
	"adam/internal/access"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

func TestEveryTableIsDeclaredForAudiencesOrPrivateForAReason(t *testing.T) {
	known := map[string]bool{}
	for _, table := range migrate.Tables {
		known[table.Name] = true
		_, declared := rules[table.Name]
		reason, isPrivate := rule.Private[table.Name]
		if declared == isPrivate {
			t.Errorf("%s: declared %v, private %v. Say in ent/rule who may see its rows, or why nobody may.", table.Name, declared, isPrivate)
		}
		if isPrivate && len(reason) < 10 {
			t.Errorf("%s is private without a reason", table.Name)
		}
	}
	for name := range rules {
		if !known[name] {
			t.Errorf("the rule for %s is about no table", name)
		}
	}
	for name := range rule.Private {
		if !known[name] {
			t.Errorf("%s is called private and is no table", name)
		}
	}
}

func TestRulesNameColumnsThatExist(t *testing.T) {
	for _, table := range migrate.Tables {
		r, declared := rules[table.Name]
		for _, name := range r.Needs {
			if i := at(table, name); i < 0 || !table.Columns[i].Nullable {
				t.Errorf("%s needs %s, which is no optional column", table.Name, name)
			}
		}
		for _, p := range r.Replace {
			if p.Column != "" && at(table, p.Column) < 0 {
				t.Errorf("%s has no column %s to replace", table.Name, p.Column)
			}
			if p.Mark != "" && at(table, "withheld") < 0 {
				t.Errorf("%s has no list for the mark %s", table.Name, p.Mark)
			}
		}
		if at(table, "visibility") >= 0 && declared && !strings.Contains(r.Rows(rule.Reader(access.Public)), "t.visibility") {
			t.Errorf("rows of %s have a visibility that their rule does not ask", table.Name)
		}
		if at(table, "withdrawn") >= 0 && !strings.Contains(r.Rows(rule.Reader(access.Members)), "NOT t.withdrawn") {
			t.Errorf("rows of %s can be withdrawn and their rule does not ask", table.Name)
		}
		for _, name := range []string{"created_by", "updated_by"} {
			if at(table, name) >= 0 && !replaces(r, name) {
				t.Errorf("%s shows %s in editions", table.Name, name)
			}
		}
		if i := at(table, "person"); i >= 0 && table.Columns[i].Type.Integer() && declared && r.Rows(rule.Reader(access.Members)) != "" && !replaces(r, "person") {
			t.Errorf("%s shows in editions which account wrote a row", table.Name)
		}
	}
}

func replaces(r rule.Table, column string) bool {
	for _, p := range r.Replace {
		if p.Column == column && p.When(rule.Reader(access.Members)) == rule.EveryRow {
			return true
		}
	}
	return false
}

func TestTheCopyKnowsEveryColumnAndAnOrder(t *testing.T) {
	order, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	if len(order) != len(migrate.Tables) {
		t.Fatalf("%d of %d tables", len(order), len(migrate.Tables))
	}
	seen := map[string]bool{}
	for _, table := range order {
		for _, p := range parents(table) {
			if !seen[p] && p != table.Name {
				t.Errorf("%s comes before %s", table.Name, p)
			}
		}
		seen[table.Name] = true
		for _, c := range table.Columns {
			if _, err := convert(sample(c.Type), c.Type); err != nil {
				t.Errorf("%s.%s: %v. Teach value.go the type.", table.Name, c.Name, err)
			}
		}
		for _, fk := range table.ForeignKeys {
			if len(fk.Columns) != 1 || fk.RefColumns[0].Name != "id" {
				t.Errorf("%s: a foreign key that is not one column to an id", table.Name)
			}
		}
	}
}

func sample(kind field.Type) any {
	switch {
	case kind == field.TypeBool:
		return true
	case kind == field.TypeJSON:
		return "[]"
	case kind == field.TypeBytes:
		return []byte{1}
	case kind.Float():
		return 1.5
	case kind.Integer():
		return int64(1)
	}
	return "text"
}

func TestACircleOfTablesIsRefused(t *testing.T) {
	id := &schema.Column{Name: "id", Type: field.TypeInt64}
	a := &schema.Table{Name: "a", Columns: []*schema.Column{id}, PrimaryKey: []*schema.Column{id}}
	b := &schema.Table{Name: "b", Columns: []*schema.Column{id}, PrimaryKey: []*schema.Column{id}}
	a.ForeignKeys = []*schema.ForeignKey{{Columns: []*schema.Column{id}, RefTable: b, RefColumns: []*schema.Column{id}}}
	b.ForeignKeys = []*schema.ForeignKey{{Columns: []*schema.Column{id}, RefTable: a, RefColumns: []*schema.Column{id}}}
	if _, err := parentsFirst([]*schema.Table{a, b}); err == nil {
		t.Error("a circle was given an order")
	}
}

func TestNamesOfFieldsAreThoseOfTheAPI(t *testing.T) {
	for column, want := range map[string]string{
		"parent_id": "parent", "replaced_by_id": "replacedBy", "secretariat_actor_id": "secretariatActor",
		"criminalises_trafficking": "criminalisesTrafficking", "seat": "seat", "part_of_id": "partOf",
	} {
		if got := rule.FieldName(column); got != want {
			t.Errorf("%s is called %s, want %s", column, got, want)
		}
	}
}

func TestJSONIsWrittenInOneWay(t *testing.T) {
	for raw, want := range map[string]string{
		`[]`: `[]`, `["A", "B"]`: `["A","B"]`, `[ "a b" ]`: `["a b"]`,
		`[{"to": "x", "from": null, "field": "a"}]`: `[{"field":"a","from":null,"to":"x"}]`,
		`["\u003cb\u003e"]`:                         `["<b>"]`,
		`["<b>"]`:                                   `["<b>"]`,
		`["\u00e9"]`:                                `["é"]`,
		`["é"]`:                                     `["é"]`,
		"[\"\u2028\"]":                              `["\u2028"]`,
		`["\u2028"]`:                                `["\u2028"]`,
		`{"b": 12345678901234567890, "a": {"d": 1.50, "c": true}}`: `{"a":{"c":true,"d":1.50},"b":12345678901234567890}`,
	} {
		if got, err := compact(raw); err != nil || got != want {
			t.Errorf("%s is written %s, want %s (%v)", raw, got, want, err)
		}
	}
	if _, err := compact(`[1`); err == nil {
		t.Error("half a list was taken for JSON")
	}
}
