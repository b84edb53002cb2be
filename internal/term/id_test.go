package term

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"adam/internal/fault"
)

func allKinds() []Kind {
	var out []Kind
	for k := 1; k < len(kinds); k++ {
		out = append(out, Kind(k))
	}
	return out
}

// The identifiers of shipped rows are links between installations: they may never change. The values were computed
// by other means, from SHA-256 of the prefix, a zero byte and the key.
func TestTheIdentifierOfAShippedRowNeverChanges(t *testing.T) {
	for _, golden := range []struct {
		kind   Kind
		parts  []string
		number int64
		spelt  string
	}{
		{KindState, []string{"THA"}, 96456134713214931, "state_0nneazpzt1yk"},
		{KindActor, []string{"iom"}, 213404438134106352, "actor_1xha6jr7ka7g"},
		{KindLaw, []string{"khm-law-suppression-trafficking-2008"}, 225064950570717786, "law_07wqc572h4jt"},
		{KindActivity, []string{"artip"}, 475085226836740793, "activity_15yqfwkt7jns"},
		{KindChapter, []string{"REGIONAL"}, 519485539513091808, "chapter_0dcnb24a2hq0"},
		{KindFunding, []string{"artip", "0"}, 1618294185890744152, "funding_0xanzkp1j1tr"},
		{KindSeedEntry, []string{"x"}, 2342615016019364096, "shipped_10n3y81n9280"},
	} {
		id := HashID(golden.kind, golden.parts...)
		if int64(id) != golden.number || id.String() != golden.spelt {
			t.Errorf("%s %v is %d, %s; it has always been %d, %s", golden.kind.Prefix(), golden.parts, int64(id), id, golden.number, golden.spelt)
		}
	}
}

// Numbers of kinds are inside every identifier given out: append, never reorder.
func TestTheNumbersOfKindsNeverChange(t *testing.T) {
	want := strings.Fields("state actor law policy mechanism activity chapter source history membership treaty lead name contact " +
		"provision penalty amendment member place participation identifier funding allocation need questionnaire response edition " +
		"cycle overlap relation rate shipped")
	for i, prefix := range want {
		if got := Kind(i + 1).Prefix(); got != prefix {
			t.Errorf("kind %d is %q; it has always been %q", i+1, got, prefix)
		}
	}
}

func TestPartsOfAHashedIdentifierDoNotRunTogether(t *testing.T) {
	if HashID(KindFunding, "a", "bc") == HashID(KindFunding, "ab", "c") {
		t.Error("two rows have one identifier")
	}
	if HashID(KindActor, "mtv-exit")&randomMask == HashID(KindActivity, "mtv-exit")&randomMask {
		t.Error("the identifiers of two kinds share their bits: one would reveal the other")
	}
}

func TestAnIdentifierComesBackFromItsSpellingWithItsKind(t *testing.T) {
	for _, k := range allKinds() {
		for _, id := range []ID{NewID(k), HashID(k, "x"), compose(k, 0), compose(k, randomMask)} {
			back, err := ParseID(id.String())
			if err != nil || back != id {
				t.Errorf("%s came back as %s, %v", id, back, err)
			}
			if id.Kind() != k || id <= 0 {
				t.Errorf("%s is of kind %d; expected %d", id, id.Kind(), k)
			}
			if body, ok := strings.CutPrefix(id.String(), k.Prefix()+"_"); !ok || len(body) != idLength {
				t.Errorf("%s is not spelt as %s_ and %d characters", id, k.Prefix(), idLength)
			}
		}
	}
}

func TestFreshIdentifiersDiffer(t *testing.T) {
	seen := map[ID]bool{}
	for range 10_000 {
		id := NewID(KindActor)
		if seen[id] {
			t.Fatalf("%s was given twice", id)
		}
		seen[id] = true
	}
}

// There is one spelling only: whoever changes a character has another identifier, or none.
func TestEveryChangedCharacterIsAnotherIdentifierOrNone(t *testing.T) {
	id := HashID(KindLaw, "khm-law-suppression-trafficking-2008")
	s := id.String()
	for i := range len(s) {
		for c := range 256 {
			changed := s[:i] + string([]byte{byte(c)}) + s[i+1:]
			if changed == s {
				continue
			}
			back, err := ParseID(changed)
			if err == nil && (back == id || back.String() != changed) {
				t.Errorf("%q was read as %s", changed, back)
			}
		}
		if back, err := ParseID(s[:i] + s[i+1:]); err == nil {
			t.Errorf("without its character %d it was read as %s", i, back)
		}
		if back, err := ParseID(s[:i] + "0" + s[i:]); err == nil {
			t.Errorf("with a character more at %d it was read as %s", i, back)
		}
	}
}

func TestOtherSpellingsAreRefused(t *testing.T) {
	for what, s := range map[string]string{
		"nothing":                      "",
		"a number":                     "225064950570717786",
		"no underscore":                "law07wqc572h4jt",
		"no body":                      "law_",
		"no prefix":                    "_07wqc572h4jt",
		"capital letters":              "law_07WQC572H4JT",
		"a capital prefix":             "Law_07wqc572h4jt",
		"a prefix of nothing":          "statute_07wqc572h4jt",
		"the name of the type":         "CoordinationMechanism_07wqc572h4jt",
		"the name of the table":        "laws_07wqc572h4jt",
		"a letter that is misread (l)": "law_07wqc572h4jl",
		"a letter that is misread (o)": "law_o7wqc572h4jt",
		"a letter that is misread (i)": "law_i7wqc572h4jt",
		"a letter that is misread (u)": "law_u7wqc572h4jt",
		"more than 56 bits":            "law_20000000000t",
		"60 bits":                      "law_zzzzzzzzzzzz",
		"a character too few":          "law_7wqc572h4jt",
		"a character too many":         "law_007wqc572h4jt",
		"a space before":               " law_07wqc572h4jt",
		"a space behind":               "law_07wqc572h4j ",
		"a line break behind":          "law_07wqc572h4jt\n",
		"a wide digit":                 "law_０wqc572h4j",
		"what an unknown number is":    ID(5).String(),
		"no text at all":               "law_\xff\xfe\xfd\xff\xfe\xfd\xff\xfe\xfd\xff\xfe\xfd",
	} {
		id, err := ParseID(s)
		if err == nil || id != 0 {
			t.Errorf("%s: %q was read as %s", what, s, id)
			continue
		}
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "is not an id of this catalogue") {
			t.Errorf("%s: the error is %q", what, err)
		}
	}
}

func TestAnErrorRepeatsOnlyTheBeginningOfWhatWasSent(t *testing.T) {
	_, err := ParseID(strings.Repeat("ก", 10_000))
	if err == nil || len(err.Error()) > 400 {
		t.Errorf("the error has %d bytes", len(err.Error()))
	}
}

func TestANumberThatIsNoIdentifierHasNoKind(t *testing.T) {
	for _, id := range []ID{0, 1, randomMask, compose(Kind(len(kinds)), 5), compose(127, 5), -1, -1 << 63, 1<<63 - 1} {
		if k := id.Kind(); k != 0 {
			t.Errorf("%d is of kind %d", int64(id), k)
		}
		if _, err := ParseID(id.String()); err == nil {
			t.Errorf("%s was read as an identifier", id)
		}
	}
}

func TestAnIdentifierTravelsThroughGraphQLAndTheDatabase(t *testing.T) {
	id := HashID(KindActor, "iom")
	var b bytes.Buffer
	id.MarshalGQL(&b)
	if b.String() != `"actor_1xha6jr7ka7g"` {
		t.Errorf("GraphQL gets %s", b.String())
	}
	for _, v := range []any{id, id.String()} {
		var back ID
		if err := back.UnmarshalGQL(v); err != nil || back != id {
			t.Errorf("%T came back as %s, %v", v, back, err)
		}
	}
	for _, v := range []any{nil, int64(id), 5.5, "iom", []string{"actor_1xha6jr7ka7g"}} {
		var back ID
		if err := back.UnmarshalGQL(v); err == nil || back != 0 {
			t.Errorf("GraphQL's %v was read as %s", v, back)
		}
	}
	stored, err := id.Value()
	if err != nil || stored != int64(id) {
		t.Errorf("the database gets %v, %v", stored, err)
	}
	var back ID
	if err := back.Scan(stored); err != nil || back != id {
		t.Errorf("the database gives %s, %v", back, err)
	}
	if err := back.Scan(nil); err != nil || back != 0 {
		t.Errorf("null came back as %s, %v", back, err)
	}
	if err := back.Scan("text"); err == nil {
		t.Error("text was read as an identifier")
	}
}

func TestAKindIsFoundByTheNameOfItsType(t *testing.T) {
	for _, k := range allKinds() {
		if KindNamed(k.Name()) != k {
			t.Errorf("%s is kind %d; expected %d", k.Name(), KindNamed(k.Name()), k)
		}
		for _, r := range k.Prefix() {
			if !unicode.IsLower(r) {
				t.Errorf("%q is no prefix: the underscore ends it", k.Prefix())
			}
		}
		if k.Table() == "" {
			t.Errorf("%s has no table", k.Name())
		}
	}
	for _, name := range []string{"", "law", "Record", "Query"} {
		if k := KindNamed(name); k != 0 {
			t.Errorf("%q is kind %d", name, k)
		}
	}
	for _, k := range []Kind{0, Kind(len(kinds)), 255} {
		if k.Prefix() != "" || k.Table() != "" || k.Name() != "" {
			t.Errorf("kind %d is %q, %q, %q; it is none", k, k.Prefix(), k.Table(), k.Name())
		}
	}
}

func TestEveryRecordKindHasTheKindOfItsName(t *testing.T) {
	for _, v := range RecordKind("").Values() {
		k := RecordKind(v).Kind()
		if want := strings.ReplaceAll(strings.ToLower(v), "_", ""); strings.ToLower(k.Name()) != want {
			t.Errorf("%s is of kind %q", v, k.Name())
		}
	}
	if k := RecordKind("SOURCE").Kind(); k != 0 {
		t.Errorf("a source is no record, but of kind %d", k)
	}
}
