package graph_test

import (
	"testing"

	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/law"
	"adam/ent/policydocument"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"
	"adam/internal/testdb"
)

// Whoever may correct a record is told so, and what the concept check says of it; nobody else reads advice about a State.
func TestWhoeverMayCorrectARecordIsTold(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		ctx := testdb.Context(t)
		focal := func(code string) access.Viewer {
			c, err := a.store.Client.Chapter.Query().Where(chapter.Code(code)).WithState().Only(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return access.SignedIn(2, "Focal point", []access.Grant{{Role: access.FocalPoint, Chapter: c.ID, State: c.Edges.State.ID}})
		}
		reporter := func(key string) access.Viewer {
			return access.SignedIn(3, "Reporter", []access.Grant{{Role: access.Reporter, Actor: a.store.Client.Actor.Query().Where(actor.Key(key)).OnlyIDX(ctx)}})
		}
		for name, test := range map[string]struct {
			v             access.Viewer
			law, activity bool
		}{
			"nobody": {access.Anonymous(), false, false}, "a member": {access.SignedIn(4, "Member", []access.Grant{{Role: access.Member}}), false, false},
			"the secretariat": {aSecretariat(), true, true}, "its focal point": {focal("THA"), true, false}, "another focal point": {focal("VNM"), false, false},
			"its reporter": {reporter("interpol"), false, true}, "another reporter": {reporter("unodc"), false, false},
		} {
			var out struct {
				Law, Activity struct {
					MayCorrect   bool
					ConceptFlags []struct {
						Code  string
						Found []string
					}
				}
			}
			caller{api: a, viewer: test.v}.do(t, `{ law(key: "tha-immigration-act-1979") { mayCorrect conceptFlags { code found } }
				activity(key: "interpol-storm-makers-2") { mayCorrect conceptFlags { code found } } }`, nil, &out)
			if out.Law.MayCorrect != test.law || out.Activity.MayCorrect != test.activity {
				t.Errorf("%s may correct the law: %v, the activity: %v", name, out.Law.MayCorrect, out.Activity.MayCorrect)
			}
			if (len(out.Law.ConceptFlags) == 1) != test.law || (len(out.Activity.ConceptFlags) == 1) != test.activity {
				t.Errorf("%s reads of the law %v, of the activity %v", name, out.Law.ConceptFlags, out.Activity.ConceptFlags)
			}
			if test.law && (out.Law.ConceptFlags[0].Code != "SMUGGLING_WITHOUT_BENEFIT" || out.Law.ConceptFlags[0].Found[0] != "no element of gain") {
				t.Errorf("the law has %v", out.Law.ConceptFlags)
			}
		}
	})
}

// Records of several types are asked about at once: one that a viewer may correct says nothing of the next.
func TestRecordsOfSeveralTypesAreToldApart(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		ctx := testdb.Context(t)
		mine, err := a.store.Client.Chapter.Query().Where(chapter.Code("THA")).WithState().Only(ctx)
		if err != nil {
			t.Fatal(err)
		}
		v := access.SignedIn(2, "Focal point", []access.Grant{{Role: access.FocalPoint, Chapter: mine.ID, State: mine.Edges.State.ID}})
		law := a.store.Client.Law.Query().Where(law.Key("tha-atipa-2008")).OnlyIDX(ctx)
		policy := a.store.Client.PolicyDocument.Query().Where(policydocument.StateIDNEQ(mine.Edges.State.ID)).FirstX(ctx).ID
		authority := a.store.Client.Actor.Query().Where(actor.StateID(mine.Edges.State.ID), actor.KindEQ(term.StateAuthority)).FirstX(ctx).ID
		activity := a.store.Client.Activity.Query().FirstX(ctx).ID
		for range 20 { // the types come in any order
			got, err := rule.Corrects(access.With(ctx, v), a.store.Client, []term.ID{law, policy, authority, activity})
			if err != nil || !got[law] || got[policy] || !got[authority] || got[activity] {
				t.Fatalf("%v: %v", got, err)
			}
		}
	})
}
