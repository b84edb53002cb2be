// Package intake brings what iati reads into the catalogue: it plans, applies and undoes the import of a file, whatever its
// format. It holds a few hundred activities at a time, whatever the size of the file, and writes a file in one transaction:
// all of it is kept, or nothing.
//
// An activity is known again by its identifier. What was imported before and not touched since follows its file; what was
// entered, corrected or verified here stays, and the difference is kept and told (decision 035).
package intake

import (
	"context"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/rule"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// Options say what to take in of a file.
type Options struct {
	Name    string      // of the file, without a path
	Licence string      // where the file states none
	Field   *iati.Field // picks the activities of IATI; nil takes all
	Rules   string      // what Field picks, in a sentence
	Now     time.Time
	Tell    func(Progress) // is told now and then how far the reading is; may be nil
	Each    func(Item)     // is told what becomes of each activity that is taken; may be nil

	into   term.ID // the import of a file that was sent; 0 where it is made when there is something to write
	worker string  // that has taken it
}

// Progress is how far the reading of a file is.
type Progress struct {
	Read  int   // activities
	Bytes int64 // of the file
}

// Item is what becomes of one activity.
type Item struct {
	Line              int
	Identifier, Title string
	Why               string             // it belongs to the field; "" where all are taken
	Outcome           term.IntakeOutcome // "" where nothing differs
	Record            term.ID            // the activity of the catalogue
	Changes           []term.Change      // of one that changes or differs: what stands here and what the file says
}

// How many activities are looked up and written at once, and how long their texts may be together, in bytes.
const (
	step     = 250
	mostHeld = 4 << 20
)

// taking is the import of one file under way.
type taking struct {
	ctx    context.Context
	c      *ent.Client
	o      Options
	rep    *Report
	actors *actors
	states map[string]place // by alpha-3
	region term.ID          // the chapter of the region; 0 where there is none
	batch  []*arrival
	size   int // of the texts of the batch, in bytes

	kind    term.IntakeFormat
	words   *words   // of a spreadsheet: its rows without an identifier
	licence string   // of the file
	bytes   *counter // how much of it was read
	because string   // what history is told, where it is not the import

	rows *store.Rows // what is to be written; nil where only a plan is made
	seen foreseen    // what a plan would have written
	id   term.ID     // of the import, once there is something to write
}

// place is a State with the chapter about it; 0 where it has none.
type place struct{ id, chapter term.ID }

// Plan says what Apply would do with a file, and writes nothing. A file that cannot be read to its end gives the error that
// its reader gives, with what was found until then. For operators and the secretariat.
func Plan(ctx context.Context, c *ent.Client, src Source, o Options) (*Report, error) {
	ctx, err := acting(ctx)
	if err != nil {
		return newReport(o), err
	}
	return read(ctx, &taking{c: c, o: o, seen: foreseen{}}, src)
}

// Apply brings a file into the catalogue, in the caller's transaction: an error takes all of it back. Where nothing in the
// file is new nothing is written, and the report has no Import. For operators and the secretariat.
func Apply(ctx context.Context, tx *ent.Tx, src Source, o Options) (*Report, error) {
	ctx, err := acting(ctx)
	if err != nil {
		return newReport(o), err
	}
	in := &taking{c: tx.Client(), o: o, rows: newRows(tx.Client())}
	rep, err := read(ctx, in, src)
	if err != nil {
		return rep, err
	}
	if in.id != 0 {
		if err := in.link(); err != nil {
			return rep, err
		}
		if err := rule.Flush(in.ctx, in.c); err != nil {
			return rep, err
		}
		rep.Import = in.id
		audit.AtCommit(ctx, tx, o.Now, audit.Entry{Kind: term.LogChanged, Person: access.From(ctx).Person, Subject: in.id, Summary: rep.logged()})
	}
	return rep, in.save()
}

// acting lets the program act in the name of an operator or of the secretariat, for a load of many records.
func acting(ctx context.Context) (context.Context, error) {
	v := access.From(ctx)
	if !v.SeesAll() || !v.May(access.ScopeWrite) {
		return nil, fault.New(fault.Forbidden, "Only the secretariat imports files, and sees what was imported. Ask it to import yours.")
	}
	program := access.Operator(v.Name)
	program.Person = v.Person
	return rule.Later(access.With(ctx, program)), nil
}

// read reads the file, and does with each activity what is to be done.
func read(ctx context.Context, in *taking, src Source) (*Report, error) {
	in.ctx, in.rep = ctx, newReport(in.o)
	if err := in.prepare(); err != nil {
		return in.rep, err
	}
	found, err := src.read(in)
	if err == nil {
		err = in.flush()
	}
	in.rep.took(found)
	in.rep.Counts.Actors = len(in.actors.added)
	in.rep.Counts.Matched = in.actors.matched()
	return in.rep, err
}

// prepare reads what the whole file is compared with.
func (in *taking) prepare() (err error) {
	if in.actors, err = knowActors(in.ctx, in.c); err != nil {
		return err
	}
	in.states = map[string]place{}
	all, err := in.c.State.Query().WithChapter().Select(state.FieldID, state.FieldCode).All(in.ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		p := place{id: s.ID}
		if s.Edges.Chapter != nil {
			p.chapter = s.Edges.Chapter.ID
		}
		in.states[s.Code] = p
	}
	region, err := in.c.Chapter.Query().Where(chapter.StateIDIsNil()).Order(chapter.ByCode()).IDs(in.ctx)
	if len(region) > 0 {
		in.region = region[0]
	}
	return err
}

func (in *taking) hasState(code string) bool { _, ok := in.states[code]; return ok }

// take takes one activity of the file.
func (in *taking) take(x *arrival) (err error) {
	if x.text, x.digest, err = x.written(); err != nil {
		return err
	}
	if slices.ContainsFunc(in.batch, func(y *arrival) bool { return y.Identifier == x.Identifier }) { // another publisher's
		if err := in.flush(); err != nil {
			return err
		}
	}
	in.rep.publisher(x.Publisher)
	in.size += len(x.text)
	if in.batch = append(in.batch, x); len(in.batch) < step && in.size < mostHeld {
		return nil
	}
	return in.flush()
}

// flush decides what becomes of the activities that wait, and writes it.
func (in *taking) flush() error {
	if len(in.batch) == 0 {
		return nil
	}
	if err := in.decide(); err != nil {
		return err
	}
	for _, x := range in.batch {
		if in.rows == nil {
			in.seen.follow(x)
		}
		if err := in.meet(x); err != nil {
			return err
		}
	}
	if in.rows != nil {
		if err := in.write(); err != nil {
			return err
		}
	}
	for _, a := range in.actors.fresh {
		if len(in.rep.Added) < mostAdded {
			in.rep.Added = append(in.rep.Added, a.Name)
		}
	}
	in.actors.fresh = in.actors.fresh[:0]
	for _, x := range in.batch {
		in.rep.count(x)
		if in.o.Each != nil {
			in.o.Each(x.item())
		}
	}
	in.batch, in.size = in.batch[:0], 0
	if in.o.Tell != nil {
		in.o.Tell(Progress{Read: in.rep.Counts.Read, Bytes: in.bytes.n})
	}
	return nil
}

// meet finds the organisations of an activity that is to be written, or adds them.
func (in *taking) meet(x *arrival) (err error) {
	if !slices.Contains([]term.IntakeOutcome{term.IntakeCreated, term.IntakeChanged}, x.outcome) {
		return nil
	}
	x.sides, err = in.actors.all(x.Draft)
	return err
}

// reason is why history says that a record is as it is.
func (in *taking) reason() string {
	if in.because != "" {
		return in.because
	}
	return "Imported from " + term.Clip(strings.TrimSpace(in.o.Name))
}
