package server

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"adam/internal/access"
)

// theDonorsQuestion is the one that the catalogue is for: who funded law-enforcement training against smuggling in the
// Mekong States, 2010 to 2015, in Australian dollars?
const theDonorsQuestion = "assistance=LAW_ENFORCEMENT_TRAINING&currency=AUD&from=2010&group=MEKONG&theme=SMUGGLING&to=2015"

// fundingLeaves are pages of money and what they must say.
var fundingLeaves = []leaf{
	{"/funding", []string{"Who funds what where", "of them without a published amount", "of the total is verified", "Shared with other rows", "What is not in the total", "Donor: USD, rounded to whole units"}},
	{"/funding?across=STATE&" + theDonorsQuestion, []string{"AUD 20,489,470.07", "European Union", "Donor by State", "16,245,480 shared", "Donor not known", "Group of States: ", "rates that the figures rest on"}},
	{"/funding?by=ASSISTANCE_TYPE&across=YEAR", []string{"Type of assistance by Year", "Year not stated", "Law enforcement training"}},
	{"/funding?q=zebra", []string{"0 activities, 0 without an amount", "Show the whole list"}},
	{"/funding/lines?" + theDonorsQuestion, []string{"All money of this answer", "AUD 20,489,470.07", "14; without an amount: 11, withheld: 0", "EUR 11,000,000", "16,245,479.85", "GLO.ACT overview", "Amount unknown", "amount not published"}},
	{"/funding/lines?in-donor=eu&in-state=CHN&across=STATE&" + theDonorsQuestion, []string{"AUD 2,312,388.16", "Capacity Building for Migration Management in China, phase 2"}},
	{"/briefs", []string{"One page for a meeting", "Thailand", "Smuggling of migrants"}},
	{"/briefs/states/THA", []string{"Brief of", "Who is active today", "Under way today", "Planned next", "What is missing, and what is not known: Smuggling of migrants", "Changed since", "of them without a published amount"}},
	{"/briefs/donors/eu", []string{"European Union", "State: USD", "Under way today"}},
	{"/briefs/themes/SMUGGLING", []string{"Smuggling of migrants", "Six questions", "Donor: USD"}},
	{"/funding/lines?in-donor=nobody", []string{"Nothing stands at this place"}},
}

func TestPageFunding(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	c := chromium(t)
	h := library(t, hidden)
	p := h.tab(t, c, true).looker()
	for i, l := range fundingLeaves {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			p.t = t
			for _, language := range []string{"", "/ur"} {
				p.open(language + l.path)
				p.look(fmt.Sprintf("funding %d%s", i, strings.ReplaceAll(language, "/", " ")))
				if language == "" {
					p.says(l.says...)
				}
			}
		})
	}
}

// The donor's question is answered in three clicks, by a hand without a script: who funds what, what is asked, and a
// figure, behind which stand its lines with their sources.
func TestPageFundingAnswersTheDonorInThreeClicks(t *testing.T) {
	h, c := library(t, hidden), chromium(t)
	hand := h.tab(t, c, false)
	hand.open("/")
	hand.press("Who funds what")
	hand.tick("theme-SMUGGLING")
	for group, id := range map[string]string{"Assistance": "assistance-LAW_ENFORCEMENT_TRAINING", "Group of States": "group-MEKONG"} {
		hand.unfold(group)
		hand.tick(id)
	}
	hand.choose("funding-across", "STATE")
	hand.fill("funding-currency", "AUD")
	hand.fillIn(`input[name="from"]`, "2010")
	hand.fillIn(`input[name="to"]`, "2015")
	hand.press("Show")
	hand.says("AUD 20,489,470.07", "11", "CSV (for spreadsheets)")
	hand.press("European Union (European Commission) (EU): 18,557,868")
	hand.says("EUR 11,000,000", "GLO.ACT overview", "Amount unknown", "CSV (for spreadsheets)")
}

var (
	behindFigure = regexp.MustCompile(`href="(/funding/lines[^"#]*)" aria-label="[^"]*: ([\d,]+)"`)
	theFigure    = regexp.MustCompile(`<dd>[A-Z]{3} ([\d,.]+)`)
)

// rounded are the figures that a page of lines says, to whole units.
func rounded(page string) (out []string) {
	for _, m := range theFigure.FindAllStringSubmatch(page, -1) {
		x, ok := new(big.Rat).SetString(strings.ReplaceAll(m[1], ",", ""))
		if ok {
			out = append(out, x.FloatString(0))
		}
	}
	return out
}

// Every figure leads to lines that add up to it, for whoever looks; and the files hold what the page shows.
func TestPageFundingFiguresLeadToTheirLines(t *testing.T) {
	h := library(t, hidden)
	desk := h.token(h.person("desk@example.org", access.Secretariat), access.ScopeRead)
	for _, token := range []string{"", desk} {
		for _, query := range []string{"", "across=STATE&" + theDonorsQuestion, "by=STATE&across=none&currency=EUR", "by=YEAR&across=IMPLEMENTER"} {
			address := strings.TrimSuffix("/funding?"+query, "?")
			_, _, body := h.answered(address, "text/html", token)
			all := behindFigure.FindAllStringSubmatch(body, -1)
			if len(all) < 3 {
				t.Errorf("%s: %d figures lead to lines", address, len(all))
			}
			for _, m := range all[:min(len(all), 5)] {
				if _, _, lines := h.answered(html.UnescapeString(m[1]), "text/html", token); !slices.Contains(rounded(lines), strings.ReplaceAll(m[2], ",", "")) {
					t.Errorf("%s leads to %s, which does not say %s", address, m[1], m[2])
				}
			}
			_, _, file := h.answered(strings.Replace(address, "/funding", "/funding.csv", 1), "*/*", token)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff"))).ReadAll()
			if err != nil || len(rows) < 2 {
				t.Fatalf("%s: %v %d", address, err, len(rows))
			}
			safe(t, address, rows)
			var records []json.RawMessage
			_, _, file = h.answered(strings.Replace(address, "/funding", "/funding.json", 1), "*/*", token)
			if err := json.Unmarshal([]byte(file), &records); err != nil || len(records) != len(rows)-1 {
				t.Errorf("%s: %v, %d rows as JSON, %d as CSV", address, err, len(records), len(rows)-1)
			}
		}
	}
	_, _, file := h.answered("/funding/lines.csv?"+theDonorsQuestion, "*/*", "")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 17 || rows[1][6] != "16245479.8526" || !slices.ContainsFunc(rows, func(r []string) bool { return r[0] == "Amount unknown" && r[2] == "" }) {
		t.Errorf("%v: %d lines\n%v", err, len(rows), rows[:min(len(rows), 2)])
	}
	safe(t, "lines", rows)
}
