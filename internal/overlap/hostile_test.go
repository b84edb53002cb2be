package overlap

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"adam/internal/term"
)

func TestBadInputIsSurvived(t *testing.T) {
	bad := []Activity{
		{}, {ID: "empty title", States: []string{"THA"}}, {ID: "emoji", Title: "🚔🚓👮‍♀️ 🛂", States: []string{"🏴"}}, {ID: "long", Title: strings.Repeat("trafficking ", 5000), Summary: strings.Repeat("x", 50_000)},
		{ID: "old", Title: "Old", Start: "1900-01-01", End: "1900"}, {ID: "far", Title: "Far", Start: "2100-12-31", End: "2099"}, {ID: "no date", Title: "What", Start: "soon", End: "0000-99-99"},
		{ID: "bytes", Title: "\xff\xfe\x00 caf\xe9", Summary: "\xc3(", States: []string{"\xff"}, Donors: []string{"\xff", ""}, Implementers: []string{"  "}, Themes: []string{"", "\xff"}},
		{ID: "twice", Title: "Anti-trafficking hotline of Vientiane", States: []string{"LAO"}}, {ID: "twice", Title: "Anti-trafficking hotline of Vientiane", States: []string{"LA"}},
		{ID: "money", Title: "Money", Money: []Money{{Amount: -5, Currency: "USD"}, {Amount: 1<<63 - 1, Currency: "USD"}, {Amount: 1<<63 - 1, Currency: "USD"}}},
	}
	x := New(bad, Options{Rates: func(term.Currency, int) (Rate, bool) { return Rate{}, true }})
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
	d := newDesk()
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
