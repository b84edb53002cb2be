package catalogue_test

import (
	"context"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/internal/testdb"
)

func TestKeysAreMadeOfTitlesAndNeverUsedTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		title := func(s string) string { return w.activity(w.add(term.KindActivity, input{"title": s})).Key }
		for _, test := range []struct{ title, key string }{
			{"Été à Phnom Penh", "ete-a-phnom-penh"}, {"Été, à Phnom Penh!", "ete-a-phnom-penh-2"}, {"ETE A PHNOM PENH", "ete-a-phnom-penh-3"},
			{strings.Repeat("long ", 90) + "end", strings.TrimSuffix(strings.Repeat("long-", 16), "-")},
		} {
			if got := title(test.title); got != test.key {
				t.Errorf("%q has the key %q; expected %q", test.title, got, test.key)
			}
		}
		if got := title("การค้ามนุษย์ 2015"); !strings.HasPrefix(got, "activity-") || len(got) != len("activity-")+12 {
			t.Errorf("a Thai title has the key %q", got)
		}
		_, err := w.as(w.keeper, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			return catalogue.Rename(ctx, tx, term.KindActivity, "ete-a-phnom-penh", 1, "summer", "Better.")
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := title("Été à Phnom Penh"); got != "ete-a-phnom-penh-4" {
			t.Errorf("the old key of another was given away: %q", got)
		}
	})
}

func TestARenamedKeyLeadsToItsRecordAndIsTakenByNoOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(term.KindActivity, input{"title": "One", "visibility": "PUBLIC"})
		w.add(term.KindActivity, input{"title": "Two"})
		rename := func(key string, version int, to string) error {
			_, err := w.as(w.keeper, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
				return catalogue.Rename(ctx, tx, term.KindActivity, key, version, to, "Better.")
			})
			return err
		}
		if err := rename("one", 1, "first"); err != nil {
			t.Fatal(err)
		}
		for _, to := range []string{"first", "one", "Two", "a--b", "-a", "", "ä", strings.Repeat("a", 81)} {
			refused(t, rename("two", 1, to), fault.Invalid, "input.newKey")
		}
		if now, err := catalogue.KeyNow(testdb.Context(t), w.st.Client, term.KindActivity, "one"); now != "first" || err != nil {
			t.Errorf("one is now %q (%v)", now, err)
		}
		if now, err := catalogue.KeyNow(testdb.Context(t), w.st.Client, term.KindLaw, "one"); now != "" || err != nil {
			t.Errorf("a law of that key is %q (%v)", now, err)
		}
		if err := rename("one", 2, "one"); err != nil { // back to what it was
			t.Fatal(err)
		}
		if now, err := catalogue.KeyNow(testdb.Context(t), w.st.Client, term.KindActivity, "first"); now != "one" || err != nil {
			t.Errorf("first is now %q (%v)", now, err)
		}
	})
}
