package server

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
	"adam/server/door"
)

const (
	logSize = 50              // entries on a page
	logTime = 3 * time.Second // for following the whole chain while somebody waits
)

// logPage shows administrators who did what, newest first, and on its first page whether the log is as it was written.
func (d *Doors) logPage(w http.ResponseWriter, r *http.Request) {
	page, err := d.readLog(r)
	if err != nil {
		Answer(w, r, err)
		return
	}
	d.show(w, r, r.URL.RequestURI(), page, nil)
}

func (d *Doors) readLog(r *http.Request) (page door.Log, err error) {
	before, err := entryNumber(r.URL.Query().Get("before"))
	if err != nil {
		return page, err
	}
	ctx, log := r.Context(), d.Keeper.Store.Client
	if page.Entries, err = audit.Newest(ctx, log, before, logSize); err != nil {
		return page, err
	}
	if n := len(page.Entries); n == logSize && page.Entries[n-1].Seq > 1 {
		page.Older = logPath(page.Entries[n-1].Seq)
	}
	if before == 0 {
		page.Whole, page.TooBig, err = followed(ctx, d.Keeper)
		return page, err
	}
	head, _, err := audit.Head(ctx, log)
	if page.Newer = "/admin/log"; before+logSize <= head { // numbers have no gaps
		page.Newer = logPath(before + logSize)
	}
	return page, err
}

// followed follows the chain from its first entry, as far as that takes no longer than somebody waits.
func followed(ctx context.Context, k *people.Keeper) (r *audit.Report, tooBig bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, logTime)
	defer cancel()
	r, err = audit.Verify(ctx, k.Store.Client)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, true, nil
	}
	return r, false, err
}

func logPath(before int64) string { return "/admin/log?before=" + strconv.FormatInt(before, 10) }

// entryNumber reads the number of an entry in an address; nothing is 0.
func entryNumber(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 || n > 1<<53 {
		return 0, fault.New(fault.Invalid, "%q is not the number of an entry. Write a whole number from 1, such as ?before=100.", term.Clip(s)).At("before")
	}
	return n, nil
}
