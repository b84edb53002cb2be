package overlap

import (
	"cmp"
	"math"
	"slices"
)

// corpus is what is known of the words of a catalogue: how rare each is, and which are used alike. It is made once from all
// records and then stands still, so that what comes later is judged the same in whatever order it comes.
type corpus struct {
	records  int
	ids      map[string]int32
	keys     []string // by id
	texts    []string // a folded form of each word as it stands in some title, the first in the alphabet
	initials []byte   // the first byte of each of these
	df       []int32  // records that have it
	titleDF  []int32  // titles that have it
	class    []class
	weight   []float32 // rarity, from 0 to 1
	nats     []float32 // rarity as information
	tells    []float32 // what a shared word tells: its rarity, less where it says how assistance is given
	vectors  []float32 // dims numbers a word, of length 1 or 0: words used alike point the same way
	days     map[int32]int32
	batches  map[uint64]int32 // activities of one donor in one State that begin on one day, where these are many
}

const dims = 48

// leastRecords is how many records a catalogue is taken to have at least when rarity is measured: in a list of ten, a word
// that stands once is not rare yet.
const leastRecords = 400

func newCorpus() *corpus {
	return &corpus{ids: map[string]int32{}, days: map[int32]int32{}, batches: map[uint64]int32{}}
}

// id is the number of a word: its place in the corpus, or below zero, by its letters, where no record had it.
func (c *corpus) id(key string) int32 {
	if id, ok := c.ids[key]; ok {
		return id
	}
	return -1 - (code32(key) & 0x3fffffff)
}

func (c *corpus) learn(key, text string, k class) int32 {
	id, ok := c.ids[key]
	if !ok {
		id = int32(len(c.keys))
		c.ids[key] = id
		c.keys, c.texts, c.class = append(c.keys, key), append(c.texts, text), append(c.class, k)
		c.df, c.titleDF = append(c.df, 0), append(c.titleDF, 0)
	} else if text < c.texts[id] {
		c.texts[id] = text
	}
	return id
}

// sorted numbers the words by their letters, so that numbers do not depend on the order in which records came.
func (c *corpus) sorted() (renumber []int32) {
	order := make([]int32, len(c.keys))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(c.keys[a], c.keys[b]) })
	renumber = make([]int32, len(order))
	old := *c
	c.keys, c.texts, c.class = make([]string, len(order)), make([]string, len(order)), make([]class, len(order))
	c.df, c.titleDF = make([]int32, len(order)), make([]int32, len(order))
	for to, from := range order {
		renumber[from] = int32(to)
		c.keys[to], c.texts[to], c.class[to] = old.keys[from], old.texts[from], old.class[from]
		c.df[to], c.titleDF[to] = old.df[from], old.titleDF[from]
		c.ids[c.keys[to]] = int32(to)
	}
	return renumber
}

// measure fixes the rarity of each word.
func (c *corpus) measure() {
	c.weight, c.nats, c.tells = make([]float32, len(c.keys)), make([]float32, len(c.keys)), make([]float32, len(c.keys))
	c.initials = make([]byte, len(c.texts))
	for i := range c.keys {
		if c.texts[i] != "" {
			c.initials[i] = c.texts[i][0]
		}
		c.nats[i] = c.rarity(c.df[i])
		c.tells[i] = c.nats[i] * factor(c.class[i])
		c.weight[i] = c.nats[i] / c.rarity(1)
	}
}

func (c *corpus) rarity(df int32) float32 {
	n := float64(max(c.records, leastRecords))
	return float32(math.Log(1 + n/float64(max(df, 1))))
}

// natsOf is the information that a shared word gives.
func (c *corpus) natsOf(id int32) float32 {
	if id >= 0 && int(id) < len(c.nats) {
		return c.nats[id]
	}
	return c.rarity(1)
}

func (c *corpus) tellsOf(id int32) float32 {
	if id >= 0 && int(id) < len(c.tells) {
		return c.tells[id]
	}
	return c.rarity(1)
}

// weightOf is a word's weight among the words of a text. Words for how assistance is given say little of what it is.
func (c *corpus) weightOf(id int32) float32 {
	if id >= 0 && int(id) < len(c.weight) {
		if c.class[id] == formWord {
			return c.weight[id] * 0.35
		}
		return c.weight[id]
	}
	return 1
}

func (c *corpus) classOf(id int32) class {
	if id >= 0 && int(id) < len(c.class) {
		return c.class[id]
	}
	return plainWord
}

// alike is how alike two words are used in the corpus, from 0 to 1.
func (c *corpus) alike(a, b int32) float32 {
	if a == b {
		return 1
	}
	if a < 0 || b < 0 || int(max(a, b)+1)*dims > len(c.vectors) {
		return 0
	}
	if p, q := c.class[a], c.class[b]; p != q && p != plainWord && q != plainWord {
		return 0 // people are no topic, however often they stand together
	}
	return max(0, dot(direction(c.vectors, a), direction(c.vectors, b)))
}

// direction is that of one of many.
func direction(all []float32, id int32) *[dims]float32 {
	return (*[dims]float32)(all[int(id)*dims:])
}

func dot(a, b *[dims]float32) float32 {
	var s0, s1, s2, s3 float32
	for i := 0; i+3 < dims; i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	return s0 + s1 + s2 + s3
}
