package overlap

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"adam/internal/term"
)

// corpusOf makes n activities as a large catalogue would have them.
func corpusOf(n int) []Activity { return slices.Collect(generated(n)) }

// generated makes activities one by one: States, donors and words of very unequal frequency, and one in twenty reported a
// second time in a rougher form; the id of such a one names the first: "r0000200 of r0000100".
func generated(n int) iter.Seq[Activity] {
	return func(yield func(Activity) bool) {
		g := newGenerator(n)
		var recent [1000]Activity
		for i := range n {
			a := g.next(i)
			if i > 100 && g.rng.IntN(20) == 0 {
				first := recent[g.rng.IntN(min(i, len(recent)))]
				if !strings.Contains(first.ID, " ") {
					a = g.again(i, first)
				}
			}
			recent[i%len(recent)] = a
			if !yield(a) {
				return
			}
		}
	}
}

type generator struct {
	rng                 *rand.Rand
	phrases             [][]string
	vocabulary, codes   []string
	words, state, donor *rand.Zipf
}

func newGenerator(n int) *generator {
	g := &generator{rng: rand.New(rand.NewPCG(11, 13))}
	for l := range strings.Lines(dictionaryTSV) {
		if c := strings.Split(strings.TrimSpace(l), "\t"); len(c) == 3 && !strings.HasPrefix(l, "#") {
			g.phrases = append(g.phrases, strings.Split(c[2], "|"))
		}
	}
	g.vocabulary = make([]string, 4000+n/10)
	for i := range g.vocabulary {
		g.vocabulary[i] = invented(g.rng)
	}
	g.words = rand.NewZipf(g.rng, 1.15, 6, uint64(len(g.vocabulary)-1))
	g.state, g.donor = rand.NewZipf(g.rng, 1.3, 12, 193), rand.NewZipf(g.rng, 1.4, 4, 400)
	for _, c := range places().names {
		g.codes = append(g.codes, c)
	}
	slices.Sort(g.codes)
	g.codes = slices.Compact(g.codes)
	return g
}

func (g *generator) next(i int) Activity {
	var words []string
	for range 2 + g.rng.IntN(4) {
		words = append(words, g.vocabulary[g.words.Uint64()])
	}
	for range 2 + g.rng.IntN(2) {
		p := g.phrases[g.rng.IntN(len(g.phrases))]
		words = append(words, p[g.rng.IntN(min(len(p), 4))])
	}
	g.rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	day := time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, g.rng.IntN(26*365))
	a := Activity{ID: fmt.Sprintf("r%07d", i), Title: strings.Join(words, " "), Start: term.PartialDate(day.Format(time.DateOnly)),
		End: term.PartialDate(day.AddDate(0, 1+g.rng.IntN(48), 0).Format(time.DateOnly)), States: []string{g.codes[int(g.state.Uint64())%len(g.codes)]},
		Donors: []string{fmt.Sprintf("Donor %d", g.donor.Uint64())}, Implementers: []string{fmt.Sprintf("Body %d", g.donor.Uint64())},
		Money: []Money{{Currency: "USD", Year: day.Year(), Amount: term.Amount(1e8 + g.rng.Int64N(1e11))}}}
	if g.rng.IntN(2) == 0 {
		var more []string
		for range 12 {
			more = append(more, g.vocabulary[g.words.Uint64()])
		}
		a.Summary = strings.Join(append(more, words...), " ")
	}
	return a
}

// again reports an activity a second time: dates less precise, sums, summary or the end of the title left out.
func (g *generator) again(i int, a Activity) Activity {
	a.ID = fmt.Sprintf("r%07d of %s", i, a.ID)
	a.Start = a.Start[:min(len(a.Start), []int{4, 7, 10}[g.rng.IntN(3)])]
	if g.rng.IntN(3) == 0 {
		a.Summary, a.End, a.Money = "", "", nil
	}
	if w := strings.Fields(a.Title); len(w) > 3 && g.rng.IntN(2) == 0 {
		a.Title = strings.Join(w[:len(w)-1], " ")
	}
	return a
}

func invented(rng *rand.Rand) string {
	var b strings.Builder
	for range 2 + rng.IntN(3) {
		b.WriteByte("bcdfgklmnprstvz"[rng.IntN(15)])
		b.WriteByte("aeiou"[rng.IntN(5)])
	}
	b.WriteByte("nrslt"[rng.IntN(5)])
	return b.String()
}

// benchmarkScan reports the time on the clock and of the processors: where others use the machine, the second is fairer.
func benchmarkScan(b *testing.B, n int) {
	debug.SetMemoryLimit(1800 << 20)
	for b.Loop() {
		start, cpu := time.Now(), processorTime()
		x := Collect(generated(n), Options{})
		index := time.Since(start)
		pairs, found := 0, 0
		err := x.Scan(context.Background(), Likely, func(p Pair) error {
			pairs++
			if p.Kind == term.OverlapSameActivity && (strings.HasSuffix(p.A, " of "+p.B) || strings.HasSuffix(p.B, " of "+p.A)) {
				found++
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(index.Seconds(), "s/index")
		b.ReportMetric(time.Since(start).Seconds(), "s/all")
		b.ReportMetric((processorTime() - cpu).Seconds(), "cpu-s/all")
		b.ReportMetric(float64(pairs), "pairs")
		twice := 0
		for i := range x.records {
			if strings.Contains(x.records[i].id, " ") {
				twice++
			}
		}
		b.ReportMetric(float64(found)/float64(twice), "share-of-double-reports-found")
		b.ReportMetric(float64(peak())/1e6, "MB/peak")
		b.ReportMetric(oneByOne(x, n), "ms/new-p95")
	}
}

// oneByOne is the 95th percentile, in milliseconds, of asking for a new record and adding it.
func oneByOne(x *Index, n int) float64 {
	times := make([]time.Duration, 0, 300)
	g := newGenerator(n)
	for i := range 300 {
		a := g.next(n + i)
		at := time.Now()
		x.Find(a, 20)
		x.Add(a)
		times = append(times, time.Since(at))
	}
	slices.Sort(times)
	return float64(times[285].Microseconds()) / 1000
}

// processorTime is what the process has used of all processors, where the system tells.
func processorTime() time.Duration {
	data, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	cells := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	user, _ := strconv.Atoi(cells[11])
	system, _ := strconv.Atoi(cells[12])
	return time.Duration(user+system) * 10 * time.Millisecond // a hundred ticks a second, as Linux counts
}

// peak is the most memory that the process has had, where the system tells.
func peak() int {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for l := range strings.Lines(string(data)) {
		var kb int
		if n, _ := fmt.Sscanf(l, "VmHWM: %d kB", &kb); n == 1 {
			return kb * 1000
		}
	}
	return 0
}

func BenchmarkScan100k(b *testing.B) { benchmarkScan(b, 100_000) }
func BenchmarkScan1M(b *testing.B)   { benchmarkScan(b, 1_000_000) }
