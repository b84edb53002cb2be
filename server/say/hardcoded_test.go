package say_test

import (
	"regexp"
	"testing"

	"github.com/a-h/templ/parser/v2"
)

// A template has no words of its own: they would stand in English whatever the page speaks.
func TestTemplatesHaveNoWordsOfTheirOwn(t *testing.T) {
	words := regexp.MustCompile(`\p{L}{2,}`)
	allowed := map[string]bool{"ADAM": true}
	for path, text := range sources(t, ".templ") {
		f, err := parser.ParseString(text)
		if err != nil {
			t.Fatal(path, err)
		}
		var look func([]parser.Node)
		look = func(nodes []parser.Node) {
			for _, n := range nodes {
				if s, ok := n.(*parser.Text); ok && words.MatchString(s.Value) && !allowed[s.Value] {
					t.Errorf("%s: the words %q stand in the template: put them into text/en.json", path, s.Value)
				}
				if e, ok := n.(*parser.Element); ok {
					attributes(t, path, e)
				}
				if c, ok := n.(parser.CompositeNode); ok {
					look(c.ChildNodes())
				}
			}
		}
		for _, n := range f.Nodes {
			if h, ok := n.(*parser.HTMLTemplate); ok {
				look(h.Children)
			}
		}
	}
}

// spoken are the attributes whose words people see or hear.
var spoken = regexp.MustCompile(`^(aria-label|aria-description|title|alt|placeholder|summary)$`)

func attributes(t *testing.T, path string, e *parser.Element) {
	for _, a := range e.Attributes {
		if c, ok := a.(*parser.ConstantAttribute); ok && spoken.MatchString(c.Key.String()) && c.Value != "" {
			t.Errorf("%s: the attribute %s has words of its own: %q", path, c.Key, c.Value)
		}
	}
}
