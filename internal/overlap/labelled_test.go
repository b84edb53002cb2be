package overlap

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

type judged struct {
	activities []Activity
	a          map[[2]string]string
	b          map[[2]string]string
	background map[string]bool
	topic      map[string]bool
}

func load(t testing.TB, dir string) judged {
	j := judged{a: map[[2]string]string{}, b: map[[2]string]string{}, background: map[string]bool{}, topic: map[string]bool{}}
	file, err := os.Open(dir + "/activities.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for a, err := range ReadList(file, "activities.jsonl") {
		if err != nil {
			t.Log(err)
			continue
		}
		j.activities = append(j.activities, a)
	}
	each(t, dir+"/latent.jsonl", func(s string) {
		var l struct {
			ID    string
			BG    bool
			Topic any
		}
		if err := json.Unmarshal([]byte(s), &l); err != nil {
			t.Fatal(err)
		}
		j.background[l.ID] = l.BG
		j.topic[l.ID] = l.Topic != nil && l.Topic != false && l.Topic != ""
	})
	for name, into := range map[string]map[[2]string]string{"A": j.a, "B": j.b} {
		if _, err := os.Stat(dir + "/pairs_" + name + ".tsv"); err == nil {
			each(t, dir+"/pairs_"+name+".tsv", func(s string) {
				c := strings.Split(s, "\t")
				into[ordered(c[0], c[1])] = c[2]
			})
		}
	}
	return j
}

func ordered(a, b string) [2]string {
	if a > b {
		a, b = b, a
	}
	return [2]string{a, b}
}

func each(t testing.TB, name string, f func(string)) {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		f(in.Text())
	}
}

func labelOf(l string) outcome {
	switch l {
	case "same":
		return same
	case "phase":
		return nextPhase
	case "sibling":
		return sister
	case "series":
		return series
	case "twin":
		return twin
	}
	return unrelated
}

func labelled(t testing.TB) judged {
	dir := os.Getenv("ADAM_OVERLAP_DATA")
	if dir == "" {
		t.Skip("ADAM_OVERLAP_DATA names no folder with labelled activities; there is nothing to judge on.")
	}
	return load(t, dir)
}
