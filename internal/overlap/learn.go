package overlap

import (
	"math"
	"math/rand/v2"
)

// example is one decided pair as numbers.
type example struct {
	g      agreement
	is     [outcomes]bool // what it may be; several where the decision does not tell
	weight float64
}

// assistExample is one decided pair as numbers, for kind B.
type assistExample struct {
	l      assistance
	yes    bool
	weight float64
}

const batch = 4096

// descend moves weights x to a minimum: towards where the gradient of the examples is nought, held to where they began by
// strength (in examples). It is Adam over batches, in an order that is always the same.
func descend(n int, x []float64, strength []float64, steps int, gradient func(i int, grad []float64)) {
	prior := append([]float64(nil), x...)
	first, second, grad := make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
	rng := rand.New(rand.NewPCG(1, 2))
	order := rng.Perm(n)
	at := 0
	for step := 1; step <= steps && n > 0; step++ {
		clear(grad)
		size := min(batch, n)
		for range size {
			if at == n {
				at = 0
				rng.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
			}
			gradient(order[at], grad)
			at++
		}
		share := float64(size) / float64(n)
		rate := 0.1 * (1 - float64(step-1)/float64(steps))
		for k := range x {
			d := grad[k] + strength[k]*share*(x[k]-prior[k])
			first[k] = 0.9*first[k] + 0.1*d
			second[k] = 0.98*second[k] + 0.02*d*d
			x[k] -= rate * first[k] / (1 - math.Pow(0.9, float64(step))) / (math.Sqrt(second[k]/(1-math.Pow(0.98, float64(step)))) + 1e-8)
		}
	}
}

const outcomeCells = 1 + int(fields)*10

func cell(o outcome, f field, l uint8) int { return int(o)*outcomeCells + 1 + int(f)*10 + int(l) }

// fit moves the weights of kind A to what the examples say, each level held by its strength; the base is field fields.
func (m *Model) fit(examples []example, steps int, strength func(f field, level int) float64) {
	x, hold := make([]float64, int(outcomes)*outcomeCells), make([]float64, int(outcomes)*outcomeCells)
	for o := range outcomes {
		x[int(o)*outcomeCells], hold[int(o)*outcomeCells] = m.bias[o], strength(fields, 0)
		for f := range fields {
			for l := range levels[f] {
				k := cell(o, f, uint8(l))
				x[k], hold[k] = m.same[o][f][l], strength(f, l)
			}
		}
	}
	descend(len(examples), x, hold, steps, func(i int, grad []float64) { examples[i].pull(x, grad) })
	for o := range outcomes {
		m.bias[o] = x[int(o)*outcomeCells]
		for f := range fields {
			for l := range levels[f] {
				m.same[o][f][l] = x[cell(o, f, uint8(l))]
			}
		}
	}
}

// pull adds to a gradient what one example says of weights.
func (e *example) pull(x, grad []float64) {
	var p [outcomes]float64
	sum, right := 0.0, 0.0
	for o := range outcomes {
		s := x[int(o)*outcomeCells]
		for f, l := range e.g {
			if l != missing {
				s += x[cell(o, field(f), l)]
			}
		}
		p[o] = math.Exp(min(s, 300))
		sum += p[o]
	}
	for o := range outcomes {
		p[o] /= sum
		if e.is[o] {
			right += p[o]
		}
	}
	for o := range outcomes {
		d := p[o]
		if e.is[o] {
			d -= p[o] / max(right, 1e-9)
		}
		d *= e.weight
		grad[int(o)*outcomeCells] += d
		for f, l := range e.g {
			if l != missing {
				grad[cell(o, field(f), l)] += d
			}
		}
	}
}

// fitAssist moves the weights of kind B likewise.
func (m *Model) fitAssist(examples []assistExample, strength float64, steps int) {
	x, hold := make([]float64, 1+int(assists)*10), make([]float64, 1+int(assists)*10)
	x[0], hold[0] = m.base, strength*0.1
	for f := range assists {
		for l := range assistLevels[f] {
			x[1+int(f)*10+l], hold[1+int(f)*10+l] = m.assist[f][l], strength
		}
	}
	descend(len(examples), x, hold, steps, func(i int, grad []float64) {
		e := &examples[i]
		s := x[0]
		for f, l := range e.l {
			if l != missing {
				s += x[1+f*10+int(l)]
			}
		}
		d := 1 / (1 + math.Exp(-s))
		if e.yes {
			d--
		}
		d *= e.weight
		grad[0] += d
		for f, l := range e.l {
			if l != missing {
				grad[1+f*10+int(l)] += d
			}
		}
	})
	m.base = x[0]
	for f := range assists {
		for l := range assistLevels[f] {
			m.assist[f][l] = x[1+int(f)*10+l]
		}
	}
}
