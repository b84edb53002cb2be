package overlap

import (
	"fmt"
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

func TestLinesOfALongListKeepTheirNumbers(t *testing.T) {
	var text strings.Builder
	for i := range 3 * linesAtOnce {
		switch i {
		case 5, linesAtOnce + 7:
			text.WriteString("\n")
		case 2*linesAtOnce + 9:
			text.WriteString("not JSON\n")
		default:
			fmt.Fprintf(&text, `{"id":"%d"}`+"\n", i)
		}
	}
	n := 0
	for _, err := range ReadList(strings.NewReader(text.String()), "list") {
		if n++; err != nil && !strings.HasPrefix(err.Error(), fmt.Sprintf("list, line %d: ", 2*linesAtOnce+10)) {
			t.Errorf("the bad line is told as %v", err)
		}
	}
	if n != 3*linesAtOnce-2 {
		t.Errorf("%d lines are told of", n)
	}
	n = 0
	for range ReadList(strings.NewReader(text.String()), "list") {
		if n++; n == 3 {
			break
		}
	}
}
