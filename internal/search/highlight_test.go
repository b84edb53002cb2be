package search

import (
	"html"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestHighlight(t *testing.T) {
	for _, c := range []struct {
		query, want string
		texts       []string
	}{
		{"viet nam", "Border guard in <mark>Việt Nam</mark>", []string{"Border guard in Việt Nam"}},
		{"vietnam", "<mark>Viet Nam</mark>-Laos border", []string{"Viet Nam-Laos border"}},
		{"viet", "<mark>Viet</mark> Nam-Laos border", []string{"Viet Nam-Laos border"}},
		{"turkiye", "<mark>TÜRKİYE&#39;s</mark> &lt;b&gt;law&lt;/b&gt; &amp; order", []string{"TÜRKİYE's <b>law</b> & order"}},
		{"unact", "Support to <mark>UN-ACT</mark>, under review", []string{"Support to UN-ACT, under review"}},
		{"un-act", "Support to <mark>UN-ACT</mark>, under review", []string{"Support to UN-ACT, under review"}},
		{"un-act", "<mark>UN</mark> wide <mark>act</mark>", []string{"UN wide act"}},
		{"unactp", "<mark>UN-ACT-Project</mark>-III", []string{"UN-ACT-Project-III"}},
		{"austral", "<mark>Australia</mark>-Sri Lanka plan", []string{"Australia-Sri Lanka plan"}},
		{"peoples", "the <mark>people’s</mark> law", []string{"the people’s law"}},
		{"smuggl", "<mark>Smuggling</mark> of migrants", []string{"no", "Smuggling of migrants", "smuggling too"}},
		{"smuggling migrants", "<mark>smuggling</mark> of <mark>migrants</mark>", []string{"smuggling", "smuggling of migrants"}},
		{"of the", "Bank <mark>of</mark> <mark>the</mark> river", []string{"Bank of the river"}},
		{"ค้ามนุษย์", "พระราชบัญญัติป้องกันและปราบปรามการ<mark>ค้ามนุษย์</mark> พ.ศ. 2551",
			[]string{"พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์ พ.ศ. 2551"}},
		{"น้ำ", "แม่<mark>น\u0e4d\u0e49\u0e32</mark>โขง", []string{"แม่น\u0e4d\u0e49\u0e32โขง"}},
		{"ជួញដូរ", "ការ<mark>ជួញដូរ</mark>មនុស្ស", []string{"ការជួញដូរមនុស្ស"}},
		{"ค้า มนุษย์", "การ<mark>ค้ามนุษย์</mark>", []string{"การค้ามนุษย์"}}, // touching marks are one
		{"人口", "打击<mark>人口</mark>贩卖", []string{"打击人口贩卖"}},
		{"口", "打击人<mark>口</mark>贩卖", []string{"打击人口贩卖"}},
		{"x", "", []string{"nothing here", ""}},
		{"x", "", nil},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := Highlight(q, c.texts...); got != c.want {
			t.Errorf("Highlight(%q)\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}

func TestSnippetsAreCutAtWordsAroundTheBestPlace(t *testing.T) {
	before, after := strings.Repeat("alpha bravo ", 40), strings.Repeat(" charlie delta", 40)
	text := "smuggling " + before + "people smuggling" + after
	q, _ := Parse("people smuggling")
	want := "…alpha bravo alpha bravo alpha bravo <mark>people</mark> <mark>smuggling</mark>" +
		" charlie delta"
	got := Highlight(q, text)
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "a…") && !strings.HasSuffix(got, "charlie…") {
		t.Error(got)
	}
	thai := strings.Repeat("ระหว่างประเทศ", 30)
	q, _ = Parse("ค้ามนุษย์")
	got = Highlight(q, thai+"การค้ามนุษย์"+thai)
	if !strings.Contains(got, "<mark>ค้ามนุษย์</mark>") || !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") {
		t.Error(got)
	}
	q, _ = Parse("delta")
	if got := Highlight(q, before+"delta."); !strings.HasSuffix(got, " <mark>delta</mark>.") {
		t.Error(got)
	}
}

func TestCorrectedWordsAreMarked(t *testing.T) {
	q, _ := Parse("trafficing")
	q, err := q.Correct(func(Query) (bool, error) { return false, nil },
		func([]string) ([]string, error) { return []string{"trafficking"}, nil })
	if got := Highlight(q, "Human Trafficking Act"); err != nil || got != "Human <mark>Trafficking</mark> Act" {
		t.Errorf("%s (%v)", got, err)
	}
}

func FuzzHighlight(f *testing.F) {
	for i, text := range corpus() {
		f.Add(queries()[i%len(queries())], text)
	}
	f.Add("ก", strings.Repeat("ก\u0e49", 300))
	f.Add(strings.Repeat("กข", 90), strings.Repeat("\u200bก\u200bข", 900))
	f.Add("a", strings.Repeat("a'", 300)+strings.Repeat("<b>&", 100))
	f.Fuzz(func(t *testing.T, query, text string) {
		q, err := Parse(query)
		if err != nil {
			return
		}
		got := Highlight(q, text)
		plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(got)
		if strings.ContainsAny(plain, `<>"'`) || strings.Count(got, "<mark>") != strings.Count(got, "</mark>") {
			t.Fatalf("not safe: %s", got)
		}
		shown := html.UnescapeString(plain)
		if n := utf8.RuneCountInString(shown); n > maxSnippet {
			t.Fatalf("%d characters: %s", n, got)
		}
		whole := "…" + strings.ToValidUTF8(text, "\uFFFD") + "…"
		if !strings.Contains(whole, strings.Trim(shown, "…")) {
			t.Fatalf("%q is not of %q", shown, text)
		}
		if got != "" && !strings.Contains(got, "<mark>") {
			t.Fatalf("nothing is marked for %q: %q", query, got)
		}
	})
}

// A text full of a word must not make a page wait.
func TestHighlightIsLinearInItsHits(t *testing.T) {
	q, err := Parse("aa aaa aaaa aaaaa aaaaaa aaaaaaa aaaaaaaa b-b c-c d-d")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	Highlight(q, strings.Repeat("aaaaaaaa-b ", 20_000))
	if took := time.Since(start); took > 5*time.Second { // 0.2 s where this was written
		t.Errorf("took %v", took)
	}
}

func BenchmarkHighlight(b *testing.B) {
	q, _ := Parse("people smuggling viet nam")
	texts := corpus()
	b.ReportAllocs()
	for b.Loop() {
		Highlight(q, texts[:4]...)
	}
}
