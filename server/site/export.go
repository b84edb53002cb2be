package site

import (
	"bufio"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/ui"
)

type wholeKey struct{}

// whole is a context in which a list is written however long it is.
func whole(ctx context.Context) context.Context { return context.WithValue(ctx, wholeKey{}, true) }

// Exported is what became of a list that was written as a file: what a standard had no place for. It is empty of tables.
type Exported struct {
	Count   int // of what was written, where there is a standard
	LeftOut []iati.LeftOut
	Notes   map[string][]string // by identifier
}

// Export writes the list of a page, such as activities or funding/lines, as a file whose name would end in suffix: what a
// download at that address has, however long it is. The context says who reads what.
func (s *Site) Export(ctx context.Context, w io.Writer, list, suffix string, q url.Values) (*Exported, error) {
	path := "/" + strings.Trim(list, "/")
	sources := s.sources()
	source := sources[path]
	if source == nil {
		known := slices.Sorted(maps.Keys(sources))
		for i, p := range known {
			known[i] = p[1:]
		}
		return nil, fault.New(fault.Invalid, "There is no list %q. The lists are: %s.", term.Clip(list), strings.Join(known, ", ")).At("list")
	}
	formats := formatsOf(path)
	i := slices.IndexFunc(formats, func(f format) bool { return f.suffix == suffix })
	if i < 0 {
		known := make([]string, len(formats))
		for i, f := range formats {
			known[i] = f.suffix
		}
		return nil, fault.New(fault.Invalid, "The list %s cannot be had as %s. It can be had as %s.", path[1:], suffix, strings.Join(known, ", "))
	}
	r, err := s.asking(ctx, path, q)
	if err != nil {
		return nil, err
	}
	t, err := source(r, formats[i])
	if err != nil {
		return nil, err
	}
	out := bufio.NewWriter(w)
	if err := formats[i].write(s, r.Context(), out, t); err != nil {
		return nil, err
	}
	told := &Exported{}
	if t.left != nil {
		told = &Exported{t.left.Count, t.left.LeftOut, t.left.Notes}
	}
	return told, out.Flush()
}

// asking is the request for a page as whoever is in the context would send it, for all that it lists.
func (s *Site) asking(ctx context.Context, path string, q url.Values) (*http.Request, error) {
	r, err := http.NewRequestWithContext(whole(ctx), http.MethodGet, at(path, q), nil)
	if err != nil {
		return nil, err
	}
	return r.WithContext(ui.In(r.Context(), s.frame(r))), nil
}
