package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"time"

	"adam/ent"
	"adam/ent/intake"
	"adam/ent/intakepart"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// The most that is kept of files on which nobody has decided.
const (
	MostBytes   = 1 << 30 // of one file
	mostWaiting = 20      // files
	partSize    = 1 << 20 // bytes of a file in one row
	longFile    = 200     // letters of its name
)

// sendingTime is how long a part of a file may take to come, before the file counts as given up.
const sendingTime = 10 * time.Minute

// Sent is a file that is sent to be imported.
type Sent struct {
	File    string // its name
	Format  term.IntakeFormat
	Asked   term.IntakeAsked
	Mapping string // of a spreadsheet, as JSON; "" where it is remembered or guessed
}

// MaySend refuses whoever may send no file, before anything of it is read.
func MaySend(ctx context.Context) error {
	_, err := acting(ctx)
	return err
}

// Receive keeps a file that is sent, part by part, and has it read: nothing is written of it until somebody says so. A file
// that breaks off leaves nothing. For the secretariat.
func (d *Desk) Receive(ctx context.Context, in Sent, body io.Reader) (*ent.Intake, error) {
	v := access.From(ctx)
	program, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if err := d.roomFor(program); err != nil {
		return nil, err
	}
	id := term.NewID(term.KindIntake)
	d.coming(id, true)
	defer d.coming(id, false)
	err = d.insisting(program, func(ctx context.Context, tx *ent.Tx) error { return d.entry(tx, in, id, v).Exec(ctx) })
	if err != nil {
		return nil, err
	}
	size, err := d.keepParts(program, id, body, mostOf(in.Format))
	if err != nil {
		return nil, errors.Join(err, d.drop(context.WithoutCancel(program), id))
	}
	var got *ent.Intake
	err = d.insisting(program, func(ctx context.Context, tx *ent.Tx) (err error) {
		audit.AtCommit(ctx, tx, d.Now(), audit.Entry{Kind: term.LogChanged, Person: v.Person, Subject: id, Summary: "The file " + term.Clip(in.File) + " was sent to be imported."})
		got, err = tx.Intake.UpdateOneID(id).SetBytes(size).SetStatus(term.IntakeReading).SetHeldUntil("").Save(ctx)
		return err
	})
	d.Wake()
	return got, err
}

// entry is an import whose file is being sent.
func (d *Desk) entry(tx *ent.Tx, in Sent, id term.ID, v access.Viewer) *ent.IntakeCreate {
	return tx.Intake.Create().SetID(id).SetFile(in.File).SetKind(in.Format).SetDigest("").SetBytes(0).SetFormat("").SetPublisher("").
		SetRules(rulesOf(in.Format, in.Asked)).SetAsked(in.Asked).SetMapping(in.Mapping).SetStatus(term.IntakeReceiving).SetHeldUntil(d.until(sendingTime)).
		SetAt(term.InstantOf(d.Now())).SetBy(v.Name).SetPerson(v.Person).SetCounts(term.IntakeCounts{}).SetProblems([]term.IntakeProblem{}).
		SetNotHeld(map[string]int{}).SetStayed([]string{}).SetForeseen([]term.IntakeItem{})
}

// roomFor refuses files where many wait for a decision already.
func (d *Desk) roomFor(ctx context.Context) error {
	n, err := d.Store.Client.Intake.Query().Where(intake.StatusIn(term.IntakeReceiving, term.IntakeReading, term.IntakeForeseen, term.IntakeWriting)).Count(ctx)
	if err == nil && n >= mostWaiting {
		return fault.New(fault.Limit, "%d files wait for a decision. Apply or discard some of them first.", n)
	}
	return err
}

// mostOf is how large a file of a format may be: a spreadsheet is not read beyond.
func mostOf(f term.IntakeFormat) int64 {
	if f == term.FormatIATI {
		return MostBytes
	}
	return 64 << 20
}

// keepParts keeps what comes of a file, and says how many bytes it had.
func (d *Desk) keepParts(ctx context.Context, id term.ID, body io.Reader, most int64) (size int64, err error) {
	part := make([]byte, partSize)
	for number := 1; ; number++ {
		n, end := fill(body, part)
		if end != nil && end != io.EOF {
			return size, end
		}
		if size += int64(n); size > most {
			return size, fault.New(fault.Limit, "The file is larger than %d MB. Send it in several files.", most>>20).At("file")
		}
		if n > 0 {
			if err := d.keepPart(ctx, id, number, part[:n]); err != nil {
				return size, err
			}
		}
		if end != nil && size == 0 {
			return 0, fault.New(fault.Invalid, "The file is empty. Choose the file again.").At("file")
		}
		if end != nil {
			return size, nil
		}
	}
}

// fill reads until a part is full or the file ends. io.ReadFull does not tell a file that ends from one that breaks off.
func fill(body io.Reader, part []byte) (n int, err error) {
	for n < len(part) && err == nil {
		var more int
		more, err = body.Read(part[n:])
		n += more
	}
	return n, err
}

func (d *Desk) keepPart(ctx context.Context, id term.ID, number int, part []byte) error {
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	if _, err := z.Write(part); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return d.insisting(ctx, func(ctx context.Context, tx *ent.Tx) error {
		err := tx.IntakePart.Create().SetID(term.NewID(term.KindIntakePart)).SetIntakeID(id).SetNumber(number).SetData(small.Bytes()).Exec(ctx)
		if err != nil {
			return err
		}
		return tx.Intake.UpdateOneID(id).SetHeldUntil(d.until(sendingTime)).Exec(ctx)
	})
}

// insisting changes what others who write are in the way of, as soon as they are not: while one file is written, another one may
// be half sent, or just read.
func (d *Desk) insisting(ctx context.Context, change func(context.Context, *ent.Tx) error) error {
	for {
		err := d.Store.InTx(ctx, change)
		if fault.KindOf(err) != fault.TooMany {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(between):
		}
	}
}

// drop takes out a file that broke off, with its import: nobody was told of it.
func (d *Desk) drop(ctx context.Context, id term.ID) error {
	return d.Store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Intake.Update().Where(intake.ID(id), intake.StatusEQ(term.IntakeReceiving)).SetHeldUntil("").Save(ctx)
		if err != nil || n == 0 { // it came to its end after all
			return err
		}
		if _, err := tx.IntakePart.Delete().Where(intakepart.IntakeID(id)).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.Intake.Delete().Where(intake.ID(id), intake.StatusEQ(term.IntakeReceiving)).Exec(ctx)
		return err
	})
}
