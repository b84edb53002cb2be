package intake

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"adam/ent"
	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/term"
)

// Whole is what is said of the rules of an import that takes all.
const Whole = "All activities of the file."

// rulesOf says in a sentence which activities are taken of a file.
func rulesOf(f term.IntakeFormat, a term.IntakeAsked) string {
	if a.All || f != term.FormatIATI {
		return Whole
	}
	return picking(a).Sentence()
}

// picking are the rules by which activities of IATI are taken.
func picking(a term.IntakeAsked) iati.Rules {
	if a.Rules != nil {
		return iati.Rules(*a.Rules)
	}
	return iati.StandardRules()
}

// optionsOf are the options of a file that was sent.
func optionsOf(f *ent.Intake) Options {
	o := Options{Name: f.File, Licence: f.Asked.Licence, Rules: f.Rules}
	if !f.Asked.All && f.Kind == term.FormatIATI {
		o.Field = iati.NewField(picking(f.Asked))
	}
	return o
}

// clipped shortens what stands here, and what a file says, for people who decide.
func clipped(s *string) *string {
	if s == nil {
		return nil
	}
	short := term.Clip(*s)
	return &short
}

// FormatOf is what a file is by the end of its name; "" where that does not tell.
func FormatOf(name string) term.IntakeFormat {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".iati":
		return term.FormatIATI
	case ".csv", ".tsv", ".txt":
		return term.FormatCSV
	case ".xlsx", ".xlsm":
		return term.FormatXLSX
	}
	return ""
}

// check refuses what cannot be asked of a file.
func (in *Sent) check() error {
	in.File = path.Base("/" + strings.TrimSpace(strings.ReplaceAll(in.File, `\`, "/")))
	for _, text := range []string{in.File, in.Asked.Licence, in.Asked.Publisher, in.Asked.Sheet} {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
			return fault.New(fault.Invalid, "A name has signs that cannot be printed. Take them out.").At("file")
		}
	}
	switch {
	case in.File == "/" || utf8.RuneCountInString(in.File) > longFile:
		return fault.New(fault.Invalid, "Name the file, in at most %d letters: its name is how it is found again.", longFile).At("file")
	case !slices.Contains(in.Format.Values(), string(in.Format)):
		return fault.New(fault.Invalid, "The file may be IATI (.xml), a workbook (.xlsx) or a table as text (.csv). Say which: /import/iati, /import/xlsx or /import/csv.").At("file")
	case in.Asked.Source == term.IATISource && in.Format != term.FormatIATI:
		return fault.New(fault.Invalid, "A spreadsheet is no IATI. Say what sort of source it is.").At("source")
	case in.Asked.Source != "" && !slices.Contains(in.Asked.Source.Values(), string(in.Asked.Source)):
		return fault.New(fault.Invalid, "A source is one of %s.", strings.Join(in.Asked.Source.Values(), ", ")).At("source")
	case len(in.Asked.Licence) > longName || len(in.Asked.Publisher) > longName || len(in.Asked.Sheet) > longName:
		return fault.New(fault.Invalid, "The licence, the publisher and the sheet may have at most %d letters each.", longName).At("licence")
	case in.Asked.Visibility != "" && !slices.Contains(in.Asked.Visibility.Values(), string(in.Asked.Visibility)):
		return fault.New(fault.Invalid, "Who may see what is new is one of %s.", strings.Join(in.Asked.Visibility.Values(), ", ")).At("visibility")
	case in.Format == term.FormatCSV && in.Asked.Publisher == "": // a workbook may be a questionnaire, which says it itself
		return fault.New(fault.Invalid, "Say who sent the spreadsheet: the key or the name of the organisation. What it lists is from there.").At("publisher")
	}
	_, err := mappingOf(in.Mapping)
	return err
}
