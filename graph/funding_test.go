package graph_test

import (
	"adam/internal/testdb"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
)

// ledgerLine is a line of money as the shipped file has it.
type ledgerLine struct {
	Actor    string
	Amount   *json.Number
	Currency *string
	Year     *int
}

// ledger reads the money of the shipped activities straight from their file, and the rates: by nothing of the program.
func ledger(t *testing.T) (lines []ledgerLine, rates map[string]*big.Rat, without int) {
	t.Helper()
	var all []struct {
		Key    string
		Donors []ledgerLine
	}
	text, err := os.ReadFile("../seed/catalogue/activities.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		known := false
		for _, d := range a.Donors {
			known = known || d.Amount != nil
			if a.Key != "aus-idn-rca" { // its only line is the one of estimates.yaml
				lines = append(lines, d)
			}
		}
		if !known {
			without++
		}
	}
	text, err = os.ReadFile("../seed/rates.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(text)))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rates = map[string]*big.Rat{}
	for _, row := range rows[1:] {
		rates[row[0]+row[1]], _ = new(big.Rat).SetString(row[2])
	}
	return lines, rates, without
}

// worth converts a line; nil where the files do not say how.
func (l ledgerLine) worth(to string, rates map[string]*big.Rat) *big.Rat {
	if l.Amount == nil || l.Currency == nil {
		return nil
	}
	n, _ := new(big.Rat).SetString(l.Amount.String())
	if *l.Currency == to {
		return n
	}
	if l.Year == nil {
		return nil
	}
	year := strconv.Itoa(*l.Year)
	from, into := rates[*l.Currency+year], rates[to+year]
	if *l.Currency == "USD" {
		from = big.NewRat(1, 1)
	}
	if to == "USD" {
		into = big.NewRat(1, 1)
	}
	if from == nil || into == nil {
		return nil
	}
	return n.Mul(n, into).Quo(n, from)
}

type fundingRows struct {
	WhoFundsWhatWhere struct {
		Currency, Total, Estimates             string
		ActivityCount, WithoutAmount, Withheld int
		CountedOnce                            struct{ Activities int }
		Rows                                   []struct {
			Donor                *struct{ Key string }
			State                *struct{ Code string }
			Amount, SharedAmount *string
		}
	}
}

func TestTheMoneyOfEveryDonorIsThatOfTheFilesToTheCent(t *testing.T) {
	lines, rates, without := ledger(t)
	each(t, func(t *testing.T, a *api) {
		for _, currency := range []string{"USD", "AUD", "EUR"} {
			want, total := map[string]*big.Rat{}, new(big.Rat)
			for _, l := range lines {
				if n := l.worth(currency, rates); n != nil {
					if want[l.Actor] == nil {
						want[l.Actor] = new(big.Rat)
					}
					want[l.Actor].Add(want[l.Actor], n)
					total.Add(total, n)
				}
			}
			var out fundingRows
			a.want(t, operation(t, "WhoFundsWhatWhere"), vars{"by": array{"DONOR"}, "currency": currency}, &out)
			got := out.WhoFundsWhatWhere
			if !sameCent(t, got.Total, total) || got.ActivityCount != 175 || got.WithoutAmount != without || got.CountedOnce.Activities != 0 {
				t.Errorf("%+v\nof the files: %s, %d without", got, total.FloatString(4), without)
			}
			for _, r := range got.Rows {
				if r.Amount == nil || r.Donor == nil {
					continue
				}
				w := want[r.Donor.Key]
				if w == nil || !sameCent(t, *r.Amount, w) || *r.SharedAmount != "0" {
					t.Errorf("%s gave %s %s, and %s shared; of the files %v", r.Donor.Key, currency, *r.Amount, *r.SharedAmount, w)
				}
				delete(want, r.Donor.Key)
			}
			if len(want) > 0 {
				t.Errorf("no row has %v", want)
			}
		}
	})
}

// sameCent compares a figure that is written with four decimals with an exact one.
func sameCent(t *testing.T, got string, want *big.Rat) bool {
	t.Helper()
	n, ok := new(big.Rat).SetString(got)
	if !ok {
		t.Fatalf("%q is no number", got)
	}
	n.Sub(n, want)
	return n.Abs(n).Cmp(big.NewRat(1, 20_000)) <= 0
}

func TestQuestionsAboutMoneyThatMakeNoSenseAreRefused(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for name, test := range map[string]struct {
			vars  object
			field string
		}{
			"an unknown currency":         {vars{"by": array{}, "currency": "XXX"}, "currency"},
			"a currency in small letters": {vars{"by": array{}, "currency": "usd"}, "currency"},
			"a dimension twice":           {vars{"by": array{"STATE", "YEAR", "STATE"}}, "by"},
			"a State that nobody knows":   {vars{"by": array{}, "filter": vars{"states": array{"XYZ"}}}, "filter.states"},
			"a donor that nobody knows":   {vars{"by": array{}, "filter": vars{"donors": array{"nobody"}}}, "filter.donors"},
		} {
			got := a.ask(t, operation(t, "WhoFundsWhatWhere"), test.vars)
			if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "INVALID" || got.Errors[0].Extensions.Fields[0] != test.field {
				t.Errorf("%s: %+v", name, got.Errors)
			}
		}
	})
}

func TestAFilterThatMatchesNothingHasAnEmptyAnswer(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		var out fundingRows
		a.want(t, operation(t, "WhoFundsWhatWhere"), vars{"by": array{"DONOR"}, "filter": vars{"text": "xyzzyplugh"}}, &out)
		if got := out.WhoFundsWhatWhere; got.Total != "0" || got.ActivityCount != 0 || got.WithoutAmount != 0 || len(got.Rows) != 0 || got.Currency != "USD" {
			t.Errorf("%+v", got)
		}
	})
}

func TestEveryFigureOpensIntoLinesWithTheirSources(t *testing.T) {
	const q = `{ whoFundsWhatWhere(filter: {assistanceTypes: [LAW_ENFORCEMENT_TRAINING], themes: [SMUGGLING], stateGroups: [MEKONG]}, by: [STATE], currency: "AUD") {
		explain(outcomes: [COUNTED]) { total lines { amount sentence instead { id } line { amount currency activities(first: 3) { edges { node { key sources { title } } } } } } }
		rows { state { code } amount sharedAmount withoutAmount activityCount activities(first: 100) { key } explain(first: 100) { total lines { outcome line { id } } } } } }`
	each(t, func(t *testing.T, a *api) {
		var out struct {
			WhoFundsWhatWhere struct {
				Explain struct {
					Total int
					Lines []struct {
						Amount, Sentence string
						Instead          *struct{ ID string }
						Line             struct {
							Activities struct {
								Edges []struct {
									Node struct {
										Key     string
										Sources []struct{ Title string }
									}
								}
							}
						}
					}
				}
				Rows []struct {
					ActivityCount int
					Activities    []struct{ Key string }
					Explain       struct {
						Total int
						Lines []struct{ Outcome string }
					}
				}
			}
		}
		a.want(t, q, nil, &out)
		got := out.WhoFundsWhatWhere
		if got.Explain.Total == 0 || len(got.Rows) == 0 {
			t.Fatalf("nothing is shown: %+v", got)
		}
		for _, l := range got.Explain.Lines {
			if l.Instead != nil || l.Sentence == "" || len(l.Line.Activities.Edges) == 0 || len(l.Line.Activities.Edges[0].Node.Sources) == 0 {
				t.Errorf("%+v", l)
			}
		}
		for _, r := range got.Rows {
			if len(r.Activities) != r.ActivityCount || len(r.Explain.Lines) != r.Explain.Total {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestAllSixDimensionsAnswerOverTheShippedData(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		var one, six fundingRows
		a.want(t, operation(t, "WhoFundsWhatWhere"), vars{"by": array{}}, &one)
		a.want(t, operation(t, "WhoFundsWhatWhere"), vars{"by": array{"YEAR", "STATE", "THEME", "DONOR", "ASSISTANCE_TYPE", "IMPLEMENTER"}}, &six)
		if one.WhoFundsWhatWhere.Total != six.WhoFundsWhatWhere.Total || len(six.WhoFundsWhatWhere.Rows) < 1000 {
			t.Errorf("%s in %d rows, %s in all", six.WhoFundsWhatWhere.Total, len(six.WhoFundsWhatWhere.Rows), one.WhoFundsWhatWhere.Total)
		}
	})
}

// Asked again, an edition answers from memory: the same bytes as the working store gives the program for what is public.
func TestAnEditionAnswersAgainWhatItAnswered(t *testing.T) {
	a := newAPI(t, testdb.Store(t, dialect.SQLite))
	read := published(t, a)
	ask := func(ctx context.Context, by string) string {
		body, _ := json.Marshal(map[string]any{"query": operation(t, "WhoFundsWhatWhere"), "variables": map[string]any{"by": []string{by}}})
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		a.handler.ServeHTTP(w, r.WithContext(ctx))
		return w.Body.String()
	}
	for _, by := range []string{"DONOR", "STATE", "NONSENSE"} {
		first, again := ask(read(t.Context()), by), ask(read(t.Context()), by)
		if first != again {
			t.Errorf("by %s: first %s, again %s", by, first, again)
		}
		if working := ask(a.into(t.Context()), by); by != "NONSENSE" && first != working {
			t.Errorf("by %s: the edition says %s, the working store %s", by, first, working)
		}
	}
}
