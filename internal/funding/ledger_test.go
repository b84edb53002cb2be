package funding_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	"adam/ent/actor"
	"adam/ent/participation"
	"adam/ent/predicate"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/corpus"
	"adam/internal/edition"
	"adam/internal/funding"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// The ledger of an edition is an optimisation: a question about any part of it has the answer that reading the facts of
// that part alone gives.
func TestTheLedgerOfAnEditionAnswersAsReadingDoes(t *testing.T) {
	open, ctx := synthetic(t, 1200)
	for name, where := range map[string]predicate.Activity{
		"all":                   activity.IDNEQ(0),
		"none":                  activity.Key("nothing"),
		"of a State":            activity.HasActivityStatesWith(activitystate.HasStateWith(state.Code("LAO"))),
		"of a donor":            activity.HasParticipationsWith(participation.RoleEQ(term.Funding), participation.HasActorWith(actor.Key(corpus.Prefix+"actor-0000005"))),
		"some of wholes":        activity.PartOfIDNotNil(),
		"verified":              activity.VerifiedStatusEQ(term.Verified),
		"a title, and packages": activity.And(activity.TitleContains("border"), activity.Regional(false)),
	} {
		for _, kind := range []*term.FundingKind{nil, ptr(term.Budget), ptr(term.Disbursement)} {
			for _, by := range [][]funding.Dimension{{}, {funding.ByDonor}, {funding.ByState, funding.ByTheme, funding.ByYear}} {
				for _, day := range []term.Date{"2026-01-01", "2026-06-30"} {
					asked := funding.Query{By: by, Kind: kind, Currency: "USD"}
					kept := answered(t, edition.With(ctx, open), open.Client, where, day, asked)
					read := answered(t, edition.Into(ctx, open.Client, access.Public, 1), open.Client, where, day, asked)
					if kept != read {
						t.Fatalf("%s %v %v\n%s\nread:\n%s", name, by, day, kept, read)
					}
				}
			}
		}
	}
}

// Reading whole tables is an optimisation too: for whoever sees some of them, of some of the activities.
func TestWholeTablesGiveTheAnswersThatRowsGive(t *testing.T) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) {
			s := testdb.Store(t, d)
			if err := s.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error { return states(ctx, tx) }); err != nil {
				t.Fatal(err)
			}
			if _, err := corpus.Generate(testdb.Context(t), s, corpus.Plan{Activities: 400, Seed: 3}, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), func(int) {}); err != nil {
				t.Fatal(err)
			}
			ctx := access.With(t.Context(), access.SignedIn(1, "Coordinator", []access.Grant{{Role: access.Coordinator}}))
			for name, where := range map[string]predicate.Activity{
				"all": activity.IDNEQ(0), "of a State": activity.HasActivityStatesWith(activitystate.HasStateWith(state.Code("LAO"))), "some of wholes": activity.PartOfIDNotNil(),
			} {
				asked := funding.Query{By: []funding.Dimension{funding.ByDonor, funding.ByState}, Currency: "USD"}
				rows := answered(t, ctx, s.Client, where, "2026-01-01", asked)
				funding.WithMuch(3, func() {
					if whole := answered(t, ctx, s.Client, where, "2026-01-01", asked); whole != rows {
						t.Errorf("%s\n%.2000s\nby rows:\n%.2000s", name, whole, rows)
					}
				})
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// answered writes an answer with all that stands behind it.
func answered(t *testing.T, ctx context.Context, c *ent.Client, where predicate.Activity, day term.Date, q funding.Query) string {
	t.Helper()
	a, err := funding.Ask(ctx, c, c.Activity.Query().Where(where), day, q)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, a)
}

func written(t *testing.T, a *funding.Answer) string {
	t.Helper()
	lines, err := a.Explain(nil, ptr(100), nil)
	if err != nil {
		t.Fatal(err)
	}
	var behind []any
	for _, r := range a.Rows {
		ids, err := r.ActivityIDs(ptr(100), nil)
		if err != nil {
			t.Fatal(err)
		}
		behind = append(behind, ids, r.Unconverted())
	}
	text, err := json.Marshal([]any{a, lines, behind})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// synthetic releases an edition of a synthetic corpus and opens it.
func synthetic(t *testing.T, activities int) (*edition.Open, context.Context) {
	t.Helper()
	ctx, st, folder := testdb.Context(t), testdb.Store(t, dialect.SQLite), t.TempDir()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error { return states(ctx, tx) }))
	_, err := corpus.Generate(ctx, st, corpus.Plan{Activities: activities, Seed: 1}, now, func(int) {})
	check(err)
	check(sameActivities(ctx, st))
	_, err = edition.Release(ctx, st, folder, "Synthetic.", now)
	check(err)
	shelf := edition.NewShelf(folder, st)
	t.Cleanup(shelf.Close)
	check(shelf.Refresh(ctx))
	open, err := shelf.Current(ctx, access.Public)
	check(err)
	t.Cleanup(open.Release)
	return open, ctx
}

func states(ctx context.Context, tx *ent.Tx) error {
	for _, code := range []string{"LAO", "THA", "AUS", "JPN"} {
		if err := tx.State.Create().SetKey("state-" + code).SetName(code).SetCode(code).SetAlpha2(code[:2]).SetM49("000").SetVisibility(term.Public).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sameActivities decides that some neighbours are one, also where one of them is a part of a third.
func sameActivities(ctx context.Context, st *store.Store) error {
	return st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		ids, err := tx.Activity.Query().Order(activity.ByKey()).IDs(ctx)
		for i := 0; err == nil && i+2 < len(ids); i += 15 {
			err = tx.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore("0.9").SetDecision("SAME_ACTIVITY").AddActivityIDs(ids[i], ids[i+2]).Exec(ctx)
		}
		return err
	})
}
