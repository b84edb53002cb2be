package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

// mostTitle is how long a title may be, in letters; what is longer is a summary in the wrong column.
const mostTitle = 500

// read reads one cell into the draft.
func (a *applier) read(c Cell, column Column) {
	d, line := a.d, strings.Join(strings.Fields(c.Text), " ")
	switch column.Field {
	case Title:
		if len([]rune(line)) > mostTitle {
			a.tell(c, column, remarkf(LongText, Warning, "The title has more than %d letters. Is the summary in its column?", mostTitle))
		}
		a.set(&d.Title, line, c, column)
	case Acronym:
		a.set(&d.Acronym, line, c, column)
	case Summary:
		if d.Summary == "" || d.Summary == c.Text {
			d.Summary = c.Text
		} else {
			d.Summary += "\n\n" + c.Text // several columns, such as objectives and description
		}
	case Start:
		a.date(&d.Start, c, column)
	case End:
		a.date(&d.End, c, column)
	case Period:
		a.period(c, column)
	case State:
		a.states(c, column)
	case Donor:
		d.Donors = added(d.Donors, actors(c.Text))
	case Implementer:
		d.Implementers = added(d.Implementers, actors(c.Text))
	case Partner:
		d.Partners = added(d.Partners, actors(c.Text))
	case Amount:
		a.money(c, column)
	case Theme, AssistanceType, Audience, Status:
		a.codes(c, column)
	case Website:
		a.websites(c, column)
	case Source:
		d.Sources = added(d.Sources, cut(c.Text, ""))
	case Identifier:
		d.Identifiers = added(d.Identifiers, cut(c.Text, ""))
	case Key:
		a.set(&d.Key, line, c, column)
	case Remark:
		d.Notes = added(d.Notes, []string{c.Text})
	}
	// Currency and ValueDate belong to the sums of the row: see money.
}

// address is one of the web, as people write them.
var address = regexp.MustCompile(`(?i)^(https?://|www\.)\S+$`)

// websites are the addresses of a cell. What is none, and what a browser would run, is kept as a text.
func (a *applier) websites(c Cell, column Column) {
	for _, word := range strings.FieldsFunc(c.Text, func(r rune) bool {
		return unicode.IsSpace(r) || r == ';' || r == ',' || r == '<' || r == '>' || r == '"'
	}) {
		if address.MatchString(word) {
			a.d.Websites = added(a.d.Websites, []string{word})
		} else {
			a.keep(c, column, word, remarkf(BadCell, Warning, "“%s” is no address of the web. Write it as https://example.org/page.", term.Clip(word)))
		}
	}
}

// added adds texts that are not there yet.
func added(to, more []string) []string {
	for _, s := range more {
		if !slices.Contains(to, s) {
			to = append(to, s)
		}
	}
	return to
}

// set sets what an activity has one of. Rows of one activity that differ are told.
func (a *applier) set(to *string, text string, c Cell, column Column) {
	if *to != "" && *to != text {
		a.keep(c, column, text, remarkf(BadCell, Warning, "Another value was read before: “%s”. This one is kept beside it.", term.Clip(*to)))
		return
	}
	*to = text
}

func (a *applier) date(to *term.PartialDate, c Cell, column Column) {
	if status := words["status"][cell.Fold(c.Text)]; status != "" && c.Kind == Text && len(c.Text) > 1 {
		a.tell(c, column, remarkf(VagueDate, Note, "The cell says how far the activity is, not a date. The date was left empty."))
		if a.d.Status == term.StatusUnknown {
			a.d.Status = term.ActivityStatus(status)
		}
		return
	}
	d, about := dateOf(c.Text, a.mapping.Days)
	if d == "" {
		a.keep(c, column, c.Text, about)
		return
	}
	if about != nil {
		a.tell(c, column, about)
	}
	s := string(*to)
	a.set(&s, string(d), c, column)
	*to = term.PartialDate(s)
}

func (a *applier) period(c Cell, column Column) {
	start, end, about := periodOf(c.Text, a.mapping.Days)
	if c.Kind == Day {
		start, about = dateOf(c.Text, a.mapping.Days)
		end = start
	}
	if start == "" {
		a.keep(c, column, c.Text, about)
		return
	}
	if about != nil {
		a.tell(c, column, about)
	}
	if a.d.Start == "" {
		a.d.Start = start
	}
	if a.d.End == "" {
		a.d.End = end
	}
}

func (a *applier) states(c Cell, column Column) {
	list, about := places(c.Text)
	if about != nil {
		a.keep(c, column, c.Text, about) // the States may be understood, and their shares not
	}
	for _, p := range list {
		i := slices.IndexFunc(a.d.States, func(o Place) bool { return cell.Fold(o.Text) == cell.Fold(p.Text) })
		if i < 0 {
			a.d.States = append(a.d.States, p)
		}
	}
}

// lists are the code lists of fields.
var lists = map[Field]string{Theme: "theme", AssistanceType: "assistance", Audience: "audience", Status: "status"}

func (a *applier) codes(c Cell, column Column) {
	found, unknown := codes(lists[column.Field], c.Text)
	for _, text := range unknown {
		a.keep(c, column, text, remarkf(UnknownCode, Warning, "“%s” is no code or word of the list %s that is known. It is kept as a text.", term.Clip(text), strings.ToLower(strings.ReplaceAll(string(column.Field), "_", " "))))
	}
	d := a.d
	switch column.Field {
	case Theme:
		d.Themes = coded(d.Themes, found)
	case AssistanceType:
		d.AssistanceTypes = coded(d.AssistanceTypes, found)
	case Audience:
		d.Audiences = coded(d.Audiences, found)
	case Status:
		if len(found) > 1 {
			a.keep(c, column, c.Text, remarkf(UnknownCode, Warning, "An activity has one status. None was read."))
			return
		}
		if len(found) == 1 {
			s := string(d.Status)
			if s == string(term.StatusUnknown) {
				s = ""
			}
			a.set(&s, found[0], c, column)
			d.Status = term.ActivityStatus(s)
		}
	}
}

func coded[T ~string](to []T, codes []string) []T {
	for _, code := range codes {
		if !slices.Contains(to, T(code)) {
			to = append(to, T(code))
		}
	}
	return to
}

// check looks at what the values of a draft say together.
func (a *applier) check() {
	if !endsBefore(a.d.Start, a.d.End) {
		return
	}
	a.book.Report.add(Problem{Sort: BadDate, Severity: Error, Sheet: a.header.Sheet, Row: a.row.Number, Value: string(a.d.Start) + " – " + string(a.d.End),
		Sentence: "The activity ends before it starts. Neither was read: put the dates right."})
	for _, date := range []struct {
		field Field
		value *term.PartialDate
	}{{Start, &a.d.Start}, {End, &a.d.End}} {
		a.d.Kept = append(a.d.Kept, Kept{Field: date.field, Text: string(*date.value)})
		*date.value = ""
	}
}
