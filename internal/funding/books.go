package funding

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Books keep ledgers of a working store that is so large that to read its money takes longer than a question may
// (decision 031): one for each of the last few who see differently, read with her own eyes. A ledger is brought up to date
// before each answer, so that an answer is what reading anew would give. Of a small store they keep nothing.
type Books struct {
	c     *ent.Client
	now   func() time.Time
	turn  chan struct{} // whoever looks for a book
	whole chan struct{} // one ledger is read as a whole at a time: it takes all there is of a processor
	known *simplelru.LRU[string, *book]
}

const (
	mostBooks = 3               // a ledger of 100,000 activities takes some 130 MB
	oldest    = 6 * time.Hour   // a ledger is read anew after that, for what somebody may have written past the program
	notice    = 2 * time.Second // before an operation must end, whoever waits is told so: to count, and to name what was counted, takes a second or two
)

// NewBooks keeps the books of a working store, whose client c is.
func NewBooks(c *ent.Client, now func() time.Time) *Books {
	known, err := simplelru.NewLRU[string, *book](mostBooks, nil)
	if err != nil {
		panic(err) // only for a size of zero
	}
	return &Books{c: c, now: now, turn: make(chan struct{}, 1), whole: make(chan struct{}, 1), known: known}
}

// Ask answers as the function Ask does. Where a large store must be read first, which goes on after whoever asked has
// given up, it gives LIMIT with a sentence in time. Nil books keep nothing.
func (b *Books) Ask(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date, asked Query) (*Answer, error) {
	if !b.keepsFor(ctx, c) {
		return Ask(ctx, c, q, day, asked)
	}
	return ask(ctx, c, q, day, asked, b.factsOf)
}

// keepsFor says whether somebody asks who reads the working store by the rules. A transaction reads what only it has
// written, and whoever sees withdrawn records sees them for this one time.
func (b *Books) keepsFor(ctx context.Context, c *ent.Client) bool {
	v := access.From(ctx)
	return b != nil && b.c == c && v.Audience == access.Working && !v.Program && !rule.SeesWithdrawn(ctx)
}

// factsOf takes the facts out of a book where reading them would take long.
func (b *Books) factsOf(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date) (*Facts, error) {
	large, err := b.large(ctx)
	if err != nil || !large {
		return orLoad(ctx, c, q, day, err)
	}
	ids, err := q.Clone().IDs(ctx)
	if err != nil || len(ids) <= few {
		return orLoad(ctx, c, q, day, err)
	}
	o, err := b.open(ctx)
	if err != nil {
		return nil, err
	}
	return o.facts(ids, day), nil
}

func orLoad(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date, err error) (*Facts, error) {
	if err != nil {
		return nil, err
	}
	return Load(ctx, c, q, day)
}

// large says whether the store has so many activities, whoever sees them, that a question may find more than few.
func (b *Books) large(ctx context.Context) (bool, error) {
	var n [1]int64
	err := numbers(asProgram(ctx), b.c, "SELECT count(*) FROM activities", n[:])
	return n[0] > int64(few), err
}

// Prepare reads the ledger of the viewer in the context, so that her first question need not wait for it. Of a small store
// it reads nothing.
func (b *Books) Prepare(ctx context.Context) error {
	if large, err := b.large(ctx); err != nil || !large || !b.keepsFor(ctx, b.c) {
		return err
	}
	_, err := b.open(ctx)
	return err
}

// seer names what tells viewers of the working store apart in whose ledgers different rows or amounts may stand: what they
// own, and what is shared with their roles. The secretariat sees everything, whatever else it holds.
func seer(v access.Viewer) string {
	if v.SeesAll() {
		return string(access.Secretariat)
	}
	var held []string
	for _, g := range v.Grants {
		if g.Role != access.Member && g.Role != access.Administrator { // nothing is owned by these or shared with them
			held = append(held, fmt.Sprint(g))
		}
	}
	slices.Sort(held)
	return strings.Join(slices.Compact(held), " ")
}

// book gives that of the viewer in the context, in which nothing may stand yet.
func (b *Books) book(ctx context.Context) *book {
	b.turn <- struct{}{}
	defer func() { <-b.turn }()
	key := seer(access.From(ctx))
	k, known := b.known.Get(key)
	if !known {
		k = &book{turn: make(chan struct{}, 1)}
		b.known.Add(key, k)
	}
	return k
}

// errReading says that nobody waits any longer.
func errReading() error {
	return fault.New(fault.Limit, "The money of this large catalogue is being read, which takes a minute. Ask again then, or narrow the filter.")
}

// open gives what stands in the viewer's book, as the store is now. To bring it up to date goes on where whoever asks
// gives up.
func (b *Books) open(ctx context.Context) (*opened, error) {
	waits, stop := context.WithCancel(ctx)
	if end, limited := ctx.Deadline(); limited {
		waits, stop = context.WithDeadline(ctx, end.Add(-min(notice, time.Until(end)/2)))
	}
	defer stop()
	k := b.book(ctx)
	select {
	case k.turn <- struct{}{}:
	case <-waits.Done():
		return nil, givenUp(ctx)
	}
	type result struct {
		o   *opened
		err error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-k.turn }()
		o, err := b.refreshed(context.WithoutCancel(ctx), k)
		done <- result{o, err}
	}()
	select {
	case r := <-done:
		return r.o, r.err
	case <-waits.Done():
		return nil, givenUp(ctx)
	}
}

// givenUp says why nobody waits any longer: whoever asked has gone, or her time is nearly over.
func givenUp(ctx context.Context) error {
	if err := ctx.Err(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return errReading()
}

// refreshed brings a book up to date and opens it. What has failed is tried again.
func (b *Books) refreshed(ctx context.Context, k *book) (o *opened, err error) {
	err = safely(func() error {
		if err := b.refresh(ctx, k); err != nil {
			return err
		}
		b.renew(ctx, k)
		o, err = k.opened(ctx, b.c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the ledger of money: %w", err)
	}
	return o, nil
}

// safely turns a panic into an error: what it does runs in nobody's request.
func safely(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read money: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}
