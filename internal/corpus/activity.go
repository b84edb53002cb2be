package corpus

import (
	"fmt"
	"slices"
	"time"

	"adam/internal/term"
)

var (
	assistance = codes[term.AssistanceType](term.AssistanceType("").Values())
	audiences  = codes[term.Audience](term.Audience("").Values())
	modes      = codes[term.DeliveryMode](term.DeliveryMode("").Values())
	topics     = codes[term.Topic](term.Topic("").Values())
)

// draft is what lines of money need to know of theirs.
type draft struct {
	n            int
	id           term.ID
	visibility   term.Visibility
	places       []place
	regional     bool
	year         int
	donors       []int
	implementers []int
	reporter     any
}

// activity makes one with its States, actors, money and all else.
func (m *maker) activity(n int) {
	d := newDraw(m.plan.Seed, ofActivity, uint64(n)) //nolint:gosec // counts up from 0
	a := draft{n: n, id: activityID(n), year: d.year(), visibility: one(d, []int{88, 7, 5}, term.Public, term.Members, term.Restricted)}
	a.places, a.regional = few(d, 8, m.places), d.chance(12)
	for range 1 + d.rank(3) {
		a.donors, a.implementers = append(a.donors, m.donor(d)), append(a.implementers, m.implementer(d))
	}
	a.donors, a.implementers = distinct(a.donors), distinct(a.implementers)
	if who := one(d, []int{30, 15, 55}, a.donors[0], a.implementers[0], -1); who >= 0 {
		a.reporter = actorID(who)
	}
	m.write(d, a)
	m.takesPlace(d, a)
	m.takesPart(d, a)
	m.money(a)
	m.made.Activities++
}

func distinct(all []int) []int {
	var out []int
	for _, v := range all {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// write writes the activity itself.
func (m *maker) write(d draw, a draft) {
	t := d.speak()
	r := record{id: a.id, key: keyOf("activity", a.n), title: d.title(t, a.n), visibility: a.visibility, themes: d.themes(), verified: d.verified(a.places)}
	if d.chance(35) {
		r.topics = few(d, 3, topics)
	}
	summary := d.summary(t)
	if summary != nil {
		r.body = []string{*summary}
	}
	elsewhere := d.chance(50) // it has a name there, too
	name := fmt.Sprintf("XX-SYNTHETIC-%07d", a.n)
	if elsewhere {
		r.body = append(r.body, name)
	}
	starts, ends := d.day(a.year), d.day(a.year+1+d.IntN(5))
	var whole, forerunner any
	if a.n > 0 && d.chance(8) {
		whole = activityID(before(d, a.n))
	}
	if a.n > 0 && d.chance(5) {
		forerunner = activityID(before(d, a.n))
	}
	status := one(d, []int{5, 30, 3, 45, 2, 2, 13}, term.Pipeline, term.Implementation, term.Finalisation, term.Closed, term.Cancelled, term.StatusSuspended, term.StatusUnknown)
	m.record(d, r, term.KindActivity, r.title, nil, summary, list(few(d, 4, assistance)), list(few(d, 3, audiences)), list(few(d, 2, modes)),
		string(status), a.regional, "[]", string(starts), string(ends), `["15190"]`, a.reporter, whole, forerunner)
	if elsewhere {
		m.rows.Add(term.KindExternalIdentifier.Table(), term.HashID(term.KindExternalIdentifier, r.key), a.id, 0, name)
	}
}

// before draws an activity that was made not long before.
func before(d draw, n int) int {
	const near = 200
	return n - 1 - d.rank(min(n, near))
}

// themes draws how far an activity is about smuggling, and about trafficking.
func (d draw) themes() [2]term.Significance {
	much := one(d, []int{70, 30}, term.Principal, term.Significant)
	return one(d, []int{45, 20, 25, 10}, [2]term.Significance{"", much}, [2]term.Significance{much, ""}, [2]term.Significance{much, much}, [2]term.Significance{})
}

// verified draws whether the first chapter of an activity has verified it: a third within the year.
func (d draw) verified(places []place) verified {
	i := slices.IndexFunc(places, func(p place) bool { return p.chapter != 0 })
	if i < 0 || !d.chance(25) {
		return verified{}
	}
	made, _ := time.Parse(time.DateOnly, string(madeOn)) // a constant
	on := made.AddDate(0, 0, -d.IntN(3*365))
	return verified{one(d, []int{95, 5}, term.Verified, term.Disputed), places[i].chapter,
		term.Date(on.Format(time.DateOnly)), term.Date(on.AddDate(1, 0, 0).Format(time.DateOnly))}
}

// takesPlace writes where it takes place, for some with the share of each State, and the chapters that it belongs to.
func (m *maker) takesPlace(d draw, a draft) {
	shares := make([]term.Decimal, len(a.places))
	if d.chance(15) {
		shares = d.shares(len(a.places))
	}
	for i, p := range a.places {
		m.rows.Add(term.KindActivityState.Table(), term.HashID(term.KindActivityState, keyOf("activity", a.n), p.state.String()), a.id, p.state, i, string(shares[i]))
		if p.chapter != 0 {
			m.rows.Add("chapter_activities", p.chapter, a.id)
		}
	}
	if a.regional && m.region != 0 {
		m.rows.Add("chapter_activities", m.region, a.id)
	}
}

// takesPart writes who pays, who carries out and who takes part.
func (m *maker) takesPart(d draw, a draft) {
	at := 0
	add := func(role term.ParticipationRole, actors []int) {
		for _, n := range actors {
			m.rows.Add(term.KindParticipation.Table(), term.HashID(term.KindParticipation, keyOf("activity", a.n), string(role), keyOf("actor", n)), a.id, actorID(n), string(role), at)
			at++
		}
	}
	add(term.Funding, a.donors)
	add(term.Implementing, a.implementers)
	if d.chance(40) {
		add(term.Partner, []int{m.implementer(d)})
	}
}
