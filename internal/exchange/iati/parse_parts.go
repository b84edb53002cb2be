package iati

import (
	"encoding/xml"
	"maps"
	"math/big"
	"slices"
	"strings"

	"adam/internal/term"
)

func isoDate(text string) xml.Attr { return xml.Attr{Name: xml.Name{Local: "iso-date"}, Value: text} }

// contact reads whom to ask.
func (p *parser) contact(n *node) Contact {
	c := Contact{Type: p.optional(n, "type", "ContactType"), Organisation: p.textOf(n, "organisation"), Department: p.textOf(n, "department"),
		Person: p.textOf(n, "person-name"), JobTitle: p.textOf(n, "job-title"),
		Telephones: plain(n, "telephone"), Emails: plain(n, "email"), Websites: plain(n, "website")}
	n.each("mailing-address", func(k *node) {
		if t := p.text(k); len(t) > 0 {
			c.Addresses = append(c.Addresses, t)
		}
	})
	return c
}

// plain are the texts of elements that have no language.
func plain(n *node, name string) (out []string) {
	n.each(name, func(k *node) {
		if s := k.own(); s != "" {
			out = append(out, s)
		}
	})
	return out
}

func (p *parser) country(n *node) Place {
	return Place{Code: p.coded(n, "code", "Country", n.attr("code"), true), Percentage: p.percentage(n), Name: p.textIfAny(n)}
}

// region reads a region. Only the codes of the OECD DAC can be looked up.
func (p *parser) region(n *node) Place {
	r := Place{Code: n.attr("code"), Vocabulary: p.optional(n, "vocabulary", "RegionVocabulary"), VocabularyURI: n.attr("vocabulary-uri"), Percentage: p.percentage(n), Name: p.textIfAny(n)}
	if r.Vocabulary == "" {
		r.Vocabulary = "1"
	}
	if r.Vocabulary == "1" || r.Code == "" {
		r.Code = p.coded(n, "code", "Region", r.Code, true)
	}
	return r
}

var sectorLists = map[string]string{"1": "Sector", "2": "SectorCategory"}

// sector reads what an activity or a transaction is about; without a vocabulary it is the OECD DAC's.
func (p *parser) sector(n *node) Sector {
	s := Sector{Vocabulary: p.optional(n, "vocabulary", "SectorVocabulary"), VocabularyURI: n.attr("vocabulary-uri"), Code: n.attr("code"), Percentage: p.percentage(n), Name: p.textIfAny(n)}
	if s.Vocabulary == "" {
		s.Vocabulary = "1"
	}
	if list := sectorLists[s.Vocabulary]; list != "" {
		s.Code = p.coded(n, "code", list, s.Code, true)
	} else if s.Code == "" {
		p.problem(n, "code", Warning, UnknownCode, "", "No code stands here. Expected is a code of the vocabulary %s.", s.Vocabulary)
	}
	return s
}

func (p *parser) policyMarker(n *node) PolicyMarker {
	m := PolicyMarker{p.optional(n, "vocabulary", "PolicyMarkerVocabulary"), n.attr("vocabulary-uri"), n.attr("code"), p.optional(n, "significance", "PolicySignificance"), p.textIfAny(n)}
	if m.Vocabulary == "" || m.Vocabulary == "1" {
		m.Vocabulary = "1"
		m.Code = p.coded(n, "code", "PolicyMarker", m.Code, true)
	}
	return m
}

func (p *parser) aidType(n *node) Coded {
	c := Coded{p.optional(n, "vocabulary", "AidTypeVocabulary"), n.attr("code")}
	if c.Vocabulary == "" || c.Vocabulary == "1" {
		c.Vocabulary = "1"
		c.Code = p.coded(n, "code", "AidType", c.Code, true)
	}
	return c
}

func (p *parser) location(n *node) Location {
	l := Location{Ref: n.attr("ref"), Name: p.textOf(n, "name"), Description: p.textOf(n, "description"), OfTheActivity: p.textOf(n, "activity-description")}
	n.each("location-id", func(k *node) { l.IDs = append(l.IDs, Coded{k.attr("vocabulary"), k.attr("code")}) })
	n.each("administrative", func(k *node) {
		l.Administrative = append(l.Administrative, Administrative{k.attr("code"), k.attr("vocabulary"), k.attr("level")})
	})
	for name, to := range map[string]*string{"location-reach": &l.Reach, "exactness": &l.Exactness, "location-class": &l.Class, "feature-designation": &l.Feature} {
		if k := n.child(name); k != nil {
			*to = k.attr("code")
		}
	}
	if k := n.child("point"); k != nil {
		if pos := k.child("pos"); pos != nil {
			l.Point = pos.own()
		}
	} else if k := n.child("coordinates"); k != nil { // version 1
		l.Point = strings.TrimSpace(k.attr("latitude") + " " + k.attr("longitude"))
	}
	return l
}

// period reads a part with a day, such as period-start.
func (p *parser) period(n *node, name string) term.PartialDate {
	k := n.child(name)
	if k == nil {
		if n.name == "budget" || name == "period-start" {
			p.problem(n, "", Warning, Missing, "", "There is no <%s>. Expected is <%s iso-date=\"2009-05-17\"/>.", name, name)
		}
		return ""
	}
	return p.dateOrText(k)
}

func (p *parser) budget(n *node) Budget {
	b := Budget{Line: n.line, Type: p.optional(n, "type", "BudgetType"), Status: p.optional(n, "status", "BudgetStatus"),
		Start: p.period(n, "period-start"), End: p.period(n, "period-end"), Value: p.money(n, n.child("value")),
		Provider: p.side(n, "provider"), Receiver: p.side(n, "receiver")}
	if len(b.Start) == len(b.End) && b.Start > b.End {
		p.problem(n, "", Warning, BadDate, string(b.Start)+" – "+string(b.End), "The period ends before it begins.")
	}
	return b
}

func (p *parser) transaction(n *node) Transaction {
	t := Transaction{Line: n.line, Ref: n.attr("ref"), Humanitarian: n.attr("humanitarian"), Value: p.money(n, n.child("value")),
		Description: p.textOf(n, "description"), Provider: p.side(n, "provider"), Receiver: p.side(n, "receiver")}
	if k := n.child("transaction-type"); k != nil {
		t.Type = p.code(k, "code", "TransactionType")
	} else {
		p.problem(n, "", Error, Missing, "", "There is no <transaction-type>. Expected is <transaction-type code=\"3\"/>, or another code of the list TransactionType.")
	}
	if k := n.child("transaction-date"); k != nil {
		t.On = p.dateOrText(k)
	} else {
		p.problem(n, "", Warning, Missing, "", "There is no <transaction-date>. Expected is <transaction-date iso-date=\"2009-05-17\"/>.")
	}
	n.each("sector", func(k *node) { t.Sectors = append(t.Sectors, p.sector(k)) })
	n.each("recipient-country", func(k *node) { t.Countries = append(t.Countries, p.country(k)) })
	n.each("recipient-region", func(k *node) { t.Regions = append(t.Regions, p.region(k)) })
	n.each("aid-type", func(k *node) { t.AidTypes = append(t.AidTypes, p.aidType(k)) })
	for _, c := range []struct {
		name, list string
		to         *string
	}{{"disbursement-channel", "DisbursementChannel", &t.Channel}, {"flow-type", "FlowType", &t.FlowType}, {"finance-type", "FinanceType", &t.FinanceType}, {"tied-status", "TiedStatus", &t.TiedStatus}} {
		if k := n.child(c.name); k != nil {
			*c.to = p.code(k, "code", c.list)
		}
	}
	p.precision(&t)
	return t
}

// precision takes out of a transaction's text what this catalogue wrote there of its day.
func (p *parser) precision(t *Transaction) {
	for i := range t.Description {
		n := &t.Description[i]
		m := known.FindStringSubmatch(n.Text)
		if m == nil || !strings.HasSuffix(n.Text, m[0]) && !strings.HasSuffix(n.Text, "["+m[0]+"]") || !strings.HasPrefix(string(t.On), m[1]) {
			continue
		}
		if t.Value.On == t.On {
			t.Value.On = term.PartialDate(m[1])
		}
		t.On = term.PartialDate(m[1])
		n.Text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(n.Text, "["+m[0]+"]"), m[0]))
		if n.Text == "" {
			t.Description = nil
		}
		return
	}
}

func (p *parser) document(n *node) Document {
	d := Document{URL: n.attr("url"), Format: n.attr("format"), Title: p.textOf(n, "title"), Description: p.textOf(n, "description")}
	n.each("category", func(k *node) { d.Categories = append(d.Categories, p.code(k, "code", "DocumentCategory")) })
	n.each("language", func(k *node) {
		if l := strings.ToLower(k.attr("code")); l != "" {
			d.Languages = append(d.Languages, l)
		}
	})
	if k := n.child("document-date"); k != nil {
		d.On = string(p.dateOrText(k))
	}
	if d.URL == "" {
		p.problem(n, "url", Warning, Missing, "", "The document has no address. Expected is url=\"https://…\".")
	}
	return d
}

var hundred = big.NewRat(100, 1)

// hundredth is a share as an exact number; 0 where there is none.
func hundredth(d term.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// mostVocabularies bounds the work on regions, each vocabulary of which has to add up with all States.
const mostVocabularies = 20

// shares tells of shares that do not add up to 100, and of those that only some have: countries with the regions of each
// vocabulary, and sectors of each vocabulary.
func (p *parser) shares(countries, regions []Place, sectors []Sector) {
	vocabularies := map[string][]term.Decimal{}
	for _, r := range regions {
		vocabularies[r.Vocabulary] = append(vocabularies[r.Vocabulary], r.Percentage)
	}
	if len(vocabularies) == 0 {
		vocabularies[""] = nil
	}
	for i, vocabulary := range slices.Sorted(maps.Keys(vocabularies)) { // the same order every time
		if i == mostVocabularies {
			break
		}
		list := vocabularies[vocabulary]
		for _, c := range countries {
			list = append(list, c.Percentage)
		}
		p.total("countries and regions", list)
	}
	clear(vocabularies)
	for _, s := range sectors {
		vocabularies[s.Vocabulary] = append(vocabularies[s.Vocabulary], s.Percentage)
	}
	for _, vocabulary := range slices.Sorted(maps.Keys(vocabularies)) {
		p.total("sectors of vocabulary "+vocabulary, vocabularies[vocabulary])
	}
}

func (p *parser) total(what string, list []term.Decimal) {
	sum, stated := new(big.Rat), 0
	for _, d := range list {
		if d != "" {
			sum.Add(sum, hundredth(d))
			stated++
		}
	}
	switch {
	case stated == 0 && len(list) < 2:
	case stated < len(list):
		p.problem(p.top, "", Warning, BadPercentage, "", "%d of %d %s have a percentage. Expected is one on each; none was filled in.", stated, len(list), what)
	case sum.Cmp(hundred) != 0:
		p.problem(p.top, "", Warning, BadTotal, strings.TrimRight(strings.TrimRight(sum.FloatString(6), "0"), "."), "The percentages of the %s do not add up to 100. They are kept as they are.", what)
	}
}
