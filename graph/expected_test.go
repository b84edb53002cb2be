package graph_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"adam/internal/term"
	"adam/seed"
)

// difference is the first place where two answers differ; "" where they don't.
func difference(path string, got, want any) string {
	switch w := want.(type) {
	case object:
		g, ok := got.(object)
		if !ok {
			break
		}
		for k := range w {
			if d := difference(path+"."+k, g[k], w[k]); d != "" {
				return d
			}
		}
		for k := range g {
			if _, ok := w[k]; !ok {
				return path + "." + k + " is there and is not expected"
			}
		}
		return ""
	case array:
		g, ok := got.(array)
		if !ok || len(g) != len(w) {
			break
		}
		for i := range w {
			if d := difference(fmt.Sprintf("%s[%d]", path, i), g[i], w[i]); d != "" {
				return d
			}
		}
		return ""
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Sprintf("%s: got %s, want %s", path, brief(got), brief(want))
	}
	return ""
}

func (f *facts) state(s seed.State) object {
	var status string
	for _, c := range f.Chapters {
		if c.Code == s.ISO3 {
			status = strings.ToUpper(c.Starts)
		}
	}
	n := float64(f.recordsIn(s.ISO3))
	return object{"code": s.ISO3, "name": s.Name, "chapter": object{
		"code": s.ISO3, "status": status,
		"verification": object{"status": "UNVERIFIED", "by": nil, "on": nil, "until": nil},
		"progress":     object{"total": n, "confirmed": 0.0, "corrected": 0.0, "disputed": 0.0, "withdrawn": 0.0, "pending": n},
	}}
}

func TestTheStatesAreThoseOfTheFiles(t *testing.T) {
	f := readFacts(t)
	all := sortedBy(f.States, term.KindState, func(s seed.State) string { return s.Name }, func(s seed.State) string { return s.ISO3 })
	want := object{"states": connection(all, f.state)}
	each(t, func(t *testing.T, a *api) {
		var got any
		a.want(t, operation(t, "States"), nil, &got)
		if d := difference("data", got, want); d != "" {
			t.Error(d)
		}
	})
}

func (f *facts) chapter(c seed.Chapter) object {
	return object{"code": c.Code, "title": c.Title, "status": strings.ToUpper(c.Starts), "currentCycle": nil,
		"actors": connection(f.actorsIn(c.Code), func(a seed.Actor) object {
			return object{"key": a.Key, "name": a.Name, "acronym": text(a.Acronym), "kind": strings.ToUpper(a.Kind)}
		}),
		"laws": connection(f.lawsIn(c.Code), func(l seed.Law) object {
			return object{"key": l.Key, "title": l.Title, "number": text(l.Number), "adoptedOn": text(l.Adopted), "status": strings.ToUpper(l.Status),
				"themes": themes(l.Themes), "elements": coverage(l), "sources": sources(l.Sources), "verification": object{"status": "UNVERIFIED"}}
		}),
		"policies": connection(f.policiesIn(c.Code), func(p seed.Policy) object {
			return object{"key": p.Key, "title": p.Title, "periodFrom": year(p.PeriodFrom), "periodTo": year(p.PeriodTo), "themes": themes(p.Themes)}
		}),
		"mechanisms": connection(f.mechanismsIn(c.Code), func(m seed.Mechanism) object {
			return object{"key": m.Key, "name": m.Name, "level": strings.ToUpper(m.Scope)}
		}),
		"activities": connection(f.activitiesIn(c.Code), func(a seed.Activity) object {
			return object{"key": a.Key, "title": a.Title, "status": statuses[a.Status], "startOn": text(a.Start), "endOn": text(a.End)}
		}),
	}
}

// statuses are IATI's for the words of the file.
var statuses = map[string]string{"completed": "CLOSED", "ongoing": "IMPLEMENTATION", "unknown": "UNKNOWN"}

func TestEveryChapterHoldsWhatTheFilesSay(t *testing.T) {
	f := readFacts(t)
	each(t, func(t *testing.T, a *api) {
		for _, c := range f.Chapters {
			var got any
			a.want(t, operation(t, "Chapter"), map[string]any{"code": c.Code}, &got)
			if d := difference("data", got, object{"chapter": f.chapter(c)}); d != "" {
				t.Errorf("%s: %s", c.Code, d)
			}
		}
		if len(f.Chapters) != 15 {
			t.Errorf("%d chapters", len(f.Chapters))
		}
	})
}

// activity is an activity as the operation Activities shows it.
func (f *facts) activity(a seed.Activity) object {
	states, donors, implementers := array{}, array{}, array{}
	for _, code := range append(slices.Clone(a.Countries), a.OtherCountries...) {
		states = append(states, object{"code": code, "name": f.names[code]})
	}
	var paying []string
	for _, d := range a.Donors {
		if !slices.Contains(paying, d.Actor) {
			paying = append(paying, d.Actor)
			donors = append(donors, f.named(d.Actor))
		}
	}
	for _, key := range a.Implementers {
		implementers = append(implementers, f.named(key))
	}
	return object{"id": term.HashID(term.KindActivity, a.Key).String(), "key": a.Key, "title": a.Title, "summary": a.Summary, "themes": themes(a.Themes),
		"assistanceTypes": capitals(a.AssistanceTypes), "targetAudiences": capitals(a.TargetAudiences), "status": statuses[a.Status],
		"startOn": text(a.Start), "endOn": text(a.End), "states": states, "donors": donors, "implementers": implementers,
		"fundings": f.money(a), "overlaps": object{"totalCount": 0.0}}
}

func (f *facts) named(key string) object { return object{"key": key, "name": f.actors[key].Name} }

// money is the lines of an activity by value date, the unknown ones first, then by identifier.
func (f *facts) money(a seed.Activity) object {
	type line struct {
		seed.Donor
		id term.ID
	}
	var lines []line
	for i, d := range a.Donors {
		lines = append(lines, line{d, term.HashID(term.KindFunding, a.Key, strconv.Itoa(i))})
	}
	slices.SortFunc(lines, func(x, y line) int {
		on := func(l line) string { s, _ := year(l.Year).(string); return s }
		return cmp.Or(cmp.Compare(on(x), on(y)), cmp.Compare(x.id, y.id))
	})
	return connection(lines, func(l line) object {
		return object{"kind": nil, "amount": plain(l.Amount), "currency": text(l.Currency), "valueOn": year(l.Year), "provider": f.named(l.Actor)}
	})
}

// plain is an amount without needless zeros.
func plain(n *json.Number) any {
	if n == nil {
		return nil
	}
	if whole, fraction, point := strings.Cut(n.String(), "."); point {
		return strings.TrimSuffix(whole+"."+strings.TrimRight(fraction, "0"), ".")
	}
	return n.String()
}
