package overlap

import (
	"strings"
	"testing"
)

func TestAListIsReadAndItsBadLinesAreNamed(t *testing.T) {
	text := `{"id":"a","title":"Border training","start":"2014-03","end":"2015","countries":["GH"],"budget":[{"donor":"Japan","currency":"USD","year":2014,"amount":516456.920428}]}

not JSON
{"id":"","title":"No id"}
{"id":"b","start":"March"}
{"id":"a","title":"Again"}
{"id":"c","budget":[{"amount":1e30}]}
{"id":"d","title":7}
{"id":"e","title":"` + strings.Repeat("x", 70_000) + `"}`
	var ids, problems []string
	for a, err := range ReadList(strings.NewReader(text), "list") {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		ids = append(ids, a.ID)
		if a.ID == "a" && (a.Money[0].Amount.String() != "516456.9204" || a.States[0] != "GH" || a.Start != "2014-03") {
			t.Errorf("read as %+v", a)
		}
	}
	if strings.Join(ids, " ") != "a e" {
		t.Errorf("%q are read", ids)
	}
	for i, want := range []string{"list, line 3: it is no activity as JSON", "list, line 4: it has no id", `list, line 5: its start, "March", is no date`, `list, line 6: the id "a" stands in line 1 too`, "list, line 7: the amount", "list, line 8: it is no activity"} {
		if i >= len(problems) || !strings.HasPrefix(problems[i], want) {
			t.Errorf("%q is not told: %q", want, problems)
		}
	}
}
