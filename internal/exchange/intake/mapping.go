package intake

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/intakemapping"
	"adam/internal/access"
	"adam/internal/exchange/table"
	"adam/internal/fault"
	"adam/internal/term"
)

// remembered is what was said before of the columns of such a header; nil where nothing was.
func remembered(ctx context.Context, c *ent.Client, h table.Header) (*table.Mapping, error) {
	was, err := c.IntakeMapping.Query().Where(intakemapping.Fingerprint(table.Fingerprint(h))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m := &table.Mapping{}
	return m, json.Unmarshal([]byte(was.Mapping), m)
}

// remember keeps what the columns of a spreadsheet mean, for the next one with the same headers.
func (in *taking) remember(m table.Mapping) error {
	text := mappingText(m)
	now, by := term.InstantOf(in.o.Now), access.From(in.ctx).Name
	n, err := in.c.IntakeMapping.Update().Where(intakemapping.Fingerprint(m.Fingerprint)).SetMapping(text).SetAt(now).SetBy(by).Save(in.ctx)
	if err != nil || n > 0 {
		return err
	}
	return in.c.IntakeMapping.Create().SetFingerprint(m.Fingerprint).SetMapping(text).SetAt(now).SetBy(by).Exec(in.ctx)
}

func mappingText(m table.Mapping) string {
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // texts and numbers can be written
	}
	return string(text)
}

// mappingOf reads what columns mean; nil where nothing is said.
func mappingOf(text string) (*table.Mapping, error) {
	if text == "" {
		return nil, nil
	}
	m, d := &table.Mapping{}, json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, fault.New(fault.Invalid, "What the columns mean cannot be read. Expected is JSON as adam import prints it with --dry-run.").At("mapping").Because(err)
	}
	return m, nil
}

// Mapping is what the columns of a spreadsheet that was sent mean; nil of other files, and of several sheets.
func Mapping(f *ent.Intake) (*table.Mapping, error) { return mappingOf(f.Mapping) }

// Meant is what a person says of the columns of a spreadsheet.
type Meant struct {
	Columns  map[string]table.Field // by their headers; what is not named stays
	Currency term.Currency          // of sums for which the file names none
	Decimal  string
	Days     table.DayOrder
}

// Remap puts right what the columns of a spreadsheet mean that waits for a decision, in the caller's transaction: it is read again.
// For the secretariat.
func Remap(ctx context.Context, tx *ent.Tx, id term.ID, said Meant, now time.Time) error {
	f, err := Get(ctx, tx.Client(), id)
	if err != nil {
		return err
	}
	m, err := mappingOf(f.Mapping)
	if err != nil {
		return err
	}
	if m == nil {
		return fault.New(fault.Invalid, "The file has no columns about which something could be said: it is IATI, or a workbook of which several sheets are read.")
	}
	m.Currency, m.Decimal, m.Days = said.Currency, said.Decimal, said.Days
	for name, field := range said.Columns {
		i := slices.IndexFunc(m.Columns, func(c table.Column) bool { return c.Name == name })
		switch {
		case i < 0:
			return fault.New(fault.Invalid, "The file has no column “%s”.", term.Clip(name)).At("columns")
		case !slices.Contains(table.Fields(), field):
			return fault.New(fault.Invalid, "“%s” is no meaning of a column.", term.Clip(string(field))).At("columns")
		case m.Columns[i].Field != field:
			m.Columns[i] = table.Column{Name: name, Field: field}
		}
	}
	return decide(ctx, tx, id, now, "said what the columns mean in", func(u *ent.IntakeUpdateOne) {
		u.SetMapping(mappingText(*m)).SetStatus(term.IntakeReading).SetHeldUntil("").SetWorker("")
	})
}
