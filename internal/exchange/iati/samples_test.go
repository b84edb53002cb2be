package iati

import (
	"bytes"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"testing"
	"time"
)

// data is the folder of official material, which is not part of the repository.
func data(t testing.TB) string {
	dir := os.Getenv("ADAM_IATI_DATA")
	if dir == "" {
		t.Skip("skipped: ADAM_IATI_DATA does not name a folder with IATI's samples, schemas and rulesets")
	}
	return dir
}

// xpath counts with xmllint, which shares no code with the reader.
func xpath(t testing.TB, file, expression string) string {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("skipped: xmllint is not installed (Debian: libxml2-utils)")
	}
	out, err := exec.Command("xmllint", "--huge", "--xpath", expression, file).Output()
	if err != nil && len(out) == 0 {
		return ""
	}
	return strings.TrimSpace(string(out))
}

func samples(t testing.TB) []string {
	files, err := filepath.Glob(filepath.Join(data(t), "samples", "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	return files
}

func readFile(t testing.TB, file string, each func(*Activity) error) *Report {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rep, err := Read(f, Options{Name: filepath.Base(file)}, each)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// sums adds all transactions by currency, exactly.
type sums map[string]*big.Rat

func (s sums) add(a *Activity) error {
	for _, x := range a.Transactions {
		if s[x.Value.Currency] == nil {
			s[x.Value.Currency] = new(big.Rat)
		}
		s[x.Value.Currency].Add(s[x.Value.Currency], hundredth(x.Value.Exact))
	}
	return nil
}

func TestSamplesAreReadAsXmllintCountsThem(t *testing.T) {
	for _, file := range samples(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			got := sums{}
			before := time.Now()
			rep := readFile(t, file, got.add)
			took := time.Since(before)
			if n := xpath(t, file, "count(//iati-activity)"); n != fmt.Sprint(rep.Activities) {
				t.Errorf("%d activities, xmllint counts %s", rep.Activities, n)
			}
			if n := xpath(t, file, "count(//transaction)"); n != fmt.Sprint(rep.Transactions) {
				t.Errorf("%d transactions, xmllint counts %s", rep.Transactions, n)
			}
			if n := xpath(t, file, "count(//budget)"); n != fmt.Sprint(rep.Budgets) {
				t.Errorf("%d budgets, xmllint counts %s", rep.Budgets, n)
			}
			var names []string
			total := 0
			for c := range got {
				names = append(names, c)
			}
			sort.Strings(names)
			for _, c := range names {
				sum, n := independent(t, file, c)
				total += n
				if got[c].Cmp(sum) != 0 {
					t.Errorf("%s: %s, xmllint gives %s", c, got[c].FloatString(6), sum.FloatString(6))
				}
				t.Logf("%s %s in %d transactions", c, sum.FloatString(6), n)
			}
			if total != rep.Transactions {
				t.Errorf("xmllint gives the currencies of %d transactions of %d", total, rep.Transactions)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			t.Logf("%d activities, %d transactions, %d budgets, %d bytes in %v, system memory %d MB; %d errors, %d warnings %v; kept %v",
				rep.Activities, rep.Transactions, rep.Budgets, rep.Bytes, took, m.Sys>>20, rep.Errors, rep.Warnings, rep.Counts, rep.Kept)
		})
	}
}

// independent adds the transactions of a currency from what xmllint finds, the default of the activity included.
func independent(t *testing.T, file, currency string) (*big.Rat, int) {
	path := fmt.Sprintf("//transaction/value[@currency='%s' or (not(@currency) and ancestor::iati-activity/@default-currency='%s')]/text()", currency, currency)
	sum, n := new(big.Rat), 0
	for _, line := range bytes.Fields([]byte(xpath(t, file, path))) {
		r, ok := new(big.Rat).SetString(string(line))
		if !ok {
			t.Fatalf("xmllint gives %q", line)
		}
		sum.Add(sum, r)
		n++
	}
	return sum, n
}

func TestOfficialInvalidFilesAreReported(t *testing.T) {
	// What each file is about, as it stands in its name: the sentence that has to be told, and where.
	wanted := map[string]string{
		"01-activity-id-empty":                                 "reporting-org/@activity-id",
		"01-missing-attribute-attached":                        "conditions/@attached: The attribute attached is missing",
		"01-non-decimal-interest-received":                     "interest-received “xxx”: Expected is a number",
		"01-two-collaboration-type":                            "There is more than one <collaboration-type>",
		"02-missing-attribute-type":                            "condition/@type: The attribute type is missing",
		"03-contains-text":                                     "related-activity “xxxx”: Text stands here",
		"03-missing-budget-item":                               "The element <budget-item> is missing",
		"04-contains-text":                                     "other-identifier “text”: Text stands here",
		"04-missing-forecast-data":                             "forecast: Expected is a number",
		"04-missing-indicator-title-narrative":                 "indicator: The element <title> is missing",
		"06-two-descriptions":                                  "There is more than one <description>",
		"07-contains-text-period-start":                        "period-start “xxxx”: Text stands here",
		"08-contains-text-period-end":                          "period-end “xxxxx”: Text stands here",
		"08-non-iso-date-value-date":                           "@value-date “2013--24”: Expected is a day",
		"12-two-description":                                   "There is more than one <description>",
		"12-two-loan-status":                                   "There is more than one <loan-status>",
		"15-two-interest-arrears":                              "There is more than one <interest-arrears>",
		"16-two-repayment-type":                                "There is more than one <repayment-type>",
		"20-two-repayment-first-date":                          "There is more than one <repayment-first-date>",
		"20-two-reporting-orgs":                                "There is more than one <reporting-org>",
		"21-missing-indicator-period-actual-comment-narrative": "comment: The element <narrative> is missing",
		"22-non-decimal-rate-2":                                "loan-terms/@rate-2 “3x”: Expected is a number",
		"22-two-indicator-description":                         "There is more than one <description>",
		"30-two-indicator-period-actual-comment":               "There is more than one <comment>",
		"34-missing-attribute-period-end-iso-date":             "period-end/@iso-date: The attribute iso-date is missing",
	}
	files, _ := filepath.Glob(filepath.Join(data(t), "invalid", "*.xml"))
	if len(files) != len(wanted) {
		t.Errorf("%d files, expected %d", len(files), len(wanted))
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".xml")
		t.Run(name, func(t *testing.T) {
			rep := readFile(t, file, func(*Activity) error { return nil })
			var all []string
			for _, p := range rep.Problems {
				all = append(all, p.String())
			}
			if text := strings.Join(all, "\n"); wanted[name] == "" || !strings.Contains(text, wanted[name]) {
				t.Errorf("not told: %q in\n%s", wanted[name], text)
			}
		})
	}
}
