package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/ent/rule"
	"adam/internal/exchange/cell"
	"adam/internal/exchange/table"
	"adam/internal/term"
)

// draft makes of a row what it says in the words of the catalogue, and gives the places that are no State of it.
func (src *ofTable) draft(row *table.Draft) (d *Draft, unknown []string) {
	copied := src.base
	d = &copied
	d.Title, d.Summary, d.Acronym, d.Status = short(row.Title, longTitle), row.Summary, short(row.Acronym, longName), row.Status
	d.Start, d.End, d.Themes, d.AssistanceTypes, d.Audiences = row.Start, row.End, row.Themes, row.AssistanceTypes, row.Audiences
	for _, p := range row.States {
		code, regional := src.places.find(p.Text)
		switch {
		case code == "":
			d.Regional = d.Regional || regional
			if d.place(p.Text); !regional {
				unknown = append(unknown, p.Text)
			}
		case !slices.ContainsFunc(d.States, func(s Share) bool { return s.Code == code }):
			d.States = append(d.States, Share{code, p.Share})
		}
	}
	for _, of := range []struct {
		names []string
		role  term.ParticipationRole
	}{{row.Donors, term.Funding}, {row.Implementers, term.Implementing}, {row.Partners, term.Partner}} {
		for _, name := range of.names {
			if p := (Party{Org{Name: short(name, longName)}, of.role}); !slices.Contains(d.Parties, p) {
				d.Parties = append(d.Parties, p)
			}
		}
	}
	src.documents(d, row)
	for _, s := range row.Sums {
		d.Lines = append(d.Lines, src.line(d, s))
	}
	d.Note = noteOf(row)
	src.identify(d, row)
	return d, unknown
}

func (src *ofTable) documents(d *Draft, row *table.Draft) {
	for _, s := range row.Sources {
		d.Documents = append(d.Documents, Document{Title: short(s, longTitle)})
	}
	for _, url := range row.Websites {
		if strings.HasPrefix(strings.ToLower(url), "www.") {
			url = "https://" + url
		}
		d.Documents = append(d.Documents, Document{url, url})
	}
}

// line is a sum of a row. It is paid by the one donor; of several nobody knows who paid what.
func (src *ofTable) line(d *Draft, s table.Sum) Line {
	amount := s.Amount
	l := Line{Kind: s.Kind, Amount: &amount, Currency: string(s.Currency), On: s.On, By: term.ReportedByThirdParty}
	var donors []Org
	for _, p := range d.Parties {
		ours := src.in.actors.find(p.Org) == d.Publisher.ID
		switch {
		case p.Role == term.Funding:
			donors = append(donors, p.Org)
			if ours {
				l.By = term.ReportedByDonor
			}
		case p.Role == term.Implementing && ours && l.By == term.ReportedByThirdParty:
			l.By = term.ReportedByImplementer
		}
	}
	if len(donors) == 1 {
		l.Provider = donors[0]
	}
	if s.Defaulted {
		l.Note = fmt.Sprintf("The file names no currency; %s was said to hold for all of it.", s.Currency)
	}
	return l
}

// noteOf is what a row says beside the fields of the catalogue, and what of it was not understood, with its column.
func noteOf(row *table.Draft) string {
	all := slices.Clone(row.Notes)
	for _, k := range row.Kept {
		all = append(all, fmt.Sprintf("%s: “%s” (as the file has it).", plain(k.Column, string(k.Field)), k.Text))
	}
	return strings.Join(all, "\n")
}

func plain(column, field string) string {
	if column = strings.Join(strings.Fields(column), " "); column != "" {
		return column
	}
	return field
}

// own is the identifier that a row has of its own; "" where it has none.
func (src *ofTable) own(row *table.Draft) string {
	if len(row.Identifiers) == 0 {
		return ""
	}
	return row.Identifiers[0]
}

// identify says by what an activity is known again: by its own identifier, which counts everywhere where it begins with the one of
// an organisation of the catalogue, else among those of the sender; without one by what the row says (decision 037).
func (src *ofTable) identify(d *Draft, row *table.Draft) {
	sender, own := d.Publisher.ID.String(), src.own(row)
	d.Identifiers = row.Identifiers
	switch d.Key = row.Key; {
	case d.Key != "":
		d.Identifier = sender + " key " + d.Key
	case own == "":
		d.Identifier = sender + wordMark + d.words()
	case src.global(d, own):
		d.Identifier = own
	default:
		d.Identifier = sender + " " + own
	}
}

// global says whether an identifier begins with that of an organisation of the catalogue. One of another organisation than the sender
// makes what the sheet says that of a third party.
func (src *ofTable) global(d *Draft, own string) bool {
	for i, r := range own {
		if r != '-' {
			continue
		}
		if owner := src.in.actors.by[byRef(own[:i])]; owner != 0 {
			d.Secondary = owner != d.Publisher.ID
			return true
		}
	}
	return false
}

// wordMark stands in identifiers that are made of what a row says.
const wordMark = " says "

// words is what a row without an identifier is known by: its title, States, start and donors.
func (d *Draft) words() string {
	sum := sha256.Sum256([]byte(strings.Join(d.says(), "\n")))
	return hex.EncodeToString(sum[:16])
}

func (d *Draft) says() []string {
	var places, donors []string
	for _, s := range d.States {
		places = append(places, s.Code)
	}
	for _, p := range d.Places {
		places = append(places, cell.Fold(p))
	}
	for _, p := range d.Parties {
		if p.Role == term.Funding {
			donors = append(donors, cell.Fold(p.Name))
		}
	}
	slices.Sort(places)
	slices.Sort(donors)
	return []string{rule.SortName(d.Title), strings.Join(places, ";"), string(d.start()), strings.Join(donors, ";")}
}

// inherit takes over what IATI has no place for, of the draft that a spreadsheet brought before.
func (d *Draft) inherit(before *Draft) {
	if d.Over = cmp.Or(before.From, before.Over); d.From != "" || d.Over == "" {
		d.Over = ""
		return
	}
	d.Visibility = cmp.Or(d.Visibility, before.Visibility) // a person opens what a list said among few
	d.Acronym, d.AssistanceTypes, d.Audiences, d.Note = before.Acronym, before.AssistanceTypes, before.Audiences, before.Note
	if len(d.Themes) == 0 {
		d.Themes = before.Themes
	}
}

// keep keeps of what stands what a row of a questionnaire leaves empty: nobody fills in again what is known. Who may see the
// activity stays as it was.
func (d *Draft) keep(before *Draft) {
	d.Visibility, d.Purposes, d.Regional, d.Parent = before.Visibility, before.Purposes, d.Regional || before.Regional, before.Parent
	d.PlannedStart, d.PlannedEnd, d.ActualStart, d.ActualEnd = before.PlannedStart, before.PlannedEnd, before.ActualStart, before.ActualEnd
	if d.Start != "" && d.Start != before.start() {
		d.PlannedStart, d.ActualStart = "", ""
	}
	if d.End != "" && d.End != before.end() {
		d.PlannedEnd, d.ActualEnd = "", ""
	}
	d.Start, d.End = cmp.Or(d.Start, before.Start), cmp.Or(d.End, before.End)
	for _, t := range []struct{ here, was *string }{{&d.Acronym, &before.Acronym}, {&d.Summary, &before.Summary}, {&d.Results, &before.Results}, {&d.Note, &before.Note}} {
		*t.here = cmp.Or(*t.here, *t.was)
	}
	if d.Status == term.StatusUnknown {
		d.Status = before.Status
	}
	d.Themes, d.AssistanceTypes, d.Audiences = or(d.Themes, before.Themes), or(d.AssistanceTypes, before.AssistanceTypes), or(d.Audiences, before.Audiences)
	d.States, d.Places, d.Lines, d.Documents = or(d.States, before.States), or(d.Places, before.Places), or(d.Lines, before.Lines), or(d.Documents, before.Documents)
	if sameSums(d.Lines, before.Lines) { // with what a row cannot say of them: who paid whom, and out of what
		d.Lines = before.Lines
	}
	d.Identifiers = or(d.Identifiers, before.names())
	asked := []term.ParticipationRole{}
	for _, p := range d.Parties {
		asked = append(asked, p.Role)
	}
	for _, p := range before.Parties {
		if !slices.Contains(asked, p.Role) {
			d.Parties = append(d.Parties, p)
		}
	}
}

// sameSums says whether two lists of lines are of the same sums.
func sameSums(a, b []Line) bool {
	texts := func(lines []Line) (out []string) {
		for _, l := range lines {
			out = append(out, lineText(l.Kind, l.Amount, l.Currency, l.On))
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(texts(a), texts(b))
}

// or is a list, else another one.
func or[T any](list, otherwise []T) []T {
	if len(list) == 0 {
		return otherwise
	}
	return list
}

// placeOf names a place in a book.
func placeOf(sheet string, more ...string) string {
	out := []string{}
	for _, s := range append([]string{sheet}, more...) {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// problemOf is a problem of a spreadsheet as imports tell it.
func problemOf(p table.Problem) term.IntakeProblem {
	return term.IntakeProblem{Error: p.Severity == table.Error, Sort: string(p.Sort), Line: p.Row, Element: placeOf(p.Sheet, p.Cell, p.Column), Value: p.Value, Sentence: p.Sentence}
}

func itoa(n int) string { return strconv.Itoa(n) }
