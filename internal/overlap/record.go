package overlap

import (
	"math"
	"slices"
	"strings"
)

// list names one of the lists of numbers of a record. Those that are compared first stand first, so that most pairs are
// passed over by what lies together in memory.
type list uint8

const (
	stateCodes list = iota
	donorIDs
	donorGroups
	implementerIDs
	implementerGroups
	themeCodes
	themeSenses
	phaseMarks
	yearMarks
	numberMarks
	identifiers
	titleWords // in order, each once
	peopleSenses
	titleSenses
	bodySenses // of title and summary
	lists
)

// record is an activity made ready for comparing: numbers only, in one array, so that a million fit in memory.
type record struct {
	id         string
	v          []int32
	end        [lists]uint16 // where each list ends in v
	start, fin span
	currency   int32
	reporter   int32
	total      int64 // money in 1/10,000 unit of currency, or of a dollar where a rate is known
	dollars    bool
	summary    bool // it has one
	vector     [dims]int8
	own        map[int32]string // words that no record of the corpus has
	counted    bool             // in how rare words are
}

func (r *record) list(l list) []int32 {
	from := uint16(0)
	if l > 0 {
		from = r.end[l-1]
	}
	return r.v[from:r.end[l]]
}

// The most that is kept of each text.
const (
	mostTitleWords = 40
	mostBodySenses = 60
	mostOthers     = 24
)

// raw is an activity read into keys, before words have numbers.
type raw struct {
	words, senses, body, themes []sense
	lists                       [lists][]int32
}

// reader turns activities into records. It is safe for many goroutines.
type reader struct {
	orgs  *Directory
	rates Rates
}

func (rd reader) read(a *Activity, mem *memory) raw {
	var r raw
	lex := dictionary()
	title := clip(a.Title, mostTitleBytes)
	states := map[string]bool{}
	for _, s := range a.States {
		if key := mem.state(s); key != "" && !states[key] {
			states[key] = true
			r.lists[stateCodes] = append(r.lists[stateCodes], code32(key))
		}
	}
	inTitle := split(fold(title))
	words := mem.meaningful(inTitle)
	r.lists[phaseMarks], r.lists[yearMarks], r.lists[numberMarks] = marks(inTitle)
	words = withoutPlaces(words, states)
	if len(words) > mostTitleWords {
		words = words[:mostTitleWords]
	}
	for _, w := range words {
		r.words = append(r.words, sense{key: w.key, text: w.text})
	}
	r.senses = lex.senses(words)
	r.body = r.senses
	if a.Summary != "" {
		more := withoutPlaces(mem.tokens(clip(a.Summary, mostSummaryBytes)), states)
		if len(more) > 400 {
			more = more[:400]
		}
		r.body = append(slices.Clone(r.senses), lex.senses(more)...)
	}
	for _, who := range a.Audiences[:min(len(a.Audiences), mostOthers)] {
		r.body = append(slices.Clip(r.body), lex.senses(mem.tokens(clip(who, 200)))...)
	}
	for _, t := range a.Themes[:min(len(a.Themes), mostOthers)] {
		tt := mem.tokens(clip(t, 200))
		r.themes = append(r.themes, sense{key: "theme " + joined(tt), text: t})
		for _, s := range lex.senses(tt) {
			r.lists[themeSenses] = append(r.lists[themeSenses], code32(s.key))
		}
	}
	rd.organisations(mem, a.Donors, &r.lists[donorIDs], &r.lists[donorGroups])
	rd.organisations(mem, a.Implementers, &r.lists[implementerIDs], &r.lists[implementerGroups])
	for _, id := range append(slices.Clone(a.Identifiers), identifiersIn(title)...) {
		if key := identifierKey(id); key != "" {
			r.lists[identifiers] = append(r.lists[identifiers], code32(key))
		}
	}
	return r
}

func joined(words []token) string {
	keys := make([]string, len(words))
	for i, w := range words {
		keys[i] = w.key
	}
	return strings.Join(keys, " ")
}

func (rd reader) organisations(mem *memory, names []string, ids, groups *[]int32) {
	for _, n := range names[:min(len(names), mostOthers)] {
		o := mem.organisation(rd.orgs, n)
		if o.id == "" {
			continue
		}
		*ids = append(*ids, code32(o.id))
		if o.acronym != "" {
			*ids = append(*ids, code32("acronym "+o.acronym))
		}
		*groups = append(*groups, code32(o.group))
	}
}

// withoutPlaces leaves out the names of the activity's own States: they are compared as States.
func withoutPlaces(words []token, states map[string]bool) []token {
	if len(states) == 0 {
		return words
	}
	known := places()
	out := words[:0]
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) && known.first[words[i].text] {
			if s := known.names[words[i].text+" "+words[i+1].text]; s != "" && states[s] {
				i++
				continue
			}
		}
		if s := known.names[words[i].text]; s != "" && states[s] {
			continue
		}
		out = append(out, words[i])
	}
	return out
}

// compact gives the words their numbers. intern is the corpus's id, or its learn while the corpus is made.
func (rd reader) compact(a *Activity, r raw, intern func(sense) int32) record {
	out := record{id: a.ID, start: dayOf(a.Start), fin: dayOf(a.End), summary: strings.TrimSpace(a.Summary) != "", reporter: code32(fold(a.Reporter))}
	if a.Reporter == "" {
		out.reporter = 0
	}
	if out.start.known() && out.fin.known() && out.fin.last < out.start.first {
		out.fin = span{noDay, noDay} // an end before the start is a slip: it is not known
	}
	number := func(senses []sense, most int, keep func(sense) bool) []int32 {
		var ids []int32
		for _, s := range senses {
			if keep != nil && !keep(s) {
				continue
			}
			if id := intern(s); len(ids) < most && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return ids
	}
	r.lists[titleWords] = number(r.words, mostTitleWords, nil)
	r.lists[titleSenses] = number(r.senses, mostTitleWords, nil)
	r.lists[bodySenses] = number(r.body, mostBodySenses, nil)
	r.lists[themeCodes] = number(r.themes, mostOthers, nil)
	r.lists[peopleSenses] = number(r.body, mostOthers, func(s sense) bool { return s.class == peopleWord })
	n := 0
	for l := range r.lists {
		n += len(r.lists[l])
	}
	out.v = make([]int32, 0, n)
	for l := range r.lists {
		items := r.lists[l]
		if list(l) != titleWords && list(l) != titleSenses && list(l) != bodySenses {
			slices.Sort(items)
			items = slices.Compact(items)
			items = items[:min(len(items), mostOthers)]
		}
		out.v = append(out.v, items...)
		out.end[l] = uint16(len(out.v))
	}
	rd.money(a, &out)
	return out
}

// money adds up the lines of an activity in dollars, where a rate is known for each, or in their one currency.
func (rd reader) money(a *Activity, out *record) {
	if len(a.Money) == 0 {
		return
	}
	sum, exact, same, dollars := 0.0, int64(0), true, rd.rates != nil
	for _, m := range a.Money {
		if m.Amount <= 0 {
			return
		}
		same = same && m.Currency == a.Money[0].Currency
		if exact > math.MaxInt64-int64(m.Amount) {
			return
		}
		exact += int64(m.Amount)
		if m.Currency == "USD" {
			sum += float64(m.Amount)
			continue
		}
		if rd.rates == nil {
			continue
		}
		rate, known := rd.rates(m.Currency, m.Year)
		if !known || rate.PerDollar <= 0 {
			dollars = false
			continue
		}
		sum += float64(m.Amount) / rate.PerDollar
	}
	switch {
	case same:
		out.currency, out.total = code32(string(a.Money[0].Currency)), exact
		if a.Money[0].Currency == "USD" {
			out.dollars = true
		} else if dollars {
			out.dollars, out.currency, out.total = true, code32("USD"), int64(sum)
		}
	case dollars && sum < math.MaxInt64/2:
		out.dollars, out.currency, out.total = true, code32("USD"), int64(sum)
	}
}

// aim sets the direction of a record's text: the sum of those of its words, by their rarity.
func (c *corpus) aim(r *record) {
	var sum [dims]float32
	for _, id := range r.list(bodySenses) {
		if id < 0 || int(id+1)*dims > len(c.vectors) {
			continue
		}
		w := c.weightOf(id)
		for k, x := range direction(c.vectors, id) {
			sum[k] += w * x
		}
	}
	length := float32(math.Sqrt(float64(dot(&sum, &sum))))
	if length == 0 {
		return
	}
	for k := range sum {
		r.vector[k] = int8(math.Round(float64(sum[k] / length * 127)))
	}
}

// cosine is how alike the directions of two texts are.
func cosine(a, b *record) float32 {
	var s int32
	for k := range a.vector {
		s += int32(a.vector[k]) * int32(b.vector[k])
	}
	return float32(s) / (127 * 127)
}
