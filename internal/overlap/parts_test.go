package overlap

import (
	"reflect"
	"slices"
	"testing"

	"adam/internal/term"
)

func TestOrganisationsAreKnownByAllTheirNames(t *testing.T) {
	d := NewDirectory()
	for _, names := range [][]string{
		{"IOM", "OIM", "International Organization for Migration", "International Organisation for Migration (IOM)", "องค์การระหว่างประเทศเพื่อการโยกย้ายถิ่นฐาน"},
		{"UNODC", "ONUDC", "UN Office on Drugs and Crime", "United Nations Office on Drugs and Crime"}, {"UNDP", "PNUD", "ПРООН"},
		{"Japan", "Embassy of Japan", "Government of Japan", "Japon"},
	} {
		for _, n := range names[1:] {
			if d.Find(n).id != d.Find(names[0]).id {
				t.Errorf("%q is %q, not %q", n, d.Find(n).id, d.Find(names[0]).id)
			}
		}
	}
	for agency, state := range map[string]string{"USAID": "US", "Denmark/DANIDA": "DK", "Ambassade de France": "FR", "MFA Finland": "FI", "Embassy of Kenya": "KE", "DFAT": "AU", "United States, Department of Labor": "US"} {
		if got := d.Find(agency).group; got != state {
			t.Errorf("%s gives the money of %q, not %s", agency, got, state)
		}
	}
	if a, b := d.Find("Liga Kemanusiaan Wanita"), d.Find("LKW"); a.acronym == "" || a.acronym != b.acronym {
		t.Errorf("an acronym is not met: %+v, %+v", a, b)
	}
}

func TestTheCatalogueAddsNamesOfItsActors(t *testing.T) {
	d := NewDirectory()
	d.Add("THA", "Anti-Human Trafficking Division", "AHTD", "กองบังคับการปราบปรามการกระทำความผิดเกี่ยวกับการค้ามนุษย์")
	if d.Find("AHTD").id != d.Find("Anti-Human Trafficking Division").id || d.Find("AHTD").group != "TH" {
		t.Errorf("the division is %+v", d.Find("AHTD"))
	}
	d.Add("", "IOM", "IOM Mission Bangkok")
	if d.Find("IOM Mission Bangkok").id != d.Find("OIM").id {
		t.Error("a new name of a known organisation does not join the others")
	}
	if NewDirectory().Find("AHTD").id == d.Find("Anti-Human Trafficking Division").id {
		t.Error("one catalogue's names reach another's")
	}
}

func TestStatesAreKnownByCodeAndName(t *testing.T) {
	for name, want := range map[string]string{"GH": "GH", "GHA": "GH", "Bangladesh": "BD", "Viet Nam": "VN", "Vietnam": "VN", "THA": "TH", "ไทย": "TH", "Côte d'Ivoire": "CI", "Lao PDR": "LA", "Таиланд": "TH", "XK": "XK", "Kosovo": "XK", "Erewhon": "", "": ""} {
		if got := stateCode(name); got != want {
			t.Errorf("%q is %q, not %q", name, got, want)
		}
	}
}

func TestMarksOfPhasesYearsAndNumbersAreRead(t *testing.T) {
	for title, want := range map[string][3][]int32{
		"Border project, phase II": {{2}, nil, nil}, "Border project – second phase": {{2}, nil, nil}, "Border project III": {{3}, nil, nil}, "Border project Phase 2": {{2}, nil, nil},
		"Regional forum 2013": {nil, {2013}, nil}, "Emergency works (FY08)": {nil, {2008}, nil}, "Projet n°11": {nil, nil, {11}}, "Roads 2": {{2}, nil, nil}, "No marks": {nil, nil, nil},
	} {
		p, y, n := marks(split(fold(title)))
		if got := [3][]int32{p, y, n}; !reflect.DeepEqual(got, want) {
			t.Errorf("%q has %v, not %v", title, got, want)
		}
	}
}

func TestIdentifiersAreFoundInText(t *testing.T) {
	for text, want := range map[string][]string{"See XM-DAC-41304-123 for more": {"XM-DAC-41304-123"}, "Project P075123 (2013)": {"P075123"}, "2013-2014 forum": nil, "Training of 300 police": nil} {
		if got := identifiersIn(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
	a, b := Activity{ID: "a", Identifiers: []string{"XM-DAC-41304-123"}}, Activity{ID: "b", Title: "Something else [XM/DAC/41304/123]"}
	x := New([]Activity{a}, Options{})
	if e := x.Explain(b, a, term.OverlapSameActivity); !slices.Contains(e.Reasons, "They name the same identifier.") {
		t.Errorf("the reasons are %q", e.Reasons)
	}
}

func TestWordsAreFoldedStemmedAndForgivenSwappedLetters(t *testing.T) {
	for _, same := range [][2]string{{"Équipements", "equipement"}, {"OCNCERTATION", "concertation"}, {"Training", "trained"}, {"policies", "policy"}, {"торговля", "торговлей"}, {"judges", "judge"}} {
		a, b := tokens(same[0]), tokens(same[1])
		if len(a) != 1 || len(b) != 1 || a[0].key != b[0].key {
			t.Errorf("%q and %q are %v and %v", same[0], same[1], a, b)
		}
	}
	for _, other := range [][2]string{{"police", "policy"}, {"port", "portal"}, {"2013", "2031"}} {
		if a, b := tokens(other[0]), tokens(other[1]); a[0].key == b[0].key {
			t.Errorf("%q and %q are one word", other[0], other[1])
		}
	}
}

func TestPhrasesOfOneConceptMeanTheSame(t *testing.T) {
	keys := func(s string) (out []string) {
		for _, x := range dictionary().senses(tokens(s)) {
			out = append(out, x.key)
		}
		return out
	}
	for concept, phrases := range map[string][]string{
		"§trafficking": {"trafficking in persons", "Human trafficking", "la traite des êtres humains", "торговля людьми", "การค้ามนุษย์", "perdagangan orang", "TIP"},
		"§smuggling":   {"migrant smuggling", "smuggling of migrants", "trafic illicite de migrants", "penyelundupan manusia", "การลักลอบขนผู้โยกย้ายถิ่นฐาน"},
		"§judges":      {"judges", "magistrats", "jueces", "ผู้พิพากษา", "hakim", "судьи"},
	} {
		for _, p := range phrases {
			if got := keys(p); !slices.Equal(got, []string{concept}) {
				t.Errorf("%q means %q, not %s", p, got, concept)
			}
		}
	}
}

func TestDatesAreComparedAtTheCoarserPrecision(t *testing.T) {
	c := newCorpus()
	for _, d := range []struct {
		a, b term.PartialDate
		want string
	}{
		{"2014-03-10", "2014-03-10", "same day"}, {"2014-03-10", "2014-03", "same month"}, {"2014-03-10", "2014", "same year"}, {"2014", "2014", "same year"}, {"2014-03-10", "2014-03-25", "within a month"},
		{"2014-03-10", "2014-05-25", "within three months"}, {"2014-03-10", "2014-10-25", "within ten months"}, {"2014-03-10", "2015-03-25", "about a year apart"}, {"2014", "2015", "about a year apart"},
		{"2014-03-10", "2019", "far apart"}, {"1900", "2100-12-31", "far apart"}, {"", "2014", "missing"}, {"soon", "2014", "missing"},
	} {
		if got := levels[fStart][c.dates(dayOf(d.a), dayOf(d.b))]; got != d.want {
			t.Errorf("%q and %q are %q, not %q", d.a, d.b, got, d.want)
		}
	}
}

func TestDaysAreCountedAsInTheCalendar(t *testing.T) {
	for _, d := range []struct {
		y, m, d int
		want    int32
	}{{1970, 1, 1, 0}, {1970, 12, 31, 364}, {2000, 2, 29, 11016}, {2000, 3, 1, 11017}, {1900, 1, 1, -25567}, {2024, 13, 1, 20089}} {
		if got := days(d.y, d.m, d.d); got != d.want {
			t.Errorf("%d-%d-%d is day %d, not %d", d.y, d.m, d.d, got, d.want)
		}
	}
}

func TestWordsUsedAlikeAreLearntFromTheCatalogue(t *testing.T) {
	var all []Activity
	for i := range 60 {
		topic := [][]string{{"zorbing", "balloon"}, {"kelp", "seaweed"}, {"chess", "checkmate"}}[i%3]
		all = append(all, Activity{ID: string(rune('A' + i)), Title: topic[i/3%2] + " " + []string{"club", "school", "camp"}[i%7%3], Summary: topic[0] + " " + topic[1]})
	}
	c := New(all, Options{}).corpus
	id := func(w string) int32 { return c.id(tokens(w)[0].key) }
	if near, far := c.alike(id("kelp"), id("seaweed")), c.alike(id("kelp"), id("checkmate")); near < 0.8 || far > 0.3 {
		t.Errorf("words used alike are alike by %v, others by %v", near, far)
	}
}

func TestConfirmedPairsTeachWhichWordsMeanTheSame(t *testing.T) {
	all := corpusOf(300)
	all = append(all, Activity{ID: "x1", Title: "Zorbing"}, Activity{ID: "x2", Title: "Zorbing"}, Activity{ID: "y1", Title: "Balonovanie"}, Activity{ID: "y2", Title: "Balonovanie"})
	first := New(all, Options{})
	alike := func(confirmed ...[2]string) float32 {
		var lessons []term.PairLesson
		for _, p := range confirmed {
			if _, l, known := first.sawPlaces(p[0], p[1]); known {
				lessons = append(lessons, l)
			}
		}
		c := New(all, Options{Taught: taughtBy(lessons)}).corpus
		return c.alike(c.id(tokens("zorbing")[0].key), c.id(tokens("balonovanie")[0].key))
	}
	if before, after := alike(), alike([2]string{"y1", "x1"}, [2]string{"x2", "y2"}, [2]string{"x1", "nobody"}); before > 0.3 || after < 0.8 {
		t.Errorf("two words are alike by %v before and %v after their pairs were confirmed", before, after)
	}
}

// Of long titles no single pair says which words belong together; several do.
func TestWordsThatComeTogetherAgainAndAgainMeanTheSame(t *testing.T) {
	lessons := []term.PairLesson{{{"border", "police", "seminar"}, {"granica", "policja", "warsztat"}}, {{"border", "guards"}, {"granica", "straz", "kurs"}}}
	if got := taughtBy(lessons); len(got) != 1 || got[0].A != "border" || got[0].B != "granica" {
		t.Errorf("taught are %v", got)
	}
	if again := New(corpusOf(50), Options{Taught: []term.TaughtWords{{A: "nowhere", B: "neither", Times: 2}}}); again.Len() != 50 {
		t.Error("words that the catalogue does not have are no lesson")
	}
}

func TestDecisionsMoveWeightsALittleAndTheirOrderDoesNotMatter(t *testing.T) {
	all := []Activity{base()}
	x := catalogue(t, all...)
	other := with(func(a *Activity) {
		a.Donors, a.Implementers, a.Start = []string{"Norway"}, []string{"UNICEF"}, "2014-05"
	})
	seen, _ := x.Saw(base(), other)
	var decisions []Decision
	for range 40 {
		decisions = append(decisions, Decision{Seen: seen, Verdict: term.DecidedSame})
	}
	likely, _ := x.Saw(base(), base())
	decisions = append(decisions, Decision{Seen: likely, Verdict: term.OverlapDistinct})
	before := x.Explain(base(), other, term.OverlapSameActivity).Score
	m := Shipped().Learn(decisions)
	slices.Reverse(decisions)
	if again := Shipped().Learn(decisions); again.String() != m.String() {
		t.Error("the order of decisions changes what is learnt")
	}
	if x.Explain(base(), other, term.OverlapSameActivity).Score != before {
		t.Error("learning changes the index by itself")
	}
	x.model = m
	after := x.Explain(base(), other, term.OverlapSameActivity)
	if after.Score <= before+0.1 || after.Weights == WeightsVersion() {
		t.Errorf("after decisions the pair scores %v by %s, before %v", after.Score, after.Weights, before)
	}
	if m.loss(decisions) >= Shipped().loss(decisions) {
		t.Error("what was learnt is no better at what taught it")
	}
	if none := Shipped().Learn(nil); none.same != Shipped().same {
		t.Error("no decisions change weights")
	}
}

func TestTheShippedWeightsNameEveryLevel(t *testing.T) {
	again, err := readModel(Shipped().String())
	if err != nil || !reflect.DeepEqual(again, Shipped()) {
		t.Errorf("written and read the model is another: %v", err)
	}
	if _, err := readModel("A\ttitle\tnobody\t1\t1\t1\t1\t1\t1"); err == nil {
		t.Error("weights of an unknown level are read")
	}
	if _, err := readModel("B\tbase\t-\tmuch"); err == nil {
		t.Error("a word is read as a weight")
	}
}
