package iati

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"adam/internal/fault"
)

// repeated is a file without end in memory: a head, one activity again and again with a new identifier, and a tail.
type repeated struct {
	rest  []byte
	body  []byte // with %08d for the number
	mark  int    // where the number stands in it
	n     int
	times int
	tail  string
	done  bool
}

func newRepeated(times int, tail string) *repeated {
	a := sound()
	a.Identifier = "XM-ADAM-00000000"
	var b bytes.Buffer
	w, err := NewWriter(&b, writing)
	if err != nil {
		panic(err)
	}
	if err := errors.Join(w.Write(a), w.to.Flush()); err != nil {
		panic(err)
	}
	head, body, _ := bytes.Cut(b.Bytes(), []byte("  <iati-activity "))
	body = append([]byte("  <iati-activity "), body...)
	return &repeated{rest: head, body: body, mark: bytes.Index(body, []byte("00000000")), times: times, tail: tail}
}

func (r *repeated) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		switch {
		case r.n < r.times:
			r.n++
			copy(r.body[r.mark:], fmt.Sprintf("%08d", r.n))
			r.rest = r.body
		case !r.done:
			r.done, r.rest = true, []byte(r.tail)
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// megabytes is how much is read: ADAM_IATI_STREAM_MB, or few enough for every run of the tests.
func megabytes(t testing.TB) int {
	mb, err := strconv.Atoi(os.Getenv("ADAM_IATI_STREAM_MB"))
	if err != nil {
		mb = 16
		t.Logf("reads %d MB; ADAM_IATI_STREAM_MB says how many else", mb)
	}
	return mb
}

func TestALargeFileNeedsNoMoreMemoryThanASmallOne(t *testing.T) {
	for _, c := range []struct{ name, tail, sentence string }{
		{"a whole file", "</iati-activities>\n", ""},
		{"a file that is cut off at its end", "  <iati-activity><title>", "The file ends before its elements do: </title> is missing."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() {
				t.Skip("skipped: a short run")
			}
			one := newRepeated(1, "")
			times := megabytes(t) << 20 / len(one.body)
			most, seen := uint64(0), 0
			began := time.Now()
			rep, err := Read(newRepeated(times, c.tail), Options{}, func(*Activity) error {
				if seen++; seen%500 == 0 {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
				return nil
			})
			took := time.Since(began)
			if rep.Activities != times || rep.Transactions != 3*times || rep.Duplicates != 0 {
				t.Errorf("%d activities and %d transactions of %d", rep.Activities, rep.Transactions, times)
			}
			if (err == nil) != (c.sentence == "") || err != nil && (!strings.Contains(err.Error(), c.sentence) || fault.As(err).Details["line"].(int) < times) {
				t.Errorf("the error is %v", err)
			}
			if limit := uint64(48 << 20); most > limit {
				t.Errorf("the heap grew to %d MB", most>>20)
			}
			t.Logf("%d activities, %d MB in %v: %.0f MB/s, %.0f activities a minute; heap at most %d MB", times, rep.Bytes>>20, took,
				float64(rep.Bytes)/1e6/took.Seconds(), float64(times)/took.Minutes(), most>>20)
		})
	}
}

func BenchmarkRead(b *testing.B) {
	const times = 500
	for b.Loop() {
		rep, err := Read(newRepeated(times, "</iati-activities>"), Options{}, func(*Activity) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(rep.Bytes)
	}
	b.ReportMetric(float64(times*b.N)/b.Elapsed().Minutes(), "activities/min")
}

func BenchmarkWrite(b *testing.B) {
	a := sound()
	w, err := NewWriter(io.Discard, writing)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := w.Write(a); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Minutes(), "activities/min")
}
