package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/actor"
	"adam/internal/exchange/cell"
	"adam/internal/exchange/donorform"
	"adam/internal/exchange/table"
	"adam/internal/fault"
	"adam/internal/term"
)

// Table is a spreadsheet of activities, XLSX or CSV, with who sent it. What its columns mean is said by m; where that is nil, or
// of other headers, by what was said before of such headers, else it is guessed.
func Table(file io.ReaderAt, size int64, asked term.IntakeAsked, m *table.Mapping) Source {
	return &ofTable{file: file, size: size, asked: asked, mapping: m}
}

type ofTable struct {
	file    io.ReaderAt
	size    int64
	asked   term.IntakeAsked
	mapping *table.Mapping

	ours   bool // it is a questionnaire of this catalogue
	in     *taking
	book   *table.Book
	base   Draft          // what all rows have
	places *placeNames    // States by what people call them
	row    map[string]int // in which row an activity stands
	sheets []sheetOf      // that are read
}

// sheetOf is a sheet with what its columns mean.
type sheetOf struct {
	header  table.Header
	mapping table.Mapping
}

func (src *ofTable) read(in *taking) (*found, error) {
	src.in, src.row = in, map[string]int{}
	in.bytes, in.kind = &counter{}, term.FormatCSV
	f := &found{licence: in.o.Licence, notHeld: map[string]int{}}
	in.licence = in.o.Licence
	digest := sha256.New()
	n, err := io.Copy(digest, io.NewSectionReader(src.file, 0, src.size))
	f.bytes, f.digest = n, hex.EncodeToString(digest.Sum(nil))
	if err != nil {
		return f, fault.New(fault.Invalid, "The file could not be read to its end. Send it again.").Because(err)
	}
	err = src.readBook(f)
	if src.book != nil {
		f.format = src.book.Report.Format
		for _, p := range src.book.Report.Problems {
			if src.ours && p.Sort == table.HiddenSheet { // its lists and its mark
				continue
			}
			f.problems = append(f.problems, problemOf(p))
		}
	}
	for _, s := range src.sheets {
		if src.ours {
			break // nobody has to say what its columns mean
		}
		f.mappings = append(f.mappings, s.mapping)
	}
	return f, err
}

// readBook reads the sheets: first to know which activities the file names, then to take them.
func (src *ofTable) readBook(f *found) (err error) {
	if src.book, err = src.open(src.file); err != nil {
		return err
	}
	if err := src.questionnaire(); err != nil {
		return err
	}
	if err := src.prepare(); err != nil {
		return err
	}
	if src.book.Report.Format == "XLSX" {
		src.in.kind = term.FormatXLSX
	}
	if err := src.choose(); err != nil {
		return err
	}
	if err := src.first(); err != nil {
		return err
	}
	if src.book, err = src.open(countedAt{src.file, src.in.bytes}); err != nil {
		return err
	}
	for _, s := range src.sheets {
		for d, err := range table.Apply(src.book, s.header, s.mapping) {
			if err == nil {
				err = src.each(s, d)
			}
			if err != nil {
				return err
			}
		}
	}
	src.in.bytes.n = src.size
	if src.mapping == nil || src.in.rows == nil {
		return nil
	}
	return src.in.remember(*src.mapping)
}

func (src *ofTable) open(file io.ReaderAt) (*table.Book, error) {
	return table.Open(file, src.size, table.Options{Name: src.in.o.Name})
}

// questionnaire takes of one that this catalogue has made who was asked, and where the answers stand.
func (src *ofTable) questionnaire() error {
	mark, err := src.book.Mark(donorform.Mark)
	if err != nil || len(mark) < 2 || mark[0] != donorform.Version {
		return err
	}
	a := &src.asked
	src.ours = true
	a.Publisher, a.Source, a.Sheet = cmp.Or(a.Publisher, mark[1]), cmp.Or(a.Source, term.DonorQuestionnaire), donorform.Activities
	return nil
}

// prepare finds who sent the file, and reads what States are called.
func (src *ofTable) prepare() error {
	publisher, err := src.in.sender(src.asked.Publisher)
	if err != nil {
		return err
	}
	src.base = Draft{Publisher: publisher, From: cmp.Or(src.asked.Source, term.DeskResearch), Visibility: cmp.Or(src.asked.Visibility, term.Restricted)}
	if !slices.Contains(src.base.From.Values(), string(src.base.From)) {
		return fault.New(fault.Invalid, "%q is no sort of source. Use one of %s.", term.Clip(string(src.base.From)), strings.Join(src.base.From.Values(), ", ")).At("source")
	}
	if !slices.Contains(src.base.Visibility.Values(), string(src.base.Visibility)) {
		return fault.New(fault.Invalid, "%q does not say who may see what is imported. Use one of %s.", term.Clip(string(src.base.Visibility)), strings.Join(src.base.Visibility.Values(), ", ")).At("visibility")
	}
	src.places, err = src.in.knowPlaces()
	return err
}

// sender finds who sent a file, by the key or a name of the organisation.
func (in *taking) sender(who string) (Org, error) {
	if who = strings.TrimSpace(who); who == "" {
		return Org{}, fault.New(fault.Invalid, "Nobody is said to have sent the spreadsheet. Name the organisation that did, by its key or its name: it answers for what the file says.").At("publisher")
	}
	sent, err := in.c.Actor.Query().Where(actor.Key(who)).Only(in.ctx)
	if ent.IsNotFound(err) {
		if id := in.actors.find(Org{Name: who}); id != 0 {
			sent, err = in.c.Actor.Get(in.ctx, id)
		}
	}
	if ent.IsNotFound(err) {
		return Org{}, fault.New(fault.NotFound, "The catalogue has no organisation “%s”, or several. Write its key, as it stands in the address of its page; add it first where it is new.", term.Clip(who)).At("publisher")
	}
	if err != nil {
		return Org{}, err
	}
	return Org{ID: sent.ID, Name: sent.Name}, nil
}

// choose picks the sheets that are read, with what their columns mean. Where several could be meant a person says which.
func (src *ofTable) choose() error {
	names, others := src.book.Visible(), []string{}
	if src.asked.Sheet != "" {
		names = []string{src.asked.Sheet}
	}
	for _, name := range names {
		s, err := src.sheet(name)
		if err != nil {
			return err
		}
		said := src.mapping == nil || s.mapping.Fingerprint == src.mapping.Fingerprint
		if said && slices.ContainsFunc(s.mapping.Columns, isTitle) {
			src.sheets = append(src.sheets, s)
		} else {
			others = append(others, name)
		}
	}
	if len(src.sheets) == 0 && src.mapping != nil && slices.ContainsFunc(src.mapping.Columns, isTitle) {
		return fault.New(fault.Invalid, "What the columns mean was said of a file with other headers. Say it for this one.").At("mapping")
	}
	if len(src.sheets) == 0 { // with what was guessed of the first, so that a person puts it right
		s, err := src.sheet(names[0])
		src.sheets = append(src.sheets, s)
		return cmp.Or(err, error(fault.New(fault.Invalid, "No column is known to be the title of the activities. Say what the columns mean: a mapping with one column whose field is TITLE.").At("mapping")))
	}
	if src.asked.Sheet == "" && !src.asked.All && len(src.sheets) > 1 {
		var all []string
		for _, s := range src.sheets {
			all = append(all, "“"+term.Clip(s.header.Sheet)+"”")
		}
		return fault.New(fault.Invalid, "The sheets %s could be lists of activities. Say which one is to be read, or all.", strings.Join(all, ", ")).At("sheet")
	}
	for _, name := range others {
		src.in.rep.problem(term.IntakeProblem{Sort: "SHEET", Element: name, Sentence: "The sheet was not read: none of its columns is known to be the title of an activity. Say which one is, where it is a list of activities."})
	}
	return nil
}

func isTitle(c table.Column) bool { return c.Field == table.Title }

// sheet says what the columns of a sheet mean. An empty sheet beside others has none.
func (src *ofTable) sheet(name string) (s sheetOf, err error) {
	s.header, err = src.book.Header(name)
	if f := fault.As(err); f != nil && len(src.book.Visible()) > 1 && src.asked.Sheet == "" {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	if src.mapping != nil && src.mapping.Fingerprint == table.Fingerprint(s.header) {
		s.mapping = *src.mapping
		return s, nil
	}
	known, err := remembered(src.in.ctx, src.in.c, s.header)
	if err != nil {
		return s, err
	}
	if known == nil {
		guessed := table.Guess(s.header)
		known = &guessed
	}
	s.mapping = *known
	return s, nil
}

// first reads the sheets to know which activities they name, so that a row that was corrected is known from one that is new.
func (src *ofTable) first() error {
	book, err := src.open(src.file)
	if err != nil {
		return err
	}
	src.in.words = newWords()
	for _, s := range src.sheets {
		for row, err := range table.Apply(book, s.header, s.mapping) {
			if err != nil {
				return err
			}
			if err := src.in.ctx.Err(); err != nil {
				return err
			}
			if d, _ := src.draft(row); row.Key == "" && src.own(row) == "" {
				src.in.words.inFile[d.words()] = true
			}
		}
	}
	return nil
}

// each takes one activity of a sheet.
func (src *ofTable) each(s sheetOf, row *table.Draft) error {
	in := src.in
	if err := in.ctx.Err(); err != nil {
		return err
	}
	in.rep.Counts.Read++
	d, unknown := src.draft(row)
	at := placeOf(row.Sheet, cell.Name(row.Row-1, 0))
	for _, p := range unknown {
		in.rep.problem(term.IntakeProblem{Sort: "STATE", Line: row.Row, Element: placeOf(row.Sheet, src.column(s, table.State)), Activity: term.Clip(row.Title), Value: term.Clip(p),
			Sentence: "This is no State that the catalogue has. It is kept as the name of a place. Expected is the name of a State, or its code such as THA."})
	}
	x := &arrival{line: row.Row, at: at, shown: cmp.Or(row.Key, src.own(row), at), Draft: d}
	if len(d.Identifier) > longIdentifier {
		in.rep.refuse(row.Row, at, src.own(row), "The identifier is too long. Expected are 250 letters at most.")
		return nil
	}
	if before, met := src.row[d.Identifier]; met {
		in.rep.refuse(row.Row, at, row.Title, "Row "+itoa(before)+" is the same activity: it has the same identifier, or the same title, States, start and donors. Expected is each once. Write all that belongs to it into one row, or merge the cells of its title.")
		return nil
	}
	src.row[d.Identifier] = row.Row
	return in.take(x)
}

// column names the column of a field.
func (src *ofTable) column(s sheetOf, f table.Field) string {
	for _, c := range s.mapping.Columns {
		if c.Field == f {
			return c.Name
		}
	}
	return ""
}
