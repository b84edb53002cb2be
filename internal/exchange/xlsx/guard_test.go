package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
)

// zipped makes an archive of parts, beside those of a spreadsheet of ours.
func zipped(t testing.TB, file []byte, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		if _, replaced := parts[f.Name]; !replaced {
			if err := z.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// deep is a sheet with cells far to the right in many rows.
// hollow is what a cell holds.
var hollow = regexp.MustCompile(`><v>\d+</v></c>`)

func deep(rows int, col string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i := range rows {
		fmt.Fprintf(&b, `<row r="%d"><c r="%s%d"><v>%d</v></c></row>`, i+1, col, i+1, i)
	}
	return b.String() + `</sheetData></worksheet>`
}

func TestHostileFilesAreRefusedBeforeTheyAreParsed(t *testing.T) {
	r := sample(3)
	file := written(t, r)
	many := map[string]string{}
	for i := range 300 {
		many[fmt.Sprintf("xl/media/%d.xml", i)] = "x"
	}
	var nested bytes.Buffer
	for range 3 {
		nested.WriteString(`<a>`)
	}
	for name, tt := range map[string]struct {
		file  []byte
		kind  fault.Kind
		words string
	}{
		"nothing":            {nil, fault.Invalid, "No file was sent"},
		"too large":          {make([]byte, xlsx.MostBytes+1), fault.Limit, "larger than 5 MB"},
		"no archive":         {[]byte("%PDF-1.7"), fault.Invalid, "not a spreadsheet"},
		"cut short":          {file[:len(file)/2], fault.Invalid, "not a spreadsheet"},
		"another archive":    {zipped(t, zipped(t, emptyZip(t), map[string]string{"a.txt": "a"}), nil), fault.Invalid, "not a spreadsheet"},
		"a bomb":             {zipped(t, file, map[string]string{"xl/media/a.xml": strings.Repeat("a", 17<<20)}), fault.Limit, "unpacks to far more"},
		"a dense entry":      {zipped(t, file, map[string]string{"xl/media/a.xml": strings.Repeat("a", 1<<20)}), fault.Limit, "unpacks to far more"},
		"too many entries":   {zipped(t, file, many), fault.Limit, "unpacks to far more"},
		"a macro":            {zipped(t, file, map[string]string{"xl/vbaProject.bin": "x"}), fault.Invalid, "holds a macro"},
		"a macro elsewhere":  {zipped(t, file, map[string]string{`XL\VBAPROJECT.BIN`: "x"}), fault.Invalid, "holds a macro"},
		"an old macro":       {zipped(t, file, map[string]string{"xl/macrosheets/sheet1.xml": "x"}), fault.Invalid, "holds a macro"},
		"links to elsewhere": {zipped(t, file, map[string]string{"xl/externalLinks/externalLink1.xml": "x"}), fault.Invalid, "links to other files"},
		"a file within":      {zipped(t, file, map[string]string{"xl/embeddings/a.bin": "x"}), fault.Invalid, "holds other files"},
		"broken sheets":      {zipped(t, file, map[string]string{"xl/workbook.xml": nested.String()}), fault.Invalid, ""},
		"too many columns":   {zipped(t, file, map[string]string{"xl/worksheets/sheet2.xml": deep(10, "XFD")}), fault.Limit, "at most 2100 rows and 300 columns"},
		"empty cells":        {zipped(t, file, map[string]string{"xl/worksheets/sheet2.xml": strings.NewReplacer("<v>", "", "</v>", "").Replace(hollow.ReplaceAllString(deep(1500, "XFD"), "/>"))}), fault.Limit, "at most 2100 rows and 300 columns"},
		"a sheet elsewhere":  {zipped(t, file, map[string]string{"xl/s/hidden.dat": deep(10, "XFD")}), fault.Limit, "at most 2100 rows and 300 columns"},
		"another charset":    {zipped(t, file, map[string]string{"xl/worksheets/sheet2.xml": strings.Replace(deep(10, "XFD"), `"1.0"`, `"1.0" encoding="utf-16"`, 1)}), fault.Invalid, "not a spreadsheet"},
		"too many merged":    {zipped(t, file, map[string]string{"xl/worksheets/sheet2.xml": strings.Replace(deep(1, "A"), "</sheetData>", "</sheetData><mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 600)+"</mergeCells>", 1)}), fault.Limit, "cells of a sheet are merged"},
		"too many rows":      {zipped(t, file, map[string]string{"xl/worksheets/sheet2.xml": deep(2200, "A")}), fault.Limit, "at most 2100 rows and 300 columns"},
		"a row far below":    {zipped(t, file, map[string]string{"xl/worksheets/sheet2.xml": strings.Replace(deep(1, "A"), `"1"`, `"1048576"`, 1)}), fault.Limit, "at most 2100 rows and 300 columns"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tried(tt.file, r)
			refused(t, name, err, tt.kind, tt.words)
		})
	}
}

func emptyZip(t *testing.T) []byte {
	var b bytes.Buffer
	if err := zip.NewWriter(&b).Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A header that says less than an entry holds fools nobody.
func TestAnEntryIsMeasuredNotBelieved(t *testing.T) {
	file := zipped(t, written(t, sample(3)), map[string]string{"xl/media/a.xml": strings.Repeat("a", 17<<20)})
	real := []byte{0, 0, 0x10, 1} // 17 MB, as archives write it
	small := bytes.ReplaceAll(file, real, []byte{1, 0, 0, 0})
	if bytes.Equal(small, file) {
		t.Fatal("no header was changed: the test has gone stale")
	}
	_, err := tried(small, sample(3))
	if k := fault.KindOf(err); k != fault.Limit && k != fault.Invalid {
		t.Errorf("%v", err)
	}
}

func TestHostileFilesLeaveNoMemoryBehind(t *testing.T) {
	r := sample(3)
	file := written(t, r)
	wide := zipped(t, file, map[string]string{"xl/worksheets/sheet2.xml": deep(2000, "KM")})
	used := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	_, _ = tried(wide, r)
	before := used()
	for range 5 {
		_, _ = tried(wide, r)
	}
	if after := used(); after > before+4<<20 {
		t.Errorf("%d MB stay", (after-before)>>20)
	}
}

// Whatever is sent, there is an answer and no panic.
func FuzzOpen(f *testing.F) {
	r := sample(3)
	f.Add(written(f, r))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := tried(file, r); err != nil && fault.As(err) == nil {
			t.Errorf("%v", err)
		}
	})
}
