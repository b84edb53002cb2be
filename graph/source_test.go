package graph_test

import (
	"context"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/source"
	"adam/internal/testdb"
)

// Where a publisher named a licence, it is shown with the source; where none did, nothing is said.
func TestASourceNamesTheLicenceOfItsPublisher(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		if err := a.store.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
			id, err := tx.Activity.Query().Where(activity.Key("artip")).OnlyID(ctx)
			if err != nil {
				return err
			}
			return tx.Source.Update().Where(source.RecordID(id)).SetLicence("Creative Commons Attribution 4.0").Exec(ctx)
		}); err != nil {
			t.Fatal(err)
		}
		var out struct {
			Artip, Other struct{ Sources []struct{ Licence *string } }
		}
		keeper := caller{api: a, viewer: aSecretariat()}
		key := keeper.report(t, nil)
		keeper.do(t, `query($key: String!) { artip: activity(key: "artip") { sources { licence } } other: activity(key: $key) { sources { licence } } }`, vars{"key": key}, &out)
		if len(out.Artip.Sources) == 0 || len(out.Other.Sources) == 0 {
			t.Fatalf("there are no sources: %+v", out)
		}
		for _, s := range out.Artip.Sources {
			if s.Licence == nil || *s.Licence != "Creative Commons Attribution 4.0" {
				t.Errorf("the licence is %v", s.Licence)
			}
		}
		for _, s := range out.Other.Sources {
			if s.Licence != nil {
				t.Errorf("a source without a licence names %q", *s.Licence)
			}
		}
	})
}
