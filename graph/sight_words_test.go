package graph_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"adam/ent/migrate"
	"adam/graph/querygen"
	"adam/internal/access"
	"adam/internal/term"
)

// vocabulary is made of what is there, for some or for all, and of what is nowhere.
func (s seen) vocabulary(t testing.TB) querygen.Vocabulary {
	named := map[string][]string{
		"states": {"THA", "LAO", "KHM", "IDN", "THA", "LAO", "MDV", "QKR", "QKM", "QKG", "XXX"}, "chapters": {"THA", "LAO", "REGIONAL", "KHM", "THA", "MDV", "QKR", "QKM", "XXX"},
		"donorStates": {"AUS", "AUS", "USA", "JPN", "QKR", "QKM"}, "currency": {"AUD", "THB", "XXX"},
		"text": {"quokka", "quoka", "quokk", "training quokka", "trafficking thailand", "imigration", "land of quokka", "ค้ามนุษย์", "q", "", "quokka shelter"},
	}
	named["code"] = named["chapters"]
	for _, f := range s.World.Rows {
		key := f.Canary
		if key == "" {
			continue
		}
		field, _, _ := strings.Cut(strings.TrimPrefix(f.Label, "old-key-of-"), "-")
		named["Query."+field+".key"] = append(named["Query."+field+".key"], key)
		named["text"] = append(named["text"], key, key[len(key)-6:], "quokka "+key[len(key)-4:], strings.Replace(key, "r", "x", 1))
		if f.ID.Kind() == term.KindActor { // most of these are refused as unknown: as many well known ones stand beside them
			named["donors"] = append(named["donors"], key, "iom", "unodc", "ilo")
		}
	}
	named["implementers"] = named["donors"]
	w := querygen.Vocabulary{Named: named, Ints: []int{1, 2, 3, 4, 5, 99}, Scalar: map[string][]string{
		"Date": {"2019-06-30", "2026-11-24", "2009-05", "x"}, "PartialDate": {"2019", "2026-11"}, "ID": s.ids(t), "String": {"quokka", "iom", "THA"},
	}}
	for _, field := range []string{"activity", "actor", "law", "policy", "mechanism", "state"} {
		named["Query."+field+".key"] = append(named["Query."+field+".key"], "iom", "none-such")
	}
	named["Query.state.code"] = named["states"]
	return w
}

// ids are all of the fixture, some of every table, and some of nothing.
func (s seen) ids(t testing.TB) []string {
	out := []string{"law_0123456789ab", "actor_zzzzzzzzzzzz", "nothing", "activity_1"}
	for _, f := range s.World.Rows {
		out = append(out, f.ID.String())
	}
	ctx := access.With(context.Background(), access.Operator("Test"))
	for _, table := range slices.Sorted(maps.Keys(tablesWithIDs())) {
		var id int64
		rows, err := s.Store.DB.QueryContext(ctx, fmt.Sprintf(`SELECT id FROM "%s" ORDER BY id LIMIT 5`, table))
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			if err := rows.Scan(&id); err != nil {
				t.Fatal(err)
			}
			out = append(out, term.ID(id).String())
		}
		_ = rows.Close()
	}
	return out
}

// tablesWithIDs are those whose rows have an identifier.
func tablesWithIDs() map[string]bool {
	out := map[string]bool{}
	for _, t := range migrate.Tables {
		if len(t.PrimaryKey) == 1 {
			out[t.Name] = true
		}
	}
	return out
}
