package graph_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/chapter"
	"adam/internal/term"

	"entgo.io/ent/dialect"
	"github.com/vektah/gqlparser/v2/ast"
)

// paid gives activities of the Maldives lines of their own, and some that pay for others too.
func paid(ctx context.Context, tx *ent.Tx) error {
	here, err := tx.Activity.Query().Where(activity.HasInChaptersWith(chapter.Code("MDV"))).Order(activity.ByID()).Limit(5).IDs(ctx)
	if err != nil {
		return err
	}
	elsewhere, err := tx.Activity.Query().Where(activity.Not(activity.HasInChaptersWith(chapter.Code("MDV")))).Order(activity.ByID()).FirstID(ctx)
	if err != nil {
		return err
	}
	for _, a := range here {
		if err := tx.Funding.Create().SetAmount(1).SetCurrency("USD").SetVisibility(term.Public).AddActivityIDs(a).Exec(ctx); err != nil {
			return err
		}
		if err := tx.Funding.Create().SetAmount(2).SetCurrency("USD").SetVisibility(term.Public).AddActivityIDs(a, elsewhere).Exec(ctx); err != nil {
			return err
		}
	}
	for _, a := range here[3:] {
		if err := tx.Activity.UpdateOneID(a).SetPartOfID(here[0]).SetFollowsID(here[1]).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// The share that is verified is what the filter finds, in every list, from a day to another; it lapses with its day.
func TestWhatIsVerifiedIsCountedUntilItLapses(t *testing.T) {
	over(t, []fixture{{"sqlite", loaded(dialect.SQLite, paid)}, {"postgres", loaded(dialect.Postgres, paid)}}, func(t *testing.T, a *api) {
		keeper, second := caller{api: a, viewer: aSecretariat()}, caller{api: a, viewer: aSecretariat()}
		cycle, focal := begin(t, a, keeper, "MDV", "focal@mdv.example")
		for some := range slices.Chunk(versionsOf(t, focal, cycle), 12) {
			focal.do(t, operation(t, "Confirm"), vars{"in": vars{"items": some}}, &struct{}{})
		}
		publishes(t, focal, second, cycle)
		working := place{a.handler, a.into}
		for name, p := range map[string]place{"working store": working, "edition": {a.handler, published(t, a)}} {
			t.Run(name, func(t *testing.T) {
				p.agreesWithFilters(t)
				p.agreesWithPages(t)
				p.agreesBelowActivities(t)
				if n := p.on(t, a, "2027-11-24").verifiedOfMaldives(t); n != 47 {
					t.Errorf("on the last day %d records are verified", n)
				}
				if n := p.on(t, a, "2027-11-25").verifiedOfMaldives(t); n != 0 {
					t.Errorf("a day later %d records are verified", n)
				}
			})
		}
		var old struct {
			Cycle struct {
				Progress struct{ Total, Confirmed, Verified int }
			}
		}
		working.want(t, fmt.Sprintf(`{ cycle(id: %q) { progress { total confirmed verified } } }`, cycle), &old)
		if p := old.Cycle.Progress; p.Total != 47 || p.Confirmed != 47 || p.Verified != 47 {
			t.Errorf("the review has come to %+v", p)
		}
	})
}

// verifiedOfMaldives adds up all ways to ask how much of the chapter is verified; they must agree.
func (p place) verifiedOfMaldives(t *testing.T) int {
	t.Helper()
	var out struct {
		Chapter struct {
			Progress                                       struct{ Verified int }
			Actors, Laws, Policies, Mechanisms, Activities share
		}
		Chapters, Laws share
	}
	p.want(t, `{ chapter(code: "MDV") { progress { verified } actors { verifiedCount } laws { verifiedCount } policies { verifiedCount }
		mechanisms { verifiedCount } activities { verifiedCount } } chapters { verifiedCount } laws(filter: {states: ["MDV"]}) { verifiedCount } }`, &out)
	c := out.Chapter
	n := c.Actors.VerifiedCount + c.Laws.VerifiedCount + c.Policies.VerifiedCount + c.Mechanisms.VerifiedCount + c.Activities.VerifiedCount
	if n != c.Progress.Verified || out.Laws.VerifiedCount != c.Laws.VerifiedCount || (n > 0) != (out.Chapters.VerifiedCount == 1) {
		t.Errorf("the ways to ask don't agree: %+v", out)
	}
	return n
}

// share is a total with its denominator.
type share struct {
	TotalCount, VerifiedCount int
	Edges                     []struct {
		Node struct{ Verification struct{ Status string } }
	}
}

// verified counts the rows of a page that is the whole list.
func (s share) verified() (n int) {
	for _, e := range s.Edges {
		if e.Node.Verification.Status == "VERIFIED" {
			n++
		}
	}
	return n
}

// agreesWithFilters compares with the filter, under many other conditions.
func (p place) agreesWithFilters(t *testing.T) {
	t.Helper()
	random := rand.New(rand.NewPCG(4, 7))
	for _, list := range []string{"actors", "laws", "policies", "mechanisms", "activities"} {
		parts := 0
		for range 60 {
			f := someFilter(random, schema.Types[schema.Query.Fields.ForName(list).Arguments.ForName("filter").Type.Name()])
			var got struct {
				All, Yes, No struct{ TotalCount, VerifiedCount int }
			}
			const counts = "{ verifiedCount totalCount }"
			p.want(t, fmt.Sprintf("{ all: %s(filter: {%s}) %s yes: %[1]s(filter: {verified: true %[2]s}) %[3]s no: %[1]s(filter: {verified: false %[2]s}) %[3]s }", list, f, counts), &got)
			if got.All.VerifiedCount != got.Yes.TotalCount || got.Yes.VerifiedCount != got.Yes.TotalCount || got.No.VerifiedCount != 0 ||
				got.Yes.TotalCount+got.No.TotalCount != got.All.TotalCount {
				t.Errorf("%s(%s): %+v", list, f, got)
			}
			if 0 < got.All.VerifiedCount && got.All.VerifiedCount < got.All.TotalCount {
				parts++
			}
		}
		if parts < 5 {
			t.Errorf("only %d filters of %s find both", parts, list)
		}
	}
}

// someFilter writes some conditions of a filter, none on what is verified, and none on licences, of which the shipped data states
// none: they have a test of their own.
func someFilter(r *rand.Rand, filter *ast.Definition) string {
	var out []string
	for _, f := range filter.Fields {
		if r.IntN(5) > 0 || f.Name == "verified" || f.Name == "licences" {
			continue
		}
		var from []string
		switch of := schema.Types[f.Type.Name()]; {
		case of.Kind == ast.Enum:
			for _, v := range of.EnumValues {
				from = append(from, v.Name)
			}
		case of.Name == "Date":
			from = []string{`"2012-06-30"`, `"2019-01-01"`}
		case f.Name == "donors" || f.Name == "implementers":
			from = []string{`"iom"`, `"unodc"`, `"ilo"`}
		case f.Name == "text":
			from = []string{`"traffick"`, `"migra"`, `"maldives"`, `"act"`, `"police"`}
		default:
			from = []string{`"MDV"`, `"LKA"`, `"IND"`, `"THA"`, `"MDV"`}
		}
		value := from[r.IntN(len(from))]
		if f.Type.Elem != nil {
			for range r.IntN(4) {
				value += " " + from[r.IntN(len(from))]
			}
			value = "[" + value + "]"
		}
		out = append(out, f.Name+": "+value)
	}
	return strings.Join(out, " ")
}

// agreesWithPages compares the lists of chapters and hits with the records on their pages.
func (p place) agreesWithPages(t *testing.T) {
	t.Helper()
	type held struct {
		Code                                           string
		Progress                                       struct{ Total, Verified int }
		Actors, Laws, Policies, Mechanisms, Activities share
	}
	var out struct {
		Chapters struct{ Edges []struct{ Node held } }
	}
	const whole = "(first: 100) { totalCount verifiedCount edges { node { verification { status } } } } "
	p.want(t, `{ chapters(first: 10) { edges { node { code progress { total verified } actors`+whole+`laws`+whole+`policies`+whole+`mechanisms`+whole+`activities`+whole+`} } } }`, &out)
	elsewhere := 0
	for _, e := range out.Chapters.Edges {
		c, sum := e.Node, 0
		for _, s := range []share{c.Actors, c.Laws, c.Policies, c.Mechanisms, c.Activities} {
			if sum += s.VerifiedCount; s.TotalCount <= 100 && s.VerifiedCount != s.verified() {
				t.Errorf("%s: %d verified of %d, but %d on the page", c.Code, s.VerifiedCount, s.TotalCount, s.verified())
			}
		}
		if sum != c.Progress.Verified || c.Code == "MDV" && sum != c.Progress.Total {
			t.Errorf("%s: %d records are verified, the review says %+v", c.Code, sum, c.Progress)
		}
		if c.Code != "MDV" {
			elsewhere += sum
		}
	}
	if elsewhere == 0 {
		t.Error("the Maldives share no record with another chapter")
	}
	for _, args := range []string{`text: "maldives"`, `text: "maldives", kinds: [ACTOR]`, `text: "maldives", kinds: [LAW, POLICY, COORDINATION_MECHANISM]`, `text: "maldives trafficking"`} {
		var out struct{ Search share }
		p.want(t, `{ search(`+args+`, first: 100) { totalCount verifiedCount edges { node { verification { status } } } } }`, &out)
		if s := out.Search; s.TotalCount > 100 || s.VerifiedCount == 0 || s.VerifiedCount != s.verified() {
			t.Errorf("search(%s): %d verified of %d, but %d on the page", args, s.VerifiedCount, s.TotalCount, s.verified())
		}
	}
}

// line is a line of money with what it pays for.
type line struct {
	Node struct{ Activities share }
}

// agreesBelowActivities compares the money, parts and followers of verified activities with what is read of each.
func (p place) agreesBelowActivities(t *testing.T) {
	t.Helper()
	var out struct {
		Activities struct {
			Edges []struct {
				Node struct {
					Parts, FollowedBy share
					Fundings          struct {
						TotalCount, VerifiedCount int
						Edges                     []line
					}
				}
			}
		}
	}
	const below = "(first: 10) { totalCount verifiedCount edges { node { verification { status } } } } "
	p.want(t, `{ activities(filter: {verified: true}, first: 30) { edges { node { parts`+below+`followedBy`+below+`
		fundings(first: 10) { totalCount verifiedCount edges { node { activities`+below+`} } } } } } }`, &out)
	lines, verified, parts := 0, 0, 0
	for _, e := range out.Activities.Edges {
		n := 0
		for _, l := range e.Node.Fundings.Edges {
			a := l.Node.Activities
			if a.VerifiedCount != a.verified() {
				t.Errorf("a line pays for %d verified activities, %d on the page", a.VerifiedCount, a.verified())
			}
			if a.verified() == a.TotalCount {
				n++
			}
		}
		if n != e.Node.Fundings.VerifiedCount {
			t.Errorf("%d lines are verified of %d, but %d on the page", e.Node.Fundings.VerifiedCount, e.Node.Fundings.TotalCount, n)
		}
		for _, s := range []share{e.Node.Parts, e.Node.FollowedBy} {
			if parts += s.VerifiedCount; s.VerifiedCount != s.verified() {
				t.Errorf("%d parts or followers are verified, %d on the page", s.VerifiedCount, s.verified())
			}
		}
		lines, verified = lines+e.Node.Fundings.TotalCount, verified+n
	}
	if verified == 0 || verified == lines || parts < 4 {
		t.Errorf("of %d lines %d are verified, and %d parts and followers", lines, verified, parts)
	}
}
