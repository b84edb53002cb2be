package intake

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/funding"
	"adam/ent/historyentry"
	"adam/internal/edition"
	"adam/internal/exchange/iati"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"
)

// sample is a file of official material, which is not part of the repository.
func sample(t testing.TB, name string) string {
	dir := os.Getenv("ADAM_IATI_DATA")
	if dir == "" {
		t.Skip("skipped: ADAM_IATI_DATA does not name a folder with IATI's samples, schemas and rulesets")
	}
	b, err := os.ReadFile(filepath.Join(dir, "samples", name))
	must(t, err)
	return string(b)
}

func shipped(t testing.TB, st *store.Store) {
	t.Helper()
	f, err := seed.Check(seed.Read(seed.Shipped()))
	must(t, err)
	must(t, st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		_, err := seed.Load(ctx, tx, f)
		return err
	}))
}

// sums adds up what a file states, exactly and without this package: by currency and kind.
func sums(t testing.TB, content string) map[string]*big.Rat {
	t.Helper()
	out := map[string]*big.Rat{}
	_, err := iati.Read(strings.NewReader(content), iati.Options{}, func(a *iati.Activity) error {
		for _, x := range a.Transactions {
			if kind, _, ok := iati.KindOf(x.Type); ok && x.Value.Exact != "" {
				r, _ := new(big.Rat).SetString(string(x.Value.Exact))
				add(out, string(kind)+" "+x.Value.Currency, r)
			}
		}
		return nil
	})
	must(t, err)
	return out
}

func add(sums map[string]*big.Rat, key string, r *big.Rat) {
	if sums[key] == nil {
		sums[key] = new(big.Rat)
	}
	sums[key].Add(sums[key], r)
}

// published is every row of what members would read in an edition of the store as it stands, but for the edition itself.
func published(t testing.TB, st *store.Store) string {
	t.Helper()
	folder := t.TempDir()
	e, err := edition.Release(testdb.Context(t), st, folder, "", noon)
	must(t, err)
	ed, err := store.Open(t.Context(), filepath.Join(folder, fmt.Sprintf("%04d-members.sqlite", e.Number)))
	must(t, err)
	defer ed.Close()
	var out []string
	for line := range strings.Lines(rows(t, ed)) {
		if !strings.Contains(line, `"table":"editions"`) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

func TestTheSampleOfTheAsianDevelopmentBank(t *testing.T) {
	content := sample(t, "adb-asia-1998-2005.1.04.xml")
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		shipped(t, st)
		ctx := testdb.Context(t)
		asBefore := published(t, st)
		records := st.Client.Activity.Query().CountX(ctx)
		before := time.Now()
		rep := applied(t, st, "adb.xml", content)
		took := time.Since(before)
		c := rep.Counts
		t.Logf("%d activities in %s, %.0f a minute: %+v", c.Read, took.Round(time.Millisecond), float64(c.Read)/took.Minutes(), c)
		if c.Read != 2935 || c.Created+c.Refused != 2935 || st.Client.Activity.Query().CountX(ctx) != records+c.Created {
			t.Errorf("the counts are %+v", c)
		}
		got := map[string]*big.Rat{}
		for _, f := range st.Client.Funding.Query().Where(funding.HasActivitiesWith(activity.ProvenanceEQ(provenance)), funding.AmountNotNil(), funding.KindNEQ(term.Budget)).AllX(ctx) {
			add(got, string(*f.Kind)+" "+*f.Currency, big.NewRat(int64(*f.Amount), 10_000))
		}
		want := sums(t, content)
		if len(got) != len(want) {
			t.Errorf("the store has %v, the file %v", got, want)
		}
		for key, sum := range want {
			if got[key] == nil || got[key].Cmp(sum) != 0 {
				t.Errorf("%s: the store has %v, the file %v", key, got[key], sum)
			}
			t.Logf("%s %s", key, sum.FloatString(2))
		}
		if n := st.Client.HistoryEntry.Query().Where(historyentry.ReasonHasPrefix("Imported from")).CountX(ctx); n != c.Created+c.Actors {
			t.Errorf("history tells of %d records", n)
		}
		whole := rows(t, st)
		if again := applied(t, st, "adb.xml", content); again.Counts.Same != c.Created || again.Import != 0 || rows(t, st) != whole {
			t.Errorf("imported again: %+v", again.Counts)
		}
		if published(t, st) == asBefore {
			t.Error("the import is not to be seen")
		}
		before = time.Now()
		u := undone(t, st, rep.Import)
		t.Logf("undone in %s", time.Since(before).Round(time.Millisecond))
		if u.Withdrawn != c.Created+c.Actors || len(u.Stayed) != 0 {
			t.Errorf("undone: %d withdrawn, %d stayed", u.Withdrawn, len(u.Stayed))
		}
		if published(t, st) != asBefore {
			t.Error("undone, the catalogue is not as it was before")
		}
		if back := applied(t, st, "adb.xml", content); back.Counts.Created != c.Created || back.Counts.Actors != c.Actors {
			t.Errorf("imported after that: %+v", back.Counts)
		}
	})
}
