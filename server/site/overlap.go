package site

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Overlap is the page of one pair, side by side: GET /overlaps/{id}.
func (s *Site) Overlap(r *http.Request) (*ui.Page, error) { return s.overlapPage(r, nil) }

// overlapPage shows a pair, with what was wrong with what was decided.
func (s *Site) overlapPage(r *http.Request, wrong *fault.Error) (*ui.Page, error) {
	ctx := r.Context()
	id, err := term.ParseID(r.PathValue("id"))
	if err != nil || id.Kind() != term.KindOverlap {
		return nil, nothing(ctx)
	}
	found, err := OverlapPair(ctx, s.api, id.String())
	if err != nil {
		return nil, said(err)
	}
	o := found.Overlap
	if o == nil || len(o.Activities) == 0 {
		return nil, nothing(ctx)
	}
	p := &ui.Page{Title: say.T(ctx, "overlap.title"), Wide: true, Script: acts(ctx), Body: overlapPage(o, doneSentence(ctx, r)), Wrong: wrong,
		Crumbs: []ui.Link{{Text: say.T(ctx, "overlaps.title"), Path: "/overlaps"}}}
	if wrong != nil {
		p.Status = statusOf(wrong)
	}
	return p, nil
}

// OverlapStep decides on a pair, or takes it to look at: POST /overlaps/{id}/{step}. What the API refuses is told above the
// page.
func (s *Site) OverlapStep(r *http.Request) (*ui.Page, error) {
	ctx, id, f := r.Context(), r.PathValue("id"), r.PostForm
	var err error
	switch step := r.PathValue("step"); step {
	case "settle":
		in := map[string]any{"overlap": id, "decision": f.Get("decision"), "reason": f.Get("reason")}
		for _, name := range []string{"relation", "keep"} {
			if v := f.Get(name); v != "" && wants(name, f.Get("decision"), f.Get("relation")) {
				in[name] = v
			}
		}
		if all := f["fields"]; len(all) > 0 && f.Get("decision") == string(term.DecidedSame) {
			in["fields"] = all
		}
		if in["version"], err = number(f.Get("version")); err == nil {
			_, err = ResolveOverlap(once(ctx, f.Get("once")), s.api, &in)
		}
	case "assign":
		_, err = AssignOverlap(once(ctx, f.Get("once")), s.api, &map[string]any{"overlap": id, "mine": f.Get("mine") == "true"})
	default:
		return nil, nothing(ctx)
	}
	if err == nil {
		return nil, ui.Goto(pairPath(id) + "?done=overlap." + r.PathValue("step"))
	}
	wrong := fault.As(said(err))
	if wrong == nil || wrong.Kind == fault.Unauthenticated || wrong.Kind == fault.NotFound {
		return nil, said(err)
	}
	return s.overlapPage(r, wrong)
}

// wants says whether a decision takes what a form offers for several of them.
func wants(name, decision, relation string) bool {
	related := decision == string(term.DecidedRelated)
	if name == "relation" {
		return related
	}
	return decision == string(term.DecidedSame) || related && relation == string(term.RelationPartOf)
}

// pairRow is one thing that both say, side by side.
type pairRow struct {
	label string
	of    []string
}

// differs says whether the two do not say the same.
func (r pairRow) differs() bool { return len(r.of) == 2 && r.of[0] != r.of[1] }

// rows are what a person compares first.
func (o *OverlapPage) rows(ctx context.Context) []pairRow {
	of := func(key string, say func(*PairSide) string) pairRow {
		row := pairRow{label: key}
		for _, a := range o.Activities {
			row.of = append(row.of, say(a))
		}
		return row
	}
	return []pairRow{
		of(say.T(ctx, "field.summary"), func(a *PairSide) string { return ui.Straight(a.Summary) }),
		of(say.T(ctx, "field.period"), func(a *PairSide) string { return say.Period(ctx, a.StartOn, a.EndOn) }),
		of(say.T(ctx, "field.states"), func(a *PairSide) string {
			return inLine(a.States, func(s *StateName) string { return s.Name })
		}),
		of(say.T(ctx, "field.donors"), func(a *PairSide) string { return inLine(a.Donors, actorName) }),
		of(say.T(ctx, "field.implementers"), func(a *PairSide) string { return inLine(a.Implementers, actorName) }),
		of(say.T(ctx, "activity.money"), func(a *PairSide) string { return a.money(ctx) }),
		of(say.T(ctx, "field.themes"), func(a *PairSide) string { return strings.Join(wordsOf(ctx, "Theme", a.Themes), ", ") }),
		of(say.T(ctx, "field.assistanceTypes"), func(a *PairSide) string {
			return strings.Join(wordsOf(ctx, "AssistanceType", a.AssistanceTypes), ", ")
		}),
		of(say.T(ctx, "field.targetAudiences"), func(a *PairSide) string { return strings.Join(wordsOf(ctx, "Audience", a.TargetAudiences), ", ") }),
		of(say.T(ctx, "field.status"), func(a *PairSide) string { return say.Word(ctx, "ActivityStatus", a.Status) }),
		of(say.T(ctx, "record.sources"), func(a *PairSide) string {
			return inLine(a.Sources, func(d *SourceLine) string { return ui.Straight(d.Title) })
		}),
	}
}

func inLine[T any](all []T, name func(T) string) string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = name(x)
	}
	return strings.Join(out, ", ")
}

// money are the first lines of money of one side.
func (a *PairSide) money(ctx context.Context) string {
	var out []string
	for _, e := range a.Fundings.Edges {
		if f := e.Node; f.Amount != "" {
			said := []string{say.Amount(ctx, f.Amount, f.Currency)}
			if f.Kind != "" {
				said = append(said, say.Word(ctx, "FundingKind", f.Kind))
			}
			if f.ValueOn != "" {
				said = append(said, say.Date(ctx, f.ValueOn))
			}
			out = append(out, strings.Join(said, " · "))
		}
	}
	return strings.Join(out, "; ")
}

// decisions are the answers to a pair in the order of their keys.
var decisions = []struct {
	key      string
	decision term.OverlapDecision
}{{"1", term.DecidedSame}, {"2", term.DecidedRelated}, {"3", term.DecidedOverlapping}, {"4", term.DecidedCoordinated}, {"5", term.OverlapDistinct}}

// takeable are the fields that may be taken from the record that goes.
var takeable = []string{"title", "summary", "startOn", "endOn", "status", "states", "donors", "implementers", "partners", "beneficiaries", "themes", "assistanceTypes", "targetAudiences", "deliveryModes", "results", "fundings"}

func relations(ctx context.Context) []ui.Choice {
	out := []ui.Choice{{Text: say.T(ctx, "overlap.relation.none")}}
	for _, r := range term.RelationKind("").Values() {
		out = append(out, ui.Choice{Value: r, Text: say.Word(ctx, "RelationKind", term.RelationKind(r))})
	}
	return out
}

func (o *OverlapPage) kept(ctx context.Context) []ui.Choice {
	out := []ui.Choice{{Text: say.T(ctx, "overlap.keep.any")}}
	for _, a := range o.Activities {
		out = append(out, ui.Choice{Value: a.Key, Text: ui.Straight(a.Title) + " [" + a.Key + "]"})
	}
	return out
}

func takeableFields(ctx context.Context) (out []ui.Choice) {
	for _, name := range takeable {
		key := "field." + name
		if name == "fundings" {
			key = "activity.money"
		}
		out = append(out, ui.Choice{Value: name, Text: say.T(ctx, key)})
	}
	return out
}

// timeBar is a bar of the time line: where it begins and how long it is, of 100.
type timeBar struct{ at, long int }

// spans are the periods of both on one line; none where one is unknown.
func (o *OverlapPage) spans() []timeBar {
	first, last := 1<<30, 0
	var of [][2]int
	for _, a := range o.Activities {
		if a.StartOn == "" || a.EndOn == "" {
			return nil
		}
		from, to := months(a.StartOn.First()), months(a.EndOn.Last())+1
		of = append(of, [2]int{from, to})
		first, last = min(first, from), max(last, to)
	}
	out := make([]timeBar, len(of))
	for i, p := range of {
		out[i] = timeBar{100 * (p[0] - first) / (last - first), max(1, 100*(p[1]-p[0])/(last-first))}
	}
	return out
}

func months(d term.Date) int {
	year, _ := strconv.Atoi(string(d[:4]))
	month, _ := strconv.Atoi(string(d[5:7]))
	return 12*year + month - 1
}

// weighs is a weight as a bar: how long it is of 50, and whether it speaks against.
func weighs(w term.Decimal) (long int, against bool) {
	f, _ := strconv.ParseFloat(string(w), 64)
	return int(min(50, max(1, 12*max(f, -f)))), f < 0
}

// barAt is where the bar of a weight begins: to the left of the middle where it speaks against.
func barAt(long int, against bool) int {
	if against {
		return 50 - long
	}
	return 50
}

// told is a list under a heading.
type told struct {
	key string
	all []string
}
