package overlap

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// How words used alike are found: by latent semantic analysis of the catalogue's own texts. Words that stand in the same
// activities point the same way, also across languages, where some activity has both.
const (
	mostSampled   = 40_000 // records that are read for it, chosen by their ids
	rounds        = 5      // of the iteration; more change little
	parts         = 8      // sums are made in this many parts, always the same, so that every machine gets the same numbers
	leastUses     = 2      // records that a word must stand in
	flattening    = 0.25   // power of the singular values squared: below 0.5, small subjects count more than in plain LSA
	mostWordsUsed = 120_000
)

// row is the words of one activity with their weights.
type row struct {
	words   []int32
	weights []float32
}

// learnUse gives each word its direction. contexts are the words of activities, in an order that does not depend on how
// they came.
func (c *corpus) learnUse(contexts [][]int32) {
	kept := c.keptWords(contexts)
	if len(kept) == 0 {
		return
	}
	rows := c.rows(contexts, kept)
	q := make([]float32, len(kept)*dims)
	for i, id := range kept {
		rng := rand.New(rand.NewPCG(uint64(uint32(code32(c.keys[id]))), 7))
		for k := range dims {
			q[i*dims+k] = float32(rng.NormFloat64())
		}
	}
	var size [dims]float64
	for range rounds {
		q = multiply(rows, q)
		size = orthonormal(q)
	}
	c.vectors = make([]float32, len(c.keys)*dims)
	for i, id := range kept {
		v := direction(c.vectors, id)
		for k := range dims {
			v[k] = q[i*dims+k] * float32(math.Pow(max(size[k], 0), flattening))
		}
		if l := float32(math.Sqrt(float64(dot(v, v)))); l > 1e-12 {
			for k := range v {
				v[k] /= l
			}
		}
	}
}

// rows are the contexts as rows of length 1, words being numbered by their place among those kept.
func (c *corpus) rows(contexts [][]int32, kept []int32) []row {
	place := make([]int32, len(c.keys))
	for i := range place {
		place[i] = -1
	}
	for i, id := range kept {
		place[id] = int32(i)
	}
	rows := make([]row, 0, len(contexts))
	for _, words := range contexts {
		var r row
		sum := float32(0)
		for _, id := range words {
			if p := place[id]; p >= 0 {
				w := c.weightOf(id)
				r.words, r.weights = append(r.words, p), append(r.weights, w)
				sum += w * w
			}
		}
		if sum > 0 && len(r.words) > 1 {
			scale := float32(1 / math.Sqrt(float64(sum)))
			for k := range r.weights {
				r.weights[k] *= scale
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// keptWords are those that stand in enough of the contexts, the more frequent first where there are too many.
func (c *corpus) keptWords(contexts [][]int32) []int32 {
	n := make([]int32, len(c.keys))
	for _, words := range contexts {
		for _, id := range words {
			n[id]++
		}
	}
	var kept []int32
	for id, uses := range n {
		if uses >= leastUses {
			kept = append(kept, int32(id))
		}
	}
	if len(kept) > mostWordsUsed {
		slices.SortFunc(kept, func(a, b int32) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
		kept = kept[:mostWordsUsed]
		slices.Sort(kept)
	}
	return kept
}

// multiply gives MᵀM·q, M being the rows.
func multiply(rows []row, q []float32) []float32 {
	sums := make([][]float32, parts)
	all := func() bool { return true }
	inSteps(parts, func() *[dims]float32 { return new([dims]float32) }, all, func(t *[dims]float32, p int) {
		sum := make([]float32, len(q))
		for _, row := range rows[len(rows)*p/parts : len(rows)*(p+1)/parts] {
			row.addTo(sum, q, t)
		}
		sums[p] = sum
	})
	for _, s := range sums[1:] {
		for i, x := range s {
			sums[0][i] += x
		}
	}
	return sums[0]
}

// addTo adds to sum what one row makes of q; t is working memory.
func (r *row) addTo(sum, q []float32, t *[dims]float32) {
	*t = [dims]float32{}
	for i, w := range r.words {
		x := r.weights[i]
		for k, y := range direction(q, w) {
			t[k] += x * y
		}
	}
	for i, w := range r.words {
		x, s := r.weights[i], direction(sum, w)
		for k, y := range t {
			s[k] += x * y
		}
	}
}

// orthonormal makes the columns of q of length 1 and at right angles to each other (Gram-Schmidt), and gives their lengths
// before.
func orthonormal(q []float32) (size [dims]float64) {
	n := len(q) / dims
	columns := make([]float32, len(q)) // one after the other, since each is read often
	for i := range n {
		for k := range dims {
			columns[k*n+i] = q[i*dims+k]
		}
	}
	for k := range dims {
		column := columns[k*n : (k+1)*n]
		for range 2 { // twice, since 32 bits lose the angle
			straighten(column, columns[:k*n])
		}
		size[k] = lengthOf(column)
		if size[k] < 1e-9 {
			size[k] = 0
			clear(column)
			continue
		}
		for i := range column {
			column[i] /= float32(size[k])
		}
	}
	for i := range n {
		for k := range dims {
			q[i*dims+k] = columns[k*n+i]
		}
	}
	return size
}

// straighten takes from a column its parts along all others, which stand one after the other. Each sum is made by one
// goroutine from its beginning to its end, so that every machine gets the same numbers.
func straighten(column, others []float32) {
	n := len(column)
	pieces := min(workers(), max(1, n/1024))
	var along [dims]float32
	inPieces(len(others)/n, pieces, func(_, from, to int) {
		for j := from; j < to; j++ {
			along[j] = float32(product(column, others[j*n:(j+1)*n]))
		}
	})
	inPieces(n, pieces, func(_, from, to int) {
		part := column[from:to]
		for j := range len(others) / n {
			s, other := along[j], others[j*n+from:j*n+to]
			for i := range part {
				part[i] -= s * other[i]
			}
		}
	})
}

// product is the sum of the products of two columns, in 64 bits.
func product(a, b []float32) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+3 < len(a); i += 4 {
		s0 += float64(a[i]) * float64(b[i])
		s1 += float64(a[i+1]) * float64(b[i+1])
		s2 += float64(a[i+2]) * float64(b[i+2])
		s3 += float64(a[i+3]) * float64(b[i+3])
	}
	for ; i < len(a); i++ {
		s0 += float64(a[i]) * float64(b[i])
	}
	return s0 + s1 + s2 + s3
}

func lengthOf(column []float32) float64 {
	s := 0.0
	for _, x := range column {
		s += float64(x) * float64(x)
	}
	return math.Sqrt(s)
}
