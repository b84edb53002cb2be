package overlap_test

import (
	"bufio"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/overlap"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"
)

// hundred is how many pairs of each kind were judged by hand.
const hundred = 100

// shippedPair is a pair of the shipped catalogue by its keys, the first by the alphabet first.
type shippedPair struct{ kind, a, b string }

// TestTheFirstPairsOfTheShippedCatalogueAreWorthALook finds pairs as the server does, and counts which of the first ones are
// right by what was judged by hand (testdata/shipped.tsv). -v prints the figures of docs/overlaps-by-hand.md, and each pair.
func TestTheFirstPairsOfTheShippedCatalogueAreWorthALook(t *testing.T) {
	judged := judgedByHand(t)
	for kind, pairs := range firstPairs(t) {
		right, partly, known := 0, 0, 0
		for i, p := range pairs {
			v, is := judged[p]
			switch {
			case !is:
				t.Logf("%s %d is not judged: %s, %s", kind, i+1, p.a, p.b)
			case v == "right":
				right++
			case v == "partly":
				partly++
			}
			if is {
				known++
			}
			if n := i + 1; n == 10 || n == 25 || n == 50 || n == hundred {
				t.Logf("%s: of the first %d, %d are right, %d partly; %d are judged", kind, n, right, partly, known)
			}
			if kind == "B" && i == 9 && right+partly < 7 {
				t.Errorf("of the first ten pairs of overlapping assistance only %d are worth a look", right+partly)
			}
		}
	}
}

// TestNothingInTheShippedCatalogueIsLikelyReportedTwice holds what was found by hand: every activity stands in it once.
func TestNothingInTheShippedCatalogueIsLikelyReportedTwice(t *testing.T) {
	x, key := shippedIndex(t)
	err := x.ScanKind(t.Context(), term.OverlapSameActivity, 0.7, func(p overlap.Pair) error {
		t.Errorf("%s and %s are taken for one activity by %v", key[p.A], key[p.B], p.Score)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// firstPairs are the first hundred pairs of each kind.
func firstPairs(t *testing.T) map[string][]shippedPair {
	x, key := shippedIndex(t)
	out := map[string][]shippedPair{}
	for name, kind := range map[string]term.OverlapKind{"A": term.OverlapSameActivity, "B": term.OverlapAssistance} {
		err := x.ScanKind(t.Context(), kind, 0, func(p overlap.Pair) error {
			if len(out[name]) < hundred {
				a, b := min(key[p.A], key[p.B]), max(key[p.A], key[p.B])
				t.Logf("%s\t%d\t%.3f\t%s\t%s\t%s", name, len(out[name])+1, p.Score, p.LookAlike, a, b)
				out[name] = append(out[name], shippedPair{name, a, b})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// shippedIndex is the server's index of the shipped catalogue, with the keys of its activities.
func shippedIndex(t *testing.T) (*overlap.Index, map[string]string) {
	st := testdb.Store(t, "sqlite3")
	files, err := seed.Check(seed.Read(seed.Shipped()))
	if err != nil {
		t.Fatal(err)
	}
	key := map[string]string{}
	err = st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		if _, err := seed.Load(ctx, tx, files); err != nil {
			return err
		}
		all, err := tx.Activity.Query().All(ctx)
		for _, a := range all {
			key[a.ID.String()] = a.Key
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	x, err := overlap.NewWatch(st.Client, time.Now).Index(testdb.Context(t))
	if err != nil {
		t.Fatal(err)
	}
	if x.Len() != len(key) {
		t.Fatalf("%d of %d activities are in the index", x.Len(), len(key))
	}
	return x, key
}

func judgedByHand(t *testing.T) map[shippedPair]string {
	f, err := os.Open("testdata/shipped.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	out := map[shippedPair]string{}
	for in := bufio.NewScanner(f); in.Scan(); {
		c := strings.Split(in.Text(), "\t")
		if len(c) == 5 && !strings.HasPrefix(c[0], "#") {
			out[shippedPair{c[0], c[1], c[2]}] = c[3]
		}
	}
	return out
}
