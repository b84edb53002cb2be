package say

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/message/catalog"
)

// The sentences: one file for each language, of key and text. A text that counts something is an object of plural forms
// (zero, one, two, few, many, other), chosen by its first argument.
//
//go:embed text
var files embed.FS

// texts are the sentences of each language by key: a string, or plural forms.
var texts = load()

func load() map[string]map[string]any {
	out := map[string]map[string]any{}
	for _, l := range Languages {
		b, err := files.ReadFile("text/" + l.Code + ".json")
		if err == nil {
			all := map[string]any{}
			err = json.Unmarshal(b, &all)
			out[l.Code] = all
		}
		if err != nil {
			panic(fmt.Sprintf("say: the sentences of %s: %v", l.Code, err)) // they are compiled in
		}
	}
	return out
}

// read makes the catalogue of all languages. What a language lacks is said in English.
func read() catalog.Catalog {
	b := catalog.NewBuilder(catalog.Fallback(English.tag))
	for _, l := range Languages {
		for key, text := range texts[l.Code] {
			if err := b.Set(l.tag, key, messageOf(text)); err != nil {
				panic(fmt.Sprintf("say: %s in %s: %v", key, l.Code, err))
			}
		}
	}
	return b
}

func messageOf(text any) catalog.Message {
	switch t := text.(type) {
	case string:
		return catalog.String(t)
	case map[string]any:
		var cases []any
		for _, form := range slices.Sorted(maps.Keys(t)) { // "other" is neither first nor last; the order does not matter
			cases = append(cases, form, t[form])
		}
		return plural.Selectf(1, "", cases...)
	}
	panic(fmt.Sprintf("a text is neither words nor plural forms: %v", text))
}
