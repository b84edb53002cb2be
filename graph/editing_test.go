package graph_test

import (
	"reflect"
	"testing"

	"adam/internal/access"
	"adam/internal/term"
	"adam/internal/testdb"
)

func activityInput(more vars) vars {
	in := vars{"title": "Training of border police in Chiang Rai", "sources": []any{vars{"title": "Report"}}}
	for k, v := range more {
		in[k] = v
	}
	return in
}

type created struct {
	CreateActivity struct {
		Activity struct {
			Key     string
			Version int
		}
		PossibleOverlaps []struct {
			Score    string
			Activity struct{ Key, Title string }
		}
		ConceptFlags []struct{ Code, Sentence string }
	}
}

func TestAnActivityIsMadeWithAdviceAndItsHistoryTellsOfIt(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		var out created
		keeper.do(t, operation(t, "CreateActivity"), vars{"in": activityInput(vars{"summary": "For victims.", "themes": []string{"SMUGGLING"}, "states": []string{"THA"}, "donors": []string{"iom"}})}, &out)
		got := out.CreateActivity
		if got.Activity.Key != "training-of-border-police-in-chiang-rai" || got.Activity.Version != 1 {
			t.Errorf("made %+v", got.Activity)
		}
		if len(got.ConceptFlags) != 1 || got.ConceptFlags[0].Code != "VICTIMS_TAGGED_SMUGGLING" {
			t.Errorf("the flags are %v", got.ConceptFlags)
		}
		// The same again, in other words.
		keeper.do(t, operation(t, "CreateActivity"), vars{"in": activityInput(vars{"title": "Border police training, Chiang Rai", "states": []string{"THA"}, "donors": []string{"iom"}})}, &out)
		if o := out.CreateActivity.PossibleOverlaps; len(o) == 0 || o[0].Activity.Key != "training-of-border-police-in-chiang-rai" || o[0].Score < "0.5" || o[0].Score > "1" {
			t.Errorf("the overlaps are %v", o)
		}
		var updated struct {
			UpdateActivity struct{ Activity struct{ Version int } }
		}
		keeper.do(t, operation(t, "UpdateActivity"), vars{"in": vars{"key": got.Activity.Key, "version": 1, "summary": nil, "reason": "Wrong.", "sources": []any{vars{"title": "Letter"}}}}, &updated)
		if updated.UpdateActivity.Activity.Version != 2 {
			t.Errorf("at version %d", updated.UpdateActivity.Activity.Version)
		}
		var history struct {
			Activity struct {
				History struct {
					Edges []struct {
						Node struct {
							By             struct{ Name string }
							Action, Reason string
							Changes        []struct{ Field, From string }
							Source         *struct{ Title string }
						}
					}
				}
			}
		}
		keeper.do(t, operation(t, "History"), vars{"key": got.Activity.Key}, &history)
		if e := history.Activity.History.Edges; len(e) != 2 || e[0].Node.Reason != "Wrong." || e[0].Node.By.Name != "Regional Support Office" || e[0].Node.Source.Title != "Letter" || e[1].Node.Action != "CREATED" {
			t.Errorf("the history is %+v", e)
		}
	})
}

func TestAStaleVersionIsAConflictWithBothValues(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		stale := keeper.call(t, operation(t, "UpdateActivity"), vars{"in": vars{"key": "aaptip", "version": 99, "acronym": "X"}})
		refused(t, "stale", stale, "CONFLICT")
		var body struct {
			Errors []struct {
				Extensions struct {
					Version int
					Yours   map[string]*string
					Theirs  map[string]*string
					Fields  []string
				}
			}
		}
		keeper.extensions(t, operation(t, "UpdateActivity"), vars{"in": vars{"key": "aaptip", "version": 99, "acronym": "X", "summary": nil}}, &body)
		x := body.Errors[0].Extensions
		if x.Version != 1 || *x.Yours["acronym"] != "X" || x.Theirs["acronym"] == nil || x.Yours["summary"] != nil || x.Theirs["summary"] == nil || x.Fields[0] != "input.version" {
			t.Errorf("the extensions are %+v", x)
		}
	})
}

func TestAMutationSentTwiceWithOneKeyHasOneEffect(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat(), once: "3f0e7a52"}
		var first, again created
		keeper.do(t, operation(t, "CreateActivity"), vars{"in": activityInput(nil)}, &first)
		keeper.do(t, operation(t, "CreateActivity"), vars{"in": activityInput(nil)}, &again)
		if first.CreateActivity.Activity != again.CreateActivity.Activity {
			t.Errorf("%+v, then %+v", first, again)
		}
		refused(t, "another request", keeper.call(t, operation(t, "CreateActivity"), vars{"in": activityInput(vars{"acronym": "X"})}), "INVALID")
		// One operation may hold several mutations: each is done once.
		const two = `mutation($in: CreateActivityInput!) { a: createActivity(input: $in) { activity { key } } b: createActivity(input: $in) { activity { key } } }`
		keeper.once = "two"
		var keys, same map[string]struct{ Activity struct{ Key string } }
		keeper.do(t, two, vars{"in": activityInput(vars{"title": "Two"})}, &keys)
		keeper.do(t, two, vars{"in": activityInput(vars{"title": "Two"})}, &same)
		if keys["a"].Activity.Key != "two" || keys["b"].Activity.Key != "two-2" || !reflect.DeepEqual(keys, same) {
			t.Errorf("%v, then %v", keys, same)
		}
	})
}

func TestARenamedOrWithdrawnRecordIsAnsweredAndTheOldKeyStillFindsIt(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		var out map[string]struct {
			Activity struct {
				Key     string
				Version int
			}
		}
		keeper.do(t, `mutation { renameActivity(input: {key: "artip", version: 1, newKey: "asia-programme", reason: "Clearer."}) { activity { key version } } }`, nil, &out)
		var found struct{ Activity struct{ Key string } }
		keeper.do(t, `{ activity(key: "artip") { key } }`, nil, &found)
		if found.Activity.Key != "asia-programme" || out["renameActivity"].Activity.Version != 2 {
			t.Errorf("found %+v of %+v", found, out)
		}
		keeper.do(t, `mutation { withdrawActivity(input: {key: "artip", version: 2, reason: "A test."}) { activity { key version } } }`, nil, &out)
		if out["withdrawActivity"].Activity.Version != 3 {
			t.Errorf("withdrawn: %+v", out)
		}
		refused(t, "withdrawn", keeper.call(t, `{ activity(key: "artip") { key } }`, nil), "NOT_FOUND")
		refused(t, "withdrawn", keeper.call(t, `{ activity(key: "asia-programme") { key } }`, nil), "NOT_FOUND")
		keeper.do(t, `mutation { restoreActivity(input: {key: "artip", version: 3, reason: "Done."}) { activity { key version } } }`, nil, &out)
		if out["restoreActivity"].Activity.Key != "asia-programme" {
			t.Errorf("restored: %+v", out)
		}
	})
}

func TestDisputesAndSharesStandBesideTheRecord(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		thailand := access.Grant{Role: access.FocalPoint, Chapter: term.HashID(term.KindChapter, "THA"), State: term.HashID(term.KindState, "THA")}
		focal := caller{api: a, viewer: somebody("Thailand", thailand)}
		var id struct{ Activity struct{ ID string } }
		keeper.do(t, `{ activity(key: "aaptip") { id } }`, nil, &id)
		var out struct {
			DisputeRecord struct{ Dispute struct{ ID, Status string } }
		}
		focal.do(t, `mutation($r: ID!) { disputeRecord(input: {record: $r, version: 1, field: "title", reason: "It has another name."}) { dispute { id status } } }`, vars{"r": id.Activity.ID}, &out)
		var now struct {
			Activity struct {
				Disputes []struct {
					Field, Stated, Statement, Status, Decision string
					By                                         struct{ Name string }
					OwnInterest                                bool
				}
			}
		}
		const q = `{ activity(key: "aaptip") { disputes { field stated statement status decision by { name } ownInterest } } }`
		keeper.do(t, q, nil, &now)
		if d := now.Activity.Disputes; len(d) != 1 || d[0].Field != "title" || d[0].Stated == "" || d[0].Statement != "It has another name." || d[0].By.Name != "Thailand" || d[0].Status != "OPEN" {
			t.Errorf("the disputes are %+v", d)
		}
		var ignored any
		keeper.do(t, `mutation($d: ID!) { decideDispute(input: {dispute: $d, uphold: false, reason: "The source has it."}) { dispute { id } } }`, vars{"d": out.DisputeRecord.Dispute.ID}, &ignored)
		keeper.do(t, q, nil, &now)
		if d := now.Activity.Disputes[0]; d.Status != "DISMISSED" || d.Decision != "The source has it." {
			t.Errorf("the decision is %+v", d)
		}
		var shared struct {
			ShareRecord struct {
				Record     struct{ Key string }
				SharedWith []struct {
					Actor *struct{ Key string }
					Role  *string
				}
			}
		}
		keeper.do(t, `mutation($r: ID!) { shareRecord(input: {record: $r, actors: ["iom"], roles: [COORDINATOR]}) { record { key } sharedWith { actor { key } role } } }`, vars{"r": id.Activity.ID}, &shared)
		if s := shared.ShareRecord; s.Record.Key != "aaptip" || len(s.SharedWith) != 2 || s.SharedWith[0].Actor.Key != "iom" || *s.SharedWith[1].Role != "COORDINATOR" {
			t.Errorf("shared: %+v", s)
		}
		var seen struct {
			Activity struct{ SharedWith []struct{ Role string } }
		}
		focal.do(t, `{ activity(key: "aaptip") { sharedWith { role } } }`, nil, &seen)
		if len(seen.Activity.SharedWith) != 0 {
			t.Errorf("others see with whom it is shared: %+v", seen)
		}
	})
}

func TestAViewerLearnsWhoSheIs(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		iom := term.HashID(term.KindActor, "iom")
		me := somebody("IOM", access.Grant{Role: access.Reporter, Actor: iom}, access.Grant{Role: access.FocalPoint, Chapter: term.HashID(term.KindChapter, "THA"), State: term.HashID(term.KindState, "THA")})
		ctx := testdb.Context(t)
		if err := a.store.Client.Person.Create().SetID(me.Person).SetEmail("desk@iom.example").SetCreatedAt(term.Now()).Exec(ctx); err != nil {
			t.Fatal(err)
		}
		var out struct {
			Viewer *struct {
				Email, Role string
				Chapters    []struct{ Code string }
				Actor       struct{ Key string }
				Can         []string
			}
		}
		caller{api: a, viewer: me}.do(t, operation(t, "Viewer"), nil, &out)
		if v := out.Viewer; v == nil || v.Email != "desk@iom.example" || v.Role != "FOCAL_POINT" || len(v.Chapters) != 1 || v.Chapters[0].Code != "THA" || v.Actor.Key != "iom" || len(v.Can) != 5 {
			t.Errorf("the viewer is %+v", v)
		}
		caller{api: a, viewer: access.Anonymous()}.do(t, operation(t, "Viewer"), nil, &out)
		if out.Viewer != nil {
			t.Errorf("a visitor is %+v", out.Viewer)
		}
	})
}
