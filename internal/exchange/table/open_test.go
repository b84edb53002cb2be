package table_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"adam/internal/exchange/table"
	"adam/internal/fault"

	"github.com/xuri/excelize/v2"
)

// with puts parts into an archive, or replaces them.
func with(t testing.TB, file []byte, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	must(t, err)
	for _, f := range r.File {
		if _, replaced := parts[f.Name]; !replaced {
			must(t, z.Copy(f))
		}
	}
	for name, content := range parts {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(content))
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

func simple(t testing.TB) []byte {
	return workbook(t, func(f *excelize.File) {
		rows(t, f, "Sheet1", []any{"Title", "Country"}, []any{"Training of border police", "Thailand"})
	})
}

const sheetOf = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>`

// all reads every row of the first sheet.
func all(file []byte, o table.Options) (rows int, err error) {
	b, err := table.Open(bytes.NewReader(file), int64(len(file)), o)
	if err != nil {
		return 0, err
	}
	for _, err := range b.Rows(b.Visible()[0]) {
		if err != nil {
			return rows, err
		}
		rows++
	}
	return rows, nil
}

func TestWhatIsNoTableOrTooMuchIsRefusedWithASentence(t *testing.T) {
	file := simple(t)
	many := map[string]string{}
	for i := range 2100 {
		many[fmt.Sprintf("xl/media/%d", i)] = "x"
	}
	for name, tt := range map[string]struct {
		file  []byte
		o     table.Options
		kind  fault.Kind
		words string
	}{
		"nothing":            {nil, table.Options{}, fault.Invalid, "The file is empty"},
		"too large":          {make([]byte, 2<<20), table.Options{MostBytes: 1 << 20}, fault.Limit, "larger than 1 MB"},
		"an old Excel file":  {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), table.Options{}, fault.Invalid, "an old Excel file (.xls), or one with a password"},
		"a PDF":              {[]byte("%PDF-1.7"), table.Options{}, fault.Invalid, "This is a PDF"},
		"a web page":         {[]byte("\n<!doctype html><p>"), table.Options{}, fault.Invalid, "This is a web page"},
		"XML":                {[]byte("\xef\xbb\xbf<?xml version=\"1.0\"?>"), table.Options{}, fault.Invalid, "This is an XML file"},
		"a picture":          {[]byte("\x89PNG\r\n"), table.Options{}, fault.Invalid, "This is a picture"},
		"a program":          {append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 64)...), table.Options{}, fault.Invalid, "not a spreadsheet"},
		"noise":              {[]byte("a,b\n\x01\x02,c\n"), table.Options{}, fault.Invalid, "not a spreadsheet"},
		"UTF-32":             {[]byte("\xff\xfe\x00\x00a\x00\x00\x00"), table.Options{}, fault.Invalid, "UTF-32"},
		"a strange encoding": {[]byte("a,b\n"), table.Options{Encoding: "klingon"}, fault.Invalid, "“klingon” is not known"},
		"cut short":          {file[:len(file)/2], table.Options{}, fault.Invalid, "not a spreadsheet"},
		"another archive":    {with(t, emptyArchive(t), map[string]string{"a.txt": "a"}), table.Options{}, fault.Invalid, "not a spreadsheet"},
		"OpenDocument":       {with(t, emptyArchive(t), map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), table.Options{}, fault.Invalid, "OpenDocument file (.ods)"},
		"a binary workbook":  {with(t, emptyArchive(t), map[string]string{"xl/workbook.bin": "x"}), table.Options{}, fault.Invalid, "binary Excel workbook"},
		"a bomb":             {with(t, file, map[string]string{"xl/media/a": strings.Repeat("a", 3<<20)}), table.Options{}, fault.Limit, "unpacks to far more"},
		"much in all":        {file, table.Options{MostUnpacked: 1000}, fault.Limit, "unpacks to far more"},
		"too many parts":     {with(t, file, many), table.Options{}, fault.Limit, "unpacks to far more"},
		"a DOCTYPE":          {with(t, file, map[string]string{"xl/workbook.xml": `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><workbook/>`}), table.Options{}, fault.Invalid, "has a DOCTYPE"},
		"an entity":          {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row r="1"><c r="A1" t="str"><v>&xxe;</v></c></row>`)}), table.Options{}, fault.Invalid, "is damaged"},
		"a sheet cut short":  {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1">`}), table.Options{}, fault.Invalid, "is damaged (in its part xl/worksheets/sheet1.xml)"},
		"another charset":    {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="utf-16"?><worksheet/>`}), table.Options{}, fault.Invalid, "is damaged"},
		"no such text":       {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row r="1"><c r="A1" t="s"><v>99</v></c></row>`)}), table.Options{}, fault.Invalid, "the cell A1 of the sheet “Sheet1” refers to a text that is not there"},
		"rows out of order":  {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`)}), table.Options{}, fault.Invalid, "out of order"},
		"a column far away":  {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row r="1"><c r="XFD1"><v>1</v></c></row>`)}), table.Options{}, fault.Limit, "more than 500 columns"},
		"too many merged":    {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData/><mergeCells>` + merges(20_001) + `</mergeCells></worksheet>`}), table.Options{}, fault.Limit, "more than 20000 ranges of cells are merged"},
		"too many texts": {workbook(t, func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{strings.Repeat("a", 30_000), strings.Repeat("b", 30_000)})
		}), table.Options{MostStrings: 40_000}, fault.Limit, "Save the sheet as CSV"},
		"a cell too long":        {[]byte("a,b\n" + strings.Repeat("x", 300<<10) + ",c\n"), table.Options{}, fault.Limit, "row 2 (line 2) goes on for more than 200 KB"},
		"a cell too long (XLSX)": {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row r="1"><c r="A1" t="inlineStr"><is><t>`+strings.Repeat("x", 300<<10)+`</t></is></c></row>`)}), table.Options{}, fault.Limit, "One cell of the file holds more than 200 KB"},
		"a cell in many pieces":  {with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row r="1"><c r="A1" t="inlineStr"><is>`+strings.Repeat(`<r><t>`+strings.Repeat("x", 1000)+`</t></r>`, 300)+`</is></c></row>`)}), table.Options{}, fault.Limit, "A cell in row 1 of the sheet “Sheet1” holds more than 200 KB"},
		"a quote that is open":   {[]byte("a,b\n1,2\n\"3,4\n" + strings.Repeat("5,6\n", 100_000)), table.Options{}, fault.Limit, "row 3 (line 3) goes on for more than 200 KB. Is a quotation mark missing there?"},
		"a row too long":         {[]byte("a,b\n" + strings.Repeat("x,", 2<<20)), table.Options{}, fault.Limit, "row 2 (line 2)"},
		"many columns":           {[]byte("a,b\n" + strings.Repeat("x,", 600) + "\n"), table.Options{}, fault.Limit, "Row 2 has more than 500 columns"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := all(tt.file, tt.o)
			refused(t, name, err, tt.kind, tt.words)
			tt.o.Name = "their list.xlsx"
			if _, err = all(tt.file, tt.o); err != nil && !strings.HasPrefix(err.Error(), "their list.xlsx: ") {
				t.Errorf("%v does not name the file", err)
			}
		})
	}
}

func emptyArchive(t testing.TB) []byte {
	var b bytes.Buffer
	must(t, zip.NewWriter(&b).Close())
	return b.Bytes()
}

func merges(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<mergeCell ref="A%d:B%d"/>`, i+1, i+1)
	}
	return b.String()
}

// endless is a file of many equal lines that is nowhere in memory.
type endless struct {
	line string
	size int64
}

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		p[i] = e.line[(off+int64(i))%int64(len(e.line))]
	}
	return len(p), nil
}

func TestTenMillionRowsAreRefusedInBoundedMemory(t *testing.T) {
	e := endless{line: "Training,Thailand,2009\n"}
	e.size = 10_000_000 * int64(len(e.line))
	b, err := table.Open(e, e.size, table.Options{MostBytes: 1 << 30})
	must(t, err)
	n, most := 0, uint64(0)
	for _, rowErr := range b.Rows("") {
		if rowErr != nil {
			err = rowErr
			break
		}
		if n++; n%50_000 == 0 {
			var m runtime.MemStats
			runtime.GC() // what tests before have left is not of this one
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}
	refused(t, "ten million rows", err, fault.Limit, "The sheet has more than 200000 rows. Send it in several files.")
	if n != 200_000 || most > 100<<20 {
		t.Errorf("%d rows came before, and %d MB were in use", n, most>>20)
	}
	_, err = all([]byte(strings.Repeat(e.line, 11)), table.Options{MostRows: 10})
	refused(t, "one more than the most", err, fault.Limit, "more than 10 rows")
	if n, err = all([]byte(strings.Repeat(e.line, 10)), table.Options{MostRows: 10}); n != 10 || err != nil {
		t.Errorf("the most rows are %d, %v", n, err)
	}
}

// A text that is in a file once, and in its cells very often, takes neither the memory nor the time of so many texts.
func TestTextsThatManyCellsShareAreBounded(t *testing.T) {
	file := workbook(t, func(f *excelize.File) { rows(t, f, "Sheet1", []any{strings.Repeat("a", 30_000)}) })
	cells := func(rows, cols int) []byte {
		var b strings.Builder
		for r := range rows {
			fmt.Fprintf(&b, `<row r="%d">`, r+1)
			b.WriteString(strings.Repeat(`<c t="s"><v>0</v></c>`, cols) + `</row>`)
		}
		return with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, b.String())})
	}
	_, err := all(cells(1, 100), table.Options{})
	refused(t, "a row of long texts", err, fault.Limit, "Row 1 of the sheet “Sheet1” holds more than 2048 KB")
	_, err = all(cells(50, 1), table.Options{MostUnpacked: 1 << 20})
	refused(t, "many rows of long texts", err, fault.Limit, "holds more than 1 MB of text")
	if n, err := all(cells(30, 1), table.Options{MostUnpacked: 1 << 20}); n != 30 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
}

func TestALongSheetIsReadInBoundedMemory(t *testing.T) {
	var b bytes.Buffer
	err := table.Write(&b, table.XLSX, table.About{}, []table.Heading{{Name: "Title"}, {Name: "Country"}, {Name: "Amount (USD)", Number: true}}, func(yield func([]string, error) bool) {
		for i := range 60_000 {
			if !yield([]string{fmt.Sprint("Training of border police ", i*7919%1_000_003), "Thailand", fmt.Sprint(i)}, nil) {
				return
			}
		}
	})
	must(t, err)
	runtime.GC()
	book := open(t, b.Bytes(), table.Options{MostRows: 50_000})
	n, most := 0, uint64(0)
	for _, rowErr := range book.Rows("List") {
		if err = rowErr; err != nil {
			break
		}
		if n++; n%20_000 == 0 {
			var m runtime.MemStats
			runtime.GC() // what tests before have left is not of this one
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}
	refused(t, "a long sheet", err, fault.Limit, "more than 50000 rows")
	if n != 50_000 || most > 60<<20 {
		t.Errorf("%d rows came before, and %d MB were in use, of which the file has %d", n, most>>20, b.Len()>>20)
	}
	t.Logf("%d MB in use, of which the file has %d", most>>20, b.Len()>>20)
}

func TestMacrosAndLinksAreNotedAndNeverUsed(t *testing.T) {
	file := with(t, simple(t), map[string]string{"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<a/>", "xl/comments1.xml": "<a/>"})
	b := open(t, file, table.Options{Name: "macros.xlsm"})
	told(t, b.Report, table.Macro, table.Note, "", "They were not run")
	told(t, b.Report, table.Link, table.Note, "", "None was opened")
	told(t, b.Report, table.Remarks, table.Note, "", "comments on cells. They were not read")
	if g := grid(t, b, "Sheet1"); len(g) != 2 || g[2][1] != "Thailand" {
		t.Errorf("%v", g)
	}
}

func TestHiddenSheetsArePassedOverAndTold(t *testing.T) {
	file := workbook(t, func(f *excelize.File) {
		rows(t, f, "Sheet1", []any{"Title"}, []any{"Seen"})
		for _, name := range []string{"Old", "Secret"} {
			_, err := f.NewSheet(name)
			must(t, err)
			must(t, f.SetSheetVisible(name, false, name == "Secret"))
		}
	})
	b := open(t, file, table.Options{})
	if v := b.Visible(); len(v) != 1 || v[0] != "Sheet1" || len(b.Sheets) != 3 {
		t.Errorf("%v of %v", v, b.Sheets)
	}
	if b.Report.Counts[table.HiddenSheet] != 2 || b.Report.Notes != 2 {
		t.Errorf("%s", list(b.Report))
	}
	for _, err := range b.Rows("Nowhere") {
		refused(t, "another sheet", err, fault.Invalid, "There is no sheet “Nowhere”")
	}
	hidden := regexp.MustCompile(`<sheet name="Sheet1"`)
	file = with(t, file, map[string]string{"xl/workbook.xml": hidden.ReplaceAllString(read(t, file, "xl/workbook.xml"), `<sheet state="hidden" name="Sheet1"`)})
	_, err := table.Open(bytes.NewReader(file), int64(len(file)), table.Options{})
	refused(t, "only hidden sheets", err, fault.Invalid, "There is no sheet in the file that is not hidden")
}

// read is a part of an archive.
func read(t testing.TB, file []byte, name string) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	must(t, err)
	in, err := r.Open(name)
	must(t, err)
	defer in.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(in)
	must(t, err)
	return b.String()
}

// Whatever is sent, there is an answer for people and no panic.
func FuzzOpen(f *testing.F) {
	file := simple(f)
	f.Add(file)
	f.Add([]byte("Title;Country;Amount\n\"a\"\"b\";Thailand 60%;1.250,50 EUR\n"))
	f.Add([]byte("\xff\xfeT\x00,\x00\n\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, file []byte) {
		b, err := table.Open(bytes.NewReader(file), int64(len(file)), table.Options{MostUnpacked: 1 << 20, MostRows: 1000})
		if err == nil {
			err = tryAll(b)
		}
		if err != nil && fault.As(err) == nil {
			t.Errorf("%v", err)
		}
	})
}

// tryAll reads everything of a book.
func tryAll(b *table.Book) error {
	for _, sheet := range b.Visible() {
		h, err := b.Header(sheet)
		if err != nil {
			return err
		}
		m := table.Guess(h)
		if len(m.Columns) > 0 {
			m.Columns[0].Field = table.Title
		}
		for _, err := range table.Apply(b, h, m) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// What a sheet may hold beside what programs write.
func FuzzSheet(f *testing.F) {
	file := simple(f)
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row><row r="2"><c r="A2" t="s"><v>0</v></c><c t="e"><v>#REF!</v></c><c><f>1+1</f><v>2</v></c></row>`)
	f.Add(`<row><c><v>1e308</v></c><c s="9"><v>-0.5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B3"/></mergeCells><sheetData>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		file := with(t, file, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, sheet)})
		b, err := table.Open(bytes.NewReader(file), int64(len(file)), table.Options{MostUnpacked: 8 << 20, MostRows: 1000})
		if err == nil {
			err = tryAll(b)
		}
		if err != nil && fault.As(err) == nil {
			t.Errorf("%v", err)
		}
	})
}
