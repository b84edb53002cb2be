package intake

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"adam/ent"
	"adam/ent/intake"
	"adam/ent/intakepart"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/store"
	"adam/internal/term"
)

// Desk takes in files that are sent to a server: it reads each, keeps what it would write for a person to look at, and
// writes it when she says so. What a server that was killed left half-done the next one begins anew: of a file all is
// written in one transaction.
type Desk struct {
	Store *store.Store
	Now   func() time.Time
	Log   *slog.Logger

	worker string
	woken  chan struct{}
	mu     sync.Mutex
	at     map[term.ID]Progress
	comes  map[term.ID]bool // files that are being sent to this process
}

// NewDesk makes a desk of a working store.
func NewDesk(s *store.Store, now func() time.Time, log *slog.Logger) *Desk {
	return &Desk{Store: s, Now: now, Log: log, worker: term.NewID(term.KindIntake).String(), woken: make(chan struct{}, 1), at: map[term.ID]Progress{}, comes: map[term.ID]bool{}}
}

const (
	looking  = 5 * time.Second  // how often is looked for files that another server received
	renewing = 10 * time.Second // how often a process says that it still works at a file
	holding  = time.Minute      // how long its word holds
	waiting  = 30 * 24 * time.Hour
	between  = time.Second // two tries to write while others do
)

// Progress is how far the reading of a file is in this process; false where another one reads it, or nobody.
func (d *Desk) Progress(id term.ID) (Progress, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, known := d.at[id]
	return p, known
}

func (d *Desk) tell(id term.ID, p Progress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at[id] = p
}

func (d *Desk) forget(id term.ID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.at, id)
}

// coming notes that a file is being sent here, or no longer.
func (d *Desk) coming(id term.ID, is bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.comes[id] = is; !is {
		delete(d.comes, id)
	}
}

func (d *Desk) comesNow(id term.ID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.comes[id]
}

// Wake has it look at once for what is to be done.
func (d *Desk) Wake() {
	select {
	case d.woken <- struct{}{}:
	default: // it looks already
	}
}

func (d *Desk) until(long time.Duration) term.Instant { return term.InstantOf(d.Now().Add(long)) }

// Run works at files, one after the other, until the context ends.
func (d *Desk) Run(ctx context.Context) {
	ctx = access.With(ctx, access.Operator("Imports"))
	tick := time.NewTicker(looking)
	defer tick.Stop()
	for {
		if err := d.round(ctx); err != nil && ctx.Err() == nil {
			d.Log.Warn("files that were sent could not be worked at; it is tried again in seconds", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-d.woken:
		}
	}
}

// round works at all files that wait.
func (d *Desk) round(ctx context.Context) error {
	if err := d.clear(ctx); err != nil {
		return err
	}
	for {
		next, err := d.claim(ctx)
		if err != nil || next == nil {
			return err
		}
		if err := d.work(ctx, next); err != nil {
			return err
		}
	}
}

// clear takes out files that broke off where nobody could say so, and those on which nobody has decided for long.
func (d *Desk) clear(ctx context.Context) error {
	c := d.Store.Client
	broken, err := c.Intake.Query().Where(intake.StatusEQ(term.IntakeReceiving), intake.HeldUntilLT(term.InstantOf(d.Now()))).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range slices.DeleteFunc(broken, d.comesNow) { // one may have had to wait for others who wrote
		if err := d.drop(ctx, id); err != nil {
			return err
		}
	}
	old, err := c.Intake.Query().Where(intake.StatusEQ(term.IntakeForeseen), intake.HeldUntilNEQ(""), intake.HeldUntilLT(term.InstantOf(d.Now()))).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := d.expire(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// expire discards a file on which nobody has decided for long, and notes in the log that nobody did.
func (d *Desk) expire(ctx context.Context, id term.ID) error {
	return d.Store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		f, err := tx.Intake.Get(ctx, id)
		if err != nil {
			return err
		}
		n, err := tx.Intake.Update().Where(intake.ID(id), intake.StatusEQ(term.IntakeForeseen)).SetStatus(term.IntakeDiscarded).SetWorker("").SetHeldUntil("").Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		audit.AtCommit(ctx, tx, d.Now(), audit.Entry{Kind: term.LogChanged, Subject: id,
			Summary: fmt.Sprintf("The import of %s was discarded: nobody decided on it for %d days.", term.Clip(f.File), int(waiting.Hours()/24))})
		_, err = tx.IntakePart.Delete().Where(intakepart.IntakeID(id)).Exec(ctx)
		return err
	})
}
