package sight

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Door is a way in: everything that answers somebody.
type Door struct {
	Name string
	// Ask sends one question as a viewer to one side.
	Ask func(v Who, s *Side, question fmt.Stringer) *http.Response
	// Passing names the headers that are never twice the same by their nature, each with the reason.
	Passing map[string]string
}

// Reply is an answer as it goes over the wire.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Send asks one side.
func (d Door) Send(v Who, side *Side, question fmt.Stringer) Reply {
	r := d.Ask(v, side, question)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err) // it was recorded in memory
	}
	header := maps.Clone(r.Header)
	for name := range d.Passing {
		header.Del(name)
	}
	return Reply{r.StatusCode, header, body}
}

// Compare asks both sides and says what is wrong with the answer of the real one; "" where nothing is. What the text of
// the question holds, the viewer knew before: it may come back.
func (s *Sight) Compare(d Door, v Who, question fmt.Stringer) (real Reply, wrong string) {
	real = d.Send(v, s.Real[v], question)
	return real, s.Judge(v, question, real, d.Send(v, s.Reduced[v], question))
}

// CompareAll asks questions of viewers, several viewers at once, and fails for what is wrong. It counts the answers by
// their status.
func (s *Sight) CompareAll(t *testing.T, d Door, viewers Who, questions []fmt.Stringer) map[int]int {
	t.Helper()
	var differences atomic.Int64
	var mu sync.Mutex
	statuses := map[int]int{}
	Spread(viewers.Each(), func(v Who) {
		for _, q := range questions {
			real, wrong := s.Compare(d, v, q)
			if wrong != "" && differences.Add(1) <= 20 {
				t.Error(wrong)
			}
			mu.Lock()
			statuses[real.Status]++
			mu.Unlock()
		}
	})
	t.Logf("%s: %d questions of each of %d viewers: %d differences; answers by status: %v", d.Name, len(questions), len(viewers.Each()), differences.Load(), statuses)
	return statuses
}

// Judge says what is wrong with an answer; "" where nothing is.
func (s *Sight) Judge(v Who, question fmt.Stringer, real, reduced Reply) string {
	ask := fmt.Sprintf("%s asks\n%s\n", v, question)
	if at := FirstDifference(real.Body, reduced.Body); at >= 0 && !showsAnother(v, question.String()) {
		return fmt.Sprintf("%sand gets %d, from byte %d\n…%.400s\nwithout what is hidden %d\n…%.400s", ask, real.Status, at,
			real.Body[max(0, at-150):], reduced.Status, reduced.Body[max(0, at-150):])
	}
	if real.Status != reduced.Status || !reflect.DeepEqual(real.Header, reduced.Header) {
		return fmt.Sprintf("%sand gets %d %v, without what is hidden %d %v", ask, real.Status, real.Header, reduced.Status, reduced.Header)
	}
	if real.Status >= 500 || bytes.Contains(real.Body, []byte(`"code":"INTERNAL"`)) { // two failures are alike and say nothing
		return fmt.Sprintf("%sand the program fails: %d %.300s", ask, real.Status, real.Body)
	}
	if c := s.CanaryIn(v, question.String(), real.Body); c != "" {
		return fmt.Sprintf("%sand the answer holds %q", ask, c)
	}
	return ""
}

// showsAnother says whether an answer holds what somebody else may see, who sees less than the viewer: the questionnaire that the
// secretariat sends to a donor. Nothing is hidden from her, and in the world without what is hidden the donor sees more.
func showsAnother(v Who, question string) bool {
	return v == Desk && strings.HasSuffix(question, "/questionnaire.xlsx")
}

// listsWithdrawn says whether a question is about what no edition shows yet: to the secretariat that list names withdrawn
// records too, which nobody reads anywhere else.
func listsWithdrawn(question string) bool {
	return strings.Contains(question, "unreleased") || strings.Contains(question, "GET /release")
}

// CanaryIn finds a text that the viewer may not see, unless she sent it herself.
func (s *Sight) CanaryIn(v Who, sent string, body []byte) string {
	if !bytes.Contains(body, []byte("quokka")) {
		return ""
	}
	if bytes.Contains(body, []byte(Secret)) {
		return Secret
	}
	if plain, err := url.PathUnescape(sent); err == nil {
		sent += plain // an address that she sent stands in an answer as it is meant
	}
	for _, f := range s.World.Rows {
		if v == Desk && s.World.gone[f.ID] && listsWithdrawn(sent) {
			continue
		}
		if f.Canary != "" && !f.Seen.Has(v) && bytes.Contains(body, []byte(f.Canary)) && !strings.Contains(sent, f.Canary) {
			return f.Canary
		}
	}
	return ""
}

// FirstDifference is where two texts part; -1 where they are the same.
func FirstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}
