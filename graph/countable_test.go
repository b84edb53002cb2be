package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"adam/ent/actor"
	"adam/internal/access"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// eachAnew runs a test on both engines, on a catalogue of its own that it may change.
func eachAnew(t *testing.T, test func(*testing.T, *api)) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) { test(t, newAPI(t, testdb.Store(t, d))) })
	}
}

// inFigures is what an answer about money says of one State's activities, and what the chapter and the gaps count.
type inFigures struct {
	WhoFundsWhatWhere struct {
		Total                                  string
		ActivityCount, WithoutAmount, Withheld int
	}
	GapAnalysis []struct{ Activities struct{ Total int } }
	Chapter     struct{ Holdings []struct{ Activities int } }
	Activity    struct {
		Version  int
		Fundings struct {
			Edges []struct {
				Node struct {
					ID       string
					Amount   *string
					Note     *string
					Withheld []string
				}
			}
		}
	}
}

const inFiguresQuery = `query($key: String!, $state: String!) { whoFundsWhatWhere(filter: {states: [$state]}, by: [], currency: "EUR") { total activityCount withoutAmount withheld }
	gapAnalysis(theme: SMUGGLING, states: [$state]) { activities { total } } chapter(code: $state) { holdings { activities } }
	activity(key: $key) { version fundings { edges { node { id amount note withheld } } } } }`

var china, indonesia = vars{"key": "cbmm-china-2", "state": "CHN"}, vars{"key": "iom-float-2012", "state": "IDN"}

func (c inFigures) held() (n int) {
	for _, h := range c.Chapter.Holdings {
		n += h.Activities
	}
	return n
}

// Rule 3: a record that its reporter does not allow to be inFigures is inFigures nowhere; not even for whoever may see it.
func TestWhatMayNotBeCountedIsCountedNowhere(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		desk, public := caller{api: a, viewer: aSecretariat()}, caller{api: a, viewer: access.Anonymous()}
		var before, after, line, again inFigures
		desk.do(t, inFiguresQuery, china, &before)
		const uncount = `mutation($in: UpdateActivityInput!) { updateActivity(input: $in) { activity { version countable } } }`
		desk.do(t, uncount, vars{"in": vars{"key": "cbmm-china-2", "version": before.Activity.Version, "countable": false}}, new(any))
		for _, c := range []caller{desk, public} {
			c.do(t, inFiguresQuery, china, &after)
			b, x := before.WhoFundsWhatWhere, after.WhoFundsWhatWhere
			if x.ActivityCount != b.ActivityCount-1 || x.Total == b.Total || after.held() != before.held()-1 ||
				after.GapAnalysis[0].Activities.Total != before.GapAnalysis[0].Activities.Total-1 || len(after.Activity.Fundings.Edges) == 0 {
				t.Errorf("before %+v, after %+v", before, after)
			}
		}
		desk.do(t, uncount, vars{"in": vars{"key": "cbmm-china-2", "version": after.Activity.Version, "countable": nil}}, new(any))
		desk.do(t, inFiguresQuery, china, &again)
		if again.WhoFundsWhatWhere != before.WhoFundsWhatWhere || again.held() != before.held() {
			t.Errorf("before %+v, allowed again %+v", before, again)
		}
		const uncountLine = `mutation($in: UpdateFundingInput!) { updateFunding(input: $in) { activity { version } } }`
		desk.do(t, uncountLine, vars{"in": vars{"activity": "cbmm-china-2", "version": again.Activity.Version, "funding": again.Activity.Fundings.Edges[0].Node.ID, "countable": false}}, new(any))
		public.do(t, inFiguresQuery, china, &line)
		if x := line.WhoFundsWhatWhere; x.Total != after.WhoFundsWhatWhere.Total || x.ActivityCount != before.WhoFundsWhatWhere.ActivityCount || x.WithoutAmount != before.WhoFundsWhatWhere.WithoutAmount+1 {
			t.Errorf("without its line %+v", x)
		}
	})
}

// An amount that is kept back: its activity counts and is marked, and nobody but the owner and the secretariat reads it, by
// whichever way.
func TestAnAmountThatIsKeptBackIsWithheld(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		desk, public := caller{api: a, viewer: aSecretariat()}, caller{api: a, viewer: access.Anonymous()}
		donor := a.store.Client.Actor.Query().Where(actor.Key("canada-gac")).OnlyIDX(testdb.Context(t))
		owner := caller{api: a, viewer: access.SignedIn(3, "Reporter", []access.Grant{{Role: access.Reporter, Actor: donor}})}
		other := caller{api: a, viewer: access.SignedIn(4, "Member", []access.Grant{{Role: access.Member}})}
		var before inFigures
		desk.do(t, inFiguresQuery, indonesia, &before)
		desk.do(t, `mutation($in: UpdateFundingInput!) { updateFunding(input: $in) { activity { version } } }`, vars{"in": vars{ // history tells the amount
			"activity": "iom-float-2012", "version": before.Activity.Version, "funding": before.Activity.Fundings.Edges[0].Node.ID, "valueOn": "2013",
			"sources": array{vars{"title": "Report"}}}}, new(any))
		desk.do(t, inFiguresQuery, indonesia, &before)
		line := before.Activity.Fundings.Edges[0].Node
		desk.do(t, `mutation($in: UpdateFundingInput!) { updateFunding(input: $in) { activity { version } } }`, vars{"in": vars{
			"activity": "iom-float-2012", "version": before.Activity.Version, "funding": line.ID, "amountWithheld": true}}, new(any))
		for name, c := range map[string]caller{"anybody": public, "a member": other} {
			var out inFigures
			c.do(t, inFiguresQuery, indonesia, &out)
			got := out.Activity.Fundings.Edges[0].Node
			if got.Amount != nil || got.Note != nil || strings.Join(got.Withheld, " ") != "amount note" {
				t.Errorf("%s reads %+v", name, got)
			}
			if x, b := out.WhoFundsWhatWhere, before.WhoFundsWhatWhere; x.Withheld != b.Withheld+1 || x.ActivityCount != b.ActivityCount || x.WithoutAmount != b.WithoutAmount || x.Total == b.Total {
				t.Errorf("%s counts %+v, before %+v", name, x, b)
			}
			var past map[string]any
			c.do(t, `{ activity(key: "iom-float-2012") { history(first: 5) { edges { node { changes { field from to } } } } } }`, nil, &past)
			if text, _ := json.Marshal(past); strings.Contains(string(text), strings.TrimSuffix(*line.Amount, "00000")) {
				t.Errorf("%s reads in the history %s", name, text)
			}
		}
		for name, c := range map[string]caller{"the secretariat": desk, "the donor": owner} {
			var out inFigures
			c.do(t, inFiguresQuery, indonesia, &out)
			if got := out.Activity.Fundings.Edges[0].Node; got.Amount == nil || *got.Amount != *line.Amount || len(got.Withheld) > 0 || out.WhoFundsWhatWhere != before.WhoFundsWhatWhere {
				t.Errorf("%s reads %+v", name, out)
			}
		}
	})
}
