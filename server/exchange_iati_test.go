package server

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/internal/access"
	"adam/internal/exchange/iati"
	"adam/internal/term"
)

// paid writes activities with money of every kind: a package, money that is passed on, an estimate, what nobody may see, and a
// name that the owner has given.
func paid(w *writer) {
	hidden(w)
	for key, in := range map[string]fields{
		"training": {"title": "Training", "status": "IMPLEMENTATION", "startOn": "2019-02", "endOn": "2021", "donors": []any{"eu"}, "implementers": []any{"iom"}, "states": []any{"THA", "LAO"}, "themes": []any{"SMUGGLING", "TRAFFICKING"},
			"externalIdentifiers": []any{"XM-TEST-1-9", "OTHER 7"}, "purposeCodes": []any{"15190"}, "summary": "A course."},
		"advice": {"title": "Advice -- on law", "status": "CLOSED", "plannedStartOn": "2018", "actualStartOn": "2018-03-01", "donors": []any{"eu"}, "implementers": []any{"iom"}, "states": []any{"THA"}, "themes": []any{"SMUGGLING"}},
		"vague":  {"title": "Vague", "donors": []any{"eu"}, "states": []any{"THA"}, "themes": []any{"SMUGGLING"}},
	} {
		w.create(term.KindActivity, key, in)
	}
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		eu := tx.Actor.Query().Where(actor.Key("eu")).OnlyX(ctx).ID
		tx.Actor.UpdateOneID(eu).SetOrganisationIdentifier("XM-TEST-1").ExecX(ctx)
		id := func(key string) term.ID { return tx.Activity.Query().Where(activity.Key(key)).OnlyX(ctx).ID }
		line := func(kind term.FundingKind, amount term.Amount, currency string, on term.PartialDate, keys ...string) *ent.FundingCreate {
			c := tx.Funding.Create().SetVisibility(term.Public).SetKind(kind).SetAmount(amount * 10_000).SetCurrency(currency).SetValueOn(on).SetReportedBy(term.ReportedByDonor).SetProviderID(eu)
			for _, k := range keys {
				c.AddActivityIDs(id(k))
			}
			return c
		}
		first := line(term.Commitment, 1_000_000, "EUR", "2019", "training").SaveX(ctx)
		line(term.Commitment, 400_000, "EUR", "2019-05-01", "training").SetUpstreamID(first.ID).SaveX(ctx)
		line(term.Commitment, 70_000, "USD", "2018-07", "training", "advice", "vague").SaveX(ctx)
		line(term.Commitment, 3_000, "USD", "2018", "vague").SaveX(ctx)
		line(term.Disbursement, 5_000, "USD", "2019-01-31", "advice").SaveX(ctx)
		line(term.Disbursement, 60_001, "THB", "2019-02-28", "advice").SaveX(ctx)
		line(term.Budget, 900_000, "EUR", "2019", "training").SaveX(ctx)
		line(term.Commitment, 999, "USD", "2020", "advice").SetReportedBy(term.ReportedAsEstimate).SaveX(ctx)
		line(term.Commitment, 55_555, "USD", "2020", "advice").SetVisibility(term.Restricted).SaveX(ctx)
		return first.ID, nil
	})
}

// sums are money by kind and currency.
type sums map[string]*big.Rat

func (s sums) add(kind, currency, amount string) {
	x, _ := new(big.Rat).SetString(amount)
	if key := kind + " " + currency; s[key] == nil {
		s[key] = x
	} else {
		s[key].Add(s[key], x)
	}
}

func (s sums) String() string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(s)) {
		out = append(out, key+" "+s[key].FloatString(2))
	}
	return strings.Join(out, "\n")
}

// countedIn are the sums that count of a filter, by the API: of the activities that can be written, with a day.
func (h *house) countedIn(filter, token string) sums {
	h.t.Helper()
	out := sums{}
	for kind, code := range map[string]string{"null": "COMMITMENT", "BUDGET": "BUDGET", "PLEDGE": "PLEDGE", "DISBURSEMENT": "DISBURSEMENT", "EXPENDITURE": "EXPENDITURE"} {
		for after := ""; ; {
			var data struct {
				WhoFundsWhatWhere struct {
					Explain struct {
						Lines []struct {
							Line struct {
								ID, Amount, Currency, ValueOn string
								Activities                    struct {
									Edges []struct {
										Node struct{ Status, StartOn, PlannedStartOn, ActualStartOn string }
									}
								}
							}
						}
					}
				}
			}
			next := ""
			if after != "" {
				next = fmt.Sprintf(", after: %q", after)
			}
			h.asked(fmt.Sprintf(`{ whoFundsWhatWhere(filter: {%s}, by: [], kind: %s) { explain(outcomes: [COUNTED, NO_RATE], first: 100%s) { lines { line { id amount currency valueOn
				activities(first: 25) { edges { node { status startOn plannedStartOn actualStartOn } } } } } } } }`, filter, kind, next), token, &data)
			lines := data.WhoFundsWhatWhere.Explain.Lines
			for _, l := range lines {
				after = l.Line.ID
				written := false
				for _, e := range l.Line.Activities.Edges {
					written = written || e.Node.Status != "UNKNOWN" && e.Node.StartOn+e.Node.PlannedStartOn+e.Node.ActualStartOn != ""
				}
				if written && l.Line.ValueOn != "" {
					out.add(code, l.Line.Currency, l.Line.Amount)
				}
			}
			if len(lines) < 100 {
				break
			}
		}
	}
	return out
}

// readBack is what our reader finds in a file.
func readBack(t *testing.T, file string) (all map[string]*iati.Activity, found sums) {
	t.Helper()
	all, found = map[string]*iati.Activity{}, sums{}
	_, err := iati.Read(strings.NewReader(file), iati.Options{Name: "test.xml"}, func(a *iati.Activity) error {
		if all[a.Identifier] != nil {
			t.Errorf("two activities are called %s", a.Identifier)
		}
		all[a.Identifier] = a
		for _, x := range a.Transactions {
			kind, _, _ := iati.KindOf(x.Type)
			found.add(string(kind), x.Value.Currency, string(x.Value.Exact))
		}
		for _, b := range a.Budgets {
			found.add("BUDGET", b.Value.Currency, string(b.Value.Exact))
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%v: %.300s", err, file)
	}
	return all, found
}

// pathsOf are what XPath finds for each sum of a kind and a currency.
var pathsOf = map[string]string{"COMMITMENT": `//transaction[transaction-type/@code="2"]`, "DISBURSEMENT": `//transaction[transaction-type/@code="3"]`, "BUDGET": `//budget`}

// valid asks a program of others about a file: by the official schema, where that is found, and for its sums.
func valid(t *testing.T, file, schema string, want sums) {
	t.Helper()
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Log("not checked by another program: xmllint is missing")
		return
	}
	name := filepath.Join(t.TempDir(), "out.xml")
	if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("ADAM_IATI_DATA"); dir == "" {
		t.Log("not checked by the official schema: ADAM_IATI_DATA is missing")
	} else if out, err := exec.Command(lint, "--noout", "--schema", filepath.Join(dir, "xsd/2.03/iati-"+schema+"-schema.xsd"), name).CombinedOutput(); err != nil {
		t.Errorf("not valid: %.2000s", out)
	}
	for key, sum := range want {
		kind, currency, _ := strings.Cut(key, " ")
		out, err := exec.Command(lint, "--xpath", fmt.Sprintf(`string(sum(%s/value[@currency="%s"]))`, pathsOf[kind], currency), name).CombinedOutput()
		got, ok := new(big.Rat).SetString(strings.TrimSpace(string(out)))
		if err != nil || !ok || got.Cmp(sum) != 0 {
			t.Errorf("%s: XPath finds %s, the API %s (%v)", key, out, sum.FloatString(2), err)
		}
	}
}

// A file of IATI has each sum that counts once, by our reader and by XPath, for whoever asks; what cannot be valid is listed.
func TestPageActivitiesAsIATI(t *testing.T) {
	h := library(t, paid)
	desk := h.token(h.person("desk@example.org", access.Secretariat), access.ScopeRead)
	for _, q := range []struct{ query, filter string }{{"", ""}, {"?state=THA&theme=SMUGGLING", `states: ["THA"], themes: [SMUGGLING]`}, {"?donor=eu", `donors: ["eu"]`}} {
		for _, token := range []string{"", desk} {
			status, header, file := h.answered("/activities.iati.xml"+q.query, "*/*", token)
			if status != 200 || header.Get("Content-Type") != "application/xml; charset=utf-8" {
				t.Fatalf("%d %v %.300s", status, header, file)
			}
			_, found := readBack(t, file)
			want := h.countedIn(q.filter, token)
			if found.String() != want.String() || len(want) < 4 {
				t.Errorf("%s: the file has\n%s\nthe API\n%s", q.query, found, want)
			}
			valid(t, file, "activities", want)
			if !strings.Contains(file, "“Vague”: its status is unknown; when it starts is unknown.") {
				t.Errorf("%s: what was left out is not listed: %s", q.query, file[len(file)-300:])
			}
			if secret := strings.Contains(file, "55555"); secret != (token == desk) {
				t.Errorf("%s: a restricted line is shown: %v", q.query, secret)
			}
		}
	}
	if status, _, body := h.answered("/activities.iati.xml?q=vague", "application/json", ""); status != 404 || !strings.Contains(body, "its status is unknown") {
		t.Errorf("a file without an activity: %d %s", status, body)
	}
}

// What an activity says in IATI: its owner's name where that is known, who reports, dates as they were stated.
func TestPageActivityAsIATI(t *testing.T) {
	h := library(t, paid)
	_, _, file := h.answered("/activities.iati.xml?donor=eu", "*/*", "")
	all, _ := readBack(t, file)
	a := all["XM-TEST-1-9"]
	if a == nil {
		t.Fatalf("the owner's name of the activity is not there: %v", slices.Collect(maps.Keys(all)))
	}
	if !a.Reporter.Secondary || a.Reporter.Ref != "XM-ADAM" || a.Status != "2" || len(a.Themes) != 2 || len(a.Countries) != 2 || a.Day("1") != "2019-02" || a.Day("3") != "2021" || a.Sectors[0].Code != "15190" {
		t.Errorf("%+v", a)
	}
	var others []string
	for _, o := range a.OtherIdentifiers {
		others = append(others, o.Type+" "+o.Ref)
	}
	if len(others) != 2 || !strings.HasPrefix(others[0], "A1 XM-ADAM-activity_") || others[1] != "A9 OTHER 7" {
		t.Errorf("%q", others)
	}
	kinds := ""
	for _, x := range a.Transactions {
		kinds += x.Type + " " + string(x.Value.Exact) + " " + string(x.On) + "; "
	}
	if advice := slices.Collect(maps.Values(all)); !strings.Contains(kinds, "2 1000000 2019; ") || strings.Contains(kinds, "400000") || len(a.Budgets) != 1 || a.Budgets[0].End != "2019-12-31" || len(advice) < 2 {
		t.Errorf("%s %+v", kinds, a.Budgets)
	}
	status, _, actors := h.answered("/actors.iati.xml?role=FUNDING", "*/*", "")
	if status != 200 || !strings.Contains(actors, "<organisation-identifier>XM-TEST-1</organisation-identifier>") {
		t.Errorf("%d %.500s", status, actors)
	}
	valid(t, actors, "organisations", nil)
}
