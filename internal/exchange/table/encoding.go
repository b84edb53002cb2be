package table

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"adam/internal/fault"
	"adam/internal/term"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// decoded finds out in which encoding a text file is written, and gives what makes UTF-8 of it. A byte order mark is believed
// first, then whoever sends the file; what is neither marked nor UTF-8 is read as Windows-1252, and this is said.
func decoded(file io.ReaderAt, size int64, o *Options, told *Report) (encoding.Encoding, error) {
	head := make([]byte, min(size, 4096))
	if _, err := file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	use := func(name string, e encoding.Encoding) (encoding.Encoding, error) {
		told.Encoding = name
		return e, nil
	}
	zeros := [2]int{}
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return nil, fault.New(fault.Invalid, "The file is written in UTF-32, which is not read here. Save it as CSV in UTF-8.")
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return use("UTF-8", unicode.UTF8BOM)
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return use("UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return use("UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	case o.Encoding != "":
		return named(o.Encoding, told)
	case zeros[1] > len(head)/4 && zeros[0] == 0:
		told.note(BadEncoding, Warning, "", "The file is written in UTF-16 without the mark that says so. It was read, but not every program can.")
		return use("UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))
	case zeros[0] > len(head)/4 && zeros[1] == 0:
		told.note(BadEncoding, Warning, "", "The file is written in UTF-16 without the mark that says so. It was read, but not every program can.")
		return use("UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))
	case zeros[0]+zeros[1] > 0:
		return nil, notTable()
	}
	sound, err := isUTF8(io.NewSectionReader(file, 0, size))
	if err != nil {
		return nil, err
	}
	if sound {
		return use("UTF-8", encoding.Nop)
	}
	told.note(BadEncoding, Warning, "", "The file is not written in UTF-8. It was read as Windows-1252, as programs in Western Europe write: look at letters with accents. Where they are wrong, save it as CSV in UTF-8.")
	return use("windows-1252", charmap.Windows1252)
}

// named is an encoding that somebody has named.
func named(name string, told *Report) (encoding.Encoding, error) {
	e, err := htmlindex.Get(strings.TrimSpace(name))
	canonical := ""
	if err == nil {
		canonical, err = htmlindex.Name(e)
	}
	if err != nil || canonical == "replacement" || canonical == "x-user-defined" {
		return nil, fault.New(fault.Invalid, "The encoding “%s” is not known here. Save the file as CSV in UTF-8, or name one such as utf-8, windows-1252, windows-874 or utf-16le.", term.Clip(name))
	}
	if told.Encoding = canonical; canonical == "utf-8" {
		return encoding.Nop, nil // letters that are none become visible as such
	}
	return e, nil
}

// isUTF8 reads a file once.
func isUTF8(r io.Reader) (bool, error) {
	buf, kept := make([]byte, 64<<10), 0
	for {
		n, err := r.Read(buf[kept:])
		data := buf[:kept+n]
		for len(data) > 0 {
			if data[0] < utf8.RuneSelf {
				data = data[1:]
				continue
			}
			if !utf8.FullRune(data) && err == nil {
				break // it goes on in the next piece
			}
			c, size := utf8.DecodeRune(data)
			if c == utf8.RuneError && size == 1 {
				return false, nil
			}
			data = data[size:]
		}
		kept = copy(buf, data)
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}
