package intake

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"adam/internal/exchange/iati"
	"adam/internal/store"
	"adam/internal/testdb"
)

// pile is an IATI file that is made as it is read: one activity in many belongs to the field.
type pile struct {
	rest     string
	n, times int
	done     bool
}

const oneIn = 50

func (p *pile) Read(b []byte) (int, error) {
	if p.rest == "" {
		switch {
		case p.n == 0 && p.times > 0:
			p.rest = `<iati-activities version="2.03">` + p.activity()
		case p.n < p.times:
			p.rest = p.activity()
		case !p.done:
			p.rest, p.done = "</iati-activities>", true
		default:
			return 0, io.EOF
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *pile) activity() string {
	title, more := fmt.Sprintf("Road number %d", p.n), strings.Replace(whole, `code="15190"`, `code="21020"`, 1)
	if p.n%oneIn == 0 {
		title, more = fmt.Sprintf("Shelter %d for victims of human trafficking", p.n), whole
	}
	p.n++
	return reported("AU-5", fmt.Sprintf("AU-5-%d", p.n), title, strings.Replace(more, "Village Help", fmt.Sprint("Village Help ", p.n%500), 2))
}

// A file of half a gigabyte is read against a store in the memory of a small one. ADAM_IATI_STREAM_MB says how large it is; CI reads 500.
func TestALargeFileIsPlannedInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: a short run")
	}
	mb, err := strconv.Atoi(os.Getenv("ADAM_IATI_STREAM_MB"))
	if err != nil {
		mb = 16
		t.Logf("reads %d MB; ADAM_IATI_STREAM_MB says how many else", mb)
	}
	const limit = 128 << 20
	before := debug.SetMemoryLimit(limit)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		runtime.GC()
		size := len((&pile{times: 1}).activity())
		times, most := mb<<20/size, uint64(0)
		field := iati.NewField(iati.StandardRules())
		rep, err := Plan(operator(t), st.Client, IATI(&pile{times: times}), Options{Name: "large.xml", Now: noon, Field: field, Tell: func(Progress) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.Sys-m.HeapReleased)
		}})
		must(t, err)
		if want := (times + oneIn - 1) / oneIn; rep.Counts.Read != times || rep.Counts.Created != want {
			t.Errorf("%d read of %d, %d would be created of %d", rep.Counts.Read, times, rep.Counts.Created, want)
		}
		if most == 0 || most > limit {
			t.Errorf("the program held %d MB, of which %d are allowed", most>>20, limit>>20)
		}
		t.Logf("%d MB, %d activities: %d MB at most", mb, times, most>>20)
	})
}
