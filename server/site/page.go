package site

import (
	"net/http"

	"adam/server/ui"
)

// place is which part of a list a page shows: the first so many after a cursor, or the last so many before one.
type place struct {
	first, last   int
	after, before string
}

// paged reads from the address which part of a list of so many on a page is wanted.
func paged(r *http.Request, size int) place {
	q := r.URL.Query()
	if before := q.Get("before"); before != "" {
		return place{last: size, before: before}
	}
	return place{first: size, after: q.Get("after")}
}

// around are the addresses of the pages before and after; "" where there is none.
func (p place) around(r *http.Request, at *Paging) (before, after string) {
	q := r.URL.Query()
	for _, name := range []string{"before", "after", "edition"} { // the edition is added to all addresses
		q.Del(name)
	}
	path := r.URL.Path
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	if at.HasPreviousPage {
		before = ui.WithQuery(path, "before", at.StartCursor)
	}
	if at.HasNextPage {
		after = ui.WithQuery(path, "after", at.EndCursor)
	}
	return before, after
}
