package overlap

import (
	"cmp"
	"iter"
	"slices"
	"sync"

	"adam/internal/term"
)

// Options says with what an Index compares. The zero value is the shipped table of organisations, no rates, and the
// shipped weights.
type Options struct {
	Organisations *Directory
	Rates         Rates
	Model         *Model
	Taught        []term.TaughtWords // words that mean the same, as decisions taught
}

// Index holds activities ready for comparing and finds those that overlap. It is made from all activities at once (New),
// which also learns how rare words are and which are used alike; later ones come and go by Add and Remove. Its answers
// depend on what is in it, never on the order in which that came. Many may read while one writes.
type Index struct {
	mu      sync.RWMutex
	reader  reader
	corpus  *corpus
	model   *Model
	records []record // those of New by start and id, then the later ones
	gone    []bool
	places  map[string]int32  // id → place in records
	was     map[string]record // id → the record that is counted, in whose place a later one came
	fixed   postings
	late    map[uint64][]int32
	built   int // records of New
	desks   sync.Pool
	sieve   *sieve
}

// New makes an index. Where an id comes twice, the later one counts.
func New(activities []Activity, opt Options) *Index {
	return Collect(slices.Values(activities), opt)
}

// Collect is New for activities that come one by one and are not kept.
func Collect(activities iter.Seq[Activity], opt Options) *Index {
	if opt.Organisations == nil {
		opt.Organisations = NewDirectory()
	}
	if opt.Model == nil {
		opt.Model = Shipped()
	}
	x := &Index{reader: reader{opt.Organisations, opt.Rates}, model: opt.Model, corpus: newCorpus(), late: map[uint64][]int32{}, was: map[string]record{}}
	x.desks.New = func() any { return newDesk() }
	x.sieve = x.model.sieve()
	x.load(activities, opt.Taught)
	x.fixed = build(x.corpus, x.records)
	return x
}

const chunk = 4096

// load reads the activities, numbers their words, and learns from them.
func (x *Index) load(activities iter.Seq[Activity], taught []term.TaughtWords) {
	x.take(activities)
	c := x.corpus
	c.records = len(x.records)
	renumber := c.sorted()
	for i := range x.records {
		r := &x.records[i]
		for _, l := range []list{titleWords, titleSenses, bodySenses, peopleSenses, themeCodes} {
			for k, id := range r.list(l) {
				r.list(l)[k] = renumber[id]
			}
		}
		slices.Sort(r.list(peopleSenses))
		slices.Sort(r.list(themeCodes))
	}
	inOrder(x.records)
	x.place(x.records)
	c.count(x.records)
	c.measure()
	x.learnWords(append(sample(x.records), c.together(taught)...))
}

// learnWords learns how words are used from contexts, finds with that the pairs that are likely one activity, and learns from
// these which words come and go between two reports and which mean the same.
func (x *Index) learnWords(contexts [][]int32) {
	c := x.corpus
	c.learnUse(contexts)
	x.aimAll()
	twice := x.likelyTwice()
	if len(twice) == 0 {
		return
	}
	for _, p := range twice {
		words := slices.Concat(p[0].list(bodySenses), p[1].list(bodySenses))
		for range lessons {
			contexts = append(contexts, words)
		}
	}
	c.learnUse(contexts)
	c.steady(twice)
	c.learnUse(contexts) // once more, since words count otherwise now
	c.measure()
	c.steady(twice)
	x.aimAll()
}

func (x *Index) aimAll() {
	inParallel(len(x.records), func(i, j int) {
		for ; i < j; i++ {
			x.corpus.aim(&x.records[i])
		}
	})
}

// take reads the activities a chunk at a time; of two with one id it keeps the later. While the words of one chunk get their
// numbers, in one goroutine since their order counts, the next is read.
func (x *Index) take(activities iter.Seq[Activity]) {
	memories := make([]memory, workers())
	for i := range memories {
		memories[i] = newMemory()
	}
	places := map[string]int{}
	part, numbering := make([]Activity, 0, chunk), new(crew)
	flush := func() {
		done, raws := part, make([]raw, len(part))
		inPieces(len(done), len(memories), func(p, i, j int) {
			for ; i < j; i++ {
				raws[i] = x.reader.read(&done[i], &memories[p])
			}
		})
		numbering.wait()
		numbering.run(func() { x.number(done, raws, places) })
		part = make([]Activity, 0, chunk)
	}
	for a := range activities {
		if part = append(part, a); len(part) == chunk {
			flush()
		}
	}
	flush()
	numbering.wait()
}

// number makes records of what was read; places tells where each id stands.
func (x *Index) number(done []Activity, raws []raw, places map[string]int) {
	learn := func(s sense) int32 { return x.corpus.learn(s.key, s.text, s.class) }
	for i := range done {
		r := x.reader.compact(&done[i], raws[i], learn)
		if at, twice := places[r.id]; twice {
			x.records[at] = r
			continue
		}
		places[r.id] = len(x.records)
		x.records = append(x.records, r)
	}
}

// inOrder sorts records by their start, then id.
func inOrder(records []record) {
	slices.SortFunc(records, func(a, b record) int {
		return cmp.Or(cmp.Compare(a.start.first, b.start.first), cmp.Compare(a.id, b.id))
	})
}

// place takes records that are in order as those of the index, and notes where each stands.
func (x *Index) place(records []record) {
	x.records, x.built = records, len(records)
	x.gone = make([]bool, len(records))
	x.places = make(map[string]int32, len(records))
	for i := range records {
		x.places[records[i].id] = int32(i)
	}
}

// ready makes one activity ready for comparing with those of the index.
func (x *Index) ready(a *Activity) record {
	own := map[int32]string{}
	r := x.reader.compact(a, x.reader.read(a, new(memory)), func(s sense) int32 {
		id := x.corpus.id(s.key)
		if id < 0 {
			own[id] = s.text
		}
		return id
	})
	r.own = own
	slices.Sort(r.list(peopleSenses))
	slices.Sort(r.list(themeCodes))
	x.corpus.aim(&r)
	return r
}

// Len is how many activities the index holds.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.places)
}

// Add puts an activity in, or in place of the one with its id.
func (x *Index) Add(a Activity) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if n, ok := x.places[a.ID]; ok && x.records[n].counted {
		x.was[a.ID] = x.records[n]
	}
	x.remove(a.ID)
	r := x.ready(&a)
	n := int32(len(x.records))
	x.records, x.gone = append(x.records, r), append(x.gone, false)
	x.places[a.ID] = n
	for _, k := range x.corpus.keysOf(&r, nil) {
		x.late[k.key] = append(x.late[k.key], n)
	}
}

// Remove takes an activity out; one that is not there is no error.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

// Forget takes an activity out that may no longer be seen: its words do not count any more in how rare words are, nor its
// days in how common days are. What all activities together taught stays until the index is made anew.
func (x *Index) Forget(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	r, is := x.was[id]
	if n, there := x.places[id]; !is && there {
		r, is = x.records[n], true
	}
	delete(x.was, id)
	x.remove(id)
	if is && r.counted {
		x.corpus.forget(&r)
	}
}

func (x *Index) remove(id string) {
	if n, ok := x.places[id]; ok {
		x.gone[n] = true
		delete(x.places, id)
	}
}
