package iati

import "adam/internal/term"

// money writes budgets, planned disbursements and transactions.
func (x *markup) money(a *Activity) {
	for _, b := range a.Budgets {
		x.budget("budget", b)
	}
	for _, b := range a.PlannedDisbursement {
		b.Status = ""
		x.budget("planned-disbursement", b)
	}
	for _, t := range a.Transactions {
		x.transaction(t)
	}
}

// budget writes a sum for a period. A period is from its first to its last day, so that a year alone is no guess.
func (x *markup) budget(name string, b Budget) {
	x.open(name, "type", b.Type, "status", b.Status)
	x.empty("period-start", "iso-date", string(b.Start.First()))
	if b.End != "" {
		x.empty("period-end", "iso-date", string(b.End.Last()))
	}
	x.value(b.Value)
	if name == "planned-disbursement" {
		x.side("provider", b.Provider)
		x.side("receiver", b.Receiver)
	}
	x.end(name)
}

// value writes a sum. The currency stands even where the activity states the same: whoever takes a sum out keeps it.
func (x *markup) value(m Money) {
	currency := m.Currency
	if m.Defaulted {
		currency = ""
	}
	x.plain("value", string(m.Exact), "currency", currency, "value-date", string(m.On.First()))
}

func (x *markup) side(name string, o *Org) {
	if o != nil {
		x.text(name+"-org", o.Name, "ref", o.Ref, "type", o.Type, name+"-activity-id", o.ActivityID)
	}
}

func (x *markup) transaction(t Transaction) {
	x.open("transaction", "ref", t.Ref, "humanitarian", t.Humanitarian)
	x.empty("transaction-type", "code", t.Type)
	x.empty("transaction-date", "iso-date", string(t.On.First()))
	x.value(t.Value)
	x.texts("description", withPrecision(t.Description, t.On))
	x.side("provider", t.Provider)
	x.side("receiver", t.Receiver)
	x.coded("disbursement-channel", t.Channel)
	for _, s := range t.Sectors {
		x.sector(s)
	}
	for _, p := range t.Countries {
		x.text("recipient-country", p.Name, "code", p.Code)
	}
	for _, p := range t.Regions {
		x.region(p)
	}
	x.coded("flow-type", t.FlowType)
	x.coded("finance-type", t.FinanceType)
	x.aidTypes("aid-type", t.AidTypes)
	x.coded("tied-status", t.TiedStatus)
	x.end("transaction")
}

// withPrecision says after a text how much of a transaction's day is known.
func withPrecision(t Text, on term.PartialDate) Text {
	said := precision(on)
	switch {
	case said == "":
		return t
	case len(t) == 0:
		return Text{{"en", said}}
	}
	out := append(Text{}, t...)
	out[0].Text += " [" + said + "]"
	return out
}

func (x *markup) document(d Document) {
	x.open("document-link", "url", d.URL, "format", d.Format)
	x.text("title", d.Title)
	x.texts("description", d.Description)
	for _, c := range d.Categories {
		x.empty("category", "code", c)
	}
	for _, l := range d.Languages {
		x.empty("language", "code", l)
	}
	if d.On != "" {
		x.empty("document-date", "iso-date", d.On)
	}
	x.end("document-link")
}
