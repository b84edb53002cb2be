package intake

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/logentry"
	"adam/internal/access"
	"adam/internal/exchange/table"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// office acts as the secretariat.
func office(ctx context.Context) context.Context {
	return access.With(ctx, access.SignedIn(term.NewID(term.KindPerson), "Office", []access.Grant{{Role: access.Secretariat}}))
}

func desk(st *store.Store) *Desk {
	return NewDesk(st, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
}

// sent has a desk receive a file, and read it.
func sent(t *testing.T, d *Desk, content string) *ent.Intake {
	t.Helper()
	f, err := d.Receive(office(t.Context()), Sent{File: "sent.xml", Format: term.FormatIATI, Asked: term.IntakeAsked{All: true}}, strings.NewReader(content))
	must(t, err)
	must(t, d.round(testdb.Context(t)))
	return stood(t, d, f.ID)
}

func stood(t *testing.T, d *Desk, id term.ID) *ent.Intake {
	t.Helper()
	f, err := Get(office(t.Context()), d.Store.Client, id)
	must(t, err)
	return f
}

// decided says yes or no to a file.
func decided(t *testing.T, d *Desk, id term.ID, verdict func(context.Context, *ent.Tx, term.ID, time.Time) error) error {
	t.Helper()
	return d.Store.InTx(office(t.Context()), func(ctx context.Context, tx *ent.Tx) error { return verdict(ctx, tx, id, noon) })
}

// A file that is sent is read, and written when somebody says so: what was foreseen is what is done, and its parts go.
func TestAFileThatIsSentIsWrittenWhenSomebodySaysSo(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		d, c, ctx := desk(st), st.Client, testdb.Context(t)
		// The file is larger than a part, so that several are put together again.
		f := sent(t, d, file(reported("GB-GOV-13", "GB-GOV-13-1", "One", whole+strings.Repeat(" \n<!-- -->", 3*partSize/10)), reported("GB-GOV-13", "GB-GOV-13-2", "Two", "")))
		if f.Status != term.IntakeForeseen || f.Counts.Created != 2 || len(f.Foreseen) != 2 || f.Foreseen[0].Title != "One" || f.Worker != "" {
			t.Fatalf("foreseen: %+v", f)
		}
		if n, parts := c.Activity.Query().CountX(ctx), c.IntakePart.Query().CountX(ctx); n != 0 || parts < 3 {
			t.Fatalf("before the decision %d activities and %d parts are there", n, parts)
		}
		counts := f.Counts
		must(t, decided(t, d, f.ID, Accept))
		if err := decided(t, d, f.ID, Accept); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second yes: %v", err)
		}
		must(t, d.round(ctx))
		f = stood(t, d, f.ID)
		if f.Status != term.IntakeApplied || f.AppliedAt == "" || f.Counts != counts || f.By != "Office" || len(f.Foreseen) != 0 {
			t.Errorf("written: %+v, foreseen were %+v", f, counts)
		}
		if n, parts := c.Activity.Query().CountX(ctx), c.IntakePart.Query().CountX(ctx); n != 2 || parts != 0 {
			t.Errorf("after it %d activities and %d parts are there", n, parts)
		}
		outcomes, err := Outcomes(office(t.Context()), c, f, Part{First: 1})
		must(t, err)
		next, err := Outcomes(office(t.Context()), c, f, Part{First: 5, After: outcomes[0].Cursor})
		must(t, err)
		if len(outcomes) != 1 || len(next) != 1 || outcomes[0].Record == next[0].Record {
			t.Errorf("outcomes in pages: %+v, %+v", outcomes, next)
		}
		must(t, decided(t, d, f.ID, TakeBack))
		must(t, decidedIs(decided(t, d, f.ID, TakeBack), fault.Conflict))
		if n := c.Activity.Query().CountX(ctx); n != 2 || stood(t, d, f.ID).Status != term.IntakeUndoing {
			t.Errorf("before it is undone %d activities are there", n)
		}
		must(t, d.round(ctx))
		if f = stood(t, d, f.ID); f.Status != term.IntakeUndone || f.UndoneBy != "Office" || f.UndoneAt == "" || f.Worker != "" || c.Activity.Query().CountX(ctx) != 0 {
			t.Errorf("undone: %+v", f)
		}
		must(t, decidedIs(decided(t, d, f.ID, TakeBack), fault.Conflict))
		if err := decided(t, d, f.ID, Discard); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a no to what was undone: %v", err)
		}
	})
}

// What a file cannot be read for is told to whoever sent it, and nothing is left of it but that.
func TestAFileThatCannotBeReadFails(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		d, ctx := desk(st), testdb.Context(t)
		f := sent(t, d, file(reported("GB-GOV-13", "GB-GOV-13-1", "One", ""))+"<and more>")
		if f.Status != term.IntakeFailed || f.Failure == "" || st.Client.IntakePart.Query().CountX(ctx) != 0 {
			t.Errorf("it is %s: %s", f.Status, f.Failure)
		}
		must(t, decidedIs(decided(t, d, f.ID, Accept), fault.Conflict))
	})
}

func decidedIs(err error, kind fault.Kind) error {
	if fault.KindOf(err) != kind {
		return errors.Join(errors.New("it should be "+string(kind)), err)
	}
	return nil
}

// What is discarded writes nothing, and its file goes; so does one on which nobody decides in thirty days.
func TestAFileIsDiscarded(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		d, ctx := desk(st), testdb.Context(t)
		one := sent(t, d, file(reported("GB-GOV-13", "GB-GOV-13-1", "One", "")))
		two := sent(t, d, file(reported("GB-GOV-13", "GB-GOV-13-2", "Two", "")))
		must(t, decided(t, d, one.ID, Discard))
		d.Now = func() time.Time { return noon.Add(waiting + time.Hour) }
		must(t, d.round(ctx))
		for _, id := range []term.ID{one.ID, two.ID} {
			if f := stood(t, d, id); f.Status != term.IntakeDiscarded {
				t.Errorf("it is %s", f.Status)
			}
		}
		if n, parts := st.Client.Activity.Query().CountX(ctx), st.Client.IntakePart.Query().CountX(ctx); n+parts != 0 {
			t.Errorf("%d activities and %d parts are left", n, parts)
		}
		for id, said := range map[term.ID]string{one.ID: "Office said no to the import of sent.xml.", two.ID: "The import of sent.xml was discarded: nobody decided on it for 30 days."} {
			if n := st.Client.LogEntry.Query().Where(logentry.Subject(id), logentry.Summary(said)).CountX(ctx); n != 1 {
				t.Errorf("the log says %d times: %s", n, said)
			}
		}
	})
}

// A part that cannot be kept because others write is kept a little later: nobody sends half a gigabyte again for that.
func TestAPartWaitsForOthersWhoWrite(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		d, ctx, refused := desk(st), testdb.Context(t), 0
		st.Client.IntakePart.Use(func(next ent.Mutator) ent.Mutator {
			return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
				if m.Op().Is(ent.OpCreate) && refused == 0 {
					refused++
					return nil, fault.New(fault.TooMany, "Others write.")
				}
				return next.Mutate(ctx, m)
			})
		})
		f, err := d.Receive(office(t.Context()), Sent{File: "sent.xml", Format: term.FormatIATI}, strings.NewReader(file(reported("GB-GOV-13", "GB-GOV-13-1", "One", ""))))
		if err != nil || refused != 1 || st.Client.IntakePart.Query().CountX(ctx) != 1 {
			t.Errorf("%d refusals: %v, %+v", refused, err, f)
		}
	})
}

// A file that breaks off leaves nothing: also where the server went away before it could say so.
func TestAFileThatBreaksOffLeavesNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		d, ctx := desk(st), testdb.Context(t)
		half := io.MultiReader(strings.NewReader(strings.Repeat("x", partSize+1)), brokenOff{})
		_, err := d.Receive(office(t.Context()), Sent{File: "sent.xml", Format: term.FormatIATI}, half)
		if err == nil || st.Client.Intake.Query().CountX(ctx)+st.Client.IntakePart.Query().CountX(ctx) != 0 {
			t.Errorf("%v; something is left", err)
		}
		f := sent(t, d, file(reported("GB-GOV-13", "GB-GOV-13-1", "One", "")))
		must(t, st.Client.Intake.UpdateOneID(f.ID).SetStatus(term.IntakeReceiving).SetHeldUntil(d.until(sendingTime)).Exec(ctx))
		must(t, d.round(ctx))
		if n := st.Client.Intake.Query().CountX(ctx); n != 1 {
			t.Fatalf("%d imports: one that is being sent was taken out", n)
		}
		d.Now = func() time.Time { return noon.Add(sendingTime + time.Minute) }
		must(t, d.round(ctx))
		if n := st.Client.Intake.Query().CountX(ctx) + st.Client.IntakePart.Query().CountX(ctx); n != 0 {
			t.Errorf("%d rows are left of a file that broke off", n)
		}
	})
}

type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// A server that went away in the middle is followed by another one when its time is over, and not before; one that only was slow
// writes nothing any more.
func TestAnotherServerGoesOn(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		one, two, ctx := desk(st), desk(st), testdb.Context(t)
		f := sent(t, one, file(reported("GB-GOV-13", "GB-GOV-13-1", "One", "")))
		must(t, decided(t, one, f.ID, Accept))
		taken, err := one.claim(ctx)
		must(t, err)
		must(t, two.round(ctx))
		if now := stood(t, two, f.ID); now.Status != term.IntakeWriting {
			t.Fatalf("another server took it, while the first one works: %s", now.Status)
		}
		two.Now = func() time.Time { return noon.Add(2 * holding) }
		must(t, two.round(ctx))
		if now := stood(t, two, f.ID); now.Status != term.IntakeApplied {
			t.Fatalf("nobody goes on: %s", now.Status)
		}
		must(t, one.work(ctx, taken))
		late := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			_, err := Apply(ctx, tx, IATI(strings.NewReader(file(reported("GB-GOV-13", "GB-GOV-13-9", "Late", "")))), Options{Now: noon, into: f.ID, worker: one.worker})
			return err
		})
		if now := stood(t, two, f.ID); fault.KindOf(late) != fault.Conflict || now.Status != term.IntakeApplied {
			t.Errorf("the slow one: %v; the import is %s", late, now.Status)
		}
		if n := st.Client.HistoryEntry.Query().CountX(ctx); n != 2+4 { // the activity and its publisher; the world
			t.Errorf("%d entries of history", n)
		}
	})
}

// Only the secretariat sends files, and decides on them.
func TestOnlyTheSecretariatSendsFiles(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	world(t, st)
	d := desk(st)
	f := sent(t, d, file(reported("GB-GOV-13", "GB-GOV-13-1", "One", "")))
	for _, role := range []access.Role{access.Member, access.Coordinator, access.Administrator} {
		ctx := access.With(t.Context(), access.SignedIn(term.NewID(term.KindPerson), "Somebody", []access.Grant{{Role: role}}))
		_, err := d.Receive(ctx, Sent{File: "sent.xml", Format: term.FormatIATI}, strings.NewReader("x"))
		_, listed := Page(ctx, st.Client, Wanted{})
		_, got := Get(ctx, st.Client, f.ID)
		accepted := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error { return Accept(ctx, tx, f.ID, noon) })
		for _, err := range []error{err, listed, got, accepted} {
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
}

// What is asked is checked before anything is kept.
func TestWhatIsAskedOfAFileIsChecked(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	d := desk(st)
	for name, in := range map[string]Sent{
		"no name":      {Format: term.FormatIATI},
		"a long name":  {File: strings.Repeat("x", 300), Format: term.FormatIATI},
		"no format":    {File: "x.pdf", Format: FormatOf("x.pdf")},
		"no publisher": {File: "x.csv", Format: term.FormatCSV},
		"no source":    {File: "x.xml", Format: term.FormatIATI, Asked: term.IntakeAsked{Source: "HEARSAY"}},
		"nothing":      {File: "x.xml", Format: term.FormatIATI},
	} {
		_, err := d.Receive(office(t.Context()), in, strings.NewReader(""))
		if fault.KindOf(err) != fault.Invalid || st.Client.Intake.Query().CountX(testdb.Context(t)) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A panic over one file is told with its number: it does not stop the server, nor the one after it.
func TestAPanicOverAFileIsToldWithItsNumber(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	world(t, st)
	d, ctx := desk(st), testdb.Context(t)
	f, err := d.Receive(office(t.Context()), Sent{File: "sent.xml", Format: term.FormatIATI}, strings.NewReader(file(reported("GB-GOV-13", "GB-GOV-13-1", "One", ""))))
	must(t, err)
	taken, err := d.claim(ctx)
	must(t, err)
	calls := 0
	d.Now = func() time.Time {
		if calls++; calls == 1 {
			panic("the clock is gone")
		}
		return noon
	}
	must(t, d.work(ctx, taken))
	if now := stood(t, d, f.ID); now.Status != term.IntakeFailed || !strings.Contains(now.Failure, f.ID.String()) || now.Bytes == 0 {
		t.Errorf("%s, %d bytes: %s", now.Status, now.Bytes, now.Failure)
	}
}

// What columns mean that nobody knows is asked, and said: of two with one header each is meant in its turn, and nothing is written
// before there is a title.
func TestWhatColumnsMeanIsSaidOfAFileThatIsSent(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		d, ctx := desk(st), testdb.Context(t)
		f, err := d.Receive(office(t.Context()), Sent{File: "list.csv", Format: term.FormatCSV, Asked: term.IntakeAsked{Publisher: "iom", Visibility: term.Public}},
			strings.NewReader("Xqzv,Amount,Amount,Country\nShelter for victims,1000,2000,THA\n"))
		must(t, err)
		must(t, d.round(ctx))
		f = stood(t, d, f.ID)
		if f.Status != term.IntakeForeseen || f.Failure == "" || f.Mapping == "" {
			t.Fatalf("%s, %q, %q", f.Status, f.Failure, f.Mapping)
		}
		must(t, decidedIs(decided(t, d, f.ID, Accept), fault.Conflict))
		say := func(m Meant) error {
			return decided(t, d, f.ID, func(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
				return Remap(ctx, tx, id, m, now)
			})
		}
		usd, wrong := term.Currency("USD"), term.Currency("Dollar")
		amounts := []table.Column{{Name: "Amount", Field: table.Amount}, {Name: "Amount", Field: table.Ignored}}
		must(t, decidedIs(say(Meant{Columns: amounts}), fault.Invalid)) // no title
		title := append([]table.Column{{Name: "Xqzv", Field: table.Title}}, amounts...)
		must(t, decidedIs(say(Meant{Columns: title, Currency: &wrong}), fault.Invalid))
		must(t, say(Meant{Columns: title, Currency: &usd}))
		must(t, d.round(ctx))
		f = stood(t, d, f.ID)
		m, err := Mapping(f)
		must(t, err)
		if f.Failure != "" || f.Counts.Created != 1 || f.Counts.Lines != 1 || m.Columns[1].Field != table.Amount || m.Columns[2].Field != table.Ignored || m.Currency != usd {
			t.Fatalf("%q, %+v, %+v", f.Failure, f.Counts, m)
		}
		must(t, decided(t, d, f.ID, Accept))
		must(t, d.round(ctx))
		if l := st.Client.Funding.Query().OnlyX(ctx); l.Amount == nil || l.Amount.String() != "1000" || *l.Currency != "USD" {
			t.Errorf("the line is %+v", l)
		}
	})
}
