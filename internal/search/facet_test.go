package search_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/state"
	"adam/internal/fault"
	"adam/internal/search"
	"adam/internal/term"
	"adam/internal/testdb"
)

// faceted is a list that can be counted by the values of its filter.
type faceted[F any] struct {
	facets func(context.Context, *ent.Client, *F, search.Facets) ([]*search.Facet, error)
	count  func(context.Context, *ent.Client, *F) (int, error)
}

func countOf[F any, Q interface {
	Count(context.Context) (int, error)
}](find func(context.Context, *ent.Client, *F) (Q, error)) func(context.Context, *ent.Client, *F) (int, error) {
	return func(ctx context.Context, c *ent.Client, f *F) (int, error) {
		q, err := find(ctx, c, f)
		if err != nil {
			return 0, err
		}
		return q.Count(ctx)
	}
}

// values are all that a field of a filter may be asked for.
func values(t *testing.T, l *loaded, field string, of reflect.Type) []string {
	t.Helper()
	ctx := testdb.Context(t)
	var out []string
	var err error
	switch field {
	case "states", "donorStates":
		out, err = l.Client.State.Query().Select(state.FieldCode).Strings(ctx)
	case "chapters":
		out, err = l.Client.Chapter.Query().Select(chapter.FieldCode).Strings(ctx)
	case "donors", "implementers":
		out, err = l.Client.Actor.Query().Select(actor.FieldKey).Strings(ctx)
	case "verified":
		out = []string{"true", "false"}
	default:
		out = reflect.New(of.Elem()).Elem().Interface().(interface{ Values() []string }).Values()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// choose sets a field of a filter to one value.
func choose[F any](f F, field, value string) F {
	v := reflect.ValueOf(&f).Elem().FieldByName(strings.ToUpper(field[:1]) + field[1:])
	if field == "verified" {
		v.Set(reflect.ValueOf(ptr(value == "true")))
		return f
	}
	list := reflect.MakeSlice(v.Type(), 1, 1)
	list.Index(0).SetString(value)
	v.Set(list)
	return f
}

// agree compares each facet with one plain count for each value that there is, whatever else the filter chooses.
func (x faceted[F]) agree(t *testing.T, l *loaded, f F) (counted int) {
	t.Helper()
	ctx := testdb.Context(t)
	got, err := x.facets(ctx, l.Client, &f, search.Facets{First: ptr(100)})
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	for _, facet := range got {
		of, _ := reflect.TypeFor[F]().FieldByName(strings.ToUpper(facet.Field[:1]) + facet.Field[1:])
		counts, total := map[string]int{}, 0
		for _, v := range facet.Values {
			counts[v.Code] = v.Count
			if named := slices.Contains([]string{"states", "donorStates", "chapters", "donors", "implementers"}, facet.Field); named != (v.Name != nil) {
				t.Errorf("%s %s is named: %v", facet.Field, v.Code, v.Name)
			}
		}
		for _, value := range values(t, l, facet.Field, of.Type) {
			want, err := x.count(ctx, l.Client, ptr(choose(f, facet.Field, value)))
			if err != nil {
				t.Fatal(err)
			}
			if want > 0 {
				total++
			}
			if n, has := counts[value]; n != want && (has || facet.Total <= 100) {
				t.Errorf("%+v: %d rows have %s %s, counted are %d", f, n, facet.Field, value, want)
			}
		}
		if facet.Total != total {
			t.Errorf("%+v: %s has %d values, counted are %d", f, facet.Field, facet.Total, total)
		}
		counted += total
	}
	return counted
}

func TestFacetsAgreeWithPlainCounts(t *testing.T) {
	text, yes := "trafficking", true
	onEach(t, func(t *testing.T, l *loaded) {
		laws := faceted[search.LawFilter]{search.LawFacets, countOf(search.Laws)}
		policies := faceted[search.PolicyFilter]{search.PolicyFacets, countOf(search.Policies)}
		mechanisms := faceted[search.CoordinationMechanismFilter]{search.MechanismFacets, countOf(search.Mechanisms)}
		actors := faceted[search.ActorFilter]{search.ActorFacets, countOf(search.Actors)}
		activities := faceted[search.ActivityFilter]{search.ActivityFacets, countOf(search.Activities)}
		for what, counted := range map[string]int{
			"laws":             laws.agree(t, l, search.LawFilter{}),
			"laws chosen":      laws.agree(t, l, search.LawFilter{States: []string{"THA", "LAO"}, Themes: []term.Theme{term.Trafficking}, Text: &text}),
			"policies":         policies.agree(t, l, search.PolicyFilter{}),
			"policies chosen":  policies.agree(t, l, search.PolicyFilter{Chapters: []string{"THA", "REGIONAL"}, Status: []term.PolicyStatus{term.PolicyStatus("CURRENT")}}),
			"mechanisms":       mechanisms.agree(t, l, search.CoordinationMechanismFilter{}),
			"with topics":      mechanisms.agree(t, l, search.CoordinationMechanismFilter{States: []string{"THA"}, Topics: all[term.Topic]()[:3]}),
			"actors":           actors.agree(t, l, search.ActorFilter{}),
			"actors chosen":    actors.agree(t, l, search.ActorFilter{Roles: []term.ParticipationRole{term.Funding}, States: []string{"AUS"}}),
			"activities":       activities.agree(t, l, search.ActivityFilter{}),
			"activities of":    activities.agree(t, l, search.ActivityFilter{States: []string{"THA"}, DonorStates: []string{"AUS"}, Themes: []term.Theme{term.Trafficking}, Text: &text}),
			"activities by":    activities.agree(t, l, search.ActivityFilter{Donors: []string{"australia-dfat"}, ActiveFrom: ptr(term.Date("2015-01-01"))}),
			"nothing verified": activities.agree(t, l, search.ActivityFilter{Verified: &yes}),
		} {
			if counted == 0 {
				t.Errorf("%s: nothing was counted", what)
			}
		}
	})
}

// Of very many values the most frequent are given, with how many there are, and in any case those that are chosen.
func TestAFacetIsCutButKeepsWhatIsChosen(t *testing.T) {
	onEach(t, func(t *testing.T, l *loaded) {
		ctx := testdb.Context(t)
		ask := func(f search.ActivityFilter, first int) *search.Facet {
			got, err := search.ActivityFacets(ctx, l.Client, &f, search.Facets{Of: []string{"implementers"}, First: &first})
			if err != nil || len(got) != 1 || got[0].Field != "implementers" {
				t.Fatalf("%+v, %v", got, err)
			}
			return got[0]
		}
		all := ask(search.ActivityFilter{}, 100)
		if all.Total < 20 || all.Values[0].Count < all.Values[9].Count {
			t.Fatalf("%d implementers", all.Total)
		}
		top := ask(search.ActivityFilter{}, 5)
		if top.Total != all.Total || !reflect.DeepEqual(top.Values, all.Values[:5]) {
			t.Errorf("the first five are %s", shown(top))
		}
		rare, never := all.Values[len(all.Values)-1], "government-of-nobody"
		if never = l.Client.Actor.Query().Where(actor.Not(actor.HasParticipations())).FirstX(ctx).Key; never == "" {
			t.Fatal("every actor does something")
		}
		chosen := ask(search.ActivityFilter{Implementers: []string{rare.Code, never}}, 5)
		if got := shown(chosen); len(chosen.Values) != 5 || !strings.Contains(got, fmt.Sprint(rare.Code, " ", rare.Count)) || !strings.Contains(got, never+" 0") || chosen.Total != all.Total {
			t.Errorf("the chosen ones are not in %s", got)
		}
		for _, v := range chosen.Values {
			if v.Name == nil || *v.Name == "" {
				t.Errorf("%s has no name", v.Code)
			}
		}
	})
}

func shown(f *search.Facet) string {
	parts := make([]string, len(f.Values))
	for i, v := range f.Values {
		parts[i] = fmt.Sprint(v.Code, " ", v.Count)
	}
	return strings.Join(parts, ", ")
}

func TestFacetsRefuseWhatTheyDoNotKnow(t *testing.T) {
	onEach(t, func(t *testing.T, l *loaded) {
		for _, c := range []struct {
			want  search.Facets
			f     *search.LawFilter
			field string
		}{
			{search.Facets{Of: []string{"states", "donors"}, First: ptr(5)}, nil, "of"}, {search.Facets{First: ptr(0)}, nil, "first"}, {search.Facets{First: ptr(101)}, nil, "first"},
			{search.Facets{First: ptr(5)}, &search.LawFilter{States: []string{"XXX"}}, "filter.states"},
		} {
			_, err := search.LawFacets(testdb.Context(t), l.Client, c.f, c.want)
			if bad := fault.As(err); bad == nil || bad.Kind != fault.Invalid || !slices.Equal(bad.Fields, []string{c.field}) {
				t.Errorf("%+v: %v", c.want, err)
			}
		}
	})
}
