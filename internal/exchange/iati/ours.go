package iati

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// What this catalogue writes in vocabularies of its own, told apart by the end of their address. Read gives back what
// they stand for.
const (
	themesURI    = "#adam-themes"    // sector 99: one of term.ThemeGroup; tag 99: each theme
	purposesURI  = "#adam-purposes"  // sector 98: several DAC codes whose shares are not known
	countriesURI = "#adam-countries" // region 99: several States and regions whose shares are not known

	placeRef = "adam-place:" // location: one of those States or regions, with its name; the code follows

	unspecifiedSector = "99810" // Sectors not specified
	unspecifiedRegion = "998"   // Developing countries, unspecified
)

// ours turns back what the Writer had to write another way.
func (p *parser) ours() {
	a := p.a
	if len(a.Tags) == 0 && len(a.Regions) == 0 { // then there is nothing of ours: a theme is always a tag too
		return
	}
	wrote := false
	a.Tags = slices.DeleteFunc(a.Tags, func(t Tag) bool {
		if t.Vocabulary == "99" && strings.HasSuffix(t.VocabularyURI, themesURI) && slices.Contains(term.Theme("").Values(), t.Code) {
			a.Themes = append(a.Themes, term.Theme(t.Code))
			return true
		}
		if t.Vocabulary == "99" && strings.HasSuffix(t.VocabularyURI, purposesURI) {
			a.Sectors = append(a.Sectors, Sector{Vocabulary: "1", Code: t.Code, Name: t.Name})
			wrote = true
			return true
		}
		return false
	})
	a.Sectors = slices.DeleteFunc(a.Sectors, func(s Sector) bool {
		mine := s.Vocabulary == "99" && strings.HasSuffix(s.VocabularyURI, themesURI) || s.Vocabulary == "98" && strings.HasSuffix(s.VocabularyURI, purposesURI)
		return mine || (wrote || len(a.Themes) > 0) && s.Vocabulary == "1" && s.Code == unspecifiedSector && s.Percentage == ""
	})
	p.places()
}

// places are the States and regions whose shares were not known.
func (p *parser) places() {
	a := p.a
	for i, r := range a.Regions {
		if r.Vocabulary != "99" || !strings.HasSuffix(r.VocabularyURI, countriesURI) {
			continue
		}
		a.Regions = slices.Delete(a.Regions, i, i+1)
		names := map[string]Text{}
		a.Locations = slices.DeleteFunc(a.Locations, func(l Location) bool {
			code, mine := strings.CutPrefix(l.Ref, placeRef)
			if mine {
				names[code] = l.Name
			}
			return mine
		})
		for _, code := range strings.Split(r.Code, "+") {
			if code != "" && code[0] >= '0' && code[0] <= '9' {
				a.Regions = append(a.Regions, Place{Code: code, Vocabulary: "1", Name: names[code]})
			} else {
				a.Countries = append(a.Countries, Place{Code: code, Name: names[code]})
			}
		}
		return
	}
}
