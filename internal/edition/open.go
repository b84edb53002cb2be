package edition

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// The most editions open at once, and the most connections to each. As many may rest as may be open: opening one costs
// more than a query.
const (
	mostOpen        = 8
	mostConnections = 8
)

// Open is an edition that is being read. Whoever got it calls Release when the answer is written.
type Open struct {
	Number   int
	Date     term.Date
	Audience access.Audience
	Client   *ent.Client
	DB       *sql.DB
	Path     string // of the file that is read: for an old edition a migrated copy

	release func()
	memory  *memory
}

// Release lets the shelf close the edition when it likes. Calling it again does nothing.
func (o *Open) Release() { o.release() }

// volume names the file of an edition for an audience.
type volume struct {
	number   int
	audience access.Audience
}

// book is an open file. Its fields below ready are settled when ready is closed; the others are the shelf's.
type book struct {
	volume
	readers int
	used    uint64
	dropped bool // no longer on the shelf: closed with its last reader

	ready  chan struct{}
	err    error
	date   term.Date
	db     *sql.DB
	client *ent.Client
	path   string
	memory memory
}

// acquire gives a volume to a reader, opening it where it is not open.
func (s *Shelf) acquire(ctx context.Context, v volume) (*Open, error) {
	b, err := s.take(ctx, v)
	if err != nil {
		return nil, err
	}
	release := sync.OnceFunc(func() { s.giveBack(b) })
	select {
	case <-b.ready:
	case <-ctx.Done():
		release()
		return nil, ctx.Err()
	}
	if b.err != nil {
		release()
		return nil, b.err
	}
	o := &Open{Number: v.number, Date: b.date, Audience: v.audience, Client: b.client, DB: b.db, Path: b.path, release: release}
	if _, current := s.known(); current[v.audience] == v.number { // an old edition is rarely read, and there may be many
		o.memory = &b.memory
	}
	return o, nil
}

// hold counts in one more reader of a book that is being read.
func (s *Shelf) hold(b *book) (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.readers++
	return sync.OnceFunc(func() { s.giveBack(b) })
}

// take finds the book of a volume and counts a reader in. Where all places are taken it waits for one.
func (s *Shelf) take(ctx context.Context, v volume) (*book, error) {
	for {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			return nil, fault.New(fault.Internal, "The program is stopping. Try again in a moment.")
		}
		b := s.books[v]
		if b == nil && (len(s.books) < mostOpen || s.evict()) {
			b = &book{volume: v, ready: make(chan struct{})}
			b.memory.hold = func() func() { return s.hold(b) }
			s.books[v] = b
			go s.load(b)
		}
		if b != nil {
			s.clock++
			b.readers, b.used = b.readers+1, s.clock
			s.mu.Unlock()
			return b, nil
		}
		freed := s.freed
		s.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
			return nil, fault.New(fault.TooMany, "Too many editions are being read at once. Try again in a moment.").Because(ctx.Err())
		}
	}
}

// evict closes the book that has not been used for longest and has no reader, never a current one.
func (s *Shelf) evict() bool {
	var oldest *book
	for v, b := range s.books {
		if b.readers == 0 && s.current[v.audience] != v.number && (oldest == nil || b.used < oldest.used) {
			oldest = b
		}
	}
	if oldest != nil {
		s.drop(oldest)
	}
	return oldest != nil
}

// drop takes a book off the shelf. The shelf is locked.
func (s *Shelf) drop(b *book) {
	if s.books[b.volume] == b {
		delete(s.books, b.volume)
	}
	b.dropped = true
	s.closeUnread(b)
}

// giveBack counts a reader out.
func (s *Shelf) giveBack(b *book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.readers--
	s.closeUnread(b)
	if b.readers == 0 {
		s.signal()
	}
}

// signal wakes those who wait for a place. The shelf is locked.
func (s *Shelf) signal() {
	close(s.freed)
	s.freed = make(chan struct{})
}

// closeUnread closes a dropped book that nobody reads and that is no longer being opened.
func (s *Shelf) closeUnread(b *book) {
	select {
	case <-b.ready:
		if b.dropped && b.readers == 0 && b.db != nil {
			_ = b.db.Close()
			b.db = nil
		}
	default:
	}
}

// load opens the file of a book, whoever still waits for it.
func (s *Shelf) load(b *book) {
	b.err = b.open(context.Background(), s.folder)
	close(b.ready)
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.err != nil {
		s.drop(b) // so that the next reader tries again
	}
	s.closeUnread(b)
}

// Close closes all editions; those being read are closed with their last reader.
func (s *Shelf) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, b := range s.books {
		s.drop(b)
	}
}

// mostChecked is the size up to which a file is checked when it is opened: it takes some 3 ms a megabyte.
const mostChecked = 64 << 20

// check looks for damage inside a file, which readers would meet otherwise.
func check(ctx context.Context, db *sql.DB, path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() > mostChecked {
		return err
	}
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return errors.New(found)
	}
	return nil
}

// open opens the file, migrated where it is of an older version, and makes sure that it is what its name says.
func (b *book) open(ctx context.Context, folder string) error {
	path, err := readable(ctx, folder, b.number, b.audience)
	if err != nil {
		return err
	}
	db, err := store.OpenFile(path, true)
	if err != nil {
		return damaged(b.number, b.audience).Because(err)
	}
	db.SetMaxOpenConns(mostConnections)
	db.SetMaxIdleConns(mostConnections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	list, err := readList(ctx, db)
	if err == nil && (len(list) == 0 || list[len(list)-1].Number != b.number) {
		err = errors.New("the file is not of this edition")
	}
	if err == nil {
		err = check(ctx, db, path)
	}
	if err != nil {
		_ = db.Close()
		return damaged(b.number, b.audience).Because(err)
	}
	b.db, b.path, b.date = db, path, list[len(list)-1].Date
	b.client = ent.NewClient(ent.Driver(entsql.OpenDB(dialect.SQLite, db)))
	return nil
}
