package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"adam/graph/querygen"
	"adam/internal/access"
	"adam/internal/term"
	"adam/internal/testdb"
)

// So many operations are asked by default, in turns by all viewers. ADAM_SIGHT_QUERIES asks for more.
const (
	sightQueries    = 2500
	postgresQueries = 600
)

func queriesWanted(standard int) int {
	if n, err := strconv.Atoi(os.Getenv("ADAM_SIGHT_QUERIES")); err == nil && n > 0 {
		return n * standard / sightQueries
	}
	return standard
}

// seen gives what the tests share.
func seen(t testing.TB) *sight {
	t.Helper()
	s, err := sightOf()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Non-interference (promises.md): whatever a viewer asks, the answer is the same, byte for byte, as if all that she may
// not see had never been there.
func TestSightNoAnswerDependsOnWhatItsViewerMayNotSee(t *testing.T) {
	s := seen(t)
	s.compare(t, everyone, queriesWanted(sightQueries))
}

// The same, for questions that show every row of the fixture through every door.
func TestSightNoPortraitDependsOnWhatItsViewerMayNotSee(t *testing.T) {
	s := seen(t)
	questions, differences := s.portraits(), 0
	for _, v := range everyone.each() {
		for _, q := range questions {
			real, reduced := s.both(graphQL, v, q)
			if bytes.Contains(real.body, []byte(`"LIMIT"`)) {
				t.Fatalf("too large a question: %s", q.Text)
			}
			if wrong := s.judge(v, q, real, reduced); wrong != "" {
				if differences++; differences <= 20 {
					t.Error(wrong)
				}
			}
		}
	}
	t.Logf("%d questions of each viewer: %d differences", len(questions), differences)
}

func TestSightNoAnswerDependsOnWhatItsViewerMayNotSeeOnPostgreSQL(t *testing.T) {
	p, err := seen(t).onPostgres(testdb.Context(t), iom|tha|several)
	if errors.Is(err, errNoServer) && !strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "postgres") {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.compare(t, iom|tha|several, queriesWanted(postgresQueries))
}

// compare asks generated questions on both sides, each of one viewer after the other.
func (s *sight) compare(t *testing.T, viewers who, questions int) {
	g := querygen.New(schema, 1, s.vocabulary(t))
	differences, all, failed := 0, viewers.each(), 0
	for n := range questions {
		v := all[n%len(all)]
		q := g.Next()
		real, reduced := s.both(graphQL, v, q)
		g.Learn(q, real.body)
		if bytes.HasPrefix(real.body, []byte(`{"errors"`)) {
			failed++
		}
		if wrong := s.judge(v, q, real, reduced); wrong != "" {
			if differences++; differences <= 20 {
				t.Error(wrong)
			}
		}
	}
	t.Logf("%d questions (%d of them refused) of %d viewers: %d differences; %d parts of the schema were asked for, not %v",
		questions, failed, len(all), differences, g.Used(), g.Unused())
}

// reply is an answer as it goes over the wire.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// both asks one question on both sides at once.
func (s *sight) both(d Door, v who, question any) (real, reduced reply) {
	done := make(chan reply)
	go func() { done <- answered(d.Ask(s.world.viewer(v), s.reduced[v], question)) }()
	real = answered(d.Ask(s.world.viewer(v), s.real[v], question))
	return real, <-done
}

func answered(r *http.Response) reply {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err) // it was recorded in memory
	}
	return reply{r.StatusCode, r.Header, ordered(body)}
}

// judge says what is wrong with an answer; "" where nothing is.
func (s *sight) judge(v who, q querygen.Query, real, reduced reply) string {
	ask := fmt.Sprintf("%s asks\n%s\nwith %s\n", v, q.Text, variablesOf(q))
	if real.status != reduced.status || !reflect.DeepEqual(real.header, reduced.header) && bytes.Equal(real.body, reduced.body) {
		return fmt.Sprintf("%sand gets %d %v, without what is hidden %d %v", ask, real.status, real.header, reduced.status, reduced.header)
	}
	if at := firstDifference(real.body, reduced.body); at >= 0 {
		return fmt.Sprintf("%sand gets from byte %d\n…%.400s\nwithout what is hidden\n…%.400s", ask, at, real.body[max(0, at-150):], reduced.body[max(0, at-150):])
	}
	if bytes.Contains(real.body, []byte(`"code":"INTERNAL"`)) { // two failures are alike and say nothing
		return fmt.Sprintf("%sand the program fails: %.300s", ask, real.body)
	}
	if c := s.canaryIn(v, q, real.body); c != "" {
		return fmt.Sprintf("%sand the answer holds %q", ask, c)
	}
	return ""
}

func variablesOf(q querygen.Query) []byte {
	text, _ := json.Marshal(q.Variables) // generated values can't fail
	return text
}

// canaryIn finds a text that the viewer may not see, unless she sent it herself.
func (s *sight) canaryIn(v who, q querygen.Query, body []byte) string {
	if !bytes.Contains(body, []byte("quokka")) {
		return ""
	}
	if bytes.Contains(body, []byte(theSecret)) {
		return theSecret
	}
	sent := q.Text + string(variablesOf(q))
	for _, f := range s.world.rows {
		if f.canary != "" && !f.seen.has(v) && bytes.Contains(body, []byte(f.canary)) && !strings.Contains(sent, f.canary) {
			return f.canary
		}
	}
	return ""
}

// vocabulary is made of what is there, for some or for all, and of what is nowhere.
func (s *sight) vocabulary(t testing.TB) querygen.Vocabulary {
	named := map[string][]string{
		"states": {"THA", "LAO", "KHM", "IDN", "THA", "LAO", "MDV", "QKR", "QKM", "QKG", "XXX"}, "chapters": {"THA", "LAO", "REGIONAL", "KHM", "THA", "MDV", "QKR", "QKM", "XXX"},
		"donorStates": {"AUS", "AUS", "USA", "JPN", "QKR", "QKM"}, "currency": {"AUD", "THB", "XXX"},
		"text": {"quokka", "quoka", "quokk", "training quokka", "trafficking thailand", "imigration", "land of quokka", "ค้ามนุษย์", "q", "", "quokka shelter"},
	}
	named["code"] = named["chapters"]
	for _, f := range s.world.rows {
		key := f.canary
		if key == "" {
			continue
		}
		field, _, _ := strings.Cut(strings.TrimPrefix(f.label, "old-key-of-"), "-")
		named["Query."+field+".key"] = append(named["Query."+field+".key"], key)
		named["text"] = append(named["text"], key, key[len(key)-6:], "quokka "+key[len(key)-4:], strings.Replace(key, "r", "x", 1))
		if f.id.Kind() == term.KindActor { // most of these are refused as unknown: as many well known ones stand beside them
			named["donors"] = append(named["donors"], key, "iom", "unodc", "ilo")
		}
	}
	named["implementers"] = named["donors"]
	w := querygen.Vocabulary{Named: named, Ints: []int{1, 2, 3, 4, 5, 99}, Scalar: map[string][]string{
		"Date": {"2019-06-30", "2026-11-24", "2009-05", "x"}, "PartialDate": {"2019", "2026-11"}, "ID": s.ids(t), "String": {"quokka", "iom", "THA"},
	}}
	for _, field := range []string{"activity", "actor", "law", "policy", "mechanism", "state"} {
		named["Query."+field+".key"] = append(named["Query."+field+".key"], "iom", "none-such")
	}
	named["Query.state.code"] = named["states"]
	return w
}

// ids are all of the fixture, some of every table, and some of nothing.
func (s *sight) ids(t testing.TB) []string {
	out := []string{"law_0123456789ab", "actor_zzzzzzzzzzzz", "nothing", "activity_1"}
	for _, f := range s.world.rows {
		out = append(out, f.id.String())
	}
	ctx := access.With(context.Background(), access.Operator("Test"))
	for _, table := range slices.Sorted(maps.Keys(s.tables())) {
		var id int64
		rows, err := s.store.DB.QueryContext(ctx, fmt.Sprintf(`SELECT id FROM "%s" ORDER BY id LIMIT 5`, table))
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			if err := rows.Scan(&id); err != nil {
				t.Fatal(err)
			}
			out = append(out, idText(id))
		}
		_ = rows.Close()
	}
	return out
}
