package graph_test

import (
	"testing"

	"adam/ent/chapter"
	"adam/internal/access"
	"adam/internal/testdb"
)

// reviewItem is an item as the interface shows it.
type reviewItem struct {
	ID, Status, Kind string
	Version          int
	Own              bool
	Changed          []struct{ Field string }
	Record           struct {
		Typename string `json:"__typename"`
		Key      string
		Version  int
	}
}

const itemsOfCycle = `query($id: ID!, $status: [ItemStatus!]) { cycle(id: $id) { items(first: 100, status: $status) { totalCount edges { node {
	id version status kind own changed { field from to } record { __typename key ... on Law { version } } } } } } }`

// items asks for the first items of a review.
func (c caller) items(t testing.TB, cycle string, status ...string) (all []reviewItem, total int) {
	t.Helper()
	var out struct {
		Cycle struct {
			Items struct {
				TotalCount int
				Edges      []struct{ Node reviewItem }
			}
		}
	}
	v := vars{"id": cycle}
	if len(status) > 0 {
		v["status"] = status
	}
	c.do(t, itemsOfCycle, v, &out)
	for _, e := range out.Cycle.Items.Edges {
		all = append(all, e.Node)
	}
	return all, out.Cycle.Items.TotalCount
}

// begin opens a review and nominates its focal point.
func begin(t *testing.T, a *api, keeper caller, code, email string) (cycle string, focal caller) {
	t.Helper()
	var opened struct {
		OpenCycle struct {
			Cycle struct{ ID, Status, NominationDueOn, ReviewDueOn string }
		}
	}
	keeper.do(t, operation(t, "OpenCycle"), vars{"in": vars{"chapter": code, "openedOn": "2026-01-31", "addressee": "Ministry", "reference": "Note 1"}}, &opened)
	if c := opened.OpenCycle.Cycle; c.Status != "AWAITING_NOMINATION" || c.NominationDueOn != "2026-02-14" || c.ReviewDueOn != "2026-03-31" {
		t.Errorf("opened %+v", c)
	}
	var named struct {
		NominateFocalPoint struct {
			Cycle      struct{ Status string }
			FocalPoint struct{ Name, Unit, Email string }
		}
	}
	keeper.do(t, operation(t, "Nominate"), vars{"in": vars{"chapter": code, "email": email, "name": "A. Official", "unit": "Division"}}, &named)
	if n := named.NominateFocalPoint; n.Cycle.Status != "UNDER_REVIEW" || n.FocalPoint.Email != email || n.FocalPoint.Unit != "Division" {
		t.Errorf("nominated %+v", n)
	}
	ch := a.store.Client.Chapter.Query().Where(chapter.Code(code)).OnlyX(testdb.Context(t))
	return opened.OpenCycle.Cycle.ID, caller{api: a, viewer: somebody("Division", access.Grant{Role: access.FocalPoint, Chapter: ch.ID, State: *ch.StateID})}
}

// The operations of a review run exactly as the interface writes them, from opening to publication.
func TestTheOperationsOfAReviewRunAsWritten(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper, second := caller{api: a, viewer: aSecretariat()}, caller{api: a, viewer: aSecretariat()}
		cycle, focal := begin(t, a, keeper, "THA", "focal@tha.example")
		law, other := answerOf(t, focal, cycle)
		var extended struct {
			ExtendDeadline struct{ Cycle struct{ ReviewDueOn string } }
		}
		keeper.do(t, operation(t, "Extend"), vars{"in": vars{"cycle": cycle, "until": "2026-12-31", "reason": "A general election."}}, &extended)
		if extended.ExtendDeadline.Cycle.ReviewDueOn != "2026-12-31" {
			t.Errorf("extended to %+v", extended)
		}
		got := focal.call(t, operation(t, "Complete"), vars{"in": vars{"cycle": cycle, "statement": "Right."}})
		refused(t, "completing while items are pending", got, "CONFLICT")
		for _, total := focal.items(t, cycle, "PENDING"); total > 0; _, total = focal.items(t, cycle, "PENDING") {
			focal.do(t, operation(t, "Confirm"), vars{"in": vars{"items": versionsOf(t, focal, cycle)}}, &struct{}{})
		}
		publishes(t, focal, second, cycle)
		stands(t, second, law, other)
	})
}

// versionsOf are the pending items of a review, as many as a page holds.
func versionsOf(t testing.TB, c caller, cycle string) (out []vars) {
	t.Helper()
	all, _ := c.items(t, cycle, "PENDING")
	for _, it := range all {
		out = append(out, vars{"id": it.ID, "version": it.Version})
	}
	return out
}

// answerOf corrects a law and disputes a record of somebody else.
func answerOf(t *testing.T, focal caller, cycle string) (law, other reviewItem) {
	t.Helper()
	all, total := focal.items(t, cycle)
	if total < 100 || !all[0].Own {
		t.Fatalf("%d items, the first %+v", total, all[0])
	}
	for _, it := range all {
		if it.Own && it.Kind == "LAW" {
			law = it
		}
		if !it.Own && other.ID == "" {
			other = it
		}
	}
	var corrected struct {
		CorrectItem struct{ Item struct{ Status string } }
	}
	focal.do(t, operation(t, "Correct"), vars{"in": vars{"item": law.ID, "version": law.Version, "source": vars{"title": "Gazette"},
		"law": vars{"key": law.Record.Key, "version": law.Record.Version, "number": "No. 7"}}}, &corrected)
	if corrected.CorrectItem.Item.Status != "CORRECTED" {
		t.Errorf("corrected %+v", corrected)
	}
	var disputed struct {
		DisputeItem struct {
			Item struct{ Status, Reason string }
		}
	}
	focal.do(t, operation(t, "Dispute"), vars{"in": vars{"item": other.ID, "version": other.Version, "reason": "Not in this State."}}, &disputed)
	if d := disputed.DisputeItem.Item; d.Status != "DISPUTED" || d.Reason != "Not in this State." {
		t.Errorf("disputed %+v", d)
	}
	got := focal.call(t, operation(t, "Dispute"), vars{"in": vars{"item": other.ID, "version": other.Version, "reason": "Again."}})
	refused(t, "an answer to an older version", got, "CONFLICT")
	return law, other
}

// publishes completes as one and publishes as another.
func publishes(t *testing.T, focal, second caller, cycle string) {
	t.Helper()
	var completed struct {
		CompleteCycle struct {
			Cycle struct{ Status, CompletedOn, NextReviewDueOn string }
		}
	}
	focal.do(t, operation(t, "Complete"), vars{"in": vars{"cycle": cycle, "statement": "Checked and right.", "position": "Director"}}, &completed)
	if c := completed.CompleteCycle.Cycle; c.Status != "VERIFIED" || c.CompletedOn == "" || c.NextReviewDueOn == "" {
		t.Errorf("completed %+v", c)
	}
	var published struct {
		PublishChapter struct {
			Cycle   struct{ Status, PublishedOn string }
			Edition struct {
				Number int
				Date   string
			}
		}
	}
	second.do(t, operation(t, "Publish"), vars{"in": vars{"cycle": cycle}}, &published)
	if p := published.PublishChapter; p.Cycle.Status != "PUBLISHED" || p.Cycle.PublishedOn == "" || p.Edition.Number != 1 {
		t.Errorf("published %+v", p)
	}
}

// stands looks at what a publication has written.
func stands(t *testing.T, c caller, law, other reviewItem) {
	t.Helper()
	var out struct {
		Law struct {
			Number        string
			Verification  struct{ Status string }
			Verifications []struct {
				Status string
				By     struct{ Name string }
			}
		}
	}
	c.do(t, `query($k: String!) { law(key: $k) { number verification { status } verifications { status by { name } on until } } }`, vars{"k": law.Record.Key}, &out)
	if l := out.Law; l.Number != "No. 7" || l.Verification.Status != "VERIFIED" || len(l.Verifications) != 1 || l.Verifications[0].By.Name != "Division" {
		t.Errorf("the law is %+v", l)
	}
	var node struct {
		Node struct {
			Verification struct{ Status string }
			Disputes     []struct{ Statement string }
		}
	}
	q := `query($k: String!) { node: ` + map[string]string{"Actor": "actor", "CoordinationMechanism": "mechanism", "Activity": "activity"}[other.Record.Typename] +
		`(key: $k) { verification { status } disputes { statement } } }`
	c.do(t, q, vars{"k": other.Record.Key}, &node)
	if n := node.Node; n.Verification.Status != "DISPUTED" || len(n.Disputes) != 1 || n.Disputes[0].Statement != "Not in this State." {
		t.Errorf("the disputed record is %+v", n)
	}
}
