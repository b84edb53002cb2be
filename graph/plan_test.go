package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"adam/internal/testdb"
)

type planCheck struct {
	CheckPlan struct {
		Overlaps []struct {
			Score, Kind, Sentence string
			Activity              struct{ Key, Title string }
			Evidence              []struct{ Field, Agreement, Weight, Left, Right, Sentence string }
		}
		Gaps []struct {
			State                           struct{ Code string }
			Theme, AssistanceType, Sentence string
		}
		Needs []struct {
			Need     struct{ Key string }
			Sentence string
		}
	}
}

const checkPlanWhole = `query($plan: PlannedActivityInput!) { checkPlan(plan: $plan) { overlaps { score kind sentence reasons missing activity { key title }
	evidence { field agreement weight left right sentence } } gaps { state { code } theme assistanceType sentence } needs { need { key } sentence } } }`

// checked is the answer about a plan as it goes over the wire.
func (c caller) checked(t *testing.T, plan vars) string {
	t.Helper()
	var body json.RawMessage
	c.extensions(t, checkPlanWhole, vars{"plan": plan}, &body)
	return string(body)
}

// lacking finds a State, other than Thailand, and a type of assistance against smuggling of which it has no activity.
func (c caller) lacking(t *testing.T) (state, kind string) {
	t.Helper()
	var out struct {
		GapAnalysis []struct {
			State      struct{ Code string }
			Assistance []struct {
				Type       string
				Activities int
			}
		}
	}
	c.do(t, `{ gapAnalysis(theme: SMUGGLING) { state { code } assistance { type activities } } }`, nil, &out)
	for _, row := range out.GapAnalysis {
		for _, a := range row.Assistance {
			if row.State.Code != "THA" && a.Activities == 0 {
				return row.State.Code, a.Type
			}
		}
	}
	t.Fatal("no State lacks anything")
	return "", ""
}

// What is planned is compared before it is paid for, and nothing of it is stored.
func TestAPlanIsToldWhatItWouldRepeatAndWhatItWouldAnswer(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		var made created
		p.iom.do(t, operation(t, "CreateActivity"), vars{"in": activityInput(vars{"title": "Drafting of a law on migrant smuggling for the Ministry of Justice", "themes": []string{"SMUGGLING"},
			"states": []string{"THA"}, "visibility": "MEMBERS", "assistanceTypes": []string{"LEGISLATIVE"}, "donors": []string{"iom"}, "startOn": "2031-02", "endOn": "2032"})}, &made)
		need := p.focal.post(t, "A law on migrant smuggling", nil)
		count := func() int {
			n, err := a.store.Client.Activity.Query().Count(testdb.Context(t))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		before := count()
		state, kind := p.unodc.lacking(t)
		plan := vars{"title": "Law on the smuggling of migrants: drafting with the Ministry of Justice", "themes": []string{"SMUGGLING"}, "states": []string{"THA", state},
			"assistanceTypes": []string{"LEGISLATIVE", kind}, "donors": []string{"unodc"}, "startOn": "2031", "amount": "250000", "currency": "AUD"}
		var out planCheck
		p.unodc.do(t, operation(t, "CheckPlan"), vars{"plan": plan}, &out) // as it is written in the design
		p.unodc.do(t, checkPlanWhole, vars{"plan": plan}, &out)
		if count() != before {
			t.Error("the plan was stored")
		}
		got := out.CheckPlan
		key := made.CreateActivity.Activity.Key
		if len(got.Overlaps) == 0 || got.Overlaps[0].Activity.Key != key || got.Overlaps[0].Sentence == "" || len(got.Overlaps[0].Evidence) < 3 {
			t.Fatalf("the plan overlaps with %+v", got.Overlaps)
		}
		for _, e := range got.Overlaps[0].Evidence {
			if e.Sentence == "" || e.Weight == "" {
				t.Errorf("evidence without words: %+v", e)
			}
		}
		if len(got.Needs) != 1 || got.Needs[0].Need.Key != need {
			t.Errorf("the plan answers the needs %+v", got.Needs)
		}
		filled := map[string]bool{}
		for _, g := range got.Gaps {
			filled[g.State.Code+g.AssistanceType] = true
			if g.Theme != "SMUGGLING" || g.State.Code == "THA" && g.AssistanceType == "LEGISLATIVE" || !strings.Contains(g.Sentence, "as far as you may see") {
				t.Errorf("a gap is %+v", g)
			}
		}
		if !filled[state+kind] {
			t.Errorf("the plan would fill the gaps %v, and not %s of %s", filled, kind, state)
		}
	})
}

// Rule 3: what is restricted shows in nobody else's answer, nor changes it.
func TestAPlanIsToldNothingOfWhatIsRestricted(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		plan := vars{"title": "Shelter for trafficked fishermen in Ranong", "themes": []string{"TRAFFICKING"}, "states": []string{"THA"}, "assistanceTypes": []string{"VICTIM_PROTECTION"}}
		ask := func(c caller) string { return c.checked(t, plan) }
		before := ask(p.unodc)
		var made created
		p.iom.do(t, operation(t, "CreateActivity"), vars{"in": activityInput(vars{"title": plan["title"], "themes": plan["themes"], "states": plan["states"], "visibility": "RESTRICTED", "donors": []string{"iom"}})}, &made)
		if after := ask(p.unodc); after != before {
			t.Errorf("before\n%s\nafter\n%s", before, after)
		}
		p.keeper.do(t, `mutation($in: UpdateActivityInput!) { updateActivity(input: $in) { activity { version } } }`, vars{"in": vars{"key": made.CreateActivity.Activity.Key, "version": 1, "visibility": "MEMBERS"}}, &struct{}{})
		if !strings.Contains(ask(p.unodc), made.CreateActivity.Activity.Key) {
			t.Errorf("an activity that is open to members now is not found: %.1000s", ask(p.unodc))
		}
	})
}

// Whoever may see a restricted activity is told of it, though the index holds none: it is found by a rare word of its title,
// and by when and where it begins.
func TestAPlanIsToldOfWhatOnlySomeMaySee(t *testing.T) {
	eachAnew(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		for name, c := range map[string]struct{ made, plan vars }{
			"a rare word": {vars{"title": "Quokka shelter at Ranong pier"}, vars{"title": "Quokka shelter near the pier of Ranong"}},
			"when and where": {vars{"title": "Formation des enquêteurs, procureurs et juges", "startOn": "2031-03-14", "endOn": "2031-09", "donors": []string{"iom"}},
				vars{"title": "Training of investigators, prosecutors and judges", "startOn": "2031-03", "endOn": "2031-09", "donors": []string{"iom"}}},
		} {
			for _, in := range []vars{c.made, c.plan} {
				in["themes"], in["states"], in["assistanceTypes"] = []string{"TRAFFICKING"}, []string{"THA"}, []string{"VICTIM_PROTECTION"}
			}
			c.made["visibility"] = "RESTRICTED"
			var made created
			p.iom.do(t, operation(t, "CreateActivity"), vars{"in": activityInput(c.made)}, &made)
			key := `"` + made.CreateActivity.Activity.Key + `"`
			if got := p.iom.checked(t, c.plan); !strings.Contains(got, key) {
				t.Errorf("%s: its owner is not told of %s: %.2000s", name, key, got)
			}
			if got := p.unodc.checked(t, c.plan); strings.Contains(got, key) {
				t.Errorf("%s: another is told of %s", name, key)
			}
		}
	})
}

func TestWhoMayCheckAPlanAndWhatIsNone(t *testing.T) {
	a := newAPI(t, testdb.Store(t, "sqlite3"))
	p := partiesOf(a)
	for name, c := range map[string]struct {
		who   caller
		plan  vars
		wrong string
	}{
		"a visitor":                   {caller{api: a}, vars{"title": "Training"}, "UNAUTHENTICATED"},
		"a member":                    {p.member, vars{"title": "Training"}, "FORBIDDEN"},
		"no title":                    {p.iom, vars{"title": "  "}, "plan.title"},
		"a long title":                {p.iom, vars{"title": strings.Repeat("a", 501)}, "plan.title"},
		"a long summary":              {p.iom, vars{"title": "Training", "summary": strings.Repeat("a", 10_001)}, "plan.summary"},
		"no such State":               {p.iom, vars{"title": "Training", "states": []string{"THA", "XXX"}}, "plan.states"},
		"no such donor":               {p.iom, vars{"title": "Training", "donors": []string{"nobody"}}, "plan.donors"},
		"an end before":               {p.iom, vars{"title": "Training", "startOn": "2031-05", "endOn": "2031-04"}, "plan.endOn"},
		"a negative amount":           {p.iom, vars{"title": "Training", "amount": "-1", "currency": "USD"}, "plan.amount"},
		"30 digits":                   {p.iom, vars{"title": "Training", "amount": strings.Repeat("9", 30), "currency": "USD"}, "plan.amount"},
		"no currency":                 {p.iom, vars{"title": "Training", "amount": "5"}, "plan.currency"},
		"a currency in small letters": {p.iom, vars{"title": "Training", "amount": "5", "currency": "aud"}, "plan.currency"},
		"emoji":                       {p.iom, vars{"title": "🚓🚓"}, ""},
		"a focal point's":             {p.focal, vars{"title": "Training"}, ""},
		"a coordinator's":             {p.coordinator, vars{"title": "Training", "startOn": "2100"}, ""},
		"the secretariat's":           {p.keeper, vars{"title": "Training", "startOn": "1900", "endOn": "2100"}, ""},
	} {
		body := c.who.checked(t, c.plan)
		if wrong := strings.Contains(body, `"errors"`); wrong != (c.wrong != "") || !strings.Contains(body, c.wrong) {
			t.Errorf("%s: %.300s", name, body)
		}
	}
}
