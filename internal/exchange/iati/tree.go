package iati

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// node is an element of one activity, or with name "" a text between elements.
type node struct {
	name, space string
	attrs       []xml.Attr
	kids        []*node
	parent      *node
	body        string // of a text
	line        int
	nth         int // among the activities of the file; of the activity only
}

// attr is an attribute without a namespace, without spaces around it; "" where it is missing.
func (n *node) attr(name string) string {
	v, _ := n.attribute(name)
	return v
}

func (n *node) attribute(name string) (string, bool) {
	for i := range n.attrs {
		if n.attrs[i].Name.Local == name && n.attrs[i].Name.Space == "" {
			return strings.TrimSpace(n.attrs[i].Value), true
		}
	}
	return "", false
}

// lang is the language that an element states for itself.
func (n *node) lang() string {
	for i := range n.attrs {
		if n.attrs[i].Name.Local == "lang" && n.attrs[i].Name.Space == xmlSpace {
			return tongue(strings.ToLower(strings.TrimSpace(n.attrs[i].Value)))
		}
	}
	return ""
}

// undetermined is what ISO 639-2 has for a language that is not known.
const undetermined = "und"

var languageTag = regexp.MustCompile(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`) // xsd:language

// tongue is a language as XML allows it to be named; what cannot be one is undetermined.
func tongue(language string) string {
	if language == "" || languageTag.MatchString(language) {
		return language
	}
	return undetermined
}

// child is the first child of a name; nil where there is none.
func (n *node) child(name string) *node {
	for _, k := range n.kids {
		if k.name == name && k.space == "" {
			return k
		}
	}
	return nil
}

// each calls f with all children of a name.
func (n *node) each(name string, f func(*node)) {
	for _, k := range n.kids {
		if k.name == name && k.space == "" {
			f(k)
		}
	}
}

// own is the text directly in an element, spaces folded.
func (n *node) own() string {
	if len(n.kids) == 1 && n.kids[0].name == "" {
		return strings.Join(strings.Fields(n.kids[0].body), " ")
	}
	var text strings.Builder
	for _, k := range n.kids {
		if k.name == "" {
			text.WriteString(k.body)
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

// path says where an element is: iati-activity[3]/transaction[2]/value. A number stands where there are several.
func (n *node) path() string {
	if n.parent == nil {
		return n.name + "[" + strconv.Itoa(n.nth) + "]"
	}
	at, of := 0, 0
	for _, k := range n.parent.kids {
		if k.name == n.name {
			of++
		}
		if k == n {
			at = of
		}
	}
	p := n.parent.path() + "/" + n.name
	if of > 1 {
		p += "[" + strconv.Itoa(at) + "]"
	}
	return p
}

// raw writes an element as it was received, without needless spaces and without comments.
func (n *node) raw() string {
	var b strings.Builder
	n.write(&b, "")
	return b.String()
}

func (n *node) write(b *strings.Builder, space string) {
	if n.name == "" {
		escape(b, n.body)
		return
	}
	b.WriteString("<" + n.name)
	if n.space != space {
		attribute(b, "xmlns", n.space)
	}
	for i, a := range n.attrs {
		switch a.Name.Space {
		case "":
			attribute(b, a.Name.Local, a.Value)
		case xmlSpace:
			attribute(b, "xml:"+a.Name.Local, a.Value)
		default:
			prefix := "n" + strconv.Itoa(i)
			attribute(b, "xmlns:"+prefix, a.Name.Space)
			attribute(b, prefix+":"+a.Name.Local, a.Value)
		}
	}
	if len(n.kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for _, k := range n.kids {
		k.write(b, n.space)
	}
	b.WriteString("</" + n.name + ">")
}

func attribute(b *strings.Builder, name, value string) {
	b.WriteString(" " + name + `="`)
	escape(b, value)
	b.WriteString(`"`)
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")

// escape writes a text so that it can stand in an element or an attribute. What XML cannot hold is left out.
func escape(b *strings.Builder, s string) {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	_, _ = escapes.WriteString(b, s) // a strings.Builder does not fail
}
