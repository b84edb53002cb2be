package codelist_test

import (
	"context"
	"reflect"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/exchange/codelist"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

func TestTheListsAgreeWithEachOther(t *testing.T) {
	for _, sentence := range codelist.Tables() {
		t.Error(sentence)
	}
}

// What is on no list is found with how often and where, and stays as it is.
func TestUnknownCodesAreToldAndKept(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, c := testdb.Context(t), s.Client
		err := s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			for _, key := range []string{"a", "b", "c", "d"} {
				tx.Activity.Create().SetKey(key).SetTitle(key).SetPurposeCodes([]string{"15190", "99999", "151"}).SaveX(ctx)
			}
			tx.Activity.Create().SetKey("e").SetTitle("e").SetPurposeCodes([]string{"16070", "zz"}).SetAssistanceTypes([]term.AssistanceType{"NOTHING"}).SaveX(ctx)
			who := tx.Actor.Create().SetKey("who").SetName("Who").SetKind(term.NGO).SetOrganisationType("99").SaveX(ctx)
			tx.OtherName.Create().SetActorID(who.ID).SetName("Quoi").SetLanguage("not a language").SaveX(ctx)
			tx.Funding.Create().SetCurrency("ZZZ").SaveX(ctx)
			tx.Funding.Create().SetCurrency("USD").SetKind(term.Commitment).SaveX(ctx)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		r, err := codelist.Check(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		type line struct {
			list, where, code string
			count, examples   int
		}
		var got []line
		for _, u := range r.Unknown {
			got = append(got, line{u.List, u.Where, u.Code, u.Count, len(u.Examples)})
		}
		want := []line{{"AssistanceType", "activities.assistanceTypes", "NOTHING", 1, 1}, {"Sector", "activities.purposeCodes", "99999", 4, 3}, {"Sector", "activities.purposeCodes", "zz", 1, 1},
			{"OrganisationType", "actors.organisationType", "99", 1, 1}, {"ISO 4217", "fundings.currency", "ZZZ", 1, 1}, {"BCP 47", "otherNames.language", "not a language", 1, 1}}
		if !reflect.DeepEqual(got, want) || r.Checked < 20 {
			t.Errorf("%d checked, %+v, want %+v", r.Checked, got, want)
		}
		if len(r.Old) > 0 && !r.Old[0].Withdrawn {
			t.Errorf("%+v", r.Old)
		}
		if a := c.Activity.Query().Where(activity.Key("a")).OnlyX(ctx); len(a.PurposeCodes) != 3 {
			t.Errorf("%v", a.PurposeCodes)
		}
	})
}
