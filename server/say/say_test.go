package say_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
	"adam/server/say"
)

func TestPluralsNumbersAndDates(t *testing.T) {
	en, th := t.Context(), say.With(t.Context(), "th")
	for _, tt := range []struct{ got, want string }{
		{say.T(en, "home.tile", 1, "Thailand"), "Thailand: 1 record"},
		{say.T(en, "home.tile", 0, "Thailand"), "Thailand: 0 records"},
		{say.T(en, "home.tile", 12345, "Thailand"), "Thailand: 12,345 records"},
		{say.Date(en, term.PartialDate("2008-02-09")), "9 February 2008"},
		{say.Date(en, term.PartialDate("2008-02")), "February 2008"},
		{say.Date(en, term.Date("")), ""},
		{say.Period(en, "2008", ""), "from 2008"},
		{say.Period(en, "", ""), "dates not known"},
		{say.Time(en, "2026-11-27T20:30:00Z", "Asia/Bangkok"), "28 November 2026, 03:30 (Asia/Bangkok)"},
		{say.Amount(en, "1250000", "AUD"), "AUD 1,250,000"},
		{say.Amount(en, "99.5", "USD"), "USD 99.50"},
		{say.Amount(en, "", "USD"), "amount not published"},
		{say.T(en, "error.404", "%d"), "Not found"},
		{say.In(th).Code + say.In(en).Code, "then"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

// What a record says is never read as a pattern.
func TestWordsOfRecordsAreNoPatterns(t *testing.T) {
	if got := say.T(t.Context(), "law.kicker", "100%d %[5]s"); got != "Law · 100%d %[5]s" {
		t.Error(got)
	}
}

func TestAnUnknownLanguageChangesNothing(t *testing.T) {
	if l := say.In(say.With(say.With(context.Background(), "ur"), "xx")); l.Code != "ur" || l.Dir != "rtl" {
		t.Errorf("%+v", l)
	}
}

// sources are the files of the pages, with what stands in them.
func sources(t *testing.T, ext ...string) map[string]string {
	out := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains(ext, filepath.Ext(path)) || strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		out[path] = string(b)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(len(out), err)
	}
	return out
}

func read(t *testing.T, code string) map[string]any {
	b, err := os.ReadFile("text/" + code + ".json")
	out := map[string]any{}
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var keyUsed = regexp.MustCompile(`"([a-z]+(?:\.[A-Za-z0-9]+)+)"`)

// built are the beginnings of keys that are put together: from codes, names of fields, of tabs, of steps.
var built = []string{"code.", "month.", "field.", "error.", "done.", "step.", "review.tab.", "review.empty.", "review.form."}

// Every sentence is said somewhere, and what is said is a sentence. Codes and months are put together from their lists.
func TestEverySentenceIsUsedAndEveryUseIsASentence(t *testing.T) {
	en, used := read(t, "en"), map[string]bool{}
	said := regexp.MustCompile(`say\.T\(ctx, "([^"]+)"`)
	for path, text := range sources(t, ".go", ".templ") {
		for _, m := range keyUsed.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
		for _, m := range said.FindAllStringSubmatch(text, -1) {
			if en[m[1]] == nil && !strings.HasSuffix(m[1], ".") {
				t.Errorf("%s says %q, which is no sentence of text/en.json", path, m[1])
			}
		}
	}
	for key := range en {
		if !used[key] && !slices.ContainsFunc(built, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
			t.Errorf("nobody says %q", key)
		}
	}
}

var verb = regexp.MustCompile(`%\[\d\][sd]`)

// verbs are the places for arguments in a text, whichever its plural forms.
func verbs(text any) []string {
	if forms, ok := text.(map[string]any); ok {
		text = forms["other"]
	}
	s, _ := text.(string)
	out := verb.FindAllString(s, -1)
	slices.Sort(out)
	return slices.Compact(out)
}

// A translation says what English says, with the same arguments. A draft may lack sentences, which are said in English.
func TestTranslationsSayWhatEnglishSays(t *testing.T) {
	en := read(t, "en")
	for _, l := range say.Languages[1:] {
		all, lacks := read(t, l.Code), 0
		for key, text := range en {
			if all[key] == nil {
				if lacks++; !l.Draft {
					t.Errorf("%s lacks %s", l.Code, key)
				}
			} else if a, b := verbs(text), verbs(all[key]); !slices.Equal(a, b) {
				t.Errorf("%s: %s has the arguments %v, English has %v", l.Code, key, b, a)
			}
		}
		t.Logf("%s lacks %d of %d sentences", l.Code, lacks, len(en))
		for key := range all {
			if en[key] == nil {
				t.Errorf("%s has %s, which English has not", l.Code, key)
			}
		}
	}
}
