package review_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/mail"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// letters are the letters whose keys begin with something, by whom they go to.
func (w *world) letters(t *testing.T, prefix string) map[string]*ent.Mail {
	t.Helper()
	all, err := w.st.Client.Mail.Query().Where(mail.KeyHasPrefix(prefix)).All(w.program())
	ok(t, err)
	out := map[string]*ent.Mail{}
	for _, m := range all {
		for name, p := range w.persons {
			if p.ID == m.Person && out[name] == nil {
				out[name] = m
			}
		}
	}
	if len(out) != len(all) {
		t.Errorf("%d letters to %d people", len(all), len(out))
	}
	return out
}

// told wants letters to these, and texts in each.
func (w *world) told(t *testing.T, prefix string, who []string, words ...string) {
	t.Helper()
	got := w.letters(t, prefix)
	for _, name := range who {
		m := got[name]
		if m == nil {
			t.Errorf("%s: nothing went to %s", prefix, name)
			continue
		}
		for _, text := range words {
			if !strings.Contains(m.Body, text) {
				t.Errorf("the letter to %s does not say %q: %s", name, text, m.Body)
			}
		}
	}
	if len(got) != len(who) {
		t.Errorf("%s: %d letters; expected those to %q", prefix, len(got), who)
	}
}

// A review that opens by itself is announced to whoever is asked, once, with what is asked, by when, and where; one of a
// chapter that has lost its focal point to the secretariat.
func TestAReviewThatOpensByItselfIsAnnounced(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tha, vnm := w.open("THA"), w.open("VNM")
		w.told(t, "opened:", nil)
		w.finish("tha", tha)
		w.finish("vnm", vnm)
		held, err := w.desk.People.Grants(w.program(), w.persons["vnm"].ID)
		ok(t, err)
		ok(t, w.desk.People.End(w.program(), held[0].ID, "She has retired."))
		w.at(w.clock().AddDate(1, 0, 2))
		before := w.tick(t, 2).Mails
		w.tick(t, 0)
		w.pass(24 * time.Hour)
		w.tick(t, 0)
		next := func(code string) *ent.ReviewCycle {
			c, err := review.Current(w.program(), w.st.Client, w.id[code])
			ok(t, err)
			return c
		}
		c := next("THA")
		w.told(t, "opened:"+c.ID.String()+":", []string{"tha"}, "Chapter THA", "by the end of "+string(c.ReviewDueOn)+" (Asia/Bangkok)", "https://adam.example/review/THA", "is right")
		c = next("VNM")
		w.told(t, "opened:"+c.ID.String()+":", []string{"first", "second"}, "Chapter VNM", "names a focal point", "by the end of "+string(c.NominationDueOn)+" (Asia/Bangkok)", "/cycles")
		if before < 3 {
			t.Errorf("the calendar counts %d letters", before)
		}
	})
}

// One that the secretariat opens is announced where the focal point was kept; where a nomination is awaited, whoever is
// nominated hears of it then. A suspended one is silent.
func TestAReviewThatIsOpenedByHandIsAnnouncedToAFocalPointWhoWasKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.open("THA")
		w.finish("tha", first)
		w.pass(48 * time.Hour)
		next, err := do(w, "first", w.desk.Open, review.Opening{Chapter: "THA"})
		ok(t, err)
		if c := w.cycle(next); c.Status != term.UnderReview {
			t.Fatalf("it is %s", c.Status)
		}
		w.told(t, "opened:"+next.String()+":", []string{"tha", "deputy"}, "/review/THA")
		w.write(func(ctx context.Context, tx *ent.Tx) error {
			return tx.Chapter.UpdateOneID(w.id["AFG"]).SetStatus(term.Suspended).Exec(ctx)
		})
		for _, code := range []string{"AFG", "IDN"} {
			id, err := do(w, "first", w.desk.Open, review.Opening{Chapter: code})
			ok(t, err)
			w.told(t, "opened:"+id.String()+":", nil)
		}
	})
}

// A reporter hears of her portfolio, and of each quarter, when the calendar opens it.
func TestAReporterIsToldOfHerPortfolioAndOfEachQuarter(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		w := emptyWorld(t, st, zones)
		w.at(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
		w.cast()
		w.at(time.Date(2027, 1, 4, 1, 0, 0, 0, time.UTC))
		w.tick(t, 0)
		id := w.newest(t, "iom")
		w.told(t, "opened:"+id.String()+":", []string{"iom"}, "A review of IOM", "by the end of 2027-03-01 (Asia/Bangkok)", "https://adam.example/review/iom", "you answer for")
		w.finish("iom", id)
		w.at(time.Date(2027, 4, 1, 1, 0, 0, 0, time.UTC))
		w.tick(t, 0)
		id = w.newest(t, "iom")
		w.told(t, "opened:"+id.String()+":", []string{"iom"}, "by the end of 2027-05-01 (Asia/Bangkok)", "what has ended and what is planned next")
	})
}
