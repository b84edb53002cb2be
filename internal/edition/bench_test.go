package edition

import (
	"adam/internal/testdb"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adam/internal/access"

	"entgo.io/ent/dialect"
)

// BenchmarkCut cuts the shipped data from each engine for each audience.
func BenchmarkCut(b *testing.B) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		st := shipped(b, d)
		number, folder := announced(b, st, ""), b.TempDir()
		for _, a := range audiences {
			b.Run(d+"/"+string(a), func(b *testing.B) {
				for b.Loop() {
					must(b, Cut(testdb.Context(b), st, folder, number, a))
				}
				info, err := os.Stat(filepath.Join(folder, fileName(number, a)))
				must(b, err)
				b.ReportMetric(float64(info.Size())/1024, "KiB")
				b.ReportMetric(float64(strings.Count(canonical(b, readFile(b, filepath.Join(folder, fileName(number, a)))), "\n")), "rows")
			})
		}
	}
}

// BenchmarkOpen opens an edition of the shipped data anew, as for a number that nobody has asked for lately.
func BenchmarkOpen(b *testing.B) {
	st := shipped(b, dialect.SQLite)
	folder := b.TempDir()
	_, err := Release(testdb.Context(b), st, folder, "", noon)
	must(b, err)
	for b.Loop() {
		shelf := NewShelf(folder, nil)
		must(b, shelf.Refresh(testdb.Context(b)))
		o, err := shelf.Current(testdb.Context(b), access.Public)
		must(b, err)
		o.Release()
		shelf.Close()
	}
}

// BenchmarkCurrent is what every request pays for its edition.
func BenchmarkCurrent(b *testing.B) {
	st := shipped(b, dialect.SQLite)
	folder := b.TempDir()
	_, err := Release(testdb.Context(b), st, folder, "", noon)
	must(b, err)
	shelf := NewShelf(folder, st)
	defer shelf.Close()
	must(b, shelf.Refresh(testdb.Context(b)))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			o, err := shelf.Current(testdb.Context(b), access.Public)
			if err != nil {
				b.Error(err)
				return
			}
			o.Release()
		}
	})
}

// BenchmarkCanonical exports the shipped data.
func BenchmarkCanonical(b *testing.B) {
	st := shipped(b, dialect.SQLite)
	for b.Loop() {
		must(b, Canonical(testdb.Context(b), st, io.Discard))
	}
}
