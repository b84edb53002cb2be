package graph_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"adam/graph/querygen"
	"adam/internal/edition"
	"adam/internal/sight"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// named are the places of inputs that name something by its key or code, and what: the last word is for those whose
// mutation says it. The key that a record is to have is none.
var named = map[string]term.Kind{"activity": term.KindActivity, "partOf": term.KindActivity, "follows": term.KindActivity,
	"actor": term.KindActor, "actors": term.KindActor, "parent": term.KindActor, "successor": term.KindActor, "reporter": term.KindActor,
	"leadActor": term.KindActor, "secretariatActor": term.KindActor, "provider": term.KindActor, "receiver": term.KindActor, "authority": term.KindActor, "organisation": term.KindActor, "need": term.KindNeed,
	"donors": term.KindActor, "accountable": term.KindActor, "extending": term.KindActor, "implementers": term.KindActor, "partners": term.KindActor, "beneficiaries": term.KindActor,
	"replacedBy": term.KindLaw, "amendingLaw": term.KindLaw, "state": term.KindState, "states": term.KindState, "government": term.KindState, "code": term.KindState, "chapter": term.KindChapter,
	"key": 0, "supersededBy": 0}

// said tells what a place is about by the name of its mutation, or by the field of the input that it stands in: the
// proposals of a review hold the inputs of other mutations.
func said(p querygen.Place) term.Kind {
	for word, k := range map[string]term.Kind{"activity": term.KindActivity, "actor": term.KindActor, "law": term.KindLaw, "policy": term.KindPolicy, "mechanism": term.KindMechanism, "need": term.KindNeed} {
		if strings.HasSuffix(strings.ToLower(p.Mutation), word) || len(p.Path) > 2 && slices.Contains(p.Path[1:len(p.Path)-1], word) {
			return k
		}
	}
	return 0
}

// identified are the places of identifiers, with what they can be of.
var identified = map[string][]term.Kind{"record": {term.KindActivity, term.KindActor, term.KindLaw, term.KindPolicy, term.KindMechanism, term.KindState, term.KindNeed},
	"funding": {term.KindFunding}, "upstream": {term.KindFunding}, "dispute": {term.KindDispute}, "offer": {term.KindNeedOffer},
	"cycle": {term.KindReviewCycle}, "unchangedIn": {term.KindReviewCycle}, "item": {term.KindReviewItem}, "id": {term.KindReviewItem},
	"merge": {term.KindSheetMerge}, "release": {term.KindRelease}, "import": {term.KindIntake}}

// writers keep the catalogue, each a part of it.
const writers = sight.IOM | sight.UNODC | sight.THA | sight.LAO | sight.Office | sight.Coordinator | sight.Several

// What is hidden does not exist: whoever names it in a change is told what she would be told of anything unknown, and
// nothing is written.
func TestSightAHiddenRecordIsUnknownToEveryMutation(t *testing.T) {
	s := seenBy(t)
	st, err := sight.Copied(testdb.Context(t), s.Store, filepath.Join(t.TempDir(), "written.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	before, logged := digestOf(t, st)
	words := s.vocabulary(t)
	words.Named["version"], words.Ints = nil, []int{1}
	var names []string
	for n := range named {
		names = append(names, n)
	}
	tried, asked, unasked := map[string]int{}, 0, []string{}
	for _, v := range (writers | sight.Member).Each() {
		s.answering(t, &words, v)
		for _, p := range querygen.Places(schema, names, words) {
			tried[p.String()] += 0
			for _, pair := range s.hiddenAndUnknown(p, v) {
				tried[p.String()]++
				s.same(t, &sight.Side{Store: st, Data: st, Client: st.Client, Audience: "working"}, p, v, pair)
			}
		}
	}
	for _, p := range slices.Sorted(maps.Keys(tried)) {
		if asked += tried[p]; tried[p] == 0 {
			unasked = append(unasked, p)
		}
	}
	after, refused := digestOf(t, st)
	if after != before {
		t.Error("a mutation that names what is hidden or unknown changed the database")
	}
	t.Logf("%d places of mutations, %d pairs of questions, %d lines in the log; not asked: %v", len(tried), asked, refused-logged, unasked)
}

// answering puts into words a review in which a viewer may answer, and an item of hers at its version: so what she names
// beside them is looked at. Whoever is asked in none is refused before.
func (s seen) answering(t *testing.T, words *querygen.Vocabulary, v sight.Who) {
	t.Helper()
	mine := map[sight.Who][2]string{sight.THA: {"review-tha-open", "law-public-THA"}, sight.LAO: {"review-lao-returned", "activity-public-iom"},
		sight.Several: {"review-lao-returned", "activity-public-iom"}, sight.IOM: {"portfolio-iom-open", "activity-public-iom"}}[v]
	if mine[0] == "" {
		mine = [2]string{"review-tha-open", "law-public-THA"}
	}
	words.Named["cycle"] = []string{s.World.ID(mine[0]).String()}
	words.Named["item"] = []string{s.World.ID("item-" + mine[0] + "-" + mine[1]).String()}
}

// same asks for what is hidden and for what is unknown.
func (s seen) same(t *testing.T, side *sight.Side, p querygen.Place, v sight.Who, pair [2]string) {
	t.Helper()
	var got [2][]byte
	for i, value := range pair {
		q := p.Naming(value)
		inRow := strings.HasPrefix(p.String(), "mergeSheets.input.sheets.") // what is wrong with one row is told in its outcome
		if inRow {
			q.Text = strings.Replace(q.Text, "{ __typename }", "{ rows { named item { id } outcome sentence fields } }", 1)
		}
		r := s.graphQL().Send(v, side, question{q})
		if !bytes.HasPrefix(r.Body, []byte(`{"errors"`)) && (!inRow || bytes.Contains(r.Body, []byte(`"outcome":"ANSWERED"`))) {
			t.Errorf("%s: %s names %s and succeeds: %.300s", p, v, value, r.Body)
		}
		got[i] = bytes.ReplaceAll(r.Body, []byte(value), []byte("(it)"))
	}
	if at := sight.FirstDifference(got[0], got[1]); at >= 0 {
		t.Errorf("%s: %s names %s and is told\n%.300s\nof %s, which is unknown,\n%.300s", p, v, pair[0], got[0], pair[1], got[1])
	}
}

// hiddenAndUnknown gives pairs of what a viewer may not see and what is not there, for a place.
func (s seen) hiddenAndUnknown(p querygen.Place, v sight.Who) [][2]string {
	kinds := identified[p.Name()]
	if p.Scalar == "String" {
		kinds = []term.Kind{named[p.Name()]}
		if kinds[0] == 0 {
			kinds = []term.Kind{said(p)}
		}
	}
	var out [][2]string
	for _, k := range kinds {
		n := 0
		for _, f := range s.World.Rows {
			if f.ID.Kind() != k || f.Seen.Has(v) || f.Canary == "" || strings.Contains(f.Label, "gone") || strings.Contains(f.Label, "withdrawn") || n == 2 {
				continue
			}
			n++
			out = append(out, s.pair(p, f))
		}
	}
	return out
}

func (s seen) pair(p querygen.Place, f *sight.Row) [2]string {
	switch {
	case p.Scalar == "ID":
		return [2]string{f.ID.String(), term.HashID(f.ID.Kind(), "nowhere").String()}
	case s.World.Codes[f.ID] != "":
		return [2]string{s.World.Codes[f.ID], "QQQ"}
	}
	return [2]string{f.Canary, strings.Repeat("z", len(f.Canary))}
}

// digestOf is what a database holds but for the log, where refusals are written down. It tells how many of them.
func digestOf(t *testing.T, st *store.Store) (sum string, logged int) {
	t.Helper()
	var all bytes.Buffer
	if err := edition.Canonical(testdb.Context(t), st, &all); err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for line := range bytes.Lines(all.Bytes()) {
		if bytes.Contains(line, []byte(`"table":"log_`)) {
			logged++
			continue
		}
		_, _ = h.Write(line) // a hash never fails
	}
	return fmt.Sprintf("%x", h.Sum(nil)), logged
}
