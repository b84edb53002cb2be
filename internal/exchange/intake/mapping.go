package intake

import (
	"cmp"
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
	bad := func(what string) error {
		return fault.New(fault.Invalid, "What the columns mean cannot be used: %s Expected is JSON as adam import prints it with --dry-run.", what).At("mapping")
	}
	m, d := &table.Mapping{}, json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, bad("it is no such JSON.")
	}
	if !isCurrency(m.Currency) {
		return nil, bad("a currency has three capital letters, such as USD.")
	}
	if !slices.Contains([]string{"", ".", ","}, m.Decimal) || !slices.Contains([]table.DayOrder{"", table.DayFirst, table.MonthFirst}, m.Days) {
		return nil, bad("the sign before decimals is a point or a comma, and the order of days DAY_FIRST or MONTH_FIRST.")
	}
	for _, c := range m.Columns {
		_, err := term.ParsePartialDate(string(c.On))
		if !slices.Contains(table.Fields(), c.Field) || !isCurrency(c.Currency) || c.Power < 0 || c.Power > 12 || c.On != "" && err != nil || c.Kind != "" && !slices.Contains(c.Kind.Values(), string(c.Kind)) {
			return nil, bad("the column “" + term.Clip(c.Name) + "” has a meaning, kind, currency, power or day that there is not.")
		}
	}
	return m, nil
}

// isCurrency says whether a text can be a currency, or is none.
func isCurrency(c term.Currency) bool {
	return c == "" || len(c) == 3 && strings.Trim(string(c), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Mapping is what the columns of a spreadsheet that was sent mean; nil of other files, and of several sheets.
func Mapping(f *ent.Intake) (*table.Mapping, error) { return mappingOf(f.Mapping) }

// Meant is what a person says of a spreadsheet. What is nil or not named stays.
type Meant struct {
	Sheet    *string
	Columns  []table.Column // by header and meaning; of several with one header the first is meant by the first that is named
	Currency *term.Currency // of sums for which the file names none
	Decimal  *string
	Days     *table.DayOrder
}

// Remap puts right what the columns of a spreadsheet mean that waits for a decision, or which sheet is read, in the caller's
// transaction: it is read again. For the secretariat.
func Remap(ctx context.Context, tx *ent.Tx, id term.ID, said Meant, now time.Time) error {
	f, err := Get(ctx, tx.Client(), id)
	if err != nil {
		return err
	}
	if f.Kind == term.FormatIATI {
		return fault.New(fault.Invalid, "The file is IATI: it has no columns about which something could be said.")
	}
	text, asked := f.Mapping, f.Asked
	if said.Sheet != nil && *said.Sheet != asked.Sheet {
		asked.Sheet, text = *said.Sheet, "" // another sheet has other columns
	} else if text, err = said.in(f.Mapping); err != nil {
		return err
	}
	return decide(ctx, tx, id, now, "said what the columns mean in", func(u *ent.IntakeUpdateOne) {
		u.SetMapping(text).SetAsked(asked).SetStatus(term.IntakeReading).SetFailure("").SetHeldUntil("").SetWorker("")
	})
}

// in puts what is said into a mapping.
func (said Meant) in(text string) (string, error) {
	m, err := mappingOf(text)
	if err != nil || m == nil {
		return text, cmp.Or(err, error(fault.New(fault.Invalid, "Say first which sheet is read: of several nothing can be said at once.").At("sheet")))
	}
	m.Currency, m.Decimal, m.Days = unless(said.Currency, m.Currency), unless(said.Decimal, m.Decimal), unless(said.Days, m.Days)
	named := map[string]int{}
	for _, c := range said.Columns {
		i, skip := -1, named[c.Name]
		for n, has := range m.Columns {
			if has.Name == c.Name {
				if skip == 0 {
					i = n
					break
				}
				skip--
			}
		}
		if named[c.Name]++; i < 0 {
			return "", fault.New(fault.Invalid, "The file has no such column “%s”.", term.Clip(c.Name)).At("columns")
		}
		if m.Columns[i].Field != c.Field {
			m.Columns[i] = table.Column{Name: c.Name, Field: c.Field}
		}
	}
	if !slices.ContainsFunc(m.Columns, isTitle) {
		return "", fault.New(fault.Invalid, "Say which column is the title of an activity: without it nothing can be read.").At("columns")
	}
	text = mappingText(*m)
	_, err = mappingOf(text)
	return text, err
}

func unless[T any](said *T, was T) T {
	if said == nil {
		return was
	}
	return *said
}
