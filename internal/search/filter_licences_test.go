package search_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/fault"
	"adam/internal/search"
	"adam/internal/store"
	"adam/internal/testdb"
)

// A record may be passed on where each of its sources states one of the licences; one that states none keeps it out.
func TestLicencesLetThroughWhatMayBePassedOnWhole(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx := testdb.Context(t)
		err := s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			for key, licences := range map[string][]string{"by": {"CC BY 4.0"}, "both": {"CC BY 4.0", "ODC-By"}, "mixed": {"CC BY 4.0", ""}, "none": {""}, "bare": nil} {
				a := tx.Activity.Create().SetKey(key).SetTitle(key).SaveX(ctx)
				for _, l := range licences {
					c := tx.Source.Create().SetRecordID(a.ID).SetTitle("Source")
					if l != "" {
						c.SetLicence(l)
					}
					c.SaveX(ctx)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for asked, want := range map[string][]string{"CC BY 4.0": {"by"}, "ODC-By": {}, "CC BY 4.0|ODC-By": {"both", "by"}} {
			q, err := search.Activities(ctx, s.Client, &search.ActivityFilter{Licences: strings.Split(asked, "|")})
			if err != nil {
				t.Fatal(err)
			}
			got := []string{}
			for _, a := range q.Order(activity.ByKey()).AllX(ctx) {
				got = append(got, a.Key)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", asked, got, want)
			}
		}
		_, err = search.Activities(ctx, s.Client, &search.ActivityFilter{Licences: []string{"cc by 4.0"}})
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid || !slices.Equal(f.Fields, []string{"filter.licences"}) {
			t.Errorf("a licence that no source has: %v", err)
		}
	})
}
