package seed

import "testing"

var policyAndMechanismMistakes = []mutation{
	{"a period that ends before it begins", policyIn("khm-npa-2014-2018", func(p *Policy) { p.PeriodTo = ptr(2008) }),
		[]Problem{{PoliciesFile, "khm-npa-2014-2018", "period_to", "2008 is before period_from, which is 2014"}}},
	{"the regional chapter under its other name", policyIn("reg-asean-bohol-2017-2020", func(p *Policy) { p.Country = "REGIONAL" }),
		[]Problem{{PoliciesFile, "reg-asean-bohol-2017-2020", "country", `there is no State with a chapter and the code "REGIONAL"; correct it or add it to the data set`}}},
	{"another comprehensiveness", policyIn("khm-npa-2014-2018", func(p *Policy) { p.Comprehensive.Smuggling = "partly" }),
		[]Problem{{PoliciesFile, "khm-npa-2014-2018", "comprehensive.smuggling", `"partly" is not a word of this vocabulary; expected one of yes, no`}}},
	{"a year beyond all years", policyIn("khm-npa-2014-2018", func(p *Policy) { p.PeriodTo = ptr(20188) }),
		[]Problem{{PoliciesFile, "khm-npa-2014-2018", "period_to", "20188 is not a year of this catalogue; expected 1800 to 2100"}}},
	{"an unknown scope", mechanismIn("reg-commit", func(m *Mechanism) { m.Scope = "global" }),
		[]Problem{{MechanismsFile, "reg-commit", "scope", `"global" is not a word of this vocabulary; expected one of national, bilateral, trilateral, regional`}}},
	{"an unknown member", mechanismIn("reg-commit", func(m *Mechanism) { m.Members[0] = "KHR" }),
		[]Problem{{MechanismsFile, "reg-commit", "members[0]", `there is no State with the code "KHR"; correct it or add it to the data set`}}},
	{"three members of a bilateral agreement", mechanismIn("bil-chn-vnm-2010", func(m *Mechanism) { m.Members = append(m.Members, "LAO") }),
		[]Problem{{MechanismsFile, "bil-chn-vnm-2010", "members", "has 3 States although scope is bilateral; expected 2"}}},
	{"a country of a regional process", mechanismIn("reg-commit", func(m *Mechanism) { m.Country = ptr("THA") }),
		[]Problem{{MechanismsFile, "reg-commit", "country", "is given although scope is regional; expected null"}}},
	{"an organisation that is no actor", mechanismIn("reg-bali-process", func(m *Mechanism) { m.MemberOrganisations[1] = "OSCE" }),
		[]Problem{{MechanismsFile, "reg-bali-process", "member_organisations[1]", `there is no actor "osce"; correct it or add it to the data set`}}},
	{"a year that is not that of the date", mechanismIn("reg-commit", func(m *Mechanism) { m.Year = ptr(2005) }),
		[]Problem{{MechanismsFile, "reg-commit", "year", "is 2005, but date is 2004-10-29"}}},
	{"a date without its year", mechanismIn("reg-commit", func(m *Mechanism) { m.Year = nil }),
		[]Problem{{MechanismsFile, "reg-commit", "year", "is null although date is known; expected its year"}}},
	{"related to nothing", mechanismIn("mech-khm-ncct", func(m *Mechanism) { m.Related[0] = "khm-nsp" }),
		[]Problem{{MechanismsFile, "mech-khm-ncct", "related[0]", `there is no law, policy or mechanism "khm-nsp"; correct it or add it to the data set`}}},
	{"related to itself", mechanismIn("mech-khm-ncct", func(m *Mechanism) { m.Related[0] = "mech-khm-ncct" }),
		[]Problem{{MechanismsFile, "mech-khm-ncct", "related[0]", "names the mechanism itself; name another record"}}},
	{"related to two records of one key", policyIn("chn-nap-2008-2012", func(p *Policy) { p.Key = "afg-law-trafficking-smuggling-2017" }),
		[]Problem{{MechanismsFile, "mech-afg-high-commission", "related[0]", `"afg-law-trafficking-smuggling-2017" is the key of more than one of law, policy and mechanism; rename one`}}},
	{"an unknown form", mechanismIn("reg-commit", func(m *Mechanism) { m.Type = "club" }),
		[]Problem{{MechanismsFile, "reg-commit", "type", `"club" is not a word of this vocabulary; expected one of ` + mechanismForms.String()}}},
}

var actorMistakes = []mutation{
	{"an unknown kind", actorIn("cardno", func(a *Actor) { a.Kind = "contractor" }),
		[]Problem{{ActorsFile, "cardno", "kind", `"contractor" is not a word of this vocabulary; expected one of state_authority, international_organization, regional_organization, ngo, donor, academic, private_sector`}}},
	{"an unknown role", actorIn("cardno", func(a *Actor) { a.Roles[0] = "partner" }),
		[]Problem{{ActorsFile, "cardno", "roles[0]", `"partner" is not a word of this vocabulary; expected one of donor, implementer, recipient, coordinator`}}},
	{"an unknown chapter", actorIn("afg-border-police", func(a *Actor) { a.Chapters[0] = "PHL" }),
		[]Problem{{ActorsFile, "afg-border-police", "chapters[0]", `there is no chapter "PHL"; correct it or add it to the data set`}}},
	{"a parent that is not there", actorIn("afg-border-police", func(a *Actor) { a.Parent = ptr("afg-army") }),
		[]Problem{{ActorsFile, "afg-border-police", "parent", `there is no actor "afg-army"; correct it or add it to the data set`}}},
	{"a parent of its parent", actorIn("afg-ministry-of-interior-affairs", func(a *Actor) { a.Parent = ptr("afg-border-police") }),
		[]Problem{{ActorsFile, "afg-ministry-of-interior-affairs", "parent", "leads back to itself: afg-ministry-of-interior-affairs, then afg-border-police, then afg-ministry-of-interior-affairs; take one link out"}}},
	{"its own parent", actorIn("cardno", func(a *Actor) { a.Parent = ptr("cardno") }),
		[]Problem{{ActorsFile, "cardno", "parent", "leads back to itself: cardno, then cardno; take one link out"}}},
	{"a country that nobody has named", actorIn("cardno", func(a *Actor) { a.Country = ptr("ATL") }),
		[]Problem{{ActorsFile, "cardno", "country", `there is no State with the code "ATL"; correct it or add it to the data set`}}},
	{"a website without its scheme", actorIn("cardno", func(a *Actor) { a.Website = ptr("www.cardno.com") }),
		[]Problem{{ActorsFile, "cardno", "website", `"www.cardno.com" is not a web address; expected one that begins with http:// or https://`}}},
	{"a name with a space at its end", actorIn("cardno", func(a *Actor) { a.Name = "Cardno " }),
		[]Problem{{ActorsFile, "cardno", "name", "begins or ends with a space, or holds a tab or a line break; expected plain text"}}},
}

var activityMistakes = []mutation{
	{"an end before its start", activityIn("artip", func(a *Activity) { a.End = ptr("2006-07") }),
		[]Problem{{ActivitiesFile, "artip", "end", "2006-07 is before start, which is 2006-08"}}},
	{"a State without a chapter among the countries", activityIn("artip", func(a *Activity) { a.Countries[0] = "NPL" }),
		[]Problem{{ActivitiesFile, "artip", "countries[0]", `there is no State with a chapter and the code "NPL"; correct it or add it to the data set`}}},
	{"another country that nobody has named", activityIn("artip", func(a *Activity) { a.OtherCountries[0] = "PNL" }),
		[]Problem{{ActivitiesFile, "artip", "other_countries[0]", `there is no State with the code "PNL"; correct it or add it to the data set`}}},
	{"a country in both lists", activityIn("artip", func(a *Activity) { a.OtherCountries[0] = "KHM" }),
		[]Problem{{ActivitiesFile, "artip", "other_countries[0]", `"KHM" stands in countries too; keep one`}}},
	{"an implementer that is no actor", activityIn("artip", func(a *Activity) { a.Implementers[0] = "gtz" }),
		[]Problem{{ActivitiesFile, "artip", "implementers[0]", `there is no actor "gtz"; correct it or add it to the data set`}}},
	{"a partner that is no actor", activityIn("artip", func(a *Activity) { a.Partners[0] = "asean" }),
		[]Problem{{ActivitiesFile, "artip", "partners[0]", `there is no actor "asean"; correct it or add it to the data set`}}},
	{"a phase of nothing", activityIn("artip", func(a *Activity) { a.PhaseOf = ptr("nothing") }),
		[]Problem{{ActivitiesFile, "artip", "phase_of", `there is no activity "nothing"; correct it or add it to the data set`}}},
	{"a phase of itself", activityIn("artip", func(a *Activity) { a.PhaseOf = ptr("artip") }),
		[]Problem{{ActivitiesFile, "artip", "phase_of", "leads back to itself: artip, then artip; take one link out"}}},
	{"a chain without a first link", activityIn("arcppt", func(a *Activity) { a.Follows = ptr("asean-act") }),
		[]Problem{{ActivitiesFile, "arcppt", "follows", "leads back to itself: arcppt, then asean-act, then aaptip, then artip, then arcppt; take one link out"}}},
	{"an unknown assistance type", activityIn("arcppt", func(a *Activity) { a.AssistanceTypes[0] = "money" }),
		[]Problem{{ActivitiesFile, "arcppt", "assistance_types[0]", `"money" is not a word of this vocabulary; expected one of ` + assistanceTypes.String()}}},
	{"an unknown audience", activityIn("arcppt", func(a *Activity) { a.TargetAudiences[0] = "soldiers" }),
		[]Problem{{ActivitiesFile, "arcppt", "target_audiences[0]", `"soldiers" is not a word of this vocabulary; expected one of ` + audiences.String()}}},
	{"an unknown status", activityIn("arcppt", func(a *Activity) { a.Status = "over" }),
		[]Problem{{ActivitiesFile, "arcppt", "status", `"over" is not a word of this vocabulary; expected one of completed, ongoing, unknown`}}},
}

func donor(spoil func(*Donor)) func(*testing.T, *Files) {
	return activityIn("artip", func(a *Activity) { spoil(&a.Donors[0]) })
}

var moneyMistakes = []mutation{
	{"a donor that is no actor", donor(func(d *Donor) { d.Actor = "australia" }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].actor", `there is no actor "australia"; correct it or add it to the data set`}}},
	{"an amount of nothing", donor(func(d *Donor) { d.Amount = amount("0") }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].amount", "0 is not above zero; write null where the amount is unknown"}}},
	{"an amount below nothing", donor(func(d *Donor) { d.Amount = amount("-5") }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].amount", "-5 is not above zero; write null where the amount is unknown"}}},
	{"an amount too fine", donor(func(d *Donor) { d.Amount = amount("1.00001") }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].amount", "1.00001 cannot be held exactly; expected digits with at most four decimals, such as 1250000 or 1250.50"}}},
	{"an amount in powers of ten", donor(func(d *Donor) { d.Amount = amount("2.1e7") }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].amount", "2.1e7 cannot be held exactly; expected digits with at most four decimals, such as 1250000 or 1250.50"}}},
	{"an amount without a currency", donor(func(d *Donor) { d.Currency = nil }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].currency", "is null although there is an amount; expected an ISO 4217 code"}}},
	{"an unknown currency", donor(func(d *Donor) { d.Currency = ptr("AUS") }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].currency", `there is no rate in rates.csv for the currency "AUS"; correct it or add it to the data set`}}},
	{"an amount that nobody says was checked", donor(func(d *Donor) { d.AmountChecked = nil }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].amount_checked", "is null although there is an amount; expected true or false"}}},
	{"a check of no amount", donor(func(d *Donor) { d.Amount = nil }),
		[]Problem{{ActivitiesFile, "artip", "donors[0].amount_checked", "is given although there is no amount; expected null"}}},
	{"an amount without a year, which may be", donor(func(d *Donor) { d.Year = nil }), nil},
	{"a currency without an amount, which may be", donor(func(d *Donor) { d.Amount, d.AmountChecked = nil, nil }), nil},
}

var ownFileMistakes = []mutation{
	{"a place with a chapter", func(_ *testing.T, f *Files) {
		f.Places = append(f.Places, Place{Code: "VNM", Alpha2: "XV", M49: "999", Name: "Viet Nam", OfficialName: "Viet Nam", Subregion: "Polynesia"})
	}, []Problem{{PlacesFile, "VNM", "code", `"VNM" is a State with a chapter and stands in states.yaml; take it out here`}}},
	{"a place with the code of another", func(_ *testing.T, f *Files) { f.Places[0].M49 = "004" },
		[]Problem{{PlacesFile, "ALB", "m49", `"004" already belongs to another State`}}},
	{"a membership of a group unknown", func(_ *testing.T, f *Files) { f.Memberships[0].Group = "EU" },
		[]Problem{{GroupsFile, "EU PHL", "group", `"EU" is not a word of this vocabulary; expected one of ASEAN, SAARC, BALI_PROCESS, BALI_PROCESS_AD_HOC_GROUP, MEKONG`}}},
	{"a membership that states.yaml has", func(_ *testing.T, f *Files) { f.Memberships[0].Code = "VNM" },
		[]Problem{{GroupsFile, "ASEAN VNM", "code", "states.yaml already says whether VNM belongs to ASEAN; take the line out"}}},
	{"a chapter without a zone", func(_ *testing.T, f *Files) { f.Chapters[0].TimeZone = "Kabul" },
		[]Problem{{ChaptersFile, "AFG", "time_zone", `"Kabul" is not a time zone; expected an IANA name such as Asia/Bangkok`}}},
	{"a chapter that starts otherwise", func(_ *testing.T, f *Files) { f.Chapters[0].Starts = "open" },
		[]Problem{{ChaptersFile, "AFG", "starts", `"open" is not a word of this vocabulary; expected one of suspended, not_opened`}}},
	{"a rate of nothing", func(_ *testing.T, f *Files) { f.Rates[0].PerUSD = "0.0" },
		[]Problem{{RatesFile, "AUD 2000", "per_usd", `"0.0" is not a rate; expected a decimal number above zero`}}},
	{"a rate twice", func(_ *testing.T, f *Files) { f.Rates[1].Year = 2000 },
		[]Problem{{RatesFile, "AUD 2000", "year", "AUD 2000 stands twice in this file; every record is named once"}}},
}

// sums and marks rest on these two files: a line that means nothing is a total that is wrong.
var governmentAndEstimateMistakes = []mutation{
	{"a government's agency that is no actor", government(func(g *Government) { g.Actor = "australia" }),
		[]Problem{{GovernmentsFile, "australia", "actor", `there is no actor "australia"; correct it or add it to the data set`}}},
	{"a government that nobody has named", government(func(g *Government) { g.State = "ATL" }),
		[]Problem{{GovernmentsFile, "australia-dfat", "state", `there is no State "ATL"; correct it or add it to the data set`}}},
	{"a government under its short code", government(func(g *Government) { g.State = "AU" }),
		[]Problem{{GovernmentsFile, "australia-dfat", "state", `there is no State "AU"; correct it or add it to the data set`}}},
	{"an agency of two governments", func(_ *testing.T, f *Files) {
		f.Governments = append(f.Governments, Government{Actor: "australia-dfat", State: "NZL"})
	}, []Problem{{GovernmentsFile, "australia-dfat", "actor", "australia-dfat stands twice in this file; every record is named once"}}},
	{"an authority of a State among the agencies", func(_ *testing.T, f *Files) {
		f.Governments = append(f.Governments, Government{Actor: "afg-border-police", State: "AUS"})
	}, []Problem{{GovernmentsFile, "afg-border-police", "actor", `"afg-border-police" is an authority of a State and counts as its own; take the line out`}}},
	{"an agency of a State with a chapter, which may be", government(func(g *Government) { g.State = "SGP" }), nil},
	{"an estimate of no activity", estimated(func(e *Estimate) { e.Activity = "aus-idn" }),
		[]Problem{{EstimatesFile, "aus-idn, line 1", "activity", `there is no activity "aus-idn"; correct it or add it to the data set`}}},
	{"an estimate of line 0", estimated(func(e *Estimate) { e.Line = 0 }),
		[]Problem{{EstimatesFile, "aus-idn-rca, line 0", "line", "the activity has 1 lines of money and no line 0; lines count from 1"}}},
	{"an estimate of a line too far", estimated(func(e *Estimate) { e.Line = 2 }),
		[]Problem{{EstimatesFile, "aus-idn-rca, line 2", "line", "the activity has 1 lines of money and no line 2; lines count from 1"}}},
	{"an estimate of a line below", estimated(func(e *Estimate) { e.Line = -1 }),
		[]Problem{{EstimatesFile, "aus-idn-rca, line -1", "line", "the activity has 1 lines of money and no line -1; lines count from 1"}}},
	{"an estimate because of something else", estimated(func(e *Estimate) { e.Because = "an estimate" }),
		[]Problem{{EstimatesFile, "aus-idn-rca, line 1", "because", "the note of that line says otherwise; repeat it word for word, so that the mark stands on the source"}}},
	{"an estimate because of nothing", estimated(func(e *Estimate) { e.Because = "" }),
		[]Problem{{EstimatesFile, "aus-idn-rca, line 1", "because", "the note of that line says otherwise; repeat it word for word, so that the mark stands on the source"}}},
	{"an estimate of a line without a note", estimated(func(e *Estimate) { e.Activity, e.Because = "sgp-france-workshop", "" }),
		[]Problem{{EstimatesFile, "sgp-france-workshop, line 1", "because", "the note of that line says otherwise; repeat it word for word, so that the mark stands on the source"}}},
	{"an estimate twice", func(_ *testing.T, f *Files) { f.Estimates = append(f.Estimates, f.Estimates[0]) },
		[]Problem{{EstimatesFile, "aus-idn-rca, line 1", "line", "aus-idn-rca, line 1 stands twice in this file; every record is named once"}}},
	{"two estimates of one activity, which may be", func(t *testing.T, f *Files) {
		a := one(t, f.Activities, func(a Activity) string { return a.Key }, "aus-idn-rca")
		a.Donors = append(a.Donors, a.Donors[0])
		f.Estimates = append(f.Estimates, Estimate{Activity: a.Key, Line: 2, Because: *a.Donors[0].Note})
	}, nil},
}

func government(spoil func(*Government)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.Governments, func(g Government) string { return g.Actor }, "australia-dfat"))
	}
}

func estimated(spoil func(*Estimate)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.Estimates, func(e Estimate) string { return e.Activity }, "aus-idn-rca"))
	}
}

func TestAStateWithoutAChapterIsNamed(t *testing.T) {
	f := copied(t)
	f.Chapters = f.Chapters[1:14]
	var got []Problem
	for _, p := range Validate(f) {
		if p.File == ChaptersFile {
			got = append(got, p)
		}
	}
	want := []Problem{
		{ChaptersFile, "AFG", "", "the State stands in states.yaml and has no chapter; add one"},
		{ChaptersFile, "REGIONAL", "", "the regional chapter is missing; add it"},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("expected\n%v\nfound\n%v", Problems(want), Problems(got))
	}
}
