package iati

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// activity writes an activity in the order of the schema. It has been prepared.
func (x *markup) activity(a *Activity) {
	x.open("iati-activity", "xml:lang", a.Language, "default-currency", a.Currency, "last-updated-datetime", a.LastUpdated,
		"hierarchy", a.Hierarchy, "humanitarian", a.Humanitarian, "budget-not-provided", a.BudgetNotProvided)
	x.plain("iati-identifier", a.Identifier)
	secondary := ""
	if a.Reporter.Secondary {
		secondary = "1"
	}
	x.text("reporting-org", a.Reporter.Name, "ref", a.Reporter.Ref, "type", a.Reporter.Type, "secondary-reporter", secondary)
	x.text("title", a.Title)
	for _, d := range a.Descriptions {
		x.text("description", d.Text, "type", d.Type)
	}
	for _, o := range a.Participants {
		x.text("participating-org", o.Name, "ref", o.Ref, "type", o.Type, "role", o.Role, "activity-id", o.ActivityID)
	}
	for _, o := range a.OtherIdentifiers {
		x.otherIdentifier(o)
	}
	x.empty("activity-status", "code", a.Status)
	for _, d := range a.Dates {
		note := d.Note
		if said := precision(d.On); said != "" {
			note = Text{{"en", said}}
		}
		x.text("activity-date", note, "type", d.Type, "iso-date", string(written(d)))
	}
	for _, c := range a.Contacts {
		x.contact(c)
	}
	x.coded("activity-scope", a.Scope)
	x.places(a)
	x.classes(a)
	x.money(a)
	for _, d := range a.Documents {
		x.document(d)
	}
	for _, r := range a.Related {
		x.empty("related-activity", "ref", r.Ref, "type", r.Type)
	}
	x.end("iati-activity")
}

// precision says how much of a day is known; "" where all is.
func precision(d term.PartialDate) string {
	switch len(d) {
	case 4:
		return "Only the year is known: " + string(d) + "."
	case 7:
		return "Only the month is known: " + string(d) + "."
	}
	return ""
}

func (x *markup) otherIdentifier(o OtherIdentifier) {
	if o.OwnerRef == "" && len(filledText(o.Owner)) == 0 {
		x.empty("other-identifier", "ref", o.Ref, "type", o.Type)
		return
	}
	x.open("other-identifier", "ref", o.Ref, "type", o.Type)
	x.text("owner-org", o.Owner, "ref", o.OwnerRef)
	x.end("other-identifier")
}

func (x *markup) contact(c Contact) {
	x.open("contact-info", "type", c.Type)
	x.texts("organisation", c.Organisation)
	x.texts("department", c.Department)
	x.texts("person-name", c.Person)
	x.texts("job-title", c.JobTitle)
	for _, list := range []struct {
		name  string
		texts []string
	}{{"telephone", c.Telephones}, {"email", c.Emails}, {"website", c.Websites}} {
		for _, s := range list.texts {
			if list.name != "website" || address(s) {
				x.plain(list.name, s)
			}
		}
	}
	for _, t := range c.Addresses {
		x.texts("mailing-address", t)
	}
	x.end("contact-info")
}

// places writes States and regions, and locations. See Writer for several without shares.
func (x *markup) places(a *Activity) {
	all := slices.Concat(a.Countries, a.Regions)
	together := len(all) > 1 && all[0].Percentage == ""
	if together {
		var list, names []string
		for _, p := range all {
			list, names = append(list, p.Code), append(names, nameOf(p))
		}
		x.text("recipient-region", Text{{"en", strings.Join(names, ", ") + ". Shares are not known."}}, "code", strings.Join(list, "+"), "vocabulary", "99", "vocabulary-uri", x.uri+countriesURI)
		for _, p := range all {
			l := Location{Ref: placeRef + p.Code, Reach: "1", Name: p.Name}
			if p.Vocabulary == "" {
				l.IDs = []Coded{{"A4", p.Code}} // countries of ISO 3166-1
			}
			x.location(l)
		}
	} else {
		for _, p := range a.Countries {
			x.text("recipient-country", p.Name, "code", p.Code, "percentage", string(p.Percentage))
		}
		for _, p := range a.Regions {
			x.region(p)
		}
	}
	for _, l := range a.Locations {
		x.location(l)
	}
}

func (x *markup) region(p Place) {
	x.text("recipient-region", p.Name, "code", p.Code, "vocabulary", p.Vocabulary, "vocabulary-uri", p.VocabularyURI, "percentage", string(p.Percentage))
}

func nameOf(p Place) string {
	if n := p.Name.In("en"); n != "" {
		return n
	}
	list := "Country"
	if p.Vocabulary != "" {
		list = "Region"
	}
	if c := Lookup(list, p.Code); c != nil {
		return c.Name
	}
	return p.Code
}

func (x *markup) location(l Location) {
	x.open("location", "ref", l.Ref)
	x.coded("location-reach", l.Reach)
	for _, c := range l.IDs {
		if c.Code != "" && c.Vocabulary != "" {
			x.empty("location-id", "vocabulary", c.Vocabulary, "code", c.Code)
		}
	}
	x.texts("name", l.Name)
	x.texts("description", l.Description)
	x.texts("activity-description", l.OfTheActivity)
	for _, d := range l.Administrative {
		if d.Code != "" && d.Vocabulary != "" && typed("nonNegativeInteger", d.Level+"0") {
			x.empty("administrative", "vocabulary", d.Vocabulary, "code", d.Code, "level", d.Level)
		}
	}
	if l.Point != "" {
		x.open("point", "srsName", "http://www.opengis.net/def/crs/EPSG/0/4326")
		x.plain("pos", l.Point)
		x.end("point")
	}
	x.coded("exactness", l.Exactness)
	x.coded("location-class", l.Class)
	x.coded("feature-designation", l.Feature)
	x.end("location")
}

// classes writes sectors, tags and markers. Our themes stand as one code of vocabulary 99, so that it needs no shares, and
// each as a tag.
func (x *markup) classes(a *Activity) {
	var dac []Sector
	for _, s := range a.Sectors {
		if s.Vocabulary == "1" {
			dac = append(dac, s)
		}
	}
	together := inOne(dac)
	if len(dac) == 0 && len(a.Themes) > 0 {
		x.sector(Sector{Vocabulary: "1", Code: unspecifiedSector}) // the ruleset wants one of the DAC's
	}
	for _, s := range a.Sectors {
		if s.Vocabulary != "1" || !together {
			x.sector(s)
		}
	}
	if together {
		var list []string
		for _, s := range dac {
			list = append(list, s.Code)
		}
		x.sector(Sector{Vocabulary: "1", Code: unspecifiedSector})
		x.sector(Sector{Vocabulary: "98", VocabularyURI: x.uri + purposesURI, Code: strings.Join(list, "+"),
			Name: Text{{"en", "DAC codes " + strings.Join(list, ", ") + ". Shares are not known, or a code is on no list."}}})
	}
	if len(a.Themes) > 0 {
		group := term.GroupOf(slices.Contains(a.Themes, term.Smuggling), slices.Contains(a.Themes, term.Trafficking))
		x.sector(Sector{Vocabulary: "99", VocabularyURI: x.uri + themesURI, Code: string(group), Name: Text{{"en", themeNames[group]}}})
	}
	x.tags(a, dac, together)
	for _, m := range a.PolicyMarkers {
		x.text("policy-marker", m.Name, "vocabulary", m.Vocabulary, "vocabulary-uri", m.VocabularyURI, "code", m.Code, "significance", m.Significance)
	}
	x.coded("collaboration-type", a.CollaborationType)
	x.coded("default-flow-type", a.FlowType)
	x.coded("default-finance-type", a.FinanceType)
	x.aidTypes("default-aid-type", a.AidTypes)
	x.coded("default-tied-status", a.TiedStatus)
}

// inOne tells that DAC codes are written as one code of our own: several whose shares are not known, or any that is not on the
// DAC's list, and so no valid one.
func inOne(dac []Sector) bool {
	return len(dac) > 0 && dac[0].Percentage == "" && (len(dac) > 1 || Lookup("Sector", dac[0].Code) == nil)
}

func (x *markup) tags(a *Activity, dac []Sector, together bool) {
	for _, theme := range a.Themes {
		group := term.GroupOf(theme == term.Smuggling, theme == term.Trafficking)
		x.text("tag", Text{{"en", themeNames[group]}}, "vocabulary", "99", "vocabulary-uri", x.uri+themesURI, "code", string(theme))
	}
	if together {
		for _, s := range dac {
			x.text("tag", s.Name, "vocabulary", "99", "vocabulary-uri", x.uri+purposesURI, "code", s.Code)
		}
	}
	for _, t := range a.Tags {
		x.text("tag", t.Name, "vocabulary", t.Vocabulary, "vocabulary-uri", t.VocabularyURI, "code", t.Code)
	}
}

var themeNames = map[term.ThemeGroup]string{
	term.SmugglingOnly: "Smuggling of migrants", term.TraffickingOnly: "Trafficking in persons",
	term.BothThemes: "Smuggling of migrants and trafficking in persons", term.OtherThemes: "Other",
}

func (x *markup) sector(s Sector) {
	x.text("sector", s.Name, "vocabulary", s.Vocabulary, "vocabulary-uri", s.VocabularyURI, "code", s.Code, "percentage", string(s.Percentage))
}

func (x *markup) aidTypes(name string, list []Coded) {
	for _, c := range list {
		x.empty(name, "vocabulary", c.Vocabulary, "code", c.Code)
	}
}
