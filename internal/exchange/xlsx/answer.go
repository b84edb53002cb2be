package xlsx

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// inputs are how records are called in an input of the API.
var inputs = map[term.RecordKind]string{
	term.RecordActor: "actor", term.RecordLaw: "law", term.RecordPolicy: "policy", term.RecordMechanism: "mechanism", term.RecordActivity: "activity",
}

// answer reads what a row says of its item, and says whether it is understood.
func (in *reader) answer(a *proven, filled []string) bool {
	before := len(in.out.Problems)
	decision, err := decisionOf(in.cell("decision"), a.own)
	if err != nil {
		in.trouble("decision", err)
		return false
	}
	a.Answer.Answer = decision
	for id, name := range map[string]string{"decision": "answer", "reason": "reason", "activeHere": "activeHere", "authority": "authority", "hold": "notForPublication", "source.title": "source"} {
		a.Cells[name] = in.place(id)
	}
	in.said(a)
	in.corrected(a, filled)
	return len(in.out.Problems) == before
}

// decisionOf is the decision that a word means, of those that are open to the row.
func decisionOf(s string, own bool) (term.SheetAnswer, error) {
	open := openTo(own)
	if s == "" {
		return "", misreadf("Something is filled in, but there is no decision. Choose one: %s. Or empty the other cells.", strings.Join(worded(open), "; "))
	}
	for _, d := range decisions {
		if folded(s) != folded(d.words) && folded(s) != folded(string(d.answer)) {
			continue
		}
		if slices.Contains(open, d.answer) {
			return d.answer, nil
		}
		return "", misreadf("“%s” cannot be said of this record. Choose one of these: %s.", d.words, strings.Join(worded(open), "; "))
	}
	return "", misreadf("“%s” is none of the decisions. Choose one of these: %s.", term.Clip(s), strings.Join(worded(open), "; "))
}

// said reads what goes with a decision beside corrections.
func (in *reader) said(a *proven) {
	var err error
	if a.Reason, err = in.text(in.row, in.col("reason")); err != nil {
		in.trouble("reason", err)
	}
	if a.Reason == "" && err == nil && (a.Answer.Answer == term.SheetDisagree || a.Answer.Answer == term.SheetWithdraw) {
		in.trouble("reason", misread("This decision needs a reason. Write here what is wrong, and why."))
	}
	hold, err := in.flag(in.row, in.col("hold"))
	if err != nil {
		in.trouble("hold", err)
	}
	a.Hold = hold != nil && *hold
	if a.Hold && a.Answer.Answer != term.SheetRight {
		in.trouble("hold", misread("“Right, but not for publication” goes with the decision “Right” only. Empty this cell, or choose “Right”."))
	}
	if a.ActiveHere, err = in.flag(in.row, in.col("activeHere")); err != nil {
		in.trouble("activeHere", err)
	}
	if a.Authority, err = in.text(in.row, in.col("authority")); err != nil {
		in.trouble("authority", err)
	}
	if asked := !a.own && a.Kind == term.RecordActivity; !asked {
		a.ActiveHere, a.Authority = nil, ""
	}
}

// corrected reads what is right of a record, and the document that shows it.
func (in *reader) corrected(a *proven, filled []string) {
	wrong := a.Answer.Answer == term.SheetPartWrong
	input, tries := map[string]any{}, 0
	for _, id := range filled {
		column, fix := strings.CutPrefix(id, "fix.")
		if !wrong && (fix || strings.HasPrefix(id, "source.")) {
			in.trouble(id, misread("Corrections and their document go with the decision “Part is wrong” only. Choose it, or empty this cell."))
			return
		}
		if !fix {
			continue
		}
		tries++
		f, has := fieldIn(in.r.Fields, a.Kind, column)
		if !has {
			in.trouble(id, misread("A record of this type has no such field. Empty this cell; if something is wrong, say it in the comment."))
			continue
		}
		v, err := in.value(in.row, in.cols[id], f)
		if err != nil {
			in.trouble(id, err)
			continue
		}
		input[f.Name], a.Cells[inputs[a.Kind]+"."+f.Name] = v, in.place(id)
	}
	if !wrong {
		return
	}
	if inputs[a.Kind] == "" {
		in.trouble("decision", misread("Records of this type cannot be corrected in a spreadsheet. Correct it on its page, or write to the secretariat."))
		return
	}
	if tries == 0 {
		in.trouble("decision", misread("Part is wrong: write what is right into one of the columns “What is right: …” of this row."))
		return
	}
	input["key"], input["version"] = a.key, a.recordVersion
	a.Input = input
	a.Source = in.document(&a.Row, "source.")
}

// document reads which document shows what a row says; below is how the API calls it.
func (in *reader) document(row *Row, below string) map[string]any {
	out := map[string]any{}
	for _, c := range documents {
		name := strings.TrimPrefix(c.id, "source.")
		row.Cells[below+name] = in.place(c.id)
		if in.cell(c.id) == "" {
			continue
		}
		var v any
		var err error
		if name == "accessedOn" {
			v, err = in.day(in.row, in.cols[c.id], true)
		} else {
			v, err = in.text(in.row, in.cols[c.id])
		}
		if err != nil {
			in.trouble(c.id, err)
			continue
		}
		out[name] = v
	}
	if _, named := out["title"]; !named {
		in.trouble("source.title", misread("Which document shows this? Write at least its title."))
	}
	return out
}

// additions reads the records that are missing in the catalogue.
func (in *reader) additions() error {
	g, err := in.grid.grid(sheetNew)
	if err != nil {
		return nil // the sheet may be taken out: nothing is new
	}
	in.grid = g
	known := append([]column{newType}, documents...)
	for _, f := range labels(in.r.Fields, kindOrder) {
		known = append(known, column{id: f.Name, heading: f.Label, open: true})
	}
	for in.row = in.find(known, newType.id); in.row < len(in.rows); in.row++ {
		if in.rows[in.row] != nil {
			in.addition(known)
		}
	}
	return nil
}

// addition reads one row of them.
func (in *reader) addition(known []column) {
	before := len(in.out.Problems)
	in.name = in.cell("title")
	kinds := Field{Label: newType.heading, Codes: []string{}}
	for _, k := range kindOrder {
		kinds.Codes, kinds.Words = append(kinds.Codes, string(k)), append(kinds.Words, in.r.Kinds[k])
	}
	code, err := choice(in.cell(newType.id), kinds)
	if err != nil {
		in.trouble(newType.id, err)
		return
	}
	kind := term.RecordKind(code.(string))
	a := Addition{Kind: kind, Row: Row{Cell: in.place(newType.id), Title: in.name, Cells: map[string]string{}}, Input: map[string]any{}}
	for _, c := range known[1+len(documents):] {
		in.fresh(&a, c)
	}
	for _, c := range known {
		if err := in.sound(in.row, in.col(c.id)); err != nil {
			in.trouble(c.id, err)
		}
	}
	a.Input["sources"] = []any{in.document(&a.Row, inputs[kind]+".sources[0].")}
	if len(in.out.Problems) == before {
		in.out.New = append(in.out.New, a)
	}
}

// fresh reads a field of a new record.
func (in *reader) fresh(a *Addition, c column) {
	f, has := fieldIn(in.r.Fields, a.Kind, c.id)
	said := in.cell(c.id) != ""
	switch {
	case !has && said:
		in.trouble(c.id, misread("A record of this type has no such field. Empty this cell."))
		return
	case !has:
		return
	case !said && f.Must:
		in.trouble(c.id, misreadf("“%s” is needed of a new record of this type. Write it here.", c.heading))
		return
	case !said:
		return
	}
	v, err := in.value(in.row, in.cols[c.id], f)
	if err != nil {
		in.trouble(c.id, err)
		return
	}
	a.Cells[inputs[a.Kind]+"."+f.Name] = in.place(c.id)
	if v != nil {
		a.Input[f.Name] = v
	}
}
