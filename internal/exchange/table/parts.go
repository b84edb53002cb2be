package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"adam/internal/exchange/archive"
	"adam/internal/fault"
	"adam/internal/term"
)

// tokens goes through a part of a workbook tag by tag. Names are without prefixes. No single text or tag is larger than most bytes.
// A DOCTYPE is refused: no workbook has one, and it can make a reader open other files or grow without end.
func tokens(f *zip.File, most int, each func(xml.Token) error) error {
	in, err := f.Open()
	if err != nil {
		return notTable().Because(err)
	}
	defer in.Close()
	from, depth := archive.NewBounded(in, most), 0
	d := xml.NewDecoder(from)
	for {
		from.Next()
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && depth == 0:
			return nil
		case errors.Is(err, archive.ErrToken):
			return fault.New(fault.Limit, "One cell of the file holds more than %d KB. Shorten it, and send the file again.", most>>10).Because(err)
		case err != nil:
			return fault.New(fault.Invalid, "The file is damaged (in its part %s). Open it in a spreadsheet program, save it as .xlsx, and send it again.", term.Clip(f.Name)).Because(err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.Directive:
			return fault.New(fault.Invalid, "The file has a DOCTYPE (in its part %s), which no spreadsheet needs: nothing was read.", term.Clip(f.Name))
		}
		if err := each(token); err != nil {
			return err
		}
	}
}

// attr is an attribute of a tag; "" where it has none.
func attr(tag xml.StartElement, name string) string {
	for _, a := range tag.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func number(tag xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(tag, name))
	if err != nil {
		return -1
	}
	return n
}

func yes(tag xml.StartElement, name string) bool {
	v := attr(tag, name)
	return v == "1" || v == "true" || v == "on"
}

// part finds a part by its name.
func part(r *zip.Reader, name string) *zip.File {
	for _, f := range r.File {
		if archive.Name(f.Name) == archive.Name(name) {
			return f
		}
	}
	return nil
}

const mostTag = 1 << 20 // bytes of a tag or text of the parts that are no sheets

// relations are what a part, or the whole file where it is "", leads to within the file: by identifier, and by the last word
// of its type.
func relations(r *zip.Reader, of string) (byID, byType map[string]string, err error) {
	byID, byType = map[string]string{}, map[string]string{}
	name := "_rels/.rels" // of the whole file
	if of != "" {
		name = path.Join(path.Dir(of), "_rels", path.Base(of)+".rels")
	}
	f := part(r, name)
	if f == nil {
		return byID, byType, nil
	}
	err = tokens(f, mostTag, func(t xml.Token) error {
		tag, ok := t.(xml.StartElement)
		if !ok || tag.Name.Local != "Relationship" || attr(tag, "TargetMode") == "External" {
			return nil
		}
		target := attr(tag, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(of), target)
		}
		byID[attr(tag, "Id")], byType[path.Base(attr(tag, "Type"))] = target, target
		return nil
	})
	return byID, byType, err
}
