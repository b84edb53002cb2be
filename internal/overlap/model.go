package overlap

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// outcome is what a pair of activities may be.
type outcome uint8

const (
	same outcome = iota
	nextPhase
	sister
	series
	twin
	unrelated
	outcomes
)

var outcomeNames = [outcomes]string{"same", "phase", "sister", "series", "twin", "unrelated"}

// Model is the weights that pairs are judged with: a table of each level of each field, for each thing that a pair may be.
// Its numbers are natural logarithms of odds.
type Model struct {
	Version string
	bias    [outcomes]float64
	same    [outcomes][fields][10]float64
	base    float64
	assist  [assists][10]float64
}

// sieve passes over pairs early: what each level weighs for the same against unrelated, and what fields not yet compared can
// add at most.
type sieve struct {
	bias            float64
	same            [fields][10]float64
	before, meaning hope
}

//go:embed weights.tsv
var weightsTSV string

// Shipped is the model that comes with the program.
var Shipped = sync.OnceValue(func() *Model {
	m, err := readModel(weightsTSV)
	if err != nil {
		panic(err) // compiled in: only a broken build can get here
	}
	return m
})

// WeightsVersion names the shipped weights; it changes when they do.
func WeightsVersion() string { return Shipped().Version }

// readModel reads lines of kind (A or B), field, level and weights.
func readModel(tsv string) (*Model, error) {
	m := &Model{}
	for line := range strings.Lines(tsv) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if v, ok := strings.CutPrefix(cells[0], "# version "); ok {
			m.Version = v
		}
		if len(cells) < 4 || strings.HasPrefix(line, "#") {
			continue
		}
		weights := make([]float64, len(cells)-3)
		for i, s := range cells[3:] {
			w, err := strconv.ParseFloat(s, 64)
			if err != nil {
				return nil, fmt.Errorf("the weights of %s, %s: %w", cells[1], cells[2], err)
			}
			weights[i] = w
		}
		if err := m.set(cells[0], cells[1], cells[2], weights); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Model) set(kind, name, level string, weights []float64) error {
	unknown := fmt.Errorf("the weights name %s %s, %s, which nothing compares", kind, name, level)
	switch {
	case kind == "A" && len(weights) == int(outcomes):
		f, l, ok := place(fieldNames[:], levels[:], name, level)
		if !ok && name != "base" {
			return unknown
		}
		for o, w := range weights {
			if name == "base" {
				m.bias[o] = w
			} else {
				m.same[o][f][l] = w
			}
		}
	case kind == "B" && len(weights) == 1:
		f, l, ok := place(assistNames[:], assistLevels[:], name, level)
		switch {
		case name == "base":
			m.base = weights[0]
		case ok:
			m.assist[f][l] = weights[0]
		default:
			return unknown
		}
	default:
		return unknown
	}
	return nil
}

func place(names []string, levels [][]string, name, level string) (f, l int, ok bool) {
	for f, n := range names {
		for l, v := range levels[f] {
			if n == name && v == level && l > 0 {
				return f, l, true
			}
		}
	}
	return 0, 0, false
}

// fieldNames are the names of fields in weights.tsv and in evidence.
var fieldNames = [fields]string{"title", "part of title", "rare words", "meaning", "contrast", "summary", "start", "end", "time", "states", "donors", "implementers", "themes", "money", "phase", "years", "numbers", "reporter", "identifiers"}

var assistNames = [assists]string{"meaning", "contrast", "subject", "topics", "people", "states", "themes", "time", "months", "donors", "implementers", "same activity", "next phase"}

// String writes the model as readModel reads it.
func (m *Model) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# version %s\n# kind\tfield\tlevel\tweights: A for %s; B for overlapping assistance\n", m.Version, strings.Join(outcomeNames[:], ", "))
	row := func(kind, name, level string, weights ...float64) {
		fmt.Fprintf(&b, "%s\t%s\t%s", kind, name, level)
		for _, w := range weights {
			fmt.Fprintf(&b, "\t%.2f", w)
		}
		b.WriteByte('\n')
	}
	row("A", "base", "-", m.bias[:]...)
	for f := range fields {
		for l, name := range levels[f] {
			if l > 0 {
				var w [outcomes]float64
				for o := range outcomes {
					w[o] = m.same[o][f][l]
				}
				row("A", fieldNames[f], name, w[:]...)
			}
		}
	}
	row("B", "base", "-", m.base)
	for f := range assists {
		for l, name := range assistLevels[f] {
			if l > 0 {
				row("B", assistNames[f], name, m.assist[f][l])
			}
		}
	}
	return b.String()
}

// outcomeOdds are the probabilities of each thing that a pair may be.
func (m *Model) outcomeOdds(g *agreement) (p [outcomes]float64) {
	most := math.Inf(-1)
	for o := range outcomes {
		s := m.bias[o]
		for f, l := range g {
			if l != missing {
				s += m.same[o][f][l]
			}
		}
		p[o], most = s, max(most, s)
	}
	sum := 0.0
	for o := range p {
		p[o] = math.Exp(p[o] - most)
		sum += p[o]
	}
	for o := range p {
		p[o] /= sum
	}
	return p
}

// assistOdds is the probability that two activities give the same assistance.
func (m *Model) assistOdds(l *assistance) float64 {
	s := m.base
	for f, v := range l {
		if v != missing {
			s += m.assist[f][v]
		}
	}
	return 1 / (1 + math.Exp(-s))
}

// hope is the most that the fields not yet compared can add for a pair, whatever they say.
type hope struct{ pair, assist float64 }

// The fields of texts, in the order in which they are compared: words first, meaning last since it costs most.
var (
	wordFields    = []field{fTitle, fPart, fRare, fSummary}
	meaningFields = []field{fMeaning, fContrast}
	meaningAssist = []assist{aMeaning, aContrast, aTopics, aSame, aPhase}
	wordAssist    = []assist{aSubject, aPeople}
)

// sieve makes the sieve of a model.
func (m *Model) sieve() *sieve {
	s := &sieve{bias: m.bias[same] - m.bias[unrelated]}
	for f := range fields {
		for l := range levels[f] {
			if l != missing {
				s.same[f][l] = m.same[same][f][l] - m.same[unrelated][f][l]
			}
		}
	}
	for _, f := range meaningFields {
		s.meaning.pair += max(0, slices.Max(s.same[f][:]))
	}
	for _, f := range meaningAssist {
		s.meaning.assist += max(0, slices.Max(m.assist[f][:]))
	}
	s.before = s.meaning
	for _, f := range wordFields {
		s.before.pair += max(0, slices.Max(s.same[f][:]))
	}
	for _, f := range wordAssist {
		s.before.assist += max(0, slices.Max(m.assist[f][:]))
	}
	return s
}

// hopelessPair tells that whatever the rest says, two activities cannot be one with such odds.
func (s *sieve) hopelessPair(g *agreement, h hope, odds float64) bool {
	sum := s.bias + h.pair
	for f, level := range g {
		sum += s.same[f][level]
	}
	return sum < odds
}

// hopelessAssist tells likewise that two activities cannot be overlapping assistance.
func (m *Model) hopelessAssist(l *assistance, h hope, odds float64) bool {
	sum := m.base + h.assist
	for f, level := range l {
		if level != missing {
			sum += m.assist[f][level]
		}
	}
	return sum < odds
}
