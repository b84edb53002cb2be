package iati

import (
	"slices"
	"time"

	"adam/internal/term"
)

// what sees to sectors, which the standard wants either on the activity or on all of its transactions.
func (r *Ready) what() {
	a := r.Activity
	onAll, some := len(a.Transactions) > 0, false
	for _, t := range a.Transactions {
		here := len(t.Sectors) > 0
		onAll, some = onAll && here, some || here
	}
	a.Sectors = slices.DeleteFunc(slices.Clone(a.Sectors), func(s Sector) bool {
		own := s.Vocabulary == "98" || s.Vocabulary == "99" // these need a name, and may not be mixed up with ours
		if s.Vocabulary == "1" && s.Code == unspecifiedSector && s.Percentage == "" && len(a.Themes) > 0 {
			return true // the Writer puts it there by itself, and Read takes it away
		}
		return s.Code == "" || own && len(filledText(s.Name)) == 0 || s.Vocabulary == "99" && len(a.Themes) > 0
	})
	if len(a.Sectors)+len(a.Themes) == 0 && onAll {
		return
	}
	if some {
		r.note("the sectors of single transactions are left out: those of the activity stand")
		a.Transactions = slices.Clone(a.Transactions)
		for i := range a.Transactions {
			a.Transactions[i].Sectors = nil
		}
	}
	r.sectorShares()
}

// sectorShares makes the percentages of each vocabulary add up to 100, where all were stated.
func (r *Ready) sectorShares() {
	a := r.Activity
	byVocabulary := map[string][]*term.Decimal{}
	var order []string
	for i := range a.Sectors {
		v := a.Sectors[i].Vocabulary
		if byVocabulary[v] == nil {
			order = append(order, v)
		}
		byVocabulary[v] = append(byVocabulary[v], &a.Sectors[i].Percentage)
	}
	for _, v := range order {
		rest, ok := fill(byVocabulary[v])
		switch {
		case !ok:
			r.note("the percentages of sectors are left out: not all were stated, or they are more than 100")
		case rest != "" && v == "1":
			r.note("the percentages of sectors are less than 100: 99810, not specified, takes the rest")
			a.Sectors = append(a.Sectors, Sector{Vocabulary: "1", Code: unspecifiedSector, Percentage: rest})
		case rest != "":
			r.note("the percentages of sectors of vocabulary %s are left out: they are less than 100", v)
			for _, d := range byVocabulary[v] {
				*d = ""
			}
		}
	}
	r.manySectors(order)
	isDAC := func(s Sector) bool { return s.Vocabulary == "1" }
	if len(a.Themes) == 0 && !slices.ContainsFunc(a.Sectors, isDAC) {
		a.Sectors = append([]Sector{{Vocabulary: "1", Code: unspecifiedSector}}, a.Sectors...)
	}
}

// manySectors leaves out the sectors of a vocabulary, several without shares, that the Writer has no other way for. Those of
// the DAC it writes as one code of our own vocabulary; see inOne.
func (r *Ready) manySectors(vocabularies []string) {
	a := r.Activity
	several := map[string][]Sector{}
	for _, s := range a.Sectors {
		several[s.Vocabulary] = append(several[s.Vocabulary], s)
	}
	for _, v := range vocabularies {
		if list := several[v]; v == "1" && !inOne(list) || v != "1" && (len(list) < 2 || list[0].Percentage != "") {
			delete(several, v)
		} else if v != "1" {
			r.note("%d sectors of vocabulary %s are left out: their shares are not known", len(list), term.Clip(v))
		}
	}
	dac := several["1"]
	a.Sectors = slices.DeleteFunc(a.Sectors, func(s Sector) bool {
		return several[s.Vocabulary] != nil || dac != nil && s.Vocabulary == "98" // which is for those of the DAC then
	})
	a.Sectors = append(a.Sectors, dac...) // at the end, where Read finds them
}

// transactions keeps those that can be valid: with a type, a day that is not to come, a sum and a currency.
func (r *Ready) transactions(today term.Date) {
	a := r.Activity
	kept := make([]Transaction, 0, len(a.Transactions))
	for _, t := range a.Transactions {
		t.Line = 0
		if t.On == "" {
			t.On = t.Value.On
		}
		if t.Value.On == "" {
			t.Value.On = t.On
		}
		why := ""
		switch {
		case Lookup("TransactionType", t.Type) == nil:
			why = "its type is not known"
		case t.On == "":
			why = "its day is not known"
		case t.On.First() > today || t.Value.On.First() > today:
			why = "it is in the future"
		default:
			why = r.sum(&t.Value)
		}
		if why != "" {
			r.note("a transaction of %s%s %s is left out: %s", t.Value.Exact, term.Clip(t.Value.Raw), term.Clip(t.Value.Currency), why)
			continue
		}
		r.tidy(&t)
		kept = append(kept, t)
	}
	if a.Transactions = kept; len(kept) == 0 {
		a.Transactions = nil
	}
}

// oneEach keeps one code of each vocabulary, as the ruleset wants it, and none where the DAC's is missing, which it wants too.
func oneEach(list []Coded) (out []Coded) {
	if !slices.ContainsFunc(list, func(c Coded) bool { return c.Vocabulary == "1" && c.Code != "" }) {
		return nil
	}
	seen := map[string]bool{}
	for _, c := range list {
		if c.Code != "" && !seen[c.Vocabulary] {
			seen[c.Vocabulary] = true
			out = append(out, c)
		}
	}
	return out
}

// tidy takes out of a transaction what cannot stand there.
func (r *Ready) tidy(t *Transaction) {
	if !named(t.Provider) {
		t.Provider = nil
	}
	if !named(t.Receiver) {
		t.Receiver = nil
	}
	if !typed("boolean", t.Humanitarian) {
		t.Humanitarian = ""
	}
	t.Countries = r.onePlace(t.Countries)
	t.Regions = r.onePlace(t.Regions)
	t.Sectors = slices.DeleteFunc(slices.Clone(t.Sectors), func(s Sector) bool {
		return s.Code == "" || (s.Vocabulary == "98" || s.Vocabulary == "99") && len(filledText(s.Name)) == 0
	})
	for i := range t.Sectors {
		t.Sectors[i].Percentage = "" // the schema has none here
	}
	t.AidTypes = oneEach(t.AidTypes)
	if len(t.Value.On) < len(time.DateOnly) && t.Value.On != t.On { // only the day of the transaction has a text beside it
		t.Value.On = day(t.Value.On.First())
	}
	t.Description = filledText(t.Description)
	if len(t.Description) == 0 {
		t.Description = nil
	}
}

// onePlace is the one State or region of a transaction that the schema allows. Of several none stands: their shares of the sum
// are not known.
func (r *Ready) onePlace(list []Place) []Place {
	list = slices.DeleteFunc(slices.Clone(list), noCode)
	if len(list) > 1 {
		r.note("the %d States or regions of a transaction are left out: the schema allows one", len(list))
		return nil
	}
	for i := range list {
		list[i].Percentage = ""
	}
	return list
}

// sum says what is missing to a sum; "" where nothing is.
func (r *Ready) sum(m *Money) string {
	if m.Currency == "" {
		m.Currency, m.Defaulted = r.Activity.Currency, r.Activity.Currency != ""
	}
	switch {
	case m.Exact == "":
		return "its sum is not known"
	case m.Currency == "":
		return "its currency is not known"
	}
	return ""
}

// budgets keeps those with a sum and a period that the ruleset allows: not longer than a year.
func (r *Ready) budgets() {
	keep := func(list []Budget, planned bool) (out []Budget) {
		for _, b := range list {
			b.Line = 0
			if b.Value.On == "" {
				b.Value.On = b.Start
			}
			why := r.sum(&b.Value)
			switch {
			case why != "":
			case b.Start == "" || b.End == "" && !planned:
				why = "its period is not known"
			case b.End != "" && b.Start.First() > b.End.Last():
				why = "it ends before it begins"
			case !planned && overAYear(b.Start, b.End):
				why = "its period is longer than a year, which IATI does not allow"
			}
			if why != "" {
				r.note("a budget of %s%s %s is left out: %s", b.Value.Exact, term.Clip(b.Value.Raw), term.Clip(b.Value.Currency), why)
				continue
			}
			if !named(b.Provider) {
				b.Provider = nil
			}
			if !named(b.Receiver) {
				b.Receiver = nil
			}
			b.Start, b.End, b.Value.On = day(b.Start.First()), day(b.End.Last()), day(b.Value.On.First())
			if planned {
				b.Status = ""
			} else {
				b.Provider, b.Receiver = nil, nil
			}
			out = append(out, b)
		}
		return out
	}
	r.Activity.Budgets = keep(r.Activity.Budgets, false)
	r.Activity.PlannedDisbursement = keep(r.Activity.PlannedDisbursement, true)
}

func day(d term.Date) term.PartialDate { return term.PartialDate(d) }

func overAYear(start, end term.PartialDate) bool {
	from, err := time.Parse(time.DateOnly, string(start.First()))
	to, also := time.Parse(time.DateOnly, string(end.Last()))
	return err != nil || also != nil || !to.Before(from.AddDate(1, 0, 0))
}
