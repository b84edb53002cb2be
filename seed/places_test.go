package seed

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// others are the States and territories without a chapter that the six files name, and who names them.
func others(f *Files) map[string]bool {
	named := map[string]bool{}
	for _, a := range f.Activities {
		for _, code := range slices.Concat(a.Countries, a.OtherCountries) {
			named[code] = true
		}
	}
	for _, m := range f.Mechanisms {
		for _, code := range m.Members {
			named[code] = true
		}
	}
	for _, a := range f.Actors {
		if a.Country != nil {
			named[*a.Country] = true
		}
	}
	for _, s := range f.States {
		delete(named, s.ISO3)
	}
	return named
}

func TestPlacesAreExactlyTheOtherStatesThatTheFilesName(t *testing.T) {
	f := shippedFiles(t)
	named := others(f)
	if len(named) != 68 {
		t.Errorf("the files name %d other States; expected 68", len(named))
	}
	for _, p := range f.Places {
		if !named[p.Code] {
			t.Errorf("no file names %s: take it out of %s", p.Code, PlacesFile)
		}
		delete(named, p.Code)
	}
	for _, code := range sortedKeys(named) {
		t.Errorf("%s is named and does not stand in %s", code, PlacesFile)
	}
}

// The codes are compared with those of another hand: the Unicode tables.
func TestTheThreeCodesOfAStateBelongTogether(t *testing.T) {
	f := shippedFiles(t)
	check := func(alpha3, alpha2, m49 string) {
		r, err := language.ParseRegion(alpha3)
		if err != nil || r.ISO3() != alpha3 || r.String() != alpha2 || fmt.Sprintf("%03d", r.M49()) != m49 {
			t.Errorf("%s, %s, %s: expected %s, %s, %03d", alpha3, alpha2, m49, r.ISO3(), r, r.M49())
		}
	}
	for _, p := range f.Places {
		check(p.Code, p.Alpha2, p.M49)
	}
	for _, s := range f.States {
		check(s.ISO3, s.ISO2, s.M49)
	}
}

func TestNamesAreThoseOfTheUnitedNations(t *testing.T) {
	f := shippedFiles(t)
	want := map[string]string{
		"IRN": "Iran (Islamic Republic of)", "KOR": "Republic of Korea", "PRK": "Democratic People's Republic of Korea",
		"GBR": "United Kingdom of Great Britain and Northern Ireland", "USA": "United States of America", "TUR": "Türkiye",
		"NLD": "Netherlands (Kingdom of the)", "MDA": "Republic of Moldova", "SYR": "Syrian Arab Republic",
		"BRN": "Brunei Darussalam", "TLS": "Timor-Leste", "COK": "Cook Islands",
		"LAO": "Lao People's Democratic Republic", "VNM": "Viet Nam", "MMR": "Myanmar",
	}
	got := map[string]string{}
	for _, p := range f.Places {
		got[p.Code] = p.Name
	}
	for _, s := range f.States {
		got[s.ISO3] = s.Name
	}
	for code, name := range want {
		if got[code] != name {
			t.Errorf("%s is called %q; expected %q", code, got[code], name)
		}
	}
}

// members gives who belongs to a group by states.yaml and groups.yaml together, in order of the code.
func members(f *Files, group string) []string {
	in := map[string]bool{}
	for _, s := range f.States {
		in[s.ISO3] = group == "ASEAN" && s.ASEANMember || group == "SAARC" && s.SAARCMember || group == "BALI_PROCESS" && s.BaliProcessMember
	}
	for _, m := range f.Memberships {
		if m.Group == group {
			in[m.Code] = true
		}
	}
	var out []string
	for _, code := range sortedKeys(in) {
		if in[code] {
			out = append(out, code)
		}
	}
	return out
}

func TestGroupsAgreeWithTheirMechanisms(t *testing.T) {
	f := shippedFiles(t)
	for group, key := range map[string]string{"BALI_PROCESS": "reg-bali-process", "MEKONG": "reg-commit", "SAARC": "reg-saievac"} {
		m := one(t, f.Mechanisms, func(m Mechanism) string { return m.Key }, key)
		if got, want := members(f, group), slices.Sorted(slices.Values(m.Members)); !slices.Equal(got, want) {
			t.Errorf("%s has the members\n\t%v, but %s has\n\t%v", group, got, key, want)
		}
	}
	// The convention of 2015 is older than the membership of Timor-Leste.
	actip := one(t, f.Mechanisms, func(m Mechanism) string { return m.Key }, "reg-actip").Members
	if got, want := members(f, "ASEAN"), slices.Sorted(slices.Values(append(actip, "TLS"))); !slices.Equal(got, want) {
		t.Errorf("ASEAN has the members\n\t%v; expected\n\t%v", got, want)
	}
	for _, code := range members(f, "BALI_PROCESS_AD_HOC_GROUP") {
		if !slices.Contains(members(f, "BALI_PROCESS"), code) {
			t.Errorf("%s is in the Ad Hoc Group and not in the Bali Process", code)
		}
	}
}

func TestGroupsDoNotRepeatWhatStatesSay(t *testing.T) {
	f := shippedFiles(t)
	stated := map[string]bool{"ASEAN": true, "SAARC": true, "BALI_PROCESS": true}
	for _, m := range f.Memberships {
		for _, s := range f.States {
			if s.ISO3 == m.Code && stated[m.Group] {
				t.Errorf("%s of %s stands in %s and in %s", m.Group, m.Code, StatesFile, GroupsFile)
			}
		}
		if m.Evidence != "own_knowledge" {
			t.Errorf("%s of %s rests on %q", m.Group, m.Code, m.Evidence)
		}
	}
	since := func(group, code string) string {
		m := one(t, f.Memberships, func(m Membership) string { return m.Group + " " + m.Code }, group+" "+code)
		return *m.Since
	}
	for _, want := range [][3]string{{"ASEAN", "BRN", "1984"}, {"ASEAN", "PHL", "1967"}, {"ASEAN", "TLS", "2025-10-26"}, {"SAARC", "NPL", "1985"}, {"MEKONG", "LAO", "2004"}} {
		if got := since(want[0], want[1]); got != want[2] {
			t.Errorf("%s belongs to %s since %s; expected %s", want[1], want[0], got, want[2])
		}
	}
}

func TestTheChaptersOfAfghanistanAndMyanmarStartSuspended(t *testing.T) {
	for _, ch := range shippedFiles(t).Chapters {
		want := "not_opened"
		if ch.Code == "AFG" || ch.Code == "MMR" {
			want = "suspended"
		}
		if ch.Starts != want {
			t.Errorf("chapter %s starts %s; expected %s", ch.Code, ch.Starts, want)
		}
	}
}

// Deadlines end at midnight of the chapter, so a zone must be the right one, not merely one that exists.
func TestEveryChapterHasTheClockOfItsCapital(t *testing.T) {
	offsets := map[string]string{
		"AFG": "+0430", "KHM": "+0700", "CHN": "+0800", "IND": "+0530", "IDN": "+0700", "LAO": "+0700", "MYS": "+0800",
		"MDV": "+0500", "MMR": "+0630", "PAK": "+0500", "SGP": "+0800", "LKA": "+0530", "THA": "+0700", "VNM": "+0700",
		RegionalChapter: "+0700",
	}
	for _, ch := range shippedFiles(t).Chapters {
		zone, err := time.LoadLocation(ch.TimeZone)
		if err != nil {
			t.Errorf("chapter %s: %v", ch.Code, err)
			continue
		}
		if got := time.Date(2026, 11, 23, 12, 0, 0, 0, zone).Format("-0700"); got != offsets[ch.Code] {
			t.Errorf("chapter %s is at %s; expected %s", ch.Code, got, offsets[ch.Code])
		}
	}
}
