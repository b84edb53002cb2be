package seed

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestTheShippedDataHasNoProblem(t *testing.T) {
	for _, p := range Validate(shippedFiles(t)) {
		t.Error(p)
	}
}

type mutation struct {
	what  string
	spoil func(t *testing.T, f *Files)
	want  []Problem
}

// Each mutation spoils one thing and must be found as exactly that: no silence, and no second problem in its wake.
func TestEachMistakeIsNamedExactly(t *testing.T) {
	for _, m := range slices.Concat(lawMistakes, stateMistakes, policyAndMechanismMistakes, actorMistakes, activityMistakes, moneyMistakes, ownFileMistakes, governmentAndEstimateMistakes) {
		t.Run(m.what, func(t *testing.T) {
			t.Parallel()
			f := copied(t)
			m.spoil(t, f)
			if got := Validate(f); !slices.Equal(got, m.want) {
				t.Errorf("expected\n\t%v\nfound\n\t%v", Problems(m.want), Problems(got))
			}
		})
	}
}

func TestAllProblemsAreReturned(t *testing.T) {
	f := copied(t)
	f.Laws[0].Status = "void"
	f.Activities[0].Status = "over"
	f.Chapters[0].Starts = "soon"
	if got := Validate(f); len(got) != 3 || got[0].File != LawsFile || got[1].File != ActivitiesFile || got[2].File != ChaptersFile {
		t.Errorf("expected one problem in each of three files, found\n%v", Problems(got))
	}
}

func lawIn(key string, spoil func(*Law)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.Laws, func(l Law) string { return l.Key }, key))
	}
}

func stateIn(key string, spoil func(*State)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.States, func(s State) string { return s.Key }, key))
	}
}

func policyIn(key string, spoil func(*Policy)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.Policies, func(p Policy) string { return p.Key }, key))
	}
}

func mechanismIn(key string, spoil func(*Mechanism)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.Mechanisms, func(m Mechanism) string { return m.Key }, key))
	}
}

func actorIn(key string, spoil func(*Actor)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.Actors, func(a Actor) string { return a.Key }, key))
	}
}

func activityIn(key string, spoil func(*Activity)) func(*testing.T, *Files) {
	return func(t *testing.T, f *Files) {
		spoil(one(t, f.Activities, func(a Activity) string { return a.Key }, key))
	}
}

func amount(s string) *json.Number { return ptr(json.Number(s)) }

const penalCode = "afg-penal-code-2017"

var lawMistakes = []mutation{
	{"a key that is no key", lawIn(penalCode, func(l *Law) { l.Key = "AFG_Penal" }),
		[]Problem{{LawsFile, "AFG_Penal", "key", `"AFG_Penal" is not a key; expected small letters and digits joined by single hyphens`}}},
	{"a key twice", lawIn("khm-law-immigration-1994", func(l *Law) { l.Key = penalCode }),
		[]Problem{{LawsFile, penalCode, "key", "afg-penal-code-2017 stands twice in this file; every record is named once"}}},
	{"an unknown State", lawIn(penalCode, func(l *Law) { l.Country = "XXX" }),
		[]Problem{{LawsFile, penalCode, "country", `there is no State with a chapter and the code "XXX"; correct it or add it to the data set`}}},
	{"an unknown status", lawIn(penalCode, func(l *Law) { l.Status = "void" }),
		[]Problem{{LawsFile, penalCode, "status", `"void" is not a word of this vocabulary; expected one of in_force, amended, repealed, replaced`}}},
	{"a theme of another file", lawIn(penalCode, func(l *Law) { l.Themes[1] = "border_management" }),
		[]Problem{{LawsFile, penalCode, "themes[1]", `"border_management" is not a word of this vocabulary; expected one of trafficking, smuggling, child_protection, immigration, labour_migration, organised_crime, refugee`}}},
	{"a theme twice", lawIn(penalCode, func(l *Law) { l.Themes[1] = "trafficking" }),
		[]Problem{{LawsFile, penalCode, "themes[1]", `"trafficking" stands twice in this list`}}},
	{"no theme", lawIn(penalCode, func(l *Law) { l.Themes = nil }),
		[]Problem{{LawsFile, penalCode, "themes", "is empty; expected at least one"}}},
	{"an unknown reading", lawIn(penalCode, func(l *Law) { l.CriminalisesTrafficking = "maybe" }),
		[]Problem{{LawsFile, penalCode, "criminalises_trafficking", `"maybe" is not a word of this vocabulary; expected one of yes, partly, no`}}},
	{"an element of the other offence", lawIn(penalCode, func(l *Law) { l.Elements.Trafficking[1] = "document_fraud" }),
		[]Problem{{LawsFile, penalCode, "elements.trafficking[1]", `"document_fraud" is not a word of this vocabulary; expected one of act, means, purpose, child_without_means, consent_irrelevant, attempt, accomplice, organising, extraterritorial, legal_persons, non_punishment_of_victims`}}},
	{"a penalty without an end", lawIn(penalCode, func(l *Law) { l.Penalties.Trafficking.Years = 300 }),
		[]Problem{{LawsFile, penalCode, "penalties.trafficking_max_years", `300 is not a term of imprisonment; expected 1 to 100 years, "life" or null`}}},
	{"a month that does not exist", lawIn(penalCode, func(l *Law) { l.Adopted = ptr("2017-13") }),
		[]Problem{{LawsFile, penalCode, "adopted", `"2017-13" is not a date; expected a year, a month or a day, such as 2009, 2009-05 or 2009-05-17`}}},
	{"a day that does not exist", lawIn(penalCode, func(l *Law) { l.InForce = ptr("2017-02-29") }),
		[]Problem{{LawsFile, penalCode, "in_force", `"2017-02-29" is not a date; expected a year, a month or a day, such as 2009, 2009-05 or 2009-05-17`}}},
	{"in force before it was adopted", lawIn(penalCode, func(l *Law) { l.Adopted, l.InForce = ptr("2017-05-15"), ptr("2017-04") }),
		[]Problem{{LawsFile, penalCode, "in_force", "2017-04 is before adopted, which is 2017-05-15"}}},
	{"replaced by nobody", lawIn("khm-law-trafficking-1996", func(l *Law) { l.ReplacedBy = nil }),
		[]Problem{{LawsFile, "khm-law-trafficking-1996", "replaced_by", "is missing although status is replaced; name the law that took its place"}}},
	{"replaced by a law that is not there", lawIn("khm-law-trafficking-1996", func(l *Law) { l.ReplacedBy = ptr("khm-law-2050") }),
		[]Problem{{LawsFile, "khm-law-trafficking-1996", "replaced_by", `there is no law "khm-law-2050"; correct it or add it to the data set`}}},
	{"replaced in a circle", lawIn("khm-law-suppression-trafficking-2008", func(l *Law) { l.Status, l.ReplacedBy = "replaced", ptr("khm-law-trafficking-1996") }),
		[]Problem{{LawsFile, "khm-law-suppression-trafficking-2008", "replaced_by", "leads back to itself: khm-law-suppression-trafficking-2008, then khm-law-trafficking-1996, then khm-law-suppression-trafficking-2008; take one link out"}}},
	{"amended by a law that is not there", lawIn("vnm-penal-code-2015", func(l *Law) { l.AmendedBy[0].Key = ptr("vnm-law-none") }),
		[]Problem{{LawsFile, "vnm-penal-code-2015", "amended_by[0].key", `there is no law "vnm-law-none"; correct it or add it to the data set`}}},
	{"amended before it was made", lawIn("vnm-penal-code-2015", func(l *Law) { l.AmendedBy[0].Year = 1999 }),
		[]Problem{{LawsFile, "vnm-penal-code-2015", "amended_by[0].year", "1999 is before the law's own year 2015"}}},
	{"an address that is none", lawIn(penalCode, func(l *Law) { l.Sources[0].URL = ptr("ftp://www.state.gov/report") }),
		[]Problem{{LawsFile, penalCode, "sources[0].url", `"ftp://www.state.gov/report" is not a web address; expected one that begins with http:// or https://`}}},
	{"a day of access without its day", lawIn(penalCode, func(l *Law) { l.Sources[0].DateAccessed = "2026-11" }),
		[]Problem{{LawsFile, penalCode, "sources[0].date_accessed", `"2026-11" is not a day; expected one such as 2026-11-23`}}},
	{"no source", lawIn(penalCode, func(l *Law) { l.Sources = nil }),
		[]Problem{{LawsFile, penalCode, "sources", "is empty; expected at least one"}}},
	{"an empty title", lawIn(penalCode, func(l *Law) { l.Title = "" }),
		[]Problem{{LawsFile, penalCode, "title", "is empty; expected text"}}},
	{"another evidence", lawIn(penalCode, func(l *Law) { l.Evidence = "hearsay" }),
		[]Problem{{LawsFile, penalCode, "evidence", `"hearsay" is not a word of this vocabulary; expected one of looked_up, mixed, own_knowledge`}}},
	{"another confidence", lawIn(penalCode, func(l *Law) { l.Confidence = "sure" }),
		[]Problem{{LawsFile, penalCode, "confidence", `"sure" is not a word of this vocabulary; expected one of high, medium, low`}}},
	{"another verification", lawIn(penalCode, func(l *Law) { l.Verification = "verified" }),
		[]Problem{{LawsFile, penalCode, "verification", `"verified" is not a word of this vocabulary; expected one of unverified: desk research`}}},
}

var stateMistakes = []mutation{
	{"an unknown mode of consent", stateIn("state-india", func(s *State) { s.Treaties.UNTOC.Mode = "approval" }), []Problem{
		{StatesFile, "state-india", "treaties.untoc.mode", `"approval" is not a word of this vocabulary; expected one of ratification, accession, signature, none`},
		{StatesFile, "state-india", "treaties.untoc.mode", "is approval although treaties.untoc.party is true; expected ratification or accession"}}},
	{"bound before it signed", stateIn("state-india", func(s *State) { s.Treaties.UNTOC.Bound = ptr("2001-05-05") }),
		[]Problem{{StatesFile, "state-india", "treaties.untoc.bound", "2001-05-05 is before treaties.untoc.signed, which is 2002-12-12"}}},
	{"a party that is not bound", stateIn("state-india", func(s *State) { s.Treaties.SmugglingProtocol.Bound = nil }),
		[]Problem{{StatesFile, "state-india", "treaties.smuggling_protocol.bound", "is null although treaties.smuggling_protocol.party is true; expected a date"}}},
	{"a member since nobody knows when", stateIn("state-viet-nam", func(s *State) { s.ASEANSince = nil }),
		[]Problem{{StatesFile, "state-viet-nam", "asean_since", "is null although asean_member is true; expected a date"}}},
	{"no member, but since 1985", stateIn("state-viet-nam", func(s *State) { s.SAARCSince = ptr(1985) }),
		[]Problem{{StatesFile, "state-viet-nam", "saarc_since", "is given although saarc_member is false; expected null"}}},
	{"no party, but since 1981", stateIn("state-viet-nam", func(s *State) { s.RefugeeConventionAccession = ptr("1981") }),
		[]Problem{{StatesFile, "state-viet-nam", "refugee_convention_accession", "is given although refugee_convention_1951 is false; expected null"}}},
	{"a subregion that M49 does not have", stateIn("state-viet-nam", func(s *State) { s.Region = "Indochina" }),
		[]Problem{{StatesFile, "state-viet-nam", "region", `"Indochina" is not a word of this vocabulary; expected one of ` + subregions.String()}}},
	{"an M49 code without its zeros", stateIn("state-afghanistan", func(s *State) { s.M49 = "4" }),
		[]Problem{{StatesFile, "state-afghanistan", "m49", `"4" is not an M49 code; expected three digits as text`}}},
	{"the code of another State", stateIn("state-viet-nam", func(s *State) { s.ISO2 = "TH" }),
		[]Problem{{StatesFile, "state-viet-nam", "iso2", `"TH" already belongs to another State`}}},
	{"a name that its chapter does not have", stateIn("state-viet-nam", func(s *State) { s.Name = "Vietnam" }),
		[]Problem{{ChaptersFile, "VNM", "title", `is "Viet Nam", but states.yaml calls the State "Vietnam"`}}},
}
