package overlap

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

var languageMarks = map[string][]string{
	"en": {"of", "for", "the", "and", "on", "training", "to", "in", "support", "with"},
	"fr": {"des", "la", "les", "du", "et", "pour", "matiere", "sur", "aux", "appui", "formation"},
	"es": {"los", "las", "el", "del", "para", "y", "apoyo", "capacitacion", "en", "con", "fortalecimiento"},
}

func languageOf(title string) string {
	best, most := "", 0
	for _, lang := range []string{"en", "es", "fr"} {
		n := 0
		for _, w := range split(fold(title)) {
			if slices.Contains(languageMarks[lang], w) {
				n++
			}
		}
		if n > most {
			best, most = lang, n
		}
	}
	return best
}

// acrossLanguages gives the share of double reports in two languages that stand among the first five of both.
func (j judged) acrossLanguages(pairs []scored) string {
	of, title := map[string][]scored{}, map[string]string{}
	for _, a := range j.activities {
		title[a.ID] = languageOf(a.Title)
	}
	for _, s := range pairs {
		of[s.pair[0]], of[s.pair[1]] = append(of[s.pair[0]], s), append(of[s.pair[1]], s)
	}
	n, hit := 0, 0
	for k, l := range j.a {
		if l != "same" || title[k[0]] == "" || title[k[1]] == "" || title[k[0]] == title[k[1]] {
			continue
		}
		for _, id := range k {
			n++
			best := of[id]
			slices.SortFunc(best, func(a, b scored) int {
				if a.s != b.s {
					return int(math.Copysign(1, b.s-a.s))
				}
				return strings.Compare(mixed(a.pair), mixed(b.pair))
			})
			for _, s := range best[:min(5, len(best))] {
				if s.pair == k {
					hit++
				}
			}
		}
	}
	return fmt.Sprintf("recall@5 %.3f of %d", float64(hit)/float64(max(n, 1)), n)
}
