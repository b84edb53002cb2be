package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"adam/ent"
	"adam/internal/store"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// statements are what a catalogue asks its database.
type statements struct {
	sync.Mutex
	all []string
}

// listened gives a catalogue over the same database that writes down what it asks.
func listened(a *api) (*api, *statements) {
	var s statements
	driver := dialect.DebugWithContext(entsql.OpenDB(a.store.Dialect, a.store.DB), func(_ context.Context, words ...any) {
		s.Lock()
		defer s.Unlock()
		s.all = append(s.all, fmt.Sprint(words...))
	})
	return &api{a.handler, &store.Store{DB: a.store.DB, Dialect: a.store.Dialect, Client: ent.NewClient(ent.Driver(driver))}}, &s
}

// during gives what was asked while do ran.
func (s *statements) during(do func()) []string {
	s.Lock()
	s.all = nil
	s.Unlock()
	do()
	s.Lock()
	defer s.Unlock()
	return slices.Clone(s.all)
}

func TestAnOperationAsksTheDatabaseAFewTimesHoweverManyRecordsItShows(t *testing.T) {
	each(t, func(t *testing.T, shared *api) {
		a, asked := listened(shared)
		for _, op := range []struct {
			name       string
			small, big map[string]any
			most       int
		}{
			{"States", nil, nil, 18}, // eight, and five more where its loader has to ask twice
			{"Chapter", map[string]any{"code": "MDV"}, map[string]any{"code": "THA"}, 25},
			{"Activities", map[string]any{"first": 5}, map[string]any{"first": 50}, 12},
			{"Search", map[string]any{"text": "trafficking", "first": 10}, map[string]any{"text": "trafficking", "first": 50}, 12},
			{"Gaps", map[string]any{"theme": "SMUGGLING"}, map[string]any{"theme": "TRAFFICKING"}, 16},
			{"GapFindings", map[string]any{"theme": "SMUGGLING", "states": []string{"THA"}}, map[string]any{"theme": "SMUGGLING"}, 19},
		} {
			t.Run(op.name, func(t *testing.T) {
				few := asked.during(func() { a.want(t, operation(t, op.name), op.small, &struct{}{}) })
				many := asked.during(func() { a.want(t, operation(t, op.name), op.big, &struct{}{}) })
				for range 2 { // on a busy machine a loader may miss some of those who ask it: the fewest are what the program means
					if again := asked.during(func() { a.want(t, operation(t, op.name), op.big, &struct{}{}) }); len(again) < len(many) {
						many = again
					}
				}
				t.Logf("%s: %d statements", op.name, len(many))
				if len(many) > op.most || len(many) == 0 {
					t.Errorf("%d statements, at most %d are meant:\n%.6000s", len(many), op.most, strings.Join(many, "\n"))
				}
				if len(few) < len(many)-6 { // a small answer may lack a type of record, and a loader may ask twice
					t.Errorf("%d statements for a small answer, %d for a large one:\n%.6000s", len(few), len(many), strings.Join(many, "\n"))
				}
			})
		}
	})
}

// Below a list, every list is read for all parents at once. Sources come through a loader that waits a moment for
// others to ask: how often it asks is a matter of time.
func TestNestedListsAreReadForAllParentsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, shared *api) {
		a, asked := listened(shared)
		for q, most := range map[string]int{
			`chapters(first: %d) { edges { node { laws(first: 2) { totalCount edges { node { elements { coverage } chapters { title } state { name } } } } } } }`:            8,
			`activities(first: %d) { edges { node { sources { title } donors { id } partners { key } chapters { code } states { name } } } }`:                                10,
			`laws(first: %d) { edges { node { penalties { years } amendments { title amendingLaw { key } } replacedBy { key } replaces { key } } } }`:                        8,
			`mechanisms(first: %d) { edges { node { members { state { name } actor { name } } chapters { title } } } }`:                                                      6,
			`actors(first: %d) { edges { node { parent { name } children { key } government { code } participations(first: 3) { edges { node { activity { key } } } } } } }`: 9,
		} {
			few, _ := asked.apart(func() { a.want(t, fmt.Sprintf("{"+q+"}", 4), nil, &struct{}{}) })
			many, sources := asked.apart(func() { a.want(t, fmt.Sprintf("{"+q+"}", 15), nil, &struct{}{}) })
			if len(many) > most || len(many) > len(few)+2 || sources > 10 {
				t.Errorf("%s\nneeds %d statements for 4 records, %d and %d for sources for 15, at most %d are meant:\n%.4000s",
					q, len(few), len(many), sources, most, strings.Join(many, "\n"))
			}
		}
	})
}

// apart gives what was asked, and how often sources were asked for.
func (s *statements) apart(do func()) (all []string, sources int) {
	all = s.during(do)
	n := len(all)
	all = slices.DeleteFunc(all, func(q string) bool {
		return strings.Contains(q, "FROM `sources`") || strings.Contains(q, `FROM "sources"`)
	})
	return all, n - len(all)
}
