package overlap

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestScoresOfALabelledList judges what `adam overlaps score` wrote into A.tsv and B.tsv of the folder that
// ADAM_OVERLAP_SCORES names, for the labelled list of ADAM_OVERLAP_DATA; figures.sh calls it.
func TestScoresOfALabelledList(t *testing.T) {
	dir := os.Getenv("ADAM_OVERLAP_SCORES")
	if dir == "" {
		t.Skip("ADAM_OVERLAP_SCORES names no folder with scores; there is nothing to judge.")
	}
	j := labelled(t)
	for _, kind := range []string{"A", "B"} {
		name := filepath.Join(dir, kind+".tsv")
		if !exists(name) {
			t.Logf("%s: %s is not there.", kind, name)
			continue
		}
		var pairs []scored
		each(t, name, func(line string) {
			cells := strings.Split(line, "\t")
			if len(cells) != 3 {
				t.Fatalf("%s: %q is not id, id and score.", name, line)
			}
			s, err := strconv.ParseFloat(cells[2], 64)
			if err != nil {
				t.Fatalf("%s: %q is no score.", name, cells[2])
			}
			pairs = append(pairs, scored{ordered(cells[0], cells[1]), s})
		})
		t.Logf("%s: %v", kind, j.judge(kind, pairs))
		if kind == "A" {
			t.Log("A, titles in two languages: ", j.acrossLanguages(pairs))
		}
	}
}
