package seed

import (
	"fmt"
	"slices"

	"adam/internal/term"
)

func (c *checker) activity(a Activity) {
	c.key(a.Key)
	c.text("title", a.Title)
	c.some("acronym", a.Acronym)
	c.text("summary", a.Summary)
	c.atLeastOne("themes", len(a.Themes))
	c.codes("themes", a.Themes, subjectWords(ActivitiesFile))
	c.codes("assistance_types", a.AssistanceTypes, assistanceTypes)
	c.codes("target_audiences", a.TargetAudiences, audiences)
	c.activityStates(a)
	c.date("start", a.Start)
	c.date("end", a.End)
	c.order("start", a.Start, "end", a.End)
	c.code("status", a.Status, activityStatuses)
	for i, d := range a.Donors {
		c.donor(fmt.Sprintf("donors[%d].", i), d)
	}
	c.list("implementers", a.Implementers, func(at, key string) { c.ref(at, key, c.actors, "actor") })
	c.list("partners", a.Partners, func(at, key string) { c.ref(at, key, c.actors, "actor") })
	c.refIfKnown("phase_of", a.PhaseOf, c.activities, "activity")
	c.refIfKnown("follows", a.Follows, c.activities, "activity")
	c.list("external_ids", a.ExternalIDs, c.text)
	c.citations(a.Sources)
	c.some("note", a.Note)
	c.provenance("verification_status", a.VerificationStatus, a.Confidence, nil)
}

// activityStates lets other_countries name a State with a chapter, as the data does once: the activity has then a
// part there without being one of that chapter's. Named in both lists it would be two things at once.
func (c *checker) activityStates(a Activity) {
	c.list("countries", a.Countries, func(at, code string) { c.ref(at, code, c.states, "State with a chapter and the code") })
	c.list("other_countries", a.OtherCountries, func(at, code string) {
		c.ref(at, code, c.places, "State with the code")
		if slices.Contains(a.Countries, code) {
			c.bad(at, "%q stands in countries too; keep one", code)
		}
	})
}

// donor lets an amount go without a year, a currency without an amount, and a line without either: unknown is not
// zero. What no line may have is an amount without a currency.
func (c *checker) donor(at string, d Donor) {
	c.ref(at+"actor", d.Actor, c.actors, "actor")
	if d.Amount != nil {
		amount, err := term.ParseAmount(d.Amount.String())
		switch {
		case err != nil:
			c.bad(at+"amount", "%s cannot be held exactly; expected digits with at most four decimals, such as 1250000 or 1250.50", *d.Amount)
		case amount <= 0:
			c.bad(at+"amount", "%s is not above zero; write null where the amount is unknown", *d.Amount)
		}
		if d.Currency == nil {
			c.bad(at+"currency", "is null although there is an amount; expected an ISO 4217 code")
		}
	}
	if d.Currency != nil {
		c.ref(at+"currency", *d.Currency, c.currencies, "rate in rates.csv for the currency")
	}
	c.yearIfKnown(at+"year", d.Year)
	c.some(at+"note", d.Note)
	switch {
	case d.Amount != nil && d.AmountChecked == nil:
		c.bad(at+"amount_checked", "is null although there is an amount; expected true or false")
	case d.Amount == nil && d.AmountChecked != nil:
		c.bad(at+"amount_checked", "is given although there is no amount; expected null")
	}
}

func (c *checker) government(g Government) {
	c.ref("actor", g.Actor, c.actors, "actor")
	c.ref("state", g.State, c.places, "State")
	if slices.ContainsFunc(c.f.Actors, func(a Actor) bool { return a.Key == g.Actor && a.Kind == "state_authority" }) {
		c.bad("actor", "%q is an authority of a State and counts as its own; take the line out", g.Actor)
	}
}

// estimate checks that the line is there and that the reason is the line's own note, word for word.
func (c *checker) estimate(e Estimate) {
	c.ref("activity", e.Activity, c.activities, "activity")
	for _, a := range c.f.Activities {
		if a.Key != e.Activity {
			continue
		}
		if e.Line < 1 || e.Line > len(a.Donors) {
			c.bad("line", "the activity has %d lines of money and no line %d; lines count from 1", len(a.Donors), e.Line)
		} else if note := a.Donors[e.Line-1].Note; note == nil || *note != e.Because {
			c.bad("because", "the note of that line says otherwise; repeat it word for word, so that the mark stands on the source")
		}
	}
}
