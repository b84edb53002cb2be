package search_test

import (
	"context"
	"fmt"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/search"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// A common word has more hits than are ranked; what is named so must be among them, however long its title is.
func TestWhatIsNamedSoIsRankedAmongMoreHitsThanTheWindowHolds(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		err := s.InTx(access.With(testdb.Context(t), access.Operator("test")), func(ctx context.Context, tx *ent.Tx) error {
			rows := make([]*ent.RecordCreate, 1200)
			for i := range rows {
				d := search.NewDocument(fmt.Sprintf("a%d", i), "Short", nil, "training in common")
				rows[i] = tx.Record.Create().SetID(term.HashID(term.KindActivity, fmt.Sprint(i))).SetKind(term.RecordActivity).
					SetKey(fmt.Sprintf("a%d", i)).SetTitle("Short").SetKeyTokens(d[search.Key]).SetTitleTokens(d[search.Title]).SetBodyTokens(d[search.Body])
			}
			if err := tx.Record.CreateBulk(rows...).Exec(ctx); err != nil {
				return err
			}
			return tx.Activity.Create().SetKey("named").SetVisibility(term.Public).SetAcronym("COMMON").
				SetTitle("A very long title of an activity that has a short acronym by which everybody knows it").Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		one := 1
		hits, err := search.Find(testdb.Context(t), s.Client, "common", search.Within{}, search.Page{First: &one})
		if err != nil {
			t.Fatal(err)
		}
		if hits.TotalCount != 1201 || len(hits.Edges) != 1 || hits.Edges[0].Node.(*ent.Activity).Key != "named" {
			t.Errorf("%d hits, first %+v", hits.TotalCount, hits.Edges)
		}
	})
}
