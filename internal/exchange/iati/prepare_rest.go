package iati

import (
	"net/url"
	"slices"
	"strings"

	"adam/internal/term"
)

// address says whether a text can be an xsd:anyURI.
func address(s string) bool {
	_, err := url.Parse(s)
	return err == nil && !strings.ContainsAny(s, " \t\r\n<>\"{}|\\^`")
}

// addresses takes those of vocabularies out that are none.
func (r *Ready) addresses() {
	clean := func(s *string) {
		if !address(*s) {
			*s = ""
		}
	}
	a := r.Activity
	for i := range a.Regions {
		clean(&a.Regions[i].VocabularyURI)
	}
	for i := range a.Sectors {
		clean(&a.Sectors[i].VocabularyURI)
	}
	for i := range a.Tags {
		clean(&a.Tags[i].VocabularyURI)
	}
	for i := range a.PolicyMarkers {
		clean(&a.PolicyMarkers[i].VocabularyURI)
	}
	for i := range a.Transactions {
		t := &a.Transactions[i]
		t.Sectors, t.Regions = slices.Clone(t.Sectors), slices.Clone(t.Regions)
		for j := range t.Sectors {
			clean(&t.Sectors[j].VocabularyURI)
		}
		for j := range t.Regions {
			clean(&t.Regions[j].VocabularyURI)
		}
	}
}

// documents keeps those that can be valid, and contacts only where they are wanted: they are for members.
func (r *Ready) documents(o WriteOptions) {
	a := r.Activity
	a.Documents = slices.DeleteFunc(slices.Clone(a.Documents), func(d Document) bool {
		bad := d.URL == "" || !address(d.URL) || d.Format == "" || len(filledText(d.Title)) == 0 || len(d.Categories) == 0 || slices.Contains(d.Categories, "")
		if bad {
			r.note("the document %q is left out: it has no address, format, title or category", term.Clip(d.URL))
		}
		return bad
	})
	for i, d := range a.Documents {
		if !typed("date", d.On) {
			a.Documents[i].On = ""
		}
	}
	if !o.Contacts {
		a.Contacts = nil
	}
	a.AidTypes = oneEach(a.AidTypes)
	a.Results = nil // a result needs indicators, which are not held
	a.Tags = slices.DeleteFunc(slices.Clone(a.Tags), func(t Tag) bool { return t.Code == "" || t.Vocabulary == "" })
	a.PolicyMarkers = slices.DeleteFunc(slices.Clone(a.PolicyMarkers), func(m PolicyMarker) bool {
		return m.Code == "" || m.Vocabulary == "1" && m.Significance == "" || m.Vocabulary == "99" && len(filledText(m.Name)) == 0
	})
}
