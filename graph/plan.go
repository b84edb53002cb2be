package graph

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/need"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/gap"
	"adam/internal/overlap"
	"adam/internal/search"
	"adam/internal/term"
)

const (
	longTitle     = 500
	longSummary   = 10_000
	mostPlanNeeds = 25
)

// checkPlan says what a planned activity would repeat, and what it would answer. It writes nothing.
func (r *Resolver) checkPlan(ctx context.Context, plan PlannedActivityInput) (*PlanCheck, error) {
	if err := mayPlan(ctx, r); err != nil {
		return nil, err
	}
	plan.Themes, plan.States, plan.Donors = each(plan.Themes), each(plan.States), each(plan.Donors)
	a, states, err := planned(ctx, plan)
	if err != nil {
		return nil, err
	}
	index, err := r.Overlaps.Index(ctx)
	if err != nil {
		return nil, err
	}
	out := &PlanCheck{}
	if out.Overlaps, err = overlapsOf(ctx, index, *a, mostPlanned); err != nil {
		return nil, err
	}
	if out.Gaps, err = planGaps(ctx, plan, states); err != nil {
		return nil, err
	}
	out.Needs, err = planNeeds(ctx, plan)
	return out, err
}

// mayPlan lets whoever keeps the catalogue ask: an edition knows nothing of what has come since.
func mayPlan(ctx context.Context, r *Resolver) error {
	number, _ := edition.From(ctx)
	switch v := access.From(ctx); {
	case r.Store == nil:
		return fault.New(fault.Forbidden, "This server only reads. Ask the server that keeps the catalogue.")
	case v.Person == 0 && !v.Program:
		return fault.New(fault.Unauthenticated, "Sign in to check a plan.")
	case v.Audience == access.Working && number != 0:
		return fault.New(fault.Invalid, "A plan is compared with the catalogue as it is now. Leave edition and on out of the address.")
	case v.Audience != access.Working:
		return fault.New(fault.Forbidden, "Plans are checked by reporters, focal points, coordinators and the secretariat. Ask the secretariat for a role.")
	}
	return nil
}

// planned reads a plan as an activity to compare, with its States. What it names must be known to the viewer.
func planned(ctx context.Context, p PlannedActivityInput) (*overlap.Activity, []*ent.State, error) {
	a := &overlap.Activity{Title: strings.TrimSpace(p.Title), Summary: orNone(p.Summary)}
	switch {
	case a.Title == "":
		return nil, nil, planFault("title", "Say what is planned in title.")
	case utf8.RuneCountInString(a.Title) > longTitle:
		return nil, nil, planFault("title", "The title is longer than %d characters. Shorten it.", longTitle)
	case utf8.RuneCountInString(a.Summary) > longSummary:
		return nil, nil, planFault("summary", "The summary is longer than %d characters. Shorten it.", longSummary)
	}
	for _, t := range p.Themes {
		a.Themes = append(a.Themes, string(t))
	}
	for _, who := range p.TargetAudiences {
		a.Audiences = append(a.Audiences, string(who))
	}
	if p.StartOn != nil && p.EndOn != nil && p.EndOn.Last() < p.StartOn.First() {
		return nil, nil, planFault("endOn", "The activity ends before it starts.")
	}
	a.Start, a.End = orNothing(p.StartOn), orNothing(p.EndOn)
	if err := planMoney(a, p); err != nil {
		return nil, nil, err
	}
	states, err := planStates(ctx, p.States)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range states {
		a.States = append(a.States, s.Code)
	}
	a.Donors, err = planDonors(ctx, p.Donors)
	return a, states, err
}

// each leaves a value that comes again out, in order.
func each[T comparable](all []T) (out []T) {
	for _, v := range all {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func orNothing[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func planFault(field, format string, args ...any) error {
	return fault.New(fault.Invalid, format, args...).At("plan." + field)
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// planMoney reads what a plan would cost.
func planMoney(a *overlap.Activity, p PlannedActivityInput) error {
	if p.Amount == nil {
		return nil
	}
	amount, err := term.ParseAmount(string(*p.Amount))
	if err != nil || amount < 0 {
		return planFault("amount", "%q is no amount of money. Write a number that is not negative, with at most four decimals.", term.Clip(string(*p.Amount)))
	}
	if p.Currency == nil {
		return planFault("currency", "Say in which currency the amount is, such as AUD.")
	}
	if !currencyCode.MatchString(*p.Currency) {
		return planFault("currency", "%q is no currency. Use its ISO 4217 code in capitals, such as AUD.", term.Clip(*p.Currency))
	}
	a.Money = []overlap.Money{{Currency: term.Currency(*p.Currency), Year: a.Start.Year(), Amount: amount}}
	return nil
}

func planStates(ctx context.Context, codes []string) ([]*ent.State, error) {
	found, err := client(ctx).State.Query().Where(state.CodeIn(codes...)).Order(state.BySortName(), state.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, code := range codes {
		if !slices.ContainsFunc(found, func(s *ent.State) bool { return s.Code == code }) {
			return nil, planFault("states", "%q is no State of this catalogue. Use ISO 3166-1 alpha-3 codes in capitals, such as THA.", term.Clip(code))
		}
	}
	return found, nil
}

func planDonors(ctx context.Context, keys []string) (names []string, err error) {
	found, err := client(ctx).Actor.Query().Where(actor.KeyIn(keys...)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		i := slices.IndexFunc(found, func(a *ent.Actor) bool { return a.Key == key })
		if i < 0 {
			return nil, planFault("donors", "%q is no actor of this catalogue. Use the key of an actor, such as iom; `actors` lists them.", term.Clip(key))
		}
		names = append(names, found[i].Name)
	}
	return names, nil
}

// planGaps are the types of assistance of a plan of which no activity is recorded in its States on its themes.
func planGaps(ctx context.Context, p PlannedActivityInput, states []*ent.State) ([]*PlanGap, error) {
	out := []*PlanGap{}
	if len(states) == 0 || len(p.AssistanceTypes) == 0 {
		return out, nil
	}
	ids := make([]term.ID, len(states))
	for i, s := range states {
		ids[i] = s.ID
	}
	for _, theme := range p.Themes {
		rows, err := gap.Analyse(ctx, client(ctx), client(ctx).State.Query().Where(state.IDIn(ids...)), theme, search.Today(ctx))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			for _, t := range row.Assistance {
				if t.Activities == 0 && slices.Contains(p.AssistanceTypes, t.Type) {
					out = append(out, &PlanGap{State: row.State, Theme: theme, AssistanceType: t.Type,
						Sentence: fmt.Sprintf("The catalogue counts no activity that gives this assistance (%s) on this theme (%s) in %s, as far as you may see.", t.Type, theme, row.State.Name)})
				}
			}
		}
	}
	return out, nil
}

// planNeeds are the needs of a plan's States that ask for what it gives.
func planNeeds(ctx context.Context, p PlannedActivityInput) ([]*PlanNeed, error) {
	out := []*PlanNeed{}
	if len(p.States) == 0 || len(p.AssistanceTypes) == 0 {
		return out, nil
	}
	q, err := search.Needs(ctx, client(ctx), &search.NeedFilter{States: p.States, Themes: p.Themes, AssistanceTypes: p.AssistanceTypes,
		Status: []term.NeedStatus{term.NeedOpen, term.NeedOffered, term.NeedMatched}})
	if err != nil {
		return nil, err
	}
	found, err := q.WithState().Order(ent.Desc(need.FieldUpdatedAt), need.ByID()).Limit(mostPlanNeeds).All(ctx)
	for _, n := range found {
		out = append(out, &PlanNeed{Need: n, Sentence: fmt.Sprintf("%s asks for this assistance (%s), and the need is not met.", n.Edges.State.Name, n.AssistanceType)})
	}
	return out, err
}
