package overlap

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/internal/term"
)

// corpusOf makes n activities as a large catalogue would have them: States, donors and words of very unequal frequency,
// and one in twenty reported a second time in a rougher form.
func corpusOf(n int) []Activity {
	rng := rand.New(rand.NewPCG(11, 13))
	var phrases [][]string
	for l := range strings.Lines(dictionaryTSV) {
		if c := strings.Split(strings.TrimSpace(l), "\t"); len(c) == 3 && !strings.HasPrefix(l, "#") {
			phrases = append(phrases, strings.Split(c[2], "|"))
		}
	}
	vocabulary := make([]string, 4000+n/10)
	for i := range vocabulary {
		vocabulary[i] = invented(rng)
	}
	zipf := rand.NewZipf(rng, 1.15, 6, uint64(len(vocabulary)-1))
	stateZipf, donorZipf := rand.NewZipf(rng, 1.3, 12, 193), rand.NewZipf(rng, 1.4, 4, 400)
	var codes []string
	for _, c := range places() {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	out := make([]Activity, 0, n)
	for len(out) < n {
		id := len(out)
		if id > 100 && rng.IntN(20) == 0 {
			a := out[rng.IntN(id)]
			a.ID = fmt.Sprintf("r%07d", id)
			a.Start = a.Start[:min(len(a.Start), []int{4, 7, 10}[rng.IntN(3)])]
			if rng.IntN(3) == 0 {
				a.Summary, a.End = "", ""
			}
			if w := strings.Fields(a.Title); len(w) > 3 && rng.IntN(2) == 0 {
				a.Title = strings.Join(w[:len(w)-1], " ")
			}
			out = append(out, a)
			continue
		}
		words := make([]string, 0, 12)
		for range 2 + rng.IntN(4) {
			words = append(words, vocabulary[zipf.Uint64()])
		}
		for range 2 + rng.IntN(2) {
			p := phrases[rng.IntN(len(phrases))]
			words = append(words, p[rng.IntN(min(len(p), 4))])
		}
		rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		day := time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(26*365))
		a := Activity{ID: fmt.Sprintf("r%07d", id), Title: strings.Join(words, " "), Start: term.PartialDate(day.Format(time.DateOnly)),
			End: term.PartialDate(day.AddDate(0, 1+rng.IntN(48), 0).Format(time.DateOnly)), States: []string{codes[int(stateZipf.Uint64())%len(codes)]},
			Donors: []string{fmt.Sprintf("Donor %d", donorZipf.Uint64())}, Implementers: []string{fmt.Sprintf("Body %d", donorZipf.Uint64())},
			Money: []Money{{Currency: "USD", Year: day.Year(), Amount: term.Amount(1e8 + rng.Int64N(1e11))}}}
		if rng.IntN(2) == 0 {
			more := make([]string, 0, 20)
			for range 12 {
				more = append(more, vocabulary[zipf.Uint64()])
			}
			a.Summary = strings.Join(append(more, words...), " ")
		}
		out = append(out, a)
	}
	return out
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

func benchmarkScan(b *testing.B, n int) {
	all := corpusOf(n)
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		start := time.Now()
		x := New(all, Options{})
		index := time.Since(start)
		pairs := 0
		if err := x.Scan(context.Background(), Likely, func(Pair) error { pairs++; return nil }); err != nil {
			b.Fatal(err)
		}
		whole := time.Since(start)
		runtime.GC()
		var after runtime.MemStats
		runtime.ReadMemStats(&after)
		b.ReportMetric(index.Seconds(), "s/index")
		b.ReportMetric(whole.Seconds(), "s/all")
		b.ReportMetric(float64(pairs), "pairs")
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB/index")
		b.ReportMetric(float64(peak())/1e6, "MB/peak")
		times := make([]time.Duration, 0, 300)
		for i := range 300 {
			a := all[i*(n/300)]
			a.ID, a.Summary = fmt.Sprint("new", i), a.Summary+" new words"
			at := time.Now()
			x.Find(a, 20)
			x.Add(a)
			times = append(times, time.Since(at))
		}
		slices.Sort(times)
		b.ReportMetric(float64(times[285].Microseconds())/1000, "ms/new-p95")
		b.ReportMetric(float64(times[150].Microseconds())/1000, "ms/new-p50")
	}
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
