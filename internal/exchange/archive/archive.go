// Package archive looks at office files, which are archives of XML, before a parser sees them: how large they really are,
// and which of their parts do something or lead elsewhere. It knows no sheets; who asks says what the sentence is.
package archive

import (
	"archive/zip"
	"errors"
	"io"
	"strings"
)

// Limits are what a file may be.
type Limits struct {
	Unpacked int64 // bytes of all parts together
	Entries  int   // parts
	Ratio    int64 // unpacked to packed, of parts larger than Large
	Large    int64 // bytes; smaller parts may be as dense as they like
}

// What Open refuses.
var (
	ErrNone = errors.New("this is no archive, or a damaged one")
	ErrRich = errors.New("the archive unpacks to more than is allowed")
)

// Open opens an archive of size bytes and measures it: each part is unpacked once and thrown away, since a header may say
// less than a part holds. Its errors are ErrNone and ErrRich, with what caused them.
func Open(file io.ReaderAt, size int64, l Limits) (*zip.Reader, error) {
	r, err := zip.NewReader(file, size)
	if err != nil {
		return nil, errors.Join(ErrNone, err)
	}
	if len(r.File) > l.Entries {
		return nil, ErrRich
	}
	total := int64(0)
	for _, f := range r.File {
		n, err := unpacked(f, l.Unpacked-total)
		if err != nil {
			return nil, err
		}
		if total += n; n > l.Large && uint64(n) > uint64(l.Ratio)*f.CompressedSize64 {
			return nil, ErrRich
		}
	}
	return r, nil
}

// unpacked is how large a part really is, whatever its header says.
func unpacked(f *zip.File, most int64) (int64, error) {
	in, err := f.Open()
	if err != nil {
		return 0, errors.Join(ErrNone, err)
	}
	defer in.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(in, most+1))
	if n > most {
		return n, ErrRich
	}
	if err != nil {
		return n, errors.Join(ErrNone, err)
	}
	return n, nil
}

// Name is the name of a part as programs compare it: in small letters, with slashes.
func Name(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// Macro says whether a part is a program that a spreadsheet would run.
func Macro(name string) bool {
	name = Name(name)
	return strings.Contains(name, "vbaproject") || strings.HasPrefix(name, "xl/macrosheets/") || strings.HasPrefix(name, "xl/activex/")
}

// Link says whether a part leads to other files.
func Link(name string) bool { return strings.HasPrefix(Name(name), "xl/externallinks/") }

// Comments says whether a part holds what people have remarked on cells.
func Comments(name string) bool {
	name = Name(name)
	return strings.HasPrefix(name, "xl/comments") || strings.HasPrefix(name, "xl/threadedcomments/")
}

// Embedded says whether a part is another file.
func Embedded(name string) bool { return strings.HasPrefix(Name(name), "xl/embeddings/") }
