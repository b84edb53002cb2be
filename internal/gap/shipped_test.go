package gap_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/gap"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

// Every flag on the shipped records was looked at by a person: testdata/flags.tsv says of each whether it is right. A
// change of the rules or of the records shows here, to be looked at again.
func TestFlagsOnTheShippedRecordsAreThoseThatWereJudged(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	files, err := seed.Check(seed.Read(seed.Shipped()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		if _, err := seed.Load(ctx, tx, files); err != nil {
			return err
		}
		got, err = flagged(ctx, tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	judged := verdicts(t)
	right := 0
	for _, g := range got {
		v, ok := judged[g]
		switch {
		case !ok:
			t.Errorf("not judged: %s", g)
		case v == "right":
			right++
		}
		delete(judged, g)
	}
	for line := range judged {
		t.Errorf("no longer flagged: %s", line)
	}
	t.Logf("%d flags, %d of them right", len(got), right)
}

// flagged are the flags of all records, as key and code.
func flagged(ctx context.Context, tx *ent.Tx) (out []string, err error) {
	add := func(key string, s gap.Subject) {
		for _, f := range gap.Check(s) {
			out = append(out, fmt.Sprintf("%s %s\t%s", strings.ToLower(string(s.Kind)), key, f.Code))
		}
	}
	laws, err := tx.Law.Query().WithProvisions().All(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range laws {
		s, err := gap.OfLaw(ctx, l)
		if err != nil {
			return nil, err
		}
		add(l.Key, s)
	}
	policies, err := tx.PolicyDocument.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range policies {
		add(p.Key, gap.OfPolicy(p))
	}
	mechanisms, err := tx.CoordinationMechanism.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range mechanisms {
		add(m.Key, gap.OfMechanism(m))
	}
	activities, err := tx.Activity.Query().All(ctx)
	for _, a := range activities {
		add(a.Key, gap.OfActivity(a))
	}
	slices.Sort(out)
	return out, err
}

// verdicts are the judged flags: record, code, "right" or "wrong", why.
func verdicts(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/flags.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	out := map[string]string{}
	for in := bufio.NewScanner(f); in.Scan(); {
		if strings.HasPrefix(in.Text(), "#") {
			continue
		}
		cells := strings.Split(in.Text(), "\t")
		if len(cells) != 4 || cells[2] != "right" && cells[2] != "wrong" || cells[3] == "" {
			t.Fatalf("not understood: %q", in.Text())
		}
		out[cells[0]+"\t"+cells[1]] = cells[2]
	}
	return out
}
