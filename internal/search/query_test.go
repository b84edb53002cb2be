package search

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"adam/internal/fault"
)

func TestQueriesAreWritten(t *testing.T) {
	for text, want := range map[string][2]string{
		"people smuggling":            {`"people"* AND "smuggling"*`, `'people':* & 'smuggling':*`},
		"Smuggling of the Migrants":   {`"smuggling"* AND "migrants"*`, `'smuggling':* & 'migrants':*`},
		"trafficking Trafficking":     {`"trafficking"*`, `'trafficking':*`},
		"of the":                      {`"of"* AND "the"*`, `'of':* & 'the':*`},
		"UN-ACT":                      {`(("un"* AND "act"*) OR "unact"*)`, `(('un':* & 'act':*) | 'unact':*)`},
		"U.N. m 2008":                 {`"un"* AND "m" AND "2008"`, `'un':* & 'm' & '2008'`},
		"a-tip":                       {`(("a" AND "tip"*) OR "atip"*)`, `(('a' & 'tip':*) | 'atip':*)`},
		"ค้า":                         {`"ค้า"*`, `'ค้า':*`},
		"มนุษย์":                      {`("มนุ" AND "นุษ" AND "ษย์"*)`, `('มนุ' & 'นุษ' & 'ษย์':*)`},
		"人":                           {`"人"*`, `'人':*`},
		`") OR "x" NOT 'y' \ & NEAR(`: {`"or"* AND "x" AND "not"* AND "y" AND "near"*`, `'or':* & 'x' & 'not':* & 'y' & 'near':*`},
	} {
		q, err := Parse(text)
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
		}
		if got := [2]string{q.FTS5(), q.TSQuery()}; got != want {
			t.Errorf("Parse(%q)\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestQueriesAreRefusedWithASentence(t *testing.T) {
	for text, want := range map[string]fault.Kind{
		"":                              fault.Invalid,
		" \t—…!? \"'":                   fault.Invalid,
		strings.Repeat("a", 201):        fault.Limit,
		strings.Repeat("a ", 17):        fault.Limit,
		strings.Repeat("ก ", 17):        fault.Limit,
		strings.Repeat("a ", 16):        "",
		strings.Repeat("กข", 100):       "",
		"  " + strings.Repeat("é", 200): "",
	} {
		_, err := Parse(text)
		switch f := fault.As(err); {
		case want == "" && err != nil:
			t.Errorf("Parse(%q): %v", text, err)
		case want != "" && (f == nil || f.Kind != want || !strings.HasSuffix(f.Sentence, ".")):
			t.Errorf("Parse(%q): %v, want %s", text, err, want)
		}
	}
}

var (
	wellFormedFTS5    = regexp.MustCompile(`^(\(|\)|"[^"\x00-\x20]+"\*?|(?: AND )|(?: OR ))+$`)
	wellFormedTSQuery = regexp.MustCompile(`^(\(|\)|'[^'\\\x00-\x20]+'(:\*)?|(?: & )|(?: \| ))+$`)
)

func FuzzNoQueryBreaksOut(f *testing.F) {
	for _, text := range slices.Concat(queries(), []string{`"a" OR b*`, `a':* | 'b`, `\' & x`, "a\x00b", `^x NEAR/2 {col}:y -z`}) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("%v has no kind", err)
			}
			return
		}
		if !wellFormedFTS5.MatchString(q.FTS5()) {
			t.Errorf("%q gives %s", text, q.FTS5())
		}
		if !wellFormedTSQuery.MatchString(q.TSQuery()) {
			t.Errorf("%q gives %s", text, q.TSQuery())
		}
		if doc := NewDocument("", text, nil); len(doc[Title]) < maxColumn && (!matches(q, doc) || Score(q, doc) <= 0) {
			t.Errorf("%q does not find itself in %q", text, doc[Title])
		}
	})
}

// Quoting holds even for terms that are no tokens.
func TestTermsAreQuotedWhateverTheyAre(t *testing.T) {
	q := Query{words: []word{{ways: []way{newWay([]lookup{{token: `a"b'c\d`}})}}}}
	if got := q.FTS5(); got != `"a""b'c\d"` {
		t.Error(got)
	}
	if got := q.TSQuery(); got != `'a"b''c\\d'` {
		t.Error(got)
	}
}

// matches is what both databases must do, in a few lines.
func matches(q Query, doc Document) bool {
	var tokens []string
	for _, column := range doc {
		tokens = append(tokens, strings.Fields(column)...)
	}
	has := func(t lookup) bool {
		return slices.ContainsFunc(tokens, func(token string) bool { return t.meets(token) > missing })
	}
	for _, w := range q.words {
		if !slices.ContainsFunc(w.ways, func(w way) bool {
			return !slices.ContainsFunc(w.terms, func(t lookup) bool { return !has(t) })
		}) {
			return false
		}
	}
	return true
}

func found(q Query, docs []Document) bool {
	return slices.ContainsFunc(docs, func(d Document) bool { return matches(q, d) })
}
