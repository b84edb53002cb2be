package graph_test

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var mark = regexp.MustCompile(`<mark>([^<>]+)</mark>`)

// Whatever a record was found by, its hit shows it: a word of the title, of a name, of the text, or the key.
func TestEveryHitMarksWhatItWasFoundBy(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for _, text := range []string{
			"trafficking thailand", "aaptip", "IOM", "un act", "tha-atipa-2008", "mech pak iatf", "reg bali process", "trafficing", "migrnat", "Male",
			"Viet Nam", "vietnam", "ค้ามนุษย์", "刑法", "penal", "2008", "NS/RKM/0208/005", "police training", "ilo", "khm", "glo act", "phase", "actors",
		} {
			var out struct {
				Search struct {
					TotalCount int
					Edges      []struct {
						Score     float64
						Highlight string
						Node      struct{ Key string }
					}
				}
			}
			a.want(t, `query($t: String!) { search(text: $t, first: 100) { totalCount edges { score highlight node { key } } } }`, map[string]any{"t": text}, &out)
			if out.Search.TotalCount == 0 && text != "actors" {
				t.Errorf("%q finds nothing", text)
			}
			for i, e := range out.Search.Edges {
				plain := mark.ReplaceAllString(e.Highlight, "$1")
				if !mark.MatchString(e.Highlight) || strings.ContainsAny(plain, "<>") || html.EscapeString(html.UnescapeString(plain)) != plain {
					t.Errorf("%q finds %s and shows %q", text, e.Node.Key, e.Highlight)
				}
				if e.Score <= 0 || e.Score > 1 || i > 0 && e.Score > out.Search.Edges[i-1].Score {
					t.Errorf("%q: hit %d has the score %v", text, i, e.Score)
				}
			}
		}
	})
}

func TestAListNarrowedByATextHoldsTheHitsOfTheSearchOfItsType(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for _, text := range []string{"trafficking", "border", "Bali Proces", "people smuggling", "ค้ามนุษย์", "iom", "vietnam"} {
			for field, kind := range map[string]string{
				"states": "STATE", "actors": "ACTOR", "laws": "LAW", "policies": "POLICY", "mechanisms": "COORDINATION_MECHANISM", "activities": "ACTIVITY",
			} {
				all := ""
				if field == "states" {
					all = "all: true, "
				}
				var list, hits struct{ L page }
				a.want(t, `query($t: String!) { l: `+field+`(first: 100, filter: {`+all+`text: $t}) { totalCount edges { node { id } } } }`, map[string]any{"t": text}, &list)
				a.want(t, `query($t: String!) { l: search(first: 100, text: $t, kinds: [`+kind+`]) { totalCount edges { node { id } } } }`, map[string]any{"t": text}, &hits)
				x, y := slices.Sorted(slices.Values(list.L.ids())), slices.Sorted(slices.Values(hits.L.ids()))
				// One typing error is forgiven where nothing at all is found, not where nothing of a type is.
				if list.L.TotalCount != hits.L.TotalCount || len(x) < 100 && !slices.Equal(x, y) {
					t.Errorf("%q: %d %s, %d hits", text, list.L.TotalCount, field, hits.L.TotalCount)
				}
			}
		}
	})
}
