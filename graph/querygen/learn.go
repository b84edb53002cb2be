package querygen

import (
	"encoding/json"
	"slices"
)

// mostCursors is how many of a list are remembered: old ones make room for new ones.
const mostCursors = 60

// Learn takes the cursors out of an answer, for the operations to come. They may belong to what another viewer does not
// see: that is how somebody would try.
func (g *Generator) Learn(q Query, body []byte) {
	var answer struct{ Data any }
	if json.Unmarshal(body, &answer) != nil {
		return
	}
	for _, l := range q.lists {
		g.collect(answer.Data, l.path, l.cursors)
	}
}

func (g *Generator) collect(v any, path []string, whose string) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			g.collect(one, path, whose)
		}
	case map[string]any:
		if len(path) > 0 {
			g.collect(v[path[0]], path[1:], whose)
			return
		}
		for _, k := range sortedKeys(v) {
			g.collectPage(k, v[k], whose)
		}
	}
}

// collectPage finds cursors under the name or alias of a field of a page.
func (g *Generator) collectPage(name string, v any, whose string) {
	switch v := v.(type) {
	case string:
		if len(v) >= 20 && !slices.Contains(g.cursors[whose], v) && (name == "cursor" || name == "endCursor" || name == "startCursor") {
			g.cursors[whose] = append(g.cursors[whose], v)
			if len(g.cursors[whose]) > mostCursors {
				g.cursors[whose] = g.cursors[whose][1:]
			}
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			if name == "pageInfo" || k == "cursor" {
				g.collectPage(k, v[k], whose)
			}
		}
	case []any:
		for _, one := range v {
			g.collectPage(name, one, whose)
		}
	}
}
