package table

import (
	_ "embed"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

//go:embed words.tsv
var wordsTSV string

// words are the codes of every list by their folded words; those of currencies by small letters, since signs count.
var words = map[string]map[string]string{}

// headers are the words of fields in the order of the file: of two columns for one field, the one with the earlier word has it.
var headers []headerWord

type headerWord struct{ words, code string }

func (h headerWord) field() Field {
	f, _, _ := strings.Cut(h.code, ":")
	return Field(f)
}

func (h headerWord) kind() term.FundingKind {
	_, k, _ := strings.Cut(h.code, ":")
	return term.FundingKind(k)
}

func init() {
	for line := range strings.Lines(wordsTSV) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 3 {
			continue
		}
		list, word := f[0], cell.Fold(f[2])
		if words[list] == nil {
			words[list] = map[string]string{}
		}
		switch list {
		case "currency":
			word = strings.ToLower(f[2])
		case "field":
			headers = append(headers, headerWord{singular(word), f[1]})
		}
		words[list][word] = f[1]
	}
	for list, codes := range map[string][]string{"theme": term.Theme("").Values(), "assistance": term.AssistanceType("").Values(),
		"audience": term.Audience("").Values(), "status": term.ActivityStatus("").Values()} {
		for _, code := range codes {
			words[list][cell.Fold(strings.ReplaceAll(code, "_", " "))] = code
		}
	}
}

// saysUnknown tells a cell that says in words, or with a stroke, that something is not known.
func saysUnknown(s string) bool {
	if len(s) > 60 {
		return false
	}
	folded := cell.Fold(s)
	_, ok := words["unknown"][folded]
	return ok || folded == "" && strings.Trim(s, "-–—?./ ") == ""
}
