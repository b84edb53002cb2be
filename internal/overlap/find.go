package overlap

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"adam/internal/term"
)

// Likely is the score from which a pair is worth a person's look.
const Likely = 0.5

// Match is one activity that may overlap with another.
type Match struct {
	ID        string
	Kind      term.OverlapKind
	Score     float64  // the probability, from 0 to 1
	LookAlike string   // what else the pair may be: "phase", "sister", "series", "twin"; "" where nothing speaks for one
	Reasons   []string // why the two were compared at all, in words
}

// Pair is two activities that may overlap; A comes before B by id.
type Pair struct {
	A, B      string
	Kind      term.OverlapKind
	Score     float64
	LookAlike string
}

// verdict is what the model says of one pair.
type verdict struct {
	odds   [outcomes]float64
	assist float64
	g      agreement
	l      assistance
	t      texts
}

// wanted is which scores are asked for: those of one kind, or of both, from least on.
type wanted struct {
	pair, assist bool
	odds         float64 // the logarithm of the odds of least; of nought it is without end, and nothing is passed over
}

func want(kind term.OverlapKind, least float64) wanted {
	return wanted{kind != term.OverlapAssistance, kind != term.OverlapSameActivity, math.Log(least / (1 - least))}
}

// everything asks for both scores, however low.
var everything = want("", 0)

// hopeless tells that whatever is not yet compared says, a pair reaches no score that is asked for.
func (x *Index) hopeless(g *agreement, l *assistance, h hope, w wanted) bool {
	return (!w.pair || x.sieve.hopelessPair(g, h, w.odds)) && (!w.assist || x.model.hopelessAssist(l, h, w.odds))
}

// judge compares two records. Where nothing that their texts may say can bring them to a score that is asked for, both
// scores stay 0.
func (x *Index) judge(a, b *record, w wanted) verdict {
	var v verdict
	v.g = x.corpus.compareFacts(a, b)
	l := assistFacts(a, b, &v.g)
	if x.hopeless(&v.g, &l, x.sieve.before, w) {
		return v
	}
	if a.id > b.id { // only now, since facts are the same both ways, and ids far away in memory
		a, b = b, a
	}
	v.t = x.corpus.compareTitles(a, b, &v.g)
	l[aSubject], l[aPeople] = subjectLevel(a, b, &v.t), x.corpus.people(a, b)
	h := x.sieve.meaning
	if farApart(&l, &v.t) {
		h.assist = math.Inf(-1)
	}
	if x.hopeless(&v.g, &l, h, w) {
		return v
	}
	x.corpus.compareMeaning(a, b, &v.g, &v.t)
	v.odds = x.model.outcomeOdds(&v.g)
	v.l = compareAssistance(l, a, b, &v.g, &v.t, &v.odds)
	if !farApart(&v.l, &v.t) {
		v.assist = x.model.assistOdds(&v.l)
	}
	return v
}

// farApart tells that two texts are about other subjects and share no word worth the name: no overlapping assistance.
func farApart(l *assistance, t *texts) bool {
	return l[aSubject] != missing && t.cosine < 0.3 && t.nats < 2
}

// lookAlike names the outcome that a pair most resembles besides being one activity.
func (v *verdict) lookAlike() string {
	best := nextPhase
	for o := nextPhase; o < unrelated; o++ {
		if v.odds[o] > v.odds[best] {
			best = o
		}
	}
	if v.odds[best] < 0.25 {
		return ""
	}
	return outcomeNames[best]
}

// round makes scores of machines that calculate differently in the last digit equal.
func round(p float64) float64 { return math.Round(p*1e5) / 1e5 }

// Find gives the activities that likely overlap with one, the likeliest first, at most limit. The one need not be in the
// index; where one with its id is, that one is left out.
func (x *Index) Find(a Activity, limit int) []Match { return x.Above(a, Likely, limit) }

// Above is Find with another least score.
func (x *Index) Above(a Activity, least float64, limit int) []Match {
	x.mu.RLock()
	defer x.mu.RUnlock()
	r := x.ready(&a)
	at, ok := x.places[a.ID]
	if !ok {
		at = -1
	}
	d := x.desks.Get().(*desk)
	w := want("", least)
	var out []Match
	for _, f := range x.candidates(d, &r, at, false) {
		v := x.judge(&r, &x.records[f.doc], w)
		m := Match{ID: x.records[f.doc].id, LookAlike: v.lookAlike(), Reasons: f.why.words()}
		if s := round(v.odds[same]); s >= least {
			m.Kind, m.Score = term.OverlapSameActivity, s
			out = append(out, m)
		}
		if s := round(v.assist); s >= least {
			m.Kind, m.Score = term.OverlapAssistance, s
			out = append(out, m)
		}
	}
	x.desks.Put(d) // not where something panicked: it may be half cleared
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID), cmp.Compare(b.Kind, a.Kind))
	})
	return out[:min(len(out), max(limit, 0))]
}

// scanStep is how many records a goroutine takes at a time.
const scanStep = 256

// Scan gives all pairs of a score, the likeliest first, until emit fails or the context ends. It first puts what came
// later in order, so that the answer is the same as from a new index with the same words.
func (x *Index) Scan(ctx context.Context, least float64, emit func(Pair) error) error {
	return x.ScanKind(ctx, "", least, emit)
}

// ScanKind is Scan for one kind alone; "" is both.
func (x *Index) ScanKind(ctx context.Context, kind term.OverlapKind, least float64, emit func(Pair) error) error {
	x.tidy()
	pairs, err := x.scan(ctx, kind, least)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if err := emit(p); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// tidy settles the index, unless somebody did.
func (x *Index) tidy() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
}

func (x *Index) scan(ctx context.Context, kind term.OverlapKind, least float64) ([]Pair, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := len(x.records)
	results := make([][]Pair, (n+scanStep-1)/scanStep)
	inSteps(len(results), newDesk, func() bool { return ctx.Err() == nil }, func(d *desk, s int) {
		results[s] = x.scanPart(d, s*scanStep, min(n, (s+1)*scanStep), kind, least)
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	all := slices.Concat(results...)
	slices.SortFunc(all, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(b.Kind, a.Kind))
	})
	return all, nil
}

func (x *Index) scanPart(d *desk, from, to int, kind term.OverlapKind, least float64) []Pair {
	var out []Pair
	w := want(kind, least)
	for i := from; i < to; i++ {
		r := &x.records[i]
		for _, f := range x.candidates(d, r, int32(i), true) {
			other := &x.records[f.doc]
			v := x.judge(r, other, w)
			if s := round(v.odds[same]); s >= least && kind != term.OverlapAssistance {
				out = append(out, pairOf(r, other, term.OverlapSameActivity, s, &v))
			}
			if s := round(v.assist); s >= least && kind != term.OverlapSameActivity {
				out = append(out, pairOf(r, other, term.OverlapAssistance, s, &v))
			}
		}
	}
	return out
}

func pairOf(a, b *record, kind term.OverlapKind, score float64, v *verdict) Pair {
	return Pair{A: min(a.id, b.id), B: max(a.id, b.id), Kind: kind, Score: score, LookAlike: v.lookAlike()}
}

// settle puts later records among the others and forgets those that are gone. It changes the index only when all is done.
func (x *Index) settle() {
	if len(x.records) == x.built && len(x.places) == x.built {
		return
	}
	kept := make([]record, 0, len(x.places))
	for i := range x.records {
		if !x.gone[i] {
			kept = append(kept, x.records[i])
		}
	}
	inOrder(kept)
	fixed := build(x.corpus, kept)
	x.place(kept)
	x.fixed, x.late = fixed, map[uint64][]int32{}
}

// Score is the probability that two activities are one, judged by themselves, without a catalogue around them.
func Score(a, b Activity) float64 {
	x := alone()
	ra, rb := x.ready(&a), x.ready(&b)
	v := x.judge(&ra, &rb, everything)
	return round(v.odds[same])
}

// alone is an index without activities.
var alone = sync.OnceValue(func() *Index { return New(nil, Options{}) })
