package overlap

import (
	"strings"
	"testing"

	"adam/internal/term"
)

func activity(title string, states, donors, implementers []string, start, end term.PartialDate) Activity {
	return Activity{strings.Fields(title), states, []term.Theme{term.Trafficking}, donors, implementers, start, end}
}

func TestTheSameActivityReportedTwiceScoresHigh(t *testing.T) {
	a := activity("asia regional trafficking in persons project", []string{"THA", "LAO"}, []string{"ausaid"}, []string{"cardno"}, "2006", "2011")
	if got := Score(a, a); got < 0.999 || got > 1.001 {
		t.Errorf("an activity scores %v with itself", got)
	}
	again := activity("asia regional trafficking in persons artip project", []string{"THA", "LAO", "KHM"}, []string{"ausaid"}, nil, "2006-08", "2011")
	if got := Score(a, again); got < 0.8 {
		t.Errorf("reported twice they score %v", got)
	}
	if Score(a, again) != Score(again, a) {
		t.Error("the score depends on the order")
	}
}

func TestDifferentActivitiesScoreLow(t *testing.T) {
	a := activity("border police training", []string{"THA"}, []string{"japan"}, []string{"iom"}, "2010", "2011")
	b := activity("shelter for women", []string{"LAO"}, []string{"ausaid"}, []string{"unicef"}, "2018", "2019")
	if got := Score(a, b); got > 0.1 {
		t.Errorf("they score %v", got)
	}
	sameDonor := activity("judges and prosecutors", []string{"THA"}, []string{"japan"}, []string{"unodc"}, "2015", "")
	if got := Score(a, sameDonor); got >= Likely {
		t.Errorf("the same donor in the same State scores %v", got)
	}
}

func TestWhatIsUnknownCountsNeitherForNorAgainst(t *testing.T) {
	known := activity("border police training", []string{"THA"}, []string{"japan"}, nil, "2010", "")
	vague := Activity{Title: strings.Fields("border police training"), States: []string{"THA"}}
	if got := Score(known, vague); got < 0.9 {
		t.Errorf("with nothing against it they score %v", got)
	}
	if got := Score(Activity{Title: []string{"training"}}, Activity{Title: []string{"training"}}); got > 0.95 {
		t.Errorf("a title alone scores %v", got)
	}
	if got := Score(Activity{}, Activity{}); got != 0 {
		t.Errorf("nothing scores %v with nothing", got)
	}
}

func TestDatesAgreeByYear(t *testing.T) {
	at := func(start term.PartialDate) float64 { return dates(Activity{Start: start}, Activity{Start: "2010"}) }
	if at("2010-07") != 1 || at("2009") != 0.5 || at("2011-01-01") != 0.5 || at("2013") != 0 {
		t.Errorf("same %v, before %v, after %v, far %v", at("2010-07"), at("2009"), at("2011-01-01"), at("2013"))
	}
}
