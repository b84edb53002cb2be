package overlap

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
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

func TestMoneyIsComparedOnlyWhereItCanBeConverted(t *testing.T) {
	euros := with(func(a *Activity) { a.Money = []Money{{"Australia", "EUR", 2014, 2_000_000_0000}} })
	level := func(r Rates) uint8 {
		x := New(nil, Options{Rates: r})
		a := base()
		ra, rb := x.ready(&a), x.ready(&euros)
		return money(&ra, &rb)
	}
	if got := level(nil); got != missing {
		t.Errorf("without rates, dollars and euros compare as %q", levels[fMoney][got])
	}
	if got := level(func(c term.Currency, year int) (float64, bool) { return 0.8, c == "EUR" && year == 2014 }); levels[fMoney][got] != "equal" {
		t.Errorf("converted, they compare as %q", levels[fMoney][got])
	}
	x := New(nil, Options{Rates: func(term.Currency, int) (float64, bool) { return 0.8, true }})
	if got := x.Explain(base(), euros, term.OverlapSameActivity).Rates; !slices.Equal(got, []string{"One US dollar is taken as 0.8 EUR in 2014."}) {
		t.Errorf("the rates are told as %q", got)
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

func TestAnswersDoNotDependOnOrderOrGoroutines(t *testing.T) {
	all := corpusOf(900)
	scan := func(x *Index) (out []Pair) {
		if err := x.Scan(context.Background(), 0.2, func(p Pair) error { out = append(out, p); return nil }); err != nil {
			t.Fatal(err)
		}
		return out
	}
	want := scan(New(all, Options{}))
	if len(want) < 20 {
		t.Fatalf("only %d pairs", len(want))
	}
	mixedUp := slices.Clone(all)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(mixedUp), func(i, j int) { mixedUp[i], mixedUp[j] = mixedUp[j], mixedUp[i] })
	before := runtime.GOMAXPROCS(1)
	got := scan(New(mixedUp, Options{}))
	runtime.GOMAXPROCS(before)
	if !reflect.DeepEqual(got, want) {
		t.Error("another order and one goroutine give other pairs")
	}
	first, second := New(all[:600], Options{}), New(all[:600], Options{})
	for i := range 300 {
		first.Add(all[600+i])
		second.Add(all[899-i])
	}
	if !reflect.DeepEqual(scan(first), scan(second)) {
		t.Error("activities added in another order give other pairs")
	}
}

func TestScoresAreSymmetric(t *testing.T) {
	all := corpusOf(300)
	x := New(all, Options{})
	rng := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		a, b := harsh(all[rng.IntN(300)], rng), all[rng.IntN(300)]
		for _, kind := range []term.OverlapKind{term.OverlapSameActivity, term.OverlapAssistance} {
			if p, q := x.Explain(a, b, kind), x.Explain(b, a, kind); p.Score != q.Score || p.LookAlike != q.LookAlike {
				t.Fatalf("%q and %q score %v one way, %v the other", a.Title, b.Title, p.Score, q.Score)
			}
		}
	}
	if Score(all[0], all[1]) != Score(all[1], all[0]) {
		t.Error("Score depends on the order")
	}
}

func TestAddedActivitiesAreFoundAndRemovedOnesAreNot(t *testing.T) {
	x := catalogue(t)
	a := base()
	x.Add(a)
	if got := x.Find(with(func(*Activity) {}), 3); len(got) == 0 || got[0].ID != "a" {
		t.Fatalf("what was added is not found: %+v", got)
	}
	a.Title, a.States, a.Start, a.Summary = "Poultry vaccination", []string{"BRA"}, "1999", ""
	x.Add(a)
	if got := x.Find(with(func(*Activity) {}), 3); len(got) != 0 {
		t.Errorf("what was replaced is still found: %+v", got)
	}
	n := x.Len()
	x.Remove("a")
	x.Remove("nobody")
	if x.Len() != n-1 {
		t.Errorf("%d are left of %d", x.Len(), n)
	}
	if got := x.Find(base(), 3); len(got) != 0 {
		t.Errorf("what was removed is still found: %+v", got)
	}
}

func TestBadInputIsSurvived(t *testing.T) {
	bad := []Activity{
		{}, {ID: "empty title", States: []string{"THA"}}, {ID: "emoji", Title: "🚔🚓👮‍♀️ 🛂", States: []string{"🏴"}}, {ID: "long", Title: strings.Repeat("trafficking ", 5000), Summary: strings.Repeat("x", 50_000)},
		{ID: "old", Title: "Old", Start: "1900-01-01", End: "1900"}, {ID: "far", Title: "Far", Start: "2100-12-31", End: "2099"}, {ID: "no date", Title: "What", Start: "soon", End: "0000-99-99"},
		{ID: "bytes", Title: "\xff\xfe\x00 caf\xe9", Summary: "\xc3(", States: []string{"\xff"}, Donors: []string{"\xff", ""}, Implementers: []string{"  "}, Themes: []string{"", "\xff"}},
		{ID: "twice", Title: "Anti-trafficking hotline of Vientiane", States: []string{"LAO"}}, {ID: "twice", Title: "Anti-trafficking hotline of Vientiane", States: []string{"LA"}},
		{ID: "money", Title: "Money", Money: []Money{{Amount: -5, Currency: "USD"}, {Amount: 1<<63 - 1, Currency: "USD"}, {Amount: 1<<63 - 1, Currency: "USD"}}},
	}
	x := New(bad, Options{Rates: func(term.Currency, int) (float64, bool) { return 0, true }})
	if x.Len() != len(bad)-1 {
		t.Errorf("%d are kept of %d", x.Len(), len(bad))
	}
	for _, a := range bad {
		x.Find(a, 10)
		for _, b := range bad {
			x.Explain(a, b, term.OverlapSameActivity)
			x.Explain(a, b, term.OverlapAssistance)
		}
		x.Add(a)
	}
	if err := x.Scan(context.Background(), 0.5, func(Pair) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestManyActivitiesWithOneTitleDoNotExplode(t *testing.T) {
	all := make([]Activity, 20_000)
	for i := range all {
		all[i] = Activity{ID: fmt.Sprintf("%05d", i), Title: "Training of police", States: []string{"THA"}, Start: term.PartialDate(fmt.Sprint(2000 + i%25))}
	}
	x := New(all, Options{})
	compared := 0
	d := x.newDesk()
	for i := 0; i < len(all); i += 500 {
		compared = max(compared, len(x.candidates(d, &x.records[i], int32(i), false)))
	}
	if compared > mostSame+mostAssist {
		t.Errorf("%d are compared with one", compared)
	}
	if got := x.Find(Activity{ID: "new", Title: "Training of police", States: []string{"THA"}, Start: "2010"}, 10); len(got) > 10 {
		t.Errorf("%d are given where 10 were asked for", len(got))
	}
}

func TestAScanEndsWhenItIsToldTo(t *testing.T) {
	x := New(corpusOf(300), Options{})
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := x.Scan(ctx, 0.5, func(Pair) error { return nil }); err == nil {
		t.Error("a scan goes on after its context ended")
	}
	if err := x.Scan(context.Background(), 0.1, func(Pair) error { return context.DeadlineExceeded }); err != context.DeadlineExceeded {
		t.Errorf("what emit says is lost: %v", err)
	}
}

func TestExplanationsTellValuesRareWordsAndReasons(t *testing.T) {
	x := catalogue(t, base())
	e := x.Explain(base(), with(func(a *Activity) { a.Start = "2014-03" }), term.OverlapSameActivity)
	if e.Weights != WeightsVersion() || e.Score < 0.9 || !strings.HasPrefix(e.Sentence, "The two are very likely the same activity.") {
		t.Errorf("told as %+v", e)
	}
	if !slices.Contains(e.Reasons, "Their titles share a rare word.") {
		t.Errorf("the reasons are %q", e.Reasons)
	}
	for _, v := range e.Evidence {
		if v.Sentence == "" || v.Agreement == "" || strings.Contains(v.Sentence, "%!") {
			t.Errorf("%s says nothing plain: %+v", v.Field, v)
		}
		if v.Field == "start" && (v.Left != "2014-03-10" || v.Right != "2014-03" || v.Agreement != "same month") {
			t.Errorf("the start is told as %+v", v)
		}
		if v.Field == "rare words" && !strings.Contains(v.Sentence, "“quokka” stands in 1 of 601 titles") {
			t.Errorf("rare words are told as %q", v.Sentence)
		}
	}
	for f := range fields {
		for _, level := range levels[f][1:] {
			p := &explainer{x: x, a: &Activity{}, b: &Activity{}, ra: &record{}, rb: &record{}, v: &verdict{}}
			if level != "none" && p.sentence(fieldNames[f], level) == "" {
				t.Errorf("%s, %s has no sentence", fieldNames[f], level)
			}
		}
	}
	for f := range assists {
		for _, level := range assistLevels[f][1:] {
			p := &explainer{x: x, a: &Activity{}, b: &Activity{}, ra: &record{}, rb: &record{}, v: &verdict{}}
			if p.sentence(assistNames[f], level) == "" {
				t.Errorf("%s, %s has no sentence", assistNames[f], level)
			}
		}
	}
}
