package iati

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"adam/internal/fault"
	"adam/internal/term"
)

// stop and limit end the reading at the place where the decoder is.
func (in *reader) stop(format string, args ...any) error {
	line, _ := in.d.InputPos()
	return in.broken(line, in.where(), fault.New(fault.Invalid, format, args...))
}

func (in *reader) limit(format string, args ...any) error {
	line, _ := in.d.InputPos()
	return in.broken(line, in.where(), fault.New(fault.Limit, format, args...))
}

// where names the elements that are open, the innermost ones of many.
func (in *reader) where() string {
	from := max(0, len(in.open)-6)
	return strings.Join(in.open[from:], "/")
}

// broken puts the place before the sentence of a fault, tells the report, and gives the fault back.
func (in *reader) broken(line int, path string, err error) error {
	f := fault.As(err)
	in.rep.add(Problem{Sort: Broken, Severity: Error, Line: line, Path: path, Sentence: f.Sentence}, in.o.MostProblems)
	out := fault.New(f.Kind, "Line %d%s: %s", line, within(path), f.Sentence).At("file").Because(err)
	out.Details = map[string]any{"line": line, "element": path}
	return out
}

func within(path string) string {
	if path == "" {
		return ""
	}
	return ", in " + term.Clip(path)
}

// failure says in plain words why the decoder stopped. Faults have been told already, and errors of each are none of ours.
func (in *reader) failure(err error) error {
	if fault.As(err) != nil {
		return err
	}
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, errTokenSize):
		return in.limit("One text, tag or comment is larger than %d bytes. Shorten it, or send the file without it.", in.o.MostText)
	case errors.Is(err, errActivitySize):
		return in.limit("One activity is larger than %d bytes. Send it without its results, or in parts.", in.o.MostActivity)
	case errors.Is(err, io.EOF):
		return in.stop("There is no element in the file. Expected is <iati-activities>.")
	case errors.As(err, &syntax):
		return in.broken(syntax.Line, in.where(), in.syntax(syntax.Msg).Because(err))
	}
	if strings.Contains(err.Error(), "unsupported version") { // of encoding/xml, which has no type for it
		return in.stop("The file says in its first line that it is of another version of XML than 1.0. Write version=\"1.0\".")
	}
	return in.broken(1, in.where(), fault.New(fault.Invalid, "The file could not be read further here. Send it again.").Because(err))
}

func (in *reader) syntax(msg string) *fault.Error {
	switch {
	case msg == "unexpected EOF":
		return fault.New(fault.Invalid, "The file ends before its elements do: </%s> is missing. Was it cut off? Get it again.", in.innermost())
	case msg == "invalid UTF-8" && in.src.name == "UTF-8":
		return fault.New(fault.Invalid, "A letter is not written in UTF-8, though the first line says so or says nothing. Save the file as UTF-8, or name its encoding in the first line.")
	case strings.HasPrefix(msg, "element <"):
		return fault.New(fault.Invalid, "An element is closed that is not the one that is open: expected is </%s>.", in.innermost())
	case strings.HasPrefix(msg, "invalid character entity"):
		return fault.New(fault.Invalid, "An entity is not known (%s). Expected are &amp;, &lt;, &gt;, &quot;, &apos; or the number of a letter; write & as &amp;.", term.Clip(strings.TrimPrefix(msg, "invalid character entity ")))
	case strings.HasPrefix(msg, "illegal character code"):
		return fault.New(fault.Invalid, "A character stands here that XML does not allow. Take it out.")
	}
	if !utf8.ValidString(msg) {
		msg = "not readable"
	}
	return fault.New(fault.Invalid, "This is not well-formed XML (%s).", term.Clip(msg))
}

// innermost is the name of the element that is open.
func (in *reader) innermost() string {
	if len(in.open) == 0 {
		return "iati-activities"
	}
	return term.Clip(in.open[len(in.open)-1])
}
