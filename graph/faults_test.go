package graph_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/reviewcycle"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// office is a catalogue with a clock that the test turns, and the people of a review in it.
type office struct {
	*api
	t                    *testing.T
	at                   time.Time
	keeper               *people.Keeper
	first, second, focal caller // two of the secretariat; who answers for the Maldives
	cycle                string // their review
	sent                 int    // how many requests had a key
}

func newOffice(t *testing.T, st *store.Store) *office {
	t.Helper()
	w := &office{api: newAPI(t, st), t: t, at: now}
	w.keeper = people.New(st, w.clock)
	w.handler = graph.Handler(w.clock, w.keeper, "https://adam.example.org")
	w.first = w.person(people.Invitation{Email: "first@example.org", Role: access.Secretariat, Institution: "Office"})
	w.second = w.person(people.Invitation{Email: "second@example.org", Role: access.Secretariat, Institution: "Office"})
	return w
}

func (w *office) clock() time.Time { return w.at }

// person makes an account with a role and gives a caller who has signed in to it.
func (w *office) person(in people.Invitation) caller {
	w.t.Helper()
	_, p, err := w.keeper.Invite(testdb.Context(w.t), in)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.signedIn(p)
}

func (w *office) signedIn(p *ent.Person) caller {
	w.t.Helper()
	v, err := w.keeper.Viewer(testdb.Context(w.t), p.ID, true)
	if err != nil {
		w.t.Fatal(err)
	}
	return caller{api: w.api, viewer: v}
}

// opened opens the review of a chapter and nominates its focal point.
func (w *office) opened(code string) (cycle string, focal caller) {
	w.t.Helper()
	var out struct {
		OpenCycle, NominateFocalPoint struct{ Cycle struct{ ID string } }
	}
	email := strings.ToLower(code) + "@example.org"
	w.first.do(w.t, operation(w.t, "OpenCycle"), vars{"in": vars{"chapter": code}}, &out)
	w.first.do(w.t, operation(w.t, "Nominate"), vars{"in": vars{"chapter": code, "email": email, "unit": "Ministry"}}, &struct{}{})
	p, err := w.keeper.Find(testdb.Context(w.t), email)
	if err != nil {
		w.t.Fatal(err)
	}
	return out.OpenCycle.Cycle.ID, w.signedIn(p)
}

// refuses wants a mutation to be refused with a code and words that say what to do, and nothing of it to be written.
func (w *office) refuses(t *testing.T, who caller, name string, in vars, code, words string) failure {
	t.Helper()
	before, _ := digestOf(t, w.store)
	got := who.call(t, mutationOf(t, name), vars{"in": in})
	refused(t, name, got, code)
	if after, _ := digestOf(t, w.store); after != before {
		t.Errorf("%s was refused and changed the database", name)
	}
	if len(got.Errors) == 0 {
		return failure{}
	}
	if e := got.Errors[0]; !strings.Contains(e.Message, words) {
		t.Errorf("%s is refused with %q, which does not say %q", name, e.Message, words)
	}
	return got.Errors[0]
}

// mutationOf writes a mutation of a review or a release, with what its answer can be compared by.
func mutationOf(t *testing.T, name string) string {
	t.Helper()
	f := schema.Mutation.Fields.ForName(name)
	if f == nil || f.Arguments.ForName("input") == nil {
		t.Fatalf("there is no mutation %s with an input", name)
	}
	shown := "cycle { id status reviewDueOn completedOn publishedOn }"
	switch fields := schema.Types[f.Type.Name()].Fields; {
	case fields.ForName("release") != nil:
		shown = "release { id status mine edition { number status } decidedBy { name } reason }"
	case fields.ForName("cycle") == nil:
		shown = "item { id version status }"
	}
	return "mutation($in: " + f.Arguments.ForName("input").Type.String() + ") { " + name + "(input: $in) { " + shown + " } }"
}

// does asks for a mutation that must succeed.
func (w *office) does(t *testing.T, who caller, name string, in vars) {
	t.Helper()
	who.do(t, mutationOf(t, name), vars{"in": in}, &struct{}{})
}

// confirmRest confirms what is pending.
func (w *office) confirmRest(t *testing.T, who caller, cycle string) {
	t.Helper()
	for pending := versionsOf(t, who, cycle); len(pending) > 0; pending = versionsOf(t, who, cycle) {
		w.does(t, who, "confirmItems", vars{"items": pending[:min(10, len(pending))]})
	}
}

// The list of bad input and faults, through the API: each is answered with a code and a sentence that says what to
// do, and nothing half written is left.
func TestBadInputAndFaults(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		w := newOffice(t, st)
		w.cycle, w.focal = w.opened("MDV")
		for _, fault := range []struct {
			name string
			test func(*office, *testing.T)
		}{
			{"nominating a second focal point", (*office).secondFocalPoint},
			{"confirming an item of another chapter", (*office).itemOfAnother},
			{"completing with pending items", (*office).pendingItems},
			{"a deadline in the past", (*office).pastDeadline},
			{"publishing one's own completion", (*office).ownCompletion},
			{"a clock that is set back an hour", (*office).clockSetBack},
			{"every mutation of a review sent twice", (*office).everythingTwice},
			{"what moves no review sent twice at once without a key", (*office).twiceAtOnce},
		} {
			t.Run(fault.name, func(t *testing.T) { fault.test(w, t) })
		}
	})
}

func (w *office) secondFocalPoint(t *testing.T) {
	in := vars{"chapter": "MDV", "email": "another@example.org", "unit": "Another ministry"}
	w.refuses(t, w.first, "nominateFocalPoint", in, "CONFLICT", "She can hand her role over, or pass it on to deputies; or end her role first.")
	if _, err := w.keeper.Find(testdb.Context(t), "another@example.org"); err == nil {
		t.Error("an account was made")
	}
}

func (w *office) itemOfAnother(t *testing.T) {
	_, other := w.opened("VNM")
	items, _ := w.focal.items(t, w.cycle)
	named := vars{"items": []vars{{"id": items[0].ID, "version": items[0].Version}}}
	for _, who := range []caller{other, w.person(people.Invitation{Email: "member@example.org", Role: access.Member})} {
		w.refuses(t, who, "confirmItems", named, "NOT_FOUND", "in a review that asks you")
	}
	named["items"] = append(named["items"].([]vars), vars{"id": term.NewID(term.KindReviewItem).String(), "version": 1})
	w.refuses(t, w.focal, "confirmItems", named, "NOT_FOUND", "in a review that asks you") // the first of them is hers
}

func (w *office) pendingItems(t *testing.T) {
	all, total := w.focal.items(t, w.cycle, "PENDING")
	in := vars{"cycle": w.cycle, "statement": "All is right."}
	e := w.refuses(t, w.focal, "completeCycle", in, "CONFLICT", "Answer them first; those that are unchanged can be confirmed in bulk.")
	if e.Extensions.Pending != total || len(e.Extensions.Items) != min(20, total) || e.Extensions.Items[0] != all[0].ID {
		t.Errorf("of %d pending items it lists %d: %v", total, e.Extensions.Pending, e.Extensions.Items)
	}
}

func (w *office) pastDeadline(t *testing.T) {
	in := vars{"cycle": w.cycle, "until": "2026-11-23", "reason": "It needs time."}
	e := w.refuses(t, w.first, "extendDeadline", in, "INVALID", "Give a later day.")
	if len(e.Extensions.Fields) != 1 || e.Extensions.Fields[0] != "input.until" {
		t.Errorf("the fields are %v", e.Extensions.Fields)
	}
}

func (w *office) ownCompletion(t *testing.T) {
	w.confirmRest(t, w.focal, w.cycle)
	w.does(t, w.first, "completeCycle", vars{"cycle": w.cycle, "statement": "Right, by letter.", "letter": "Letter 7"})
	w.refuses(t, w.first, "publishChapter", vars{"cycle": w.cycle}, "FORBIDDEN", "somebody else of the secretariat publishes it")
	w.refuses(t, w.focal, "publishChapter", vars{"cycle": w.cycle}, "FORBIDDEN", "Only the secretariat")
	w.does(t, w.second, "publishChapter", vars{"cycle": w.cycle})
}

// clockSetBack looks at the calendar on the day of a reminder and on the day on which a review opens again, half an hour
// into it, an hour before, and once more.
func (w *office) clockSetBack(t *testing.T) {
	defer func(at time.Time) { w.at = at }(w.at)
	desk := &review.Desk{People: w.keeper, BaseURL: "https://adam.example.org", Now: w.clock}
	c, err := w.store.Client.ReviewCycle.Query().Where(reviewcycle.StatusEQ(term.UnderReview)).WithChapter().Only(testdb.Context(t))
	if err != nil || c.Edges.Chapter.Code != "VNM" {
		t.Fatal(c, err)
	}
	days := map[string]time.Time{"of a reminder": halfPast(t, c.ReviewDueOn, -7, "Asia/Ho_Chi_Minh")}
	if c, err = w.store.Client.ReviewCycle.Query().Where(reviewcycle.StatusEQ(term.ReviewPublished)).Only(testdb.Context(t)); err != nil {
		t.Fatal(err)
	}
	days["on which a review opens again"] = halfPast(t, c.NextReviewDueOn, 0, "Indian/Maldives")
	for _, day := range []string{"of a reminder", "on which a review opens again"} {
		w.at = days[day]
		ticked, err := desk.Tick(t.Context(), w.store)
		if err != nil || ticked.Opened+ticked.Mails == 0 {
			t.Errorf("on the day %s nothing is done: %+v, %v", day, ticked, err)
		}
		before, _ := digestOf(t, w.store)
		for _, later := range []time.Duration{-time.Hour, 0, time.Minute} {
			w.at = days[day].Add(later)
			if ticked, err := desk.Tick(t.Context(), w.store); err != nil || ticked != (review.Ticked{}) {
				t.Errorf("%s later, on the day %s, it does %+v, %v", later, day, ticked, err)
			}
		}
		if after, _ := digestOf(t, w.store); after != before {
			t.Errorf("looking again on the day %s wrote something", day)
		}
	}
	n, err := w.store.Client.ReviewCycle.Query().Where(reviewcycle.HasChapterWith(chapter.Code("MDV"))).Count(testdb.Context(t))
	if err != nil || n != 2 {
		t.Errorf("the Maldives have %d reviews, %v", n, err)
	}
}

// halfPast is half past midnight of a day, so many days later, in a time zone.
func halfPast(t *testing.T, day term.Date, later int, zone string) time.Time {
	t.Helper()
	in, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation(time.DateOnly, string(day), in)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDate(0, 0, later).Add(30 * time.Minute)
}

// same says whether two answers are the same.
func same(a, b answer) bool {
	x, _ := json.Marshal(a) // both were read from JSON
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}
