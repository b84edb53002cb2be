package overlap

import (
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

// base is an activity with everything known.
func base() Activity {
	return Activity{ID: "a", Title: "Strengthening the Quokka border checkpoint against migrant smuggling", Summary: "Training of border guards at the Quokka checkpoint in document examination.",
		Start: "2014-03-10", End: "2015-03-09", States: []string{"THA"}, Themes: []string{"SMUGGLING"}, Donors: []string{"Australia"}, Implementers: []string{"IOM"},
		Money: []Money{{"Australia", "USD", 2014, 2_500_000_0000}}, Reporter: "donor"}
}

func with(change func(*Activity)) Activity {
	a := base()
	a.ID = "b"
	change(&a)
	return a
}

// catalogue is a few hundred activities of other kinds, so that words have a rarity.
func catalogue(t testing.TB, more ...Activity) *Index {
	t.Helper()
	return New(append(corpusOf(600), more...), Options{})
}

func TestTheSameActivityReportedTwiceIsFound(t *testing.T) {
	x := catalogue(t, base())
	for name, again := range map[string]Activity{
		"as it is": with(func(*Activity) {}),
		"by another reporter": with(func(a *Activity) {
			a.Reporter = "implementer"
			a.Donors = []string{"AusAID"}
			a.Implementers = []string{"OIM"}
		}),
		"with years only":              with(func(a *Activity) { a.Start, a.End = "2014", "2015" }),
		"with a title alone and State": {ID: "b", Title: base().Title, States: []string{"Thailand"}, Start: "2014-03"},
		"with slips in the title":      with(func(a *Activity) { a.Title = "Stregnthening the Quoka border chekpoint against migrant smuggling" }),
		"with its title cut":           with(func(a *Activity) { a.Title = "Strengthening the Quokka border checkp" }),
		"in capitals, without summary": with(func(a *Activity) { a.Title, a.Summary = strings.ToUpper(a.Title), "" }),
	} {
		got := x.Find(again, 5)
		if len(got) == 0 || got[0].ID != "a" || got[0].Kind != term.OverlapSameActivity {
			t.Errorf("%s: found %+v", name, got)
		}
	}
}

func TestTitlesInOtherLanguagesAreMet(t *testing.T) {
	english := Activity{ID: "a", Title: "Training of judges on trafficking in persons", Start: "2016-05-02", End: "2017-05-01", States: []string{"TH"}, Donors: []string{"Japan"}, Implementers: []string{"UNODC"}}
	x := catalogue(t, english)
	for lang, title := range map[string]string{
		"French": "Formation des magistrats sur la traite des êtres humains", "Spanish": "Capacitación de jueces en trata de personas", "Russian": "Обучение судей по торговле людьми",
		"Thai": "การฝึกอบรมผู้พิพากษาเรื่องการค้ามนุษย์", "Indonesian": "Pelatihan hakim tentang perdagangan orang",
	} {
		a := english
		a.ID, a.Title, a.Implementers, a.Donors = "b", title, []string{"ONUDC"}, []string{"JICA"}
		if got := x.Find(a, 5); len(got) == 0 || got[0].ID != "a" || got[0].Kind != term.OverlapSameActivity {
			t.Errorf("%s: found %+v", lang, got)
		}
	}
}

func TestEveryLookAlikeScoresLessThanTheSameAndIsNamed(t *testing.T) {
	x := catalogue(t, base())
	same := x.Explain(base(), with(func(*Activity) {}), term.OverlapSameActivity)
	for name, a := range map[string]Activity{
		"phase":  with(func(a *Activity) { a.Title += ", phase II"; a.Start, a.End = "2015-04-01", "2016-03-31" }),
		"sister": with(func(a *Activity) { a.States = []string{"LAO"}; a.Start = "2014-03-22" }),
		"series": with(func(a *Activity) { a.Start, a.End = "2015-03-12", "2016-03-11" }),
		"twin": with(func(a *Activity) {
			a.Donors, a.Implementers = []string{"Norway"}, []string{"UNICEF"}
			a.Start, a.End = "2014-05-02", "2015-05-01"
			a.Money = nil
		}),
	} {
		e := x.Explain(base(), a, term.OverlapSameActivity)
		if e.Score > same.Score-0.3 || e.Score >= Likely {
			t.Errorf("%s: scores %v, the same scores %v", name, e.Score, same.Score)
		}
		if e.LookAlike != name {
			t.Errorf("%s: is taken for %q", name, e.LookAlike)
		}
		if !slices.ContainsFunc(e.Evidence, func(v Evidence) bool { return v.Weight < -0.3 }) {
			t.Errorf("%s: nothing stands against it: %+v", name, e.Evidence)
		}
	}
}

func TestWhatIsMissingWeighsNothing(t *testing.T) {
	x := catalogue(t)
	full := base()
	for name, forget := range map[string]func(*Activity){
		"summary": func(a *Activity) { a.Summary = "" }, "start": func(a *Activity) { a.Start = "" }, "end": func(a *Activity) { a.End = "" }, "donors": func(a *Activity) { a.Donors = nil },
		"implementers": func(a *Activity) { a.Implementers = nil }, "themes": func(a *Activity) { a.Themes = nil }, "money": func(a *Activity) { a.Money = nil }, "states": func(a *Activity) { a.States = nil },
		"reporter": func(a *Activity) { a.Reporter = "" },
	} {
		e := x.Explain(full, with(forget), term.OverlapSameActivity)
		if !slices.Contains(e.Missing, name) {
			t.Errorf("%s is not told to be missing: %v", name, e.Missing)
		}
		if slices.ContainsFunc(e.Evidence, func(v Evidence) bool { return v.Field == name }) {
			t.Errorf("%s is missing, yet it is evidence", name)
		}
		if e.Score < Likely {
			t.Errorf("without %s the same activity scores %v", name, e.Score)
		}
	}
}

func TestOverlappingAssistanceIsFoundAndIsNotTheSameActivity(t *testing.T) {
	one := Activity{ID: "a", Title: "Training of judges on trafficking in persons", Summary: "Judges learn to hear cases of human trafficking.", Start: "2016-05-02", End: "2017-05-01", States: []string{"THA"}, Donors: []string{"Japan"}, Implementers: []string{"UNODC"}}
	x := catalogue(t, one)
	other := Activity{ID: "b", Title: "Anti-trafficking workshop for the judiciary", Start: "2016-09", End: "2017-02", States: []string{"TH"}, Donors: []string{"USAID"}, Implementers: []string{"ABA ROLI"}}
	got := x.Find(other, 5)
	if len(got) != 1 || got[0].ID != "a" || got[0].Kind != term.OverlapAssistance {
		t.Fatalf("found %+v", got)
	}
	e := x.Explain(other, one, term.OverlapAssistance)
	for field, want := range map[string]string{"states": "Shared: TH.", "people": "Shared: judges.", "months": "about 6 months", "donors": "The donors differ.", "same activity": "They are"} {
		i := slices.IndexFunc(e.Evidence, func(v Evidence) bool { return v.Field == field })
		if i < 0 || !strings.Contains(e.Evidence[i].Sentence, want) {
			t.Errorf("%s does not say %q: %+v", field, want, e.Evidence)
		}
	}
	for name, change := range map[string]func(*Activity){
		"another State":  func(a *Activity) { a.States = []string{"KEN"} },
		"years later":    func(a *Activity) { a.Start, a.End = "2021-01", "2022-01" },
		"another topic":  func(a *Activity) { a.Title = "Workshop on rice irrigation for the judiciary" },
		"the same donor": func(a *Activity) { a.Donors = []string{"JICA"} },
	} {
		b := other
		change(&b)
		if s := x.Explain(b, one, term.OverlapAssistance).Score; s >= e.Score-0.1 {
			t.Errorf("%s scores %v, as much as %v", name, s, e.Score)
		}
	}
}
