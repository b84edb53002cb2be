package iati

import (
	_ "embed"
	"regexp"
	"strings"
)

//go:embed shape.tsv
var shapeTSV string

// form is how the schema of version 2.03 wants an element to be.
type form struct {
	attrs    map[string]*attrForm
	required []string
	parts    map[string]int // by name: the place in the order
	order    []partForm
	text     string // the type of its text; "" where it has none
}

type attrForm struct{ kind string }

type partForm struct {
	name             string
	required, single bool
}

var forms = map[string]*form{}

func init() {
	for _, line := range strings.Split(shapeTSV, "\n") {
		if f := strings.Split(line, "\t"); len(f) == 4 && !strings.HasPrefix(line, "#") {
			forms[f[0]] = newForm(f[1], f[2], f[3])
		}
	}
}

func newForm(attrs, parts, text string) *form {
	f := &form{attrs: map[string]*attrForm{}, parts: map[string]int{}, text: text}
	for _, a := range strings.Fields(attrs) {
		name, kind, _ := strings.Cut(strings.TrimPrefix(strings.Replace(a, "xml:lang", "lang", 1), "!"), ":")
		f.attrs[name] = &attrForm{kind}
		if a[0] == '!' {
			f.required = append(f.required, name)
		}
	}
	for i, s := range strings.Fields(parts) {
		name := strings.TrimRight(s, "?*+")
		f.parts[name] = i
		f.order = append(f.order, partForm{name, s == name || strings.HasSuffix(s, "+"), s == name || strings.HasSuffix(s, "?")})
	}
	return f
}

func formOf(name, parent string) *form {
	if f := forms[parent+"/"+name]; f != nil {
		return f
	}
	return forms[name]
}

// shape tells where an element is not as the schema of 2.03 wants it. The record may still be right, so these are warnings;
// what the reader itself cannot read, it tells as an error.
func (p *parser) shape(n *node, parent string) {
	f := formOf(n.name, parent)
	if f == nil {
		return // told by its parent, or an extension
	}
	p.shapeOfAttributes(n, f)
	if text := n.own(); f.text == "" && text != "" {
		p.problem(n, "", Warning, BadShape, text, "Text stands here, where version 2.03 allows none.")
	} else if f.text != "" && !typed(f.text, text) {
		p.problem(n, "", Warning, BadShape, text, "Expected is %s.", typeNames[f.text])
	}
	p.shapeOfParts(n, f)
	for _, k := range n.kids {
		if k.name != "" && k.space == "" {
			p.shape(k, n.name)
		}
	}
}

func (p *parser) shapeOfAttributes(n *node, f *form) {
	for _, a := range n.attrs {
		if a.Name.Space != "" {
			continue
		}
		form, ok := f.attrs[a.Name.Local]
		if !ok {
			p.problem(n, a.Name.Local, Warning, BadShape, a.Value, "Version 2.03 has no such attribute here. It is kept as it is.")
		} else if !typed(form.kind, strings.TrimSpace(a.Value)) {
			p.problem(n, a.Name.Local, Warning, BadShape, a.Value, "Expected is %s.", typeNames[form.kind])
		}
	}
	for _, name := range f.required {
		if _, ok := n.attribute(name); !ok {
			p.problem(n, name, Warning, BadShape, "", "The attribute %s is missing, which version 2.03 requires.", name)
		}
	}
}

func (p *parser) shapeOfParts(n *node, f *form) {
	counts, last, told := make([]int, len(f.order)), 0, false
	for _, k := range n.kids {
		if k.name == "" || k.space != "" {
			continue
		}
		at, ok := f.parts[k.name]
		if !ok {
			p.problem(k, "", Warning, BadShape, "", "Version 2.03 has no element <%s> in <%s>. It is kept as it is.", k.name, n.name)
			continue
		}
		if counts[at]++; counts[at] == 2 && f.order[at].single {
			p.problem(k, "", Warning, BadShape, "", "There is more than one <%s>. Version 2.03 allows one here.", k.name)
		}
		if at < last && !told {
			told = true
			p.problem(k, "", Warning, BadShape, "", "The element <%s> stands after <%s>. Version 2.03 wants it before.", k.name, f.order[last].name)
		}
		last = max(last, at)
	}
	for i, part := range f.order {
		if part.required && counts[i] == 0 {
			p.problem(n, "", Warning, BadShape, "", "The element <%s> is missing, which version 2.03 requires here.", part.name)
		}
	}
}

var typeNames = map[string]string{
	"date": "a day, such as 2009-05-17", "dateTime": "a day and a time, such as 2009-05-17T12:00:00Z", "decimal": "a number, such as 12.5",
	"boolean": "true, false, 1 or 0", "int": "a whole number", "nonNegativeInteger": "a whole number, 0 or more", "positiveInteger": "a whole number above 0",
	"anyURI": "an address without spaces, such as https://example.org/a", "NMTOKEN": "one word",
}

var types = map[string]*regexp.Regexp{
	"date": regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?$`), "dateTime": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`),
	"decimal": number, "boolean": regexp.MustCompile(`^(true|false|0|1)$`), "int": regexp.MustCompile(`^[+-]?\d{1,10}$`),
	"nonNegativeInteger": regexp.MustCompile(`^\+?\d+$`), "positiveInteger": regexp.MustCompile(`^\+?0*[1-9]\d*$`),
	"anyURI": regexp.MustCompile(`^\S*$`), "NMTOKEN": regexp.MustCompile(`^[\w.:-]+$`),
}

// typed says whether a text is of a type of XML Schema; the empty type takes everything.
func typed(kind, text string) bool {
	r := types[kind]
	return r == nil || r.MatchString(text)
}
