package iati

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// Organisation is one iati-organisation: who it is, and its budgets of a year.
type Organisation struct {
	Identifier, Language, Currency, LastUpdated string
	Name                                        Text
	Reporter                                    Reporter
	Budgets                                     []Budget // in all, of at most a year each; Type, Provider and Receiver are not used
	CountryBudgets                              []CountryBudget
	Documents                                   []Document
}

// CountryBudget is what an organisation plans for one State.
type CountryBudget struct {
	Country Place
	Budget
}

// WriteOrganisation writes an organisation, or lists it as left out. An error is of the file that is written to.
func (w *Writer) WriteOrganisation(in *Organisation) error {
	o := *in
	r := &Ready{Activity: &Activity{Currency: o.Currency, Documents: o.Documents, LastUpdated: o.LastUpdated, Identifier: strings.TrimSpace(o.Identifier), Reporter: o.Reporter, Title: o.Name, Language: o.Language, Status: "2"}}
	r.heading(w.o)
	r.Missing, r.Notes = nil, nil // they are about activities
	if r.Activity.Identifier == "" {
		r.lacks("it has no identifier")
	}
	if len(filledText(o.Name)) == 0 {
		r.lacks("it has no name")
	}
	if o.Reporter.Ref == "" || o.Reporter.Type == "" || len(filledText(o.Reporter.Name)) == 0 {
		r.lacks("its reporter has no identifier, no type or no name")
	}
	if len(r.Missing) > 0 {
		w.did.LeftOut = append(w.did.LeftOut, LeftOut{o.Identifier, o.Name.In(w.o.Language), r.Missing})
		return nil
	}
	r.Activity.Budgets = o.Budgets
	r.budgets()
	r.documents(w.o)
	o.CountryBudgets = slices.DeleteFunc(slices.Clone(o.CountryBudgets), func(c CountryBudget) bool { return !r.sound(&c) })
	x := &markup{language: r.Activity.Language, uri: w.o.VocabularyURI, depth: 1}
	x.organisation(&o, r.Activity)
	w.noted(r)
	w.did.Count++
	_, err := w.to.WriteString(x.b.String())
	return err
}

// sound says whether a budget for a State can be valid.
func (r *Ready) sound(c *CountryBudget) bool {
	one := &Ready{Activity: &Activity{Currency: r.Activity.Currency, Budgets: []Budget{c.Budget}}}
	one.budgets()
	r.Notes = append(r.Notes, one.Notes...)
	return len(one.Activity.Budgets) == 1 && c.Country.Code != ""
}

func (x *markup) organisation(o *Organisation, ready *Activity) {
	x.open("iati-organisation", "xml:lang", ready.Language, "default-currency", o.Currency, "last-updated-datetime", ready.LastUpdated)
	x.plain("organisation-identifier", ready.Identifier)
	x.text("name", o.Name)
	secondary := ""
	if o.Reporter.Secondary {
		secondary = "1"
	}
	x.text("reporting-org", o.Reporter.Name, "ref", o.Reporter.Ref, "type", o.Reporter.Type, "secondary-reporter", secondary)
	for _, b := range ready.Budgets {
		x.open("total-budget", "status", b.Status)
		x.yearly(b)
		x.end("total-budget")
	}
	for _, c := range o.CountryBudgets {
		x.open("recipient-country-budget", "status", c.Status)
		x.text("recipient-country", c.Country.Name, "code", c.Country.Code)
		x.yearly(c.Budget)
		x.end("recipient-country-budget")
	}
	for _, d := range ready.Documents {
		x.document(d)
	}
	x.end("iati-organisation")
}

func (x *markup) yearly(b Budget) {
	x.empty("period-start", "iso-date", string(b.Start.First()))
	x.empty("period-end", "iso-date", string(b.End.Last()))
	if b.Value.On == "" {
		b.Value.On = term.PartialDate(b.Start.First())
	}
	x.value(b.Value)
}
