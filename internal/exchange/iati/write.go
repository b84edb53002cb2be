package iati

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
	"adam/internal/term"
)

// WriteOptions say how a file is written.
type WriteOptions struct {
	VocabularyURI string    // address of the page that explains our themes; required
	Language      string    // of texts that state none; en
	Licence       string    // said in a comment at the top: IATI keeps it in its registry
	Contacts      bool      // write contacts, which are for members only
	Generated     time.Time // now, where zero
}

func (o WriteOptions) now() time.Time {
	if o.Generated.IsZero() {
		return time.Now()
	}
	return o.Generated
}

func (o WriteOptions) filled() WriteOptions {
	if o.Language == "" {
		o.Language = "en"
	}
	return o
}

// LeftOut is an activity or organisation that could not be valid, and why.
type LeftOut struct {
	Identifier, Title string
	Reasons           []string
}

// Written is what a Writer did.
type Written struct {
	Count   int
	LeftOut []LeftOut           // were not written
	Notes   map[string][]string // by identifier, of the first 1000: what of it was left out, or put another way
}

// Empty says that nothing was written. The schema wants at least one activity, so that such a file is not valid: do not
// publish it; Nothing says why.
func (w *Written) Empty() bool { return w.Count == 0 }

// Nothing is what a person is told in place of an empty file.
func (w *Written) Nothing() error {
	if len(w.LeftOut) == 0 {
		return fault.New(fault.NotFound, "There is nothing to be written, and a file of IATI must hold something. Choose less narrowly.")
	}
	return fault.New(fault.NotFound, "Nothing of this can be written as IATI, whose rules want more than is known. The first of %d: %s", len(w.LeftOut), w.LeftOut[0])
}

// Writer writes a file of version 2.03, one activity or organisation at a time. Each is made fit first: see Prepare.
//
// Where an activity takes place in several States and their shares are not known, the standard demands percentages that
// nobody has stated. They are not made up (an equal split would be a guess that others add up). The States then stand as
// one region of our own vocabulary (99), whose code names them all, such as KH+LA+TH: one region needs no percentage. Each
// State also stands as a location with its ISO code (vocabulary A4), which programs of others understand and which never
// carries a share. In the same way several DAC codes without shares stand as one code of vocabulary 98 and as tags.
//
// A date of which only the year or the month is known is written as the first day of it (the last, for an end), and the
// text beside it says so: “Only the year is known: 2009.” Read takes it back.
type Writer struct {
	to   *bufio.Writer
	o    WriteOptions
	root string
	did  Written
}

// NewWriter begins a file of activities.
func NewWriter(w io.Writer, o WriteOptions) (*Writer, error) { return newWriter(w, o, "activities") }

// NewOrganisationWriter begins a file of organisations.
func NewOrganisationWriter(w io.Writer, o WriteOptions) (*Writer, error) {
	return newWriter(w, o, "organisations")
}

func newWriter(to io.Writer, o WriteOptions, kind string) (*Writer, error) {
	if !address(o.VocabularyURI) || o.VocabularyURI == "" || strings.Contains(o.VocabularyURI, "#") {
		return nil, fault.New(fault.Internal, "A file of IATI needs the address of the page that explains the themes.")
	}
	w := &Writer{to: bufio.NewWriterSize(to, 64<<10), o: o.filled(), root: "iati-" + kind, did: Written{Notes: map[string][]string{}}}
	x := &markup{}
	x.b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	if o.Licence != "" {
		x.b.WriteString("<!-- Licence: " + commented(o.Licence) + " -->\n")
	}
	x.open(w.root, "version", "2.03", "generated-datetime", w.o.now().UTC().Format(time.RFC3339))
	_, err := w.to.WriteString(x.b.String())
	return w, err
}

// Write writes an activity, or lists it as left out. An error is of the file that is written to.
func (w *Writer) Write(a *Activity) error {
	r := Prepare(a, w.o)
	if len(r.Missing) > 0 {
		w.did.LeftOut = append(w.did.LeftOut, LeftOut{a.Identifier, a.Title.In(w.o.Language), r.Missing})
		return nil
	}
	w.noted(r)
	x := &markup{language: r.Activity.Language, uri: w.o.VocabularyURI, depth: 1}
	x.activity(r.Activity)
	w.did.Count++
	_, err := w.to.WriteString(x.b.String())
	return err
}

// mostNoted is of how many activities notes are kept: those of a whole catalogue would not fit into memory.
const mostNoted = 1000

func (w *Writer) noted(r *Ready) {
	if len(r.Notes) > 0 && len(w.did.Notes) < mostNoted {
		w.did.Notes[r.Activity.Identifier] = r.Notes
	}
}

// Count is how many were written so far.
func (w *Writer) Count() int { return w.did.Count }

// Close ends the file and says what was done. What was left out stands in a comment at the end too, where whoever has the file
// finds it. Where nothing was written, no byte is.
func (w *Writer) Close() (*Written, error) {
	if w.did.Empty() {
		return &w.did, nil
	}
	if _, err := w.to.WriteString("</" + w.root + ">\n"); err != nil {
		return &w.did, err
	}
	for i, l := range w.did.LeftOut {
		if i == 0 {
			_, _ = fmt.Fprintf(w.to, "<!-- Left out, because it could not be valid: %d\n", len(w.did.LeftOut)) // Flush gives the error
		}
		_, _ = w.to.WriteString(commented(l.String()) + "\n")
	}
	if len(w.did.LeftOut) > 0 {
		_, _ = w.to.WriteString("-->\n")
	}
	return &w.did, w.to.Flush()
}

// String is what was left out and why, in a line.
func (l LeftOut) String() string {
	return term.Clip(l.Identifier) + " “" + strings.Join(strings.Fields(l.Title), " ") + "”: " + strings.Join(l.Reasons, "; ") + "."
}

// commented is a text as a comment can hold it: without two hyphens, and without signs that XML does not allow.
func commented(text string) string { return cell.Readable(strings.ReplaceAll(text, "-", "‐")) }

// markup gathers the XML of one activity.
type markup struct {
	b        strings.Builder
	language string // that need not be said
	uri      string
	depth    int
}

// tag begins an element; attributes without a value are left out.
func (x *markup) tag(name string, attrs []string, end string) {
	x.b.WriteString(strings.Repeat("  ", x.depth) + "<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			attribute(&x.b, attrs[i], attrs[i+1])
		}
	}
	x.b.WriteString(end)
}

func (x *markup) open(name string, attrs ...string) {
	x.tag(name, attrs, ">\n")
	x.depth++
}

func (x *markup) end(name string) {
	x.depth--
	x.b.WriteString(strings.Repeat("  ", x.depth) + "</" + name + ">\n")
}

// empty writes an element without content.
func (x *markup) empty(name string, attrs ...string) { x.tag(name, attrs, "/>\n") }

// coded writes an element that is a code, where there is one.
func (x *markup) coded(name, code string) {
	if code != "" {
		x.empty(name, "code", code)
	}
}

// plain writes an element that is a text without a language, where there is one.
func (x *markup) plain(name, text string, attrs ...string) {
	x.tag(name, attrs, ">")
	escape(&x.b, text)
	x.b.WriteString("</" + name + ">\n")
}

// text writes an element with its narratives.
func (x *markup) text(name string, t Text, attrs ...string) {
	if t = filledText(t); len(t) == 0 {
		x.empty(name, attrs...)
		return
	}
	x.open(name, attrs...)
	x.narratives(t)
	x.end(name)
}

// texts is text, but nothing where there is nothing to say.
func (x *markup) texts(name string, t Text) {
	if len(filledText(t)) > 0 {
		x.text(name, t)
	}
}

func (x *markup) narratives(t Text) {
	for _, n := range filledText(t) {
		language := tongue(n.Language)
		if language == x.language {
			language = ""
		}
		x.plain("narrative", n.Text, "xml:lang", language)
	}
}
