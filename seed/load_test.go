package seed

import (
	"context"
	"testing"

	"adam/ent"
	"adam/internal/store"
	"adam/internal/testdb"
)

// loaded loads a data set in one transaction.
func loaded(t testing.TB, s *store.Store, f *Files) Report {
	t.Helper()
	var report Report
	err := s.InTx(t.Context(), func(ctx context.Context, tx *ent.Tx) (err error) {
		report, err = Load(ctx, tx, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestLoadingIsCompleteAndIdempotent(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		f := shippedFiles(t)
		want := 527 + 68
		if got := loaded(t, s, f); got != (Report{Created: want}) {
			t.Errorf("first load: %+v, want %d created", got, want)
		}
		if got := loaded(t, s, f); got != (Report{Unchanged: want}) {
			t.Errorf("second load: %+v, want %d unchanged", got, want)
		}
	})
}
