package iati

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rule is one case of the standard ruleset; only what the rules of activities use.
type rule struct {
	Condition, If, Then, One, All, Date, Less, More, Start, End string
	Paths, Prefix                                               []string
	Sum, Max                                                    float64
	Foreach                                                     string
	Do                                                          map[string]struct{ Cases []rule }
	IDCondition                                                 string
	RuleInfo                                                    struct{ ID string }
}

// broken runs the official ruleset, as data, over a file: its conditions are XPath, which xmllint counts. It gives how often
// each rule is broken. Rules about registers of organisations are not run, nor those about prefixes: a secondary reporter
// keeps the identifier of another.
func broken(t testing.TB, dir, file string) map[string]int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "rulesets", "standard.json"))
	if err != nil {
		t.Fatal(err)
	}
	var set map[string]map[string]struct{ Cases []rule }
	if err := json.Unmarshal(text, &set); err != nil {
		t.Fatal(err)
	}
	c := &counting{t: t, file: file}
	for context, kinds := range set {
		for kind, list := range kinds {
			for _, r := range list.Cases {
				c.rule(context, kind, r)
			}
		}
	}
	return c.run()
}

type counting struct {
	t           testing.TB
	file        string
	ids, counts []string
}

func (c *counting) add(id, format string, args ...any) {
	c.ids, c.counts = append(c.ids, id), append(c.counts, "count("+fmt.Sprintf(format, args...)+")")
}

const asNumber = "number(translate(substring(%s,1,10),'-',''))"

func (c *counting) rule(context, kind string, r rule) {
	id, when := r.RuleInfo.ID, r.Condition
	if strings.HasPrefix(r.IDCondition, "NOT_EXISTING") {
		return
	}
	if when == "" {
		when = "true()"
	}
	at := func(path string) string { // a context may be several
		var out []string
		for _, one := range strings.Split(context, " | ") {
			out = append(out, one+path)
		}
		return strings.Join(out, " | ")
	}
	switch kind {
	case "if_then":
		c.add(id, "%s", at("[("+r.If+") and not("+r.Then+")]"))
	case "atleast_one":
		c.add(id, "%s", at("[("+when+") and not("+strings.Join(r.Paths, " or ")+")]"))
	case "no_more_than_one":
		c.add(id, "%s", at("[count("+strings.Join(r.Paths, " | ")+") > 1]"))
	case "strict_sum":
		sum := "sum(" + strings.Join(r.Paths, ") + sum(") + ")"
		c.add(id, "%s", at(fmt.Sprintf("[(%s) and (%s > %g or %s < %g)]", when, sum, r.Sum+1e-9, sum, r.Sum-1e-9)))
	case "range":
		for _, p := range r.Paths {
			c.add(id, "%s", at("/"+p+"[not(. >= 0 and . <= "+strconv.FormatFloat(r.Max, 'f', -1, 64)+")]"))
		}
	case "no_spaces":
		for _, p := range r.Paths {
			c.add(id, "%s", at("/"+p+"[starts-with(., ' ') or substring(., string-length(.)) = ' ']"))
		}
	case "unique":
		c.add(id, "%s", at("["+r.Paths[0]+" = "+r.Paths[1]+"]"))
	default:
		c.more(id, kind, r, at)
	}
}

func (c *counting) more(id, kind string, r rule, at func(string) string) {
	number := func(path string) string { return fmt.Sprintf(asNumber, path) }
	switch kind {
	case "date_now":
		c.add(id, "%s", at("["+number(r.Date)+" > 20261124]"))
	case "date_order":
		if r.More == "NOW" {
			c.add(id, "%s", at("/"+r.Less+"["+number(".")+" > 20261124]"))
		} else {
			c.add(id, "%s", at("["+number(r.Less)+" > "+number(r.More)+"]"))
		}
	case "time_limit": // a year: the same day of the next year is one day too many, which 10000 more is
		c.add(id, "%s", at("["+number(r.End)+" - "+number(r.Start)+" >= 10000]"))
	case "between_dates":
		c.add(id, "%s", at("["+number(r.Date)+" < "+number(r.Start)+" or "+number(r.Date)+" > "+number(r.End)+"]"))
	case "one_or_all":
		where := map[string]string{"lang": ".//narrative[not(@xml:lang)]", "currency": ".//value[not(@currency)]", "sector": "transaction[not(sector)]"}[r.All]
		c.add(id, "%s", at("[not("+r.One+") and "+where+"]"))
	case "loop":
		for _, value := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "98", "99"} {
			for kind, list := range r.Do {
				for _, one := range list.Cases {
					one.If, one.Then, one.Condition = fit(one.If, value), fit(one.Then, value), fit(one.Condition, value)
					for i, p := range one.Paths {
						one.Paths = append(append([]string{}, one.Paths[:i]...), append([]string{fit(p, value)}, one.Paths[i+1:]...)...)
					}
					if one.Condition == "" {
						one.Condition = "true()"
					}
					one.Condition = "(" + one.Condition + ") and " + r.Foreach + " = '" + value + "'"
					if kind == "if_then" {
						one.If = "(" + one.If + ") and " + r.Foreach + " = '" + value + "'"
					}
					c.rule(at(""), kind, one)
				}
			}
		}
	case "startswith", "regex_matches":
	default:
		c.t.Fatalf("the ruleset has the kind %s, which is not run", kind)
	}
}

func fit(s, value string) string { return strings.ReplaceAll(s, "$1", value) }

// run counts all rules at once.
func (c *counting) run() map[string]int {
	c.t.Helper()
	out := map[string]int{}
	numbers := strings.Fields(xpath(c.t, c.file, "concat("+strings.Join(c.counts, ",' ',")+")"))
	if len(numbers) != len(c.ids) {
		c.t.Fatalf("xmllint gives %d numbers for %d rules", len(numbers), len(c.ids))
	}
	for i, n := range numbers {
		if k, err := strconv.Atoi(n); err != nil {
			c.t.Fatalf("rule %s: %q", c.ids[i], n)
		} else if k > 0 {
			out[c.ids[i]] += k
		}
	}
	return out
}

func TestTheCheckOfRulesFindsWhatIsBroken(t *testing.T) {
	dir := data(t)
	found := broken(t, dir, filepath.Join(dir, "samples", "honduras-aims.2.03.xml"))
	if found["3.7.1"] == 0 || found["6.11.1"] == 0 {
		t.Errorf("the sample of Honduras lacks States and starts, found is %v", found)
	}
	t.Log(found)
}
