package iati

import (
	"cmp"
	"encoding/xml"
	"errors"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"adam/internal/term"
)

// Options bound what Read takes in and tells. The zero value is right for files of strangers.
type Options struct {
	Name         string // of the file, for problems
	Licence      string // where the file states none
	MostDepth    int    // of elements in one another; 100
	MostActivity int    // bytes of one activity; 8 MB
	MostParts    int    // elements, texts and attributes of one activity; 250,000: each costs far more memory than it has letters
	MostText     int    // bytes of one text, tag or comment; 1 MB
	MostAttrs    int    // of one element; 50
	MostProblems int    // that are told in full, of each sort; 50
	MostCompared int    // identifiers that are compared with one another; 1,000,000
}

func (o Options) filled() *Options {
	o.MostDepth = cmp.Or(o.MostDepth, 100)
	o.MostActivity = cmp.Or(o.MostActivity, 8<<20)
	o.MostParts = cmp.Or(o.MostParts, 250_000)
	o.MostText = cmp.Or(o.MostText, 1<<20)
	o.MostAttrs = cmp.Or(o.MostAttrs, 50)
	o.MostProblems = cmp.Or(o.MostProblems, 50)
	o.MostCompared = cmp.Or(o.MostCompared, 1_000_000)
	return &o
}

// Broken is the sort of the one problem that ends the reading of a file.
const Broken Sort = "FILE"

// Read reads the activities of a file one by one and calls each with them. An activity is no longer used after that, so
// each may keep it. What is wrong within an activity is in the report, and the activity is given all the same.
//
// A file that is not well-formed, holds a DOCTYPE, is not of activities or breaks a bound gives an error that may be
// shown (INVALID or LIMIT), with what was read until then in the report: the caller throws the file away as a whole. An
// error of each ends the reading and comes back as it is. The report is never nil.
func Read(r io.Reader, opts Options, each func(*Activity) error) (*Report, error) {
	o := opts.filled()
	in := &reader{o: o, each: each, seen: map[uint64]struct{}{},
		rep: &Report{File: o.Name, Licence: o.Licence, Counts: map[Sort]int{}, Kept: map[string]int{}}}
	src, err := open(r, o)
	if err != nil {
		return in.rep, in.broken(1, "", err)
	}
	in.src, in.d = src, xml.NewDecoder(src)
	in.d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // src did it
	in.rep.Encoding = src.name
	for _, w := range src.warnings {
		in.rep.add(Problem{Sort: LostText, Severity: Warning, Line: 1, Path: "xml", Sentence: w}, o.MostProblems)
	}
	err = in.all()
	in.rep.Bytes = src.counted.n
	return in.rep, err
}

type reader struct {
	o    *Options
	rep  *Report
	src  *source
	d    *xml.Decoder
	each func(*Activity) error
	seen map[uint64]struct{} // hashes of identifiers: 64 bits, so that a million of them cost 16 MB and not 100

	open    []string // names of the elements that are open
	version string
}

// all goes through the file.
func (in *reader) all() error {
	done := false
	for {
		t, err := in.next()
		if errors.Is(err, io.EOF) && done {
			return nil
		}
		if err != nil {
			return in.failure(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if done {
				return in.stop("A second element <%s> stands after the end of the file's first one. Join files so that all activities stand in one <iati-activities>.", term.Clip(t.Name.Local))
			}
			if err := in.root(t); err != nil {
				return err
			}
			if err := in.activities(); err != nil {
				return err
			}
			done = true
		case xml.CharData:
			if len(strings.TrimSpace(string(t))) > 0 {
				return in.stop("Text stands outside the first element. This is not well-formed XML: send the file as it was published.")
			}
		}
	}
}

// next gives the next token and keeps what is open. The bounds that do not need the activity are seen to here.
func (in *reader) next() (xml.Token, error) {
	in.src.token = 0
	t, err := in.d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case xml.StartElement:
		if len(in.open) >= in.o.MostDepth {
			return nil, in.limit("Elements stand in one another more than %d deep, which no IATI file needs.", in.o.MostDepth)
		}
		in.open = append(in.open, t.Name.Local)
		return t, in.attrs(t)
	case xml.EndElement:
		in.open = in.open[:len(in.open)-1]
	case xml.ProcInst:
		if m := declared.FindSubmatch([]byte("<?xml " + string(t.Inst) + ">")); t.Target == "xml" && m != nil && strings.HasPrefix(in.src.name, "UTF-16") && !strings.HasPrefix(strings.ToUpper(string(m[1])), "UTF-16") {
			in.rep.add(Problem{Sort: LostText, Severity: Warning, Line: 1, Path: "xml", Value: string(m[1]), Sentence: "The first line names another encoding than the one in which the file is written, " + in.src.name + ". It was read as that."}, in.o.MostProblems)
		}
	case xml.Directive:
		return nil, in.stop("The file has a DOCTYPE. IATI needs none, and it can make a reader open other files or grow without end: nothing is read. Take the line with <!DOCTYPE out.")
	}
	return t, nil
}

func (in *reader) attrs(t xml.StartElement) error {
	if len(t.Attr) > in.o.MostAttrs {
		return in.limit("The element <%s> has more than %d attributes, which no IATI file needs.", term.Clip(t.Name.Local), in.o.MostAttrs)
	}
	for i, a := range t.Attr {
		if slices.ContainsFunc(t.Attr[:i], func(b xml.Attr) bool { return a.Name == b.Name }) {
			return in.stop("The element <%s> has the attribute %s twice. This is not well-formed XML.", term.Clip(t.Name.Local), term.Clip(a.Name.Local))
		}
	}
	return nil
}

// root looks at the first element.
func (in *reader) root(t xml.StartElement) error {
	switch t.Name.Local {
	case "iati-activities":
	case "iati-organisations":
		return in.stop("This is a file of organisations. Send a file of activities, which begins with <iati-activities>.")
	default:
		return in.stop("The file begins with <%s>. A file of IATI activities begins with <iati-activities>.", term.Clip(t.Name.Local))
	}
	n := &node{name: t.Name.Local, attrs: t.Attr}
	in.version = n.attr("version")
	in.rep.Version, in.rep.Generated = brief(in.version, mostName), brief(n.attr("generated-datetime"), mostName)
	for _, a := range t.Attr {
		if l := strings.ToLower(a.Name.Local); (l == "licence" || l == "license") && in.rep.Licence == "" {
			in.rep.Licence = brief(strings.TrimSpace(a.Value), mostSentence)
		}
	}
	if !slices.Contains(versions, in.version) {
		line, _ := in.d.InputPos()
		in.rep.add(Problem{Sort: BadVersion, Severity: Warning, Line: line, Path: "iati-activities/@version", Value: in.version,
			Sentence: "No such version of IATI is known. Expected is one of " + strings.Join(versions, ", ") + ". Each activity is read by what stands in it."}, in.o.MostProblems)
	}
	return nil
}

var versions = []string{"1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03"}

// activities reads what stands in the first element, to its end.
func (in *reader) activities() error {
	for {
		t, err := in.next()
		if err != nil {
			return in.failure(err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if t.Name.Local != "iati-activity" {
				in.rep.keep("iati-activities/" + t.Name.Local)
				err = in.skip()
			} else {
				err = in.activity(t)
			}
			if err != nil {
				return err
			}
		case xml.CharData:
			if len(strings.TrimSpace(string(t))) > 0 {
				line, _ := in.d.InputPos()
				in.rep.add(Problem{Sort: BadShape, Severity: Warning, Line: line, Path: "iati-activities", Value: strings.TrimSpace(term.Clip(string(t))),
					Sentence: "Text stands between activities. It was passed over."}, in.o.MostProblems)
			}
		}
	}
}

// skip passes over an element that just began.
func (in *reader) skip() error {
	for depth := len(in.open); len(in.open) >= depth; {
		if _, err := in.next(); err != nil {
			return in.failure(err)
		}
	}
	return nil
}

// activity reads one activity as a tree, understands it and gives it away.
func (in *reader) activity(t xml.StartElement) error {
	in.src.activity, in.src.inActivity = 0, true
	n, err := in.tree(t)
	in.src.inActivity = false
	if err != nil {
		return in.failure(err)
	}
	in.rep.Activities++
	n.nth = in.rep.Activities
	p := &parser{o: in.o, rep: in.rep, top: n, a: &Activity{Line: n.line, Licence: in.rep.Licence}, declared: in.version}
	p.activity()
	in.compare(p)
	in.rep.Transactions += len(p.a.Transactions)
	in.rep.Budgets += len(p.a.Budgets)
	return in.each(p.a)
}

// tree gathers an element that just began, with all that is in it.
func (in *reader) tree(t xml.StartElement) (*node, error) {
	line, _ := in.d.InputPos()
	top := &node{name: t.Name.Local, attrs: own(t.Attr), line: line}
	parts := 1 + len(t.Attr)
	plain := t.Name.Space // some files put all of IATI into a namespace; what differs from it is an extension
	for at := top; at != nil; {
		t, err := in.next()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			parts += 1 + len(t.Attr)
			line, _ := in.d.InputPos()
			n := &node{name: t.Name.Local, attrs: own(t.Attr), parent: at, line: line}
			if t.Name.Space != plain {
				n.space = t.Name.Space
			}
			at.kids = append(at.kids, n)
			at = n
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			if body := strings.TrimSpace(string(t)); body != "" {
				parts++
				at.kids = append(at.kids, &node{body: string(t), parent: at})
			}
		}
		if parts > in.o.MostParts {
			return nil, in.limit("One activity has more than %d elements, texts and attributes. Send it without its results, or in parts.", in.o.MostParts)
		}
	}
	return top, nil
}

// own are the attributes without the declarations of namespaces, which the decoder has already followed.
func own(attrs []xml.Attr) []xml.Attr {
	return slices.DeleteFunc(attrs, func(a xml.Attr) bool {
		return a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns"
	})
}

// compare tells of an identifier that an earlier activity of the same reporter has.
func (in *reader) compare(p *parser) {
	if p.a.Identifier == "" {
		return
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(p.a.Identifier + "\n" + cmp.Or(p.a.Reporter.Ref, p.a.Reporter.Name.In("en")))) // a hash does not fail
	if _, twice := in.seen[h.Sum64()]; twice {
		in.rep.Duplicates++
		p.a.Repeated = true
		p.problem(p.top.child("iati-identifier"), "", Warning, Repeated, p.a.Identifier, "An earlier activity of this file has the same identifier and the same reporter. Expected is each once.")
		return
	}
	if len(in.seen) < in.o.MostCompared {
		in.seen[h.Sum64()] = struct{}{}
	} else if in.rep.UncheckedFrom == 0 {
		in.rep.UncheckedFrom = in.rep.Activities
	}
}
