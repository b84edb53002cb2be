// Package codelist compares the codes that records use with the lists that the program knows: those of IATI, of the OECD DAC and
// of ISO, and the catalogue's own. A code that is on no list is kept where it stands and told: publishers use codes before
// programs learn them. It reads what the context may see, and writes nothing.
package codelist

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/funding"
	"adam/ent/othername"
	"adam/ent/rate"
	"adam/ent/state"
	"adam/internal/exchange/iati"
	"adam/internal/term"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
)

// Use is one code in use that its list does not have, or has no more.
type Use struct {
	List      string // of the code, such as Sector
	Where     string // it is used, such as activities.purposeCodes
	Code      string
	Count     int
	Examples  []string // records that use it, by key or by id: the first few
	Withdrawn bool     // the list has it, as one that is no longer to be used
}

// mostExamples is how many records are named for a code.
const mostExamples = 3

// Report is what a check found.
type Report struct {
	Checked int      // uses of codes in all
	Unknown []Use    // on no list
	Old     []Use    // withdrawn from their list: they stay valid for what they were used for
	Tables  []string // where the lists themselves do not agree
}

// checker counts.
type checker struct {
	ctx     context.Context
	c       *ent.Client
	checked int
	found   map[[3]string]*Use
}

// Check reads all records of a store.
func Check(ctx context.Context, c *ent.Client) (*Report, error) {
	k := &checker{ctx: ctx, c: c, found: map[[3]string]*Use{}}
	for _, part := range []func() error{k.activities, k.actors, k.names, k.money, k.rates, k.states} {
		if err := part(); err != nil {
			return nil, fmt.Errorf("check the codes in use: %w", err)
		}
	}
	r := &Report{Checked: k.checked, Tables: Tables()}
	for _, u := range k.found {
		if u.Withdrawn {
			r.Old = append(r.Old, *u)
		} else {
			r.Unknown = append(r.Unknown, *u)
		}
	}
	for _, list := range [][]Use{r.Unknown, r.Old} {
		slices.SortFunc(list, func(a, b Use) int {
			return cmp.Or(strings.Compare(a.Where, b.Where), cmp.Compare(b.Count, a.Count), strings.Compare(a.Code, b.Code))
		})
	}
	return r, nil
}

// use counts one use of a code. known says whether its list has it, old whether as a withdrawn one.
func (k *checker) use(list, where, code, by string, known, old bool) {
	if code == "" {
		return
	}
	if k.checked++; known && !old {
		return
	}
	at := [3]string{list, where, code}
	u := k.found[at]
	if u == nil {
		u = &Use{List: list, Where: where, Code: code, Withdrawn: known}
		k.found[at] = u
	}
	if u.Count++; len(u.Examples) < mostExamples && !slices.Contains(u.Examples, by) {
		u.Examples = append(u.Examples, by)
	}
}

// iati counts a use of a code of IATI.
func (k *checker) iati(list, where, code, by string) {
	found := iati.Lookup(list, code)
	k.use(list, where, code, by, found != nil, found != nil && found.Withdrawn)
}

// own counts uses of codes of a list of the catalogue.
func own[C interface {
	~string
	Values() []string
}](k *checker, list, where, by string, codes []C) {
	for _, c := range codes {
		k.use(list, where, string(c), by, slices.Contains(c.Values(), string(c)), false)
	}
}

// sheaf is how many records are read at once.
const sheaf = 2000

// each reads all rows of a table, a sheaf at a time; read gives those after an id, and the last one's.
func each[T any](read func(after term.ID) ([]T, error), id func(T) term.ID, do func(T)) error {
	for after := term.ID(0); ; {
		rows, err := read(after)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			do(r)
			after = id(r)
		}
	}
}

func (k *checker) activities() error {
	return each(func(after term.ID) ([]*ent.Activity, error) {
		return k.c.Activity.Query().Where(activity.IDGT(after)).Order(activity.ByID()).Limit(sheaf).All(k.ctx)
	}, func(a *ent.Activity) term.ID { return a.ID }, func(a *ent.Activity) {
		for _, code := range a.PurposeCodes {
			list := "Sector"
			if len(code) == 3 {
				list = "SectorCategory"
			}
			k.iati(list, "activities.purposeCodes", code, a.Key)
		}
		own(k, "AssistanceType", "activities.assistanceTypes", a.Key, a.AssistanceTypes)
		own(k, "Audience", "activities.targetAudiences", a.Key, a.TargetAudiences)
		own(k, "DeliveryMode", "activities.deliveryModes", a.Key, a.DeliveryModes)
		own(k, "Topic", "activities.topics", a.Key, a.Topics)
		own(k, "ActivityStatus", "activities.status", a.Key, []term.ActivityStatus{a.Status})
	})
}

func (k *checker) actors() error {
	return each(func(after term.ID) ([]*ent.Actor, error) {
		return k.c.Actor.Query().Where(actor.IDGT(after)).Order(actor.ByID()).Limit(sheaf).All(k.ctx)
	}, func(a *ent.Actor) term.ID { return a.ID }, func(a *ent.Actor) {
		if a.OrganisationType != nil {
			k.iati("OrganisationType", "actors.organisationType", *a.OrganisationType, a.Key)
		}
		own(k, "ActorKind", "actors.kind", a.Key, []term.ActorKind{a.Kind})
	})
}

func (k *checker) names() error {
	return each(func(after term.ID) ([]*ent.OtherName, error) {
		return k.c.OtherName.Query().Where(othername.IDGT(after)).Order(othername.ByID()).Limit(sheaf).All(k.ctx)
	}, func(n *ent.OtherName) term.ID { return n.ID }, func(n *ent.OtherName) {
		if n.Language != nil {
			_, err := language.Parse(*n.Language)
			k.use("BCP 47", "otherNames.language", *n.Language, n.ActorID.String(), err == nil, false)
		}
	})
}

func (k *checker) money() error {
	return each(func(after term.ID) ([]*ent.Funding, error) {
		return k.c.Funding.Query().Where(funding.IDGT(after)).Order(funding.ByID()).Limit(sheaf).All(k.ctx)
	}, func(f *ent.Funding) term.ID { return f.ID }, func(f *ent.Funding) {
		if f.Currency != nil {
			k.currency("fundings.currency", *f.Currency, f.ID.String())
		}
		if f.Kind != nil {
			own(k, "FundingKind", "fundings.kind", f.ID.String(), []term.FundingKind{*f.Kind})
		}
		own(k, "FundingReporter", "fundings.reportedBy", f.ID.String(), []term.FundingReporter{f.ReportedBy})
	})
}

func (k *checker) rates() error {
	return each(func(after term.ID) ([]*ent.Rate, error) {
		return k.c.Rate.Query().Where(rate.IDGT(after)).Order(rate.ByID()).Limit(sheaf).All(k.ctx)
	}, func(r *ent.Rate) term.ID { return r.ID }, func(r *ent.Rate) {
		k.currency("rates.currency", r.Currency, fmt.Sprint(r.Year))
	})
}

func (k *checker) states() error {
	return each(func(after term.ID) ([]*ent.State, error) {
		return k.c.State.Query().Where(state.IDGT(after)).Order(state.ByID()).Limit(sheaf).All(k.ctx)
	}, func(s *ent.State) term.ID { return s.ID }, func(s *ent.State) {
		k.use("Country", "states.code", s.Code, s.Code, iati.Alpha2(s.Code) != "", false)
	})
}

func (k *checker) currency(where, code, by string) {
	_, err := currency.ParseISO(code)
	k.use("ISO 4217", where, code, by, err == nil && code == strings.ToUpper(code), false)
}
